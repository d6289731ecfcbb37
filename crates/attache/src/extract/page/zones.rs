//! What each element is for, as its tag, role and class tell.

use super::names;
use super::tree::{Id, Tree};

/// The purpose of a part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Nothing is known: may be the article.
    Open,
    /// Not seen by readers.
    Hidden,
    /// Menus, heads and feet of the site, crumbs, pages.
    Menu,
    /// Other articles.
    Related,
    /// What readers wrote.
    Comments,
    /// Buttons to share, print, follow.
    Share,
    /// Newsletters, cookies, subscriptions, advertisements.
    Notice,
    /// Beside the text.
    Aside,
    /// Of a picture.
    Caption,
    /// Authors and dates.
    Byline,
    /// About the author.
    Bio,
    /// Tags and topics.
    Tags,
}

/// Share of the page's words above which an element is no furniture, whatever it is called.
const TOO_LARGE: f64 = 0.4;

/// The zones of all nodes: an element's own, else that of what it stands in.
pub(super) struct Zones {
    zones: Vec<Zone>,
}

impl Zones {
    pub fn of(tree: &Tree) -> Self {
        let (prose, chars, linked) = sums(tree);
        let all = *prose.last().unwrap_or(&0) as f64;
        let mut zones = vec![Zone::Open; tree.nodes.len()];
        for id in 1..tree.nodes.len() {
            let node = &tree.nodes[id];
            let outer = zones[node.parent];
            zones[id] = outer;
            if outer != Zone::Open && outer != Zone::Aside || node.is_text() {
                continue;
            }
            if let Some(zone) = zone(tree, id, chars[node.end] - chars[id]) {
                let share = f64::from(prose[node.end] - prose[id]) / all.max(1.0);
                let inner = outer == Zone::Open || zone != Zone::Aside;
                let (words, links) = (chars[node.end] - chars[id], linked[node.end] - linked[id]);
                let named = !matches!(node.name, "nav" | "footer" | "menu" | "aside") && node.get("role").is_empty();
                let small = match zone {
                    Zone::Hidden => share < 0.7,
                    // Readers often write more than the article has.
                    Zone::Comments => share < 0.9 && !tree.inside(id).any(|id| tree.nodes[id].name == "h1"),
                    _ => share < TOO_LARGE,
                };
                if small && inner && !(named && contradicts(zone, words, links)) {
                    zones[id] = zone;
                }
            }
        }
        Self { zones }
    }

    pub fn at(&self, id: Id) -> Zone {
        self.zones[id]
    }
}

/// Whether the words inside belie the class: lists of articles and of tags are made of links; notices and menus are short, or have some.
fn contradicts(zone: Zone, words: u32, links: u32) -> bool {
    match zone {
        Zone::Related | Zone::Tags => links * 4 < words,
        Zone::Share => words > 150 && links == 0,
        Zone::Notice | Zone::Menu | Zone::Aside => words > 600 && links * 20 < words,
        _ => false,
    }
}

/// Bytes before each node, and in all at the end: of running text (pieces of some length outside links), of all text, of links.
fn sums(tree: &Tree) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let mut sums = (vec![0], vec![0], vec![0]);
    let (mut prose, mut chars, mut linked, mut link) = (0u32, 0u32, 0u32, 0);
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.name == "a" {
            link = link.max(node.end);
        }
        if node.is_text() && !names::is_raw(tree.nodes[node.parent].name) {
            let length = u32::try_from(node.text.trim().len()).unwrap_or(u32::MAX);
            chars = chars.saturating_add(length);
            if id < link {
                linked = linked.saturating_add(length);
            } else if length >= 40 {
                prose = prose.saturating_add(length);
            }
        }
        sums.0.push(prose);
        sums.1.push(chars);
        sums.2.push(linked);
    }
    sums
}

