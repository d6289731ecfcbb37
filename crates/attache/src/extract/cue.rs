//! What a unit's own words give it away as.

use super::furniture::{ENDS, INSIDE, LABELS, LISTS, NOTICES, NOTICES_TOO, SELVES, STARTS, TAILS, WRITERS, YOURS};
use super::shape::{Shape, key};

/// What the words of a unit alone say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A menu entry, a button, a notice.
    Furniture,
    /// Head of a list of other articles.
    List,
    /// Head of comments or of what the issuer says of itself: nothing after it is the article.
    Tail,
    /// "With reporting by …", "ENDS": the article is over.
    End,
    /// Author or agency.
    Byline,
    /// Of a picture.
    Caption,
}

/// What the words say; `None` where they could be anything.
pub(super) fn cue(words: &str, shape: &Shape) -> Option<Cue> {
    if shape.letters == 0 {
        return Some(Cue::Furniture);
    }
    let key = key(words);
    let short = shape.words <= 14;
    if is_end(words, &key, shape) {
        return Some(Cue::End);
    }
    if LISTS.contains(&key.as_str()) || (shape.words <= 5 && !shape.stop && is_list_head(&key)) {
        return Some(Cue::List);
    }
    if TAILS.contains(&key.as_str()) || is_tail_head(&key, shape) {
        return Some(Cue::Tail);
    }
    if is_caption(words, &key, shape) {
        return Some(Cue::Caption);
    }
    if (short && is_furniture(words, &key, shape)) || is_notice(&key, shape) || is_address(words) {
        return Some(Cue::Furniture);
    }
    (short && is_byline(words, &key, shape)).then_some(Cue::Byline)
}

fn is_end(words: &str, key: &str, shape: &Shape) -> bool {
    let marks = matches!(
        words,
        "ENDS" | "(ENDS)" | "-ENDS-" | "Ends" | "-30-" | "###" | "# # #" | "(END)" | "END"
    );
    let lower = words
        .trim_start_matches(['*', '_', ' '])
        .get(..40.min(words.len()))
        .map(str::to_lowercase)
        .unwrap_or_default();
    // "With assistance from the fleet, the army …" goes on as a sentence of the article.
    let sentence = shape.stop && shape.words > 15 && shape.capitals < 0.5 && !words.starts_with('(');
    marks || (!sentence && shape.words <= 45 && ENDS.iter().any(|end| lower.starts_with(end) || key.starts_with(end)))
}

fn is_list_head(key: &str) -> bool {
    [
        "more from ",
        "more on ",
        "more in ",
        "latest from ",
        "latest in ",
        "most read in",
        "also in ",
        "related to ",
        "top stories in ",
    ]
    .iter()
    .any(|start| key.starts_with(start))
}

fn is_tail_head(key: &str, shape: &Shape) -> bool {
    if shape.words > 7 || shape.stop {
        return false;
    }
    let counted = key.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let comments = (counted == "comments" && counted.len() < key.len()) || key.starts_with("comments (");
    let issuer = [
        "ministry",
        "department",
        "organisation",
        "organization",
        "company",
        "agency",
        "foundation",
        "council",
        "commission",
        "institute",
        "secretariat",
        "fund",
        "bank",
        "centre",
        "center",
        "union",
        "association",
        "office",
        "embassy",
        "mission",
        "programme",
        "committee",
        "newspaper",
        "group",
    ];
    let about = key
        .strip_prefix("about ")
        .is_some_and(|rest| issuer.iter().any(|word| rest.contains(word)));
    comments || about
}

fn is_caption(words: &str, key: &str, shape: &Shape) -> bool {
    let starts = [
        "photo:",
        "photo by",
        "photo ",
        "photograph:",
        "image caption",
        "image source",
        "image:",
        "picture:",
        "pictured:",
        "file photo",
        "caption:",
        "image credit",
        "photo credit",
    ];
    let inside = [
        "(file photo",
        "file photo)",
        "(file picture",
        "(archive photo",
        "(photo:",
        "(photo by",
        "[photo",
        "(image:",
        "(picture:",
        "ap photo",
        "/afp",
        "/reuters",
        "/getty",
        "afp/",
        "reuters/",
        "via getty",
        "getty images",
        "/ap)",
        "handout photo",
        "photo/",
        "photo courtesy",
        "credit:",
        "file image",
        "in this file",
    ];
    let named = shape.words <= 40 && key.starts_with("image caption");
    let label = shape.words <= 40
        && starts.iter().any(|start| key.starts_with(start))
        && (words.contains(':') || shape.words <= 8 || key.starts_with("photo by"));
    named || label || (shape.words <= 45 && inside.iter().any(|cue| key.contains(cue)))
}

