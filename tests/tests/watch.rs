//! `attache watch` against a server on this machine that does whatever servers do: nothing lost, nothing doubled, limits held.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use attache_tests::Fallible;
use attache_tests::binary::binary;
use attache_tests::loopback::{Asked, Reply, Server};
use attache_watch::{Config, Mode, Note, Totals, status, watch};
use serde_json::Value;

/// A folder that is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Fallible<Self> {
        let path = std::env::temp_dir().join(format!("attache-watching-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path)?;
        Ok(Scratch(path))
    }

    /// All documents, in the order of the files.
    fn documents(&self) -> Fallible<Vec<Value>> {
        let mut paths: Vec<PathBuf> = fs::read_dir(&self.0)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        paths.sort();
        let mut documents = Vec::new();
        for path in paths {
            for line in fs::read_to_string(path)?.lines() {
                documents.push(serde_json::from_str(line)?);
            }
        }
        Ok(documents)
    }

    /// The paths of all documents, sorted.
    fn paths(&self, server: &Server) -> Fallible<Vec<String>> {
        let documents = self.documents()?;
        let mut paths: Vec<String> = documents
            .iter()
            .map(|document| field(document, "url").replace(&server.url(""), ""))
            .collect();
        paths.sort();
        Ok(paths)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn field<'a>(document: &'a Value, name: &str) -> &'a str {
    document[name].as_str().unwrap_or_default()
}

const HASTY: &str =
    "contact = \"mailto:tests@attache.example\"\ndelay = \"0s\"\nretry = \"1ms\"\nevery = \"1ms\"\ntimeout = \"20s\"\n";

/// One feed at `/feed`, its server allowed, no waiting; `more` are further settings of the whole.
fn hasty(server: &Server, more: &str) -> String {
    let host = server.host();
    format!(
        "{HASTY}allow = [\"{host}\"]\n{more}\n[[feed]]\nname = \"meridian\"\nurl = \"{}\"\n",
        server.url("/feed")
    )
}

fn config(text: &str) -> Config {
    Config::parse(text, "feeds.toml".as_ref()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Rounds until nothing waits or is put off any more, at most `most`; all that was told.
fn rounds(config: &Config, folder: &Scratch, most: usize) -> Fallible<Vec<Note>> {
    let mut notes = Vec::new();
    for _ in 0..most {
        let mut put_off = false;
        watch(config, &folder.0, Mode::Once, &mut |note| {
            put_off |= matches!(note, Note::PutOff { .. } | Note::PollFailed { .. });
            notes.push(note.clone());
        })?;
        // A round in which a host is held asks nothing, and so puts nothing off.
        let status = status(&folder.0)?.unwrap_or_default();
        if !put_off && status.feeds.iter().all(|feed| feed.waiting == 0) {
            break;
        }
        // The waits of these tests are a few milliseconds.
        thread::sleep(Duration::from_millis(40));
    }
    Ok(notes)
}

fn round(config: &Config, folder: &Scratch) -> Fallible<Totals> {
    Ok(watch(config, &folder.0, Mode::Once, &mut |_| {})?)
}

fn rss(items: impl IntoIterator<Item = String>) -> Reply {
    let items: String = items
        .into_iter()
        .map(|link| format!("<item><title>On {link}</title><link>{link}</link><pubDate>Thu, 09 May 2024 10:00:00 GMT</pubDate></item>"))
        .collect();
    Reply::page(
        "application/rss+xml",
        format!("<rss version=\"2.0\"><channel><title>Meridian</title>{items}</channel></rss>"),
    )
}

fn article(path: &str) -> Reply {
    Reply::page(
        "text/html; charset=utf-8",
        format!("<html><body><p>Envoys met at {path}.</p></body></html>"),
    )
}

/// The reason for which a page was skipped or put off.
fn why(notes: &[Note], path: &str) -> String {
    let mut reasons = notes.iter().filter_map(|note| match note {
        Note::Skipped { url, why } | Note::PutOff { url, why, .. } if url.ends_with(path) => Some(why.as_str()),
        _ => None,
    });
    reasons.next_back().unwrap_or_default().to_owned()
}

#[test]
fn a_feed_becomes_documents_once() -> Fallible {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::status(404),
        "/feed" if asked.headers.get("if-none-match").is_some_and(|tag| tag == "\"v1\"") => Reply::status(304),
        "/feed" => rss(["/1?utm_source=feed", "/1", "/2#top"].map(str::to_owned)).with("ETag", "\"v1\""),
        path => article(path),
    })?;
    let folder = Scratch::new("once")?;
    let config = config(&hasty(&server, "").replace(
        "name = \"meridian\"",
        "name = \"meridian\"\npublisher = \"Meridian Wire\"\nlanguage = \"en\"",
    ));
    let totals = round(&config, &folder)?;
    assert_eq!((totals.polled, totals.found, totals.kept), (1, 2, 2));
    for _ in 0..3 {
        assert_eq!(round(&config, &folder)?.kept, 0);
    }
    assert_eq!(
        (
            server.times("/feed"),
            server.times("/1"),
            server.times("/2"),
            server.times("/robots.txt")
        ),
        (4, 1, 1, 1)
    );
    let documents = folder.documents()?;
    assert_eq!(documents.len(), 2);
    let first = &documents[0];
    assert_eq!(field(first, "url"), server.url("/1"));
    assert_eq!(field(first, "id"), attache_input::feed::document_id(&server.url("/1")));
    assert_eq!(
        (field(first, "title"), field(first, "date")),
        ("On /1?utm_source=feed", "2024-05-09")
    );
    assert_eq!(
        (
            field(first, "publisher"),
            field(first, "language"),
            field(first, "content")
        ),
        ("Meridian Wire", "en", "page")
    );
    assert!(field(first, "html").contains("Envoys met at /1.") && field(first, "retrieved").ends_with('Z'));
    let agent = &server.asked()[0].headers["user-agent"];
    assert!(
        agent.starts_with("attache/") && agent.ends_with("(+mailto:tests@attache.example)"),
        "{agent}"
    );
    let status = status(&folder.0)?.ok_or("no state")?;
    assert_eq!(
        (status.feeds[0].kept, status.feeds[0].waiting, status.feeds[0].failures),
        (2, 0, 0)
    );
    Ok(())
}

