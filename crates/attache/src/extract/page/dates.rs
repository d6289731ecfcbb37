//! When the article was issued and last changed.

use jiff::civil::Date;

use super::head::Head;
use super::lines::Line;
use super::linked::Article;
use super::stamp::{self, Order, Stamp};
use super::tree::{Id, Tree};
use crate::date::DateRange;

/// Where dates are looked for.
pub(super) struct Sources<'a> {
    pub tree: &'a Tree,
    pub head: &'a Head,
    pub linked: &'a Article,
    /// Lines outside of menus, lists of articles, comments and footers.
    pub lines: &'a [Line],
    /// Which of `lines` is the headline.
    pub title: Option<usize>,
    /// The first and last of `lines` that are the article's text.
    pub body: Option<(usize, usize)>,
    pub skip: &'a dyn Fn(Id) -> bool,
    pub url: Option<&'a str>,
    /// Nothing was issued after this day.
    pub retrieved: Option<Date>,
    pub order: Order,
}

/// What the page says, both to the day.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dates {
    pub published: Option<Date>,
    pub updated: Option<Date>,
}

/// Names of `<meta>` for the day of issue, surest first.
const ISSUED: [&str; 44] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "publicationdate",
    "published_date",
    "published-date",
    "published",
    "pubdate",
    "pub_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "originalpublicationdate",
    "article_date_original",
    "rnews:datepublished",
    "prism.publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dc.date",
    "date",
    "displaydate",
    "display_date",
    "bt:pubdate",
    "ptime",
    "vr:published_time",
    "release_date",
    "date_published",
    "creation_date",
    "created",
    "datecreated",
];

const CHANGED: [&str; 14] = [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "article:updated",
    "article_date_updated",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified",
    "updated",
    "cxenseparse:lastmodified",
];

/// Words of classes that mark a day of issue, and of change.
const ISSUE_MARKS: [&str; 14] = [
    "publish",
    "posted",
    "pubdate",
    "dateline",
    "entry-date",
    "post-date",
    "article-date",
    "article__date",
    "story-date",
    "news-date",
    "date",
    "timestamp",
    "datum",
    "time",
];
const CHANGE_MARKS: [&str; 5] = ["updat", "modif", "lastmod", "revis", "edited"];

