//! The rules of matching, one by one.

use super::*;
use crate::date::Precision;
use crate::event::{Attribution, SpeechKind, Status};

/// A record in short: `SANCTION/expel RUS>USA 2024-05-09 occurred`; codes joined by `+`, `?` for an unknown one.
fn record(short: &str, text: &str) -> Event {
    let mut words = short.split(' ');
    let (kind, sides) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (actor, recipient) = sides.split_once('>').unwrap_or((sides, ""));
    let date = words.next().unwrap_or("2024-05-09");
    let value = serde_json::json!({
        "id": "x", "date": date, "enddate": null, "date_precision": "day", "actor": [], "recipient": [], "event": [kind],
        "mode": [], "context": [], "quad_code": 1, "event_scale": 0.0, "cameo": "", "goldstein": 0.0,
        "status": words.next().unwrap_or("occurred"), "attribution": [], "event_loc": null,
        "size": {"dead": null, "injured": null, "arrested": null}, "event_text": [], "text": text,
        "text_info": {"sequence": 0, "start": 0, "end": 0},
        "cite_info": {"url": null, "title": null, "publication": null, "language": null, "published": null,
            "coder": "", "codebook": "", "model": ""},
        "pattern": "", "confidence": 1.0, "doc": "d", "happening": null,
    });
    let mut event: Event = serde_json::from_value(value).expect("a record");
    event.actor = side(actor);
    event.recipient = side(recipient);
    event
}

fn side(codes: &str) -> Vec<Actor> {
    codes
        .split('+')
        .filter(|code| !code.is_empty())
        .map(|code| party(code, code))
        .collect()
}

fn party(code: &str, name: &str) -> Actor {
    Actor {
        entity_text: name.to_owned(),
        code: (code != "?").then(|| code.to_owned()),
        sector: Vec::new(),
        identifier_text: None,
        office: None,
        start: 0,
        end: 0,
    }
}

fn said_by(mut event: Event, code: &str, name: &str) -> Event {
    let speaker = party(code, name);
    event.attribution = vec![Attribution {
        speaker,
        cue: "said".into(),
        kind: SpeechKind::Indirect,
        start: 0,
        end: 0,
    }];
    event
}

fn gold(kinds: &str, actor: &[Option<&str>], recipient: &[Option<&str>], reciprocal: bool) -> GoldSentence {
    let parties = |codes: &[Option<&str>]| {
        let party = |code: &Option<&str>| GoldParty {
            entity_text: String::new(),
            code: code.map(str::to_owned),
            sector: Vec::new(),
        };
        codes.iter().map(party).collect()
    };
    let event = kinds.split('|').map(str::to_owned).collect();
    let event = GoldEvent {
        event,
        actor: parties(actor),
        recipient: parties(recipient),
        reciprocal,
        ..GoldEvent::default()
    };
    GoldSentence {
        id: "s".into(),
        date: None,
        text: String::new(),
        events: vec![event],
    }
}

fn matched(gold: &GoldSentence, predicted: &[Event]) -> (usize, usize) {
    let score = score_sentence(gold, predicted, false);
    (score.by_type.matched, score.by_type_and_sides.matched)
}

#[test]
fn types_and_sides_are_compared_as_sets() {
    let gold = gold("AGREE|CONCEDE", &[Some("RUS"), Some("IRN")], &[Some("USA")], false);
    assert_eq!(matched(&gold, &[record("CONCEDE IRN+RUS>USA", "")]), (1, 1));
    assert_eq!(matched(&gold, &[record("CONCEDE RUS>USA", "")]), (1, 0));
    assert_eq!(matched(&gold, &[record("CONCEDE RUS+IRN", "")]), (1, 0));
    assert_eq!(matched(&gold, &[record("REJECT IRN+RUS>USA", "")]), (0, 0));
}

#[test]
fn gold_without_a_code_matches_anything() {
    let gold = gold("AID", &[None], &[Some("USA")], false);
    assert_eq!(matched(&gold, &[record("AID FRA>USA", "")]), (1, 1));
    assert_eq!(matched(&gold, &[record("AID ?>USA", "")]), (1, 1));
    assert_eq!(matched(&gold, &[record("AID FRA>GBR", "")]), (1, 0));
}

#[test]
fn joint_acts_compare_all_parties() {
    let one_sided = gold("CONSULT", &[Some("RUS")], &[Some("CUB")], false);
    assert_eq!(matched(&one_sided, &[record("CONSULT CUB+RUS", "")]), (1, 1));
    assert_eq!(matched(&one_sided, &[record("CONSULT CUB>RUS", "")]), (1, 0));
    let joint = gold("CONSULT", &[Some("RUS"), Some("CUB")], &[], true);
    assert_eq!(matched(&joint, &[record("CONSULT CUB>RUS", "")]), (1, 1));
}

#[test]
fn records_are_matched_once_and_the_best_comes_first() {
    let gold = gold("REJECT", &[Some("RUS")], &[Some("USA")], false);
    let predicted = [
        record("REJECT CUB>USA", ""),
        record("REJECT RUS>USA", ""),
        record("REJECT RUS>USA", ""),
    ];
    let score = score_sentence(&gold, &predicted, false);
    assert_eq!(
        score.by_type,
        Tally {
            gold: 1,
            predicted: 3,
            matched: 1
        }
    );
    assert_eq!(score.by_type_and_sides.matched, 1);
    assert_eq!((score.missed.len(), score.extra.len()), (0, 2));
    assert_eq!(
        score.per_type["REJECT"],
        Tally {
            gold: 1,
            predicted: 3,
            matched: 1
        }
    );
}

