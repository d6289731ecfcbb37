//! Markup to a tree, in linear time and bounded memory whatever the markup.
//!
//! The tokens are those of the HTML standard; the tree is built by the few rules of it that matter to text. Browsers'
//! full rules (reparenting of formatting, tables that throw out their text) are quadratic in nesting, and move no words.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::names::{self, Name};

/// Elements above this depth become siblings.
pub(super) const MAX_DEPTH: usize = 256;
/// Nodes beyond this number are left out.
const MAX_NODES: usize = 400_000;
/// Bytes of an attribute's value that are kept.
const MAX_VALUE: usize = 16_384;
/// Attributes of an element that are kept.
const MAX_ATTRIBUTES: usize = 32;

/// Index of a node; nodes are in document order.
pub(super) type Id = usize;

/// An element or a piece of text.
#[derive(Debug)]
pub(super) struct Node {
    /// The root is its own parent.
    pub parent: Id,
    /// One past the last node inside.
    pub end: Id,
    /// Of an element; [`names::TEXT`] of a text.
    pub name: Name,
    /// The words of a text, references resolved. Of script and style only JSON-LD is kept.
    pub text: String,
    attributes: Vec<(Name, String)>,
}

impl Node {
    /// The value of an attribute, empty where there is none.
    pub fn get(&self, attribute: &str) -> &str {
        self.attributes
            .iter()
            .find(|(name, _)| *name == attribute)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Whether the attribute is there, with or without a value.
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(name, _)| *name == attribute)
    }

    pub fn is_text(&self) -> bool {
        self.name == names::TEXT
    }

    pub fn attributes(&self) -> impl Iterator<Item = (Name, &str)> {
        self.attributes.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

/// A parsed page. Node 0 is the root, an element without a name.
#[derive(Debug)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    pub fn parse(html: &str) -> Self {
        let mut builder = Builder::new();
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            builder.event(&event);
            None
        });
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
        builder.finish()
    }

    /// The nodes inside `id`, in document order.
    pub fn inside(&self, id: Id) -> std::ops::Range<Id> {
        id + 1..self.nodes[id].end
    }

    /// The ancestors of `id`, innermost first, without the root.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(self.nodes[id].parent), |id| Some(self.nodes[*id].parent)).take_while(|id| *id > 0)
    }

    /// All words inside, white space collapsed; those of scripts left out.
    pub fn words(&self, id: Id) -> String {
        let mut words = String::new();
        for node in &self.nodes[id..self.nodes[id].end] {
            if node.is_text() && !names::is_raw(self.nodes[node.parent].name) {
                words.push_str(&node.text);
            } else if !names::is_inline(node.name) {
                words.push(' ');
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

struct Builder {
    nodes: Vec<Node>,
    /// Open elements, outermost first.
    open: Vec<Id>,
    /// Start tags below [`MAX_DEPTH`] whose end tags are still to come.
    too_deep: usize,
    /// The start tag being read.
    tag: Option<(Name, Vec<(Name, String)>)>,
    attribute: Option<Name>,
}

impl Builder {
    fn new() -> Self {
        let root = Node {
            parent: 0,
            end: 0,
            name: names::ROOT,
            text: String::new(),
            attributes: Vec::new(),
        };
        Self {
            nodes: vec![root],
            open: vec![0],
            too_deep: 0,
            tag: None,
            attribute: None,
        }
    }

    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Some((names::element(name), Vec::new())),
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(names::element(name)),
            CallbackEvent::String { value } => self.text(value),
            _ => {}
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.attribute = names::attribute(name);
        let (Some(name), Some((_, attributes))) = (self.attribute, &mut self.tag) else {
            return;
        };
        if attributes.len() >= MAX_ATTRIBUTES || attributes.iter().any(|(known, _)| *known == name) {
            self.attribute = None;
        } else {
            attributes.push((name, String::new()));
        }
    }

    fn value(&mut self, value: &[u8]) {
        if let (Some(_), Some((_, attributes))) = (self.attribute, &mut self.tag)
            && let Some((_, kept)) = attributes.last_mut()
        {
            let room = MAX_VALUE.saturating_sub(kept.len());
            kept.push_str(&String::from_utf8_lossy(&value[..value.len().min(room)]));
        }
    }

    fn name(&self, id: Id) -> Name {
        self.nodes[id].name
    }

    fn push(&mut self, name: Name, text: String, attributes: Vec<(Name, String)>) -> Id {
        let id = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node {
            parent,
            end: id + 1,
            name,
            text,
            attributes,
        });
        id
    }

    fn start(&mut self) {
        let Some((name, attributes)) = self.tag.take() else {
            return;
        };
        if self.nodes.len() >= MAX_NODES || self.is_second(name) {
            return;
        }
        self.close_before(name);
        let id = self.push(name, String::new(), attributes);
        if names::is_void(name) {
            return;
        }
        if self.open.len() >= MAX_DEPTH {
            self.too_deep += 1;
        } else {
            self.open.push(id);
        }
    }

    /// A second html, head or body is none.
    fn is_second(&self, name: Name) -> bool {
        matches!(name, "html" | "body" | "head") && self.nodes.iter().take(200).any(|node| node.name == name)
    }

    /// Closes what a start tag of this name ends without an end tag.
    fn close_before(&mut self, name: Name) {
        if !names::is_head(name)
            && let Some(at) = self.open.iter().take(4).position(|id| self.name(*id) == "head")
        {
            self.close_from(at);
        }
        if let Some((ended, bounds)) = names::ends(name) {
            self.close_nearest(ended, bounds);
        }
        if names::closes_paragraph(name) {
            self.close_nearest(&["p"], names::SCOPE);
        }
    }

    /// Closes the innermost open element of these names, unless one of `bounds` lies between.
    fn close_nearest(&mut self, ended: &[Name], bounds: &[Name]) {
        for at in (1..self.open.len()).rev() {
            let name = self.name(self.open[at]);
            if ended.contains(&name) {
                return self.close_from(at);
            }
            if bounds.contains(&name) {
                return;
            }
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.nodes.len();
        for id in self.open.drain(at..) {
            self.nodes[id].end = end;
        }
    }

    fn end(&mut self, name: Name) {
        if self.too_deep > 0 && !names::is_void(name) {
            self.too_deep -= 1;
            return;
        }
        // What comes after is page all the same.
        if matches!(name, "html" | "body") {
            return;
        }
        let table = names::is_table_part(name);
        for at in (1..self.open.len()).rev() {
            let open = self.name(self.open[at]);
            if open == name {
                return self.close_from(at);
            }
            let barred = !table && names::SCOPE.contains(&open);
            // "<b><p>…</b>…</p>" does not end the paragraph.
            if barred || (names::is_formatting(name) && !names::is_inline(open)) {
                break;
            }
        }
        match name {
            "br" => drop(self.push("br", String::new(), Vec::new())),
            "p" => drop(self.push("p", String::new(), Vec::new())),
            _ => {}
        }
    }

    fn text(&mut self, value: &[u8]) {
        let parent = self.open.last().map_or(names::ROOT, |id| self.name(*id));
        let json = parent == "script" && self.open.last().is_some_and(|id| is_json_ld(&self.nodes[*id]));
        if (names::is_raw(parent) && !json) || self.nodes.len() >= MAX_NODES {
            return;
        }
        if !value.iter().all(u8::is_ascii_whitespace)
            && !names::is_head(parent)
            && let Some(at) = self.open.iter().take(4).position(|id| self.name(*id) == "head")
        {
            self.close_from(at);
        }
        self.push(names::TEXT, String::from_utf8_lossy(value).into_owned(), Vec::new());
    }

    fn finish(mut self) -> Tree {
        self.close_from(0);
        Tree { nodes: self.nodes }
    }
}

fn is_json_ld(script: &Node) -> bool {
    script.get("type").to_ascii_lowercase().contains("ld+json")
}
