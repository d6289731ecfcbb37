//! Addresses and outlets as hashes: which documents stand at the same place, which come from the same house.

use super::words::fnv;
use crate::document::Document;

/// Parameters of an address that tell who linked to it and not what stands there.
const TRACKING: &[&str] = &["utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "cmpid=", "xtor="];

/// Where a document stands; `None` where nothing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The address without what does not matter.
    pub address: Option<u64>,
    host: Option<u64>,
    publisher: Option<u64>,
}

impl Origin {
    /// What the document says of itself.
    pub fn of(document: &Document) -> Self {
        let plain = |url: &Option<String>| url.as_deref().map(plain).filter(|url| !url.is_empty());
        let found = plain(&document.url);
        let site = |address: &str| site(host(address)).to_owned();
        // A page printed elsewhere may name its first printer: only its own site tells where it stands.
        let named = plain(&document.canonical).filter(|named| found.as_deref().is_none_or(|f| site(f) == site(named)));
        let address = named.or_else(|| found.clone());
        let host = found.as_deref().or(address.as_deref()).map(site);
        let host = host.filter(|host| host.contains('.'));
        let publisher = document.publisher.as_deref().map(|name| name.trim().to_lowercase());
        Origin {
            address: address.as_deref().map(hash),
            host: host.as_deref().map(hash),
            publisher: publisher.filter(|name| !name.is_empty()).as_deref().map(hash),
        }
    }

    /// Whether both come from one outlet, as far as is told. One host may carry several outlets.
    pub fn same_outlet(&self, other: &Origin) -> bool {
        let same = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| a == b);
        match (same(self.host, other.host), same(self.publisher, other.publisher)) {
            (_, Some(publisher)) => publisher,
            (host, None) => host.unwrap_or(false),
        }
    }
}

/// The address without scheme, `www.`, fragment, tracking and last slash.
fn plain(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let host = host(path);
    let rest = path[host.len()..].trim_end_matches('/');
    let host = host.to_ascii_lowercase();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !TRACKING.iter().any(|name| part.starts_with(name)))
        .collect();
    let query = if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    };
    format!("{}{rest}{query}", host.strip_prefix("www.").unwrap_or(&host))
}

fn host(address: &str) -> &str {
    address.split(['/', '?']).next().unwrap_or_default()
}

/// The host without what stands before it on pages for telephones.
fn site(host: &str) -> &str {
    let before = ["amp.", "m.", "mobile."];
    before
        .iter()
        .find_map(|before| host.strip_prefix(before))
        .unwrap_or(host)
}

fn hash(text: &str) -> u64 {
    fnv(text.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        let wanted = "ledger.example/world/1?page=2";
        for url in [
            "https://www.ledger.example/world/1?page=2",
            "http://LEDGER.example/world/1/?utm_source=x&page=2&fbclid=9#top",
        ] {
            assert_eq!(plain(url), wanted);
        }
        assert_ne!(plain("https://ledger.example/world/1?page=3"), wanted);
        assert_eq!(plain("https://ledger.example/"), "ledger.example");
        assert_eq!(plain(""), "");
    }

    #[test]
    fn a_page_stands_where_its_own_site_says() {
        let address = |url: Option<&str>, canonical: &str| {
            Origin::of(&Document {
                url: url.map(str::to_owned),
                canonical: Some(canonical.to_owned()),
                ..Document::default()
            })
            .address
        };
        let page = "https://www.ledger.example/world/1";
        let wanted = Some(hash("ledger.example/world/1"));
        assert_eq!(address(Some("https://amp.ledger.example/world/1?x=2"), page), wanted);
        assert_eq!(address(None, page), wanted);
        let elsewhere = "https://post.example/9";
        assert_eq!(address(Some(elsewhere), page), Some(hash("post.example/9")));
    }

    #[test]
    fn one_host_may_carry_several_outlets() {
        let origin = |url: Option<&str>, publisher: Option<&str>| {
            Origin::of(&Document {
                url: url.map(str::to_owned),
                publisher: publisher.map(str::to_owned),
                ..Document::default()
            })
        };
        let (a, b) = (Some("https://all.example/1"), Some("https://all.example/2"));
        assert!(origin(a, None).same_outlet(&origin(b, None)));
        assert!(!origin(a, Some("Wire")).same_outlet(&origin(b, Some("Gazette"))));
        assert!(origin(None, Some("Wire")).same_outlet(&origin(a, Some("wire "))));
        assert!(!origin(None, None).same_outlet(&origin(None, None)));
    }
}
