//! Words by which page furniture gives itself away. General to English news pages, fitted to none.

use super::shape::{Shape, key};

/// What the words of a unit alone say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A menu entry, a button, a notice.
    Furniture,
    /// Head of a list of other articles.
    List,
    /// Head of comments or of what the issuer says of itself: nothing after it is the article.
    Tail,
    /// "With reporting by …", "ENDS": the article is over.
    End,
    /// Author or agency.
    Byline,
    /// Of a picture.
    Caption,
}

/// Entries and buttons that stand alone on a line.
const LABELS: &[&str] = &[
    "left menu",
    "menu",
    "main menu",
    "navigation",
    "main navigation",
    "view settings",
    "settings",
    "font size",
    "site colours",
    "site colors",
    "colour scheme",
    "accessibility links",
    "accessibility",
    "skip to content",
    "skip to main content",
    "skip navigation",
    "search",
    "home",
    "home page",
    "news",
    "world",
    "politics",
    "business",
    "sport",
    "sports",
    "opinion",
    "opinions",
    "culture",
    "economy",
    "video",
    "videos",
    "photos",
    "gallery",
    "podcasts",
    "share",
    "share this",
    "share this article",
    "share this page",
    "share article",
    "print",
    "print this page",
    "email",
    "e-mail",
    "tweet",
    "facebook",
    "twitter",
    "x",
    "whatsapp",
    "telegram",
    "linkedin",
    "instagram",
    "youtube",
    "reddit",
    "copy link",
    "link copied",
    "save",
    "save article",
    "bookmark",
    "listen",
    "listen to this article",
    "follow us",
    "follow",
    "connect us on",
    "connect with us",
    "connect",
    "subscribe",
    "subscribe now",
    "sign in",
    "sign up",
    "sign out",
    "log in",
    "login",
    "log out",
    "register",
    "my account",
    "advertisement",
    "advertisements",
    "ad",
    "ads",
    "sponsored",
    "breaking news",
    "breaking",
    "live",
    "give feedback",
    "feedback",
    "contact",
    "contact us",
    "contacts",
    "about us",
    "terms of use",
    "terms of service",
    "terms and conditions",
    "privacy policy",
    "privacy",
    "cookie policy",
    "cookies",
    "disclaimer",
    "site map",
    "sitemap",
    "careers",
    "back to top",
    "top",
    "next",
    "previous",
    "next article",
    "previous article",
    "load more",
    "show more",
    "view all",
    "see all",
    "view more",
    "more",
    "close",
    "accept",
    "accept all",
    "accept all cookies",
    "accept cookies",
    "reject all",
    "manage preferences",
    "cookie settings",
    "manage cookies",
    "newsletter",
    "newsletters",
    "download app",
    "get the app",
    "rss",
    "tags",
    "topics",
    "categories",
    "archive",
    "archives",
    "language",
    "languages",
    "getty images",
    "sectors",
    "editions",
    "other links",
    "other products",
    "reply",
    "quote",
    "report",
    "report post",
    "like",
    "likes",
    "view in browser",
    "unsubscribe",
    "weather",
    "help",
    "faq",
    "all rights reserved",
    "loading",
    "play",
    "pause",
    "mute",
    "full screen",
    "embed",
    "text size",
    "a a a",
    "expand",
    "collapse",
    "open menu",
    "close menu",
    "toggle navigation",
    "donate",
    "support us",
    "join us",
    "go",
    "submit",
    "ok",
    "i agree",
    "got it",
    "learn more",
    "find out more",
    "link",
    "permalink",
    "country",
    "media",
    "press",
    "multimedia",
    "documents",
    "events",
    "transcript",
    "transcripts",
    "structure",
    "biography",
    "version for the visually impaired",
    "begin forwarded message",
    "forwarded message",
    "original message",
    "image source",
    "image caption",
    "comment",
    "reading time",
    "external links",
];

