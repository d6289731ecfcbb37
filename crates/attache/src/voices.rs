//! Who vouches for a record: the statements around it, the turn of a transcript, the agency behind a paragraph.

use attache_parse::{Sentence, Span};

use crate::coder::speech::Statement;
use crate::date::DateRange;
use crate::document::{BlockKind, Document};
use crate::event::{Attribution, Piece, SpeechKind, StatementRecord, Status, StatusKind};
use crate::ontology::Content;
use crate::pipeline::{Coder, Reading, Told};
use crate::record::{Maker, written};
use crate::resolve::when::{self, Timed};
use crate::resolve::{Party, Resolver, party::Place};

/// Those who say so, for every telling in turn: of the sentence, of the quotation around it, the speaker of the turn, the
/// agency.
pub(crate) fn attributions(reading: &Reading, coder: &Coder, turns: &Turns) -> Vec<Vec<Attribution>> {
    let maker = coder.maker(reading);
    let document = reading.document;
    let one = |told: &Told| {
        let block = reading.blocks[told.sentence];
        let chain = reading.speech.chain(told.sentence, told.mention.anchor);
        // What somebody does by saying it is his own act, unless he speaks for others.
        let own = |s: &Statement| {
            let spokesman = |p: &Party| p.office.as_ref().is_some_and(|o| o.to_lowercase().contains("spokes"));
            s.said.frame == Content::Object
                && s.speaker
                    .iter()
                    .all(|p| !spokesman(p) && told.mention.actor.iter().any(|a| a.key == p.key))
        };
        let named = reading
            .speech
            .named_in(told.sentence, told.mention.anchor, told.mention.trigger);
        let chain = named.into_iter().chain(chain);
        let chain: Vec<&Statement> = chain.filter(|s| !own(s)).collect();
        let mut attribution = maker.attribution(&chain);
        if let Some(turn) = turns.at(block)
            && let Some(party) = &turn.speaker
        {
            attribution.push(maker.turn(turn.words, party));
        }
        attribution.extend(agency(&reading.resolver, &maker, document, block));
        attribution
    };
    reading.told.iter().map(one).collect()
}

/// The speaker of a quotation that a sentence stands in as a whole, named in another sentence.
pub(crate) fn quoted_by(reading: &Reading, number: usize) -> Vec<Party> {
    let Some(statement) = reading.speech.around(number) else {
        return Vec::new();
    };
    let (Some(speaker), there) = (statement.said.speaker, statement.source_in) else {
        return Vec::new();
    };
    let tree = &reading.sentences[there];
    if there < number {
        if !statement.speaker.is_empty() {
            return statement.speaker.clone();
        }
        return reading.resolver.parties(Place { tree, number: there }, speaker);
    }
    // Named only later: all that is known is the name.
    let words = statement.said.source.iter().map(|t| tree.tokens[*t].span);
    let name = words.reduce(Span::cover).map(|s| s.text(&reading.document.text));
    name.and_then(|n| reading.resolver.by_name(n)).into_iter().collect()
}

/// The expression whose date makes an event one of former days.
pub(crate) fn recalled_by(
    tree: &Sentence,
    status: Status,
    date: Option<DateRange>,
    timed: &[Timed],
) -> Option<(StatusKind, Vec<usize>)> {
    let date = date.filter(|_| status == Status::Background)?;
    let told = timed.iter().find(|t| t.time.range == Some(date))?;
    let tokens = (0..tree.tokens.len()).filter(|t| tree.tokens[*t].span.overlaps(told.time.span));
    Some((StatusKind::Recalled, tokens.collect()))
}

/// Notes when the statements of a sentence were made, where their own clause says so.
pub(crate) fn date_statements(reading: &mut Reading, number: usize, timed: &[Timed]) {
    let published = reading.document.published;
    let tree = &reading.sentences[number];
    for statement in &mut reading.speech.statements {
        let Some(cue) = statement
            .said
            .cue
            .first()
            .copied()
            .filter(|_| statement.sentence == number)
        else {
            continue;
        };
        let outside: Vec<Timed> = timed
            .iter()
            .filter(|t| !statement.said.content.contains(&t.head))
            .cloned()
            .collect();
        let asked = when::Asked {
            anchor: cue,
            trigger: cue,
            words: &[],
            status: Status::Occurred,
        };
        let dates = when::dates(tree, &outside, asked, published);
        statement.date = dates.first().map(|when| when.range);
    }
}

/// The statements of a document as records of their own.
pub(crate) fn statements(reading: &Reading, coder: &Coder) -> Vec<StatementRecord> {
    let maker = coder.maker(reading);
    let mut all: Vec<StatementRecord> = Vec::new();
    for statement in reading.speech.statements.iter().filter(|s| s.is_told()) {
        let mut content = maker.pieces(statement.sentence, &statement.said.content);
        for (sentence, tokens) in &statement.elsewhere {
            content.extend(maker.pieces(*sentence, tokens));
        }
        content.sort_by_key(|p| p.start);
        content = whole(reading, content);
        all.push(StatementRecord {
            id: maker.statement_id(statement),
            doc: reading.document.id.clone(),
            speaker: maker.speaker(statement),
            addressee: statement.addressee.first().map(|p| maker.actor(p)),
            cue: maker.piece(statement.sentence, &statement.said.cue),
            kind: statement.said.kind,
            force: format!("{:?}", statement.said.force).to_lowercase(),
            content,
            sentence: statement.sentence,
            within: None,
            date: statement.date.or(reading.document.published).map(written),
        });
    }
    all.extend(spoken(reading, &maker));
    all.sort_by_key(|s| (s.content.first().map(|p| p.start), s.cue.as_ref().map(|c| c.start)));
    let outer: Vec<Option<String>> = all.iter().map(|s| around(&all, s)).collect();
    for (statement, within) in all.iter_mut().zip(outer) {
        statement.within = within;
    }
    all
}

