//! Whose *I* and *we* it is: turns of a transcript, quotations, and the narrator.

use std::collections::BTreeMap;

use attache_parse::Upos;

use super::Text;
use super::cluster::Clusters;
use super::detect::{Class, Sort};
use crate::ontology::names::keys;

/// For every token of every sentence whether it stands between quotation marks. A paragraph begins without any.
pub(super) fn quoted(text: &Text) -> Vec<Vec<bool>> {
    let mut open = false;
    let mut block = None;
    text.sentences
        .iter()
        .zip(text.blocks)
        .map(|(tree, at)| {
            if block != Some(*at) {
                block = Some(*at);
                open = false;
            }
            let mut flags = Vec::with_capacity(tree.tokens.len());
            for token in &tree.tokens {
                match token.form.as_str() {
                    "“" | "``" | "«" => open = true,
                    "”" | "''" | "»" => open = false,
                    "\"" => open = !open,
                    _ => {}
                }
                flags.push(open);
            }
            flags
        })
        .collect()
}

const I: [&str; 5] = ["i", "me", "my", "mine", "myself"];
const WE: [&str; 5] = ["we", "us", "our", "ours", "ourselves"];
const YOU: [&str; 4] = ["you", "your", "yours", "yourself"];

/// One who speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Turn(String),
    Cluster(usize),
    /// Somebody quoted without a name, by sentence.
    Somebody(usize),
    Narrator,
}

/// Joins first and second persons with those whom they mean.
pub(super) fn join(text: &Text, clusters: &mut Clusters) {
    let speakers = speakers(text, clusters);
    let mut first: BTreeMap<(Voice, u8), usize> = BTreeMap::new();
    for at in 0..clusters.mentions.len() {
        let mention = &clusters.mentions[at];
        let person = match () {
            () if mention.is(&I) => 0,
            () if mention.is(&WE) => 1,
            () if mention.is(&YOU) => 2,
            () => continue,
        };
        let voice = match (&text.turns[mention.sentence], mention.quoted) {
            (_, true) => match speakers[mention.sentence] {
                Some(speaker) => Voice::Cluster(speaker),
                None => Voice::Somebody(mention.sentence),
            },
            (Some(name), false) => Voice::Turn(name.clone()),
            (None, false) => Voice::Narrator,
        };
        if let Voice::Cluster(speaker) = voice {
            let class = clusters.class(speaker);
            let plural = clusters.mentions[speaker].plural;
            let means = match person {
                0 => matches!(class, Class::Person | Class::Any) && !plural,
                1 => matches!(class, Class::Body | Class::Country | Class::People) || plural,
                _ => false,
            };
            if means {
                clusters.join(speaker, at);
            }
        }
        if let (Voice::Turn(name), 0) = (&voice, person)
            && let Some(named) = named(clusters, name)
        {
            clusters.join(named, at);
        }
        match first.entry((voice, person)) {
            std::collections::btree_map::Entry::Occupied(earlier) => clusters.join(*earlier.get(), at),
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(at);
            }
        }
    }
}

/// The mention that names the speaker of a turn.
fn named(clusters: &Clusters, speaker: &str) -> Option<usize> {
    let last = keys(speaker).pop()?;
    clusters
        .mentions
        .iter()
        .position(|m| m.sort == Sort::Name && m.class == Class::Person && m.words.last() == Some(&last))
}

/// By sentence, the mention of whoever says what it quotes.
fn speakers(text: &Text, clusters: &Clusters) -> Vec<Option<usize>> {
    let own: Vec<Option<usize>> = text
        .sentences
        .iter()
        .enumerate()
        .map(|(number, tree)| {
            (0..tree.tokens.len()).find_map(|verb| {
                let t = &tree.tokens[verb];
                if t.upos != Upos::Verb || !text.ontology.class_has("speech", &t.lemma.to_lowercase()) {
                    return None;
                }
                let subject = tree.children(verb).find(|c| tree.tokens[*c].rel() == "nsubj")?;
                let mention = clusters.at(number, subject)?;
                (!clusters.mentions[mention].quoted).then_some(mention)
            })
        })
        .collect();
    let mut quotes = vec![false; own.len()];
    for mention in clusters.mentions.iter().filter(|m| m.quoted) {
        quotes[mention.sentence] = true;
    }
    let same_block = |a: usize, b: usize| text.blocks.get(a) == text.blocks.get(b);
    let mut all = own.clone();
    for s in 0..all.len() {
        if all[s].is_none() && s > 0 && same_block(s - 1, s) {
            all[s] = all[s - 1];
        }
        if all[s].is_none() && same_block(s + 1, s) && quotes[s] {
            all[s] = own.get(s + 1).copied().flatten();
        }
    }
    all
}
