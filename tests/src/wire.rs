//! One dispatch at many outlets: what editors do to a wire story, and what looks like a copy and is none.
//!
//! Everything is made from the demonstration corpus and from `tests/copies/*.tsv`; the same numbers give the same texts.

use attache::Document;
use attache::copies::{Bounds, Index, Sketch};
use attache::document::{Block, CopyOf};
use attache::extract::{self, Given};

use crate::{Fallible, demo, root};

/// Deterministic chance (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The same seed gives the same throws.
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// 0 to `below` - 1.
    pub fn throw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.throw(of.len())]
    }
}

/// A story as paragraphs.
#[derive(Debug, Clone)]
pub struct Story {
    /// Identifier.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Outlet.
    pub publisher: String,
    /// Paragraphs of the article.
    pub paragraphs: Vec<String>,
}

impl Story {
    /// As it is read from plain text.
    pub fn document(&self) -> Document {
        let given = Given {
            id: Some(self.id.clone()),
            title: Some(self.title.clone()),
            publisher: Some(self.publisher.clone()),
            language: Some("en".to_owned()),
            ..Given::default()
        };
        let text = format!("{}\n\n{}\n", self.title, self.paragraphs.join("\n\n"));
        extract::plain(&text, &given).0
    }

    fn words(&self) -> usize {
        self.paragraphs.iter().map(|p| p.split_whitespace().count()).sum()
    }

    fn sentences(&self) -> Vec<Vec<String>> {
        let of = |p: &String| p.split_inclusive(". ").map(|s| s.trim_end().to_owned()).collect();
        self.paragraphs.iter().map(of).collect()
    }

    fn of_sentences(&self, paragraphs: Vec<Vec<String>>) -> Story {
        let joined = paragraphs.into_iter().map(|sentences| sentences.join(" "));
        Story {
            paragraphs: joined.filter(|p| !p.is_empty()).collect(),
            ..self.clone()
        }
    }
}

/// The articles of the demonstration corpus, their furniture left out.
///
/// # Errors
/// Where a file is missing or broken.
pub fn stories() -> Fallible<Vec<Story>> {
    let story = |(info, document): (attache::eval::DocumentInfo, Document)| {
        let content = document.blocks.iter().filter(|block| Block::is_content(block));
        Story {
            id: info.doc,
            title: document.title.clone().unwrap_or_default(),
            publisher: info.publisher.unwrap_or_default(),
            paragraphs: content.map(|b| b.span.text(&document.text).to_owned()).collect(),
        }
    };
    Ok(demo::documents()?.into_iter().map(story).collect())
}

/// Words and paragraphs that editors put in: `tests/copies/NAME.txt`, one a line.
///
/// # Errors
/// Where the file is missing.
pub fn lines(name: &str) -> Fallible<Vec<String>> {
    let text = std::fs::read_to_string(root().join("tests/copies").join(name))?;
    Ok(crate::table::lines(&text).map(|(_, line)| line.to_owned()).collect())
}

/// What an editor does to a story.
pub type Edit = fn(&Story, &mut Dice, &[String]) -> Story;

/// Every way of running a wire story that is still a copy of it, with its name.
pub const EDITS: &[(&str, Edit)] = &[
    ("as it came", |s, _, _| s.clone()),
    ("quotes, dashes, line ends", |s, _, _| retyped(s)),
    ("other dateline, signature", |s, d, _| signed(s, d)),
    ("5 % of words edited", |s, d, local| edited(s, d, local, 5)),
    ("10 % of words edited", |s, d, local| edited(s, d, local, 10)),
    ("cut to 70 %", |s, _, _| cut(s, 70)),
    ("cut to 50 %", |s, _, _| cut(s, 50)),
    ("cut to 35 %", |s, _, _| cut(s, 35)),
    ("a local paragraph before", |s, d, local| before(s, d, local)),
    ("two local paragraphs after", |s, d, local| after(s, d, local, 2)),
    ("cut to 50 %, two local ones after", |s, d, local| {
        after(&cut(s, 50), d, local, 2)
    }),
    ("lead written anew", |s, d, local| relead(s, d, local)),
    ("every third sentence left out", |s, _, _| thinned(s)),
    ("paragraphs in another order", |s, _, _| reordered(s)),
    ("cut to 70 %, 5 % edited, signed, one local", |s, d, local| {
        signed(&after(&edited(&cut(s, 70), d, local, 5), d, local, 1), d)
    }),
];

