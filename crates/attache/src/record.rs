//! From an event mention to the record that leaves.

use sha2::{Digest, Sha256};

use crate::coder::EventMention;
use crate::coder::speech::Statement;
use crate::confidence;
use crate::date::{DateRange, Precision};
use crate::document::Document;
use crate::event::{
    Actor, Attribution, CiteInfo, Event, Piece, Size, SpeechKind, Status, StatusCue, StatusKind, TextInfo,
};
use crate::ontology::Ontology;
use crate::resolve::memory::Kind;
use crate::resolve::when::When;
use crate::resolve::{Party, on_day};
use attache_parse::{Sentence, Span};

/// Turns byte offsets of a text into code points, in constant time for ASCII and logarithmic time otherwise.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Byte offset of every 64th code point.
    marks: Vec<usize>,
    ascii: bool,
}

impl CodePoints {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let ascii = text.is_ascii();
        let marks = if ascii {
            Vec::new()
        } else {
            text.char_indices().step_by(64).map(|(i, _)| i).collect()
        };
        Self { marks, ascii }
    }

    /// Number of code points before a byte offset.
    pub fn at(&self, text: &str, byte: usize) -> usize {
        if self.ascii {
            return byte.min(text.len());
        }
        let block = self.marks.partition_point(|m| *m <= byte).saturating_sub(1);
        let start = self.marks.get(block).copied().unwrap_or(0);
        block * 64 + text.get(start..byte).map_or(0, |s| s.chars().count())
    }

    /// The text from a code point on; empty where it has fewer.
    pub fn from<'t>(&self, text: &'t str, point: usize) -> &'t str {
        if self.ascii {
            return text.get(point..).unwrap_or("");
        }
        let rest = self
            .marks
            .get(point / 64)
            .and_then(|mark| text.get(*mark..))
            .unwrap_or("");
        rest.char_indices().nth(point % 64).map_or("", |(at, _)| &rest[at..])
    }

    /// A span in code points.
    pub fn range(&self, text: &str, span: Span) -> (usize, usize) {
        (self.at(text, span.start), self.at(text, span.end))
    }
}

/// What all records of a document share.
pub struct Maker<'a> {
    /// The document.
    pub document: &'a Document,
    /// The ontology.
    pub ontology: &'a Ontology,
    /// Name of the parser's model.
    pub model: &'a str,
    /// Code points of the text.
    pub points: &'a CodePoints,
    /// Sentences with spans of the document's text.
    pub sentences: &'a [Sentence],
}