/// Everything that servers do wrong, each at a path of its own.
fn misbehave(asked: &Asked, state: &Mutex<HashMap<String, usize>>) -> Reply {
    let path = asked.path.as_str();
    let turn = {
        let mut turns = state.lock().expect("no test failed before");
        let turn = turns.entry(path.to_owned()).or_insert(0);
        *turn += 1;
        *turn
    };
    let head = |more: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n").into_bytes();
    let redirect = |to: &str| Reply::status(302).with("Location", to);
    match path {
        "/robots.txt" => Reply::page(
            "text/plain",
            "User-agent: *\nDisallow: /private\nUser-agent: attache\nDisallow: /forbidden\n",
        ),
        "/circle/a" => redirect("/circle/b"),
        "/circle/b" => redirect("/circle/a"),
        "/self" => redirect("/self"),
        "/far/7" => article(path),
        path if path.starts_with("/far/") => redirect(&format!("/far/{}", path[5..].parse::<u32>().unwrap_or(0) + 1)),
        "/near" => redirect("/near/landed?utm_campaign=x"),
        "/sneaky" => redirect("http://127.0.0.1:1/"),
        "/metadata" => redirect("http://169.254.169.254/latest/meta-data/"),
        "/file" => redirect("file:///etc/passwd"),
        "/to-forbidden" => redirect("/forbidden/2"),
        "/drip-once" if turn > 1 => article(path),
        path if path.starts_with("/500-twice") && turn > 2 => article(path),
        path if path.starts_with("/500-twice") => Reply::status(500),
        "/500-always" => Reply::status(500),
        "/503-once" if turn == 1 => Reply::status(503).with("Retry-After", "0"),
        "/404" => Reply::status(404),
        "/304" => Reply::status(304),
        "/empty" => Reply::page("text/html", " \n"),
        "/picture" => Reply::page("image/png", "\u{89}PNG"),
        "/brotli" => Reply::page("text/html", "x").with("Content-Encoding", "br"),
        "/bomb" => Reply::page("text/html", packed(100_000_000, 1)).with("Content-Encoding", "gzip"),
        "/bomb-in-bomb" => Reply::page("text/html", packed(100_000_000, 2)).with("Content-Encoding", "gzip"),
        // "Послы встретились", in the encoding that the header names.
        "/cyrillic" => Reply::page(
            "text/html; charset=windows-1251",
            b"<p>\xcf\xee\xf1\xeb\xfb \xe2\xf1\xf2\xf0\xe5\xf2\xe8\xeb\xe8\xf1\xfc".to_vec(),
        ),
        "/koi8" => Reply::page(
            "text/html",
            b"<meta charset=koi8-r><p>\xf0\xcf\xd3\xcc\xd9 \xd7\xd3\xd4\xd2\xc5\xd4\xc9\xcc\xc9\xd3\xd8".to_vec(),
        ),
        "/gzip" => Reply::page("text/html", pack(b"<p>Packed.</p>")).with("Content-Encoding", "gzip"),
        "/gzip-cut" => {
            let whole = pack(b"<p>Packed and cut.</p>");
            Reply::page("text/html", &whole[..whole.len() - 9]).with("Content-Encoding", "gzip")
        }
        "/too-short" => Reply::Raw([head("Content-Length: 500\r\n"), b"<p>Short".to_vec()].concat()),
        "/too-short-once" if turn == 1 => Reply::Raw([head("Content-Length: 500\r\n"), b"<p>Short".to_vec()].concat()),
        "/too-long" => Reply::Raw(
            [
                head("Content-Length: 14\r\n"),
                b"<p>As told</p>HTTP/1.1 200 OK\r\n".to_vec(),
            ]
            .concat(),
        ),
        "/no-length" => Reply::Raw([head(""), b"<p>To the end.</p>".to_vec()].concat()),
        "/chunked" => Reply::Raw(
            [
                head("Transfer-Encoding: chunked\r\n"),
                b"8\r\n<p>Part.\r\n4\r\n</p>\r\n0\r\n\r\n".to_vec(),
            ]
            .concat(),
        ),
        "/bad-chunks" => Reply::Raw(
            [
                head("Transfer-Encoding: chunked\r\n"),
                b"fffffffffffffffff\r\n<p>".to_vec(),
            ]
            .concat(),
        ),
        "/huge" => Reply::Endless(head(""), 1_000_000_000),
        "/huge-told" => Reply::Endless(head("Content-Length: 1000000000\r\n"), 1_000_000_000),
        "/headers" => Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), 1_000_000_000),
        "/many-headers" => Reply::Raw(
            [
                b"HTTP/1.1 200 OK\r\n".to_vec(),
                b"A: b\r\n".repeat(200_000),
                b"\r\n".to_vec(),
            ]
            .concat(),
        ),
        "/drip" => Reply::Drip(head("Content-Length: 100000\r\n"), Duration::from_millis(50)),
        "/drip-once" => Reply::Drip(b"HTTP/1.1 200 OK\r\nX-".to_vec(), Duration::from_millis(50)),
        "/silent" => Reply::Raw(Vec::new()),
        "/nonsense" => Reply::Raw(b"\x00\x01\x02 nothing of HTTP\r\n\r\n".to_vec()),
        "/slow" => {
            thread::sleep(Duration::from_millis(300));
            article(path)
        }
        path => article(path),
    }
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).expect("memory");
    gzip.finish().expect("memory")
}

