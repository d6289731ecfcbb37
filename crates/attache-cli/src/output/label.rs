//! Short words for the parts of a record.

use attache::event::{Actor, Event, Status};

/// The name that serde gives: `occurred`.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Occurred => "occurred",
        Status::Ongoing => "ongoing",
        Status::Planned => "planned",
        Status::Hypothetical => "hypothetical",
        Status::Denied => "denied",
        Status::Background => "background",
    }
}

/// `CONSULT/visit`.
pub fn event(event: &Event) -> String {
    let (kind, mode) = (event.event.join(";"), event.mode.join(";"));
    if mode.is_empty() {
        kind
    } else {
        format!("{kind}/{mode}")
    }
}

/// `2024-05-09`, `2024-05`, `2024`, with the end of an interval; the date of publication in parentheses where the text gives
/// none, `?` without either.
pub fn date(event: &Event) -> String {
    use attache::date::Precision;
    let Some(day) = event.date.as_deref() else {
        return "?".to_owned();
    };
    let kept = match event.date_precision {
        Precision::Day => 10,
        Precision::Month => 7,
        Precision::Year => 4,
        Precision::None => return format!("({})", event.cite_info.published.as_deref().unwrap_or(day)),
    };
    let start = day.get(..kept).unwrap_or(day);
    match event.enddate.as_deref().and_then(|end| end.get(..kept)) {
        Some(end) if end != start => format!("{start}/{end}"),
        _ => start.to_owned(),
    }
}

/// `Sergei Lavrov RUS·GOV`.
pub fn actor(actor: &Actor) -> String {
    let name = actor.identifier_text.as_deref().unwrap_or(&actor.entity_text);
    format!("{name} {}", code(actor))
}

/// `RUS·GOV`, `?` where the country is not known.
pub fn code(actor: &Actor) -> String {
    let known = actor.code.as_deref().unwrap_or("?");
    std::iter::once(known)
        .chain(actor.sector.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join("·")
}

/// All parties of a side, or a dash.
pub fn side(actors: &[Actor]) -> String {
    match actors {
        [] => "–".to_owned(),
        _ => actors.iter().map(actor).collect::<Vec<_>>().join(", "),
    }
}

/// `A → B`; `A + B` for a joint act.
pub fn sides(event: &Event) -> String {
    match (event.actor.len(), event.recipient.len()) {
        (2.., 0) => event.actor.iter().map(actor).collect::<Vec<_>>().join(" + "),
        (_, 0) => side(&event.actor),
        _ => format!("{} → {}", side(&event.actor), side(&event.recipient)),
    }
}

/// The innermost speaker; empty for the narrator.
pub fn speaker(event: &Event) -> String {
    let first = event.attribution.first().map(|attribution| &attribution.speaker);
    first
        .map(|speaker| {
            speaker
                .identifier_text
                .clone()
                .unwrap_or_else(|| speaker.entity_text.clone())
        })
        .unwrap_or_default()
}

/// The words of the event, or its sentence where it has none.
pub fn words(event: &Event) -> String {
    let words = event.event_text.join(" … ");
    if words.is_empty() { event.text.clone() } else { words }
}
