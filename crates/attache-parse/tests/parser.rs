//! The embedded model on texts of all kinds: trees are valid, nothing panics, threads change nothing.

use attache_parse::{EntityKind, Parser, Sentence, Upos};

fn parser() -> Parser {
    Parser::english().expect("the embedded model loads")
}

/// One root, no cycle, names inside the sentence, spans that hold the forms.
fn check(sentence: &Sentence, text: &str) {
    let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
    assert_eq!(roots, 1, "{text:?}");
    let root = sentence.root().expect("a root");
    assert_eq!(sentence.subtree(root).len(), sentence.tokens.len(), "{text:?}");
    assert!(
        sentence
            .entities
            .iter()
            .all(|e| e.first < e.end && e.end <= sentence.tokens.len())
    );
    assert!(
        sentence
            .tokens
            .iter()
            .all(|t| t.span.text(text) == t.form && !t.deprel.is_empty())
    );
    assert!(
        sentence
            .tokens
            .iter()
            .all(|t| (t.head.is_none()) == (t.deprel == "root"))
    );
}

#[test]
fn news_comes_out_right() {
    let text = "President Vladimir Putin was criticized by lawmakers in Berlin on Tuesday.";
    let sentences = parser().parse(text);
    let [sentence] = &sentences[..] else {
        panic!("one sentence expected: {sentences:?}")
    };
    check(sentence, text);
    let find = |form: &str| {
        sentence
            .tokens
            .iter()
            .find(|t| t.form == form)
            .expect("word of the sentence")
    };
    let verb = find("criticized");
    assert_eq!(
        (verb.upos, verb.xpos.as_str(), verb.deprel.as_str()),
        (Upos::Verb, "VBN", "root")
    );
    assert!(verb.feats.has("Voice", "Pass"), "{:?}", verb.feats);
    assert_eq!(find("was").deprel, "aux:pass");
    assert_eq!(find("lawmakers").deprel, "obl:agent");
    assert_eq!(find("lawmakers").lemma, "lawmaker");
    let kinds = sentence.entities.iter().map(|e| e.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds,
        [EntityKind::Person, EntityKind::Place],
        "{:?}",
        sentence.entities
    );
}

#[test]
fn odd_texts_give_trees() {
    let parser = parser();
    let long_word = "x".repeat(1 << 20);
    let long_sentence = "soldiers and ".repeat(700) + "police.";
    let dense = "ǆ😀\u{301}Ω".repeat(300);
    let texts = [
        "",
        " \n\t\r\n ",
        ".",
        "\u{0}\u{7}\u{1b}[31m",
        "\u{feff}\u{200b}\u{202e}",
        "👩‍👩‍👧 🇺🇦🇷🇺",
        "Yes",
        "Президент Путин прибыл в Минск. 习近平主席",
        "“He’s gone” — they said…",
        "a\u{301}\u{301}\u{301} ﬁnal İstanbul",
        &long_word,
        &long_sentence,
        &dense,
    ];
    for text in texts {
        for sentence in parser.parse(text) {
            check(&sentence, text);
        }
    }
    assert_eq!(
        parser
            .parse(&long_sentence)
            .iter()
            .map(|s| s.tokens.len())
            .sum::<usize>(),
        1402
    );
}

#[test]
fn given_tokens_stay() {
    let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
    let sentences = [
        words("Rebels shelled Donetsk ."),
        Vec::new(),
        words("x"),
        vec![String::new(), " ".into()],
    ];
    let parsed = parser().parse_tokens(&sentences);
    let text = "Rebels shelled Donetsk .\n\nx\n   ";
    for (sentence, words) in parsed.iter().zip(&sentences) {
        assert!(sentence.tokens.iter().map(|t| &t.form).eq(words));
        if !words.is_empty() {
            check(sentence, text);
        }
    }
    assert_eq!(parsed[0].tokens[2].lemma, "Donetsk");
}

#[test]
fn threads_change_nothing() {
    let parser = parser();
    let texts = (1..12)
        .map(|n| "Protesters clashed with police in Lagos. At least five people died, officials said.\n".repeat(n))
        .collect::<Vec<_>>();
    let alone = texts.iter().map(|t| parser.parse(t)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                texts
                    .iter()
                    .zip(&alone)
                    .for_each(|(t, first)| assert_eq!(&parser.parse(t), first))
            });
        }
    });
}