/// So many zeros, packed so often.
fn packed(zeros: usize, times: usize) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![0; 1_000_000];
    for _ in 0..zeros / block.len() {
        gzip.write_all(&block).expect("memory");
    }
    let once = gzip.finish().expect("memory");
    (1..times).fold(once, |packed, _| pack(&packed))
}

#[test]
fn whatever_a_server_does_nothing_is_lost_or_doubled_and_limits_hold() -> Fallible {
    let good = [
        "/1",
        "/2",
        "/chunked",
        "/cyrillic",
        "/gzip",
        "/koi8",
        "/near",
        "/no-length",
        "/500-twice",
        "/503-once",
        "/slow",
        "/too-long",
        "/too-short-once",
    ];
    let bad = [
        ("/circle/a", "redirects in a circle"),
        ("/self", "redirects in a circle"),
        ("/far/0", "more than 5 redirects"),
        ("/sneaky", "127.0.0.1 is no public address"),
        ("/metadata", "169.254.169.254 is no public address"),
        ("/file", "an address of file"),
        ("/forbidden/1", "robots.txt forbids"),
        ("/to-forbidden", "robots.txt forbids"),
        ("/404", "status 404"),
        ("/304", "status 304"),
        ("/empty", "an empty page"),
        ("/picture", "\"image/png\" is no page"),
        ("/brotli", "which was not asked for"),
        ("/bomb", "larger than"),
        ("/bomb-in-bomb", "larger than"),
        ("/huge", "larger than"),
        ("/huge-told", "larger than"),
        ("/500-always", "status 500, after 4 attempts"),
        ("/gzip-cut", "broke off"),
        ("/too-short", "after 4 attempts"),
        ("/bad-chunks", "after 4 attempts"),
        ("/headers", "headers of more than"),
        ("/many-headers", ""),
        ("/silent", "after 4 attempts"),
        ("/nonsense", "after 4 attempts"),
    ];
    let state = Mutex::default();
    let links: Vec<String> = good
        .iter()
        .copied()
        .chain(bad.iter().map(|(path, _)| *path))
        .map(str::to_owned)
        .collect();
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/feed" => rss(links.clone()),
        _ => misbehave(asked, &state),
    })?;
    let folder = Scratch::new("bad")?;
    let config = config(&hasty(&server, "tries = 4\nmax_bytes = 1000000"));
    let notes = rounds(&config, &folder, 500)?;
    for (path, reason) in bad {
        let told = why(&notes, path);
        assert!(
            !told.is_empty() && told.contains(reason),
            "{path}: {told:?} is not {reason:?}"
        );
    }
    let mut expected: Vec<&str> = good
        .iter()
        .map(|path| if *path == "/near" { "/near/landed" } else { *path })
        .collect();
    expected.sort_unstable();
    assert_eq!(folder.paths(&server)?, expected);
    let documents = folder.documents()?;
    for path in ["/cyrillic", "/koi8"] {
        let found = documents.iter().find(|document| field(document, "url").ends_with(path));
        assert!(
            found.is_some_and(|found| field(found, "html").ends_with("<p>Послы встретились")),
            "{path}"
        );
    }
    // Of three times a gigabyte not more was taken than the bound and what the system holds in its buffers.
    assert!(server.sent() < 60_000_000, "{} bytes were taken", server.sent());
    assert_eq!(
        (
            server.times("/forbidden/1"),
            server.times("/forbidden/2"),
            server.times("/404")
        ),
        (0, 0, 1)
    );
    assert_eq!(server.times("/500-always"), 4);
    let status = status(&folder.0)?.ok_or("no state")?;
    let feed = &status.feeds[0];
    assert_eq!(
        (feed.kept as usize, feed.skipped as usize, feed.waiting),
        (good.len(), bad.len(), 0)
    );
    assert_eq!(
        status.skipped.iter().map(|(_, number)| number).sum::<u64>() as usize,
        bad.len()
    );
    Ok(())
}

