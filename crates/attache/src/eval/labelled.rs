//! Labelled sentences: one line each, text and what must be coded of it.
//!
//! ```text
//! # comment
//! [2014-05-07] Text with its publication date. => TYPE/mode ACTORS > RECIPIENTS status @trigger date=… place=… speaker=…
//! Text from which nothing must be coded. => -
//! ```
//! Several events are joined by ` ; `. `TYPE|TYPE2/mode` accepts both types, `?` (or `UNK`) is a party without a code, `@word#2` the
//! second occurrence of the word. Status is `occurred` where none is given. docs/labelled.md tells the whole form.

use std::collections::{HashMap, HashSet};

use attache_parse::Span;
use jiff::civil::Date;
use thiserror::Error;

use crate::event::Status;
use crate::ontology::Ontology;

/// One line: a text with all its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledSentence {
    /// Line of the file, from 1.
    pub line: usize,
    /// Publication date, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub published: Option<String>,
    /// The text.
    pub text: String,
    /// Its events; none where nothing must be coded.
    pub events: Vec<LabelledEvent>,
}

/// One event of a labelled sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledEvent {
    /// Accepted types with their modes, the best first; never empty.
    pub kinds: Vec<Kind>,
    /// Codes of those who initiate, all parties of a joint act; `None` for a party without a code. Never empty.
    pub actor: Vec<Option<String>>,
    /// Codes of those whom it is directed at.
    pub recipient: Vec<Option<String>>,
    /// Whether it happened.
    pub status: Status,
    /// Bytes of the text where the word stands that names the event.
    pub trigger: Span,
    /// Whether the trigger is told; otherwise `trigger` covers the whole text.
    pub triggered: bool,
    /// When: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or two of them joined by `..`.
    pub date: Option<String>,
    /// Where it happened.
    pub place: Option<String>,
    /// Code of whoever says so, where that is neither the narrator nor the actor; `?` for somebody without a code.
    pub speaker: Option<String>,
}

/// A type with its mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// PLOVER event type.
    pub event: String,
    /// PLOVER mode, where the label tells one.
    pub mode: Option<String>,
}

/// A line that breaks the form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}:{line}: {message}")]
pub struct LabelError {
    /// The file, as given.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

/// Reads a file of labelled sentences. Types, modes and codes must be those of the ontology; `path` is for messages only.
///
/// # Errors
/// Every line that breaks the form.
pub fn parse(path: &str, text: &str, ontology: &Ontology) -> Result<Vec<LabelledSentence>, Vec<LabelError>> {
    let (mut sentences, mut errors) = (Vec::new(), Vec::new());
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let read = sentence(line, number, ontology).and_then(|sentence| {
            let whole = line.rsplit_once("=>").map_or(line, |(text, _)| text.trim());
            match seen.insert(whole, number) {
                Some(before) => Err(format!("the same text stands in line {before}")),
                None => Ok(sentence),
            }
        });
        match read {
            Ok(sentence) => sentences.push(sentence),
            Err(message) => errors.push(LabelError {
                path: path.to_owned(),
                line: number,
                message,
            }),
        }
    }
    if errors.is_empty() { Ok(sentences) } else { Err(errors) }
}

fn sentence(line: &str, number: usize, ontology: &Ontology) -> Result<LabelledSentence, String> {
    let (text, labels) = line
        .rsplit_once("=>")
        .ok_or("there is no `=>`; write TEXT => LABELS, or TEXT => - where nothing must be coded")?;
    let (published, text) = dated(text.trim())?;
    if text.is_empty() {
        return Err("there is no text before `=>`".into());
    }
    let labels = labels.trim();
    let events = match labels {
        "" => return Err("nothing follows `=>`; write `-` where nothing must be coded".into()),
        "-" => Vec::new(),
        labels => labels
            .split(';')
            .map(|label| event(label.trim(), text, ontology))
            .collect::<Result<_, _>>()?,
    };
    if published.is_none() && events.iter().any(|event| event.date.is_some()) {
        return Err("`date=` needs the publication date at the start of the line: [2014-05-07] TEXT".into());
    }
    Ok(LabelledSentence {
        line: number,
        published,
        text: text.to_owned(),
        events,
    })
}

