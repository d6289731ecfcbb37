//! The headline, without the site's name.

use super::head::Head;
use super::lines::{Holder, Line};
use super::linked::Article;
use super::words::{overlap, squeezed, tokens};

/// Signs between a headline and the site's name, surest first.
const SIGNS: [&str; 15] = [
    " | ", " ‹ ", " « ", " » ", " :: ", " · ", " • ", " — ", " – ", " ~ ", " - ", " // ", " / ", "|", ": ",
];

/// Names by which the site may call itself in titles.
pub(super) struct Site {
    names: Vec<String>,
}

impl Site {
    pub fn new(head: &Head, linked: &Article, host: Option<&str>, shown: Option<&str>) -> Self {
        let mut names: Vec<String> = head
            .all(&[
                "og:site_name",
                "application-name",
                "apple-mobile-web-app-title",
                "twitter:site",
                "twitter:creator",
                "publisher",
                "dc.publisher",
            ])
            .collect();
        names.extend(linked.publisher.clone());
        names.extend(shown.map(str::to_owned));
        names.extend(linked.sites.clone());
        if let Some(host) = host {
            names.push(host.to_owned());
            names.extend(host.split('.').max_by_key(|label| label.len()).map(str::to_owned));
        }
        let names = names
            .iter()
            .map(|name| squeezed(name))
            .filter(|name| name.len() >= 2)
            .collect();
        Self { names }
    }

    /// Whether the words are the site's name, maybe with a section or a claim beside it.
    pub fn is_name(&self, words: &str) -> bool {
        let bare = squeezed(words);
        !bare.is_empty()
            && self.names.iter().any(|name| {
                let (short, long) = if name.len() < bare.len() {
                    (name, &bare)
                } else {
                    (&bare, name)
                };
                name == &bare
                    || (short.len() >= 4 && long.contains(short.as_str()) && long.len() <= short.len() * 3)
                    || (bare.len() >= 2 && words.chars().all(|c| !c.is_lowercase()) && is_initials(&bare, name))
            })
    }
}

/// "nyt" of "thenewyorktimes": the letters in order, from the first.
fn is_initials(short: &str, long: &str) -> bool {
    let mut rest = long.strip_prefix("the").unwrap_or(long).chars();
    short.len() <= 5 && long.starts_with(&short[..1]) && short.chars().all(|c| rest.any(|d| d == c))
}

/// The headline: what stands as such on the page, if other places agree. `first` is the first line of the text.
pub(super) fn title(
    head: &Head,
    linked: &Article,
    lines: &[Line],
    site: &Site,
    first: Option<usize>,
) -> Option<String> {
    let told = told(head, linked, site);
    let shown = shown(lines, site, head.title.as_deref(), first);
    let agreed = shown
        .iter()
        .map(|(title, level)| {
            let best = told.iter().map(|other| overlap(title, other)).fold(0.0, f64::max);
            (title, best - 0.05 * f64::from(*level))
        })
        .filter(|(_, agreement)| *agreement >= 0.35)
        .max_by(|one, other| one.1.total_cmp(&other.1).then(std::cmp::Ordering::Greater));
    let alone = || {
        let mut first = shown
            .iter()
            .filter(|(title, level)| *level == 1 && tokens(title).len() >= 3);
        first.next().filter(|_| first.next().is_none()).map(|(title, _)| title)
    };
    // Only `<title>` speaks: it may be the same on all pages, while a heading stands right above the text.
    let sure = linked.headline.is_some() || head.get(&["og:title", "twitter:title"]).is_some();
    let above = above(lines, site, first).filter(|_| !sure);
    agreed
        .map(|(title, _)| title.clone())
        .or_else(|| alone().cloned())
        .or(above)
        .or_else(|| told.first().cloned())
        .or_else(|| shown.first().map(|(title, _)| title.clone()))
}

/// The heading of most weight among the last lines before the text.
fn above(lines: &[Line], site: &Site, first: Option<usize>) -> Option<String> {
    let first = first?;
    let near = lines[first.saturating_sub(8)..first]
        .iter()
        .filter_map(|line| match line.kind {
            Holder::Heading(level) if tokens(&line.text).len() >= 3 && line.linked * 2 < line.chars => {
                Some((level, line.text.replace('\n', " ")))
            }
            _ => None,
        });
    near.filter(|(_, title)| !site.is_name(title))
        .min_by_key(|(level, _)| *level)
        .map(|(_, title)| title)
}

