//! Which lines of a page are its article: by the element that holds most of the prose, by the extraction crate, by the text
//! that JSON-LD states, and by what the lines say.

use std::collections::HashSet;

use super::super::cue::Cue;
use super::lines::{Holder, Line};
use super::linked::Article;
use super::reader;
use super::score::{Scored, one_article};
use super::stated::{Stated, stated};
use super::tree::{Id, Tree};
use super::words::{overlap, squeezed, tokens};
use super::zones::{Zone, Zones};

/// The lines of the article in order.
pub(super) enum Chosen {
    /// Indices of lines of the page.
    Lines(Vec<usize>),
    /// Paragraphs that the page states and does not show.
    Stated(Vec<String>),
}

/// What is known of the page.
pub(super) struct Page<'a> {
    pub tree: &'a Tree,
    pub zones: &'a Zones,
    pub lines: &'a [Line],
    pub scored: &'a [Scored<'a>],
    /// The element that holds most of the prose.
    pub home: Option<Id>,
    pub linked: &'a Article,
    pub headline: Option<&'a str>,
    pub authors: &'a [String],
}

/// Chooses the article's lines.
pub(super) fn choose(page: &Page) -> Chosen {
    let (tree, zones, lines, linked, headline) = (page.tree, page.zones, page.lines, page.linked, page.headline);
    let (scored, whole) = (page.scored, page.home);
    let home = whole.map(|whole| one_article(tree, scored, whole, headline));
    let inside = |at: usize| home.is_some_and(|home| (home..tree.nodes[home].end).contains(&lines[at].pieces[0]));
    let words = |keep: &dyn Fn(usize) -> bool| -> usize {
        (0..lines.len())
            .filter(|at| scored[*at].good && keep(*at))
            .map(|at| scored[at].shape.words)
            .sum()
    };
    let held = words(&inside);
    let stated = match stated(linked.body.as_deref(), scored, held) {
        Stated::Hidden(paragraphs) => return Chosen::Stated(paragraphs),
        Stated::Shown(lines) => Some(lines),
        Stated::Nothing => None,
    };
    // The crate is asked where the page is not clear: much prose elsewhere, or none at all.
    let all = words(&|_| true);
    let clear = home.is_some() && held >= 80 && held * 10 >= all * 9 && whole == home;
    let voted = match clear || stated.is_some() {
        true => Vec::new(),
        false => voted(tree, zones, lines),
    };
    let mut wanted: Vec<bool> = (0..lines.len()).map(inside).collect();
    let elsewhere = home.is_some_and(|home| whole == Some(home)) && found_elsewhere(scored, &voted, &wanted, headline);
    match home {
        _ if elsewhere => wanted.clone_from(&voted),
        None if voted.iter().any(|voted| *voted) => wanted.clone_from(&voted),
        None => wanted = scored.iter().map(|line| line.good).collect(),
        Some(home) if !voted.is_empty() && Some(home) == whole => {
            add_neighbours(tree, scored, home, &voted, held, &mut wanted);
        }
        Some(_) => {}
    }
    if whole == home && !elsewhere {
        cut_tail(scored, &voted, &mut wanted);
    }
    if let Some(stated) = &stated {
        for at in 0..lines.len() {
            wanted[at] = stated[at] || (wanted[at] && !scored[at].good);
        }
    }
    let mut chosen: Vec<usize> = (0..lines.len()).filter(|at| wanted[*at]).collect();
    after_headline(scored, &mut chosen, headline);
    until_comments(scored, &mut chosen);
    drop_link_lists(scored, &mut chosen);
    let names: Vec<String> = page.authors.iter().map(|name| squeezed(name)).collect();
    chosen.retain(|at| stands(&scored[*at]) && !heads_links(scored, *at) && !is_signature(&lines[*at].text, &names));
    within_prose(scored, &mut chosen);
    drop_standfirst(tree, scored, &mut chosen);
    drop_repeated(lines, &mut chosen);
    Chosen::Lines(chosen)
}

