//! Pages in the markup of `eval/pages/dev`, with other articles in them.

use std::error::Error;
use std::fmt::Write;
use std::fs;

use attache_tests::{root, wire::Dice};
use serde_json::Value;

use super::text::Article;

/// A page with holes.
pub struct Template(Vec<Piece>);

enum Piece {
    Markup(String),
    Title,
    Address,
    Day,
    /// The article, every paragraph under this tag.
    Paragraphs(String),
}

/// What fills the holes besides the article.
pub struct Filling<'a> {
    /// Address of the page.
    pub address: &'a str,
    /// Day of publication, ISO 8601.
    pub day: &'a str,
    /// Bytes of scripts to add, about: most of what a page of today weighs.
    pub scripts: usize,
}

/// The pages whose paragraphs can be told by their tags.
///
/// # Errors
/// Where the folder cannot be read, or too few pages fit.
pub fn templates() -> Result<Vec<Template>, Box<dyn Error>> {
    let folder = root().join("eval/pages/dev");
    let mut templates = Vec::new();
    for line in fs::read_to_string(folder.join("expected.jsonl"))?.lines() {
        let expected: Value = serde_json::from_str(line)?;
        let name = expected["page"].as_str().ok_or("a page without a name")?;
        if let Ok(html) = fs::read_to_string(folder.join(name)) {
            templates.extend(Template::of(&html, &expected));
        }
    }
    match templates.len() {
        0..5 => Err(format!("only {} pages of eval/pages/dev can be filled", templates.len()).into()),
        _ => Ok(templates),
    }
}

impl Template {
    fn of(html: &str, expected: &Value) -> Option<Self> {
        let text = squeezed(expected["text"].as_str()?);
        let mut pieces = vec![Piece::Markup(String::new())];
        let mut rest = html;
        let mut filled = false;
        while let Some((before, tag, inner, after)) = paragraph(rest) {
            let words = squeezed(&without_tags(inner));
            let is_article = words.len() > 30 && text.contains(words.get(..30).unwrap_or(&words));
            push(&mut pieces, before);
            match is_article {
                false => push(&mut pieces, &format!("{tag}{inner}</p>")),
                true if filled => {}
                true => {
                    pieces.push(Piece::Paragraphs(tag.to_owned()));
                    filled = true;
                }
            }
            rest = after;
        }
        push(&mut pieces, rest);
        for (field, slot) in [
            ("title", (|| Piece::Title) as fn() -> Piece),
            ("url", || Piece::Address),
            ("published", || Piece::Day),
        ] {
            if let Some(words) = expected[field].as_str().filter(|words| words.len() > 6) {
                pieces = pieces.into_iter().flat_map(|piece| cut(piece, words, slot)).collect();
            }
        }
        filled.then_some(Template(pieces))
    }

    /// The page with this article.
    pub fn filled(&self, article: &Article, filling: &Filling, dice: &mut Dice) -> String {
        let mut page = String::with_capacity(filling.scripts + 64 * 1024);
        for piece in &self.0 {
            match piece {
                Piece::Markup(markup) if article.language == "en" => page.push_str(markup),
                Piece::Markup(markup) => {
                    page.push_str(&markup.replace("lang=\"en", &format!("lang=\"{}", article.language)));
                }
                Piece::Title => page.push_str(&escaped(&article.title)),
                Piece::Address => page.push_str(filling.address),
                Piece::Day => page.push_str(filling.day),
                Piece::Paragraphs(tag) => {
                    for paragraph in &article.paragraphs {
                        let _ = writeln!(page, "{tag}{}</p>", escaped(paragraph));
                    }
                }
            }
        }
        let at = page.rfind("</body>").unwrap_or(page.len());
        page.insert_str(at, &scripts(filling.scripts, dice));
        page
    }
}

/// The first `<p …>…</p>`: what stands before, its tag, what it holds, what comes after.
fn paragraph(html: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + html[from..].find("<p")?;
        let next = html.as_bytes().get(at + 2)?;
        if !matches!(next, b'>' | b' ') {
            from = at + 2;
            continue;
        }
        let tag = at + html[at..].find('>')? + 1;
        let end = tag + html[tag..].find("</p>")?;
        return Some((&html[..at], &html[at..tag], &html[tag..end], &html[end + 4..]));
    }
}

fn push(pieces: &mut Vec<Piece>, markup: &str) {
    match pieces.last_mut() {
        Some(Piece::Markup(last)) => last.push_str(markup),
        _ => pieces.push(Piece::Markup(markup.to_owned())),
    }
}

fn cut(piece: Piece, words: &str, slot: fn() -> Piece) -> Vec<Piece> {
    let Piece::Markup(markup) = piece else {
        return vec![piece];
    };
    let mut pieces = Vec::new();
    for part in markup.split(words) {
        if !pieces.is_empty() {
            pieces.push(slot());
        }
        pieces.push(Piece::Markup(part.to_owned()));
    }
    pieces
}

fn without_tags(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let text = parts.map(|(at, part)| {
        if at == 0 {
            part
        } else {
            part.split_once('>').map_or("", |p| p.1)
        }
    });
    text.collect()
}

/// Letters and digits alone, in ASCII.
fn squeezed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// State of a page as its scripts carry it: keys and numbers, which pack as badly as the real ones.
fn scripts(bytes: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(bytes + 64);
    text.push_str("<script>window.__STATE__={");
    while text.len() < bytes {
        let (a, b) = (dice.throw(1 << 30), dice.throw(1 << 20));
        let _ = write!(
            text,
            "\"item-{}\":{{\"id\":\"{a:08x}\",\"width\":{b},\"hidden\":false}},",
            b % 500
        );
    }
    text.push_str("\"end\":0};</script>\n");
    text
}
