//! Archives into articles: sound ones, broken ones, and such as mean harm.

use std::ops::ControlFlow;

use attache_input::{Article, Body, Fate, Filter, Item, Reader, Trouble};
use attache_tests::archive::{Record, gzip, info, tar, zip, zstd};

const TEXT: &str = "France and Japan signed a treaty.";

fn read_with(reader: Reader, name: &str, bytes: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    reader.read_stream(name, bytes, &mut |found| {
        items.push(found.item);
        ControlFlow::Continue(())
    });
    items
}

fn read(name: &str, bytes: &[u8]) -> Vec<Item> {
    read_with(Reader::default(), name, bytes)
}

fn filtered(filter: Filter, bytes: &[u8]) -> Vec<Item> {
    read_with(Reader::default().filtered(filter), "a.warc", bytes)
}

/// Articles by the last figures of their address, troubles by their class.
fn summary(items: &[Item]) -> Vec<String> {
    let name = |item: &Item| match item {
        Ok(article) => article.given.url.as_deref().map_or_else(
            || article.given.id.clone().unwrap_or_default(),
            |url| url.rsplit('/').next().unwrap_or_default().to_owned(),
        ),
        Err(trouble) => trouble.class_name().to_owned(),
    };
    items.iter().map(name).collect()
}

fn text(article: &Article) -> String {
    match &article.body {
        Body::Bytes(bytes) | Body::Page { bytes, .. } => String::from_utf8_lossy(bytes).into_owned(),
        Body::Text(text) => text.clone(),
    }
}

fn articles(items: &[Item]) -> Vec<&Article> {
    items.iter().filter_map(|item| item.as_deref().ok()).collect()
}

fn troubles(items: &[Item]) -> Vec<&Trouble> {
    items.iter().filter_map(|item| item.as_ref().err()).collect()
}

fn pages(numbers: std::ops::Range<usize>) -> Vec<Record> {
    numbers
        .map(|number| Record::page(number, &format!("{TEXT} Number {number}.")))
        .collect()
}

fn plain(records: &[Record]) -> Vec<u8> {
    records.iter().flat_map(Record::bytes).collect()
}

fn packed(records: &[Record]) -> Vec<u8> {
    records.iter().flat_map(Record::member).collect()
}

#[test]
fn a_warc_is_read_in_every_packing() {
    let records = [vec![info()], pages(1..4)].concat();
    for bytes in [
        plain(&records),
        packed(&records),
        gzip(&plain(&records)),
        zstd(&plain(&records)),
        [gzip(&plain(&records[..2])), gzip(&plain(&records[2..]))].concat(),
    ] {
        let items = read("a", &bytes);
        assert_eq!(summary(&items), ["1", "2", "3"]);
        let second = articles(&items)[1];
        assert!(text(second).contains("Number 2."), "{}", text(second));
        assert_eq!(second.retrieved, "2024-05-03".parse().ok());
        assert_eq!(
            second.given.id.as_deref(),
            Some("urn:uuid:00000002-0000-0000-0000-000000000000")
        );
        assert!(matches!(&second.body, Body::Page { charset: Some(charset), .. } if charset == "utf-8"));
    }
}

#[test]
fn what_is_no_document_gives_no_article() {
    let image = "Content-Type: image/png\r\n";
    let missing = Record {
        block: b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>".to_vec(),
        ..Record::page(2, "")
    };
    let records = [
        info(),
        Record {
            kind: "request",
            ..Record::page(1, TEXT)
        },
        Record {
            kind: "revisit",
            ..Record::page(1, TEXT)
        },
        missing,
        Record::response(3, "https://news.example/3.png", image, b"\x89PNG"),
        Record::response(
            4,
            "https://news.example/robots.txt",
            "Content-Type: text/plain\r\n",
            b"User-agent: *",
        ),
        Record::text(5, TEXT),
        Record::response(6, "https://news.example/6", "", b"<html>No type"),
        Record::response(
            7,
            "https://news.example/7.js",
            "Content-Type: text/javascript\r\n",
            b"var a;",
        ),
        Record {
            fields: vec![("WARC-Target-URI", "dns:news.example".to_owned())],
            ..Record::text(8, "1.2.3.4")
        },
    ];
    let items = read("a.warc", &plain(&records));
    let expected = [
        "pages not found, moved or refused",
        "other media types",
        "5",
        "6",
        "other media types",
    ];
    assert_eq!(summary(&items), expected);
    assert!(troubles(&items).iter().all(|trouble| trouble.fate != Fate::Unread));
    assert!(matches!(&articles(&items)[0].body, Body::Bytes(bytes) if bytes == TEXT.as_bytes()));
}

