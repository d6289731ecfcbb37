//! Names to addresses, of which only public ones are ever connected to.

use std::fmt;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::address::{is_public, not_public};

/// Looks names up and leaves out what is not public. The connection is made to the very addresses that were looked at, so
/// that a name which stands for something else a moment later gains nothing.
#[derive(Debug, Default)]
pub struct PublicOnly(DefaultResolver);

/// A host none of whose addresses may be asked.
#[derive(Debug)]
pub struct NotPublic(String);

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotPublic {}

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let all = self.0.resolve(uri, config, timeout)?;
        let mut public = self.empty();
        for address in all.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        match (public.is_empty(), all.first()) {
            (false, _) => Ok(public),
            (true, Some(address)) => Err(ureq::Error::Other(Box::new(NotPublic(not_public(address.ip()))))),
            (true, None) => Err(ureq::Error::HostNotFound),
        }
    }
}