/// Which lines the crate keeps.
fn voted(tree: &Tree, zones: &Zones, lines: &[Line]) -> Vec<bool> {
    let hidden = |id: Id| zones.at(id) == Zone::Hidden;
    let kept = reader::kept(tree, &hidden);
    let size = |id: &Id| tree.nodes[*id].text.trim().len();
    let taken = |line: &Line| {
        let all: usize = line.pieces.iter().map(size).sum();
        let inside: usize = line
            .pieces
            .iter()
            .filter(|id| kept.binary_search(id).is_ok())
            .map(size)
            .sum();
        inside * 2 > all
    };
    lines.iter().map(taken).collect()
}

/// Good lines that the crate keeps besides, close to the container: parts of an article that was cut in pieces. A few words are
/// no such part.
fn add_neighbours(tree: &Tree, lines: &[Scored], home: Id, voted: &[bool], held: usize, wanted: &mut [bool]) {
    let near = tree.ancestors(home).nth(1).unwrap_or(0);
    let range = near..tree.nodes[near].end;
    let fits = |at: &usize| {
        let line = &lines[*at];
        voted[*at] && !wanted[*at] && line.good && line.shape.strong() && range.contains(&line.line.pieces[0])
    };
    let found: Vec<usize> = (0..lines.len()).filter(|at| near > 0 && fits(at)).collect();
    if found.iter().map(|at| lines[*at].shape.words).sum::<usize>() * 4 >= held {
        found.into_iter().for_each(|at| wanted[at] = true);
    }
}

/// Whether the crate found its text in quite another place, closer below the headline.
fn found_elsewhere(lines: &[Scored], voted: &[bool], wanted: &[bool], headline: Option<&str>) -> bool {
    let words = |keep: &dyn Fn(usize) -> bool| -> usize {
        (0..lines.len())
            .filter(|at| lines[*at].good && keep(*at))
            .map(|at| lines[at].shape.words)
            .sum()
    };
    if voted.is_empty() {
        return false;
    }
    let (all, shared) = (words(&|at| voted[at]), words(&|at| voted[at] && wanted[at]));
    let title = lines
        .iter()
        .position(|line| headline.is_some_and(|headline| overlap(&line.line.text, headline) >= 0.9));
    let first = |of: &[bool]| (0..lines.len()).find(|at| of[*at] && lines[*at].good);
    match (title, first(voted), first(wanted)) {
        (Some(title), Some(theirs), Some(ours)) => {
            all >= 60 && shared * 10 < all * 3 && theirs > title && (ours < title || theirs < ours)
        }
        _ => false,
    }
}

/// What the crate leaves out at the end, below a heading or a part of another kind, is another article, comments or notes.
fn cut_tail(lines: &[Scored], voted: &[bool], wanted: &mut [bool]) {
    if voted.is_empty() {
        return;
    }
    let good = |at: &usize| lines[*at].good && wanted[*at];
    let (kept, all) = (0..lines.len()).filter(good).fold((0, 0), |(kept, all), at| {
        let words = lines[at].shape.words;
        (kept + if voted[at] { words } else { 0 }, all + words)
    });
    let Some(last) = (0..lines.len()).filter(good).rfind(|at| voted[*at]) else {
        return;
    };
    let Some(next) = (last + 1..lines.len()).find(good) else {
        return;
    };
    let apart = (last + 1..next).any(|at| {
        let line = &lines[at];
        let heading = matches!(line.line.kind, Holder::Heading(_));
        heading || !matches!(line.zone, Zone::Open) || matches!(line.cue, Some(Cue::Byline | Cue::Tail | Cue::List))
    });
    if apart && kept >= 80 && kept * 2 >= all {
        wanted[next..].iter_mut().for_each(|wanted| *wanted = false);
    }
}