fn retyped(story: &Story) -> Story {
    let type_anew = |p: &String| {
        let p = p.replace(" — ", " - ").replace('\'', "’").replace("  ", " ");
        let mut open = false;
        let quoted = p.chars().map(|c| match c {
            '"' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            other => other,
        });
        quoted.collect::<String>().replace(". ", ".  ")
    };
    Story {
        title: format!("{}: what we know", story.title),
        paragraphs: story.paragraphs.iter().map(type_anew).collect(),
        ..story.clone()
    }
}

fn signed(story: &Story, dice: &mut Dice) -> Story {
    let place = dice.pick(&["PORT ELLEN", "NEW HARBOUR", "LAKE CITY"]);
    let mut paragraphs = story.paragraphs.clone();
    if let Some(first) = paragraphs.first_mut() {
        *first = format!("{place} (AW) — {first}");
    }
    paragraphs.push("Additional reporting by our staff in Port Ellen and Lake City.".to_owned());
    Story {
        paragraphs,
        ..story.clone()
    }
}

/// So many words of a hundred replaced, left out or put in.
fn edited(story: &Story, dice: &mut Dice, local: &[String], percent: usize) -> Story {
    let pool: Vec<&str> = local.iter().flat_map(|p| p.split_whitespace()).collect();
    let mut edit = |paragraph: &String| {
        let mut words = Vec::new();
        for word in paragraph.split_whitespace() {
            match (dice.throw(100) < percent, dice.throw(3)) {
                (true, 0) => words.push(*dice.pick(&pool)),
                (true, 1) => {}
                (true, _) => words.extend([word, *dice.pick(&pool)]),
                (false, _) => words.push(word),
            }
        }
        words.join(" ")
    };
    Story {
        paragraphs: story.paragraphs.iter().map(&mut edit).collect(),
        ..story.clone()
    }
}

/// From the end, sentence by sentence.
fn cut(story: &Story, percent: usize) -> Story {
    let room = story.words() * percent / 100;
    let mut left = room;
    let mut paragraphs = Vec::new();
    for sentences in story.sentences() {
        let mut kept = Vec::new();
        for sentence in sentences {
            let length = sentence.split_whitespace().count();
            if length > left && left < room {
                left = 0;
                break;
            }
            left = left.saturating_sub(length);
            kept.push(sentence);
        }
        paragraphs.push(kept);
    }
    story.of_sentences(paragraphs)
}

fn before(story: &Story, dice: &mut Dice, local: &[String]) -> Story {
    let mut paragraphs = story.paragraphs.clone();
    paragraphs.insert(0, dice.pick(local).clone());
    Story {
        paragraphs,
        ..story.clone()
    }
}

fn after(story: &Story, dice: &mut Dice, local: &[String], number: usize) -> Story {
    let mut paragraphs = story.paragraphs.clone();
    paragraphs.extend((0..number).map(|_| dice.pick(local).clone()));
    Story {
        paragraphs,
        ..story.clone()
    }
}

fn relead(story: &Story, dice: &mut Dice, local: &[String]) -> Story {
    let mut sentences = story.sentences();
    if let Some(first) = sentences.first_mut().and_then(|p| p.first_mut()) {
        *first = dice
            .pick(local)
            .split_inclusive(". ")
            .next()
            .unwrap_or_default()
            .trim_end()
            .to_owned();
    }
    story.of_sentences(sentences)
}

fn thinned(story: &Story) -> Story {
    let mut number = 0;
    let mut kept = story.sentences();
    for paragraph in &mut kept {
        paragraph.retain(|_| {
            number += 1;
            number % 3 != 0
        });
    }
    story.of_sentences(kept)
}

