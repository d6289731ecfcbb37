//! What each line is worth, and which element holds the article.

use super::super::cue::{Cue, cue};
use super::super::shape::Shape;
use super::lines::{Holder, Line};
use super::names;
use super::tree::{Id, Tree};
use super::words::overlap;
use super::zones::{Zone, Zones};

/// Words that any teaser has; a paragraph is worth what it has beyond them.
const TEASER: usize = 12;
/// Words of a line beyond which more adds nothing.
const LONG: usize = 120;

/// A line and what it looks like.
pub(super) struct Scored<'a> {
    pub line: &'a Line,
    pub shape: Shape,
    pub zone: Zone,
    pub cue: Option<Cue>,
    /// A sentence or more, hardly linked, in no part of the page that is something else.
    pub good: bool,
    /// Share of characters in links, 0 to 1.
    pub density: f64,
}

impl<'a> Scored<'a> {
    pub fn of(line: &'a Line, zones: &Zones) -> Self {
        let shape = Shape::of(&line.text);
        let zone = zone(line, zones);
        let cue = cue(&line.text, &shape);
        let density = line.linked as f64 / line.chars.max(1) as f64;
        let open = matches!(zone, Zone::Open | Zone::Byline);
        let heading = matches!(line.kind, Holder::Heading(_) | Holder::Caption);
        let unmarked = matches!(cue, None | Some(Cue::End));
        Self {
            good: open && !heading && unmarked && density < 0.4 && shape.prose(),
            line,
            shape,
            zone,
            cue,
            density,
        }
    }

    fn weight(&self) -> i64 {
        let words = self.shape.words.min(LONG);
        match self.line.kind {
            _ if self.good => i64::try_from(words.saturating_sub(TEASER)).unwrap_or(0),
            _ if self.density > 0.5 => -3 - i64::try_from(words / 4).unwrap_or(0),
            _ if !matches!(self.zone, Zone::Open | Zone::Byline | Zone::Caption) => -4,
            Holder::Heading(_) | Holder::Caption | Holder::Row => 0,
            Holder::Item if self.shape.words >= 4 => 0,
            _ => -2,
        }
    }
}

/// That of most of its words: a dateline at its start makes no byline of a paragraph.
fn zone(line: &Line, zones: &Zones) -> Zone {
    let mut best = (0, Zone::Open);
    for (place, id) in line.pieces.iter().enumerate() {
        let size = line.sizes[place];
        if size > best.0 {
            best = (size, zones.at(*id));
        }
    }
    best.1
}

/// The element whose lines are worth most, innermost of those; none where no line is worth anything.
pub(super) fn container(tree: &Tree, lines: &[Scored]) -> Option<Id> {
    let starts: Vec<Id> = lines.iter().map(|line| line.line.pieces[0]).collect();
    let mut sums = vec![0i64];
    for line in lines {
        sums.push(sums[sums.len() - 1] + line.weight());
    }
    let worth = |id: Id| {
        let from = starts.partition_point(|start| *start < id);
        let to = starts.partition_point(|start| *start < tree.nodes[id].end);
        sums[to] - sums[from]
    };
    let mut best = (0, None);
    for (id, node) in tree.nodes.iter().enumerate() {
        // A paragraph holds itself, not the article.
        let leaf = names::is_inline(node.name)
            || matches!(node.name, "p" | "li" | "dd" | "dt" | "pre" | "h1" | "h2" | "h3" | "h4");
        if !leaf && node.end - id > 1 {
            let worth = worth(id);
            if worth > best.0 || (worth == best.0 && worth > 0) {
                best = (worth, Some(id));
            }
        }
    }
    best.1
}

/// The first good line in the container.
pub(super) fn first_good(tree: &Tree, lines: &[Scored], home: Option<Id>) -> Option<usize> {
    let home = home?;
    let range = home..tree.nodes[home].end;
    lines
        .iter()
        .position(|line| line.good && range.contains(&line.line.pieces[0]) && line.shape.words >= TEASER)
}

/// Where several whole articles stand under each other, the one of the headline; otherwise `whole`.
pub(super) fn one_article(tree: &Tree, lines: &[Scored], whole: Id, headline: Option<&str>) -> Id {
    let Some(headline) = headline else {
        return whole;
    };
    let mut units: Vec<(Id, f64)> = Vec::new();
    let mut id = whole + 1;
    while id < tree.nodes[whole].end {
        match unit(tree, lines, id) {
            Some(heading) => {
                units.push((id, overlap(&heading, headline)));
                id = tree.nodes[id].end;
            }
            None => id += 1,
        }
    }
    let best = units.iter().find(|(_, agreement)| *agreement >= 0.6);
    match best {
        Some((id, _)) if units.len() >= 2 => *id,
        _ => whole,
    }
}

/// The first heading of an element that is an article of its own.
fn unit(tree: &Tree, lines: &[Scored], id: Id) -> Option<String> {
    let node = &tree.nodes[id];
    let kind = node.get("itemtype");
    let class = node.get("class").to_ascii_lowercase();
    let named = || {
        class
            .split_whitespace()
            .any(|word| matches!(word, "post" | "hentry" | "article" | "story" | "news-item" | "entry"))
    };
    let marked = node.name == "article"
        || kind.ends_with("Article")
        || kind.ends_with("BlogPosting")
        || (matches!(node.name, "div" | "section") && named());
    if !marked {
        return None;
    }
    let inside = |line: &&Scored| (id..node.end).contains(&line.line.pieces[0]);
    let from = lines.partition_point(|line| line.line.pieces[0] < id);
    let within = || lines[from..].iter().take_while(inside);
    let heading = within().find(|line| matches!(line.line.kind, Holder::Heading(1..=3)))?;
    let good = within().filter(|line| line.good).count();
    (good >= 2).then(|| heading.line.text.replace('\n', " "))
}