impl Maker<'_> {
    /// The record of a mention in sentence `number`.
    pub fn record(
        &self,
        mention: &EventMention,
        number: usize,
        when: Option<When>,
        attribution: Vec<Attribution>,
    ) -> Event {
        let sentence = &self.sentences[number];
        let (start, end) = self.points.range(&self.document.text, sentence.span);
        let score = self.ontology.score(&mention.event, &mention.mode);
        let cameo = self.ontology.cameo.get(&mention.cameo);
        let published = self.document.published;
        let features = confidence::features(self.ontology, sentence, mention);
        let confidence = self.ontology.confidence.probability(&features);
        let date = when.map(|when| when.range);
        let mut event = Event {
            id: String::new(),
            date: date.or(published).map(|d| d.start.to_string()),
            enddate: date.filter(|d| d.end > d.start).map(|d| d.end.to_string()),
            date_precision: date.map_or(Precision::None, |d| d.precision),
            date_text: when.map(|when| one_line(when.words.text(&self.document.text))),
            actor: mention.actor.iter().map(|p| self.actor_on(p, date)).collect(),
            recipient: mention.recipient.iter().map(|p| self.actor_on(p, date)).collect(),
            event: vec![mention.event.clone()],
            mode: Some(mention.mode.clone())
                .filter(|m| !m.is_empty())
                .into_iter()
                .collect(),
            context: mention.context.clone(),
            quad_code: self.ontology.event(&mention.event).map_or(0, |e| e.quad),
            event_scale: score,
            cameo: mention.cameo.clone(),
            goldstein: cameo.map_or(0.0, |c| c.goldstein),
            status: mention.status,
            status_cue: None,
            attribution,
            event_loc: None,
            size: Size::default(),
            event_text: self.words(sentence, &mention.words),
            text: sentence.span.text(&self.document.text).to_owned(),
            text_info: TextInfo {
                sequence: number,
                start,
                end,
            },
            cite_info: self.cite_info(),
            pattern: mention.pattern.clone(),
            confidence: (confidence * 1000.0).round() / 1000.0,
            doc: self.document.id.clone(),
            happening: None,
        };
        event.id = self.id(&event, sentence.tokens[mention.trigger].span);
        event
    }

    fn id(&self, event: &Event, trigger: Span) -> String {
        let codes = |side: &[Actor]| side.iter().filter_map(|a| a.code.clone()).collect::<Vec<_>>().join(",");
        let parts = [
            self.document.id.clone(),
            trigger.start.to_string(),
            trigger.end.to_string(),
            event.event.join(","),
            codes(&event.actor),
            codes(&event.recipient),
            event.date.clone().unwrap_or_default(),
        ];
        digest(parts.into_iter())
    }

    /// A party with the office that it held on the day of the event, where that day lies well before the document.
    fn actor_on(&self, party: &Party, date: Option<DateRange>) -> Actor {
        let old = date.filter(|d| {
            let published = self.document.published.map(|p| p.start);
            published.is_some_and(|p| days(d.end, p) > OLD_DAYS) && d.precision != Precision::None
        });
        let Some(date) = old else {
            return self.actor(party);
        };
        let sentence = &self.sentences[party.sentence];
        let words: Vec<&str> = sentence.tokens[party.first..party.end.min(sentence.tokens.len())]
            .iter()
            .map(|t| t.form.as_str())
            .collect();
        self.actor(&on_day(self.ontology, party, &words, date.start, date.end))
    }

    /// The Wikidata item of a party itself: a people is not its country.
    fn item(&self, party: &Party) -> Option<String> {
        (party.kind != Kind::People).then(|| self.ontology.wikidata(party.person, party.identifier.as_deref()))?
    }

    /// A party with its words and code points.
    pub fn actor(&self, party: &Party) -> Actor {
        let sentence = &self.sentences[party.sentence];
        let span = sentence.words(party.first, party.end);
        let (start, end) = self.points.range(&self.document.text, span);
        let known = |s: &&String| !s.is_empty();
        Actor {
            entity_text: one_line(span.text(&self.document.text)),
            code: party.code.clone(),
            sector: party.sector.iter().filter(known).cloned().collect(),
            identifier_text: party.identifier.clone(),
            office: party.office.clone(),
            wikidata: self.item(party),
            start,
            end,
        }
    }

    /// The words that show a status.
    pub fn status_cue(&self, sentence: usize, shown: (StatusKind, Vec<usize>)) -> Option<StatusCue> {
        let (kind, mut tokens) = shown;
        tokens.sort_unstable();
        tokens.dedup();
        let (start, end) = self.points.range(&self.document.text, self.cover(sentence, &tokens)?);
        let text = self.words(&self.sentences[sentence], &tokens).concat();
        Some(StatusCue { kind, text, start, end })
    }

    /// Attributions from the statements that a clause stands in, innermost first; a speaker is named once.
    pub fn attribution(&self, statements: &[&Statement]) -> Vec<Attribution> {
        let mut seen: Vec<String> = Vec::new();
        let mut all = Vec::new();
        for statement in statements {
            let Some(speaker) = self.speaker(statement) else {
                continue;
            };
            let key = match statement.speaker.first() {
                Some(party) => party.key.clone(),
                None => speaker.entity_text.clone(),
            };
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let cue = self.piece(statement.sentence, &statement.said.cue);
            let (start, end) = cue.as_ref().map_or((speaker.start, speaker.end), |c| (c.start, c.end));
            all.push(Attribution {
                cue: cue.map(|c| c.text).unwrap_or_default(),
                kind: statement.said.kind,
                start,
                end,
                speaker,
            });
        }
        all
    }

    /// Who makes a statement: the party, or the words where nobody is known.
    pub fn speaker(&self, statement: &Statement) -> Option<Actor> {
        if let Some(party) = statement.speaker.first() {
            return Some(self.actor(party));
        }
        let (sentence, words) = match &statement.meant {
            Some((sentence, words)) => (*sentence, words),
            None => (statement.source_in, &statement.said.source),
        };
        Some(self.unnamed(self.cover(sentence, words)?))
    }

    /// A speaker of whom only the words are known.
    pub fn unnamed(&self, words: Span) -> Actor {
        let (start, end) = self.points.range(&self.document.text, words);
        Actor {
            entity_text: self.plain(words),
            code: None,
            sector: Vec::new(),
            identifier_text: None,
            office: None,
            wikidata: None,
            start,
            end,
        }
    }

    /// Words from the first to the last token.
    pub fn piece(&self, sentence: usize, tokens: &[usize]) -> Option<Piece> {
        let span = self.cover(sentence, tokens)?;
        let (start, end) = self.points.range(&self.document.text, span);
        let text = self.plain(span);
        Some(Piece { text, start, end })
    }

    /// Words in runs of neighbours.
    pub fn pieces(&self, sentence: usize, tokens: &[usize]) -> Vec<Piece> {
        let runs = tokens.chunk_by(|a, b| a + 1 == *b);
        runs.filter_map(|run| self.piece(sentence, run)).collect()
    }

    /// A whole sentence.
    pub fn whole(&self, sentence: usize) -> Piece {
        let span = self.sentences[sentence].span;
        let (start, end) = self.points.range(&self.document.text, span);
        let text = self.plain(span);
        Piece { text, start, end }
    }

    /// The identifier of a statement.
    pub fn statement_id(&self, statement: &Statement) -> String {
        let content = self.pieces(statement.sentence, &statement.said.content);
        let cue = self.piece(statement.sentence, &statement.said.cue);
        let source = self.piece(statement.source_in, &statement.said.source);
        let places = cue.into_iter().chain(source).chain(content);
        digest(std::iter::once(self.document.id.clone()).chain(places.map(|p| format!("{}-{}", p.start, p.end))))
    }

    /// The identifier of a turn.
    pub fn turn_id(&self, content: &[Piece]) -> String {
        let places = content.iter().map(|p| format!("{}-{}", p.start, p.end));
        digest(std::iter::once(self.document.id.clone()).chain(places))
    }

    fn cover(&self, sentence: usize, tokens: &[usize]) -> Option<Span> {
        let spans = tokens.iter().map(|t| self.sentences[sentence].tokens[*t].span);
        spans.reduce(Span::cover)
    }

    /// The words of a span with single blanks.
    fn plain(&self, span: Span) -> String {
        one_line(span.text(&self.document.text))
    }

    /// The speaker of a turn.
    pub fn turn(&self, speaker: Span, party: &Party) -> Attribution {
        let text = &self.document.text;
        let (start, end) = self.points.range(text, speaker);
        let actor = Actor {
            entity_text: speaker.text(text).to_owned(),
            code: party.code.clone(),
            sector: party.sector.clone(),
            identifier_text: party.identifier.clone(),
            office: party.office.clone(),
            wikidata: self.ontology.wikidata(party.person, party.identifier.as_deref()),
            start,
            end,
        };
        Attribution {
            speaker: actor,
            cue: String::new(),
            kind: SpeechKind::Direct,
            start,
            end,
        }
    }

    /// The words that express the event, runs of neighbouring tokens joined, gaps shown by an ellipsis.
    fn words(&self, sentence: &Sentence, tokens: &[usize]) -> Vec<String> {
        let span = |token: &usize| sentence.tokens[*token].span;
        let runs = tokens.chunk_by(|a, b| a + 1 == *b);
        let parts = runs.filter_map(|run| run.iter().map(span).reduce(Span::cover));
        let texts: Vec<&str> = parts.map(|p| p.text(&self.document.text)).collect();
        vec![texts.join(" … ")]
    }

    fn cite_info(&self) -> CiteInfo {
        let d = self.document;
        CiteInfo {
            url: d.url.clone(),
            title: d.title.clone(),
            publication: d.publisher.clone(),
            language: d.language.clone(),
            published: d.published.map(written),
            copy_of: d.copy_of.clone(),
            coder: format!("attache {}", env!("CARGO_PKG_VERSION")),
            codebook: self.ontology.name().to_owned(),
            model: self.model.to_owned(),
        }
    }
}