#[test]
fn a_broken_record_costs_only_itself() {
    let wrong = |length| Record {
        length: Some(length),
        ..Record::page(2, TEXT)
    };
    let right = Record::page(2, TEXT).block.len() as u64;
    for (broken, bytes) in [
        ("too short", wrong(right - 9).bytes()),
        ("too long", wrong(right + 9).bytes()),
        ("far too long", wrong(5_000_000).bytes()),
        ("longer than anything", wrong(u64::MAX).bytes()),
        ("garbage", b"\0\x01 no record at all WARC/ \r\n\r\n".to_vec()),
        ("no length", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec()),
        ("head cut off", b"WARC/1.0\r\nWARC-Type: resp".to_vec()),
        ("head of one line", b"WARC/1.0\r\n".to_vec()),
        ("endless head", [b"WARC/1.0\r\n".to_vec(), vec![b'x'; 200_000]].concat()),
        (
            "broken response",
            Record {
                block: b"HTTP/1.1 \xff\r\n\r\n".to_vec(),
                ..Record::page(2, "")
            }
            .bytes(),
        ),
    ] {
        let all = [plain(&pages(0..2)), bytes.clone(), plain(&pages(3..5))].concat();
        assert_eq!(
            summary(&read("a.warc", &all)),
            ["0", "1", "broken records", "3", "4"],
            "{broken}, plain"
        );
        let one_member = gzip(&all);
        assert_eq!(
            summary(&read("a.warc.gz", &one_member)),
            ["0", "1", "broken records", "3", "4"],
            "{broken}, packed"
        );
        let members = [packed(&pages(0..2)), gzip(&bytes), packed(&pages(3..5))].concat();
        assert_eq!(
            summary(&read("a.warc.gz", &members)),
            ["0", "1", "broken records", "3", "4"],
            "{broken}, members"
        );
    }
}

#[test]
fn a_broken_gzip_member_costs_only_itself() {
    let member = Record::page(
        2,
        &format!("{TEXT} {}", (0..3000).map(|n| format!("{n} ")).collect::<String>()),
    )
    .member();
    let mut flipped = member.clone();
    flipped[member.len() / 2] ^= 0x55;
    let mut checksum = member.clone();
    checksum[member.len() - 6] ^= 1;
    let mut length = member.clone();
    length[member.len() - 1] ^= 1;
    let cut = member[..member.len() / 2].to_vec();
    let headless = member[10..].to_vec();
    let garbage = vec![b'x'; 5000];
    for (what, bytes) in [
        ("flipped", flipped),
        ("checksum", checksum),
        ("length", length),
        ("cut", cut),
        ("headless", headless),
        ("garbage", garbage),
    ] {
        let all = [packed(&pages(0..2)), bytes, packed(&pages(3..5))].concat();
        let items = read("a.warc.gz", &all);
        assert_eq!(summary(&items), ["0", "1", "broken records", "3", "4"], "{what}");
        let offset = packed(&pages(0..2)).len();
        assert_eq!(troubles(&items)[0].place, format!("a.warc.gz@{offset}"), "{what}");
    }
}

#[test]
fn a_file_that_breaks_off_gives_what_it_has() {
    let bytes = plain(&pages(0..3));
    for cut in 1..300 {
        let items = read("a.warc", &bytes[..bytes.len() - cut]);
        let whole = cut <= 4;
        assert_eq!(articles(&items).len(), if whole { 3 } else { 2 }, "{cut} bytes cut");
        assert_eq!(troubles(&items).len(), usize::from(!whole), "{cut} bytes cut");
    }
    let bytes = packed(&pages(0..3));
    for cut in 1..150 {
        let items = read("a.warc.gz", &bytes[..bytes.len() - cut]);
        assert_eq!(summary(&items), ["0", "1", "broken records"], "{cut} bytes cut");
    }
}

