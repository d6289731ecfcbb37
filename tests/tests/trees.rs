//! Codes the hand-made trees of tests/trees: rules are tried without the network, so that no training breaks them.
//!
//! `# expect = CONSULT RUS,CUB`, `# expect = SANCTION/expel GBR > IRN denied` or `# expect = nothing` say what is told; mode
//! and status that are left out may be any. `# follows` joins a tree to the text of the one before, for words that refer back.
//! `UPDATE_EXPECT=1 cargo test -p attache-tests --test trees` writes what came out otherwise.

use std::fmt::Write as _;
use std::fs;

use attache::Ontology;
use attache::coder::{EventMention, Reader};
use attache::ontology::pattern::Example;
use attache::resolve::{Party, Resolver};
use attache_parse::conllu::{self, Tree};
use attache_tests::{Fallible, blessing, files, ontology, root};

#[test]
fn trees() -> Fallible {
    let ontology = ontology();
    let mut faults = String::new();
    let mut number = 0;
    for path in files(&root().join("tests/trees"))? {
        let file = fs::read_to_string(&path)?;
        let bank = conllu::read(&file).map_err(|error| format!("{}: {error}", path.display()))?;
        number += bank.trees.len();
        let told = told(&ontology, &bank.trees);
        let mut blessed = file.clone();
        for (tree, got) in bank.trees.iter().zip(&told) {
            let wanted = wanted(tree);
            if fits(&wanted, got)? {
                continue;
            }
            let text = tree.comment("text").unwrap_or_default();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            writeln!(
                faults,
                "{name} {}: {text}\n  wanted {wanted:?}\n  got    {got:?}",
                tree.id()
            )?;
            blessed = bless(&blessed, tree.id(), got);
        }
        if blessing() {
            fs::write(&path, blessed)?;
        }
    }
    assert!(number >= 30, "only {number} trees were found");
    assert!(faults.is_empty(), "\n{faults}");
    Ok(())
}

/// The events of each tree, in the form of the data files.
fn told(ontology: &Ontology, trees: &[Tree]) -> Vec<Vec<String>> {
    let mut resolver = Resolver::new(ontology, None);
    let mut all = Vec::new();
    for (number, tree) in trees.iter().enumerate() {
        if !tree.comments.iter().any(|(name, _)| name == "follows") {
            resolver = Resolver::new(ontology, None);
        }
        resolver.speaker = None;
        resolver.read(&tree.sentence, number);
        resolver.speaker = Reader::new(ontology, &resolver, &tree.sentence, number).voice();
        let (mentions, _) = Reader::new(ontology, &resolver, &tree.sentence, number).read();
        all.push(mentions.iter().map(line).collect());
    }
    all
}

fn line(mention: &EventMention) -> String {
    let mode = if mention.mode.is_empty() { "" } else { "/" };
    let nobody = if mention.actor.is_empty() { "?" } else { "" };
    let recipient = if mention.recipient.is_empty() { "" } else { " > " };
    format!(
        "{}{mode}{} {nobody}{}{recipient}{} {}",
        mention.event,
        mention.mode,
        codes(&mention.actor),
        codes(&mention.recipient),
        format!("{:?}", mention.status).to_lowercase()
    )
}

fn codes(parties: &[Party]) -> String {
    let mut codes: Vec<&str> = parties
        .iter()
        .map(|party| party.code.as_deref().unwrap_or("?"))
        .collect();
    codes.sort_unstable();
    codes.join(",")
}

fn wanted(tree: &Tree) -> Vec<&str> {
    let lines = tree.comments.iter().filter(|(name, _)| name == "expect");
    lines
        .map(|(_, line)| line.as_str())
        .filter(|line| *line != "nothing")
        .collect()
}

/// Whether exactly the wanted events came out, in text order.
fn fits(wanted: &[&str], got: &[String]) -> Fallible<bool> {
    let mut fits = wanted.len() == got.len();
    for (wanted, got) in wanted.iter().zip(got) {
        let (wanted, got) = (
            Example::parse(&format!("=> {wanted}"))?,
            Example::parse(&format!("=> {got}"))?,
        );
        fits &= wanted.event == got.event
            && (wanted.mode.is_none() || wanted.mode == got.mode)
            && (wanted.status.is_none() || wanted.status == got.status)
            && (&wanted.actor, &wanted.recipient) == (&got.actor, &got.recipient);
    }
    Ok(fits)
}

/// The file with other expected events for one tree.
fn bless(file: &str, id: &str, got: &[String]) -> String {
    let mut out = String::new();
    let mut here = false;
    for line in file.lines() {
        if let Some(found) = line.strip_prefix("# sent_id = ") {
            here = found == id;
        }
        if here && line.starts_with("# expect =") {
            continue;
        }
        if here && (line.starts_with("1\t") || line.starts_with("1-")) {
            here = false;
            let nothing = ["nothing".to_owned()];
            let lines = if got.is_empty() { &nothing[..] } else { got };
            lines.iter().for_each(|event| out += &format!("# expect = {event}\n"));
        }
        out += line;
        out.push('\n');
    }
    out
}
