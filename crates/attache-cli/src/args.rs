//! The command line, as clap reads it.

use std::path::PathBuf;

use attache::date::DateRange;
use attache_input::Filter;
use clap::{Args, Parser, Subcommand, ValueEnum};

const ABOUT: &str = "Reads the news and keeps a sourced record of who did or said what to whom";

const LONG_ABOUT: &str = "\
Reads news about international affairs and keeps a sourced record of who did or said what to whom, when, where, \
and according to whom. Everything happens on this machine; nothing is sent anywhere, and only `watch` uses the network.

Start here:
  attache demo                                         forty articles of invented outlets, coded, outlets side by side
  attache explain \"Russia expelled ten diplomats.\"     one sentence: its tree, its actors, why this record
  attache code article.txt                             the records of an article";

const AFTER: &str = "\
Exit codes: 0 done; 1 some inputs could not be read (each is named, the rest is done); 2 usage, or a
broken data file.";

/// attache.
#[derive(Debug, Parser)]
#[command(name = "attache", version, about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
#[command(arg_required_else_help = true, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say more on stderr: loading times, every warning
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Say less on stderr: only what could not be read, and no report at the end
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes it the choice for all output of this run.
    pub fn write_global(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// The commands, in the order in which a newcomer meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code the demonstration corpus and show what came out
    Demo(DemoArgs),
    /// Documents in, event records out
    Code(CodeArgs),
    /// Poll feeds and keep every article that they name, once or for good
    Watch(WatchArgs),
    /// Show the tree, the actors and why a sentence gives its records
    Explain(ExplainArgs),
    /// Pages and texts in, documents out: title, authors, dates, and the article's text without its surroundings
    #[command(after_long_help = READ_HELP)]
    Read(ReadArgs),
    /// Documents in, every layer out: sentences, entities, times, places, statements, records
    Annotate(StreamArgs),
    /// Documents in, CoNLL-U trees out
    Parse(StreamArgs),
    /// Precision, recall and F1 against gold records
    Eval(EvalArgs),
    /// Check, show and test the data files
    Ontology(OntologyArgs),
    /// Print a completion script for your shell
    Completions(CompletionsArgs),
    /// Print the manual page (read it with: attache man | man -l -)
    Man,
}

/// Documents and how to read them.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Files or folders; `-` reads stdin
    ///
    /// Texts, pages of HTML, documents as JSON lines, feeds that carry whole texts (RSS, Atom, JSON Feed), WARC files, zip and
    /// tar archives of all these, and folders of them (all levels, in sorted order); also packed as .gz or .zst. What a
    /// stream is shows in its first bytes, stdin as well. A line of JSON is one document:
    /// {"id","text" or "html","title"?,"url"?,"publisher"?,"date"?,"language"?,"retrieved"?}.
    ///
    /// Beside the texts of a folder or archive a file docs.jsonl may tell
    /// {"doc","published"?,"publisher"?,"title"?,"url"?,"language"?}, `doc` being the file name without its extension.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Publication date of documents that come without one: 2024, 2024-05 or 2024-05-09
    ///
    /// "On Wednesday" and "last month" are resolved against the publication date, never against today.
    #[arg(short, long, value_name = "DATE", value_parser = attache_input::parse_date)]
    pub date: Option<DateRange>,
    /// Take documents to be in this language (`en`) instead of judging by their words
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// What to do with documents that tell what an earlier one of this run told, in the same words
    ///
    /// The same wire story stands on many sites, cut, added to, under other headlines. Who repeats whom is told as `copy_of`
    /// on documents and in `cite_info` of records: the first in reading order, and the shares of text in common.
    #[arg(long, value_enum, value_name = "HOW", default_value_t = CopiesChoice::Mark)]
    pub copies: CopiesChoice,
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Go on where an earlier run with the same --output was stopped
    ///
    /// The run notes in FILE.checkpoint how far it has come. Give the same command again after a stop, and no record is lost
    /// or doubled; after the end there is nothing left to do.
    #[arg(long, requires = "output", help_heading = RUN)]
    pub resume: bool,
    /// Write the figures of the run's report to this file, as JSON
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Documents coded at a time [default: one per processor]; the output is the same for any number
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

