//! The lines that a reader of the page sees, each with where it stands.

use super::super::line::ends_sentence;
use super::names::{self, Name};
use super::tree::{Id, Tree};

/// What holds a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Paragraph,
    /// h1 to h6.
    Heading(u8),
    Item,
    Quote,
    Caption,
    Cell,
    /// A row of a table of data; cells are apart by " | ".
    Row,
    /// Any other box.
    Other,
}

/// Text between two breaks.
#[derive(Debug)]
pub(super) struct Line {
    /// White space collapsed; a lone `<br>` is a line feed.
    pub text: String,
    /// Innermost element that makes a box.
    pub holder: Id,
    pub kind: Holder,
    /// Nodes of its words, in order.
    pub pieces: Vec<Id>,
    /// Characters of each of them, without white space.
    pub sizes: Vec<usize>,
    /// Characters without white space.
    pub chars: usize,
    /// Those inside links.
    pub linked: usize,
    /// Those inside bold or heading-like formatting.
    pub bold: usize,
}

/// The lines of the page in document order. `skip` says which elements are not seen.
pub(super) fn lines(tree: &Tree, skip: &dyn Fn(Id) -> bool) -> Vec<Line> {
    let mut walk = Walk {
        tree,
        lines: Vec::new(),
        line: None,
        breaks: 0,
        boxes: vec![0],
        links: 0,
        bolds: 0,
        table: 0,
    };
    let mut id = 1;
    while id < tree.nodes.len() {
        walk.leave(id);
        let node = &tree.nodes[id];
        if node.is_text() {
            walk.text(id);
        } else if names::is_raw(node.name) || skip(id) {
            if !names::is_inline(node.name) {
                walk.flush();
            }
            id = node.end;
            continue;
        } else {
            walk.enter(id);
        }
        id += 1;
    }
    walk.flush();
    walk.lines
}

struct Walk<'a> {
    tree: &'a Tree,
    lines: Vec<Line>,
    line: Option<Line>,
    breaks: usize,
    boxes: Vec<Id>,
    /// Ends of the links and of the bold elements that are open: the outermost suffices.
    links: Id,
    bolds: Id,
    /// End of the table of data that is open.
    table: Id,
}

impl Walk<'_> {
    fn leave(&mut self, id: Id) {
        while let Some(last) = self.boxes.last().filter(|last| **last > 0) {
            if self.tree.nodes[*last].end > id {
                break;
            }
            self.flush();
            self.boxes.pop();
        }
    }

    fn enter(&mut self, id: Id) {
        let node = &self.tree.nodes[id];
        match node.name {
            "br" if id >= self.table => return self.line_break(),
            "a" => self.links = self.links.max(node.end),
            "b" | "strong" => self.bolds = self.bolds.max(node.end),
            "table" if id >= self.table && super::tables::holds_data(self.tree, id) => self.table = node.end,
            "td" | "th" if id < self.table => {
                if let Some(line) = &mut self.line {
                    line.text.push_str(" | ");
                }
                return;
            }
            _ if id < self.table && !matches!(node.name, "tr" | "caption") => {
                if let Some(line) = &mut self.line {
                    line.text.push(' ');
                }
                return;
            }
            _ => {}
        }
        if self.is_box(id, node.name) {
            self.flush();
            if !names::is_void(node.name) {
                self.boxes.push(id);
            }
        }
    }

    /// Elements of a site's own making stand in the line where they are in a paragraph.
    fn is_box(&self, id: Id, name: Name) -> bool {
        if name == names::CUSTOM {
            let outer = self
                .boxes
                .last()
                .map_or(names::ROOT, |outer| self.tree.nodes[*outer].name);
            return outer != "p"
                && !self
                    .tree
                    .ancestors(id)
                    .take(4)
                    .any(|up| self.tree.nodes[up].name == "p");
        }
        !names::is_inline(name)
    }

    /// Two breaks in a row part paragraphs.
    fn line_break(&mut self) {
        self.breaks += 1;
        // So does one after a sentence of some length, where each line of the source is a paragraph.
        let ended = self
            .line
            .as_ref()
            .is_some_and(|line| line.chars > 100 && ends_sentence(line.text.trim_end()));
        if self.breaks > 1 || ended {
            self.flush();
        } else if let Some(line) = &mut self.line {
            line.text.push('\n');
        }
    }

    fn text(&mut self, id: Id) {
        let words = &self.tree.nodes[id].text;
        let chars = words
            .chars()
            .filter(|c| !c.is_whitespace() && !is_invisible(*c))
            .count();
        if chars == 0 {
            if let Some(line) = &mut self.line
                && !words.is_empty()
            {
                line.text.push(' ');
            }
            return;
        }
        self.breaks = 0;
        let holder = self.boxes.last().copied().unwrap_or(0);
        let (linked, bold) = (id < self.links, id < self.bolds);
        let (tree, table) = (self.tree, self.table);
        let line = self.line.get_or_insert_with(|| Line {
            text: String::new(),
            holder,
            kind: if id < table { Holder::Row } else { kind(tree, holder) },
            pieces: Vec::new(),
            sizes: Vec::new(),
            chars: 0,
            linked: 0,
            bold: 0,
        });
        // Line feeds of the source are white space.
        line.text
            .extend(words.chars().filter(|c| !is_invisible(*c)).map(|c| match c {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
                c => c,
            }));
        line.pieces.push(id);
        line.sizes.push(chars);
        line.chars += chars;
        line.linked += if linked { chars } else { 0 };
        line.bold += if bold { chars } else { 0 };
    }

    fn flush(&mut self) {
        self.breaks = 0;
        if let Some(mut line) = self.line.take() {
            line.text = tidy(&line.text);
            self.lines.push(line);
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    )
}

/// Runs of white space become one space, or one line feed where they hold one.
fn tidy(text: &str) -> String {
    text.split('\n')
        .map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|row| !row.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// By the holder and the boxes around it.
fn kind(tree: &Tree, holder: Id) -> Holder {
    let mut inner = Holder::Other;
    for id in std::iter::once(holder).chain(tree.ancestors(holder)).take(12) {
        let found = match tree.nodes[id].name {
            "figcaption" | "caption" => return Holder::Caption,
            "h1" => Holder::Heading(1),
            "h2" => Holder::Heading(2),
            "h3" => Holder::Heading(3),
            "h4" => Holder::Heading(4),
            "h5" | "h6" => Holder::Heading(5),
            "blockquote" => Holder::Quote,
            "li" | "dt" | "dd" => Holder::Item,
            "td" | "th" => Holder::Cell,
            "p" | "pre" => Holder::Paragraph,
            _ => continue,
        };
        inner = match (inner, found) {
            (Holder::Other, found) => found,
            (Holder::Paragraph, Holder::Quote | Holder::Item) => found,
            (inner, _) => inner,
        };
    }
    inner
}
