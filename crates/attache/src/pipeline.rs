//! The whole way: a document in, records out.

use attache_parse::{Parser, Sentence, Span};
use serde::Serialize;

use crate::annotate::{self, Annotation};
use crate::coder::second::SecondReader;
use crate::coder::speech::Speech;
use crate::coder::{EventMention, NearMiss, Reader};
use crate::confidence;
use crate::context::Contexts;
use crate::dedup;
use crate::document::{BlockKind, Document};
use crate::event::{Event, StatementRecord, Status};
use crate::geography;
use crate::ontology::Ontology;
use crate::ontology::confidence::{ConfidenceModel, Feature};
use crate::record::{CodePoints, Maker, aged};
use crate::resolve::coref::{self, Chains};
use crate::resolve::party::Place;
use crate::resolve::when::{Timed, When};
use crate::resolve::{Mentions, Resolver, reckon, when};
use crate::sizes;
use crate::time;
use crate::voices::{self, Turns};

/// Everything needed to code: the ontology and the parser. Cheap to share between threads.
pub struct Coder {
    ontology: Ontology,
    parser: Parser,
    second: SecondReader,
    options: Options,
}

/// What coding makes use of. All of it, except to measure what a part is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Who reads events.
    pub readers: Readers,
    /// Whether pronouns, descriptions and shortened names may mean what was named before.
    pub coreference: bool,
    /// Confidence below which a record is left out, 0 to 1; the ontology's bound where it is `None`.
    pub least: Option<f64>,
}

/// Who reads events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Patterns and the classifier together.
    Both,
    /// Patterns alone.
    Patterns,
    /// The classifier alone.
    Classifier,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: Readers::Both,
            coreference: true,
            least: None,
        }
    }
}

/// What coding a document gave.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// Records in text order.
    pub events: Vec<Event>,
    /// Number of sentences coded.
    pub sentences: usize,
    /// Number of words in them.
    pub words: usize,
}

/// Why a text gave the records that it gave.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Explanation {
    /// One entry per sentence.
    pub sentences: Vec<SentenceExplanation>,
    /// The records, as `code` would print them.
    pub events: Vec<Event>,
}

/// Why a sentence gave the records that it gave. Offsets are bytes of the text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SentenceExplanation {
    /// The sentence.
    pub text: String,
    /// Its tree, for drawing.
    #[serde(skip)]
    pub tree: Sentence,
    /// Who was found.
    pub actors: Vec<ExplainedActor>,
    /// Patterns that fired.
    pub fired: Vec<ExplainedMatch>,
    /// Patterns whose trigger is there and that lacked something.
    pub nearly: Vec<ExplainedMatch>,
}

/// An actor that the resolver found.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedActor {
    /// The words.
    pub text: String,
    /// Country or non-state code; null where unknown.
    pub code: Option<String>,
    /// Sectors.
    pub sector: Vec<String>,
    /// What the words were resolved to.
    pub identifier: Option<String>,
    /// How: `name`, `role`, `pronoun`, `description`, ….
    pub how: String,
}

/// A pattern at a trigger.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedMatch {
    /// Identifier of the pattern.
    pub pattern: String,
    /// Event type and mode, such as `CONSULT/visit`.
    pub event: String,
    /// The trigger's words.
    pub trigger: String,
    /// The actor's words.
    pub actor: Vec<String>,
    /// The recipient's words.
    pub recipient: Vec<String>,
    /// Status, where it fired.
    pub status: String,
    /// What decided: operators applied; or what was lacking.
    pub why: Vec<String>,
    /// Confidence of the record, 0 to 1, where it fired.
    pub confidence: Option<f64>,
    /// Log odds that each feature adds to it, in the order of weighing; those that add nothing are left out.
    pub parts: Vec<(String, f64)>,
}

/// A document read through: trees, parties and mentions, before records are made.
pub(crate) struct Reading<'a> {
    pub document: &'a Document,
    pub sentences: Vec<Sentence>,
    /// The block of each sentence.
    pub blocks: Vec<usize>,
    pub resolver: Resolver<'a>,
    pub told: Vec<Told>,
    pub misses: Vec<(usize, NearMiss)>,
    /// Who says what.
    pub speech: Speech,
    /// The dates told of, which "the same day" counts from.
    pub days: time::Told,
    /// The day of the story, as its first paragraph tells it.
    pub story: Option<When>,
    /// The day last told of in a block of this number.
    pub paragraph: Option<(usize, When)>,
    /// When the last talks told of took place, which "during the call" means.
    pub encounter: Option<When>,
    /// Code points of the document's text.
    pub points: CodePoints,
}