impl InputArgs {
    /// Everything that the results depend on, to tell one run from another.
    pub fn kept_options(&self) -> String {
        let InputArgs {
            paths,
            date,
            language,
            copies,
            filter,
            engine,
            ..
        } = self;
        format!("{paths:?} {date:?} {language:?} {copies:?} {filter:?} {engine:?}")
    }
}

/// What to do with copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CopiesChoice {
    /// Keep them, and tell what they repeat
    Mark,
    /// Leave out those that bring hardly anything new: the same words, or nine tenths of them
    Skip,
    /// Don't look
    Off,
}

const FILTERS: &str = "Which documents (decided before a page is looked into; the others are counted)";
const RUN: &str = "Long runs";

/// Which documents to read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = FILTERS)]
pub struct FilterArgs {
    /// Only documents with an address on this host or below it: example.org takes in news.example.org
    #[arg(long, value_name = "HOST", value_delimiter = ',')]
    pub host: Vec<String>,
    /// Only documents fetched on this day or later (2024, 2024-05, 2024-05-09); published, where no fetching is told
    #[arg(long, value_name = "DATE", value_parser = attache_input::parse_date)]
    pub since: Option<DateRange>,
    /// Only documents fetched on this day or before
    #[arg(long, value_name = "DATE", value_parser = attache_input::parse_date)]
    pub until: Option<DateRange>,
    /// Only documents in this language: by their words where these leave no doubt, else as declared
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub only_language: Vec<String>,
    /// Only documents of this media type: text/html, text/plain
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    pub media_type: Vec<String>,
}

impl FilterArgs {
    /// As the readers take it.
    pub fn filter(&self) -> Filter {
        Filter {
            hosts: self.host.clone(),
            since: self.since.map(|range| range.start),
            until: self.until.map(|range| range.end),
            languages: self.only_language.clone(),
            media_types: self.media_type.clone(),
        }
    }
}

/// What to code with.
#[derive(Debug, Clone, Args)]
pub struct EngineArgs {
    /// Folder of data files that add to the bundled ones (see `attache ontology`)
    #[arg(long, value_name = "DIR")]
    pub ontology: Option<PathBuf>,
}

/// `attache code`.
#[derive(Debug, Args)]
#[command(after_long_help = CODE_HELP)]
pub struct CodeArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Form of the records [default: table on a terminal, jsonl otherwise]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,
    /// Write who says what instead of event records, one JSON object a statement
    #[arg(long, conflicts_with = "format")]
    pub statements: bool,
    /// Leave out records with a confidence below this, 0 to 1 [default: the bounds of the data files]; 0 keeps all
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub least: Option<f64>,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

const CODE_HELP: &str = "\
Examples:
  attache code article.txt --date 2024-05-09
  attache code archive/ --output records.jsonl
  attache code crawl.warc.gz --host example.org --output records.jsonl --resume
  zcat dump.jsonl.gz | attache code - --format csv > records.csv
  attache code news.jsonl | jq -r 'select(.status==\"occurred\") | [.date,.event[0],.text] | @tsv'
  attache code news.jsonl --statements | jq -r '[.speaker.entity_text, .cue.text, .content[0].text] | @tsv'

Columns of csv, one row a record, lists joined by \";\" (several sectors of one actor by \"+\"):
  id doc date enddate date_precision date_text event mode context status
  actor actor_code actor_sector recipient recipient_code recipient_sector speaker speaker_code cue
  quad_code event_scale cameo goldstein
  place resolved_place geonameid lat lon country_code dead injured arrested participants
  event_text text text_start text_end title publication url published language
  copy_of copy_kind copy_share copy_covers
  pattern confidence happening coder codebook model

Records come in text order, documents in the order given; the first leave as soon as they are known.";

/// Form of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading, sized to the terminal
    Table,
    /// Every field, one JSON object a line
    Jsonl,
    /// Flat, one row a record
    Csv,
}

