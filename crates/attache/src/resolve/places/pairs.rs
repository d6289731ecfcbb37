//! "Paris, Texas": a place, a comma, and what it lies in.

use attache_gazetteer::Kind;
use attache_parse::Sentence;

use super::find::Found;
use crate::ontology::Ontology;

/// For each name the one behind it that says where it lies. Readings that do not fit a pair are dropped from both.
pub(super) fn pairs(ontology: &Ontology, sentences: &[&Sentence], found: &mut [(usize, Found)]) -> Vec<Option<usize>> {
    let mut inside: Vec<Option<usize>> = vec![None; found.len()];
    // From the end, so that "Paris, Lamar County, Texas" finds its county already cut down to Texas.
    for n in (0..found.len().saturating_sub(1)).rev() {
        let (left, right) = found.split_at_mut(n + 1);
        let ((sentence, name), (other, behind)) = (&mut left[n], &mut right[0]);
        if sentence != other {
            continue;
        }
        let tree = sentences[*sentence];
        let link = link(ontology, tree, name, behind);
        if link == Link::None || alike(name, behind) && link == Link::Comma {
            continue;
        }
        let (small, large) = if link == Link::Owner {
            (&mut *behind, &mut *name)
        } else {
            (&mut *name, &mut *behind)
        };
        let fits: Vec<_> = small
            .readings
            .iter()
            .filter(|r| large.readings.iter().any(|b| r.within(b)))
            .cloned()
            .collect();
        if fits.is_empty() {
            continue;
        }
        large.readings.retain(|b| fits.iter().any(|r| r.within(b)));
        small.readings = fits;
        if link == Link::Owner {
            inside[n + 1] = inside[n + 1].or(Some(n));
        } else {
            inside[n] = Some(n + 1);
        }
    }
    inside
}

#[derive(PartialEq, Eq)]
enum Link {
    None,
    /// "Paris, Texas"
    Comma,
    /// "the city of Paris in Texas", "Basra in southern Iraq"
    In,
    /// "Iraq's Anbar province"
    Owner,
}

/// Words between a name and what it lies in, at most.
const REACH: usize = 4;

fn link(ontology: &Ontology, tree: &Sentence, name: &Found, behind: &Found) -> Link {
    let between = &tree.tokens[name.end..behind.first.max(name.end)];
    let forms: Vec<String> = between.iter().map(|t| t.form.to_lowercase()).collect();
    match forms.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [","] => Link::Comma,
        ["'s" | "’s" | "'" | "’"] => Link::Owner,
        ["," | "in" | "of", rest @ ..] if rest.len() < REACH => {
            let plain = |w: &&str| {
                matches!(*w, "in" | "the" | "of" | "a" | "'s")
                    || w.ends_with("ern")
                    || ontology.class_has("place.division", w)
                    || ontology.class_has("place.of", w)
            };
            let whole = rest.iter().all(plain) && (forms[0] == "in" || rest.contains(&"in"));
            if whole { Link::In } else { Link::None }
        }
        _ => Link::None,
    }
}

/// Members of a list ("Iraq, Syria", "Georgia, Alabama") do not contain each other.
fn alike(name: &Found, behind: &Found) -> bool {
    let top = |f: &Found| f.readings.first().map(|r| r.kind);
    let wide = |k: Option<Kind>| matches!(k, Some(Kind::Country | Kind::Admin1 | Kind::Continent));
    !behind.short && name.key != behind.key && top(name) == top(behind) && wide(top(name))
}

/// Neighbours in lists: "Georgia, Alabama and Tennessee". The last is next to the first word that joins it.
pub(super) fn lists(
    sentences: &[&Sentence],
    found: &[(usize, Found)],
    inside: &[Option<usize>],
) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for n in 1..found.len() {
        let ((before, one), (sentence, other)) = (&found[n - 1], &found[n]);
        if before == sentence && inside[n - 1] != Some(n) && joined(sentences[*sentence], one.end, other.first) {
            all.push((n - 1, n));
        }
    }
    all
}

/// Whether nothing but a comma, "and" or "or" stands between two names.
pub(super) fn joined(tree: &Sentence, end: usize, first: usize) -> bool {
    let between = end..first.max(end);
    !between.is_empty()
        && between.len() < 4
        && tree.tokens[between]
            .iter()
            .all(|t| matches!(t.form.to_lowercase().as_str(), "," | "and" | "or" | "&" | "the"))
}