/// Heads of lists of other articles.
const LISTS: &[&str] = &[
    "trending",
    "trending now",
    "trending stories",
    "most read",
    "most popular",
    "most viewed",
    "most shared",
    "popular",
    "popular stories",
    "popular now",
    "related",
    "related articles",
    "related stories",
    "related news",
    "related content",
    "related topics",
    "related posts",
    "related links",
    "related coverage",
    "read more",
    "read next",
    "read also",
    "also read",
    "see also",
    "more on this story",
    "more on this topic",
    "more on this",
    "more stories",
    "more news",
    "latest news",
    "latest",
    "latest stories",
    "latest headlines",
    "latest updates",
    "latest posts",
    "recent posts",
    "recent articles",
    "recent news",
    "top stories",
    "top news",
    "top headlines",
    "headlines",
    "other news",
    "other stories",
    "editor's picks",
    "editors' picks",
    "editor's choice",
    "recommended",
    "recommended for you",
    "recommended stories",
    "you may also like",
    "you might also like",
    "you may like",
    "don't miss",
    "must read",
    "must reads",
    "in this section",
    "in other news",
    "around the web",
    "from the web",
    "from our partners",
    "sponsored content",
    "promoted content",
    "promoted stories",
    "popular tags",
    "further reading",
    "what others are reading",
    "in pictures",
    "elsewhere",
    "elsewhere on the site",
    "up next",
    "what to read next",
    "more headlines",
    "news in brief",
    "features",
    "analysis",
    "blogs",
    "in case you missed it",
    "keep reading",
    "opinion / blog / interview",
    "hot topics",
    "just in",
];

/// Heads of what comes after an article.
const TAILS: &[&str] = &[
    "comments",
    "leave a comment",
    "leave a reply",
    "join the conversation",
    "add a comment",
    "post a comment",
    "reader comments",
    "readers' comments",
    "have your say",
    "about the author",
    "about the authors",
    "about the writer",
    "media contact",
    "media contacts",
    "press contact",
    "press contacts",
    "contact information",
    "media inquiries",
    "media enquiries",
    "press inquiries",
    "press enquiries",
    "for media inquiries",
    "about this site",
];

/// What begins a line of furniture.
const STARTS: &[&str] = &[
    "share on ",
    "share via ",
    "share this ",
    "follow us",
    "sign up for",
    "sign up to",
    "subscribe to",
    "log in to",
    "sign in to",
    "read more:",
    "also read:",
    "read also:",
    "see also:",
    "read:",
    "more:",
    "watch:",
    "watch now",
    "listen:",
    "related:",
    "don't miss:",
    "click here",
    "tags:",
    "topics:",
    "tag:",
    "category:",
    "categories:",
    "filed under",
    "posted in",
    "phone:",
    "tel:",
    "tel.",
    "telephone:",
    "fax:",
    "fax ",
    "email:",
    "e-mail:",
    "mail:",
    "http://",
    "https://",
    "www.",
    "©",
    "copyright ",
    "(c) 2",
    "(c) 1",
    "country:",
    "region:",
    "keywords:",
    "font size",
    "home >",
    "home /",
    "home »",
    "home ›",
    "you are here",
    "skip to ",
    "print this",
    "reading time",
    "last seen",
    "joined:",
    "posts:",
    "location:",
    "last edited",
    "sent from my",
    "cc:",
    "bcc:",
    "sent:",
    "reply-to:",
    "to:",
    "message-id:",
    "mime-version:",
    "content-type:",
    "view this email",
    "view in your",
    "you are receiving this",
    "you received this",
    "update your preferences",
    "address:",
    "website:",
    "url:",
    "permalink:",
    "short link",
    "views:",
    "download ",
    "scroll down",
    "tap here",
    "swipe ",
    "enable ",
    "like us on",
    "find us on",
    "join us on",
    "connect us",
    "give feedback",
    "registration number",
    "isbn",
    "issn",
    "editor-in-chief",
    "all materials on",
    "site map",
    "16x9",
];