/// `attache parse` and `attache annotate`.
#[derive(Debug, Args)]
pub struct StreamArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `attache read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// How to write documents
    #[arg(short, long, value_enum, default_value_t = ReadFormat::Jsonl, value_name = "FORMAT")]
    pub format: ReadFormat,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How documents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// One JSON object a line
    Jsonl,
    /// For people: the title, who, when, and the text
    Text,
}

const READ_HELP: &str = "\
A line of JSON is {\"id\",\"url\",\"canonical\",\"title\",\"authors\",\"publisher\",\"published\",\"updated\",\"language\",\"sections\",
\"dateline\",\"copy_of\",\"text\"}; what is not known is null. Paragraphs of the text are apart by empty lines. Lines of
this form are documents for `attache code`.

Examples:
  attache read page.html
  attache read pages/ --output documents.jsonl
  attache read page.html --format text";

/// `attache explain`.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLAIN_HELP)]
pub struct ExplainArgs {
    /// One or more sentences; `-` reads stdin
    #[arg(required = true, value_name = "SENTENCE", num_args = 1..)]
    pub words: Vec<String>,
    /// Publication date of the text: 2024, 2024-05 or 2024-05-09
    #[arg(short, long, value_name = "DATE", value_parser = attache_input::parse_date)]
    pub date: Option<DateRange>,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub engine: EngineArgs,
}

const EXPLAIN_HELP: &str = "\
Examples:
  attache explain \"France condemned the attack, the Foreign Ministry said.\"
  attache explain --date 2024-05-09 \"Putin met Díaz-Canel on Wednesday.\"
  pbpaste | attache explain -

The tree reads from top to bottom like the sentence; every word hangs on the word that governs it.";

/// `attache eval`.
#[derive(Debug, Args)]
#[command(after_long_help = EVAL_HELP)]
pub struct EvalArgs {
    /// Gold: labelled sentences (.txt), sentences with their events (.jsonl), folders of both, expected records of documents
    /// (then give --docs), or annotated documents (then give --layer)
    #[arg(required = true, value_name = "GOLD")]
    pub gold: Vec<PathBuf>,
    /// Folder of the documents that expected records speak of: DOC.txt, and docs.jsonl with their dates
    #[arg(long, value_name = "FOLDER")]
    pub docs: Option<PathBuf>,
    /// Score this layer of `attache annotate` against documents annotated in its form
    #[arg(long, value_enum, value_name = "LAYER", conflicts_with_all = ["docs", "all", "misses"])]
    pub layer: Option<LayerChoice>,
    /// Count everything with status `background` too (sentences)
    #[arg(long)]
    pub all: bool,
    /// List every miss and every extra record with its text
    #[arg(long)]
    pub misses: bool,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
    /// Let only these read events, to see what each adds
    #[arg(long, value_enum, value_name = "WHO", default_value_t = ReadersChoice::Both)]
    pub readers: ReadersChoice,
    /// Let no pronoun, description or shortened name mean what was named before
    #[arg(long)]
    pub no_coreference: bool,
    /// Leave out records with a confidence below this, 0 to 1 [default: the bounds of the data files]; 0 keeps all
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub least: Option<f64>,
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Texts coded at a time [default: one per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// Who reads events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadersChoice {
    /// Patterns and the classifier together
    Both,
    /// Patterns alone
    Patterns,
    /// The classifier alone
    Classifier,
}

/// Layers of `attache annotate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LayerChoice {
    /// Time expressions, as TempEval-3 scores them
    Times,
    /// Places: spans, country, identifier, distance
    Places,
    /// Who says what: speaker, cue, content, whole statements
    Statements,
    /// Chains of mentions: MUC, B³, CEAF-φ4, CoNLL, LEA
    Coreference,
    /// Names and descriptions of actors
    Entities,
    /// Every layer that the documents have
    All,
}

const EVAL_HELP: &str = "\
Examples:
  attache eval eval/gold/sentences-dev.txt
  attache eval gsr_dev.jsonl --misses
  attache eval samples/expected.jsonl --docs samples/
  attache eval eval/gold/layers-dev.jsonl --layer all

A predicted record matches a gold one where its event type is accepted and the codes of both sides are
the same sets. Gold without a code matches any code; joint acts compare all parties. Each record is
matched at most once. Slots are judged on the records matched by type. In brackets: 95 % intervals by
bootstrap over the texts, 1,000 resamples. Right, for the reliability of confidences, is type and both
sides. docs/labelled.md tells the form of labelled sentences.

With expected records of documents: also recall over the essential ones, each line needing all those
above it.