/// The publication date in brackets, and the text after it.
fn dated(text: &str) -> Result<(Option<String>, &str), String> {
    let Some((date, rest)) = text.strip_prefix('[').and_then(|inside| inside.split_once(']')) else {
        return Ok((None, text));
    };
    check_day(date)?;
    Ok((Some(date.to_owned()), rest.trim()))
}

fn check_day(date: &str) -> Result<(), String> {
    let whole = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    match whole.len() == 10 && whole.parse::<Date>().is_ok() {
        true => Ok(()),
        false => Err(format!("`{date}` is no date; write YYYY-MM-DD, YYYY-MM or YYYY")),
    }
}

const FORM: &str = "TYPE[/mode] ACTORS [> RECIPIENTS] [status] @trigger [date=…] [place=…] [speaker=…]";

fn event(label: &str, text: &str, ontology: &Ontology) -> Result<LabelledEvent, String> {
    let mut words = label.split_whitespace().peekable();
    let kinds = words.next().ok_or_else(|| format!("an empty label; write {FORM}"))?;
    let kinds = alternatives(kinds, ontology)?;
    let actor = words.next().filter(|word| *word != ">" && !word.starts_with('@'));
    let actor = parties(
        actor.ok_or_else(|| format!("`{label}` has no actor; write {FORM}"))?,
        ontology,
    )?;
    let mut recipient = Vec::new();
    if words.next_if_eq(&">").is_some() {
        let word = words
            .next()
            .ok_or_else(|| format!("nothing follows `>` in `{label}`"))?;
        recipient = parties(word, ontology)?;
    }
    let mut event = LabelledEvent {
        kinds,
        actor,
        recipient,
        status: Status::Occurred,
        trigger: Span::new(0, text.len()),
        triggered: false,
        date: None,
        place: None,
        speaker: None,
    };
    let mut told = HashSet::new();
    while let Some(word) = words.next() {
        let what = event.take(word, text, ontology)?;
        if !told.insert(what) {
            return Err(format!("`{label}` tells its {what} twice"));
        }
        // A place may have several words.
        while let (Some(place), Some(next)) = (
            event.place.as_mut().filter(|_| what == "place"),
            words.next_if(|next| !next.starts_with('@') && !next.contains('=')),
        ) {
            place.push(' ');
            place.push_str(next);
        }
    }
    Ok(event)
}

impl LabelledEvent {
    /// Takes in one word after the parties and says what it told.
    fn take(&mut self, word: &str, text: &str, ontology: &Ontology) -> Result<&'static str, String> {
        if let Some(trigger) = word.strip_prefix('@') {
            self.trigger = find(trigger, text)?;
            self.triggered = true;
            return Ok("trigger");
        }
        match word.split_once('=') {
            Some(("date", date)) => {
                let (start, end) = date.split_once("..").unwrap_or((date, date));
                check_day(start)?;
                check_day(end)?;
                self.date = Some(date.to_owned());
                Ok("date")
            }
            Some(("place", place)) if !place.is_empty() => {
                self.place = Some(place.to_owned());
                Ok("place")
            }
            Some(("speaker", code)) => {
                if code != "?" {
                    check_code(code, ontology)?;
                }
                self.speaker = Some(code.to_owned());
                Ok("speaker")
            }
            _ => {
                let status = serde_json::from_value(serde_json::Value::String(word.to_owned()));
                self.status = status.map_err(|_| format!("`{word}` is no status; write {FORM}"))?;
                Ok("status")
            }
        }
    }
}

/// `TYPE|TYPE2/mode`: where the last type has no such mode, it is the mode of a type before it.
fn alternatives(text: &str, ontology: &Ontology) -> Result<Vec<Kind>, String> {
    if let Some((types, mode)) = text.rsplit_once('/')
        && types.contains('|')
        && !types.contains('/')
    {
        let types: Vec<&str> = types.split('|').collect();
        let has = |kind: &&&str| {
            ontology
                .modes
                .iter()
                .any(|known| known.event == **kind && known.mode == mode)
        };
        if let Some(owner) = types.iter().rfind(has) {
            let with = |kind: &&str| match kind == owner {
                true => format!("{kind}/{mode}"),
                false => (*kind).to_owned(),
            };
            return types.iter().map(|text| kind(&with(text), ontology)).collect();
        }
    }
    text.split('|').map(|text| kind(text, ontology)).collect()
}

