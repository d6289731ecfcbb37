//! Pages: scores do not fall below the floors of eval/floors.toml, and no page does harm.

use std::fmt::Write;
use std::fs;

use attache::document::BlockKind;
use attache::extract::{self, Given};
use attache_tests::{Fallible, pages, root, sound};
use serde::Deserialize;

#[derive(Deserialize)]
struct Floors {
    pages: Pages,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    text_f1: f64,
    title: f64,
    published: f64,
    authors: f64,
}

#[test]
fn floors() -> Fallible {
    let floors: Floors = toml::from_str(&fs::read_to_string(root().join("eval/floors.toml"))?)?;
    let pages = pages::read(&root().join("eval/pages/dev"))?;
    let figures = [
        ("text_f1", pages::text_f1(&pages).2, floors.pages.text_f1),
        ("title", pages::share_right(&pages, "title"), floors.pages.title),
        (
            "published",
            pages::share_right(&pages, "published"),
            floors.pages.published,
        ),
        ("authors", pages::share_right(&pages, "authors"), floors.pages.authors),
    ];
    for (name, score, floor) in figures {
        println!("{name} {:.1}, floor {floor:.1}", 100.0 * score);
    }
    let fallen: Vec<_> = figures
        .iter()
        .filter(|(_, score, floor)| 100.0 * score < *floor)
        .collect();
    assert!(fallen.is_empty(), "below the floor: {fallen:?}");
    Ok(())
}

/// Markup that nobody would write: it ends, and what comes out holds together.
#[test]
fn hostile_pages() {
    let numbered = |template: &str, times: usize| {
        (0..times).fold(String::new(), |mut all, at| {
            let _ = write!(all, "{}", template.replace("{}", &at.to_string()));
            all
        })
    };
    let sentence = "<p>The duke signed the treaty of peace in the town that day, and left for Vienna {}.</p>";
    let pages = [
        "<div>".repeat(100_000),
        format!("{}{sentence}{}", "<div>".repeat(100_000), "</div>".repeat(100_000)),
        "<b>".repeat(100_000),
        "<a href=x>".repeat(100_000),
        "<p><b class=x>word ".repeat(50_000),
        "<table><tr><td>".repeat(30_000),
        "<ul><li>x".repeat(50_000),
        format!("<div {}>x</div>", numbered("a{}=b ", 100_000)),
        format!("<div class='{}'><p>x</p></div>", "related ".repeat(500_000)),
        "<p>The duke signed the treaty of peace in the town that day, and left.</p>\n".repeat(700_000),
        "<p><div><span><table><a href='".to_owned(),
        "<script>var page = '<p>The duke signed.</p>';</script>".repeat(1_000),
        "<frameset cols=1><frame src=a><noframes>No frames</noframes></frameset>".to_owned(),
        String::new(),
        "<p>The en\0voy signed.\0</p>".to_owned(),
        format!(
            "<script type='application/ld+json'>{}</script><p>x",
            "[".repeat(100_000)
        ),
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"a\"}</script>".repeat(20_000),
        format!(
            "<script type='application/ld+json'>{{\"a\": {}}}</script>",
            "\"x\" ".repeat(200_000)
        ),
        "<time datetime='2024-05-09'>x</time>".repeat(100_000),
        "<h1>The duke signed the treaty</h1>".repeat(50_000),
        numbered(sentence, 5_000),
        sentence.repeat(5_000),
        "&amp;lt;&#x41;&#99999999;&notanentity".repeat(100_000),
        "<!-- ".repeat(100_000),
        "<div itemprop=author><span itemprop=name>A B</span>".repeat(30_000),
        numbered(&format!("<div class=post><h2>t {{}}</h2>{sentence}{sentence}"), 20_000),
        format!("<table>{}</table>", "<tr><td>a</td><td>b</td></tr>".repeat(50_000)),
        format!("{}{}", "<span aria-hidden=true>".repeat(240), "word ".repeat(100_000)),
        format!("{}{}", "<figure>".repeat(240), "<p>word</p>".repeat(10_000)),
    ];
    for html in &pages {
        let (document, _) = extract::page(html, &Given::default(), None);
        assert_eq!(sound::parts(&document), Ok(()), "{}", &html[..html.len().min(80)]);
    }
}

/// What is not seen, not the article's or of another time is not taken.
#[test]
fn nothing_out_of_the_boilerplate() {
    let html = r#"<html><head><title>Envoys meet in Tilsit | The Niemen Post</title></head><body>
        <div class="cookie-consent"><p>We and our partners store information on your device, as our policy explains in full.</p></div>
        <nav><a href="/">Home</a> <a href="/world">World</a></nav>
        <h1>Envoys meet in Tilsit</h1><p class="byline">By Anna Berg</p>
        <p>Envoys of the two emperors met on a raft in the middle of the river on Thursday, and agreed to meet again there.</p>
        <p>They spoke for an hour and a half, out of the rain, while their guards stood on the two banks and looked at each other.</p>
        <ul class="related"><li><a href="/a">Raft builders ask for better pay</a> <time datetime="2024-05-09">May 9, 2024</time></li></ul>
        <section id="comments"><p>I was there, and it did not rain at all, whatever they say in the papers of the capital.</p>
        <time datetime="2024-05-10">May 10, 2024</time></section>
        <footer>Copyright 2016 The Niemen Post</footer></body></html>"#;
    let (document, _) = extract::page(html, &Given::default(), None);
    assert_eq!(document.title.as_deref(), Some("Envoys meet in Tilsit"));
    assert_eq!(document.authors, ["Anna Berg"]);
    assert_eq!(document.publisher.as_deref(), Some("The Niemen Post"));
    assert_eq!(document.published, None);
    assert!(document.text.starts_with("Envoys of the two") && document.text.ends_with("at each other."));
    assert_eq!(document.blocks.len(), 2);
    assert!(document.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
}

/// A page fetched in 2020 cannot be of 2021; of the rest the first is taken.
#[test]
fn no_dates_after_the_retrieval() {
    let html = r#"<html><head><meta property="article:published_time" content="2021-03-04">
        <meta name="dc.date" content="2019-02-01"></head><body><h1>Envoys meet in Tilsit</h1><p>The envoys met.</p></body></html>"#;
    let retrieved = jiff::civil::date(2020, 1, 1);
    let (document, _) = extract::page(html, &Given::default(), Some(retrieved));
    assert_eq!(
        document.published.map(|range| range.start),
        Some(jiff::civil::date(2019, 2, 1))
    );
}