fn zone(tree: &Tree, id: Id, chars: u32) -> Option<Zone> {
    let node = &tree.nodes[id];
    if is_hidden(tree, id, chars) {
        return Some(Zone::Hidden);
    }
    by_tag(node.name).or_else(|| by_role(node.get("role"))).or_else(|| {
        by_class(
            node.name,
            &words(node.get("class"), node.get("id"), node.get("data-component")),
        )
    })
}

fn is_hidden(tree: &Tree, id: Id, chars: u32) -> bool {
    let node = &tree.nodes[id];
    let style = node.get("style");
    let bare = |wanted: &str| {
        style
            .split(';')
            .any(|rule| rule.split_whitespace().collect::<String>().eq_ignore_ascii_case(wanted))
    };
    matches!(
        node.name,
        "template"
            | "dialog"
            | "select"
            | "option"
            | "svg"
            | "math"
            | "object"
            | "datalist"
            | "canvas"
            | "audio"
            | "video"
            | "head"
            | "button"
            | "input"
            | "map"
    ) || node.has("hidden")
        || (!style.is_empty() && (bare("display:none") || bare("visibility:hidden")))
        // Hidden from readers by ear alone; icons and doubles of labels are.
        || (node.get("aria-hidden") == "true" && chars < 60)
        || is_hidden_class(node.get("class"))
}

/// "hidden md:block" is seen on wide screens.
fn is_hidden_class(class: &str) -> bool {
    let hidden = [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "hidden",
        "noprint",
        "no-print",
    ];
    !class.contains(':') && class.split_whitespace().any(|class| hidden.contains(&class))
}

fn by_tag(name: &str) -> Option<Zone> {
    match name {
        "nav" | "footer" | "menu" => Some(Zone::Menu),
        "aside" => Some(Zone::Aside),
        "figcaption" => Some(Zone::Caption),
        _ => None,
    }
}

fn by_role(role: &str) -> Option<Zone> {
    match role {
        "navigation" | "contentinfo" | "banner" | "search" | "menu" | "menubar" | "toolbar" | "tablist" => {
            Some(Zone::Menu)
        }
        "complementary" => Some(Zone::Aside),
        "dialog" | "alertdialog" | "alert" => Some(Zone::Notice),
        _ => None,
    }
}

/// The words of class and id: "relatedArticles-list" is "related", "articles", "list".
fn words(class: &str, id: &str, component: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for name in [class, id, component] {
        let mut word = String::new();
        let mut small = false;
        for c in name.chars().take(400).chain(std::iter::once(' ')) {
            if (!c.is_alphanumeric() || (small && c.is_uppercase())) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
            small = c.is_lowercase();
        }
        words.push("|".to_owned());
    }
    words
}