#[test]
fn background_counts_only_when_asked_for() {
    let gold = gold("AID", &[Some("FRA")], &[Some("MLI")], false);
    let predicted = [record("AID FRA>MLI 1994-01-01 background", "")];
    assert_eq!(score_sentence(&gold, &predicted, false).by_type.predicted, 0);
    assert_eq!(score_sentence(&gold, &predicted, true).by_type.matched, 1);
}

#[test]
fn background_of_the_gold_may_be_found_but_need_not() {
    let mut gold = gold("AID", &[Some("FRA")], &[Some("MLI")], false);
    gold.events[0].status = Some(Status::Background);
    let retold = [record("AID FRA>MLI 1994-01-01 background", "")];
    let found = score_sentence(&gold, &retold, false).by_type_and_sides;
    assert_eq!((found.gold, found.predicted, found.matched), (1, 1, 1));
    assert_eq!(score_sentence(&gold, &[], false).by_type, Tally::default());
    assert_eq!(score_sentence(&gold, &[], true).by_type.gold, 1);
    let mut event = gold.events[0].clone();
    event.status = Some(Status::Occurred);
    gold.events.push(event);
    let news = [record("AID FRA>MLI", "")];
    let score = score_sentence(&gold, &news, false);
    assert_eq!(
        (score.by_type.gold, score.by_type.matched),
        (1, 1),
        "the news is found, not the background"
    );
    assert!(score.missed.is_empty());
}

#[test]
fn figures_without_records_are_zero() {
    let empty = Tally::default();
    assert_eq!((empty.precision(), empty.recall(), empty.f1()), (0.0, 0.0, 0.0));
    let tally = Tally {
        gold: 4,
        predicted: 2,
        matched: 2,
    };
    assert_eq!((tally.precision(), tally.recall()), (1.0, 0.5));
}

fn expected(date: Option<&str>, speaker: Option<&str>) -> ExpectedRecord {
    let value = serde_json::json!({
        "doc": "d", "event": ["ACCUSE"], "actor": ["RUS"], "recipient": ["USA"], "date": date, "status": "occurred",
        "speaker": speaker, "essential": true, "evidence": "condemned the embargo",
    });
    serde_json::from_value(value).expect("an expected record")
}

fn found(expected: &ExpectedRecord, event: &Event) -> Option<Found> {
    let score = score_document(std::slice::from_ref(expected), &[], std::slice::from_ref(event));
    score.expected[0].1.map(|(_, found)| found)
}

#[test]
fn dates_agree_at_the_expected_precision() {
    let on = |expected_date, day: &str| {
        let event = record(&format!("ACCUSE RUS>USA {day}"), "");
        found(&expected(expected_date, None), &event).is_some_and(|found| found.date)
    };
    assert!(on(None, "1999-01-01"));
    assert!(on(Some("2024"), "2024-05-09"));
    assert!(on(Some("2024-05"), "2024-05-09"));
    assert!(on(Some("2024-05-09"), "2024-05-09"));
    assert!(!on(Some("2024-05-08"), "2024-05-09"));
    let mut month = record("ACCUSE RUS>USA 2024-05-01", "");
    month.date_precision = Precision::Month;
    assert!(found(&expected(Some("2024-05"), None), &month).is_some_and(|found| found.date));
    assert!(!found(&expected(Some("2024-05-01"), None), &month).is_some_and(|found| found.date));
    let mut days = record("ACCUSE RUS>USA 2024-05-08", "");
    days.enddate = Some("2024-05-10".into());
    assert!(found(&expected(Some("2024-05-09"), None), &days).is_some_and(|found| found.date));
}

#[test]
fn speakers_match_by_family_name() {
    let by = |expected_speaker, code, name| {
        let event = said_by(record("ACCUSE RUS>USA", ""), code, name);
        found(&expected(None, expected_speaker), &event).is_some_and(|found| found.speaker)
    };
    assert!(by(Some("Miguel Díaz-Canel"), "CUB", "President Diaz-Canel"));
    assert!(!by(Some("Miguel Díaz-Canel"), "CUB", "Raul Castro"));
    assert!(by(None, "RUS", "Maria Zakharova"), "the actor's own words");
    assert!(!by(None, "CUB", "Raul Castro"));
    let silent = record("ACCUSE RUS>USA", "");
    assert!(found(&expected(None, None), &silent).is_some_and(|found| found.speaker));
    assert!(!found(&expected(None, Some("TASS")), &silent).is_some_and(|found| found.speaker));
}

#[test]
fn the_sentence_of_the_evidence_comes_first() {
    let events = [
        record("ACCUSE RUS>USA", "Elsewhere."),
        record("ACCUSE RUS>USA", "Moscow’s envoy condemned  the embargo."),
    ];
    let score = score_document(&[expected(None, None)], &[], &events);
    assert_eq!(
        score.expected[0].1.map(|(at, found)| (at, found.evidence)),
        Some((1, true))
    );
    assert_eq!(score.unexpected.len(), 1);
}

#[test]
fn furniture_is_told_and_levels_build_on_each_other() {
    let events = [record(
        "ACCUSE RUS>USA 2020-01-01 planned",
        "TRENDING: Moscow condemned the embargo.",
    )];
    let score = score_document(&[expected(Some("2020"), None)], &["TRENDING".into()], &events);
    assert_eq!(score.furniture.len(), 1);
    let mut report = DocumentReport::default();
    report.add(&score);
    let levels = Essential {
        expected: 1,
        sides: 1,
        status: 0,
        date: 0,
        speaker: 0,
        evidence: 1,
    };
    assert_eq!(report.essential, levels);
}
