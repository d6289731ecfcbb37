//! The language of an article, before anybody has looked for the article in its page.

use attache::extract::encoding;
use attache_parse::language;

use crate::article::{Article, Body};

/// Bytes of the body that are looked at.
const SAMPLE: usize = 256 * 1024;

/// Letters below which, and confidence below which, the words leave doubt.
const CERTAIN: (usize, f64) = (200, 0.8);

/// The languages that the article may be in; none where nothing tells.
pub fn of(article: &Article) -> Vec<String> {
    let text = match &article.body {
        Body::Text(text) => text.clone(),
        Body::Bytes(bytes) => decoded(bytes),
        Body::Page { bytes, .. } => words(&decoded(bytes)),
    };
    if let Some(language) = certain(&text) {
        return vec![language.to_owned()];
    }
    let own = match &article.body {
        Body::Page { bytes, .. } => root_language(bytes),
        _ => None,
    };
    article
        .languages
        .iter()
        .chain(&article.given.language)
        .cloned()
        .chain(own)
        .collect()
}

/// Whether two codes mean one language: `en`, `en-GB` and `eng` do.
pub fn same(one: &str, other: &str) -> bool {
    let primary = |code: &str| code.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    let (one, other) = (primary(one), primary(other));
    // Codes of three letters begin like those of two, in most languages.
    let (short, long) = if one.len() < other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !short.is_empty() && (short == long || (short.len() == 2 && long.len() == 3 && long.starts_with(short.as_str())))
}

fn certain(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(CERTAIN.0).count();
    let guess = language::identify(text)?;
    (letters >= CERTAIN.0 && guess.confidence >= CERTAIN.1).then_some(guess.code)
}

fn decoded(bytes: &[u8]) -> String {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    encoding::decode(sample).map(|(text, _)| text).unwrap_or_default()
}

/// What stands between the tags, scripts and styles left out.
fn words(page: &str) -> String {
    let mut words = String::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        words.push_str(&rest[..open]);
        words.push(' ');
        rest = after_tag(&rest[open..]);
    }
    words.push_str(rest);
    words
}

/// Elements whose content is no text.
const SILENT: &[(&str, &str)] = &[
    ("<script", "</script"),
    ("<style", "</style"),
    ("<!--", "-->"),
    ("<svg", "</svg"),
];

fn after_tag(tag: &str) -> &str {
    let silent = SILENT.iter().find(|(open, _)| begins(tag, open));
    let body = match silent {
        Some((open, close)) => find_close(&tag[open.len()..], close).unwrap_or_default(),
        None => tag,
    };
    body.find('>').map_or("", |end| &body[end + 1..])
}

/// From the closing tag on.
fn find_close<'a>(text: &'a str, close: &str) -> Option<&'a str> {
    let first = close.as_bytes()[0] as char;
    let mut from = 0;
    while let Some(at) = text[from..].find(first) {
        let at = from + at;
        if begins(&text[at..], close) {
            return Some(&text[at..]);
        }
        from = at + 1;
    }
    None
}

fn begins(text: &str, with: &str) -> bool {
    let start = text.as_bytes().get(..with.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
}

/// The `lang` of the root element.
fn root_language(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let tag = head.split_once("<html")?.1.split('>').next()?;
    let value = tag.split_once("lang=")?.1.trim_start_matches(['"', '\'']);
    let code: String = value
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    (!code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str, declared: &[&str]) -> Article {
        Article {
            body: Body::Page {
                bytes: html.as_bytes().to_vec(),
                charset: None,
            },
            languages: declared.iter().map(|code| (*code).to_owned()).collect(),
            ..Article::default()
        }
    }

    const FRENCH: &str = "Le ministre des Affaires étrangères a reçu jeudi les ambassadeurs des trois pays voisins pour parler \
        de la reprise des négociations. Il a déclaré que son gouvernement ne voulait pas renoncer à l'accord conclu en mars, \
        malgré les critiques de l'opposition et de plusieurs voisins.";

    #[test]
    fn words_come_before_what_is_declared() {
        let html = format!("<html lang=\"en\"><script>if (a < b) the of and</script><p>{FRENCH}</p>");
        assert_eq!(of(&page(&html, &["en"])), ["fr"]);
    }

    #[test]
    fn what_is_declared_counts_where_words_are_few() {
        assert_eq!(
            of(&page("<HTML class=a LANG='de-AT'><p>Ja", &["eng"])),
            ["eng", "de-at"]
        );
        assert!(of(&page("<p>Ja", &[])).is_empty());
    }

    #[test]
    fn codes_of_two_and_three_letters_are_one() {
        assert!(same("en-GB", "EN"));
        assert!(same("eng", "en"));
        assert!(!same("et", "en"));
        assert!(!same("", "en"));
    }

    #[test]
    fn only_words_are_kept_of_a_page() {
        assert_eq!(words("a<b x=1>c<!-- d > e -->f<style>g"), "a c f ");
    }
}