/// Nothing up to the headline is text, if it stands at the head.
fn after_headline(lines: &[Scored], chosen: &mut Vec<usize>, headline: Option<&str>) {
    let Some(headline) = headline else {
        return;
    };
    let same = |at: &usize| {
        let line = lines[*at].line;
        let heading = matches!(line.kind, Holder::Heading(_));
        line.text == headline
            || (line.text.len() <= 2 * headline.len() + 20
                && overlap(&line.text, headline) >= if heading { 0.8 } else { 0.9 })
    };
    let good = |upto: usize| {
        chosen[..upto]
            .iter()
            .filter(|at| lines[**at].good && lines[**at].shape.strong())
            .count()
    };
    let all = good(chosen.len());
    if let Some(found) = chosen.iter().position(same)
        && good(found) * 3 <= all
    {
        chosen.drain(..=found);
    }
}

/// Nothing after "5 comments" is text.
fn until_comments(lines: &[Scored], chosen: &mut Vec<usize>) {
    let (Some(first), Some(last)) = (chosen.first().copied(), chosen.last().copied()) else {
        return;
    };
    let mut told = 0;
    for (at, line) in lines.iter().enumerate().take(last + 1).skip(first) {
        if line.cue == Some(Cue::Tail) && told >= 40 && line.shape.words <= 8 {
            chosen.retain(|kept| *kept < at);
            return;
        }
        told += if line.good { line.shape.words } else { 0 };
    }
}

/// Entries that each begin with a link are a list of other articles, if there are several.
fn drop_link_lists(lines: &[Scored], chosen: &mut Vec<usize>) {
    let entry =
        |at: usize| lines[at].line.kind == Holder::Item && lines[at].density > 0.3 && lines[at].shape.words < 40;
    let mut drop: Vec<usize> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for at in chosen.iter().copied().chain(std::iter::once(usize::MAX)) {
        if at != usize::MAX && entry(at) {
            run.push(at);
            continue;
        }
        if run.len() >= 3 {
            drop.append(&mut run);
        }
        run.clear();
    }
    chosen.retain(|at| drop.binary_search(at).is_err());
}

/// "Also of interest" above a link: the head of a list that is left out.
fn heads_links(lines: &[Scored], at: usize) -> bool {
    let line = &lines[at];
    let next = lines
        .get(at + 1)
        .is_some_and(|next| next.density > 0.6 && next.shape.words >= 3);
    !line.good && next && line.shape.words <= 6 && !line.shape.stop && !matches!(line.line.kind, Holder::Row)
}

/// An author's name alone.
fn is_signature(text: &str, names: &[String]) -> bool {
    let bare = squeezed(text);
    text.len() <= 120
        && names
            .iter()
            .any(|name| *name == bare || bare.strip_prefix("by") == Some(name))
}

/// Whether a line may be part of an article's text where it stands.
fn stands(line: &Scored) -> bool {
    let heading = matches!(line.line.kind, Holder::Heading(_));
    match line.zone {
        Zone::Open => {}
        Zone::Byline if line.good && line.shape.words >= 25 => {}
        Zone::Aside if line.shape.prose() && matches!(line.line.kind, Holder::Item | Holder::Row) => {}
        _ => return false,
    }
    if line.line.kind == Holder::Caption
        || matches!(line.cue, Some(Cue::Furniture | Cue::Caption)) && line.line.kind != Holder::Row
    {
        return false;
    }
    let pointer = line.density > 0.6 && line.shape.words < 40 && !heading;
    let lead_in = line.density > 0.35 && points_elsewhere(&line.line.text);
    line.shape.letters > 0 && !pointer && !lead_in
}