impl Reading<'_> {
    /// Whether two places of the text, in code points, have only blanks between them: no words, no end of a paragraph.
    pub(crate) fn blank(&self, from: usize, to: usize) -> bool {
        const WIDEST: usize = 4;
        to >= from && to - from <= WIDEST && {
            let text = self.points.from(&self.document.text, from).chars().take(to - from);
            text.clone().all(char::is_whitespace) && text.filter(|c| *c == '\n').count() < 2
        }
    }
}

/// A mention with what was resolved around it.
pub(crate) struct Told {
    pub sentence: usize,
    pub mention: EventMention,
    pub event: Event,
    /// The day that the story goes on in, for an event without a date; it is set once all tellings are folded.
    pub lent: Option<When>,
}

impl Coder {
    /// A coder with this ontology and parser.
    pub fn new(ontology: Ontology, parser: Parser) -> Self {
        let second = SecondReader::new(attache_parse::SECOND_HEAD);
        Self {
            ontology,
            parser,
            second,
            options: Options::default(),
        }
    }

    /// The same coder with parts left out.
    pub fn with_options(mut self, options: Options) -> Self {
        self.parser.set_second_head(options.readers != Readers::Patterns);
        self.options = options;
        self
    }

    /// The ontology in use.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The parser in use.
    pub fn parser(&self) -> &Parser {
        &self.parser
    }

    /// Codes a document. Never fails: a strange text gives no records.
    pub fn code(&self, document: &Document) -> Coded {
        let reading = self.believed(document);
        let words = reading.sentences.iter().map(|s| s.tokens.len()).sum();
        let sentences = reading.sentences.len();
        let events = dedup::fold(reading.told, &reading.document.text);
        Coded {
            events,
            sentences,
            words,
        }
    }

    /// Sentences of the document's content with their trees; spans are bytes of the document's text.
    pub fn parse(&self, document: &Document) -> Vec<Sentence> {
        self.trees(document).into_iter().map(|(_, s)| s).collect()
    }

    /// Says why a document's text gives the records that it gives.
    pub fn explain(&self, document: &Document) -> Explanation {
        let reading = self.believed(document);
        let mut explanation = Explanation::default();
        for number in 0..reading.sentences.len() {
            explanation.sentences.push(explain_sentence(self, &reading, number));
        }
        explanation.events = dedup::fold(reading.told, &reading.document.text);
        explanation
    }

    /// The records of a document, each with what its confidence is reckoned from; for fitting the weights.
    pub fn judge(&self, document: &Document) -> Vec<(Event, Vec<Feature>)> {
        let mut reading = self.read(document);
        let told = std::mem::take(&mut reading.told);
        dedup::tellings(told)
            .into_iter()
            .map(|telling| {
                let features = self.features(&reading, &telling);
                (telling.event, features)
            })
            .collect()
    }

    /// A document read through, without what is too likely wrong; that goes to the near misses.
    fn believed<'a>(&'a self, document: &'a Document) -> Reading<'a> {
        let mut reading = self.read(document);
        let least = |t: &Told| self.least(&t.mention);
        let (told, doubtful): (Vec<Told>, Vec<Told>) = std::mem::take(&mut reading.told)
            .into_iter()
            .partition(|t| t.event.confidence >= least(t));
        reading.told = told;
        reading.misses.extend(doubtful.into_iter().map(|t| {
            let lacked = format!("confidence: {:.2}, {:.2} is needed", t.event.confidence, least(&t));
            let miss = NearMiss {
                pattern: t.mention.pattern,
                trigger: t.mention.trigger,
                lacked,
            };
            (t.sentence, miss)
        }));
        reading
    }

    /// The confidence that a record of this mention needs.
    fn least(&self, mention: &EventMention) -> f64 {
        let bounds = &self.ontology.confidence;
        let bound = if mention.learned.is_some() {
            bounds.least_alone.max(bounds.least)
        } else {
            bounds.least
        };
        self.options.least.unwrap_or(bound)
    }

    fn features(&self, reading: &Reading, telling: &Told) -> Vec<Feature> {
        confidence::features(&self.ontology, &reading.sentences[telling.sentence], &telling.mention)
    }

