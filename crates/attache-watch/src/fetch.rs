//! One request, one answer, everything bounded.

use std::fmt;
use std::io::{self, Read};
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::resolver::{NotPublic, PublicOnly};

/// Bytes of all headers of an answer.
const MAX_HEADERS: usize = 65_536;

/// Longest value of a header that is kept.
const MAX_VALUE: usize = 2_048;

/// Seconds to find and reach a host.
const CONNECT: Duration = Duration::from_secs(10);

/// Longest wait that a server may ask for (7 days).
const MAX_RETRY_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where.
    pub url: Url,
    /// Media types, as a header.
    pub accept: &'static str,
    /// What is known already, as the server named it.
    pub known: Validators,
    /// Bytes of the longest body, unpacked.
    pub max_bytes: usize,
    /// Whether a longer body is cut rather than refused.
    pub cut: bool,
    /// Whether the host may be asked wherever it is.
    pub allowed: bool,
}

/// How a server names the version of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub enum Answer {
    /// The page.
    Page(Page),
    /// The page is elsewhere.
    Redirect {
        /// Where, as the server wrote it.
        to: String,
        /// Whether for good (301, 308).
        lasting: bool,
    },
    /// What is known already is still so.
    NotModified,
    /// No page.
    Status {
        /// The code.
        code: u16,
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
}

/// A page as it was sent, unpacked.
#[derive(Debug)]
pub struct Page {
    /// The body.
    pub bytes: Vec<u8>,
    /// Media type, lower case, without parameters.
    pub media: Option<String>,
    /// `charset` of the media type.
    pub charset: Option<String>,
    /// The version.
    pub validators: Validators,
}

/// Why nothing came back.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// It will be so tomorrow.
    Lasting(String),
    /// The page may be better later.
    Page(String),
    /// The host may be better later.
    Host(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Failure::Lasting(why) | Failure::Page(why) | Failure::Host(why)) = self;
        f.write_str(why)
    }
}

/// Asks.
#[derive(Debug, Clone)]
pub struct Fetcher {
    public: Agent,
    anywhere: Agent,
}

impl Fetcher {
    /// Under this name, with this much time for a whole request.
    pub fn new(user_agent: &str, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            .user_agent(user_agent)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Whatever the environment says: a proxy would connect to addresses that nobody has looked at.
            .proxy(None)
            // Nothing of one answer can be taken for the beginning of the next.
            .max_idle_connections(0)
            .max_response_header_size(MAX_HEADERS)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(timeout))
            .build();
        let connector = DefaultConnector::default;
        Fetcher {
            public: Agent::with_parts(config.clone(), connector(), PublicOnly::default()),
            anywhere: Agent::with_parts(config, connector(), DefaultResolver::default()),
        }
    }

    /// Asks once; follows nothing.
    ///
    /// # Errors
    /// [`Failure`] where no whole answer came.
    pub fn fetch(&self, request: &Request) -> Result<Answer, Failure> {
        let agent = if request.allowed { &self.anywhere } else { &self.public };
        let mut call = agent
            .get(request.url.as_str())
            .header("accept", request.accept)
            .header("accept-encoding", "gzip");
        if let Some(etag) = &request.known.etag {
            call = call.header("if-none-match", etag);
        }
        if let Some(modified) = &request.known.modified {
            call = call.header("if-modified-since", modified);
        }
        let response = call.call().map_err(failure)?;
        match response.status().as_u16() {
            200 => page(response, request).map(Answer::Page),
            304 => Ok(Answer::NotModified),
            code @ (301 | 302 | 303 | 307 | 308) => match header(response.headers(), "location") {
                Some(to) => Ok(Answer::Redirect {
                    to,
                    lasting: matches!(code, 301 | 308),
                }),
                None => Err(Failure::Lasting(format!("status {code} without an address to go to"))),
            },
            code => Ok(Answer::Status {
                code,
                retry_after: header(response.headers(), "retry-after").and_then(|value| retry_after(&value)),
            }),
        }
    }
}

