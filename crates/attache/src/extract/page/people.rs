//! Who wrote it, and who issued it.

use super::head::Head;
use super::linked::Article;
use super::tree::{Id, Tree};
use super::words::squeezed;

/// More names than these are no byline.
const MOST: usize = 12;

/// The authors: by JSON-LD, else by meta, else as the page shows them.
pub(super) fn authors(
    tree: &Tree,
    head: &Head,
    linked: &Article,
    publisher: Option<&str>,
    near: &[&str],
    skip: &dyn Fn(Id) -> bool,
) -> Vec<String> {
    let told = clean(linked.authors.iter().cloned(), publisher);
    if !told.is_empty() {
        return told;
    }
    let names = [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dc.creator.name",
        "dcterms.creator",
        "citation_author",
        "byl",
        "author_name",
        "article:author_name",
        "article.author",
        "cxenseparse:author",
        "creator",
        "dc.contributor",
        "vr:author",
    ];
    for name in names {
        let told = clean(head.all(&[name]), publisher);
        if !told.is_empty() {
            return told;
        }
    }
    let shown = clean(shown(tree, skip).into_iter(), publisher);
    if (1..=MOST).contains(&shown.len()) {
        return shown;
    }
    near.iter()
        .map(|line| clean(byline(line).into_iter(), publisher))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// "By Jane Doe", "Author: Jane Doe", "Jane Doe reports from Vienna".
fn byline(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > 140 {
        return None;
    }
    let lower = line.to_lowercase();
    for (at, _) in lower
        .match_indices("by ")
        .chain(lower.match_indices("author: "))
        .chain(lower.match_indices("text: "))
    {
        let start = at == 0 || !lower[..at].ends_with(char::is_alphanumeric);
        let rest = line.get(at..)?;
        let names = rest.split_once(' ').map_or("", |(_, rest)| rest);
        if start && names.starts_with(char::is_uppercase) {
            return Some(until_date(names).to_owned());
        }
    }
    let told = [" reports from ", " reports", " in ", " reporting from "]
        .iter()
        .find_map(|verb| line.rfind(verb).filter(|_| verb.contains("report")));
    let before = line[..told?].trim();
    // The name is the run of capitalised words before the verb.
    let words: Vec<&str> = before
        .split_whitespace()
        .rev()
        .take_while(|word| word.starts_with(char::is_uppercase))
        .take(4)
        .collect();
    (words.len() >= 2).then(|| words.into_iter().rev().collect::<Vec<_>>().join(" "))
}

/// Without the date or the place after the names.
fn until_date(names: &str) -> &str {
    let end = names
        .find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '('))
        .unwrap_or(names.len());
    names[..end]
        .split(", special")
        .next()
        .unwrap_or("")
        .trim_end_matches([',', ' ', '-', '–'])
}

/// Names out of elements that are marked as an author's.
fn shown(tree: &Tree, skip: &dyn Fn(Id) -> bool) -> Vec<String> {
    let marks: [fn(&Tree, Id) -> bool; 3] = [
        |tree, id| {
            tree.nodes[id]
                .get("itemprop")
                .split_whitespace()
                .any(|name| name == "author")
        },
        |tree, id| {
            tree.nodes[id].name == "a" && tree.nodes[id].get("rel").split_whitespace().any(|rel| rel == "author")
        },
        |tree, id| is_byline_class(tree.nodes[id].get("class")) || is_byline_class(tree.nodes[id].get("id")),
    ];
    for mark in marks {
        let mut found: Vec<String> = Vec::new();
        let mut id = 0;
        while id < tree.nodes.len() {
            let node = &tree.nodes[id];
            if skip(id) {
                id = node.end;
            } else if !node.is_text() && mark(tree, id) {
                let words = name_inside(tree, id).unwrap_or_else(|| tree.words(id));
                if words.len() <= 160 && !words.is_empty() && !found.contains(&words) {
                    found.push(words);
                }
                id = node.end;
            } else {
                id += 1;
            }
        }
        if (1..=MOST).contains(&found.len()) {
            return found;
        }
    }
    Vec::new()
}

