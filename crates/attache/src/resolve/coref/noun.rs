//! Definite phrases: "the president", "the island", "the ministry", "the two leaders", "the latter".

use super::Text;
use super::cluster::Clusters;
use super::detect::{Class, Mention, Sort};
use super::pronoun::salience;
use crate::ontology::names::keys;
use crate::ontology::nouns::Trait;
use crate::resolve::person::holds;
use crate::resolve::terms;

/// Words that say that somebody else is meant.
const OTHERS: [&str; 14] = [
    "other",
    "another",
    "new",
    "next",
    "former",
    "late",
    "previous",
    "future",
    "second",
    "third",
    "last",
    "different",
    "same",
    "incoming",
];

/// Joins definite phrases with what they mean again.
pub(super) fn join(text: &Text, clusters: &mut Clusters) {
    for at in 0..clusters.mentions.len() {
        let mention = &clusters.mentions[at];
        if mention.sort != Sort::Noun || !mention.definite || mention.class == Class::Thing && mention.count.is_none() {
            continue;
        }
        if mention.plural && mention.count.is_some() {
            of_group(text, clusters, at);
            continue;
        }
        let other = mention.modifiers.iter().any(|m| OTHERS.contains(&m.as_str()));
        if other && !matches!(mention.lemma.as_str(), "former" | "latter") {
            continue;
        }
        let found = same_head(clusters, at)
            .or_else(|| by_role(text, clusters, at))
            .or_else(|| country(text, clusters, at))
            .or_else(|| town(text, clusters, at))
            .or_else(|| body(text, clusters, at))
            .or_else(|| somebody(clusters, at));
        if let Some(found) = found {
            clusters.try_join(found, at);
        }
    }
}