/// Sixteen digits that stand for the parts.
fn digest(parts: impl Iterator<Item = String>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// The words with single spaces between them.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date as exactly as it is known: `2018-11-02`, `2018-11`, `2018`.
pub fn written(date: DateRange) -> String {
    let day = date.start.to_string();
    match date.precision {
        Precision::Month => day[..day.len().saturating_sub(3)].to_owned(),
        Precision::Year => day[..day.len().saturating_sub(6)].to_owned(),
        _ => day,
    }
}

/// An occurred event whose date lies well before the document is told for context. A text of one sentence (`alone`) has
/// no other news, so only what is half a year old counts as context there.
pub fn aged(status: Status, date: Option<DateRange>, published: Option<DateRange>, alone: bool) -> Status {
    let (Status::Occurred, Some(date), Some(published)) = (status, date, published) else {
        return status;
    };
    let limit = match date.precision {
        _ if alone => OLD_DAYS,
        Precision::Day => RECENT_DAYS,
        // News has a day or a month; what is dated by the year alone is told for context.
        Precision::Year => i64::MIN,
        _ => RECENT_WEEKS,
    };
    if days(date.end, published.start) > limit {
        Status::Background
    } else {
        status
    }
}

/// Half a year: older news is context even where nothing else is told.
const OLD_DAYS: i64 = 180;
/// An outlet tells of a dated day as news for about a week.
const RECENT_DAYS: i64 = 8;
/// … and of a month or longer until some six weeks after.
const RECENT_WEEKS: i64 = 45;

fn days(from: jiff::civil::Date, to: jiff::civil::Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_lead_back_to_the_text() {
        for text in ["plain", "", &"é".repeat(130), &"aé".repeat(64)] {
            let points = CodePoints::new(text);
            for (number, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(text, byte), number);
                assert_eq!(points.from(text, number), &text[byte..]);
            }
            assert_eq!(points.from(text, text.chars().count()), "");
            assert_eq!(points.from(text, 1000), "");
        }
    }
}