/// What a line of furniture has somewhere in it.
const INSIDE: &[&str] = &[
    " min read",
    "minute read",
    "all rights reserved",
    "privacy policy",
    "terms of use",
    "terms of service",
    "cookie policy",
    "©",
    " | contact",
    "click to ",
    "unsubscribe",
    "powered by",
    "skip to main",
    "(opens in new",
    "opens in a new",
    "16x9 image",
    "advertisement",
    " views",
    " shares",
    "copyright 20",
];

/// Notices in whole sentences need one of these and one of [`YOURS`].
const NOTICES: &[&str] = &[
    "cookies",
    "newsletter",
    "subscribe",
    "subscription",
    "sign up",
    "sign in",
    "log in",
    "your inbox",
    "javascript",
    "your browser",
    "ad blocker",
    "adblock",
    "our app",
    "support our",
    "become a member",
    "donation",
    "donate",
    "your comment",
    "our journalism",
    "our reporting",
    "follow us",
    "click",
    "privacy",
    "terms of",
    "our partners",
    "personal data",
    "email address",
    "e-mail address",
    "reading list",
    "free articles",
    "register",
    "share your",
    "your support",
    "your consent",
    "this site",
    "this website",
    "this email",
    "our website",
    "our site",
    "audience",
    "contact us",
    "for more information",
];

/// Words that speak to the reader or of the outlet itself.
const YOURS: &[&str] = &[
    "you",
    "your",
    "us",
    "our",
    "we",
    "please",
    "click",
    "subscribe",
    "sign",
    "contact",
    "visit",
];

/// What an outlet says of itself, at the foot of its pages; two are needed.
const SELVES: &[&str] = &[
    "journalists",
    "reporters",
    "newsroom",
    "broadcaster",
    "news agency",
    "news outlet",
    "news organisation",
    "news organization",
    "nonprofit",
    "non-profit",
    "languages",
    "independent",
    "free press",
    "our mission",
    "we provide",
    "we publish",
    "we bring",
    "audiences",
    "readers",
    "founded in",
    "established in",
    "uncensored",
    "coverage",
    "headquartered",
    "is the official",
    "is a leading",
    "is responsible for",
    "its mission",
];

/// What ends an article.
const ENDS: &[&str] = &[
    "with reporting by",
    "with reporting from",
    "with inputs from",
    "(with inputs",
    "with input from",
    "reporting by",
    "(reporting by",
    "additional reporting",
    "(additional reporting",
    "writing by",
    "editing by",
    "compiled by",
    "this story was",
    "this story has been",
    "this article was originally",
    "this article was first",
    "this article first",
    "originally published",
    "translated by",
    "translation by",
    "based on reporting",
    "with agency reports",
    "with agencies",
    "agencies contributed",
    "-- with assistance",
    "--with assistance",
    "with assistance from",
    "the associated press contributed",
];

/// Roles of those who write.
const WRITERS: &[&str] = &[
    "correspondent",
    "news desk",
    "web desk",
    "staff writer",
    "staff reporter",
    "our reporter",
    "foreign editor",
    "diplomatic editor",
    "news agency",
    "online desk",
    "bureau chief",
    "world desk",
    "columnist",
    "political editor",
    "special to the",
    "staff and agencies",
    "own correspondent",
    "editorial staff",
];

/// What the words say; `None` where they could be anything.
pub(super) fn cue(words: &str, shape: &Shape) -> Option<Cue> {
    if shape.letters == 0 {
        return Some(Cue::Furniture);
    }
    let key = key(words);
    let short = shape.words <= 14;
    if is_end(words, &key, shape) {
        return Some(Cue::End);
    }
    if LISTS.contains(&key.as_str()) || (shape.words <= 5 && !shape.stop && is_list_head(&key)) {
        return Some(Cue::List);
    }
    if TAILS.contains(&key.as_str()) || is_tail_head(&key, shape) {
        return Some(Cue::Tail);
    }
    if is_caption(words, &key, shape) {
        return Some(Cue::Caption);
    }
    if (short && is_furniture(words, &key, shape)) || is_notice(&key, shape) || is_address(words) {
        return Some(Cue::Furniture);
    }
    (short && is_byline(words, &key, shape)).then_some(Cue::Byline)
}