fn reordered(story: &Story) -> Story {
    let mut paragraphs = story.paragraphs.clone();
    let half = paragraphs.len() / 2;
    paragraphs[1..].rotate_left(half.min(story.paragraphs.len() - 1));
    Story {
        paragraphs,
        ..story.clone()
    }
}

/// Pairs that share text and are no copies: name, and the documents in reading order.
///
/// # Errors
/// Where a file is missing.
pub fn lookalikes() -> Fallible<Vec<(&'static str, Vec<Story>)>> {
    let stories = stories()?;
    let quotes = lines("quotes.tsv")?;
    let templates = lines("templates.tsv")?;
    let boilerplate = &lines("boilerplate.tsv")?;
    Ok(vec![
        ("different words on one happening", stories.clone()),
        ("the same long quotations", quoting(&stories, &quotes)),
        ("old background under a new lead", recycled(&stories)),
        ("one outlet's boilerplate", ending(&stories, &boilerplate[0])),
        ("the same form filled in anew", filled(&templates)),
        ("a digest of many", digests(&stories)),
    ])
}

/// Two neighbours each, with the same quotations added: about as many words as the shorter has of its own.
fn quoting(stories: &[Story], quotes: &[String]) -> Vec<Story> {
    let mut made = Vec::new();
    for (number, pair) in stories.chunks_exact(2).enumerate() {
        let said = (0..4).map(|at| &quotes[(number * 4 + at) % quotes.len()]);
        let said: Vec<String> = said.map(|quote| format!("“{quote}”")).collect();
        for (side, story) in pair.iter().enumerate() {
            let mut paragraphs = story.paragraphs.clone();
            for (at, quote) in said.iter().enumerate() {
                let told = [format!("{quote} he said."), format!("The speaker went on: {quote}")];
                paragraphs.insert((1 + 2 * at).min(paragraphs.len()), told[side].clone());
            }
            made.push(Story {
                paragraphs,
                ..story.clone()
            });
        }
    }
    made
}

/// A story, and a later one of another lead that ends with its paragraphs.
fn recycled(stories: &[Story]) -> Vec<Story> {
    let mut made = Vec::new();
    for (old, new) in stories.iter().zip(stories.iter().skip(3)).step_by(4) {
        let half = old.paragraphs.len() / 2;
        let lead = new.paragraphs.len().div_ceil(2);
        let mut paragraphs = new.paragraphs[..lead].to_vec();
        paragraphs.extend(old.paragraphs[half..].to_vec());
        made.push(old.clone());
        made.push(Story {
            id: format!("{}-later", old.id),
            title: new.title.clone(),
            publisher: new.publisher.clone(),
            paragraphs,
        });
    }
    made
}

/// The first half of each, as one outlet, with the same words at the end.
fn ending(stories: &[Story], boilerplate: &str) -> Vec<Story> {
    let end = |story: &Story| {
        let mut story = cut(story, 50);
        story.paragraphs.push(boilerplate.to_owned());
        story.publisher = "The Harbour Ledger".to_owned();
        story
    };
    stories.iter().map(end).collect()
}

/// Fills for `{N}`, `{P}`, `{C}` and `{D}` of a form: number, person, country, day.
const PERSONS: &[&str] = &[
    "Erna Holm",
    "Luis Prado",
    "Amina Diallo",
    "Jan Kovar",
    "Mei Tan",
    "Omar Rashid",
    "Ivo Petrov",
];
const COUNTRIES: &[&str] = &[
    "Norway", "Chile", "Kenya", "Austria", "Japan", "Jordan", "Ghana", "Peru", "Latvia",
];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

