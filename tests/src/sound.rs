//! What holds for the records of any text.

use std::ops::ControlFlow;

use attache::event::{Actor, Event};
use attache::extract::{self, Given};
use attache::{Coder, Document};
use attache_input::{Body, Reader};

/// Reads any bytes the whole way: decoded, extracted, coded, annotated and explained. Bytes that are no text are passed over.
///
/// # Errors
/// Where a record points outside of its text or at other words than its own, or the commands disagree.
pub fn bytes(coder: &Coder, bytes: &[u8]) -> Result<(), String> {
    match extract::encoding::decode(bytes) {
        Ok((text, _)) => self::text(coder, &text),
        Err(_) => Ok(()),
    }
}

/// Whether bytes can be read as an input, whatever they are: each item has a place, and no article is larger than allowed.
///
/// # Errors
/// What does not hold.
pub fn input(bytes: &[u8]) -> Result<(), String> {
    for name in ["input", "input.jsonl", "input.html"] {
        let mut fault = None;
        Reader::default().read_stream(name, bytes, &mut |found| {
            let (place, length) = match &found.item {
                Ok(article) => (&article.place, length(&article.body)),
                Err(trouble) => (&trouble.place, 0),
            };
            if !place.starts_with(name) || length > 4 * extract::MAX_BYTES || found.mark.items == 0 {
                fault = Some(format!("{place}: {length} bytes at {:?}", found.mark));
            }
            ControlFlow::Continue(())
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
    }
    Ok(())
}

fn length(body: &Body) -> usize {
    match body {
        Body::Bytes(bytes) | Body::Page { bytes, .. } => bytes.len(),
        Body::Text(text) => text.len(),
    }
}

/// Reads any bytes as a page. Bytes that are no text are passed over.
///
/// # Errors
/// Where the parts of the document do not hold together.
pub fn page(bytes: &[u8]) -> Result<(), String> {
    match extract::encoding::decode_page(bytes, None) {
        Ok((html, _)) => parts(&extract::page(&html, &Given::default(), None).0),
        Err(_) => Ok(()),
    }
}

/// Whether the parts of a document lie in its text, in order and apart, and its address is one of the web.
///
/// # Errors
/// The first fault.
pub fn parts(document: &Document) -> Result<(), String> {
    let mut at = 0;
    for block in &document.blocks {
        let span = block.span;
        if span.start < at || span.end <= span.start || document.text.get(span.start..span.end).is_none() {
            return Err(format!("a part at {span:?}, after one that ends at {at}"));
        }
        at = span.end;
    }
    match &document.canonical {
        Some(address) if !address.starts_with("http://") && !address.starts_with("https://") => {
            Err(format!("address {address:?}"))
        }
        _ => Ok(()),
    }
}

/// As [`bytes`], for a text.
///
/// # Errors
/// As [`bytes`].
pub fn text(coder: &Coder, text: &str) -> Result<(), String> {
    let (document, _) = extract::plain(text, &Given::default());
    let events = coder.code(&document).events;
    records(&document, &events)?;
    let annotation = coder.annotate(&document);
    let length = document.text.chars().count();
    let ranges = annotation.entities.iter().map(|e| [e.start, e.end]);
    let ranges = ranges.chain(annotation.sentences.iter().map(|s| [s.start, s.end]));
    let ranges = ranges.chain(annotation.times.iter().map(|t| [t.start, t.end]));
    let mut ranges = ranges.chain(annotation.coreference.iter().flatten().copied());
    if let Some(range) = ranges.find(|[start, end]| start > end || *end > length) {
        return Err(format!("a layer reaches {range:?} in a text of {length} code points"));
    }
    if annotation.events != events || coder.explain(&document).events != events {
        return Err("code, annotate and explain give different records".into());
    }
    Ok(())
}

/// Whether every offset of every record lies in the text and leads to the words that the record gives.
///
/// # Errors
/// The first record that does not.
pub fn records(document: &Document, events: &[Event]) -> Result<(), String> {
    let text: Vec<char> = document.text.chars().collect();
    let slice = |start: usize, end: usize| text.get(start..end).map(String::from_iter);
    let leads = |what: &str, start, end, words: &str| match slice(start, end) {
        Some(found) if found == words => Ok(()),
        found => Err(format!("{what} {start}..{end} is {found:?}, not {words:?}")),
    };
    let party = |actor: &Actor| leads("entity_text", actor.start, actor.end, &actor.entity_text);
    for event in events {
        leads("text", event.text_info.start, event.text_info.end, &event.text)?;
        event.actor.iter().chain(&event.recipient).try_for_each(party)?;
        for account in &event.attribution {
            party(&account.speaker)?;
            if !account.cue.is_empty() {
                leads("cue", account.start, account.end, &account.cue)?;
            }
        }
        let mut parts = event.event_text.iter().flat_map(|words| words.split(" … "));
        if let Some(words) = parts.find(|words| !event.text.contains(words)) {
            return Err(format!("event_text {words:?} is not in the sentence"));
        }
        if !(0.0..=1.0).contains(&event.confidence) || event.pattern.is_empty() {
            return Err(format!("no confidence or pattern: {event:?}"));
        }
        // Who struck may be unknown; whom he struck is not.
        if event.actor.is_empty() && (event.recipient.is_empty() || event.event != ["ASSAULT"]) {
            return Err(format!("no party: {event:?}"));
        }
    }
    Ok(())
}