fn is_end(words: &str, key: &str, shape: &Shape) -> bool {
    let marks = matches!(
        words,
        "ENDS" | "(ENDS)" | "-ENDS-" | "Ends" | "-30-" | "###" | "# # #" | "(END)" | "END"
    );
    let lower = words
        .trim_start_matches(['*', '_', ' '])
        .get(..40.min(words.len()))
        .map(str::to_lowercase)
        .unwrap_or_default();
    marks || (shape.words <= 45 && ENDS.iter().any(|end| lower.starts_with(end) || key.starts_with(end)))
}

fn is_list_head(key: &str) -> bool {
    [
        "more from ",
        "more on ",
        "more in ",
        "latest from ",
        "latest in ",
        "most read in",
        "also in ",
        "related to ",
        "top stories in ",
    ]
    .iter()
    .any(|start| key.starts_with(start))
}

fn is_tail_head(key: &str, shape: &Shape) -> bool {
    if shape.words > 7 || shape.stop {
        return false;
    }
    let counted = key.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let comments = (counted == "comments" && counted.len() < key.len()) || key.starts_with("comments (");
    let issuer = [
        "ministry",
        "department",
        "organisation",
        "organization",
        "company",
        "agency",
        "foundation",
        "council",
        "commission",
        "institute",
        "secretariat",
        "fund",
        "bank",
        "centre",
        "center",
        "union",
        "association",
        "office",
        "embassy",
        "mission",
        "programme",
        "committee",
        "newspaper",
        "group",
    ];
    let about = key
        .strip_prefix("about ")
        .is_some_and(|rest| issuer.iter().any(|word| rest.contains(word)));
    comments || about
}

fn is_caption(words: &str, key: &str, shape: &Shape) -> bool {
    let starts = [
        "photo:",
        "photo by",
        "photo ",
        "photograph:",
        "image caption",
        "image source",
        "image:",
        "picture:",
        "pictured:",
        "file photo",
        "caption:",
        "image credit",
        "photo credit",
    ];
    let inside = [
        "(file photo",
        "file photo)",
        "(file picture",
        "(archive photo",
        "(photo:",
        "(photo by",
        "[photo",
        "(image:",
        "(picture:",
        "ap photo",
        "/afp",
        "/reuters",
        "/getty",
        "afp/",
        "reuters/",
        "via getty",
        "getty images",
        "/ap)",
        "handout photo",
        "photo/",
        "photo courtesy",
        "courtesy of",
        "credit:",
        "file image",
        "in this file",
    ];
    let named = shape.words <= 40 && key.starts_with("image caption");
    let label = shape.words <= 40
        && starts.iter().any(|start| key.starts_with(start))
        && (words.contains(':') || shape.words <= 8 || key.starts_with("photo by"));
    named || label || (shape.words <= 45 && inside.iter().any(|cue| key.contains(cue)))
}

fn is_furniture(words: &str, key: &str, shape: &Shape) -> bool {
    if LABELS.contains(&key) || (shape.numeric() && shape.letters <= 6) {
        return true;
    }
    let lower = words.to_lowercase();
    let start = STARTS.iter().any(|start| lower.starts_with(start)) && (!shape.strong() || lower.starts_with('©'));
    let inside = !shape.strong() && INSIDE.iter().any(|cue| lower.contains(cue));
    let crumbs = !shape.stop
        && [" > ", " » ", " › ", " / ", " → "]
            .iter()
            .any(|sign| words.contains(sign))
        && crumbs(words);
    let trailing =
        shape.words <= 3 && matches!(words.chars().next_back(), Some('/' | '>' | '»' | '›' | '+' | '▼' | '→'));
    let tags = words.split_whitespace().all(|word| word.starts_with('#')) && words.starts_with('#');
    start || inside || crumbs || trailing || tags
}

