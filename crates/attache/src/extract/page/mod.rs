//! A page of the web to a document: the article without its surroundings, and what the page says of it.

mod dates;
mod finish;
mod head;
mod lines;
mod linked;
mod names;
mod people;
mod reader;
mod repair;
mod score;
mod stamp;
mod stated;
mod tables;
mod text;
mod title;
mod tree;
mod words;
mod zones;

use attache_parse::language;
use jiff::civil::Date;

use super::plain::{floor_cut, hash};
use super::{Given, Warning, header};
use crate::document::{Block, Document};
use head::Head;
use linked::Hints;
use score::Scored;
use tree::Tree;
use zones::{Zone, Zones};

/// The document in a page: title, authors, dates, address and language as the page tells them, and the article's text, its
/// parts told apart. What the caller knows wins over what the page says. Nothing dated after `retrieved`, the day on which the
/// page was fetched, is taken for a date of the article. Never fails; linear in the length of the page, whatever its markup.
pub fn page(html: &str, given: &Given, retrieved: Option<Date>) -> (Document, Vec<Warning>) {
    let mut warnings = Vec::new();
    let html = floor_cut(html, &mut warnings);
    let tree = Tree::parse(html);
    let zones = Zones::of(&tree);
    let head = Head::read(&tree);
    let host = head::host(given.url.as_deref().or(head.canonical.as_deref()));
    let titles: Vec<String> = head.all(&["og:title"]).chain(head.title.clone()).collect();
    let address = given.url.clone().or_else(|| head.canonical.clone());
    let linked = linked::read(
        &tree,
        &Hints {
            url: head.canonical.as_deref().or(address.as_deref()),
            titles: &titles,
        },
    );
    let canonical = head::canonical(&head, linked.url.as_deref(), given.url.as_deref());
    let hidden = |id| zones.at(id) == Zone::Hidden;
    let lines = lines::lines(&tree, &hidden);
    let host = host.or_else(|| head::host(canonical.as_deref()));
    let owner = owner(&lines);
    let site = title::Site::new(&head, &linked, host.as_deref(), owner.as_deref());
    let scored: Vec<Scored> = lines.iter().map(|line| Scored::of(line, &zones)).collect();
    let home = score::container(&tree, &scored);
    let first = score::first_good(&tree, &scored, home);
    let headline = title::title(&head, &linked, &lines, &site, first);
    let named = title::site_in_title(head.title.as_deref(), headline.as_deref());
    let publisher = people::publisher(&head, &linked, named, owner);
    let aside = |id| {
        matches!(
            zones.at(id),
            Zone::Hidden | Zone::Menu | Zone::Related | Zone::Comments | Zone::Aside | Zone::Notice | Zone::Bio
        )
    };
    let around = around(&lines, &scored, first);
    let authors = people::authors(&tree, &head, &linked, publisher.as_deref(), &around, &aside);
    let chosen = text::choose(&text::Page {
        tree: &tree,
        zones: &zones,
        lines: &lines,
        scored: &scored,
        home,
        linked: &linked,
        headline: headline.as_deref(),
        authors: &authors,
    });
    let parts = finish::assemble(&lines, &chosen, headline.as_deref());
    let declared = declared_language(&head, &linked);
    let language = given
        .language
        .clone()
        .or_else(|| spoken(&parts.text, declared.as_deref()));
    let near: Vec<lines::Line> = lines::lines(&tree, &aside);
    let place = |at: usize| near.iter().position(|line| line.pieces.contains(&lines[at].pieces[0]));
    let told = dates::Sources {
        tree: &tree,
        head: &head,
        linked: &linked,
        title: headline
            .as_deref()
            .and_then(|title| near.iter().position(|line| line.text.replace('\n', " ") == title)),
        body: parts.body.and_then(|(first, last)| Some((place(first)?, place(last)?))),
        lines: &near,
        skip: &aside,
        url: given.url.as_deref().or(canonical.as_deref()),
        retrieved,
        order: dates::order(declared.as_deref().or(language.as_deref()), host.as_deref()),
    }
    .dates();
    let mut document = Document {
        id: given.id.clone().unwrap_or_else(|| hash(&parts.text)),
        title: given.title.clone().or(headline),
        url: given.url.clone().or_else(|| canonical.clone()),
        canonical,
        authors,
        publisher: given.publisher.clone().or(publisher),
        published: given.published.or(dates::range(told.published)),
        updated: told.updated,
        language,
        sections: sections(&head, &linked),
        text: parts.text,
        blocks: parts.blocks,
        ..Document::default()
    };
    super::plain::cut_furniture(&mut document);
    if let (Some(published), Some(retrieved)) = (document.published, retrieved)
        && given.published.is_none()
        && published.start > retrieved
    {
        document.published = None;
    }
    if !document.blocks.iter().any(Block::is_content) {
        warnings.push(Warning::NoContent { bytes: html.len() });
    }
    if document.published.is_none() {
        warnings.push(Warning::NoDate);
    }
    (document, warnings)
}

/// The outlet as the copyright line names it.
fn owner(lines: &[lines::Line]) -> Option<String> {
    let marked = lines
        .iter()
        .rev()
        .filter(|line| line.text.len() <= 400 && (line.text.contains('©') || line.text.contains("opyright")));
    marked.take(4).find_map(|line| header::publisher(&line.text))
}

/// Lines between headline and text, and a few after it: a byline may be among them.
fn around<'a>(lines: &'a [lines::Line], scored: &[Scored], first: Option<usize>) -> Vec<&'a str> {
    let first = first.unwrap_or(0);
    let last = scored
        .iter()
        .rposition(|line| line.good && line.shape.words >= 20)
        .unwrap_or(first);
    let before = (first.saturating_sub(10)..=first.min(lines.len().saturating_sub(1))).rev();
    let after = last..lines.len().min(last + 6);
    let told = before.chain(after).filter_map(|at| lines.get(at));
    told.filter(|line| line.text.len() <= 140)
        .map(|line| line.text.as_str())
        .collect()
}

/// As the page declares it, with its region: "en-GB".
fn declared_language(head: &Head, linked: &linked::Article) -> Option<String> {
    let told = [
        head.language.clone(),
        head.get(&["content-language", "og:locale", "language", "dc.language"]),
        linked.language.clone(),
    ];
    told.into_iter().flatten().find(|language| {
        let code = language.split(['-', '_']).next().unwrap_or("");
        (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_alphabetic())
    })
}

/// Letters from which on the words tell the language better than the page does.
const ENOUGH: usize = 300;

/// Templates often declare a language that the article is not in: clear words win.
fn spoken(text: &str, declared: Option<&str>) -> Option<String> {
    let guess = language::identify(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(ENOUGH).count();
    let declared = declared.map(|code| code.split(['-', '_']).next().unwrap_or(code).to_ascii_lowercase());
    match guess {
        Some(guess) if declared.is_none() || (letters >= ENOUGH && guess.confidence >= 0.9) => {
            Some(guess.code.to_owned())
        }
        _ => declared,
    }
}

fn sections(head: &Head, linked: &linked::Article) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for section in linked
        .sections
        .iter()
        .cloned()
        .chain(head.all(&["article:section", "section", "parsely-section"]))
    {
        if !section.is_empty() && section.len() <= 80 && !sections.contains(&section) && sections.len() < 8 {
            sections.push(section);
        }
    }
    sections
}
