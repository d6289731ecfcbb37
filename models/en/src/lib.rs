//! The weights of the English model, embedded.

/// Forms and their lemmas: part of speech, lemma, `tag=form` pairs; made by `training/make_lemma_table.py`.
pub static LEMMAS: &str = include_str!("../weights/lemmas.tsv");