/// "Home > World > Europe", "VisionRI | Disclaimer": every piece is a label.
fn crumbs(words: &str) -> bool {
    let pieces = words.split(['>', '»', '›', '/', '→', '|']).map(str::trim);
    words
        .chars()
        .filter(|c| matches!(c, '>' | '»' | '›' | '/' | '→' | '|'))
        .count()
        >= 2
        && pieces.clone().all(|piece| piece.split_whitespace().count() <= 4)
}

/// Cookie bars, calls to subscribe, closing lines of outlets.
fn is_notice(key: &str, shape: &Shape) -> bool {
    if shape.words > 70 {
        return false;
    }
    let hits = NOTICES.iter().filter(|cue| key.contains(*cue)).count();
    let yours = key
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| YOURS.contains(&word));
    let quoted = key.contains(['"', '“', '”']) || key.contains(" said");
    let legal = [
        "may not be published",
        "may not be reproduced",
        "not be republished",
        "reproduction in whole",
        "without permission",
        "views expressed in this",
    ];
    let bar = shape.words <= 40
        && (key.starts_with("we use cookies")
            || key.starts_with("this site uses cookies")
            || key.starts_with("this website uses cookies"));
    bar || legal.iter().any(|cue| key.contains(cue))
        || (!quoted && yours && hits >= if shape.words <= 14 { 1 } else { 2 })
}

/// Mail addresses and telephone numbers with few other words.
fn is_address(words: &str) -> bool {
    let pieces = words.split_whitespace().count();
    let address = words
        .split_whitespace()
        .any(|word| word.contains('@') && word.contains('.') && word.len() > 5);
    let phone = words.contains('+') && words.chars().filter(char::is_ascii_digit).count() >= 8;
    pieces <= 14 && (address || phone)
}

fn is_byline(words: &str, key: &str, shape: &Shape) -> bool {
    if shape.stop && !words.contains('|') {
        return false;
    }
    let by = [
        "by ",
        "written by ",
        "posted by ",
        "author: ",
        "text: ",
        "story by ",
        "interview by ",
        "report by ",
        "analysis by ",
        "words by ",
        "from our ",
        "from: ",
        "published by ",
        "source: ",
    ]
    .iter()
    .any(|start| key.starts_with(start));
    let named = by && (shape.capitals >= 0.6 || key.starts_with("from our") || key.starts_with("posted by"));
    let role = shape.words <= 9
        && shape.capitals >= 0.6
        && WRITERS.iter().any(|role| key.contains(role))
        && !key.contains(" says")
        && !key.contains(':');
    let agency = shape.words <= 3
        && matches!(
            key,
            "reuters"
                | "afp"
                | "ap"
                | "associated press"
                | "tass"
                | "xinhua"
                | "interfax"
                | "agencies"
                | "staff"
                | "(tass)"
                | "(reuters)"
                | "(ap)"
                | "(afp)"
                | "dpa"
                | "efe"
                | "pti"
                | "ians"
                | "anadolu"
        );
    named || role || agency
}

/// Whether prose at the foot of a page describes the outlet itself.
pub(super) fn describes_outlet(words: &str, shape: &Shape) -> bool {
    let key = key(words);
    let bio = shape.words <= 45
        && [
            "is a correspondent",
            "is a reporter",
            "is a journalist",
            "is a senior correspondent",
            "is a columnist",
            "is a freelance",
            "is an editor",
            "is the author of",
            "is a visiting",
            "is a senior fellow",
            "covers ",
        ]
        .iter()
        .any(|cue| key.contains(cue))
        && !key.contains(" said")
        && [
            "based in",
            "covers",
            "covering",
            "author of",
            "fellow",
            "columnist",
            "follow",
        ]
        .iter()
        .any(|cue| key.contains(cue));
    bio || (shape.words <= 80 && !key.contains(" said") && SELVES.iter().filter(|cue| key.contains(*cue)).count() >= 3)
}