fn is_furniture(words: &str, key: &str, shape: &Shape) -> bool {
    if LABELS.contains(&key) || (shape.numeric() && shape.letters <= 6) {
        return true;
    }
    let lower = words.to_lowercase();
    let start = STARTS.iter().any(|start| lower.starts_with(start)) && (!shape.strong() || lower.starts_with('©'));
    let inside = !shape.prose() && INSIDE.iter().any(|cue| lower.contains(cue));
    let crumbs = !shape.stop
        && [" > ", " » ", " › ", " / ", " → "]
            .iter()
            .any(|sign| words.contains(sign))
        && crumbs(words);
    let trailing =
        shape.words <= 3 && matches!(words.chars().next_back(), Some('/' | '>' | '»' | '›' | '+' | '▼' | '→'));
    let tags = words.split_whitespace().all(|word| word.starts_with('#')) && words.starts_with('#');
    let counter = shape.words <= 4
        && key.starts_with(|c: char| c.is_ascii_digit())
        && ["views", "shares", "likes", "comments", "read"]
            .iter()
            .any(|end| key.ends_with(end));
    start || inside || counter || crumbs || trailing || tags
}

/// "Home > World > Europe", "VisionRI | Disclaimer": every piece is a label.
fn crumbs(words: &str) -> bool {
    let pieces = words.split(['>', '»', '›', '/', '→', '|']).map(str::trim);
    words
        .chars()
        .filter(|c| matches!(c, '>' | '»' | '›' | '/' | '→' | '|'))
        .count()
        >= 2
        && pieces.clone().all(|piece| piece.split_whitespace().count() <= 4)
}

/// Cookie bars, calls to subscribe, closing lines of outlets.
fn is_notice(key: &str, shape: &Shape) -> bool {
    if shape.words > 70 {
        return false;
    }
    let told = |cues: &[&str]| cues.iter().filter(|cue| key.contains(*cue)).count();
    let (hits, more) = (told(NOTICES), told(NOTICES_TOO));
    let yours = key
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| YOURS.contains(&word));
    let quoted = key.contains(['"', '“', '”']) || key.contains(" said");
    let legal = [
        "may not be published",
        "may not be reproduced",
        "not be republished",
        "reproduction in whole",
        "without permission",
        "views expressed in this",
    ];
    let bar = shape.words <= 40
        && (key.starts_with("we use cookies")
            || key.starts_with("this site uses cookies")
            || key.starts_with("this website uses cookies"));
    bar || legal.iter().any(|cue| key.contains(cue))
        || (!quoted && yours && hits > 0 && (shape.words <= 14 || hits + more > 1))
}

/// Mail addresses and telephone numbers with few other words.
fn is_address(words: &str) -> bool {
    let pieces = words.split_whitespace().count();
    let address = words
        .split_whitespace()
        .any(|word| word.contains('@') && word.contains('.') && word.len() > 5);
    let phone = words.contains('+') && words.chars().filter(char::is_ascii_digit).count() >= 8;
    pieces <= 14 && (address || phone)
}

fn is_byline(words: &str, key: &str, shape: &Shape) -> bool {
    if shape.stop && !words.contains('|') {
        return false;
    }
    let by = [
        "by ",
        "written by ",
        "posted by ",
        "author: ",
        "text: ",
        "story by ",
        "interview by ",
        "report by ",
        "analysis by ",
        "words by ",
        "from our ",
        "from: ",
        "published by ",
        "source: ",
    ]
    .iter()
    .any(|start| key.starts_with(start));
    let named = by && (shape.capitals >= 0.6 || key.starts_with("from our") || key.starts_with("posted by"));
    let role = shape.words <= 9
        && shape.capitals >= 0.6
        && WRITERS.iter().any(|role| key.contains(role))
        && !key.contains(" says")
        && !key.contains(':');
    let agency = shape.words <= 3
        && matches!(
            key,
            "reuters"
                | "afp"
                | "ap"
                | "associated press"
                | "tass"
                | "xinhua"
                | "interfax"
                | "agencies"
                | "staff"
                | "(tass)"
                | "(reuters)"
                | "(ap)"
                | "(afp)"
                | "dpa"
                | "efe"
                | "pti"
                | "ians"
                | "anadolu"
        );
    named || role || agency
}

/// Whether prose at the foot of a page describes the outlet itself.
pub(super) fn describes_outlet(words: &str, shape: &Shape) -> bool {
    let key = key(words);
    let bio = shape.words <= 45
        && [
            "is a correspondent",
            "is a reporter",
            "is a journalist",
            "is a senior correspondent",
            "is a columnist",
            "is a freelance",
            "is an editor",
            "is the author of",
            "is a visiting",
            "is a senior fellow",
            "covers ",
        ]
        .iter()
        .any(|cue| key.contains(cue))
        && !key.contains(" said")
        && [
            "based in",
            "covers",
            "covering",
            "author of",
            "fellow",
            "columnist",
            "follow",
        ]
        .iter()
        .any(|cue| key.contains(cue));
    let voice = [
        " we ",
        " our ",
        " is a",
        " is the",
        " provides",
        " publishes",
        " broadcasts",
        " report in",
        " report the news",
        " reports the news",
        "serves",
    ];
    let spoken = key.starts_with("we ") || voice.iter().any(|cue| key.contains(cue));
    bio || (spoken
        && shape.words <= 80
        && !key.contains(" said")
        && SELVES.iter().filter(|cue| key.contains(*cue)).count() >= 3)
}
