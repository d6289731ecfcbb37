//! Numbers of people on records: those of the event's own sentence, or of the next where that tells nothing else.

use crate::event::{Event, Size, Status};
use crate::ontology::Ontology;
use crate::pipeline::Reading;
use crate::record::one_line;
use crate::resolve::count::{Count, Counter, What};

/// Fills `size` of what a document tells.
pub(crate) fn fill(ontology: &Ontology, reading: &mut Reading) {
    let mut filled: Vec<(usize, Count, usize)> = Vec::new();
    for (number, tree) in reading.sentences.iter().enumerate() {
        let Some(names) = reading.resolver.mentions.get(number) else {
            continue;
        };
        for count in (Counter { ontology, tree, names }).counts() {
            if let Some(told) = own(reading, number, &count).or_else(|| next(reading, number, &count)) {
                filled.push((told, count, number));
            }
        }
    }
    filled.extend(marchers(ontology, reading));
    for (told, count, number) in filled {
        let span = reading.sentences[number].words(count.words.0, count.words.1);
        let words = one_line(span.text(&reading.document.text));
        put(&mut reading.told[told].event.size, &count, words);
    }
}

/// Those who protest are counted where they are named: "3,000 teachers went on strike".
fn marchers(ontology: &Ontology, reading: &Reading) -> Vec<(usize, Count, usize)> {
    let counted = |(at, told): (usize, &crate::pipeline::Told)| {
        let party = told
            .mention
            .actor
            .first()
            .filter(|party| party.sentence == told.sentence && takes(&told.event, What::Participants))?;
        let (tree, names) = (
            reading.sentences.get(party.sentence)?,
            reading.resolver.mentions.get(party.sentence)?,
        );
        let counter = Counter { ontology, tree, names };
        let (value, least, words) = counter.people(party.head, false)?;
        let count = Count {
            what: What::Participants,
            value,
            least,
            words,
            told_by: party.head,
            agentless: true,
        };
        Some((at, count, party.sentence))
    };
    reading.told.iter().enumerate().filter_map(counted).collect()
}

/// Whether events of that kind count those.
fn takes(event: &Event, what: What) -> bool {
    let kind = event.event.first().map_or("", String::as_str);
    let real = matches!(event.status, Status::Occurred | Status::Ongoing | Status::Background);
    let fits = match what {
        What::Dead | What::Injured => matches!(kind, "ASSAULT" | "PROTEST"),
        What::Arrested => kind == "PROTEST" || kind == "COERCE" && event.mode.iter().any(|m| m == "arrest"),
        What::Participants => kind == "PROTEST",
    };
    real && fits
}

/// The event of the same sentence that a count belongs to: one that its verb tells, else one above or below it, else the nearest.
fn own(reading: &Reading, number: usize, count: &Count) -> Option<usize> {
    let tree = &reading.sentences[number];
    let below = tree.subtree(count.told_by);
    let here = reading.told.iter().enumerate().filter(|(_, t)| t.sentence == number);
    let fitting = here.filter(|(_, t)| takes(&t.event, count.what));
    fitting
        .min_by_key(|(_, told)| {
            let mention = &told.mention;
            let apart = if mention.words.contains(&count.told_by) {
                0
            } else if below.contains(&mention.anchor) || tree.subtree(mention.anchor).contains(&count.told_by) {
                1
            } else {
                2
            };
            (apart, mention.trigger.abs_diff(count.told_by))
        })
        .map(|(at, _)| at)
}

/// "Twelve people were killed." after the sentence that tells the attack: the event before, in the same paragraph, where this
/// sentence tells no other and says neither who did it nor that it was another time.
fn next(reading: &Reading, number: usize, count: &Count) -> Option<usize> {
    const ANOTHER: [&str; 9] = [
        "earlier", "previous", "last", "since", "year", "month", "another", "separate", "similar",
    ];
    let before = number.checked_sub(1)?;
    let aside = reading.sentences[number]
        .tokens
        .iter()
        .any(|t| ANOTHER.contains(&t.lemma.to_lowercase().as_str()));
    let told_here = reading.told.iter().any(|t| {
        t.sentence == number
            && matches!(
                t.event.event.first().map(String::as_str),
                Some("ASSAULT" | "PROTEST" | "COERCE")
            )
    });
    if aside || told_here || !count.agentless || reading.blocks.get(before) != reading.blocks.get(number) {
        return None;
    }
    reading
        .told
        .iter()
        .rposition(|t| t.sentence == before && takes(&t.event, count.what))
}

/// Puts a count where none is yet.
fn put(size: &mut Size, count: &Count, words: String) {
    let name = match count.what {
        What::Dead => "dead",
        What::Injured => "injured",
        What::Arrested => "arrested",
        What::Participants => "participants",
    };
    if size.fill(name, count.value, count.least) {
        size.tell(words);
    }
}