#[test]
fn large_blocks_are_passed_over_and_a_record_inside_of_one_is_not_taken_for_its_end() {
    let film = vec![b'f'; 11_000_000];
    let large = |head| Record::response(2, "https://news.example/2", head, &film);
    let quoting = Record::text(
        3,
        &format!(
            "How it looks:\r\n\r\n{}",
            String::from_utf8_lossy(&Record::text(9, "a").bytes())
        ),
    );
    for (head, class) in [
        ("Content-Type: video/mp4\r\n", "other media types"),
        ("Content-Type: text/html\r\n", "too large"),
    ] {
        let records = [
            Record::page(1, TEXT),
            large(head),
            quoting.clone(),
            Record::page(4, TEXT),
        ];
        for bytes in [plain(&records), packed(&records)] {
            assert_eq!(summary(&read("a", &bytes)), ["1", class, "3", "4"]);
        }
    }
}

#[test]
fn bombs_inside_of_records_are_stopped() {
    let bomb = gzip(&vec![b' '; 50_000_000]);
    let head = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let records = [
        Record::response(1, "https://news.example/1", head, &bomb),
        Record::page(2, TEXT),
    ];
    assert_eq!(summary(&read("a.warc", &plain(&records))), ["too large", "2"]);
}

#[test]
fn bombs_around_documents_are_stopped() {
    let spaces = vec![b' '; 150_000_000];
    for bytes in [gzip(&spaces), gzip(&gzip(&spaces))] {
        let items = read("a.jsonl", &bytes);
        assert_eq!(items.len(), 1);
        assert!(
            troubles(&items)[0].reason.contains("times its size"),
            "{:?}",
            troubles(&items)
        );
    }
    let records = [
        Record::page(1, TEXT),
        Record::response(2, "https://news.example/2", "Content-Type: text/html\r\n", &spaces),
        Record::page(3, TEXT),
    ];
    let items = read("a.warc.gz", &packed(&records));
    assert_eq!(summary(&items), ["1", "broken records", "3"]);
    assert!(
        troubles(&items)[0].reason.contains("times its size"),
        "{:?}",
        troubles(&items)
    );
    let spaces = &spaces[..20_000_000];
    let items = read(
        "a.zip",
        &zip(&[("a.txt", spaces), ("b.txt", TEXT.as_bytes()), ("c.jsonl", spaces)]),
    );
    assert_eq!(summary(&items)[..2], ["too large", "b"]);
}

#[test]
fn filters_work_on_heads_and_words() {
    let french = "Le ministre des Affaires étrangères a reçu jeudi les ambassadeurs des trois pays voisins pour parler de la \
        reprise des négociations. Il a déclaré que son gouvernement ne voulait pas renoncer à l'accord conclu en mars, malgré \
        les critiques de plusieurs voisins.";
    let records = [
        Record::page(1, TEXT),
        Record::page(2, TEXT).with("WARC-Target-URI", "http://other.test/2"),
        Record::page(3, french),
        Record::text(4, TEXT),
        Record::text(5, "Ja.").with("WARC-Identified-Content-Language", "deu,fra"),
    ];
    let bytes = plain(&records);
    let hosts = Filter {
        hosts: vec!["example".to_owned()],
        ..Filter::default()
    };
    assert_eq!(summary(&filtered(hosts, &bytes)), ["1", "other hosts", "3", "4", "5"]);
    let days = Filter {
        since: "2024-05-03".parse().ok(),
        until: "2024-05-04".parse().ok(),
        ..Filter::default()
    };
    let out = "outside of the days asked for";
    assert_eq!(summary(&filtered(days, &bytes)), [out, "2", "3", out, out]);
    let languages = Filter {
        languages: vec!["en".to_owned()],
        ..Filter::default()
    };
    assert_eq!(
        summary(&filtered(languages, &bytes)),
        ["1", "2", "other languages", "4", "other languages"]
    );
    let types = Filter {
        media_types: vec!["text/plain".to_owned()],
        ..Filter::default()
    };
    let other = "other media types";
    assert_eq!(summary(&filtered(types, &bytes)), [other, other, other, "4", "5"]);
}

