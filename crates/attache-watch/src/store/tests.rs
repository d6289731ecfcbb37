use std::fs;
use std::path::PathBuf;

use attache_input::feed::Entry;

use super::*;
use crate::fetch::Validators;
use crate::output;

/// A folder that is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("attache-watch-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Scratch(path)
    }

    fn store(&self) -> Store {
        Store::open(&self.0.join("state.sqlite")).expect("a state")
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap_or_default()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn entry(address: &str) -> Entry {
    Entry {
        address: Some(address.to_owned()),
        ..Entry::default()
    }
}

fn find(store: &mut Store, addresses: &[&str]) -> Found {
    let source = store.source("meridian", "https://a.example/feed", 0).expect("a source");
    let entries: Vec<Entry> = addresses.iter().map(|address| entry(address)).collect();
    let entries: Vec<&Entry> = entries.iter().collect();
    store
        .found(&source, &entries, true, &Validators::default(), 100, 0)
        .expect("stored")
}

const DAY: &str = "2024-05-09";

fn keep(store: &mut Store, folder: &Scratch, article: i64, address: &str) -> Kept {
    let line = |id: &str| Ok(format!("{{\"id\":\"{id}\",\"url\":\"{address}\"}}\n").into_bytes());
    store
        .keep(article, Some(address), None, line, (&folder.0, DAY, 150), 1)
        .expect("kept")
}

fn write(store: &mut Store, folder: &Scratch) {
    output::write(store, &folder.0, DAY).expect("written");
}

#[test]
fn an_address_is_found_once() {
    let folder = Scratch::new("found");
    let mut store = folder.store();
    let found = find(
        &mut store,
        &[
            "https://a.example/1?utm_source=x",
            "https://a.example/1",
            "https://a.example/2",
        ],
    );
    assert_eq!((found.new.len(), found.known), (2, 1));
    drop(store);
    let mut store = folder.store();
    assert_eq!(
        find(&mut store, &["https://a.example/1#x", "https://a.example/3"])
            .new
            .len(),
        1
    );
    assert_eq!(store.waiting().expect("rows").len(), 3);
}

#[test]
fn pages_that_end_at_one_address_are_one_document() {
    let folder = Scratch::new("same");
    let mut store = folder.store();
    let found = find(
        &mut store,
        &["https://a.example/1", "https://a.example/2", "https://a.example/3"],
    );
    let [one, two, three] = [0, 1, 2].map(|at| found.new[at].id);
    assert!(matches!(
        keep(&mut store, &folder, one, "https://b.example/x"),
        Kept::Document(_)
    ));
    assert_eq!(
        keep(&mut store, &folder, two, "https://b.example/x?fbclid=1"),
        Kept::Same
    );
    assert!(store.kept_at("https://b.example/x", three).expect("an answer"));
    // One that waits gives way to the page that was fetched.
    let four = find(&mut store, &["https://c.example/4"]).new[0].id;
    assert!(matches!(
        keep(&mut store, &folder, three, "https://c.example/4"),
        Kept::Document(_)
    ));
    assert!(!store.is_waiting(four).expect("a row") && store.waiting().expect("rows").is_empty());
}

#[test]
fn lines_written_again_are_the_same_lines() {
    let folder = Scratch::new("again");
    let mut store = folder.store();
    let found = find(
        &mut store,
        &[
            "https://a.example/1",
            "https://a.example/2",
            "https://a.example/3",
            "https://a.example/4",
        ],
    );
    for article in &found.new[..3] {
        keep(
            &mut store,
            &folder,
            article.id,
            article.url.as_deref().expect("an address"),
        );
    }
    // Files stay below 150 bytes, two lines.
    let lines = store.unwritten(1 << 30).expect("lines");
    assert_eq!(lines.len(), 2);
    // Killed in the middle of a line: the file is longer than the state knows.
    let whole: Vec<u8> = lines.iter().flat_map(|line| line.bytes.clone()).collect();
    fs::write(folder.0.join("2024-05-09-001.jsonl"), &whole[..whole.len() - 7]).expect("written");
    write(&mut store, &folder);
    assert_eq!(folder.text("2024-05-09-001.jsonl").as_bytes(), whole);
    assert_eq!(folder.text("2024-05-09-002.jsonl").lines().count(), 1);
    write(&mut store, &folder);
    let fourth = &found.new[3];
    keep(&mut store, &folder, fourth.id, "https://a.example/4");
    write(&mut store, &folder);
    assert_eq!(folder.text("2024-05-09-002.jsonl").lines().count(), 2);
}

#[test]
fn files_that_were_taken_away_are_not_written_into() {
    let folder = Scratch::new("taken");
    let mut store = folder.store();
    // Left by somebody whose state is gone.
    fs::write(folder.0.join("2024-05-09-001.jsonl"), "old\n").expect("written");
    let found = find(
        &mut store,
        &["https://a.example/1", "https://a.example/2", "https://a.example/3"],
    );
    keep(&mut store, &folder, found.new[0].id, "https://a.example/1");
    write(&mut store, &folder);
    assert_eq!(folder.text("2024-05-09-001.jsonl"), "old\n");
    let second = folder.0.join("2024-05-09-002.jsonl");
    fs::rename(&second, folder.0.join("2024-05-09-002.jsonl.gz")).expect("moved");
    keep(&mut store, &folder, found.new[1].id, "https://a.example/2");
    write(&mut store, &folder);
    assert!(!second.exists());
    assert_eq!(folder.text("2024-05-09-003.jsonl").lines().count(), 1);
    // Somebody added to it.
    let third = folder.text("2024-05-09-003.jsonl") + "more\n";
    fs::write(folder.0.join("2024-05-09-003.jsonl"), &third).expect("written");
    keep(&mut store, &folder, found.new[2].id, "https://a.example/3");
    write(&mut store, &folder);
    assert_eq!(
        (
            folder.text("2024-05-09-003.jsonl"),
            folder.text("2024-05-09-004.jsonl").lines().count()
        ),
        (third, 1)
    );
}

#[test]
fn sitemaps_of_an_index_are_read_when_they_change() {
    let folder = Scratch::new("index");
    let mut store = folder.store();
    let index = store
        .source("atlas", "https://a.example/index.xml", 0)
        .expect("a source");
    let named = |stamp: &str| {
        vec![
            ("https://a.example/s1.xml".to_owned(), Some(stamp.to_owned())),
            ("https://a.example/s2.xml".to_owned(), None),
        ]
    };
    let poll = |store: &mut Store, stamp: &str, now| {
        let fresh = store
            .indexed(&index, &named(stamp), &Validators::default(), now + 10, now)
            .expect("stored");
        for child in &fresh {
            store
                .found(child, &[], true, &Validators::default(), now, now)
                .expect("stored");
        }
        fresh.len()
    };
    assert_eq!(
        (
            poll(&mut store, "a", 1),
            poll(&mut store, "a", 2),
            poll(&mut store, "b", 3)
        ),
        (2, 1, 2)
    );
    assert_eq!(store.children("atlas").expect("rows"), []);
}

#[test]
fn a_state_of_another_form_is_refused() {
    let folder = Scratch::new("form");
    folder.store().db.pragma_update(None, "user_version", 9).expect("set");
    assert!(matches!(
        Store::open(&folder.0.join("state.sqlite")),
        Err(StoreError::Version(9))
    ));
}
