//! Which addresses may be asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Networks that are not the public internet: this machine, private and shared ones, links, tests, documentation, relays,
/// groups, the future (the registries of special addresses of IANA).
const NOT_PUBLIC_4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// Parts of 2000::/3, outside of which no address of version 6 is public: protocols and Teredo, documentation, 6to4,
/// documentation again.
const NOT_PUBLIC_6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether it is an address of the public internet. Addresses of version 4 in those of version 6 (mapped, 6to4, Teredo,
/// NAT64) are not.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_4
            .iter()
            .any(|(network, length)| address.to_bits() >> (32 - length) == network.to_bits() >> (32 - length)),
        IpAddr::V6(address) => {
            address.to_bits() >> 125 == 1
                && !NOT_PUBLIC_6
                    .iter()
                    .any(|(network, length)| address.to_bits() >> (128 - length) == network.to_bits() >> (128 - length))
        }
    }
}

/// A host that may be asked wherever it is, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    host: String,
    port: Option<u16>,
}

impl Allowed {
    /// Reads `intranet.example`, `127.0.0.1:8080` or `[::1]`; `None` where it is no host.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(&format!("http://{text}/")).ok()?;
        let plain = url.path() == "/" && url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let port = text.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        Some(Allowed {
            host: url.host_str().filter(|_| plain)?.to_owned(),
            port,
        })
    }

    /// Whether it means the host of this address.
    pub fn covers(&self, url: &Url) -> bool {
        url.host_str() == Some(self.host.as_str())
            && self.port.is_none_or(|port| url.port_or_known_default() == Some(port))
    }
}

/// Why an address is not asked, whatever its host may be; the addresses that a name stands for are looked at when connecting.
///
/// # Errors
/// The reason.
pub fn check(url: &Url, allowed: bool) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("an address of {}, only http and https are asked", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a user name in it".to_owned());
    }
    let literal = match url.host() {
        None => return Err("an address without a host".to_owned()),
        Some(Host::Domain(_)) => None,
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
    };
    if allowed {
        return Ok(());
    }
    if let Some(address) = literal.filter(|address| !is_public(*address)) {
        return Err(not_public(address));
    }
    match url.port_or_known_default() {
        Some(80 | 443 | 1024..) => Ok(()),
        port => Err(format!("port {}, which is not for the web", port.unwrap_or_default())),
    }
}

/// The reason to refuse such an address.
pub fn not_public(address: IpAddr) -> String {
    format!("{address} is no public address; name the host in `allow` if it is meant")
}

/// The host as one speaks of it when counting requests: with its port where that is not the usual one.
pub fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        let public = [
            "8.8.8.8",
            "1.1.1.1",
            "100.63.255.255",
            "172.32.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
        ];
        for address in public {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
        let others = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.19.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in others {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn addresses_are_checked_before_anything_is_asked() {
        let refused = |text: &str| check(&Url::parse(text).expect("an address"), false).is_err();
        for text in [
            "ftp://a.example/",
            "file:///etc/passwd",
            "http://me@a.example/",
            "http://me:pw@a.example/",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://a.example:22/",
            "http://a.example:25/",
        ] {
            assert!(refused(text), "{text}");
        }
        for text in ["http://a.example/", "https://a.example:8443/x", "http://8.8.8.8/"] {
            assert!(!refused(text), "{text}");
        }
    }

    #[test]
    fn hosts_are_allowed_by_name_and_port() {
        let covers = |allowed: &str, url: &str| {
            let allowed = Allowed::parse(allowed).expect("a host");
            allowed.covers(&Url::parse(url).expect("an address"))
        };
        assert!(covers("127.0.0.1:8080", "http://127.0.0.1:8080/a") && !covers("127.0.0.1:8080", "http://127.0.0.1/a"));
        assert!(covers("Intranet.example", "https://intranet.example:8443/"));
        assert!(
            covers("intranet.example:80", "http://intranet.example/")
                && !covers("intranet.example:80", "https://intranet.example/")
        );
        assert!(covers("[::1]", "http://[::1]:9000/"));
        for wrong in ["", "a.example/b", "me@a.example", "a b", "http://a.example"] {
            assert_eq!(Allowed::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn sites_are_hosts() {
        let site = |text: &str| site(&Url::parse(text).expect("an address"));
        assert_eq!(site("http://a.example/b"), site("https://a.example/c"));
        assert_eq!(site("http://a.example:81/b"), "a.example:81");
    }
}
