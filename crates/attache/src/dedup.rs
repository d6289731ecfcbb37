//! One record per distinct event: headline, lead and repetition of the same act are one.

use std::collections::HashMap;

use crate::date::Precision;
use crate::event::{Actor, Event, Size, Status};
use crate::pipeline::Told;

/// Folds repetitions within one document into the first telling, which takes over what later ones know better.
pub(crate) fn fold(told: Vec<Told>, text: &str) -> Vec<Event> {
    tellings(told).into_iter().map(|t| with_lent_day(t, text)).collect()
}

/// An event that no telling dates happened on the day on which the story goes on.
fn with_lent_day(told: Told, text: &str) -> Event {
    let mut event = told.event;
    if let (Precision::None, Some(day)) = (event.date_precision, told.lent) {
        event.date = Some(day.range.start.to_string());
        event.date_precision = day.range.precision;
        event.date_text = Some(day.words.text(text).to_owned());
    }
    event
}

/// The same with the mentions that the records come from.
pub(crate) fn tellings(told: Vec<Told>) -> Vec<Told> {
    let mut kept: Vec<Told> = Vec::new();
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for telling in told {
        let key = key(&telling.event);
        let same = places
            .get(&key)
            .and_then(|list| list.iter().copied().find(|i| repeats(&kept[*i], &telling)));
        match same {
            Some(i) => enrich(&mut kept[i].event, telling.event),
            None => {
                places.entry(key).or_default().push(kept.len());
                kept.push(telling);
            }
        }
    }
    kept
}

/// Meetings are many between the same two: another verb of another mode tells another one, a noun ("the talks") the same.
fn repeats(a: &Told, b: &Told) -> bool {
    let passing = a.mention.nominal || b.mention.nominal;
    compatible(&a.event, &b.event) && (a.event.mode == b.event.mode || passing || a.event.event != ["CONSULT"])
}

fn key(event: &Event) -> String {
    let codes = |side: &[Actor]| {
        let mut codes: Vec<&str> = side.iter().filter_map(|a| a.code.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(",")
    };
    let kind = event.event.join(",");
    if kind == "CONSULT" || kind == "COOPERATE" || kind == "AGREE" && event.recipient.is_empty() {
        let all: Vec<Actor> = event.actor.iter().chain(&event.recipient).cloned().collect();
        return format!("{kind}|{}", codes(&all));
    }
    format!("{kind}|{}|{}", codes(&event.actor), codes(&event.recipient))
}

fn compatible(a: &Event, b: &Event) -> bool {
    let news = |s: Status| matches!(s, Status::Occurred | Status::Ongoing);
    let same_status = a.status == b.status || news(a.status) && news(b.status);
    same_status
        && same_time(a, b)
        && (a.mode == b.mode || a.mode.is_empty() || b.mode.is_empty() || a.event == ["CONSULT"])
}

fn same_time(a: &Event, b: &Event) -> bool {
    if a.date_precision == Precision::None || b.date_precision == Precision::None {
        return true;
    }
    let end = |e: &Event| e.enddate.clone().or_else(|| e.date.clone());
    a.date <= end(b) && b.date <= end(a)
}

fn enrich(kept: &mut Event, mut later: Event) {
    // A named person is a better source than the body that he speaks for; what the outlet itself asserts, or an agency
    // tells, stays so.
    let first = |e: &Event| e.attribution.first().map(|a| a.speaker.clone());
    let named = |a: &Actor| a.office.is_some() || a.sector.is_empty();
    if let (Some(mine), Some(theirs)) = (first(kept), first(&later))
        && theirs.code.is_some()
        && !mine.sector.iter().any(|s| s == "JRN")
        && named(&theirs)
        && !named(&mine)
    {
        kept.attribution = std::mem::take(&mut later.attribution);
    }
    if kept.date_precision > later.date_precision {
        kept.date = later.date;
        kept.enddate = later.enddate;
        kept.date_precision = later.date_precision;
        kept.date_text = later.date_text;
    }
    enrich_size(&mut kept.size, later.size);
    kept.event_loc = kept.event_loc.take().or(later.event_loc);
    if kept.mode.is_empty() {
        kept.mode = later.mode;
    }
    for (mine, theirs) in [(&mut kept.actor, later.actor), (&mut kept.recipient, later.recipient)] {
        for actor in theirs {
            let vague = mine
                .iter_mut()
                .find(|a| a.code == actor.code && a.office.is_none() && a.sector.is_empty());
            if let Some(mine) = vague
                && actor.office.is_some()
            {
                mine.identifier_text = actor.identifier_text;
                mine.office = actor.office;
                mine.sector = actor.sector;
            }
        }
    }
}

/// Numbers that the first telling lacks.
fn enrich_size(kept: &mut Size, later: Size) {
    let mut taken = false;
    for (name, number) in later.numbers() {
        let least = later.at_least.iter().any(|n| n == name);
        taken |= number.is_some_and(|number| kept.fill(name, number, least));
    }
    if taken {
        later.text.into_iter().for_each(|words| kept.tell(words));
    }
}