#[test]
fn a_page_that_drips_ends_with_the_time_for_a_request() -> Fallible {
    let state = Mutex::default();
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/feed" => rss(["/drip", "/drip-once", "/1"].map(str::to_owned)),
        _ => misbehave(asked, &state),
    })?;
    let folder = Scratch::new("drip")?;
    let config = config(&hasty(&server, "tries = 2").replace("timeout = \"20s\"", "timeout = \"2s\""));
    let notes = rounds(&config, &folder, 500)?;
    assert!(
        why(&notes, "/drip").contains("took too long"),
        "{}",
        why(&notes, "/drip")
    );
    assert_eq!(folder.paths(&server)?, ["/1", "/drip-once"]);
    Ok(())
}

#[test]
fn only_public_addresses_are_asked_unless_allowed_by_name() -> Fallible {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/feed" => rss(["/1".to_owned()]),
        path => article(path),
    })?;
    let folder = Scratch::new("public")?;
    let refused = Config::parse(&hasty(&server, "").replace("allow = ", "# "), "feeds.toml".as_ref());
    assert!(refused.is_err_and(|faults| faults[0].message.contains("127.0.0.1 is no public address")));
    // A name that stands for a private address is looked up and then not asked; allowing another port does not help.
    let port = server.host().replace("127.0.0.1:", "");
    let named =
        format!("{HASTY}allow = [\"localhost:1\"]\n[[feed]]\nname = \"a\"\nurl = \"http://localhost:{port}/feed\"\n");
    let mut notes = Vec::new();
    watch(&config(&named), &folder.0, Mode::Once, &mut |note| {
        notes.push(note.to_string())
    })?;
    assert!(notes[0].contains("no public address"), "{notes:?}");
    assert!(server.asked().is_empty());
    // Allowed for one feed is not allowed for all: the other feed names pages here in vain.
    let other = Server::start({
        let link = server.url("/1");
        move |asked| match asked.path.as_str() {
            "/feed" => rss([link.clone()]),
            path => article(path),
        }
    })?;
    let one = |name: &str, server: &Server| {
        format!(
            "[[feed]]\nname = \"{name}\"\nurl = \"{}\"\nallow = [\"{}\"]\n",
            server.url("/feed"),
            server.host()
        )
    };
    round(&config(&format!("{HASTY}{}", one("b", &other))), &folder)?;
    assert_eq!((server.asked().len(), folder.documents()?.len()), (0, 0));
    round(&config(&format!("{HASTY}{}", one("c", &server))), &folder)?;
    assert_eq!(server.times("/feed"), 1);
    Ok(())
}

