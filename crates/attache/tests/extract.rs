//! Pages as people paste them, against what is article in them: tests/pages-plain/<name>/{text.txt,expected.json}.
//!
//! `UPDATE_EXPECT=1` writes the answers down; read the difference before keeping it.

use std::fs;
use std::path::{Path, PathBuf};

use attache::date::DateRange;
use attache::document::{BlockKind, Document};
use attache::extract::{Given, Warning, plain};
use serde_json::{Value, json};

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages-plain");
    let mut pages: Vec<PathBuf> = fs::read_dir(root)
        .expect("pages")
        .map(|entry| entry.expect("page").path())
        .collect();
    pages.sort();
    pages
}

fn range(range: DateRange) -> String {
    if range.start == range.end {
        range.start.to_string()
    } else {
        format!("{}..{}", range.start, range.end)
    }
}

/// Kind and first words of every block, so that a person can read it.
fn summary(document: &Document) -> Value {
    let text = &document.text;
    let blocks: Vec<Value> = document
        .blocks
        .iter()
        .map(|block| {
            let words = block.span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let short: String = words.chars().take(60).collect();
            match &block.kind {
                BlockKind::Turn { speaker } => json!(["Turn", speaker.text(text), short]),
                kind => json!([format!("{kind:?}"), short]),
            }
        })
        .collect();
    json!({
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published.map(range),
        "updated": document.updated.map(|day| day.to_string()),
        "authors": document.authors,
        "dateline": document.dateline.map(|span| span.text(text)),
        "language": document.language,
        "blocks": blocks,
    })
}

