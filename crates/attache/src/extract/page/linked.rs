//! JSON-LD: what the page says of its article in `<script type="application/ld+json">`.

use serde_json::{Map, Value};

use super::tree::Tree;
use super::words::{overlap, plain};

/// Scripts beyond this size, and beyond this number, are not read.
const MAX_SCRIPT: usize = 4_000_000;
const MAX_SCRIPTS: usize = 60;
/// Objects that are looked at.
const MAX_OBJECTS: usize = 2_000;

/// The object that is the page's article, and what others add to it.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Article {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub body: Option<String>,
    pub sections: Vec<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// Names of the site itself, from whatever object has one.
    pub sites: Vec<String>,
    /// Whether the page has an object for an article, not only for a page.
    pub is_article: bool,
}

/// What else the page says, to tell its article from the others that it lists.
pub(super) struct Hints<'a> {
    pub url: Option<&'a str>,
    pub titles: &'a [String],
}

type Object = Map<String, Value>;

struct Found<'a> {
    object: &'a Object,
    /// Within a list of articles, a comment or the like.
    listed: bool,
}

/// Reads all scripts of the page.
pub(super) fn read(tree: &Tree, hints: &Hints) -> Article {
    let values = scripts(tree);
    let mut found = Vec::new();
    for value in &values {
        collect(value, false, &mut found);
    }
    let mut ranked: Vec<(i32, usize)> = found
        .iter()
        .enumerate()
        .filter_map(|(at, found)| Some((rank(found, hints)?, at)))
        .collect();
    ranked.sort_by_key(|(rank, at)| (-rank, *at));
    let mut article = Article::default();
    let mut first = None;
    for (rank, at) in ranked {
        let object = found[at].object;
        let next = read_object(object, &found);
        match &first {
            None => {
                article = next;
                article.is_article = strength(object) >= 8;
                first = Some(rank);
            }
            // Pages of the same article, not other articles of it.
            Some(_) if !found[at].listed && (strength(object) < 8 || same(&article, &next)) => fill(&mut article, next),
            Some(_) => {}
        }
    }
    article.sites = sites(&found);
    article
}

fn scripts(tree: &Tree) -> Vec<Value> {
    let mut values = Vec::new();
    let texts = tree.nodes.iter().filter(|node| node.is_text());
    for node in texts
        .filter(|node| tree.nodes[node.parent].name == "script")
        .take(MAX_SCRIPTS)
    {
        if node.text.len() <= MAX_SCRIPT {
            values.extend(super::repair::json(&node.text));
        }
    }
    values
}

/// Every object with a type, outermost first.
fn collect<'a>(value: &'a Value, listed: bool, found: &mut Vec<Found<'a>>) {
    if found.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, listed, found)),
        Value::Object(object) => {
            found.push(Found { object, listed });
            for (key, value) in object {
                let list = matches!(
                    key.as_str(),
                    "itemListElement"
                        | "hasPart"
                        | "isPartOf"
                        | "liveBlogUpdate"
                        | "comment"
                        | "citation"
                        | "mentions"
                        | "about"
                        | "review"
                        | "relatedLink"
                        | "associatedMedia"
                        | "video"
                        | "isBasedOn"
                        | "significantLink"
                        | "blogPost"
                );
                collect(value, listed || list, found);
            }
        }
        _ => {}
    }
}

/// 10 for news, 3 for a page, 0 for what is none.
fn strength(object: &Object) -> i32 {
    types(object).map(type_strength).max().unwrap_or(0)
}

fn types(object: &Object) -> impl Iterator<Item = &str> {
    let value = object.get("@type").or_else(|| object.get("type"));
    let many = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let one = value.and_then(Value::as_str);
    let all = one.into_iter().chain(many.iter().filter_map(Value::as_str));
    all.map(|name| name.rsplit(['/', '#', ':']).next().unwrap_or(name))
}

fn type_strength(name: &str) -> i32 {
    match name {
        "LiveBlogPosting" => 10,
        _ if name.ends_with("NewsArticle") => 10,
        "BlogPosting" | "Report" | "SocialMediaPosting" | "DiscussionForumPosting" | "AdvertiserContentArticle" => 8,
        _ if name.ends_with("Article") => 9,
        "WebPage" | "ItemPage" | "AboutPage" | "CreativeWork" | "MediaObject" | "GovernmentService" => 3,
        "VideoObject" | "AudioObject" | "PodcastEpisode" | "Event" | "Review" => 2,
        _ => 0,
    }
}

fn rank(found: &Found, hints: &Hints) -> Option<i32> {
    let strength = strength(found.object);
    if strength == 0 {
        return None;
    }
    let mut rank = strength * 2;
    if let (Some(url), Some(wanted)) = (address(found.object), hints.url) {
        rank += match same_page(&url, wanted) {
            true => 12,
            false => 0,
        };
    }
    if let Some(headline) = text(found.object, "headline").or_else(|| text(found.object, "name")) {
        let best = hints
            .titles
            .iter()
            .map(|title| overlap(&headline, title))
            .fold(0.0, f64::max);
        rank += (best * 8.0) as i32;
    }
    rank += i32::from(found.object.contains_key("datePublished"));
    rank -= if found.listed { 12 } else { 0 };
    (!found.listed || rank > 12).then_some(rank)
}

/// Same host and path, whatever the scheme, query and last slash.
fn same_page(one: &str, other: &str) -> bool {
    let bare = |url: &str| {
        let url = url.split(['?', '#']).next().unwrap_or(url);
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let url = url.strip_prefix("www.").unwrap_or(url);
        url.trim_end_matches('/').to_ascii_lowercase()
    };
    bare(one) == bare(other)
}