#[test]
fn robots_that_cannot_be_read_forbid_everything_until_they_can() -> Fallible {
    let down = Arc::new(AtomicUsize::new(1));
    let server = Server::start({
        let down = down.clone();
        move |asked| match asked.path.as_str() {
            "/robots.txt" if down.load(Ordering::Relaxed) == 1 => Reply::status(500),
            "/robots.txt" => Reply::page("text/plain", "User-agent: *\nDisallow: /feed\nCrawl-delay: 0.05\n"),
            "/feed" => rss(["/1", "/2", "/3"].map(str::to_owned)),
            path => article(path),
        }
    })?;
    let folder = Scratch::new("robots")?;
    let text = hasty(&server, "");
    let totals = round(&config(&text), &folder)?;
    assert_eq!((totals.failed, server.times("/feed")), (1, 0));
    // The feed itself may be excepted, its articles never are.
    let excepted = config(&format!("{text}robots = false\n"));
    down.store(0, Ordering::Relaxed);
    thread::sleep(Duration::from_millis(60));
    let notes = rounds(&excepted, &folder, 500)?;
    assert_eq!(folder.paths(&server)?, ["/1", "/2", "/3"], "{notes:?}");
    let polls = server.times("/feed");
    assert!(polls > 0);
    // Once they are known they hold for the feed as well.
    let mut told = Vec::new();
    watch(&config(&text), &folder.0, Mode::Once, &mut |note| {
        told.push(note.to_string())
    })?;
    assert!(told[0].contains("robots.txt forbids \"attache\""), "{told:?}");
    assert_eq!(server.times("/feed"), polls);
    Ok(())
}

#[test]
fn a_host_that_asks_for_time_is_left_alone_also_after_a_restart() -> Fallible {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/feed" => rss(["/busy", "/1", "/2"].map(str::to_owned)),
        "/busy" => Reply::status(429).with("Retry-After", "3600"),
        "/robots.txt" => Reply::status(404),
        path => article(path),
    })?;
    let folder = Scratch::new("busy")?;
    let config = config(&hasty(&server, ""));
    let mut waits = Vec::new();
    watch(&config, &folder.0, Mode::Once, &mut |note| {
        if let Note::PutOff { wait, .. } = note {
            waits.push(*wait);
        }
    })?;
    assert_eq!(waits, [3600]);
    let before = server.asked().len();
    round(&config, &folder)?;
    assert_eq!((server.asked().len(), folder.documents()?.len()), (before, 0));
    let status = status(&folder.0)?.ok_or("no state")?;
    assert_eq!(status.feeds[0].waiting, 3);
    Ok(())
}

#[test]
fn feeds_in_trouble_are_asked_less_and_lose_nothing() -> Fallible {
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/feed" => match turn.fetch_add(1, Ordering::Relaxed) {
            0 => Reply::status(500),
            1 => Reply::page("text/html", "<!doctype html><title>Sorry</title>"),
            2 => Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss><channel><item>".to_vec()),
            // Read in part: what is there is taken, and the version is not believed.
            3 => Reply::page("text/xml", "<rss><channel><item><link>/1</link></item><item><li").with("ETag", "\"a\""),
            4 => Reply::status(301).with("Location", "/feed/new"),
            _ => rss(["/1", "/2"].map(str::to_owned)),
        },
        "/feed/new" if asked.headers.contains_key("if-none-match") => Reply::status(304),
        "/feed/new" => rss(["/1", "/2", "/3"].map(str::to_owned)),
        path => article(path),
    })?;
    let folder = Scratch::new("trouble")?;
    let config = config(&hasty(&server, ""));
    let mut told = String::new();
    for _ in 0..5 {
        watch(&config, &folder.0, Mode::Once, &mut |note| {
            told.push_str(&format!("{note}\n"))
        })?;
        thread::sleep(Duration::from_millis(40));
    }
    for expected in [
        "status 500",
        "a web page, no feed",
        "read in part",
        "has moved for good to",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert_eq!(folder.paths(&server)?, ["/1", "/2", "/3"]);
    Ok(())
}