impl Sources<'_> {
    /// Structured data first, then the address, then what the page shows.
    pub fn dates(&self) -> Dates {
        let mut changed = None;
        let shown = self.shown(&mut changed);
        let address = self.address();
        let told = self.told();
        let published = self
            .agreed(&told, address, shown)
            .or(address)
            .or(shown)
            .map(|stamp| stamp.day);
        let updated = self.changed().or(changed).map(|stamp| stamp.day);
        Dates {
            published: published.or(updated),
            updated: updated.filter(|updated| {
                published
                    .is_none_or(|published| *updated > published || (*updated == published && self.changed_later()))
            }),
        }
    }

    /// Whether the page tells an hour of change that is not that of issue: systems fill in both.
    fn changed_later(&self) -> bool {
        let issued = self.linked.published.clone().or_else(|| self.head.get(&ISSUED));
        let changed = self.linked.modified.clone().or_else(|| self.head.get(&CHANGED));
        match (issued, changed) {
            (Some(issued), Some(changed)) => issued != changed,
            (_, changed) => changed.is_none(),
        }
    }

    /// The first of the structured dates, unless address and page agree on another.
    fn agreed(&self, told: &[Stamp], address: Option<Stamp>, shown: Option<Stamp>) -> Option<Stamp> {
        let first = *told.first()?;
        let close = |one: Stamp, other: Stamp| one.day.since(other.day).is_ok_and(|span| span.get_days().abs() <= 1);
        let others: Vec<Stamp> = told[1..].iter().copied().chain(address).chain(shown).collect();
        // The hour of universal time may fall on another day than that of the place, which the page shows.
        if first.universal
            && let Some(local) = others
                .iter()
                .find(|other| !other.universal && !other.ambiguous && close(**other, first))
        {
            return Some(*local);
        }
        if let (Some(address), Some(shown)) = (address, shown)
            && close(address, shown)
            && !close(address, first)
        {
            return Some(address);
        }
        Some(first)
    }

    fn stamp(&self, text: &str) -> Option<Stamp> {
        self.possible(stamp::parse(text, self.order)?)
    }

    /// Not after the retrieval; where only the hour of universal time makes it so, the day before.
    fn possible(&self, stamp: Stamp) -> Option<Stamp> {
        match self.retrieved {
            Some(retrieved) if stamp.day > retrieved => None,
            _ => Some(stamp),
        }
    }

    /// JSON-LD, meta, microdata.
    fn told(&self) -> Vec<Stamp> {
        let linked = self.linked.published.as_deref().and_then(|text| self.stamp(text));
        let sure = linked.filter(|_| self.linked.is_article);
        let meta = self.head.all(&ISSUED).filter_map(|text| self.stamp(&text));
        let items = self.items("datePublished").into_iter().chain(self.items("dateCreated"));
        let weak = linked.filter(|_| !self.linked.is_article);
        sure.into_iter().chain(meta).chain(items).chain(weak).take(40).collect()
    }

    fn changed(&self) -> Option<Stamp> {
        let linked = self.linked.modified.as_deref().and_then(|text| self.stamp(text));
        linked
            .or_else(|| self.head.all(&CHANGED).find_map(|text| self.stamp(&text)))
            .or_else(|| self.items("dateModified").first().copied())
    }

    /// Microdata outside of lists of other articles.
    fn items(&self, property: &str) -> Vec<Stamp> {
        let mut stamps = Vec::new();
        self.seen(|id| {
            let node = &self.tree.nodes[id];
            if node.get("itemprop").split_whitespace().any(|name| name == property) {
                stamps.extend(self.element(id));
            }
        });
        stamps.truncate(5);
        stamps
    }

    fn element(&self, id: Id) -> Option<Stamp> {
        let node = &self.tree.nodes[id];
        ["datetime", "content", "title"]
            .iter()
            .find_map(|attribute| self.stamp(node.get(attribute)))
            .or_else(|| {
                Some(self.tree.words(id))
                    .filter(|words| words.len() <= 80)
                    .and_then(|words| self.stamp(&words))
            })
    }

    /// Every element that is not skipped.
    fn seen(&self, mut visit: impl FnMut(Id)) {
        let mut id = 1;
        while id < self.tree.nodes.len() {
            let node = &self.tree.nodes[id];
            if (self.skip)(id) && node.name != "meta" {
                id = node.end;
                continue;
            }
            if !node.is_text() {
                visit(id);
            }
            id += 1;
        }
    }

    /// "/2024/05/09/", "/2024-05-09-", "/20240509/".
    fn address(&self) -> Option<Stamp> {
        let url = self.url?;
        let path = url
            .split(['?', '#'])
            .next()?
            .split_once("://")
            .map_or(url, |(_, rest)| rest);
        let bytes = path.as_bytes();
        let at = (0..path.len()).find_map(|at| {
            let edge = at > 0 && matches!(bytes[at - 1], b'/' | b'-' | b'_' | b'.');
            if !edge || !(path[at..].starts_with("19") || path[at..].starts_with("20")) {
                return None;
            }
            let piece = path
                .get(at..path.len().min(at + 10))
                .or_else(|| path.get(at..path.len().min(at + 8)))?;
            let stamp = self.stamp(&piece.replace('_', "-"))?;
            (1900..=2200).contains(&stamp.day.year()).then_some(stamp)
        });
        at.or_else(|| self.named_month(path))
    }

    /// "/2024/may/09/".
    fn named_month(&self, path: &str) -> Option<Stamp> {
        let parts: Vec<&str> = path.split('/').collect();
        parts.windows(3).find_map(|three| {
            let fits = three[0].len() == 4 && three[1].len() >= 3 && three[1].len() <= 9 && three[2].len() <= 2;
            let [year, month, day] = three else {
                return None;
            };
            fits.then(|| self.stamp(&format!("{day} {month} {year}"))).flatten()
        })
    }

    /// What a reader sees: in marked elements and in lines close to the headline.
    fn shown(&self, changed: &mut Option<Stamp>) -> Option<Stamp> {
        let marked = self.marked(changed);
        let near = self.near_title(changed);
        near.or(marked).or_else(|| self.after_body(changed))
    }

    /// `<time>` and elements whose class speaks of dates, above the text or right below.
    fn marked(&self, changed: &mut Option<Stamp>) -> Option<Stamp> {
        let mut found: Option<Stamp> = None;
        let end = self
            .body
            .and_then(|(_, last)| self.lines[last].pieces.last().copied())
            .unwrap_or(usize::MAX);
        self.seen(|id| {
            let node = &self.tree.nodes[id];
            if found.is_some() && changed.is_some() || id > end.saturating_add(60) {
                return;
            }
            let marks = format!("{} {}", node.get("class"), node.get("id")).to_ascii_lowercase();
            let time = node.name == "time" || (node.name == "abbr" && !node.get("title").is_empty());
            if !time && !ISSUE_MARKS.iter().chain(&CHANGE_MARKS).any(|mark| marks.contains(mark)) {
                return;
            }
            let words = self.tree.words(id);
            if words.len() > 120 || is_copyright(&words) {
                return;
            }
            let Some(stamp) = self.element(id) else {
                return;
            };
            let words = words.to_lowercase();
            let change = CHANGE_MARKS
                .iter()
                .any(|mark| marks.contains(mark) || words.starts_with(mark))
                || words.starts_with("last ");
            match change {
                true => *changed = changed.or(Some(stamp)),
                false => found = found.or(Some(stamp)),
            }
        });
        found
    }

    fn near_title(&self, changed: &mut Option<Stamp>) -> Option<Stamp> {
        let first = self.body.map_or(self.lines.len(), |(first, _)| first);
        let title = self.title.unwrap_or(0).min(first);
        let below = (title + 1..first.min(title + 16)).filter_map(|at| self.line(at, changed));
        let found: Vec<Stamp> = below.collect();
        if let Some(stamp) = found.first() {
            return Some(*stamp);
        }
        (title.saturating_sub(4)..title)
            .rev()
            .find_map(|at| self.line(at, changed))
    }

    fn after_body(&self, changed: &mut Option<Stamp>) -> Option<Stamp> {
        let (_, last) = self.body?;
        (last + 1..self.lines.len().min(last + 8)).find_map(|at| {
            let words = self.lines[at].text.to_lowercase();
            let labelled = [
                "published",
                "posted",
                "updated",
                "date",
                "issued",
                "released",
                "created",
                "modified",
            ]
            .iter()
            .any(|label| words.contains(label));
            let bare = words.split_whitespace().count() <= 6;
            (labelled || bare).then(|| self.line(at, changed)).flatten()
        })
    }

    /// The day of issue in a short line; one of change goes to `changed`.
    fn line(&self, at: usize, changed: &mut Option<Stamp>) -> Option<Stamp> {
        let words = &self.lines[at].text;
        if words.len() > 240 || words.split_whitespace().count() > 28 || is_copyright(words) {
            return None;
        }
        let mut issued = None;
        let mut rest = words.as_str();
        // "Published May 9, 2024 | Updated May 10, 2024": a date belongs to the label before it.
        while !rest.is_empty() {
            let cut = [
                "|", "•", "·", "\n", "Updated", "updated", "UPDATED", "Last ", "Modified", "modified",
            ]
            .iter()
            .filter_map(|sign| rest[1.min(rest.floor_char_boundary(1))..].find(sign).map(|at| at + 1))
            .min()
            .filter(|at| rest.is_char_boundary(*at))
            .unwrap_or(rest.len());
            let (piece, after) = rest.split_at(cut);
            let lower = piece.to_lowercase();
            let change = CHANGE_MARKS.iter().any(|mark| lower.contains(mark)) || lower.starts_with("last ");
            match (self.stamp(piece), change) {
                (Some(stamp), true) => *changed = changed.or(Some(stamp)),
                (stamp, _) => issued = issued.or(stamp),
            }
            rest = after;
        }
        issued
    }
}

fn is_copyright(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.contains('©') || lower.contains("copyright") || lower.contains("(c)") || lower.contains("all rights reserved")
}

/// As documents keep it.
pub(super) fn range(day: Option<Date>) -> Option<DateRange> {
    day.map(DateRange::day)
}

/// How this page writes days and months in numbers.
pub(super) fn order(language: Option<&str>, host: Option<&str>) -> Order {
    let language = language.unwrap_or("").to_ascii_lowercase().replace('_', "-");
    let (code, region) = language.split_once('-').unwrap_or((&language, ""));
    let top = host.and_then(|host| host.rsplit('.').next()).unwrap_or("");
    let american = match (code, region) {
        ("en", "us") => !matches!(top, "uk" | "au" | "in" | "ie" | "nz" | "za" | "pk" | "ng" | "ke"),
        ("en" | "", "") => matches!(top, "com" | "org" | "net" | "us" | "gov" | "edu" | "mil" | "info" | ""),
        _ => false,
    };
    if american { Order::MonthFirst } else { Order::DayFirst }
}