fn filled(templates: &[String]) -> Vec<Story> {
    let mut dice = Dice::new(11);
    let mut made = Vec::new();
    for (number, template) in templates.iter().enumerate() {
        for copy in 0..6 {
            let mut text = String::new();
            for part in template.split_inclusive('}') {
                let (words, slot) = part.split_once('{').unwrap_or((part, ""));
                text.push_str(words);
                match slot {
                    "N}" => text.push_str(&dice.throw(900).to_string()),
                    "P}" => text.push_str(dice.pick::<&str>(PERSONS)),
                    "C}" => text.push_str(dice.pick::<&str>(COUNTRIES)),
                    "D}" => text.push_str(dice.pick::<&str>(DAYS)),
                    other => text.push_str(other),
                }
            }
            made.push(Story {
                id: format!("form-{number}-{copy}"),
                title: format!("Report {copy}"),
                publisher: "The ministry".to_owned(),
                paragraphs: text.split(" // ").map(str::to_owned).collect(),
            });
        }
    }
    made
}

/// Digests of eight first paragraphs, before and after the stories.
fn digests(stories: &[Story]) -> Vec<Story> {
    let digest = |(number, stories): (usize, &[Story])| Story {
        id: format!("digest-{number}"),
        title: "The day in short".to_owned(),
        publisher: "Morning Post".to_owned(),
        paragraphs: stories
            .iter()
            .filter_map(|story| story.paragraphs.first().cloned())
            .collect(),
    };
    let early = stories[..16].chunks(8).enumerate().map(digest);
    let late = stories[16..].chunks(8).enumerate().map(|(n, s)| digest((n + 9, s)));
    early.chain(stories.iter().cloned()).chain(late).collect()
}

/// What the index says of each, in order.
pub fn taken(bounds: &Bounds, stories: &[Story]) -> Vec<Option<CopyOf>> {
    let mut index = Index::new(*bounds);
    let mut take = |story: &Story| {
        let document = story.document();
        index.take(&document, Sketch::of(&document))
    };
    stories.iter().map(&mut take).collect()
}

/// How many copies were found of how many, and how many were taken for a copy of something else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Copies found with their first.
    pub found: usize,
    /// Copies there are.
    pub copies: usize,
    /// Documents taken for copies of what they are no copies of.
    pub false_ones: usize,
    /// Documents that are no copies.
    pub others: usize,
}

impl Tally {
    /// Both together.
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            found: self.found + other.found,
            copies: self.copies + other.copies,
            false_ones: self.false_ones + other.false_ones,
            others: self.others + other.others,
        }
    }
}

/// Longer stories: so many joined to one.
pub fn joined(stories: &[Story], number: usize) -> Vec<Story> {
    let join = |stories: &[Story]| Story {
        paragraphs: stories.iter().flat_map(|story| story.paragraphs.clone()).collect(),
        ..stories[0].clone()
    };
    stories.chunks_exact(number).map(join).collect()
}

/// Runs every story, and then its edited form under another outlet's name; or first the edited forms (`reverse`).
pub fn score(bounds: &Bounds, stories: &[Story], edit: Edit, local: &[String], reverse: bool) -> (Tally, Vec<CopyOf>) {
    let mut dice = Dice::new(7);
    let copies: Vec<Story> = stories
        .iter()
        .map(|story| Story {
            id: format!("{}-copy", story.id),
            title: format!("As others report: {}", story.publisher),
            publisher: "The Prairie Courier and Post".to_owned(),
            ..edit(story, &mut dice, local)
        })
        .collect();
    let (first, second) = if reverse {
        (copies, stories.to_vec())
    } else {
        (stories.to_vec(), copies)
    };
    let found = taken(bounds, &[first.clone(), second].concat());
    let (early, late) = found.split_at(first.len());
    let mut tally = Tally {
        copies: late.len(),
        others: early.len(),
        false_ones: early.iter().flatten().count(),
        ..Tally::default()
    };
    let mut right = Vec::new();
    for (story, copy) in first.iter().zip(late) {
        match copy {
            Some(copy) if copy.doc == story.id => right.push(copy.clone()),
            Some(_) => tally.false_ones += 1,
            None => {}
        }
    }
    tally.found = right.len();
    (tally, right)
}