#[test]
fn sitemaps_and_texts_of_feeds() -> Fallible {
    let today = jiff::Zoned::now().date();
    let text =
        "<p>Envoys of both countries met in Vienna and agreed to go on talking about the prisoners.</p>".repeat(4);
    let server = Server::start(move |asked| {
        match asked.path.as_str() {
        "/index.xml" => Reply::page(
            "application/xml",
            "<sitemapindex><sitemap><loc>/s1.xml.gz</loc><lastmod>2024-05-10</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>",
        ),
        "/s1.xml.gz" => Reply::page(
            "application/gzip",
            pack(format!("<urlset><url><loc>/new</loc><lastmod>{today}</lastmod></url><url><loc>/old</loc><lastmod>2019-01-01</lastmod></url></urlset>").as_bytes()),
        ),
        "/s2.xml" => Reply::page("text/xml", "<urlset><url><loc>/undated</loc></url></urlset>"),
        "/whole" => Reply::page(
            "application/rss+xml",
            format!(
                "<rss><channel><item><link>/a</link><description><![CDATA[{}]]></description></item><item><link>/b</link></item>\
                 <item><guid isPermaLink=\"false\">c</guid><content:encoded><![CDATA[{text}]]></content:encoded></item></channel></rss>",
                text.repeat(5)
            ),
        ),
        "/gone-pages" => Reply::page(
            "application/rss+xml",
            format!("<rss><channel><item><link>/404</link><content:encoded><![CDATA[{text}]]></content:encoded></item></channel></rss>"),
        ),
        "/404" => Reply::status(404),
        "/a" | "/b" => Reply::status(500),
        path => article(path),
    }
    })?;
    let folder = Scratch::new("sitemaps")?;
    let feed = |name: &str, path: &str, more: &str| {
        format!("[[feed]]\nname = \"{name}\"\nurl = \"{}\"\n{more}\n", server.url(path))
    };
    let config = config(&format!(
        "{HASTY}allow = [\"{}\"]\n{}{}{}",
        server.host(),
        feed("map", "/index.xml", ""),
        feed("whole", "/whole", "articles = \"feed\""),
        feed("gone", "/gone-pages", "")
    ));
    round(&config, &folder)?;
    round(&config, &folder)?;
    let documents = folder.documents()?;
    let mut shown: Vec<(String, &str)> = documents
        .iter()
        .map(|document| {
            (
                field(document, "url").replace(&server.url(""), ""),
                field(document, "content"),
            )
        })
        .collect();
    shown.sort();
    let expected = [("", "feed"), ("/404", "feed"), ("/a", "feed"), ("/new", "page")]
        .map(|(path, content)| (path.to_owned(), content));
    assert_eq!(shown, expected);
    // The index tells that the first sitemap is as it was; of the second it tells nothing.
    assert_eq!(
        (
            server.times("/s1.xml.gz"),
            server.times("/s2.xml"),
            server.times("/old"),
            server.times("/a")
        ),
        (1, 2, 0, 0)
    );
    Ok(())
}

#[test]
fn two_watchers_keep_out_of_each_others_way() -> Fallible {
    let held = Arc::new(AtomicBool::new(true));
    let server = Server::start({
        let held = held.clone();
        move |asked| {
            while asked.path == "/feed" && held.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(5));
            }
            rss([])
        }
    })?;
    let folder = Scratch::new("lock")?;
    let config = config(&hasty(&server, ""));
    thread::scope(|scope| {
        let first = scope.spawn(|| watch(&config, &folder.0, Mode::Once, &mut |_| {}).is_ok());
        while server.times("/feed") == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        let second = watch(&config, &folder.0, Mode::Once, &mut |_| {});
        held.store(false, Ordering::Relaxed);
        assert!(second.is_err_and(|error| error.to_string().contains("another attache watches")));
        assert!(first.join().is_ok_and(|fine| fine));
    });
    Ok(())
}