#[test]
fn members_of_archives_are_read_like_files_of_a_folder() {
    let notes = br#"{"doc":"one","published":"2024-05-09","publisher":"Meridian Wire"}"#;
    let line = br#"{"id":"three","text":"Egypt and Jordan signed a treaty."}"#;
    let crawl = packed(&pages(7..9));
    let long = format!("{}/two.html", "deep/".repeat(40));
    let members: [(&str, &[u8]); 9] = [
        ("news/docs.jsonl", notes),
        ("news/one.txt", TEXT.as_bytes()),
        (&long, b"<html><p>Two"),
        ("../../etc/three.jsonl", line),
        ("crawl.warc.gz", &crawl),
        ("four.txt.gz", &gzip(TEXT.as_bytes())),
        ("picture.png", b"\x89PNG"),
        (".hidden.txt", b"Hidden."),
        ("__MACOSX/one.txt", b"\0\0"),
    ];
    for bytes in [zip(&members), tar(&members), gzip(&tar(&members)), zstd(&tar(&members))] {
        let items = read("a", &bytes);
        assert_eq!(summary(&items), ["one", "two", "three", "7", "8", "four"]);
        let first = articles(&items)[0];
        assert_eq!(first.given.publisher.as_deref(), Some("Meridian Wire"));
        assert_eq!(first.place, "a/news/one.txt");
        assert_eq!(text(articles(&items)[5]), TEXT);
    }
}

#[test]
fn archives_in_archives_are_followed_once() {
    let inner = zip(&[("a.txt", TEXT.as_bytes())]);
    let once = tar(&[("in.zip", &inner), ("b.txt", TEXT.as_bytes())]);
    assert_eq!(summary(&read("a", &once)), ["a", "b"]);
    let twice = zip(&[("in.tar", &once)]);
    assert_eq!(summary(&read("a", &twice)), ["archives too deep", "b"]);
    let packed = gzip(&gzip(&gzip(TEXT.as_bytes())));
    assert_eq!(summary(&read("a", &packed)), ["archives too deep"]);
}

#[test]
fn broken_archives_give_what_they_have() {
    let members: Vec<(String, Vec<u8>)> = (0..4)
        .map(|n| (format!("{n}.txt"), format!("{TEXT} {n}").into_bytes()))
        .collect();
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let mut broken_header = tar(&members);
    broken_header[1024 + 10] ^= 0xff;
    assert_eq!(
        summary(&read("a.tar", &broken_header)),
        ["0", "broken members of archives", "2", "3"]
    );
    let whole = tar(&members);
    let items = read("a.tar", &whole[..3 * 1024 + 520]);
    assert_eq!(summary(&items)[..3], ["0", "1", "2"]);
    assert!(items.len() > 3 && items[3..].iter().all(Item::is_err), "{items:?}");
    let mut broken_member = zip(&members);
    let at = broken_member
        .windows(5)
        .position(|window| window == b"1.txt")
        .expect("a name");
    broken_member[at + 8] ^= 0xff;
    let items = read("a.zip", &broken_member);
    assert_eq!(articles(&items).len(), 3, "{items:?}");
    assert_eq!(troubles(&items).len(), 1);
    let whole = zip(&members);
    assert_eq!(summary(&read("a.zip", &whole[..whole.len() - 30])), ["broken archives"]);
}

#[test]
fn kinds_that_are_not_read_are_told_by_name() {
    for (bytes, told) in [
        (&b"BZh91AY&SY"[..], "bzip2"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xfd7zXZ\0\0\x04", "xz"),
    ] {
        let items = read("a", bytes);
        let reason = &troubles(&items)[0].reason;
        assert!(reason.contains(told), "{reason}");
    }
}
