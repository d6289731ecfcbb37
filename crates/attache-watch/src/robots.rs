//! `robots.txt` by RFC 9309.

use std::time::Duration;

/// Bytes that are read; what follows is passed over (the RFC asks for 500 KiB at least).
pub const MAX_BYTES: usize = 500 * 1024;

/// Longest `Crawl-delay` that is kept to.
const MAX_DELAY: Duration = Duration::from_secs(3600);

/// What a site asks of us.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// `Crawl-delay`, no part of the RFC: the time between two requests.
    pub delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    allow: bool,
    path: Vec<u8>,
}

/// Whom a group of lines speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    Us,
    Everybody,
    Others,
}

impl Robots {
    /// Reads the rules for the crawler of this name (a product token: letters, `-`, `_`), which are those of all its groups;
    /// those for `*` where it has none. Strange lines are passed over.
    pub fn parse(bytes: &[u8], token: &str) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES)]);
        let (mut ours, mut everybodys): (Option<Robots>, Robots) = (None, Robots::default());
        let (mut us, mut everybody, mut naming) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let Some((key, value)) = line.split('#').next().unwrap_or_default().split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (us, everybody, naming) = (false, false, true);
                }
                match whom(value, token) {
                    Whom::Us => us = true,
                    Whom::Everybody => everybody = true,
                    Whom::Others => {}
                }
                if us {
                    ours.get_or_insert_default();
                }
            } else if matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                naming = false;
                if us && let Some(ours) = &mut ours {
                    ours.take(&key, value);
                }
                if everybody {
                    everybodys.take(&key, value);
                }
            }
        }
        ours.unwrap_or(everybodys)
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0);
                let wait = seconds.map(|seconds| Duration::from_secs_f64(seconds.min(MAX_DELAY.as_secs_f64())));
                self.delay = self.delay.max(wait);
            }
            // An empty path means nothing.
            _ if value.is_empty() => {}
            key => self.rules.push(Rule {
                allow: key == "allow",
                path: normal(value),
            }),
        }
    }

    /// Whether a path with its query (`/a/b?c=d`) may be asked for: the longest rule that fits decides, `Allow` among equals,
    /// and what no rule fits is allowed.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.path, &path));
        let decisive = fitting.max_by_key(|rule| (rule.path.len(), rule.allow));
        path == b"/robots.txt" || decisive.is_none_or(|rule| rule.allow)
    }
}

fn whom(value: &str, token: &str) -> Whom {
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')));
    let name = &value[..end.unwrap_or(value.len())];
    match value.starts_with('*') {
        true => Whom::Everybody,
        false if name.eq_ignore_ascii_case(token) => Whom::Us,
        false => Whom::Others,
    }
}

/// One spelling for each path: percent signs only where they must be, in capitals.
fn normal(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = path.get(at + 1..at + 3).filter(|_| byte == b'%');
        let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        at += if code.is_some() { 3 } else { 1 };
        match code {
            Some(code) if code.is_ascii_alphanumeric() || b"-._~".contains(&code) => out.push(code),
            Some(code) => out.extend(format!("%{code:02X}").bytes()),
            None if byte.is_ascii_graphic() => out.push(byte),
            None => out.extend(format!("%{byte:02X}").bytes()),
        }
    }
    out
}