    /// Who says what in a document, in text order.
    pub fn statements(&self, document: &Document) -> Vec<StatementRecord> {
        let reading = self.read(document);
        voices::statements(&reading, self)
    }

    pub(crate) fn maker<'a>(&'a self, reading: &'a Reading) -> Maker<'a> {
        Maker {
            document: reading.document,
            ontology: &self.ontology,
            model: self.parser.name(),
            points: &reading.points,
            sentences: &reading.sentences,
        }
    }

    /// Every layer of a document.
    pub fn annotate(&self, document: &Document) -> Annotation {
        let more = self.apart(document);
        annotate::layers(&self.ontology, self.believed(document), &more)
    }

    /// Sentences with the number of their block. All blocks go to the parser at once, so that it can batch them.
    fn trees(&self, document: &Document) -> Vec<(usize, Sentence)> {
        let (numbers, spans): (Vec<usize>, Vec<Span>) = document
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, b)| b.is_content())
            .map(|(n, b)| (n, b.span))
            .unzip();
        let parts = self.parser.parse_parts(&document.text, &spans);
        numbers
            .into_iter()
            .zip(parts)
            .flat_map(|(number, sentences)| sentences.into_iter().map(move |s| (number, s)))
            .filter(|(_, s)| !s.tokens.is_empty())
            .collect()
    }

    /// Sentences of headlines, crossheads and captions, which are not coded and name places all the same.
    fn apart(&self, document: &Document) -> Vec<Sentence> {
        let apart = |kind: &BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Caption);
        let spans: Vec<Span> = document
            .blocks
            .iter()
            .filter(|b| apart(&b.kind))
            .map(|b| b.span)
            .collect();
        let parts = self.parser.parse_parts(&document.text, &spans);
        parts.into_iter().flatten().filter(|s| !s.tokens.is_empty()).collect()
    }

    fn read<'a>(&'a self, document: &'a Document) -> Reading<'a> {
        let (blocks, sentences): (Vec<usize>, Vec<Sentence>) = self.trees(document).into_iter().unzip();
        self.read_trees(document, blocks, sentences)
    }

    /// Codes given trees; the way in for hand-made trees, which need no weights.
    pub(crate) fn read_trees<'a>(
        &'a self,
        document: &'a Document,
        blocks: Vec<usize>,
        sentences: Vec<Sentence>,
    ) -> Reading<'a> {
        let date = document.published.map(|p| p.start);
        let mut resolver = Resolver::new(&self.ontology, date);
        resolver.home = issuer(document).and_then(|name| resolver.by_name(name));
        resolver.memory.closed = !self.options.coreference;
        let turns = Turns::find(&resolver, document);
        resolver.mentions = sentences.iter().map(|s| Mentions::find(&self.ontology, s)).collect();
        let speakers: Vec<Option<String>> = blocks.iter().map(|b| turns.name(document, *b)).collect();
        if self.options.coreference {
            resolver.chains = Chains::find(&coref::Text {
                ontology: &self.ontology,
                sentences: &sentences,
                names: &resolver.mentions,
                blocks: &blocks,
                turns: &speakers,
                date,
            });
        }
        let speech = Speech::of(&self.ontology, &sentences, &blocks);
        let mut reading = Reading {
            document,
            blocks,
            resolver,
            told: Vec::new(),
            misses: Vec::new(),
            speech,
            days: time::Told::default(),
            story: None,
            paragraph: None,
            encounter: None,
            points: CodePoints::new(&document.text),
            sentences,
        };
        for number in 0..reading.sentences.len() {
            self.read_sentence(&mut reading, &turns, number);
        }
        if reading.told.is_empty() {
            return reading;
        }
        geography::place_events(&self.ontology, &mut reading);
        sizes::fill(&self.ontology, &mut reading);
        let attributions = voices::attributions(&reading, self, &turns);
        for (told, attribution) in reading.told.iter_mut().zip(attributions) {
            told.event.attribution = attribution;
        }
        let contexts = Contexts::find(&self.ontology, &reading.sentences);
        for told in &mut reading.told {
            told.event.context = contexts.of(&told.mention, told.sentence, &reading.sentences[told.sentence]);
        }
        reading
    }

    fn read_sentence(&self, reading: &mut Reading, turns: &Turns, number: usize) {
        let document = reading.document;
        let tree = reading.sentences[number].clone();
        let block = reading.blocks[number];
        let turn = turns.at(block);
        (reading.resolver.speaker, reading.resolver.addressee) = match turn {
            Some(turn) => (turn.speaker.clone(), turns.addressee(block)),
            None => (None, None),
        };
        reading.resolver.read(&tree, number);
        let within = voices::quoted_by(reading, number);
        let said = reading.speech.said_in(number);
        if turn.is_none() {
            let reader =
                Reader::new(&self.ontology, &reading.resolver, &tree, number).hearing(said.clone(), Vec::new());
            let voice = within.first().cloned().or_else(|| reader.voice());
            reading.resolver.speaker = voice;
        }
        let readers = self.options.readers;
        let second = Some(&self.second).filter(|_| readers != Readers::Patterns);
        let reader = Reader::new(&self.ontology, &reading.resolver, &tree, number).hearing(said, within.clone());
        reading.speech.resolve(number, &reader, &within, &tree);
        let (mentions, misses) = reader.aided_by(second, readers != Readers::Classifier).read();
        reading.misses.extend(misses.into_iter().map(|m| (number, m)));
        let timed = self.timed(reading, &tree, number);
        let reader = Reader::new(&self.ontology, &reading.resolver, &tree, number)
            .hearing(reading.speech.said_in(number), within);
        let maker = self.maker(reading);
        let mut told = Vec::new();
        let alone = reading.sentences.len() < 2;
        let mut encounter = reading.encounter;
        let mut paragraph = None;
        let lent = match reading.paragraph {
            Some((number, day)) if number == block => Some(day),
            _ => reading.story,
        };
        for mention in mentions {
            let asked = when::Asked {
                anchor: mention.anchor,
                trigger: mention.trigger,
                words: &mention.words,
                status: mention.status,
            };
            let mut dates = when::dates(&tree, &timed, asked, document.published);
            if dates.is_empty()
                && mention.status == Status::Occurred
                && reckon::encounter(&tree, &timed, asked).is_some()
            {
                dates.extend(encounter);
            }
            let dates: Vec<Option<_>> = if dates.is_empty() {
                vec![None]
            } else {
                dates.into_iter().map(Some).collect()
            };
            for date in dates {
                // Each date tells its own status: of "in 2000 and last week" one is history, one is news.
                let mut mention = mention.clone();
                let range = date.map(|when| when.range);
                mention.status = aged(mention.status, range, document.published, alone);
                if mention.nominal
                    && mention.status == Status::Occurred
                    && date.is_none()
                    && !matches!(mention.event.as_str(), "CONSULT" | "AGREE")
                {
                    mention.status = Status::Background;
                }
                let mut event = maker.record(&mention, number, date, Vec::new());
                event.status_cue = reader
                    .status_words(&mention)
                    .or_else(|| voices::recalled_by(&tree, mention.status, range, &timed))
                    .and_then(|shown| maker.status_cue(number, shown));
                if mention.event == "CONSULT" && mention.status == Status::Occurred {
                    encounter = date.filter(reckon::lends).or(encounter);
                }
                let goes_on = date.is_none() && !mention.nominal && when::goes_on(&tree, mention.anchor);
                let lent = lent.filter(|_| goes_on && mention.status == Status::Occurred);
                if mention.status == Status::Occurred
                    && let Some(day) = date.filter(|day| when::lies_within(day, document.published, WEEK))
                {
                    paragraph = Some((block, day));
                }
                told.push(Told {
                    sentence: number,
                    mention,
                    event,
                    lent,
                });
            }
        }
        voices::date_statements(reading, number, &timed);
        reading.encounter = encounter;
        if reading.blocks.first() == Some(&block) && reading.story.is_none() {
            reading.story = when::story_day(&tree, &timed, document.published, STORY);
        }
        reading.paragraph = paragraph.or(reading.paragraph);
        for Told { mention, .. } in &told {
            reading
                .resolver
                .note_event(&mention.event, &mention.actor, &mention.recipient);
        }
        reading.told.extend(told);
    }

    /// The time expressions of a sentence, birthdays among them.
    fn timed(&self, reading: &mut Reading, tree: &Sentence, number: usize) -> Vec<Timed> {
        let document = reading.document;
        let mut times = time::expressions_of(&document.text, tree, document.published, &mut reading.days);
        let born = |token: usize| {
            let parties = reading.resolver.parties(Place { tree, number }, token);
            let person = parties.iter().find_map(|party| party.person)?;
            reckon::born(self.ontology.persons[person].born.as_deref()?)
        };
        times.extend(reckon::birthdays(tree, document.published, born));
        when::on_tokens(tree, times)
    }
}

