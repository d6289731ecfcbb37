//! Feeds that nobody would write, and every one that once did harm (tests/regressions/feeds).

use std::fs;

use attache_tests::{Fallible, feeds::sound, files, root};
use proptest::prelude::*;
use proptest::sample::Index;

/// Feeds of every kind, to be harmed.
fn seeds() -> Vec<Vec<u8>> {
    let paths = files(&root().join("fuzz/seeds/feed")).expect("the seeds are there");
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// Pieces that feeds are made of.
const PIECES: &[&str] = &[
    "<rss>",
    "<channel>",
    "<item>",
    "</item>",
    "<entry xml:base='x'>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<link>",
    "</link>",
    "<link href='/a'/>",
    "<title>",
    "</title>",
    "<content type='xhtml'>",
    "</content>",
    "<urlset>",
    "<url>",
    "<loc>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [",
    "]>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "&amp;",
    "&#0;",
    "&#x1F600;",
    "&",
    ";",
    "https://a.example/",
    "2024-05-09",
    "Thu, 09 May 24",
    "xmlns:dc='http://purl.org/dc/elements/1.1/'",
    "<dc:creator>",
    "'",
    "\"",
    "<",
    ">",
    "/",
    "\u{0}",
    "é",
    "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[",
    "{",
    "}",
    "]",
    "\"url\":",
    "User-agent: *\nDisallow: /*a$\n",
    "[[feed]]\nurl = ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        sound(pieces.concat().as_bytes()).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn harmed_feeds(which in any::<Index>(), harms in prop::collection::vec((any::<Index>(), any::<Index>(), any::<u8>(), 0..4u8), 1..8)) {
        let seeds = seeds();
        let mut bytes = seeds[which.index(seeds.len())].clone();
        for (a, b, byte, kind) in harms {
            if bytes.is_empty() {
                break;
            }
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            let range = a.min(b)..a.max(b);
            match kind {
                0 => drop(bytes.drain(range)),
                1 => bytes[a] ^= byte,
                2 => bytes.extend_from_within(range),
                _ => bytes.rotate_left(a),
            }
            bytes.truncate(20_000);
        }
        sound(&bytes).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn seeds_are_feeds() -> Fallible {
    for path in files(&root().join("fuzz/seeds/feed"))? {
        let bytes = fs::read(&path)?;
        let feed = attache_input::feed::parse(&bytes, None, None)?;
        assert!(
            !feed.entries.is_empty() && feed.broken.is_none(),
            "{}: {feed:?}",
            path.display()
        );
        sound(&bytes)?;
    }
    Ok(())
}

#[test]
fn regressions() -> Fallible {
    for path in files(&root().join("tests/regressions/feeds"))? {
        sound(&fs::read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}