Layers: spans are exact, or overlap and are paired one to one. Shares are of the overlapping spans whose
gold tells this; a place without coordinates counts as the greatest distance on Earth. Parts of statements
are compared by their words, so that quotation marks make no difference. Mentions of chains must be
exact, and chains of one mention are left out. Gold: one JSON object a line,
{\"id\",\"text\",\"date\"?,\"publisher\"?,\"title\"?} with any of \"times\", \"places\", \"statements\", \"coreference\"
and \"entities\" in the form of `attache annotate`.";

/// `attache ontology`.
#[derive(Debug, Args)]
pub struct OntologyArgs {
    #[command(subcommand)]
    pub command: OntologyCommand,
}

/// What to do with the data files.
#[derive(Debug, Subcommand)]
pub enum OntologyCommand {
    /// Load the bundled files, and those of a folder on top, and name every fault with file and line
    Check(OntologyDirArgs),
    /// List the data files, or print one
    Show(OntologyShowArgs),
    /// Code the examples that the patterns carry and name those that come out otherwise
    Test(OntologyTestArgs),
    /// Types, modes and CAMEO codes that the patterns reach, with how many examples, and the holes
    Coverage(OntologyCoverageArgs),
}

/// A folder of data files.
#[derive(Debug, Args)]
pub struct OntologyDirArgs {
    /// Folder of data files that add to the bundled ones
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// `attache ontology show`.
#[derive(Debug, Args)]
pub struct OntologyShowArgs {
    /// A file such as `actors/countries.toml`, or words to look for in all of them
    #[arg(value_name = "FILE|WORDS")]
    pub what: Option<String>,
}

/// `attache ontology test`.
#[derive(Debug, Args)]
pub struct OntologyTestArgs {
    /// Folder of data files that add to the bundled ones
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Only patterns whose identifier contains this
    #[arg(long, value_name = "PATTERN")]
    pub only: Option<String>,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// `attache ontology coverage`.
#[derive(Debug, Args)]
pub struct OntologyCoverageArgs {
    /// Folder of data files that add to the bundled ones
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
    /// End with exit code 1 where there are holes
    #[arg(long)]
    pub strict: bool,
}

/// `attache demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Write the corpus into this folder instead, to try the other commands on
    #[arg(long, value_name = "DIR")]
    pub write: Option<PathBuf>,
    /// Show every happening, also those that one outlet alone tells
    #[arg(long)]
    pub all: bool,
}

/// `attache watch`.
#[derive(Debug, Args)]
#[command(after_long_help = WATCH_HELP)]
pub struct WatchArgs {
    /// Which feeds, and how (see --example)
    #[arg(required_unless_present = "example", value_name = "FEEDS.TOML")]
    pub feeds: Option<PathBuf>,
    /// Folder of documents and state [default: `output` of the file, else `watched` beside it]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// One round, for cron: poll every feed that is not in trouble, fetch what is new, end
    #[arg(long, conflicts_with = "status")]
    pub once: bool,
    /// Ask nothing; show how the feeds stand: last answer, next poll, articles, errors
    #[arg(long)]
    pub status: bool,
    /// With --status: as JSON, for programs
    #[arg(long, requires = "status")]
    pub json: bool,
    /// Print a file to begin with, every setting explained
    #[arg(long, exclusive = true)]
    pub example: bool,
}

const WATCH_HELP: &str = "\
Examples:
  attache watch --example > feeds.toml
  attache watch feeds.toml
  attache watch feeds.toml --once && attache code watched/ --output records.jsonl
  attache watch feeds.toml --status

The only command that uses the network: it asks the addresses of the file and those that the feeds name, if they are
public, and nobody else. It obeys robots.txt, leaves hosts time between two requests and backs off from those in
trouble. RSS, Atom, JSON Feed, sitemaps and their indexes are read.

Documents go into files of JSON lines by the day of retrieval, which `attache code` takes:
{\"id\",\"url\",\"title\"?,\"authors\"?,\"publisher\"?,\"date\"?,\"updated\"?,\"language\"?,\"retrieved\",\"feed\",\"content\",\"html\"|\"text\"}.
An article is fetched once, whatever happens: end the command at any time, start it again, and none is lost or comes twice.
On stderr: what is skipped, and why; with --verbose also what is kept.";

/// `attache completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Your shell
    pub shell: clap_complete::Shell,
}

/// A confidence as the command line gives it.
fn confidence(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    let fits = (0.0..=1.0).contains(&number);
    fits.then_some(number)
        .ok_or_else(|| "a confidence is between 0 and 1".to_owned())
}
