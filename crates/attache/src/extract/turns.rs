//! Heads of the turns of a transcript: "Jane Doe:", "PRESIDENT ROE (retranslated):", "Q:".

use attache_parse::Span;

use super::line::trim;
use super::shape::floor_boundary;

/// A unit that begins with a speaker's name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Head {
    /// The name, without notes in brackets.
    pub speaker: Span,
    /// What is said; empty where the name stands alone.
    pub said: Span,
    /// Whether the name could be nothing but a speaker's.
    pub sure: bool,
}

/// Bytes in which the name must end.
const REACH: usize = 140;

/// Labels that end in a colon and speak of no one.
const LABELS: &[&str] = &[
    "note",
    "update",
    "updated",
    "breaking",
    "photo",
    "image",
    "source",
    "sources",
    "date",
    "time",
    "location",
    "place",
    "venue",
    "subject",
    "from",
    "to",
    "cc",
    "sent",
    "tags",
    "topics",
    "phone",
    "email",
    "e-mail",
    "fax",
    "tel",
    "address",
    "country",
    "region",
    "category",
    "read more",
    "also read",
    "see also",
    "related",
    "watch",
    "video",
    "analysis",
    "opinion",
    "explainer",
    "timeline",
    "live",
    "exclusive",
    "background",
    "summary",
    "key points",
    "highlights",
    "published",
    "created",
    "posted",
    "by",
    "author",
    "editor",
    "contact",
    "website",
    "font size",
    "font",
    "site colours",
    "reuters",
    "exclusive interview",
    "warning",
    "correction",
    "editor's note",
    "keywords",
    "language",
    "views",
    "comments",
    "joined",
    "posts",
    "re",
    "fwd",
    "fw",
    "day",
    "part",
    "chapter",
    "article",
    "annex",
    "option",
    "step",
    "press release",
    "for immediate release",
    "reply-to",
    "picture",
    "caption",
    "credit",
    "text",
    "quote",
];

/// The head of a turn at the start of `span`, if there is one.
pub(super) fn head(text: &str, span: Span) -> Option<Head> {
    let words = span.text(text);
    let look = &words[..floor_boundary(words, REACH)];
    let colon = look.find(':')?;
    // "14:05" and "http://" have no space after the colon; a name alone ends with it.
    let after = &words[colon + 1..];
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return None;
    }
    let name = without_notes(text, Span::new(span.start, span.start + colon));
    let sure = speaker(name.text(text))?;
    let said = trim(text, Span::new(span.start + colon + 1, span.end));
    Some(Head {
        speaker: name,
        said,
        sure,
    })
}

/// Takes "(retranslated)" and the like off the name.
fn without_notes(text: &str, span: Span) -> Span {
    let words = span.text(text);
    let end = words.find(['(', '[']).unwrap_or(words.len());
    trim(text, Span::new(span.start, span.start + end))
}

/// Whether the words could name a speaker: `Some(true)` if hardly anything else.
fn speaker(name: &str) -> Option<bool> {
    let lower = name.to_lowercase();
    if LABELS.contains(&lower.as_str())
        || name.is_empty()
        || name.contains(['.', '!', '?', '"', '“', ';']) && !titles(name)
    {
        return None;
    }
    if matches!(
        lower.as_str(),
        "q" | "a"
            | "question"
            | "answer"
            | "moderator"
            | "interviewer"
            | "journalist"
            | "reporter"
            | "host"
            | "presenter"
            | "correspondent"
    ) {
        return Some(name.starts_with(char::is_uppercase)).filter(|capital| *capital);
    }
    let parts: Vec<&str> = name.split_whitespace().collect();
    let small = |word: &str| {
        matches!(
            word,
            "of" | "the"
                | "and"
                | "for"
                | "de"
                | "del"
                | "la"
                | "von"
                | "van"
                | "bin"
                | "al"
                | "el"
                | "to"
                | "on"
                | "in"
                | "at"
                | "y"
                | "da"
                | "dos"
                | "ibn"
                | "with"
        )
    };
    let named = parts.iter().all(|word| {
        small(word)
            || word
                .trim_start_matches(['(', '\'', '‘'])
                .starts_with(char::is_uppercase)
    });
    if !named || parts.len() > 14 || small(parts[0]) && parts.len() < 3 {
        return None;
    }
    let loud = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && name.len() > 3;
    Some((loud || has_role(&lower)) && parts.len() >= 2)
}

/// A full stop that belongs to a title or an initial.
fn titles(name: &str) -> bool {
    !name.contains(['!', '?', '"', '“', ';'])
        && name
            .split_whitespace()
            .filter(|word| word.ends_with('.'))
            .all(|word| word.len() <= 5)
}

fn has_role(lower: &str) -> bool {
    const ROLES: [&str; 26] = [
        "president",
        "minister",
        "chancellor",
        "secretary",
        "ambassador",
        "chairman",
        "chairwoman",
        "chair",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "governor",
        "senator",
        "general",
        "director",
        "mr",
        "mrs",
        "ms",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "king",
        "prince",
        "commissioner",
        "representative",
    ];
    lower
        .split_whitespace()
        .any(|word| ROLES.contains(&word.trim_matches(',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<(&str, &str)> {
        let head = head(text, Span::new(0, text.len()))?;
        Some((head.speaker.text(text), head.said.text(text)))
    }

    #[test]
    fn speakers() {
        assert_eq!(
            split("Clemens Metternich: Welcome."),
            Some(("Clemens Metternich", "Welcome."))
        );
        assert_eq!(
            split("Chancellor of Austria Clemens Metternich (retranslated): Yes."),
            Some(("Chancellor of Austria Clemens Metternich", "Yes."))
        );
        assert_eq!(split("Q: Why?"), Some(("Q", "Why?")));
        assert_eq!(split("LORD CASTLEREAGH:"), Some(("LORD CASTLEREAGH", "")));
        assert_eq!(split("Mr. Talleyrand: No."), Some(("Mr. Talleyrand", "No.")));
    }

    #[test]
    fn no_speakers() {
        assert_eq!(split("The duke put it so: no."), None);
        assert_eq!(split("Phone: 123"), None);
        assert_eq!(split("At 14:05 he left."), None);
        assert_eq!(split("He said: \"No.\""), None);
        assert_eq!(split("https://example.org: a site"), None);
    }
}