/// `itemprop=name` within an author's element.
fn name_inside(tree: &Tree, id: Id) -> Option<String> {
    let inside = tree.inside(id).find(|id| tree.nodes[*id].get("itemprop") == "name")?;
    let node = &tree.nodes[inside];
    let words = match node.name {
        "meta" => node.get("content").to_owned(),
        _ => tree.words(inside),
    };
    Some(words).filter(|words| !words.is_empty())
}

/// A class or id that speaks of who wrote it, and not of his picture or life.
fn is_byline_class(class: &str) -> bool {
    class.split_whitespace().any(|class| {
        let class = class.to_ascii_lowercase();
        let words: Vec<&str> = class.split(|c: char| !c.is_alphanumeric()).collect();
        let said = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        let named = said(&[
            "byline",
            "bylines",
            "author",
            "authors",
            "authorname",
            "byl",
            "autor",
            "auteur",
            "writer",
            "contributor",
            "reporter",
        ]) || class == "g-profile";
        let other = said(&[
            "bio",
            "box",
            "card",
            "image",
            "img",
            "avatar",
            "photo",
            "picture",
            "description",
            "about",
            "social",
            "follow",
            "related",
            "comment",
            "comments",
            "title",
            "job",
            "role",
            "date",
            "time",
            "more",
            "posts",
            "twitter",
            "email",
            "widget",
            "list",
            "archive",
            "has",
            "no",
            "icon",
            "label",
            "links",
            "profile",
        ]) && class != "g-profile";
        named && !other
    })
}

/// Names alone: without "By", offices, outlets, dates.
fn clean(raw: impl Iterator<Item = String>, publisher: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for told in raw {
        for piece in pieces(&told) {
            let name = name(&piece);
            let known = |other: &String| squeezed(other) == squeezed(&name);
            let outlet = publisher.is_some_and(|publisher| squeezed(publisher) == squeezed(&name));
            if is_name(&name) && !outlet && !names.iter().any(known) {
                names.push(name);
            }
        }
    }
    names
}

fn pieces(told: &str) -> Vec<String> {
    if told.contains("://") {
        return Vec::new();
    }
    let told = told
        .replace(['|', ';', '•', '·', '/', '\n'], ",")
        .replace(" and ", ",")
        .replace(" And ", ",")
        .replace(" & ", ",")
        .replace(" with ", ",");
    let pieces: Vec<&str> = told
        .split(',')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    // "Doe, Jane".
    if let [last, first] = pieces[..]
        && !last.contains(' ')
        && !first.contains(' ')
        && !last.to_lowercase().starts_with("by ")
    {
        return vec![format!("{first} {last}")];
    }
    pieces.into_iter().map(str::to_owned).collect()
}

