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
        wikidata: None,
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

fn by_type(score: &SentenceScore) -> Tally {
    score.tally(&Measure::Type)
}

fn by_both(score: &SentenceScore) -> Tally {
    score.tally(&Measure::TypeAndSides)
}

fn matched(gold: &GoldSentence, predicted: &[Event]) -> (usize, usize) {
    let score = score_sentence(gold, predicted, false);
    (by_type(&score).matched, by_both(&score).matched)
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
        by_type(&score),
        Tally {
            gold: 1,
            predicted: 3,
            matched: 1
        }
    );
    assert_eq!(by_both(&score).matched, 1);
    assert_eq!((score.missed.len(), score.extra.len()), (0, 2));
    assert_eq!(
        score.tally(&Measure::OfType("REJECT".into())),
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
    assert_eq!(by_type(&score_sentence(&gold, &predicted, false)).predicted, 0);
    assert_eq!(by_type(&score_sentence(&gold, &predicted, true)).matched, 1);
}

#[test]
fn background_of_the_gold_may_be_found_but_need_not() {
    let mut gold = gold("AID", &[Some("FRA")], &[Some("MLI")], false);
    gold.events[0].status = Some(Status::Background);
    let retold = [record("AID FRA>MLI 1994-01-01 background", "")];
    let found = by_both(&score_sentence(&gold, &retold, false));
    assert_eq!((found.gold, found.predicted, found.matched), (1, 1, 1));
    assert_eq!(by_type(&score_sentence(&gold, &[], false)), Tally::default());
    assert_eq!(by_type(&score_sentence(&gold, &[], true)).gold, 1);
    let mut event = gold.events[0].clone();
    event.status = Some(Status::Occurred);
    gold.events.push(event);
    let news = [record("AID FRA>MLI", "")];
    let score = score_sentence(&gold, &news, false);
    assert_eq!(
        (by_type(&score).gold, by_type(&score).matched),
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
    let report = DocumentReport::of([&score]);
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

/// Scores the records (each with the words that express it) against one labelled line.
fn labelled_score(line: &str, predicted: &[(Event, &str)]) -> SentenceScore {
    let ontology = crate::Ontology::bundled().expect("the bundled data files load");
    let sentences = labelled::parse("gold.txt", line, &ontology).expect("a sound line");
    let gold = GoldSentence::labelled("gold:1".into(), &sentences[0]);
    let worded = predicted.iter().map(|(event, words)| {
        let mut event = event.clone();
        event.event_text = vec![(*words).to_owned()];
        event
    });
    score_sentence(&gold, &worded.collect::<Vec<_>>(), false)
}

#[test]
fn a_wrong_mode_is_a_miss_of_the_one_and_an_extra_of_the_other() {
    let mut expelled = record("SANCTION RUS>USA", "");
    expelled.mode = vec!["convict".into()];
    let line = "[2024-05-09] Russia expelled diplomats. => SANCTION/expel RUS > USA @expelled";
    let score = labelled_score(line, &[(expelled, "expelled")]);
    assert_eq!(score.tally(&Measure::OfType("SANCTION".into())).f1(), 1.0);
    let mode = |name: &str| score.tally(&Measure::OfMode(name.into()));
    assert_eq!((mode("SANCTION/expel").gold, mode("SANCTION/expel").predicted), (1, 0));
    assert_eq!(
        (mode("SANCTION/convict").gold, mode("SANCTION/convict").predicted),
        (0, 1)
    );
    assert_eq!(score.tally(&Measure::Slot(Slot::Mode)).matched, 0);
}

#[test]
fn slots_are_judged_on_matched_records() {
    let line =
        "[2024-05-09] Iran met Iraq. => CONSULT/third-party IRN,IRQ @met date=2024-05-07 place=Baghdad speaker=UNO";
    let mut met = said_by(record("CONSULT IRN+IRQ 2024-05-07 planned", ""), "UNO", "the envoy");
    met.mode = vec!["third-party".into()];
    met.event_loc = serde_json::from_value(serde_json::json!({"extracted_place": "city of Baghdad",
        "resolved_place": null, "geonameid": null, "lat": null, "lon": null, "country_code": null, "resolution": null}))
    .expect("a place");
    let score = labelled_score(line, &[(met.clone(), "met")]);
    let right = |slot| {
        let tally = score.tally(&Measure::Slot(slot));
        (tally.gold, tally.matched)
    };
    for slot in [
        Slot::Type,
        Slot::Mode,
        Slot::Actor,
        Slot::Date,
        Slot::Place,
        Slot::Speaker,
    ] {
        assert_eq!(right(slot), (1, 1), "{slot:?}");
    }
    assert_eq!(right(Slot::Status), (1, 0));
    assert_eq!(right(Slot::Recipient), (0, 0), "a joint act has one side");
    let bare = "[2024-05-09] Iran met Iraq. => CONSULT/third-party IRN,IRQ @met";
    let score = labelled_score(bare, &[(met.clone(), "met")]);
    for slot in [Slot::Date, Slot::Place, Slot::Speaker] {
        assert_eq!(
            score.tally(&Measure::Slot(slot)).matched,
            0,
            "the text fills no {slot:?}"
        );
        assert_eq!(score.tally(&Measure::Filled(slot)).gold, 0);
    }
    met.date_precision = Precision::None;
    let score = labelled_score(bare, &[(met, "met")]);
    assert_eq!(
        score.tally(&Measure::Slot(Slot::Date)).matched,
        1,
        "the publication date is no date of the text"
    );
}

#[test]
fn dates_of_the_text_must_be_the_same() {
    let on = |gold: &str, day: &str, end: Option<&str>, precision| {
        let line = format!("[2024-05-09] Iran met Iraq. => CONSULT IRN,IRQ @met date={gold}");
        let mut met = record(&format!("CONSULT IRN+IRQ {day}"), "");
        (met.enddate, met.date_precision) = (end.map(str::to_owned), precision);
        labelled_score(&line, &[(met, "met")])
            .tally(&Measure::Slot(Slot::Date))
            .matched
            == 1
    };
    assert!(on("2024-05-07", "2024-05-07", None, Precision::Day));
    assert!(!on("2024-05-07", "2024-05-01", Some("2024-05-31"), Precision::Month));
    assert!(on("2024-05", "2024-05-01", Some("2024-05-31"), Precision::Month));
    assert!(!on("2024", "2023-01-01", Some("2024-12-31"), Precision::Year));
    assert!(on(
        "2024-05-05..2024-05-07",
        "2024-05-05",
        Some("2024-05-07"),
        Precision::Day
    ));
    assert!(!on("2024-05-05..2024-05-07", "2024-05-05", None, Precision::Day));
    assert!(!on("2024-05-07", "2024-05-07", None, Precision::None));
}

#[test]
fn the_same_words_with_another_type_are_a_confusion() {
    let line =
        "Mali asked France to leave, and Chad praised Mali. => REQUEST MLI > FRA @asked ; SUPPORT TCD > MLI @praised";
    let score = labelled_score(
        line,
        &[
            (record("ACCUSE MLI>FRA", ""), "asked"),
            (record("SUPPORT TCD>MLI", ""), "praised"),
        ],
    );
    assert_eq!(score.confused, [("REQUEST".to_owned(), "ACCUSE".to_owned())]);
    let kinds = score.tally(&Measure::Slot(Slot::Type));
    assert_eq!((kinds.gold, kinds.matched), (2, 1));
    let verdicts: Vec<bool> = score.judged.iter().map(|judged| judged.right).collect();
    assert_eq!(verdicts, [true, false]);
}

#[test]
fn reports_add_up_texts_and_keep_to_their_order() {
    let gold = gold("AID", &[Some("FRA")], &[Some("MLI")], false);
    let found = score_sentence(&gold, &[record("AID FRA>MLI", "")], false);
    let missed = score_sentence(&gold, &[], false);
    let report = SentenceReport::of([&found, &missed, &found, &missed]);
    assert_eq!((report.texts, report.tally(&Measure::Type).matched), (4, 2));
    let row = report.rows[&Measure::Type];
    assert_eq!(row.precision_interval, [1.0, 1.0]);
    assert!(row.recall_interval[0] < 0.5 && row.recall_interval[1] > 0.5, "{row:?}");
    let json = serde_json::to_value(&report).expect("a report is JSON");
    assert_eq!(json["by_type"]["recall"], 0.5);
    assert_eq!(json["slots"]["actor"]["right"], 2);
    assert_eq!(json["per_mode"]["AID"]["gold"], 4);
}
