//! Mentions joined so far, with what is known of each cluster.

use std::collections::HashMap;

use super::detect::{Class, Mention, Sort};

/// Disjoint sets of mentions.
pub(super) struct Clusters<'a> {
    pub(super) mentions: &'a [Mention],
    parent: Vec<usize>,
    /// By root: members in text order.
    members: Vec<Vec<usize>>,
    /// By sentence and head, the mention that is no group.
    at: HashMap<(usize, usize), usize>,
}

impl<'a> Clusters<'a> {
    pub(super) fn new(mentions: &'a [Mention]) -> Self {
        Clusters {
            mentions,
            parent: (0..mentions.len()).collect(),
            members: (0..mentions.len()).map(|m| vec![m]).collect(),
            at: mentions
                .iter()
                .enumerate()
                .filter(|(_, m)| m.sort != Sort::Group)
                .map(|(i, m)| ((m.sentence, m.head), i))
                .collect(),
        }
    }

    /// The mention with that head, unless it is a group.
    pub(super) fn at(&self, sentence: usize, head: usize) -> Option<usize> {
        self.at.get(&(sentence, head)).copied()
    }

    pub(super) fn root(&self, mention: usize) -> usize {
        self.parent[mention]
    }

    /// The root of every mention, and mentions by sentence and head.
    pub(super) fn finish(self) -> (Vec<usize>, HashMap<(usize, usize), usize>) {
        (self.parent, self.at)
    }

    pub(super) fn members(&self, mention: usize) -> &[usize] {
        &self.members[self.root(mention)]
    }

    fn each(&self, mention: usize) -> impl Iterator<Item = &'a Mention> {
        let mentions = self.mentions;
        self.members(mention).iter().map(move |m| &mentions[*m])
    }

    /// Gender of a cluster, where one member tells it.
    pub(super) fn gender(&self, mention: usize) -> Option<char> {
        self.each(mention).find_map(|m| m.gender)
    }

    /// What a cluster is: of the members that tell, the first name, else the first noun.
    pub(super) fn class(&self, mention: usize) -> Class {
        let told = |sort: Sort| {
            self.each(mention)
                .find(|m| m.sort == sort && !matches!(m.class, Class::Any))
                .map(|m| m.class)
        };
        told(Sort::Name)
            .or_else(|| told(Sort::Noun))
            .or_else(|| told(Sort::Group))
            .unwrap_or(self.mentions[mention].class)
    }

    /// Whether a cluster holds a name.
    pub(super) fn named(&self, mention: usize) -> bool {
        self.each(mention).any(|m| m.sort == Sort::Name)
    }

    /// Roles that its members name.
    pub(super) fn has_role(&self, mention: usize, role: &str) -> bool {
        self.each(mention).any(|m| m.roles.iter().any(|r| r == role))
    }

    /// Country or body that its members belong to.
    pub(super) fn owners(&self, mention: usize) -> Vec<&'a str> {
        self.each(mention).filter_map(|m| m.owner.as_deref()).collect()
    }

    /// Whether two clusters may be one.
    pub(super) fn compatible(&self, a: usize, b: usize) -> bool {
        if let (Some(a), Some(b)) = (self.gender(a), self.gender(b))
            && a != b
        {
            return false;
        }
        let person_of = |m: usize| self.each(m).find_map(|m| m.person);
        if let (Some(a), Some(b)) = (person_of(a), person_of(b))
            && a != b
        {
            return false;
        }
        if self.each(a).any(|x| self.each(b).any(|y| inside(x, y) || inside(y, x))) {
            return false;
        }
        let full = |m: usize| self.each(m).find(|m| m.class == Class::Person && m.words.len() > 1);
        if let (Some(a), Some(b)) = (full(a), full(b))
            && a.words.last() != b.words.last()
            && a.words.first() != b.words.first()
        {
            return false;
        }
        self.class(a).fits(self.class(b))
    }

    /// Makes one cluster of two; the earliest mention stays the root.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[gone]);
        for m in &moved {
            self.parent[*m] = keep;
        }
        self.members[keep].extend(moved);
        self.members[keep].sort_unstable();
    }

    /// Joins where the two may be one; says whether they are now.
    pub(super) fn try_join(&mut self, a: usize, b: usize) -> bool {
        if self.root(a) == self.root(b) {
            return true;
        }
        let fits = self.compatible(a, b);
        if fits {
            self.join(a, b);
        }
        fits
    }
}

/// Nobody is a part of his own phrase ("*his* wife").
fn inside(part: &Mention, whole: &Mention) -> bool {
    part.sentence == whole.sentence
        && whole.first <= part.first
        && part.end <= whole.end
        && (whole.first, whole.end) != (part.first, part.end)
        && !(whole.appositive.0 <= part.first && part.first < whole.appositive.1)
        && !whole.loose(part)
}