fn by_class(name: &str, words: &[String]) -> Option<Zone> {
    if words.len() <= 3 || matches!(name, "html" | "body" | "main" | "article") {
        return None;
    }
    // "has-sidebar", "no-comments", "with-nav" speak of what is elsewhere.
    let said = |wanted: &[&str]| {
        words.iter().enumerate().any(|(at, word)| {
            wanted.contains(&word.as_str())
                && !at.checked_sub(1).is_some_and(|before| {
                    matches!(
                        words[before].as_str(),
                        "has" | "no" | "with" | "is" | "without" | "hide" | "show"
                    )
                })
        })
    };
    let both = |one: &str, two: &str| words.windows(2).any(|pair| pair[0] == one && pair[1] == two);
    if said(&[
        "comment",
        "comments",
        "commentlist",
        "disqus",
        "respond",
        "fbcomments",
        "commentaires",
        "kommentare",
    ]) {
        return Some(Zone::Comments);
    }
    let related = [
        "related",
        "recommended",
        "recommendation",
        "recommendations",
        "recirc",
        "recirculation",
        "outbrain",
        "taboola",
        "trending",
        "popular",
        "mostread",
        "mostpopular",
        "readmore",
        "seealso",
        "morestories",
        "relatedposts",
        "jp-relatedposts",
        "yarpp",
        "upnext",
        "promo",
        "promos",
        "teaser",
        "teasers",
        "onward",
        "suggested",
        "similar",
        "relacionadas",
        "relacionados",
        "zergnet",
        "revcontent",
        "mgid",
    ];
    let pairs = [
        ("most", "read"),
        ("most", "popular"),
        ("most", "viewed"),
        ("read", "more"),
        ("see", "also"),
        ("more", "stories"),
        ("more", "news"),
        ("more", "from"),
        ("more", "on"),
        ("next", "article"),
        ("next", "post"),
        ("up", "next"),
        ("also", "read"),
        ("read", "next"),
        ("latest", "news"),
        ("latest", "stories"),
        ("top", "stories"),
        ("other", "news"),
        ("recent", "posts"),
        ("you", "may"),
        ("editors", "picks"),
        ("further", "reading"),
    ];
    if said(&related) || pairs.iter().any(|(one, two)| both(one, two)) {
        return Some(Zone::Related);
    }
    if said(&[
        "share",
        "sharing",
        "social",
        "sharebar",
        "sharedaddy",
        "addthis",
        "addtoany",
        "sociable",
        "socials",
        "shares",
        "socialmedia",
        "followus",
        "sharetools",
    ]) || both("follow", "us")
    {
        return Some(Zone::Share);
    }
    let notices = [
        "newsletter",
        "newsletters",
        "subscribe",
        "subscription",
        "signup",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "onetrust",
        "paywall",
        "donate",
        "donation",
        "donations",
        "advert",
        "advertisement",
        "advertising",
        "adslot",
        "adsbygoogle",
        "ads",
        "ad",
        "sponsored",
        "dfp",
        "promotion",
        "popup",
        "modal",
        "mailchimp",
        "regwall",
        "notification",
        "disclaimer",
        "adunit",
        "advertisment",
        "adbox",
        "adwrapper",
        "appeal",
        "membership",
        "overlay",
    ];
    if said(&notices) {
        return Some(Zone::Notice);
    }
    let menus = [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "crumbs",
        "pagination",
        "pager",
        "toolbar",
        "topbar",
        "masthead",
        "footer",
        "skiplink",
        "sitemap",
        "copyright",
        "toplinks",
        "navi",
        "submenu",
        "mainmenu",
        "postnav",
        "search",
        "searchform",
        "languages",
        "skip",
    ];
    if said(&menus) {
        return Some(Zone::Menu);
    }
    if said(&[
        "caption",
        "figcaption",
        "credit",
        "credits",
        "photocredit",
        "piccaption",
        "captiontext",
        "imgcaption",
        "photocaption",
        "imagecaption",
    ]) || both("image", "credit")
    {
        return Some(Zone::Caption);
    }
    let bios = [
        ("author", "bio"),
        ("about", "author"),
        ("author", "box"),
        ("author", "info"),
        ("author", "description"),
        ("author", "card"),
        ("about", "the"),
        ("author", "profile"),
    ];
    if said(&["bio", "authorbox", "authorbio", "biography", "aboutauthor"])
        || bios.iter().any(|(one, two)| both(one, two))
    {
        return Some(Zone::Bio);
    }
    if said(&[
        "byline",
        "bylines",
        "dateline",
        "timestamp",
        "postmeta",
        "byl",
        "pubdate",
    ]) || both("post", "meta")
        || both("entry", "meta")
        || both("article", "meta")
        || both("post", "date")
    {
        return Some(Zone::Byline);
    }
    if said(&["tags", "taglist", "tagcloud", "topics", "keywords"])
        || both("tag", "list")
        || both("post", "tags")
        || both("cat", "links")
    {
        return Some(Zone::Tags);
    }
    said(&["sidebar", "rail", "aside", "secondary"]).then_some(Zone::Aside)
}