/// A report is of yesterday, at most of the days before.
const STORY: i32 = 3;
const WEEK: i32 = 7;

/// Who issued a document: the publisher, or the body that a press release names in its first line.
fn issuer(document: &Document) -> Option<&str> {
    const BODIES: [&str; 8] = [
        "ministry",
        "department",
        "government",
        "embassy",
        "office",
        "presidency",
        "foreign ministry",
        "permanent mission",
    ];
    let title = document.title.as_deref().filter(|t| {
        let title = t.to_lowercase();
        let title = title.strip_prefix("the ").unwrap_or(&title);
        BODIES.iter().any(|b| title.starts_with(b))
    });
    document.publisher.as_deref().or(title)
}

fn explain_sentence(coder: &Coder, reading: &Reading, number: usize) -> SentenceExplanation {
    let tree = &reading.sentences[number];
    let text = &reading.document.text;
    let words = |tokens: &[usize]| {
        let parts: Vec<&str> = tokens.iter().map(|t| tree.tokens[*t].form.as_str()).collect();
        parts.join(" ")
    };
    let told = reading.told.iter().filter(|t| t.sentence == number);
    let fired = told
        .map(|t| ExplainedMatch {
            pattern: t.mention.pattern.clone(),
            event: named(&t.mention.event, &t.mention.mode),
            trigger: words(&t.mention.words),
            actor: t.event.actor.iter().map(|a| a.entity_text.clone()).collect(),
            recipient: t.event.recipient.iter().map(|a| a.entity_text.clone()).collect(),
            status: format!("{:?}", t.mention.status).to_lowercase(),
            why: t.mention.why.clone(),
            confidence: Some(t.event.confidence),
            parts: parts(&coder.ontology.confidence, &coder.features(reading, t)),
        })
        .collect();
    let nearly = reading
        .misses
        .iter()
        .filter(|(n, m)| {
            *n == number
                && !reading
                    .told
                    .iter()
                    .any(|t| t.sentence == number && t.mention.words.contains(&m.trigger))
        })
        .map(|(_, m)| ExplainedMatch {
            pattern: m.pattern.clone(),
            event: event_of(reading, &m.pattern),
            trigger: words(&[m.trigger]),
            actor: Vec::new(),
            recipient: Vec::new(),
            status: String::new(),
            why: vec![format!("lacks {}", m.lacked)],
            confidence: None,
            parts: Vec::new(),
        })
        .collect();
    SentenceExplanation {
        text: tree.span.text(text).to_owned(),
        tree: tree.clone(),
        actors: explain_actors(reading, number),
        fired,
        nearly,
    }
}