fn kind(text: &str, ontology: &Ontology) -> Result<Kind, String> {
    let (event, mode) = match text.split_once('/') {
        Some((event, mode)) => (event, Some(mode)),
        None => (text, None),
    };
    if ontology.event(event).is_none() {
        let types: Vec<&str> = ontology.events.iter().map(|event| event.code.as_str()).collect();
        return Err(format!("`{event}` is no event type; there are {}", types.join(", ")));
    }
    let modes = || ontology.modes.iter().filter(|mode| mode.event == event);
    if let Some(mode) = mode
        && !modes().any(|known| known.mode == mode)
    {
        let modes: Vec<&str> = modes().map(|mode| mode.mode.as_str()).collect();
        return Err(match modes.is_empty() {
            true => format!("{event} has no modes, so `/{mode}` must go"),
            false => format!("{event} has no mode `{mode}`; it has {}", modes.join(", ")),
        });
    }
    Ok(Kind {
        event: event.to_owned(),
        mode: mode.map(str::to_owned),
    })
}

fn parties(codes: &str, ontology: &Ontology) -> Result<Vec<Option<String>>, String> {
    let party = |code: &str| match code {
        "?" | "UNK" => Ok(None),
        code => check_code(code, ontology).map(|()| Some(code.to_owned())),
    };
    codes.split(',').map(party).collect()
}

fn check_code(code: &str, ontology: &Ontology) -> Result<(), String> {
    match ontology.code_name(code) {
        Some(_) => Ok(()),
        None => Err(format!(
            "`{code}` is no code; write ISO 3166-1 alpha-3 (states that are no more go by their successor, Kosovo is XKX), \
             a non-state code such as UNO, or `?`"
        )),
    }
}

