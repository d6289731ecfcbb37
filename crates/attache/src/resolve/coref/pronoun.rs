//! Pronouns of the third person: candidates that agree, that grammar allows, by salience.

use attache_parse::Sentence;

use super::Text;
use super::cluster::Clusters;
use super::detect::{Class, Mention, Sort};

const REFLEXIVES: [&str; 4] = ["himself", "herself", "itself", "themselves"];
const THEY: [&str; 5] = ["they", "them", "their", "theirs", "themselves"];
const IT: [&str; 3] = ["it", "its", "itself"];

/// Joins pronouns with whom they mean.
pub(super) fn join(text: &Text, clusters: &mut Clusters) {
    for at in 0..clusters.mentions.len() {
        let mention = &clusters.mentions[at];
        let third = mention.gender.is_some() || mention.is(&THEY) || mention.is(&IT);
        if mention.sort != Sort::Pronoun || !third {
            continue;
        }
        let tree = &text.sentences[mention.sentence];
        let found = if mention.is(&REFLEXIVES) {
            subject(tree, mention.head).and_then(|s| clusters.at(mention.sentence, s))
        } else {
            likeliest(text, clusters, at)
        };
        if let Some(found) = found {
            clusters.join(found, at);
        }
    }
}

/// The subject of the clause around a word.
fn subject(tree: &Sentence, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..8 {
        at = tree.tokens[at].head?;
        if let Some(subject) = tree.children(at).find(|c| tree.tokens[*c].rel() == "nsubj") {
            return Some(subject);
        }
    }
    None
}

fn likeliest(text: &Text, clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    let reach = if here.is(&IT) { 2 } else { 4 };
    let mut best: Option<(f64, usize)> = None;
    for candidate in (0..at).rev() {
        let mention = &clusters.mentions[candidate];
        if mention.sentence + reach < here.sentence {
            break;
        }
        let Some(fit) = agrees(clusters, candidate, here) else {
            continue;
        };
        let tree = &text.sentences[here.sentence];
        if mention.sentence == here.sentence && barred(tree, mention, here) || clash(text, clusters, candidate, at) {
            continue;
        }
        let score = salience(clusters, candidate, at) + fit + likeness(text, mention, here);
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, candidate));
        }
    }
    best.filter(|(score, _)| *score > -3.6).map(|(_, m)| m)
}

/// How well class, number and gender of a candidate go with a pronoun; `None` where they do not.
fn agrees(clusters: &Clusters, candidate: usize, here: &Mention) -> Option<f64> {
    let mention = &clusters.mentions[candidate];
    let class = clusters.class(candidate);
    let named = clusters.named(candidate);
    if mention.sort == Sort::Pronoun {
        let same = |set: &[&str]| mention.is(set) && here.is(set);
        if same(&THEY) || same(&IT) || mention.gender.is_some() && mention.gender == here.gender {
            return Some(0.4);
        }
        return None;
    }
    if here.is(&THEY) {
        return match class {
            Class::People => Some(0.5),
            _ if mention.plural => Some(if class == Class::Thing { -0.2 } else { 0.3 }),
            Class::Body => Some(if named { -0.5 } else { -0.3 }),
            Class::Person if mention.indefinite => Some(-1.5),
            _ => None,
        };
    }
    if mention.plural || mention.sort == Sort::Group {
        return None;
    }
    if here.is(&IT) {
        return match class {
            Class::Body | Class::Country => Some(0.2),
            Class::Place | Class::Thing => Some(0.0),
            Class::Any => Some(-0.6),
            Class::Person | Class::People => None,
        };
    }
    match (class, clusters.gender(candidate)) {
        (Class::Person, Some(gender)) if Some(gender) == here.gender => Some(0.3),
        (Class::Person, Some(_)) => None,
        (Class::Person, None) => Some(0.1),
        (Class::Any, gender) if gender.is_none() || gender == here.gender => Some(-0.8),
        _ => None,
    }
}

/// How present an earlier mention is at a later one: near, subject, often named, in the same paragraph.
pub(super) fn salience(clusters: &Clusters, candidate: usize, at: usize) -> f64 {
    let (mention, here) = (&clusters.mentions[candidate], &clusters.mentions[at]);
    let away = (here.sentence - mention.sentence) as f64;
    let near = if here.sentence == mention.sentence {
        -0.015 * here.head.abs_diff(mention.head) as f64
    } else {
        -0.4 - 0.9 * (away - 1.0)
    };
    let role = match mention.relation.as_str() {
        "nsubj" | "nsubj:pass" => 0.8,
        "obj" | "iobj" => 0.25,
        "nmod:poss" => 0.3,
        "root" => 0.4,
        "compound" | "amod" => -0.4,
        "nmod" => -0.15,
        _ => 0.0,
    };
    let before = clusters.members(candidate).iter().filter(|m| **m < at).count();
    near + role + 0.3 * (before as f64).ln()
}

/// What candidate and pronoun have in common besides.
fn likeness(text: &Text, mention: &Mention, here: &Mention) -> f64 {
    let subject = |m: &Mention| m.relation.starts_with("nsubj");
    let parallel = if subject(mention) && subject(here) { 0.25 } else { 0.0 };
    let block = |m: &Mention| text.blocks.get(m.sentence);
    let paragraph = if block(mention) == block(here) { 0.2 } else { 0.0 };
    let quote = if mention.quoted && !here.quoted { -0.7 } else { 0.0 };
    parallel + paragraph + quote
}

/// What syntax forbids in one sentence: arguments of one verb, a phrase around the pronoun, phrases joined by "and".
fn barred(tree: &Sentence, mention: &Mention, here: &Mention) -> bool {
    let whole = mention.first <= here.first && here.end <= mention.end;
    let appositive = mention.appositive.0 <= here.first && here.first < mention.appositive.1;
    if whole && !appositive && !mention.loose(here) {
        return true;
    }
    let governor = |t: usize| tree.tokens[t].head;
    let possessive = tree.tokens[here.head].deprel == "nmod:poss";
    if possessive {
        return false;
    }
    if mention.sort == Sort::Group && mention.members.contains(&here.head) || governor(here.head) == Some(mention.head)
    {
        return true;
    }
    if tree.tokens[mention.head].deprel == "nmod:poss" {
        return false;
    }
    let clause = |t: usize| {
        let mut at = governor(t)?;
        while matches!(tree.tokens[at].rel(), "xcomp" | "nmod")
            || tree.tokens[at].rel() == "conj" && tree.tokens[at].head != governor(t)
        {
            match tree.tokens[at].head {
                Some(up) if tree.tokens[at].rel() == "xcomp" => at = up,
                _ => break,
            }
        }
        Some(at)
    };
    clause(here.head).is_some() && clause(here.head) == clause(mention.head)
}

/// The pronoun would make one of a verb's subject and object by way of earlier members.
fn clash(text: &Text, clusters: &Clusters, candidate: usize, at: usize) -> bool {
    let here = &clusters.mentions[at];
    let tree = &text.sentences[here.sentence];
    if tree.tokens[here.head].deprel == "nmod:poss" {
        return false;
    }
    clusters.members(candidate).iter().any(|m| {
        let member = &clusters.mentions[*m];
        member.sentence == here.sentence && *m != candidate && barred(tree, member, here)
    })
}
