//! What `<meta>`, `<link>` and `<title>` say.

use url::Url;

use super::tree::{Id, Tree};
use super::words::plain;

/// `<meta>` elements by name, in order.
#[derive(Debug, Default)]
pub(super) struct Head {
    pairs: Vec<(String, String)>,
    /// `<title>`.
    pub title: Option<String>,
    /// `<html lang>`.
    pub language: Option<String>,
    /// `<link rel=canonical>`, as written.
    pub canonical: Option<String>,
    /// `<base href>`.
    pub base: Option<String>,
}

impl Head {
    pub fn read(tree: &Tree) -> Self {
        let mut head = Self::default();
        for (id, node) in tree.nodes.iter().enumerate() {
            match node.name {
                "meta" => head.meta(tree, id),
                "html" => {
                    head.language = Some(node.get("lang"))
                        .filter(|lang| !lang.is_empty())
                        .or(Some(node.get("xml:lang")))
                        .map(str::to_owned)
                }
                "base" if head.base.is_none() => head.base = Some(node.get("href").to_owned()),
                "link" if node.get("rel").eq_ignore_ascii_case("canonical") && head.canonical.is_none() => {
                    head.canonical = Some(node.get("href").trim().to_owned());
                }
                // Those of pictures come later.
                "title" if head.title.is_none() => head.title = Some(tree.words(id)).filter(|title| !title.is_empty()),
                _ => {}
            }
        }
        head
    }

    fn meta(&mut self, tree: &Tree, id: Id) {
        let node = &tree.nodes[id];
        let content = node.get("content").trim();
        if content.is_empty() || self.pairs.len() > 1_000 {
            return;
        }
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            // Within an object of its own, a property is that of the object.
            let key = node.get(attribute);
            if !key.is_empty() {
                let key = key.trim().to_ascii_lowercase();
                self.pairs.push((key, content.to_owned()));
            }
        }
    }

    /// The values of these names: those of the first name first.
    pub fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        let of = move |name: &'a str| self.pairs.iter().filter(move |(key, _)| key == name);
        names
            .iter()
            .flat_map(move |name| of(name))
            .map(|(_, content)| plain(content))
            .filter(|content| !content.is_empty())
    }

    /// The first value of the first of these names that has one.
    pub fn get(&self, names: &[&str]) -> Option<String> {
        self.all(names).next()
    }
}

/// The page's own address as it gives it, whole; `None` where it is none of the web.
pub(super) fn canonical(head: &Head, linked: Option<&str>, given: Option<&str>) -> Option<String> {
    let given = given.and_then(|url| Url::parse(url).ok()).filter(is_web);
    let base = head
        .base
        .as_deref()
        .and_then(|base| resolve(base, given.as_ref()))
        .or_else(|| given.clone());
    let mut told = [head.canonical.as_deref(), head.get(&["og:url"]).as_deref(), linked]
        .into_iter()
        .flatten()
        .filter_map(|address| resolve(address, base.as_ref()))
        .collect::<Vec<_>>()
        .into_iter();
    // A site that calls its front page the address of every page says nothing.
    let deep = given.as_ref().is_some_and(|url| !is_front(url));
    told.find(|url| !(deep && is_front(url))).map(String::from)
}

fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') || address.len() > 2_000 {
        return None;
    }
    let mut url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    url.set_fragment(None);
    let _ = url.set_password(None);
    let _ = url.set_username("");
    is_web(&url).then_some(url)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url
            .host_str()
            .is_some_and(|host| host.contains('.') || host == "localhost")
}

fn is_front(url: &Url) -> bool {
    url.path().len() <= 1 && url.query().is_none()
}

/// The host without "www.".
pub(super) fn host(url: Option<&str>) -> Option<String> {
    let url = Url::parse(url?).ok().filter(is_web)?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}