/// As the head tells it.
pub(super) fn told(head: &Head, linked: &Article, site: &Site) -> Vec<String> {
    let names = [
        "og:title",
        "twitter:title",
        "headline",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "title",
    ];
    let raw = linked
        .headline
        .clone()
        .into_iter()
        .chain(head.all(&names))
        .chain(head.title.clone());
    let mut told: Vec<String> = Vec::new();
    for title in raw {
        let title = without_site(&title, site);
        if !title.is_empty() && !site.is_name(&title) && !told.contains(&title) {
            told.push(title);
        }
    }
    told
}

/// Headings of the page that are not its name, with their level; before the text also lines that `<title>` begins or ends with.
fn shown(lines: &[Line], site: &Site, title: Option<&str>, first: Option<usize>) -> Vec<(String, u8)> {
    let title = title.unwrap_or("");
    let headings = lines.iter().enumerate().filter_map(|(at, line)| {
        let text = line.text.replace('\n', " ");
        let piece = first.is_some_and(|first| at < first)
            && text.len() * 5 >= title.len() * 2
            && tokens(&text).len() >= 3
            && (title.starts_with(&text) || title.ends_with(&text));
        match line.kind {
            Holder::Heading(level) => Some((text, level)),
            _ if piece => Some((text, 3)),
            _ => None,
        }
    });
    headings
        .filter(|(title, _)| (4..=400).contains(&title.len()) && !site.is_name(title))
        .take(200)
        .collect()
}

/// What `<title>` has beside the headline: the site's name.
pub(super) fn site_in_title(title: Option<&str>, headline: Option<&str>) -> Option<String> {
    let title = title?.split_whitespace().collect::<Vec<_>>().join(" ");
    let headline = headline?;
    let at = title.find(headline)?;
    let (before, after) = (&title[..at], &title[at + headline.len()..]);
    let trim = |words: &str| {
        words
            .trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '.')
            .trim()
            .to_owned()
    };
    let last = |rest: &str| {
        SIGNS
            .iter()
            .filter_map(|sign| rest.rsplit_once(sign))
            .map(|(_, last)| last.len())
            .min()
            .map_or(trim(rest), |length| trim(&rest[rest.len() - length..]))
    };
    let marked = |rest: &str| {
        SIGNS
            .iter()
            .any(|sign| rest.contains(sign.trim_end()) || rest.contains(sign.trim_start()))
    };
    let name = match (after.trim().is_empty(), before.trim().is_empty()) {
        (false, _) if marked(after) => last(after),
        (true, false) if marked(before) => trim(before),
        _ => return None,
    };
    ((1..=8).contains(&tokens(&name).len()) && name.chars().any(char::is_uppercase)).then_some(name)
}

/// The title with a site's name cut off its end or its start.
pub(super) fn without_site(title: &str, site: &Site) -> String {
    let mut title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for _ in 0..3 {
        match cut(&title, site) {
            Some(shorter) => title = shorter,
            None => break,
        }
    }
    title
}

fn cut(title: &str, site: &Site) -> Option<String> {
    for sign in SIGNS {
        let Some((start, end)) = title.rsplit_once(sign) else {
            continue;
        };
        if site.is_name(end) && !start.trim().is_empty() {
            return Some(start.trim().to_owned());
        }
        let (first, rest) = title.split_once(sign)?;
        if site.is_name(first) && tokens(rest).len() >= 2 {
            return Some(rest.trim().to_owned());
        }
    }
    // A short name in capitals behind a sign that hardly stands in headlines.
    for sign in &SIGNS[..7] {
        if let Some((start, end)) = title.rsplit_once(sign) {
            let (words, rest) = (tokens(end).len(), tokens(start).len());
            if words <= 5 && rest >= 3 && rest > words {
                return Some(start.trim().to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(names: &[&str]) -> Site {
        Site {
            names: names.iter().map(|name| squeezed(name)).collect(),
        }
    }

    #[test]
    fn names_of_sites_are_cut_off() {
        let site = site(&["The Vienna Courier", "viennacourier.example"]);
        for title in [
            "Congress opens in Vienna | The Vienna Courier",
            "Congress opens in Vienna - Vienna Courier",
            "Congress opens in Vienna | World | The Vienna Courier",
            "The Vienna Courier: Congress opens in Vienna",
            "Congress opens in Vienna — ViennaCourier.example",
            "Congress opens in Vienna",
        ] {
            assert_eq!(without_site(title, &site), "Congress opens in Vienna", "{title}");
        }
    }

    #[test]
    fn parts_of_headlines_stay() {
        let site = site(&["The Vienna Courier"]);
        for title in [
            "Metternich: no deal without Saxony",
            "Talleyrand – the man who would not sit",
            "A courier reaches Vienna after ten days",
        ] {
            assert_eq!(without_site(title, &site), title);
        }
    }
}