fn same(article: &Article, other: &Article) -> bool {
    match (&article.headline, &other.headline) {
        (Some(one), Some(two)) => overlap(one, two) > 0.7,
        _ => true,
    }
}

fn fill(article: &mut Article, other: Article) {
    let or = |one: &mut Option<String>, two: Option<String>| {
        if one.is_none() {
            *one = two;
        }
    };
    or(&mut article.headline, other.headline);
    or(&mut article.publisher, other.publisher);
    or(&mut article.published, other.published);
    or(&mut article.modified, other.modified);
    or(&mut article.body, other.body);
    or(&mut article.language, other.language);
    or(&mut article.url, other.url);
    if article.authors.is_empty() {
        article.authors = other.authors;
    }
    if article.sections.is_empty() {
        article.sections = other.sections;
    }
}

fn read_object(object: &Object, all: &[Found]) -> Article {
    let page = strength(object) < 8;
    Article {
        headline: text(object, "headline").or_else(|| text(object, "name").filter(|_| !page)),
        authors: people(object, all),
        publisher: name_of(object, &["publisher", "sourceOrganization", "provider"], all),
        published: date(object, "datePublished").or_else(|| date(object, "dateCreated")),
        modified: date(object, "dateModified"),
        body: body(object),
        sections: strings(object.get("articleSection")),
        language: text(object, "inLanguage").or_else(|| {
            let language = object.get("inLanguage")?.as_object()?;
            text(language, "alternateName").or_else(|| text(language, "name"))
        }),
        url: address(object),
        ..Article::default()
    }
}

fn body(object: &Object) -> Option<String> {
    let body = text_with_lines(object.get("articleBody").or_else(|| object.get("reviewBody"))?)?;
    Some(body).filter(|body| !body.trim().is_empty())
}

fn text_with_lines(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(super::words::plain_lines(text)),
        Value::Array(values) => {
            let rows: Vec<String> = values.iter().filter_map(text_with_lines).collect();
            (!rows.is_empty()).then(|| rows.join("\n"))
        }
        _ => None,
    }
}

fn text(object: &Object, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.as_str(),
        Value::Array(values) => values.first()?.as_str()?,
        Value::Object(inner) => inner.get("@value")?.as_str()?,
        _ => return None,
    };
    Some(plain(text)).filter(|text| !text.is_empty() && text != "null" && text != "undefined")
}

fn date(object: &Object, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::Number(number) => Some(number.to_string()),
        _ => text(object, key),
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![plain(text)],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).map(plain).collect(),
        _ => Vec::new(),
    }
}

fn address(object: &Object) -> Option<String> {
    let page = |key: &str| match object.get(key)? {
        Value::String(url) => Some(url.clone()),
        Value::Object(inner) => ["@id", "url"]
            .iter()
            .find_map(|key| Some(inner.get(*key)?.as_str()?.to_owned())),
        _ => None,
    };
    ["url", "mainEntityOfPage", "@id"]
        .iter()
        .find_map(|key| page(key).filter(|url| url.contains('/') && !url.starts_with('#')))
}

/// Names of those who wrote it; of organisations only where no person is named.
fn people(object: &Object, all: &[Found]) -> Vec<String> {
    let (mut people, mut bodies) = (Vec::new(), Vec::new());
    for key in ["author", "creator"] {
        if let Some(value) = object.get(key) {
            names(value, all, 0, &mut people, &mut bodies);
        }
        if !people.is_empty() || !bodies.is_empty() {
            break;
        }
    }
    if people.is_empty() { bodies } else { people }
}

fn names(value: &Value, all: &[Found], depth: usize, people: &mut Vec<String>, bodies: &mut Vec<String>) {
    if depth > 4 || people.len() > 30 {
        return;
    }
    match value {
        Value::String(name) => people.push(plain(name)),
        Value::Array(values) => values
            .iter()
            .for_each(|value| names(value, all, depth + 1, people, bodies)),
        Value::Object(inner) => {
            let body = types(inner).any(|name| name.ends_with("Organization") || name == "Corporation");
            let list = if body { bodies } else { people };
            match (inner.get("name"), inner.get("@id").and_then(Value::as_str)) {
                (Some(Value::Array(values)), _) => list.extend(values.iter().filter_map(Value::as_str).map(plain)),
                (Some(Value::String(name)), _) => list.push(plain(name)),
                (_, Some(id)) => list.extend(by_id(id, all).and_then(|object| text(object, "name"))),
                _ => {}
            }
        }
        _ => {}
    }
}

fn by_id<'a>(id: &str, all: &[Found<'a>]) -> Option<&'a Object> {
    let mut named = all
        .iter()
        .filter(|found| found.object.get("@id").and_then(Value::as_str) == Some(id));
    named
        .find(|found| found.object.contains_key("name"))
        .map(|found| found.object)
}

fn name_of(object: &Object, keys: &[&str], all: &[Found]) -> Option<String> {
    keys.iter().find_map(|key| {
        let value = object.get(*key)?;
        let value = value.as_array().and_then(|values| values.first()).unwrap_or(value);
        match value {
            Value::String(name) => Some(plain(name)).filter(|name| !name.is_empty() && !name.contains("://")),
            Value::Object(inner) => {
                text(inner, "name").or_else(|| text(by_id(inner.get("@id")?.as_str()?, all)?, "name"))
            }
            _ => None,
        }
    })
}

/// Names of the web site and of its owner.
fn sites(all: &[Found]) -> Vec<String> {
    let mut sites = Vec::new();
    for found in all {
        let site = types(found.object).any(|name| name == "WebSite" || name.ends_with("Organization"));
        if site && !found.listed && sites.len() < 8 {
            sites.extend(text(found.object, "name"));
            sites.extend(text(found.object, "alternateName"));
        }
    }
    sites
}