fn page(response: Response<ureq::Body>, request: &Request) -> Result<Page, Failure> {
    let headers = response.headers();
    let (media, charset) = media(header(headers, "content-type"));
    let validators = Validators {
        etag: header(headers, "etag"),
        modified: header(headers, "last-modified"),
    };
    let packing = header(headers, "content-encoding")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let length = header(headers, "content-length").and_then(|length| length.parse::<u64>().ok());
    let cap = request.max_bytes as u64;
    if !request.cut && length.is_some_and(|length| length > cap) {
        return Err(too_large(request.max_bytes));
    }
    // As much again for the packed form: whoever packs makes things smaller.
    let body = response.into_body().into_reader().take(cap + 1);
    let bytes = match packing.trim() {
        "" | "identity" => read(body, request),
        "gzip" | "x-gzip" => read(MultiGzDecoder::new(body), request),
        other => Err(Failure::Lasting(format!(
            "packed as {other:?}, which was not asked for"
        ))),
    }?;
    // Sitemaps come as files that are packed themselves.
    let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => read(MultiGzDecoder::new(bytes.as_slice()), request)?,
        false => bytes,
    };
    Ok(Page {
        bytes,
        media,
        charset,
        validators,
    })
}

/// The whole of it, within the bounds.
fn read(from: impl Read, request: &Request) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = from.take(request.max_bytes as u64 + 1).read_to_end(&mut bytes);
    let over = bytes.len() > request.max_bytes;
    match (read, over, request.cut) {
        (_, true, true) => {
            bytes.truncate(request.max_bytes);
            Ok(bytes)
        }
        (_, true, false) => Err(too_large(request.max_bytes)),
        (Err(error), false, _) => Err(broken_off(error)),
        (Ok(_), false, _) => Ok(bytes),
    }
}

fn too_large(bytes: usize) -> Failure {
    Failure::Lasting(format!("larger than {bytes} bytes"))
}

fn broken_off(error: io::Error) -> Failure {
    match error.downcast::<ureq::Error>() {
        Ok(error) => match failure(error) {
            Failure::Host(why) => Failure::Page(why),
            other => other,
        },
        Err(error) => Failure::Page(format!("broke off: {error}")),
    }
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(error) if error.is::<NotPublic>() => Failure::Lasting(error.to_string()),
        ureq::Error::LargeResponseHeader(..) => Failure::Lasting(format!("headers of more than {MAX_HEADERS} bytes")),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
            Failure::Lasting(format!("an address that cannot be asked: {error}"))
        }
        ureq::Error::HostNotFound => Failure::Host("host not found".to_owned()),
        ureq::Error::Timeout(timeout) => Failure::Host(format!("took too long ({timeout})")),
        ureq::Error::Io(error) => Failure::Host(error.to_string()),
        error => Failure::Host(error.to_string()),
    }
}

/// A header that is text and not overlong.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    let text = String::from_utf8_lossy(value).trim().to_owned();
    (!text.is_empty() && text.len() <= MAX_VALUE && !text.contains(char::is_control)).then_some(text)
}

/// Media type and charset of a `Content-Type`.
fn media(value: Option<String>) -> (Option<String>, Option<String>) {
    let Some(value) = value else { return (None, None) };
    let mut parts = value.split(';').map(str::trim);
    let media = parts
        .next()
        .map(str::to_ascii_lowercase)
        .filter(|media| !media.is_empty());
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (media, charset)
}

/// Seconds, or a date of HTTP.
fn retry_after(value: &str) -> Option<Duration> {
    let wait = match value.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let at = DateTimeParser::new()
                .relaxed_weekday(true)
                .parse_timestamp(value)
                .ok()?;
            Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default()
        }
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_are_taken_apart() {
        let of = |text: &str| media(Some(text.to_owned()));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            of("Text/HTML; a=b; Charset=\"windows-1251\""),
            (some("text/html"), some("windows-1251"))
        );
        assert_eq!(of("text/html;charset="), (some("text/html"), None));
        assert_eq!(of(";"), (None, None));
    }

    #[test]
    fn waits_are_seconds_or_dates_and_bounded() {
        assert_eq!(retry_after("120"), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(retry_after("Fri, 31 Dec 9998 23:59:59 GMT"), Some(MAX_RETRY_AFTER));
        assert_eq!(retry_after("99999999999"), Some(MAX_RETRY_AFTER));
        assert_eq!(retry_after("soon"), None);
    }
}