/// Pieces with only white space between them are one.
fn whole(reading: &Reading, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for piece in pieces {
        match all.last_mut() {
            Some(last) if reading.blank(last.end, piece.start) => {
                last.text = format!("{} {}", last.text, piece.text);
                last.end = piece.end;
            }
            _ => all.push(piece),
        }
    }
    all
}

/// The smallest statement whose content holds the cue of another.
fn around(all: &[StatementRecord], inner: &StatementRecord) -> Option<String> {
    let place = inner.cue.as_ref()?;
    let holds = |s: &&StatementRecord| {
        s.id != inner.id && s.content.iter().any(|p| p.start <= place.start && place.end <= p.end)
    };
    let size = |s: &&StatementRecord| s.content.iter().map(|p| p.end - p.start).sum::<usize>();
    all.iter().filter(holds).min_by_key(size).map(|s| s.id.clone())
}

/// The turns of a transcript: the speaker's words and the sentences.
pub(crate) fn turns(reading: &Reading) -> Vec<(Span, Vec<usize>)> {
    let mut all: Vec<(Span, Vec<usize>)> = Vec::new();
    for number in 0..reading.sentences.len() {
        let BlockKind::Turn { speaker } = reading.document.blocks[reading.blocks[number]].kind else {
            continue;
        };
        match all.last_mut() {
            Some((last, sentences)) if *last == speaker => sentences.push(number),
            _ => all.push((speaker, vec![number])),
        }
    }
    all
}

/// The turns of a transcript as statements.
fn spoken(reading: &Reading, maker: &Maker) -> Vec<StatementRecord> {
    let found = Turns::find(&reading.resolver, reading.document);
    let mut all = Vec::new();
    for (words, sentences) in turns(reading) {
        let party = found.at(reading.blocks[sentences[0]]).and_then(|t| t.speaker.as_ref());
        let speaker = match party {
            Some(party) => maker.turn(words, party).speaker,
            None => maker.unnamed(words),
        };
        let content = whole(reading, sentences.iter().map(|n| maker.whole(*n)).collect());
        all.push(StatementRecord {
            id: maker.turn_id(&content),
            doc: reading.document.id.clone(),
            speaker: Some(speaker),
            addressee: None,
            cue: None,
            kind: SpeechKind::Direct,
            force: "say".to_owned(),
            content,
            sentence: sentences[0],
            within: None,
            date: reading.document.published.map(written),
        });
    }
    all
}

/// The agency named in brackets after a paragraph, "(TASS)": what the paragraph tells is by its account.
fn agency(resolver: &Resolver, maker: &Maker, document: &Document, block: usize) -> Option<Attribution> {
    const REACH: usize = 40;
    let end = document.blocks[block].span.end;
    let after = document.text.get(end..)?;
    let inside = after.trim_start_matches([' ', '\u{a0}']).strip_prefix('(')?;
    let name = inside.get(..inside.find(')').filter(|n| *n <= REACH)?)?;
    let party = resolver.by_name(name).filter(|p| p.sector.iter().any(|s| s == "JRN"))?;
    let start = end + (after.len() - inside.len());
    let account = maker.turn(Span::new(start, start + name.len()), &party);
    Some(Attribution {
        kind: SpeechKind::Indirect,
        ..account
    })
}

/// The speakers of a transcript.
pub(crate) struct Turns {
    turns: Vec<Turn>,
}

pub(crate) struct Turn {
    block: usize,
    /// The speaker as the text has him.
    words: Span,
    pub(crate) speaker: Option<Party>,
}

impl Turns {
    pub(crate) fn find(resolver: &Resolver, document: &Document) -> Turns {
        let mut turns = Vec::new();
        for (number, block) in document.blocks.iter().enumerate() {
            if let BlockKind::Turn { speaker } = &block.kind {
                turns.push(Turn {
                    block: number,
                    words: *speaker,
                    speaker: resolver.by_name(speaker.text(&document.text)),
                });
            }
        }
        Turns { turns }
    }

    /// The speaker of a block as the text has it.
    pub(crate) fn name(&self, document: &Document, block: usize) -> Option<String> {
        Some(self.at(block)?.words.text(&document.text).to_owned())
    }

    pub(crate) fn at(&self, block: usize) -> Option<&Turn> {
        self.turns.iter().find(|t| t.block == block)
    }

    /// The other side of the conversation: whoever spoke last before, else next, on another side.
    pub(crate) fn addressee(&self, block: usize) -> Option<Party> {
        let here = self.turns.iter().position(|t| t.block == block)?;
        let own = self.turns[here].speaker.as_ref()?;
        let other = |t: &&Turn| t.speaker.as_ref().is_some_and(|s| s.key != own.key);
        let before = self.turns[..here].iter().rev().find(other);
        before
            .or_else(|| self.turns[here..].iter().find(other))
            .and_then(|t| t.speaker.clone())
    }
}