/// Whether a path begins as the rule says: `*` stands for anything, a last `$` for the end.
fn fits(rule: &[u8], path: &[u8]) -> bool {
    let (rule, to_end) = match rule.split_last() {
        Some((b'$', rule)) => (rule, true),
        _ => (rule, false),
    };
    // The last star met, and where the path was then: there is no need to go back further.
    let (mut r, mut p, mut star) = (0, 0, None);
    loop {
        if r == rule.len() && (!to_end || p == path.len()) {
            return true;
        }
        if rule.get(r) == Some(&b'*') {
            star = Some((r, p));
            r += 1;
        } else if r < rule.len() && rule.get(r) == path.get(p) {
            r += 1;
            p += 1;
        } else {
            match star.filter(|(_, from)| *from < path.len()) {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (r, p) = (at + 1, from + 1);
                }
                None => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robots(text: &str) -> Robots {
        Robots::parse(text.as_bytes(), "attache")
    }

    fn allows(rules: &str, path: &str) -> bool {
        robots(&format!("User-agent: *\n{rules}")).allows(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let rules = "Disallow: /a\nAllow: /a/b\nDisallow: /a/b/c";
        assert!(allows(rules, "/") && !allows(rules, "/a") && !allows(rules, "/ab") && allows(rules, "/a/b"));
        assert!(!allows(rules, "/a/b/c/d") && allows(rules, "/A"));
        assert!(allows("Disallow: /a\nAllow: /a", "/a"));
        assert!(allows("Disallow:\n", "/a") && !allows("Disallow: /\n", "/a") && allows("Disallow: /", "/robots.txt"));
    }

    #[test]
    fn stars_and_ends() {
        let cases = [
            ("/*.php", "/a/index.php?x", true),
            ("/*.php$", "/a/index.php", true),
            ("/*.php$", "/a/index.php?x", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/a*b*c$", "/a-b-b-c-c", true),
            ("/a*b*c$", "/a-b-c-d", false),
            ("*", "/x", true),
            ("/fish*", "/fish.html", true),
            ("/$", "/", true),
            ("/$", "/a", false),
            ("/a**b", "/ab", true),
        ];
        for (rule, path, expected) in cases {
            assert_eq!(!allows(&format!("Disallow: {rule}"), path), expected, "{rule} {path}");
        }
    }

    #[test]
    fn groups_of_one_name_are_one_and_come_before_the_general_one() {
        let text = "User-agent: *\nDisallow: /\n\nUSER-AGENT: Attache/2.0 # us\nUser-agent: other\n\nDisallow: /a\nCrawl-delay: 2\n\
                    User-agent: else\nDisallow: /b\nUser-agent: attache\nDisallow: /c\n";
        let ours = robots(text);
        assert!(!ours.allows("/a") && ours.allows("/b") && !ours.allows("/c") && ours.allows("/d"));
        assert_eq!(ours.delay, Some(Duration::from_secs(2)));
        assert!(!robots("User-agent: *\nDisallow: /").allows("/d"));
        assert!(robots("User-agent: attachement\nDisallow: /").allows("/d"));
        // A group of ours without rules allows everything.
        assert!(robots("User-agent: *\nDisallow: /\nUser-agent: attache\n").allows("/d"));
    }

    #[test]
    fn spellings_of_a_path_are_one() {
        assert!(!allows("Disallow: /caf%c3%a9", "/caf%C3%A9/x") && !allows("Disallow: /café", "/caf%C3%A9"));
        assert!(
            !allows("Disallow: /%7Ejoe", "/~joe")
                && !allows("Disallow: /a%2Fb", "/a%2fb")
                && allows("Disallow: /a%2Fb", "/a/b")
        );
        assert!(!allows("Disallow: /100%", "/100%"));
    }

    #[test]
    fn strange_lines_are_passed_over() {
        let text = "\u{feff}User-agent: *\r\nSitemap: https://a.example/s.xml\r\nDisallow /x\r\nDisallow: /a # not this\r\nCrawl-delay: soon\r\nCrawl-delay: -1";
        assert!(!robots(text).allows("/a") && robots(text).allows("/x"));
        assert_eq!(robots(text).delay, None);
        assert_eq!(robots("Disallow: /"), Robots::default());
        assert_eq!(Robots::parse(b"\xff\xfe\0\0", "attache"), Robots::default());
        assert_eq!(robots("User-agent: *\nCrawl-delay: 1e300").delay, Some(MAX_DELAY));
    }

    #[test]
    fn only_so_much_is_read() {
        let text = format!(
            "User-agent: *\nDisallow: /a\n{}Disallow: /b\n",
            "#\n".repeat(MAX_BYTES / 2)
        );
        assert!(!robots(&text).allows("/a") && robots(&text).allows("/b"));
    }
}