/// "Read more: …", "See also: …", "[ … ]".
fn points_elsewhere(text: &str) -> bool {
    let lower = text
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[')
        .to_lowercase();
    let starts = [
        "read more",
        "read also",
        "also read",
        "read:",
        "see also",
        "more:",
        "related",
        "watch",
        "listen",
        "more on",
        "read next",
        "don't miss",
        "you may also",
        "recommended",
        "in pictures",
        "full story",
        "opinion:",
        "analysis:",
        "explainer:",
        "background:",
        "from the archive",
        "[",
        "photos:",
        "video:",
        "live:",
        "further reading",
        "click here",
        "to read more",
        "for more",
    ];
    starts.iter().any(|start| lower.starts_with(start))
}

/// Short lines before the first and after the last prose are no text, but for lists, rows and headings that lead to some.
fn within_prose(lines: &[Scored], chosen: &mut Vec<usize>) {
    let solid = |at: &usize| {
        let line = &lines[*at];
        line.good || (matches!(line.line.kind, Holder::Item | Holder::Row | Holder::Quote) && line.density < 0.3)
    };
    let Some(last) = chosen.iter().rposition(solid) else {
        return;
    };
    chosen.truncate(last + 1);
    // Lists at the head are crumbs, tools, contents.
    let first = chosen.iter().position(|at| lines[*at].good).unwrap_or(0);
    let lead = chosen[..first]
        .iter()
        .rposition(|at| !matches!(lines[*at].line.kind, Holder::Heading(2..)) || lines[*at].shape.words > 10)
        .map_or(0, |at| at + 1);
    chosen.drain(..lead.min(first));
}

/// What stands between headline and byline, or is called a standfirst.
fn drop_standfirst(tree: &Tree, lines: &[Scored], chosen: &mut Vec<usize>) {
    let called = |at: usize| {
        let holder = lines[at].line.holder;
        std::iter::once(holder).chain(tree.ancestors(holder)).take(3).any(|id| {
            let class = tree.nodes[id].get("class").to_ascii_lowercase();
            class.split(|c: char| !c.is_alphanumeric()).any(|word| {
                matches!(
                    word,
                    "standfirst"
                        | "dek"
                        | "deck"
                        | "subtitle"
                        | "strapline"
                        | "subheadline"
                        | "kicker"
                        | "excerpt"
                        | "subhed"
                        | "tagline"
                )
            }) && (tree.nodes[id].end - id) < 12
        })
    };
    while chosen.len() > 2 && called(chosen[0]) {
        chosen.remove(0);
    }
    // A byline or date line soon after the first line: that was the standfirst.
    let first = chosen.first().copied().unwrap_or(0);
    let second = chosen.get(1).copied().unwrap_or(first);
    let between = (first + 1..second).any(|at| lines[at].zone == Zone::Byline || lines[at].cue == Some(Cue::Byline));
    // Boxes of other articles between paragraphs have dates as well.
    let boxed = (first + 1..second)
        .any(|at| lines[at].zone == Zone::Related || (lines[at].density > 0.6 && lines[at].zone == Zone::Open));
    if between && !boxed && chosen.len() > 2 && lines[first].shape.words <= 60 {
        chosen.remove(0);
    }
}

/// Pull quotes repeat the text.
fn drop_repeated(lines: &[Line], chosen: &mut Vec<usize>) {
    let texts: Vec<Vec<String>> = chosen.iter().map(|at| tokens(&lines[*at].text)).collect();
    let mut seen: HashSet<&[String]> = HashSet::new();
    for text in texts.iter().filter(|text| text.len() >= 12) {
        seen.extend(text.windows(6));
    }
    let mut known: HashSet<&[String]> = HashSet::new();
    let mut drop = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let again = text.len() >= 6 && known.contains(text.as_slice());
        known.insert(text);
        let line = &lines[chosen[place]];
        // Near by: a pull quote stands beside what it repeats.
        let near = &texts[place.saturating_sub(40)..texts.len().min(place + 40)];
        let quoted = !again
            && (6..=60).contains(&text.len())
            && text.windows(6).all(|window| seen.contains(window))
            && !matches!(line.kind, Holder::Item | Holder::Row)
            && near.iter().any(|longer| {
                longer.len() > text.len() && longer.windows(text.len()).any(|window| window == text.as_slice())
            });
        if again || quoted {
            drop.push(chosen[place]);
        }
    }
    chosen.retain(|at| !drop.contains(at));
}