/// The word, or with `#n` its n-th occurrence as a whole word.
fn find(trigger: &str, text: &str) -> Result<Span, String> {
    let (word, nth) = match trigger.rsplit_once('#') {
        Some((word, number)) => {
            let number: usize = number.parse().unwrap_or(0);
            (word, (number > 0).then_some(number))
        }
        None => (trigger, Some(1)),
    };
    let nth = nth.ok_or_else(|| format!("`@{trigger}`: the number after `#` counts occurrences from 1"))?;
    if word.is_empty() {
        return Err("`@` without a word".into());
    }
    let starts: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
    let whole = |at: &usize| {
        let inside = |c: char| c.is_alphanumeric();
        !text[..*at].ends_with(inside) && !text[at + word.len()..].starts_with(inside)
    };
    let found: Vec<usize> = starts.into_iter().filter(whole).collect();
    match found.get(nth - 1) {
        Some(at) => Ok(Span::new(*at, at + word.len())),
        None if found.is_empty() => Err(format!("the text has no word `{word}`, which `@{trigger}` names")),
        None => Err(format!(
            "`@{trigger}`: the text has the word `{word}` {} times only",
            found.len()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<LabelledSentence>, Vec<String>> {
        let ontology = Ontology::bundled().expect("the bundled data files load");
        parse("gold.txt", text, &ontology).map_err(|errors| errors.iter().map(LabelError::to_string).collect())
    }

    fn codes(side: &[Option<String>]) -> String {
        let codes: Vec<&str> = side.iter().map(|code| code.as_deref().unwrap_or("?")).collect();
        codes.join(",")
    }

    #[test]
    fn a_line_has_a_text_and_its_events() {
        let text = "# comment\n\n[2014-05-07] Talks began after earlier talks in New York. => \
            CONSULT RUS,USA ongoing @talks date=2014-05-05..2014-05-06 place=New York speaker=UNO ; AGREE|SUPPORT ? > EUR @Talks\n\
            Fog covered the hills. => -\n";
        let sentences = read(text).expect("a sound file");
        assert_eq!(sentences.len(), 2);
        assert_eq!((sentences[0].line, sentences[1].line), (3, 4));
        assert_eq!(sentences[0].published.as_deref(), Some("2014-05-07"));
        assert!(sentences[1].events.is_empty());
        let [first, second] = &sentences[0].events[..] else {
            panic!("two events")
        };
        assert_eq!(
            (codes(&first.actor), codes(&first.recipient)),
            ("RUS,USA".into(), String::new())
        );
        assert_eq!(first.status, Status::Ongoing);
        assert_eq!(first.trigger.text(&sentences[0].text), "talks");
        assert_eq!(first.trigger.start, sentences[0].text.rfind("talks").expect("there"));
        assert_eq!(first.date.as_deref(), Some("2014-05-05..2014-05-06"));
        assert_eq!(first.place.as_deref(), Some("New York"));
        assert_eq!(first.speaker.as_deref(), Some("UNO"));
        assert_eq!(
            (codes(&second.actor), codes(&second.recipient)),
            ("?".into(), "EUR".into())
        );
        let kinds: Vec<&str> = second.kinds.iter().map(|kind| kind.event.as_str()).collect();
        assert_eq!(kinds, ["AGREE", "SUPPORT"]);
    }

    #[test]
    fn a_mode_belongs_to_the_last_type_that_has_it() {
        let modes = |label: &str| {
            let text = format!("Troops moved. => {label} MLI > FRA @moved");
            let kinds = read(&text).map(|sentences| sentences[0].events[0].kinds.clone());
            kinds.map(|kinds| kinds.into_iter().map(|kind| kind.mode).collect::<Vec<_>>())
        };
        let some = |mode: &str| Some(mode.to_owned());
        assert_eq!(modes("ASSAULT|COERCE/seize"), Ok(vec![None, some("seize")]));
        assert_eq!(modes("MOBILIZE|ASSAULT/troops"), Ok(vec![some("troops"), None]));
        assert_eq!(modes("PROTEST/demo|ASSAULT/beat"), Ok(vec![some("demo"), some("beat")]));
        assert!(modes("MOBILIZE|ASSAULT/phone").is_err());
    }

    #[test]
    fn occurrences_are_counted_by_whole_words() {
        let text = "Retaliation: Mali talked; talks of Mali, and more talks. => CONSULT MLI,FRA @talks#2";
        let sentences = read(text).expect("a sound line");
        let trigger = sentences[0].events[0].trigger;
        assert_eq!(trigger.start, sentences[0].text.rfind("talks").expect("there"));
        assert!(read("Mali talked. => CONSULT MLI,FRA @talk").is_err());
        assert!(read("Mali held talks. => CONSULT MLI,FRA @talks#2").is_err());
        assert!(read("Mali held talks. => CONSULT MLI,FRA @talks#x").is_err());
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let faults = [
            ("Mali held talks.", "no `=>`"),
            ("Mali held talks. =>", "write `-`"),
            ("=> CONSULT MLI @talks", "no text"),
            ("Talks. => TALK MLI @Talks", "no event type"),
            ("Talks. => SANCTION/phone MLI > FRA @Talks", "no mode `phone`"),
            ("Talks. => AID/phone MLI > FRA @Talks", "has no modes"),
            ("Talks. => CONSULT @Talks", "no actor"),
            ("Talks. => CONSULT MALI @Talks", "no code"),
            ("Talks. => CONSULT MLI >", "nothing follows `>`"),
            ("Talks. => CONSULT MLI maybe @Talks", "no status"),
            ("Talks. => CONSULT MLI @Talks @Talks", "twice"),
            ("Talks. => CONSULT MLI @Talks date=2014-05-07", "publication date"),
            ("[2014-13-07] Talks. => -", "no date"),
            ("[2014-05-07] Talks. => CONSULT MLI @Talks date=soon", "no date"),
            ("Talks. => CONSULT MLI ; ", "empty label"),
        ];
        for (line, wanted) in faults {
            let errors = read(&format!("# first line\n{line}\n")).expect_err(line);
            assert_eq!(errors.len(), 1, "{line}");
            assert!(errors[0].starts_with("gold.txt:2: "), "{}", errors[0]);
            assert!(errors[0].contains(wanted), "{line}: {}", errors[0]);
        }
        let twice = read("Talks. => -\nTalks. => CONSULT MLI,FRA @Talks\n").expect_err("twice");
        assert!(twice[0].contains("line 1"), "{}", twice[0]);
    }
}