fn name(piece: &str) -> String {
    let mut name = piece.trim();
    for start in [
        "by ",
        "by: ",
        "written by ",
        "posted by ",
        "author: ",
        "authors: ",
        "author ",
        "story by ",
        "words by ",
        "text by ",
        "report by ",
        "reported by ",
        "published by ",
        "submitted by ",
        "von ",
        "par ",
        "por ",
        "from ",
        "reporting by ",
        "edited by ",
        "interview by ",
        "analysis by ",
    ] {
        if name.is_char_boundary(start.len().min(name.len()))
            && name.len() > start.len()
            && name[..start.len()].eq_ignore_ascii_case(start)
        {
            name = name[start.len()..].trim();
        }
    }
    let end = [" in ", " for ", " - ", " – ", " — ", " (", " @", " is ", " on "]
        .iter()
        .filter_map(|end| name.find(end))
        .min();
    let name = name[..end.unwrap_or(name.len())].trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    // "JANE DOE" as people write her.
    let loud = name.contains(' ') && name.chars().all(|c| !c.is_lowercase());
    match loud {
        true => name.split_whitespace().map(title_case).collect::<Vec<_>>().join(" "),
        false => name.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn title_case(word: &str) -> String {
    if word.contains('.') || word.chars().count() <= 2 {
        return word.to_owned();
    }
    let mut start = true;
    word.chars()
        .flat_map(|c| {
            let upper = start;
            start = matches!(c, '-' | '\'' | '’');
            match upper {
                true => vec![c],
                false => c.to_lowercase().collect(),
            }
        })
        .collect()
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let nobody = matches!(
        lower.as_str(),
        "admin"
            | "administrator"
            | "editor"
            | "editors"
            | "user"
            | "guest"
            | "unknown"
            | "none"
            | "null"
            | "author"
            | "staff"
            | "webmaster"
            | "root"
            | "newsroom"
            | "news desk"
            | "newsdesk"
            | "web desk"
            | "online desk"
            | "anonymous"
            | "super user"
            | "undefined"
            | "desk"
            | "share"
            | "follow"
            | "correspondent"
            | "reporter"
            | "journalist"
            | "senior reporter"
            | "chief editor"
            | "editor-in-chief"
            | "contributor"
            | "published"
            | "updated"
            | "editorial"
            | "editorial team"
            | "editorial staff"
            | "redaktion"
            | "redaction"
            | "our correspondent"
            | "our reporter"
            | "staff reporter"
            | "staff writer"
            | "special correspondent"
            | "political correspondent"
            | "diplomatic correspondent"
            | "foreign correspondent"
            | "political editor"
            | "jr"
            | "sr"
            | "by"
            | "news"
            | "view all posts"
    );
    let role = lower.contains("agenc")
        || lower.contains("reports")
        || [
            "correspondent",
            "reporter",
            "editor",
            "writer",
            "bureau chief",
            "columnist",
            "producer",
        ]
        .iter()
        .any(|role| lower.ends_with(role))
            && words <= 5;
    (1..=6).contains(&words)
        && (2..=60).contains(&name.len())
        && !nobody
        && !role
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', ':', '?', '!', '=', '{', '<', '#', '%'])
        && name.chars().filter(char::is_ascii_digit).count() == 0
        && (!lower.contains("http") && !lower.contains("www.") && !lower.ends_with(".com"))
        && name.chars().next().is_some_and(|c| {
            !c.is_lowercase() || lower.starts_with("de ") || lower.starts_with("van ") || lower.starts_with("von ")
        })
}

/// The outlet: by JSON-LD, else by meta, else as `<title>` or a copyright line names it.
pub(super) fn publisher(head: &Head, linked: &Article, title: Option<String>, shown: Option<String>) -> Option<String> {
    let site = head.get(&["og:site_name"]).filter(|name| fits(name));
    let owner = linked.publisher.clone().filter(|name| fits(name));
    let company = |name: &String| {
        [
            " LLC", " Inc", " Ltd", " Limited", " GmbH", " Corp", " Company", " S.A.", " plc", " Group", " Media",
        ]
        .iter()
        .any(|end| name.contains(end))
    };
    match (owner, site) {
        (Some(owner), Some(site)) if company(&owner) && !company(&site) => Some(site),
        (Some(owner), _) => Some(owner),
        (None, Some(site)) => Some(site),
        (None, None) => head
            .get(&[
                "application-name",
                "publisher",
                "dc.publisher",
                "dcterms.publisher",
                "citation_journal_title",
                "cre",
                "copyright",
            ])
            .filter(|name| fits(name))
            .or_else(|| linked.sites.iter().find(|name| fits(name)).cloned())
            .or(title)
            .or(shown),
    }
}

fn fits(name: &str) -> bool {
    !name.contains("://")
        && name.chars().any(char::is_alphabetic)
        && (1..=10).contains(&name.split_whitespace().count())
        && name.len() <= 120
        && !name.starts_with('@')
}