/// Type and mode that a pattern, or a row of the second reader, would have given; empty for operators.
fn event_of(reading: &Reading, id: &str) -> String {
    let ontology = reading.resolver.ontology;
    let row = || ontology.learned.iter().find(|l| l.id == id);
    ontology
        .pattern(id)
        .or_else(row)
        .map_or_else(String::new, |p| named(&p.event, &p.mode))
}

fn parts(model: &ConfidenceModel, features: &[Feature]) -> Vec<(String, f64)> {
    let rounded = |odds: f64| (odds * 100.0).round() / 100.0;
    let named = features.iter().map(|f| (f.name.clone(), rounded(model.part(f))));
    named.filter(|(_, odds)| *odds != 0.0).collect()
}

fn explain_actors(reading: &Reading, number: usize) -> Vec<ExplainedActor> {
    let tree = &reading.sentences[number];
    let text = &reading.document.text;
    let mut all: Vec<(Span, ExplainedActor)> = Vec::new();
    for (_, party) in annotate::parties_of(reading, number) {
        let span = tree.words(party.first, party.end);
        let actor = ExplainedActor {
            text: span.text(text).to_owned(),
            code: party.code.clone(),
            sector: party.sector.clone(),
            identifier: party.identifier.clone(),
            how: party.how.name().to_owned(),
        };
        all.push((span, actor));
    }
    all.sort_by_key(|(span, _)| (span.start, span.end));
    all.into_iter().map(|(_, actor)| actor).collect()
}

/// `CONSULT/visit`, or the type alone.
fn named(event: &str, mode: &str) -> String {
    if mode.is_empty() {
        event.to_owned()
    } else {
        format!("{event}/{mode}")
    }
}