#[test]
fn pages_are_read_as_expected() {
    let mut failures = Vec::new();
    let pages = pages();
    assert!(pages.len() >= 12);
    for page in &pages {
        let text = fs::read_to_string(page.join("text.txt")).expect("text");
        let (document, _) = plain(&text, &Given::default());
        check_blocks(&document);
        let got = summary(&document);
        let path = page.join("expected.json");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, format!("{:#}\n", got)).expect("write");
            continue;
        }
        let want: Value = serde_json::from_str(&fs::read_to_string(&path).expect("expected")).expect("JSON");
        if got != want {
            failures.push(format!("{}\n{got:#}", page.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Prints the parts of the file that `PAGE` names: `PAGE=page.txt cargo test --test extract -- --ignored --nocapture`.
#[test]
#[ignore = "a tool, not a test"]
fn show() {
    let text = fs::read_to_string(std::env::var_os("PAGE").expect("PAGE names a file")).expect("text");
    println!("{:#}", summary(&plain(&text, &Given::default()).0));
}

/// Blocks stand in order, do not overlap, and hold something.
fn check_blocks(document: &Document) {
    let mut last = 0;
    for block in &document.blocks {
        assert!(block.span.start >= last && !block.span.text(&document.text).is_empty());
        last = block.span.end;
    }
}

fn kinds(text: &str) -> Vec<BlockKind> {
    plain(text, &Given::default())
        .0
        .blocks
        .into_iter()
        .map(|block| block.kind)
        .collect()
}

#[test]
fn short_texts_are_content() {
    assert_eq!(kinds("The duke signed the treaty."), [BlockKind::Paragraph]);
    assert_eq!(kinds("Duke signs treaty"), [BlockKind::Paragraph]);
    assert_eq!(kinds("He left."), [BlockKind::Paragraph]);
    assert_eq!(
        kinds("The duke came. He signed the treaty.\nThe king did not."),
        [BlockKind::Paragraph, BlockKind::Paragraph]
    );
    assert_eq!(kinds(""), []);
    assert_eq!(kinds("  \n\n"), []);
}

#[test]
fn news_about_pages_is_no_page_furniture() {
    for text in [
        "The ministers exchanged views.",
        "We thank our partners in the region for their support.",
        "With assistance from the fleet, the army moved the families of the garrison to the coast before the winter came.",
        "Parliament passed a law on cookies that obliges every company to ask for consent.",
        "The independent broadcaster's journalists were arrested, and its newsroom was searched by the police.",
        "The company shares fell.",
        "The search ended.",
        "He called on voters to register and to share the results.",
    ] {
        assert_eq!(kinds(text), [BlockKind::Paragraph], "{text}");
        let page = format!(
            "The envoys met in the hall on the hill.\n\n{text}\n\nThey are to meet again in the spring.\n\n{text}"
        );
        assert!(kinds(&page).iter().all(|kind| *kind == BlockKind::Paragraph), "{text}");
    }
}

#[test]
fn endless_furniture_is_read_in_linear_time() {
    for line in [
        "END\n",
        "More\n",
        "Some label here\n",
        "Comments\n",
        "A: B\n",
        "* * *\n",
        "Trending\n",
        "1\n",
    ] {
        let text = line.repeat(200_000) + "The envoys met in the hall.";
        check_blocks(&plain(&text, &Given::default()).0);
    }
}

#[test]
fn what_the_caller_knows_wins() {
    let given = Given {
        id: Some("7".to_owned()),
        title: Some("Duke Signs Treaty".to_owned()),
        published: DateRange::year(1815),
        language: Some("de".to_owned()),
        ..Given::default()
    };
    let (document, _) = plain(
        "Duke signs treaty\n\nMay 9, 2024\n\nThe duke signed the treaty in the old hall.",
        &given,
    );
    assert_eq!((document.id.as_str(), document.language.as_deref()), ("7", Some("de")));
    assert_eq!(document.published, DateRange::year(1815));
    assert_eq!(document.title.as_deref(), Some("Duke Signs Treaty"));
    assert_eq!(document.blocks[0].kind, BlockKind::Title);
}

#[test]
fn ids_are_stable() {
    let id = |text: &str| plain(text, &Given::default()).0.id;
    assert_eq!(id("The duke signed."), id("The duke signed."));
    assert_ne!(id("The duke signed."), id("The duke left."));
    assert_eq!(id("x").len(), 16);
}

#[test]
fn warnings_tell_what_is_lacking() {
    let (_, warnings) = plain("", &Given::default());
    assert_eq!(warnings, [Warning::NoContent { bytes: 0 }, Warning::NoDate]);
}

#[test]
fn long_texts_are_cut_and_long_lines_borne() {
    let line = "The envoys met and then they met again without an end. ".repeat(20_000);
    let (document, _) = plain(&line, &Given::default());
    assert_eq!(document.blocks.len(), 1);
    let long = "The envoys met at the table.\n".repeat(400_000);
    let (document, warnings) = plain(&long, &Given::default());
    assert!(matches!(warnings[0], Warning::Cut { length: 11_600_000, .. }));
    assert!(document.text.len() <= 10_000_000);
}

proptest::proptest! {
    #[test]
    fn any_text_is_borne(text in "(\\PC|\\n|\\r){0,300}") {
        check_blocks(&plain(&text, &Given::default()).0);
    }

    #[test]
    fn any_page_is_borne(lines in proptest::collection::vec(line(), 0..30)) {
        check_blocks(&plain(&lines.join("\n"), &Given::default()).0);
    }
}

fn line() -> impl proptest::strategy::Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "",
        "Menu",
        "TRENDING",
        "Comments",
        "By Jane Doe",
        "May 9, 2024, Vienna",
        "* * *",
        "1",
        "• Country:",
        "Jane Doe: Welcome, we are glad.",
        "JOHN ROE (retranslated):",
        "(TASS)",
        "VIENNA (Reuters) - The envoys met in the hall on Monday.",
        "The envoys met again in the hall on Friday. (AFP)",
        "> The envoys met",
        "From: Jane Doe",
        "To: John Roe",
        "Subject: Talks",
        "With reporting by AP",
        "Envoys Meet In Hall",
        "Updated: 18-02-2026 14:25 IST | Created: 1",
        "é",
        "—",
        "Q:",
        "(",
        "©",
        "© 2026",
        ":",
        "Paris — ",
        "the envoys, who had met before, were to meet again for the third time in the hall of the",
    ])
}
