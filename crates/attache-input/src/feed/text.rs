//! Bytes to text, marked-up text to plain, articles and teasers told apart.

use attache::extract::encoding;
use encoding_rs::{Encoding, UTF_8};
use quick_xml::escape::resolve_html5_entity;

use super::NotFeed;

/// Characters of a title or name; what is longer is cut.
const MAX_WORDS: usize = 1_000;

/// The text of a feed. A byte-order mark comes first; bytes that are UTF-8 are taken as such whatever they are called; then
/// counts the charset of the HTTP header, then that of the XML declaration, then a guess.
///
/// # Errors
/// Where the bytes are no text in any encoding.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, NotFeed> {
    let told = charset.or_else(|| declared(bytes));
    let told = told.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let by_label = Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err();
    match told.filter(|encoding| by_label && *encoding != UTF_8) {
        Some(encoding) => Ok(encoding.decode_without_bom_handling(bytes).0.into_owned()),
        None => encoding::decode(bytes)
            .map(|(text, _)| text)
            .map_err(|error| NotFeed::NotText(error.to_string())),
    }
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let start = &bytes[..bytes.len().min(200)];
    let length = start.iter().position(|byte| !byte.is_ascii()).unwrap_or(start.len());
    let start = std::str::from_utf8(&start[..length]).ok()?;
    let declaration = start.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// One line without markup, references resolved, white space as single spaces, cut where overlong.
pub fn plain(text: &str) -> Option<String> {
    let resolved = resolve(&without_tags(text));
    let mut line = String::new();
    for word in resolved.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
        if line.len() > 4 * MAX_WORDS {
            break;
        }
    }
    let line: String = line.trim().chars().take(MAX_WORDS).collect();
    (!line.is_empty()).then_some(line)
}

/// What stands between `<` and `>` is taken out where it looks like a tag; "growth < 3 %" stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match inside.find('>').filter(|_| tag) {
            Some(end) => {
                out.push(' ');
                rest = &inside[end + 1..];
            }
            None => {
                out.push('<');
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Character and HTML references resolved once; what is none stays as it is.
pub fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The longest name of HTML has 31 letters.
        let end = rest.bytes().take(33).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, reference(&rest[..end])?))) {
            Some((end, meant)) => {
                out.push_str(&meant);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// What `amp`, `#8217` or `#x2019` stands for.
pub fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0').map(String::from)
}

/// Letters below which a text is no whole article.
const SHORTEST: usize = 200;

/// Letters from which a description that has paragraphs is taken for the article.
const DESCRIBED: usize = 1_000;

/// The text of an entry if it is the whole article: `content` is meant to be, unless it breaks off; a description is one only
/// where it is long and has paragraphs.
pub fn article(content: Option<String>, description: Option<String>) -> Option<String> {
    let whole = |html: &String, letters: usize| {
        let text = without_tags(html);
        text.chars().filter(|c| c.is_alphanumeric()).count() >= letters && !breaks_off(&text)
    };
    let paragraphs = |html: &String| {
        let lower = html.to_ascii_lowercase();
        ["</p>", "<p", "<br", "\n\n"]
            .iter()
            .any(|mark| lower.matches(mark).count() > 1)
    };
    content
        .filter(|html| whole(html, SHORTEST))
        .or_else(|| description.filter(|html| whole(html, DESCRIBED) && paragraphs(html)))
}

/// Whether the last words say that there is more elsewhere.
fn breaks_off(text: &str) -> bool {
    const MORE: &[&str] = &[
        "read more",
        "continue reading",
        "read the full",
        "read full",
        "full story",
        "keep reading",
    ];
    let resolved = resolve(text);
    let end: String = resolved.trim_end().chars().rev().take(120).collect();
    let end: String = end.chars().rev().collect::<String>().to_lowercase();
    let bare = end.trim_end_matches([']', ')', '»', '→', '>', ' ']);
    bare.ends_with('…') || bare.ends_with("...") || MORE.iter().any(|more| end.contains(more))
}
