//! The weights of the English model, embedded.

/// Forms and their lemmas: part of speech, lemma, `tag=form` pairs; made by `training/make_lemma_table.py`.
pub static LEMMAS: &str = include_str!("../weights/lemmas.tsv");

/// Name of the model, for records.
pub const NAME: &str = "attache-model-en";

/// Version of the weights: changes with every retraining.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The network but for its last step, an ONNX graph with int8 weights; made by `training/export.py`.
pub static NETWORK: &[u8] = include_bytes!("../weights/network.onnx");

/// The last step: scores of relations, an ONNX graph.
pub static LABELLER: &[u8] = include_bytes!("../weights/label.onnx");

/// The vocabulary, one word piece a line.
pub static PIECES: &str = include_str!("../weights/pieces.txt");

/// The labels in the order of the network's outputs: kind, tab, value.
pub static LABELS: &str = include_str!("../weights/labels.tsv");

/// The second head: scores of what a word means in its sentence, from the states that [`NETWORK`] gives; made by
/// `training/events/write.py`.
pub static EVENTS: &[u8] = include_bytes!("../weights/event.onnx");

/// The labels of the second head in the order of its scores: kind, tab, value.
pub static EVENT_LABELS: &str = include_str!("../weights/event_labels.tsv");
