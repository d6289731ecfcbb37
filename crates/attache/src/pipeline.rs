//! The whole way: a document in, records out.

use attache_parse::{Parser, Sentence, Span};
use serde::Serialize;

use crate::document::Document;
use crate::event::Event;
use crate::ontology::Ontology;

/// Everything needed to code: the ontology and the parser. Cheap to share between threads.
pub struct Coder {
    ontology: Ontology,
    parser: Parser,
}

/// What coding a document gave.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// Records in text order.
    pub events: Vec<Event>,
    /// Number of sentences coded.
    pub sentences: usize,
    /// Number of words in them.
    pub words: usize,
}

/// Why a text gave the records that it gave.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Explanation {
    /// One entry per sentence.
    pub sentences: Vec<SentenceExplanation>,
    /// The records, as `code` would print them.
    pub events: Vec<Event>,
}

/// Why a sentence gave the records that it gave. Offsets are bytes of the text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SentenceExplanation {
    /// The sentence.
    pub text: String,
    /// Its tree, for drawing.
    #[serde(skip)]
    pub tree: Sentence,
    /// Who was found.
    pub actors: Vec<ExplainedActor>,
    /// Patterns that fired.
    pub fired: Vec<ExplainedMatch>,
    /// Patterns whose trigger is there and that lacked something.
    pub nearly: Vec<ExplainedMatch>,
}

/// An actor that the resolver found.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedActor {
    /// The words.
    pub text: String,
    /// Country or non-state code; null where unknown.
    pub code: Option<String>,
    /// Sectors.
    pub sector: Vec<String>,
    /// What the words were resolved to.
    pub identifier: Option<String>,
    /// How: `name`, `title`, `demonym`, `role`, `pronoun`, `description`, ….
    pub how: String,
}

/// A pattern at a trigger.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedMatch {
    /// Identifier of the pattern.
    pub pattern: String,
    /// Event type and mode, such as `CONSULT/visit`.
    pub event: String,
    /// The trigger's words.
    pub trigger: String,
    /// The actor's words.
    pub actor: Vec<String>,
    /// The recipient's words.
    pub recipient: Vec<String>,
    /// Status, where it fired.
    pub status: String,
    /// What decided: operators applied; or what was lacking.
    pub why: Vec<String>,
}

impl Coder {
    /// A coder with this ontology and parser.
    pub fn new(ontology: Ontology, parser: Parser) -> Self {
        Self { ontology, parser }
    }

    /// The ontology in use.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The parser in use.
    pub fn parser(&self) -> &Parser {
        &self.parser
    }
}

// Temporary signatures; the bodies follow.
impl Coder {
    /// Codes a document. Never fails: a strange text gives no records.
    pub fn code(&self, _document: &Document) -> Coded {
        Coded::default()
    }

    /// Sentences of the document's content with their trees; spans are bytes of the document's text.
    pub fn parse(&self, _document: &Document) -> Vec<Sentence> {
        Vec::new()
    }

    /// Says why a document's text gives the records that it gives.
    pub fn explain(&self, _document: &Document) -> Explanation {
        Explanation::default()
    }

    /// Every layer of a document.
    pub fn annotate(&self, _document: &Document) -> crate::annotate::Annotation {
        crate::annotate::Annotation::default()
    }
}

/// Unused yet.
pub type Unused = Span;