/// Articles that come out during each life of the command.
const EACH: usize = 20;

/// A server with new articles for every life of the command. Its feed shows ten at a time, and forgets five once all five
/// have been asked for, whatever came of it.
fn newsroom(lives: Arc<AtomicUsize>, all: usize) -> Fallible<Server> {
    let asked_for = Mutex::new(HashSet::new());
    let state = Mutex::default();
    Server::start(move |asked| match asked.path.as_str() {
        "/feed" => {
            let asked_for = asked_for.lock().expect("no test failed before");
            let out = (lives.load(Ordering::Relaxed) * EACH).min(all);
            let open = |from: &usize| !(*from..from + 5).all(|number| asked_for.contains(&number));
            let from = (0..out).step_by(5).find(open).unwrap_or(out);
            rss((from..(from + 10).min(out)).map(|number| format!("/articles/{number}")))
                .with("ETag", &format!("\"{from} {out}\""))
        }
        path if path.starts_with("/articles/") => {
            let number: usize = path[10..].parse().unwrap_or(0);
            asked_for.lock().expect("no test failed before").insert(number);
            thread::sleep(Duration::from_millis(3));
            match number % 7 {
                3 => misbehave(
                    &Asked {
                        path: format!("/500-twice?{number}"),
                        ..asked.clone()
                    },
                    &state,
                ),
                5 => Reply::status(302).with("Location", &format!("/landed/{number}")),
                _ => article(path),
            }
        }
        path => article(path),
    })
}

/// Kills the command so often, each time at a random instant of its work, and lets it finish.
fn killed(kills: usize) -> Fallible {
    let lives = Arc::new(AtomicUsize::new(0));
    let all = (kills + 1) * EACH;
    let server = newsroom(lives.clone(), all)?;
    let folder = Scratch::new(&format!("killed-{kills}"))?;
    let file = folder.0.join("feeds.toml");
    let text = hasty(&server, "file_bytes = 9000\noutput = \".\"").replace("every = \"1ms\"", "every = \"20ms\"");
    fs::write(&file, &text)?;
    let attache = binary()?;
    let start = || -> Fallible<Child> {
        lives.fetch_add(1, Ordering::Relaxed);
        let mut command = Command::new(&attache);
        command.arg("watch").arg(&file).arg("--quiet");
        Ok(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
    };
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..kills {
        let mut child = start()?;
        // From before the state is open to well after the first documents.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        thread::sleep(Duration::from_millis((random >> 33) % 300));
        child.kill()?;
        child.wait()?;
    }
    let mut child = start()?;
    // Not a bound on speed: whoever waits this long waits for what never comes.
    let patience = Instant::now() + Duration::from_secs(400);
    while folder.documents().map_or(0, |documents| documents.len()) < all && Instant::now() < patience {
        thread::sleep(Duration::from_millis(200));
    }
    // A little longer, so that a document too many has the time to come.
    thread::sleep(Duration::from_millis(500));
    child.kill()?;
    child.wait()?;
    // Lines that were on their way when the last kill came.
    round(&config(&text), &folder)?;

    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    for document in folder.documents()? {
        let url = field(&document, "url").to_owned();
        assert_eq!(field(&document, "id"), attache_input::feed::document_id(&url));
        assert!(field(&document, "html").contains("Envoys met at"));
        *seen
            .entry(url.rsplit('/').next().unwrap_or_default().parse()?)
            .or_default() += 1;
    }
    let doubled: Vec<_> = seen.iter().filter(|(_, times)| **times > 1).collect();
    assert!(doubled.is_empty(), "doubled: {doubled:?}");
    let lost: Vec<usize> = (0..all).filter(|number| !seen.contains_key(number)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    Ok(())
}

#[test]
fn killed_at_random_nothing_is_lost_or_doubled() -> Fallible {
    killed(8)
}

#[test]
#[ignore = "takes minutes: cargo test --release -p attache-tests --test watch -- --ignored"]
fn killed_fifty_times_nothing_is_lost_or_doubled() -> Fallible {
    killed(50)
}
