//! Names: the same again, a surname after the full name, a body shortened or by its initials.

use super::Text;
use super::cluster::Clusters;
use super::detect::{Class, Mention, Sort};
use crate::ontology::nouns::Trait;
use crate::resolve::terms;

/// Joins names that mean the same.
pub(super) fn join(text: &Text, clusters: &mut Clusters) {
    let names: Vec<usize> = (0..clusters.mentions.len())
        .filter(|m| clusters.mentions[*m].sort == Sort::Name)
        .collect();
    for pass in [same_entity, same_words, short_person, short_body] {
        for (n, name) in names.iter().enumerate() {
            let here = &clusters.mentions[*name];
            let earlier = names[..n].iter().rev();
            // The nearest earlier name that fits; one that it must not be joined with is passed over.
            for before in earlier {
                if pass(text, &clusters.mentions[*before], here) && clusters.try_join(*before, *name) {
                    break;
                }
            }
        }
    }
}

fn same_entity(_: &Text, a: &Mention, b: &Mention) -> bool {
    a.key.is_some() && a.key == b.key || a.person.is_some() && a.person == b.person
}

fn same_words(_: &Text, a: &Mention, b: &Mention) -> bool {
    !a.words.is_empty() && a.words == b.words && a.class.fits(b.class) && (a.key.is_none() || b.key.is_none())
}

/// "Obama" after "Barack Obama", "Hillary" after "Hillary Clinton", "J. Smith" after "John Smith".
fn short_person(text: &Text, a: &Mention, b: &Mention) -> bool {
    let person = |m: &Mention| matches!(m.class, Class::Person | Class::Any) && m.key.is_none();
    if !person(a) || !person(b) || a.class == Class::Any && b.class == Class::Any {
        return false;
    }
    let (long, short) = if a.words.len() >= b.words.len() { (a, b) } else { (b, a) };
    let (Some(last), Some(first)) = (long.words.last(), long.words.first()) else {
        return false;
    };
    match short.words.as_slice() {
        [one] if long.words.len() > 1 => {
            one == last || one == first && (short.class == Class::Person || text.ontology.nouns.given(one).is_some())
        }
        [given, .., family] => {
            family == last && (given == first || given.len() == 1 && first.starts_with(given.as_str()))
        }
        _ => false,
    }
}

/// "Acme" after "Acme Corporation", "the Security Council" after "the UN Security Council", MRJ after its full name.
fn short_body(text: &Text, a: &Mention, b: &Mention) -> bool {
    let body = |m: &Mention| matches!(m.class, Class::Body | Class::Any | Class::People);
    if !body(a) || !body(b) {
        return false;
    }
    let alias = |x: &Mention, y: &Mention| {
        let y = y.words.join(" ");
        x.roles.iter().any(|r| r.strip_prefix('=') == Some(y.as_str()))
    };
    if alias(a, b) || alias(b, a) {
        return true;
    }
    let (long, short) = if a.words.len() >= b.words.len() { (a, b) } else { (b, a) };
    if let [one] = short.words.as_slice()
        && terms::initials(one, &long.words)
    {
        return true;
    }
    let nation = |m: &Mention| m.key.as_deref().is_some_and(|k| !k.starts_with("b:"));
    if short.words.len() >= long.words.len() || short.words.is_empty() || nation(a) || nation(b) {
        return false;
    }
    if a.class == Class::Any || b.class == Class::Any {
        return false;
    }
    let tells = |w: &String| !text.ontology.nouns.has(w, Trait::Institution);
    let front = long.words.starts_with(&short.words) && (short.words.iter().any(tells) || short.definite);
    front || short.words.len() > 1 && long.words.ends_with(&short.words)
}
