//! What must hold for any text: spans that fit it, no characters lost, time in proportion to length.

use attache_parse::{Span, Upos, conllu, language, lemma, segment, token};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Spans follow one another inside the text, on character boundaries, and begin and end with visible characters.
fn assert_ordered(spans: &[Span], text: &str) {
    let mut at = 0;
    for span in spans {
        assert!(span.start >= at && span.end > span.start, "{span:?} after {at}");
        let part = text
            .get(span.start..span.end)
            .expect("spans lie on character boundaries");
        assert_eq!(part.trim(), part);
        at = span.end;
    }
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn check(text: &str) {
    let paragraphs = segment::paragraphs(text);
    assert_ordered(&paragraphs, text);
    let sentences = segment::sentences(text);
    assert_ordered(&sentences, text);
    assert!(sentences.iter().all(|s| paragraphs.iter().any(|p| p.contains(*s))));
    let mut words = String::new();
    for sentence in sentences {
        let tokens = token::tokenize(text, sentence);
        assert_ordered(&tokens.iter().map(|t| t.span).collect::<Vec<_>>(), text);
        for token in tokens {
            assert_eq!(token.form, token.span.text(text));
            assert!(sentence.contains(token.span) && !token.form.contains(char::is_whitespace));
            let next = text[token.span.end..].chars().next();
            assert_eq!(token.space_after, next.is_some_and(char::is_whitespace));
            words.push_str(&token.form);
        }
    }
    assert_eq!(words, visible(text));
}

/// Text out of what the rules look at, so that they are met more often than in random characters.
fn newslike() -> impl Strategy<Value = String> {
    let pieces = [
        "U.S.",
        "Gen.",
        "No.",
        "a.m.",
        "J.",
        "etc.",
        "...",
        "…",
        ".",
        "!",
        "?",
        "\"",
        "“",
        "”",
        "'",
        "’",
        "(",
        ")",
        "[1]",
        "--",
        "-",
        "•",
        "-----",
        "don't",
        "cannot",
        "n’t",
        "'s",
        "$",
        "5.1",
        "20%",
        "1,300",
        "713-853-3989",
        "9/11",
        "pro-",
        "anti",
        "http://a.b/c?d=e",
        "x@y.org",
        "mailto:",
        "www.",
        "The",
        "said",
        "in",
        "é",
        "ß",
        "İ",
        "ﬁ",
        "漢字。",
        "ا؟",
        "\u{301}",
        "🙂",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "\u{a0}",
        "\u{2028}",
        "\t",
        "\u{feff}",
        "\u{0}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_tiled(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn newslike_text_is_tiled(text in newslike()) {
        check(&text);
    }

    #[test]
    fn any_span_is_met_calmly(text in newslike(), start in 0usize..300, end in 0usize..300) {
        let tokens = token::tokenize(&text, Span::new(start, end));
        prop_assert!(tokens.iter().all(|t| t.form == t.span.text(&text)));
    }

    #[test]
    fn any_word_has_a_lemma(form in any::<String>(), at in 0usize..17, xpos in "[A-Z]{0,4}") {
        lemma::lemma(&form, Upos::ALL[at], &xpos);
        for xpos in ["", "NNS", "NNPS", "VBZ", "VBD", "VBG", "JJR", "JJS", "NNP"] {
            lemma::lemma(&form, Upos::ALL[at], xpos);
        }
    }

    #[test]
    fn any_ending_has_a_lemma(stem in "[a-zİßéA-Z'-]{0,6}", end in "(s|es|ies|ed|ied|eed|ing|er|est|ier|'s|men|lves|ives)") {
        let form = stem + &end;
        for xpos in ["", "NNS", "NNPS", "VBZ", "VBD", "VBG", "JJR", "JJS", "NNP"] {
            for upos in Upos::ALL {
                lemma::lemma(&form, upos, xpos);
            }
        }
    }

    #[test]
    fn any_text_has_a_language_or_none(text in newslike()) {
        if let Some(found) = language::identify(&text) {
            prop_assert!((0.0..=1.0).contains(&found.confidence));
        }
    }

    #[test]
    fn any_file_is_read_or_refused(text in "([0-9]{1,2}|[-#.a-z_\t|=\n]){0,80}") {
        let _ = conllu::read(&text);
    }
}

#[test]
fn time_grows_with_length_only() {
    let size = 1_000_000;
    for piece in [
        "a",
        "A",
        ".",
        "a.",
        "A.",
        "1-",
        "1.",
        "a-",
        "'",
        "n't",
        "\"",
        "(",
        "[1",
        "-",
        "- ",
        "----- ",
        "…",
        "? ",
        "?\" a ",
        "a\n",
        "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jj\n",
        " ",
        ". ",
        "i. ",
        "U.S. ",
        "http://",
        "@",
        "a@",
        "É",
        "漢",
        "。",
        "\u{2028}",
        "1,",
        "1:1",
        "a/",
        "mailto:",
        "a'b'",
        "\r",
        "• ",
        ".[1]",
        "5m",
    ] {
        let text = piece.repeat(size / piece.len());
        let begun = Instant::now();
        let sentences = segment::sentences(&text);
        let words = sentences
            .iter()
            .map(|s| token::tokenize(&text, *s).len())
            .sum::<usize>();
        language::identify(&text);
        // A quadratic loop would take minutes; the margin is for busy machines.
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{piece:?}: {words} words in {:?}",
            begun.elapsed()
        );
    }
}
