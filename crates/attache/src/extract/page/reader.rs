//! The extraction crate as a reader of the page: which pieces of text it takes for the article.

use std::fmt::Write;

use trafilatura::Options;

use super::names;
use super::tree::{Id, Tree};

/// Marks stand for pieces of text: private-use characters of the last two planes.
const PLANES: [(u32, u32); 2] = [(0xF_0000, 0xF_FFFD), (0x10_0000, 0x10_FFFD)];

/// The crate is not asked about pages with more elements, or deeper ones: some of what it does is quadratic in both.
const MOST: usize = 12_000;
const DEEPEST: usize = 100;

/// The pieces that the crate keeps, in document order; none of a page that is too large for it.
pub(super) fn kept(tree: &Tree, skip: &dyn Fn(Id) -> bool) -> Vec<Id> {
    let Some((html, marked)) = markup(tree, skip) else {
        return Vec::new();
    };
    let mut options = Options::default();
    options.exclude_comments = true;
    let Ok(result) = trafilatura::extract(&html, &options) else {
        return Vec::new();
    };
    let mut kept: Vec<Id> = result
        .content_html
        .chars()
        .filter_map(|c| marked.get(number(c)?).copied())
        .collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// The page as clean markup with a mark in every piece of text, and the pieces in the order of the marks.
fn markup(tree: &Tree, skip: &dyn Fn(Id) -> bool) -> Option<(String, Vec<Id>)> {
    let mut html = String::from("<html><head></head><body>");
    let mut marked = Vec::new();
    let mut open: Vec<Id> = Vec::new();
    let mut elements = 0;
    let mut id = 1;
    while id < tree.nodes.len() {
        if elements > MOST || open.len() > DEEPEST {
            return None;
        }
        close(tree, &mut open, id, &mut html);
        let node = &tree.nodes[id];
        if node.is_text() {
            escape(&node.text, &mut html);
            if let Some(mark) = mark(marked.len()).filter(|_| !node.text.trim().is_empty()) {
                html.push(mark);
                marked.push(id);
            }
        } else if names::is_raw(node.name) || names::is_head(node.name) && node.name != "html" || skip(id) {
            id = node.end;
            continue;
        } else if !matches!(node.name, "html" | "body") {
            start(tree, id, &mut html);
            elements += 1;
            if !names::is_void(node.name) {
                open.push(id);
            }
        }
        id += 1;
    }
    close(tree, &mut open, usize::MAX, &mut html);
    html.push_str("</body></html>");
    Some((html, marked))
}

fn close(tree: &Tree, open: &mut Vec<Id>, id: Id, html: &mut String) {
    while let Some(last) = open.last().copied().filter(|last| tree.nodes[*last].end <= id) {
        let _ = write!(html, "</{}>", tag(tree, last));
        open.pop();
    }
}

fn start(tree: &Tree, id: Id, html: &mut String) {
    let _ = write!(html, "<{}", tag(tree, id));
    for (name, value) in tree.nodes[id].attributes() {
        if matches!(
            name,
            "class" | "id" | "role" | "itemprop" | "href" | "data-component" | "style" | "title" | "src"
        ) {
            let _ = write!(html, " {name}=\"");
            escape(&value[..value.floor_char_boundary(300)], html);
            html.push('"');
        }
    }
    html.push('>');
}

fn tag(tree: &Tree, id: Id) -> &'static str {
    match tree.nodes[id].name {
        names::CUSTOM if tree.ancestors(id).any(|up| tree.nodes[up].name == "p") => "span",
        names::CUSTOM => "div",
        name => name,
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c if number(c).is_some() => {}
            c => html.push(c),
        }
    }
}

fn mark(number: usize) -> Option<char> {
    let number = u32::try_from(number).ok()?;
    let first = PLANES[0].1 - PLANES[0].0;
    match number < first {
        true => char::from_u32(PLANES[0].0 + number),
        false => char::from_u32(PLANES[1].0 + number - first).filter(|c| *c < '\u{10FFFD}'),
    }
}

fn number(c: char) -> Option<usize> {
    let c = u32::from(c);
    let first = PLANES[0].1 - PLANES[0].0;
    let number = match c {
        _ if (PLANES[0].0..PLANES[0].1).contains(&c) => c - PLANES[0].0,
        _ if (PLANES[1].0..PLANES[1].1).contains(&c) => c - PLANES[1].0 + first,
        _ => return None,
    };
    Some(number as usize)
}
