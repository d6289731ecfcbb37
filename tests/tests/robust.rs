//! Coding cannot fail: texts that nobody would write, and every input that once did harm (tests/regressions).

use std::fs;

use attache_tests::archive::{self, Record};
use attache_tests::{Fallible, demo, engine, files, root, sound};
use proptest::prelude::*;
use proptest::sample::Index;

/// Longest text tried, in bytes; more adds time and no trouble.
const LONGEST: usize = 3000;

fn cases(number: u32) -> ProptestConfig {
    ProptestConfig {
        cases: number,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    }
}

fn sound(bytes: &[u8]) -> Result<(), TestCaseError> {
    sound::bytes(engine(), bytes).map_err(TestCaseError::fail)
}

/// What can happen to a text on its way.
#[derive(Debug, Clone)]
enum Harm {
    Cut(Index, Index),
    Flip(Index, u8),
    Swap(Index, Index),
    Insert(Index, String),
    Twice(Index, Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let signs = prop::sample::select(vec![
        "\u{0}", "\r", "\n\n", "\"", "“", "(((", "\u{202e}", "'s", "—", "\u{feff}", "İ",
    ]);
    prop_oneof![
        any::<(Index, Index)>().prop_map(|(a, b)| Harm::Cut(a, b)),
        any::<(Index, u8)>().prop_map(|(at, byte)| Harm::Flip(at, byte)),
        any::<(Index, Index)>().prop_map(|(a, b)| Harm::Swap(a, b)),
        (any::<Index>(), signs).prop_map(|(at, sign)| Harm::Insert(at, sign.to_owned())),
        any::<(Index, Index)>().prop_map(|(a, b)| Harm::Twice(a, b)),
    ]
}

fn harmed(mut bytes: Vec<u8>, harms: &[Harm]) -> Vec<u8> {
    for harm in harms {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        let range = |a: &Index, b: &Index| {
            let (a, b) = (a.index(length), b.index(length));
            a.min(b)..a.max(b)
        };
        match harm {
            Harm::Cut(a, b) => drop(bytes.drain(range(a, b))),
            Harm::Flip(at, byte) => bytes[at.index(length)] ^= byte,
            Harm::Swap(a, b) => bytes.rotate_left(range(a, b).len()),
            Harm::Insert(at, sign) => drop(bytes.splice(at.index(length)..at.index(length), sign.bytes())),
            Harm::Twice(a, b) => bytes.extend_from_within(range(a, b)),
        }
        bytes.truncate(LONGEST);
    }
    bytes
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_text(text in "[\\PC\\s]{0,400}") {
        sound(text.as_bytes())?;
    }

    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        sound(words.join(" ").as_bytes())?;
    }

    #[test]
    fn harmed_dispatches(which in any::<Index>(), harms in prop::collection::vec(harm(), 1..6)) {
        let paths = files(&demo::folder()).expect("the corpus is there");
        let texts: Vec<_> = paths.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
        let bytes = fs::read(texts[which.index(texts.len())]).expect("a dispatch");
        sound(&harmed(bytes, &harms))?;
    }
}

/// Sound archives of every kind, one in another among them.
fn archives() -> Vec<Vec<u8>> {
    let records = [
        archive::info(),
        Record::page(1, "Russia left the talks."),
        Record::text(2, "France signed."),
    ];
    let plain: Vec<u8> = records.iter().flat_map(Record::bytes).collect();
    let members: Vec<u8> = records.iter().flat_map(Record::member).collect();
    vec![
        archive::tar(&[("a.txt", b"Russia left."), ("b.warc", &plain[..500])]),
        archive::zip(&[("a.txt", b"Russia left."), ("b.warc.gz", &members)]),
        archive::zstd(&plain),
        archive::gzip(&plain),
        members,
        plain,
    ]
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn harmed_archives(whole in prop::sample::select(archives()), harms in prop::collection::vec(harm(), 1..6)) {
        sound::input(&harmed(whole, &harms)).map_err(TestCaseError::fail)?;
    }
}

/// Words that the coder knows, so that nonsense reaches its depths.
const WORDS: &[&str] = &[
    "Russia",
    "Kenya's",
    "the",
    "president",
    "of",
    "and",
    "troops",
    "attacked",
    "said",
    "that",
    "which",
    "to",
    "threatened",
    "refused",
    "not",
    "will",
    "if",
    "visit",
    "talks",
    "with",
    "by",
    "Paris",
    "on",
    "Friday",
    "its",
    "who",
    "they",
    "sanctions",
    "withdraw",
    "unless",
    ",",
    ".",
    "\"",
    "(",
    ")",
    ":",
    "\n\n",
    "2014",
    "accused",
    "being",
    "had",
    "Mr",
    "U.S.",
    "—",
    "I",
    "you",
];

#[test]
fn odd_shapes() -> Fallible {
    let deep = |open: &str, close: &str| format!("{}Iran met Iraq{}.", open.repeat(400), close.repeat(400));
    let chain = |link: &str| format!("Iran {}.", format!("{link} Iraq ").repeat(150));
    let shapes = [
        String::new(),
        " \n\t\r\n ".to_owned(),
        "\u{feff}".to_owned(),
        "a".repeat(50_000),
        "é".repeat(20_000),
        "Iran".repeat(5_000),
        "\u{1f469}\u{200d}\u{1f680}".repeat(500),
        "e\u{301}\u{323}".repeat(2_000),
        "ﷺ İstanbul ǅ ß ﬁ ".repeat(100),
        "\n".repeat(20_000),
        ".".repeat(5_000),
        "'s ".repeat(1_000),
        "Iran attacked Iraq. ".repeat(60),
        deep("(", ")"),
        deep("“", "”"),
        deep("\"", ""),
        deep("[(“", ""),
        chain("and"),
        chain("said that"),
        chain("which attacked"),
        chain("threatened to ask"),
        chain("'s president of"),
        "Q: Why?\nA: We will attack Iran.\n".repeat(40),
        "MOSCOW, Feb. 30 (99th day) — 31.02.0000 at 25:61, 99999999999999999999 dead on -1 May.".to_owned(),
    ];
    for shape in &shapes {
        let start: String = shape.chars().take(40).collect();
        sound::text(engine(), shape).map_err(|error| format!("{start:?} …: {error}"))?;
    }
    Ok(())
}

#[test]
fn regressions() -> Fallible {
    for path in files(&root().join("tests/regressions"))? {
        let bytes = fs::read(&path)?;
        let checked = sound::bytes(engine(), &bytes)
            .and_then(|()| sound::input(&bytes))
            .and_then(|()| sound::page(&bytes));
        checked.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

#[test]
fn records_of_the_demonstration_lead_to_their_words() -> Fallible {
    for (info, document) in demo::documents()? {
        let events = engine().code(&document).events;
        sound::records(&document, &events).map_err(|error| format!("{}: {error}", info.doc))?;
    }
    Ok(())
}