/// Earlier mentions, nearest first, at most `reach` sentences back.
fn earlier<'c>(clusters: &'c Clusters, at: usize, reach: usize) -> impl Iterator<Item = (usize, &'c Mention)> + 'c {
    let sentence = clusters.mentions[at].sentence;
    (0..at)
        .rev()
        .map(|m| (m, &clusters.mentions[m]))
        .take_while(move |(_, m)| m.sentence + reach >= sentence)
}

/// "the strike leaders" after "leaders of the strike": the same noun, with no modifier that the earlier phrase lacks.
fn same_head(clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    let fits = |m: &Mention| {
        m.sort == Sort::Noun
            && m.lemma == here.lemma
            && m.plural == here.plural
            && here.modifiers.iter().all(|x| m.modifiers.contains(x))
            && (here.owner.is_none() || here.owner == m.owner)
            && !(m.indefinite && m.plural && here.modifiers.is_empty())
    };
    earlier(clusters, at, 12)
        .find(|(m, mention)| fits(mention) && clusters.compatible(*m, at))
        .map(|(m, _)| m)
}

/// Someone or some body whose title, apposition or office has that noun.
fn by_role(text: &Text, clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    if here.plural || !matches!(here.class, Class::Person | Class::Body | Class::Place) {
        return None;
    }
    let full = here.roles.last().map_or(here.lemma.as_str(), String::as_str);
    let official = |m: &Mention| {
        let person = m.person.map(|p| &text.ontology.persons[p]);
        person.is_some_and(|p| {
            let serving = p.offices.iter().filter(|o| text.date.is_some_and(|d| holds(o, d)));
            serving
                .map(|o| keys(&o.title))
                .any(|title| title.last() == Some(&here.lemma) || title.join(" ") == full)
        })
    };
    let titled = |m: &Mention| {
        m.sort == Sort::Name && m.class == Class::Body && m.words.contains(&here.lemma)
            || m.sort == Sort::Name
                && m.class == Class::Place
                && m.words.len() > 1
                && m.words.last() == Some(&here.lemma)
    };
    let foreign = |m: usize, mention: &Mention| {
        let Some(owner) = &here.owner else { return false };
        let country = mention.person.is_some_and(|p| {
            text.ontology.persons[p]
                .offices
                .iter()
                .any(|o| o.code.as_ref() == Some(owner))
        });
        let owners = clusters.owners(m);
        !(country || owners.contains(&owner.as_str()) || mention.person.is_none() && owners.is_empty())
    };
    // Modifiers must be the owner's, or told before.
    let told = |m: usize| {
        here.modifiers.iter().all(|word| {
            let known = clusters.members(m).iter().any(|x| {
                let x = &clusters.mentions[*x];
                x.modifiers.contains(word)
                    || x.words.contains(word)
                    || x.roles.iter().any(|r| r.split(' ').any(|w| w == word))
            });
            known || here.owner.is_some() || full.split(' ').any(|w| w == word)
        })
    };
    earlier(clusters, at, 12)
        .filter(|(_, m)| m.sort != Sort::Pronoun && m.sort != Sort::Group && !m.plural)
        .find(|(m, mention)| {
            (clusters.has_role(*m, &here.lemma) || clusters.has_role(*m, full) || official(mention) || titled(mention))
                && !foreign(*m, mention)
                && told(*m)
                && clusters.compatible(*m, at)
        })
        .map(|(m, _)| m)
}

fn bare(mention: &Mention) -> bool {
    mention.modifiers.is_empty() && mention.owner.is_none() && !mention.possessed && !mention.plural
}

/// "The country", "the island nation": the country last spoken of, or the one described so.
fn country(text: &Text, clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    if !text.ontology.nouns.has(&here.lemma, Trait::Territory) || here.plural {
        return None;
    }
    let phrase = [here.modifiers.join(" "), here.lemma.clone()].join(" ");
    let described = |m: &Mention| {
        let code = m.key.as_deref().and_then(|k| k.strip_prefix("c:"));
        let country = code.and_then(|c| text.ontology.country(c));
        country.is_some_and(|c| c.described.iter().any(|d| d == phrase.trim()))
    };
    let of_kind = |m: &Mention| {
        m.class == Class::Country && m.sort == Sort::Name && m.key.as_deref().is_some_and(|k| k.starts_with("c:"))
    };
    if let Some((m, _)) = earlier(clusters, at, usize::MAX / 2).find(|(_, m)| of_kind(m) && described(m)) {
        return Some(m);
    }
    if !bare(here) || matches!(here.lemma.as_str(), "state" | "territory" | "federation") {
        return None;
    }
    best(clusters, at, 3, of_kind)
}

/// "The city": the town last named.
fn town(text: &Text, clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    if !text.ontology.nouns.has(&here.lemma, Trait::Settlement) || !bare(here) {
        return None;
    }
    let capital = |m: &Mention| m.key.as_deref().is_some_and(|k| k.starts_with("k:"));
    let of_kind = |m: &Mention| m.sort == Sort::Name && (m.class == Class::Place && m.key.is_none() || capital(m));
    best(clusters, at, 3, of_kind)
}

/// "The group", "the company": the body of that kind last named.
fn body(text: &Text, clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    if here.class != Class::Body || !bare(here) {
        return None;
    }
    let kinds = terms::kinds_of_body(&here.lemma);
    let general = matches!(
        here.lemma.as_str(),
        "company"
            | "firm"
            | "group"
            | "organisation"
            | "organization"
            | "party"
            | "agency"
            | "movement"
            | "club"
            | "team"
            | "university"
            | "bank"
            | "charity"
            | "newspaper"
            | "airline"
    );
    let of_kind = |m: &Mention| {
        let listed = m
            .key
            .as_deref()
            .and_then(|k| k.strip_prefix("b:"))
            .and_then(|k| k.parse::<usize>().ok());
        m.sort == Sort::Name
            && m.class == Class::Body
            && match listed {
                Some(b) => {
                    let kind = text.ontology.bodies[b].kind.as_str();
                    kinds.contains(&kind) || kind == here.lemma
                }
                None => m.key.is_none() && general,
            }
    };
    best(clusters, at, 3, of_kind)
}

/// "The man", "the woman": whoever was spoken of last.
fn somebody(clusters: &Clusters, at: usize) -> Option<usize> {
    let here = &clusters.mentions[at];
    if here.class != Class::Person
        || here.gender.is_none()
        || !bare(here)
        || !matches!(here.lemma.as_str(), "man" | "woman" | "boy" | "girl")
    {
        return None;
    }
    best(clusters, at, 2, |m| {
        m.class == Class::Person && m.sort != Sort::Pronoun && m.gender == here.gender
    })
}

/// The most salient earlier mention that fits.
fn best(clusters: &Clusters, at: usize, reach: usize, fits: impl Fn(&Mention) -> bool) -> Option<usize> {
    earlier(clusters, at, reach)
        .filter(|(m, mention)| fits(mention) && clusters.compatible(*m, at))
        .map(|(m, _)| (salience(clusters, m, at), m))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, m)| m)
}

/// "The two leaders", "both countries": phrases that stood side by side.
fn of_group(text: &Text, clusters: &mut Clusters, at: usize) {
    let here = &clusters.mentions[at];
    if here.owner.is_some() {
        return;
    }
    let states = text.ontology.nouns.has(&here.lemma, Trait::Territory)
        || matches!(
            here.lemma.as_str(),
            "side" | "government" | "neighbour" | "neighbor" | "capital" | "ally" | "party"
        );
    let class_at = |mention: &Mention, head: usize| {
        let member = clusters.at(mention.sentence, head);
        member.map_or(Class::Any, |m| clusters.mentions[m].class)
    };
    let fits = |m: &Mention| {
        let all = |wanted: &[Class]| m.members.iter().all(|h| wanted.contains(&class_at(m, *h)));
        m.sort == Sort::Group
            && Some(m.members.len()) == here.count
            && if states {
                all(&[Class::Country, Class::Body])
                    || here.lemma == "side" && all(&[Class::Country, Class::Body, Class::Person])
            } else {
                all(&[Class::Person]) && matches!(here.class, Class::Person | Class::People)
            }
    };
    let found = earlier(clusters, at, 6).find(|(_, m)| fits(m)).map(|(m, _)| m);
    let again = || {
        earlier(clusters, at, 6)
            .find(|(_, m)| m.sort == Sort::Noun && m.lemma == here.lemma && m.count == here.count && m.owner.is_none())
            .map(|(m, _)| m)
    };
    if let Some(found) = found.or_else(again) {
        clusters.join(found, at);
    }
}
