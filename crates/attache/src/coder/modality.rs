//! Tense, mood and polarity: what happened, what will, what might, what did not.

use attache_parse::Upos;

use super::compose::derive;
use super::{EventMention, Reader};
use crate::event::Status;
use crate::ontology::Effect;
use crate::resolve::Party;

/// Settles the status of a mention from the words around its anchor; a future act becomes a promise or a threat, an
/// act that someone says another *must* do becomes a demand. `None` where the words assert nothing.
pub(super) fn settle(reader: &Reader, mention: &mut EventMention) -> Option<()> {
    let settled = modal(reader, mention);
    if matches!(
        mention.status,
        Status::Occurred | Status::Hypothetical | Status::Ongoing
    ) && reader.denial(mention).is_some()
    {
        mention.status = Status::Denied;
        mention.why.push("is denied".into());
    }
    averted_by(reader, mention);
    settled
}

fn modal(reader: &Reader, mention: &mut EventMention) -> Option<()> {
    let frame = &reader.frame;
    let anchor = mention.anchor;
    let auxiliaries = frame.auxiliaries(anchor);
    let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(&a.as_str()));
    let composed = mention.pattern.contains('(');
    let denied = |token: usize| !reader.negation(token).is_empty();
    let negated = denied(anchor) || !composed && mention.trigger != anchor && denied(mention.trigger);
    let speaker = reader.speaker_of(anchor);
    let reported = !speaker.is_empty() || reader.is_reported(anchor);
    if under(reader, anchor, &["unless", "until", "till", "lest"]) {
        return None;
    }
    if negated && mention.event == "REJECT" {
        return None;
    }
    if conditional(reader, anchor) {
        mention.status = Status::Hypothetical;
        mention.why.push("stands under a condition".into());
        return Some(());
    }
    // "would have attacked": what did not happen.
    if has(&["would", "could", "might", "should"]) && has(&["have"]) && verb_form(reader, anchor) == "VBN" {
        mention.status = Status::Hypothetical;
        mention.why.push("would have happened".into());
        return Some(());
    }
    let future = has(&["will", "shall"]) || has(&["would"]) && reported || going_to(reader, anchor);
    let must = has(&["must", "should"]) || has(&["have"]) && frame.infinitive(anchor);
    // "would not allow the flights": in a tale of the past a refusal.
    if has(&["would"]) && negated && !reported {
        project(reader, mention, Effect::Refuse, &speaker)?;
        if mention.event == "REJECT" {
            mention.status = Status::Occurred;
        }
        return Some(());
    }
    if future && negated {
        project(reader, mention, Effect::Refuse, &speaker)?;
        // Who says that he will not has refused.
        let own_word = speaker.iter().any(|s| mention.actor.iter().any(|a| a.code == s.code));
        if mention.event == "REJECT" && own_word {
            mention.status = Status::Occurred;
        }
        return Some(());
    }
    if future {
        return project(reader, mention, Effect::Future, &speaker);
    }
    if must && !speaker.is_empty() {
        return demand(reader, mention, &speaker);
    }
    if mention.settled {
        return Some(());
    }
    // "had seized": told for context, unless the past of a verb of speech shifts the tense.
    if mention.status == Status::Occurred && past_perfect(reader, anchor) && !reported {
        mention.status = Status::Background;
        mention.why.push("is told as past of the past".into());
    }
    if mention.status == Status::Occurred && !reader.long_ago(anchor).is_empty() {
        mention.status = Status::Background;
        mention.why.push("is long past".into());
    }
    if has(&["could", "may", "might", "would", "should", "must", "can"]) {
        mention.status = Status::Hypothetical;
        mention.why.push("is only possible".into());
    } else if negated && mention.status != Status::Denied {
        mention.status = Status::Denied;
        mention.why.push("is negated".into());
    } else if negated {
        mention.status = Status::Occurred;
    } else if frame.infinitive(anchor)
        && reader.place.tree.tokens[anchor].rel() == "xcomp"
        && mention.status == Status::Occurred
    {
        let head = reader.place.tree.tokens[anchor]
            .head
            .map(|h| frame.lemma(h))
            .unwrap_or_default();
        if head == "use" {
            mention.status = Status::Background;
            mention.why.push("used to happen".into());
        } else if !reader.ontology.class_has("implicative", &head) && !performed(reader, mention) {
            mention.status = Status::Hypothetical;
            mention.why.push(format!("stands under `{head}`"));
        }
    } else if mention.status == Status::Occurred && !mention.nominal {
        // "always condemns" condemns; "regularly shells" goes on.
        let word = matches!(
            mention.event.as_str(),
            "ACCUSE" | "SUPPORT" | "REQUEST" | "REJECT" | "THREATEN" | "AGREE" | "CONCEDE"
        );
        if !word && !reader.habit(anchor).is_empty() {
            mention.status = Status::Ongoing;
            mention.why.push("is done again and again".into());
        } else if !word && !reader.lasting(anchor).is_empty() {
            mention.status = Status::Ongoing;
            mention.why.push("goes on".into());
        }
    }
    Some(())
}

fn verb_form<'a>(reader: &'a Reader, verb: usize) -> &'a str {
    &reader.place.tree.tokens[verb].xpos
}

/// "I want to thank the king" thanks him.
fn performed(reader: &Reader, mention: &EventMention) -> bool {
    let wishes = reader.place.tree.tokens[mention.anchor].head;
    wishes.is_some_and(|w| {
        let own = reader.frame.subject(w).map(|s| reader.frame.lemma(s));
        matches!(reader.frame.lemma(w).as_str(), "want" | "wish" | "like" | "love")
            && matches!(own.as_deref(), Some("i" | "we"))
            && matches!(mention.event.as_str(), "SUPPORT" | "ACCUSE" | "REQUEST")
            && !mention.pattern.contains('(')
    })
}

/// "had written", and what is joined to it: "had written and appealed".
fn past_perfect(reader: &Reader, verb: usize) -> bool {
    let tree = reader.place.tree;
    let had = |verb: usize| {
        tree.tokens[verb].xpos == "VBN"
            && tree.children(verb).any(|c| {
                let t = &tree.tokens[c];
                t.rel() == "aux" && t.xpos == "VBD" && reader.frame.lemma(c) == "have"
            })
    };
    let own = tree
        .children(verb)
        .any(|c| matches!(tree.tokens[c].rel(), "nsubj" | "aux"));
    let joined = || tree.tokens[verb].rel() == "conj" && !own && tree.tokens[verb].head.is_some_and(had);
    had(verb) || joined()
}

/// Whether the clause itself is introduced by one of these words.
fn under(reader: &Reader, anchor: usize, marks: &[&str]) -> bool {
    reader.place.tree.tokens[anchor].rel() == "advcl"
        && reader.frame.mark(anchor).is_some_and(|m| marks.contains(&m.as_str()))
}

/// Whether the clause stands under "if", "unless" and the like.
fn conditional(reader: &Reader, anchor: usize) -> bool {
    let mut at = anchor;
    for _ in 0..6 {
        let t = &reader.place.tree.tokens[at];
        if t.rel() == "advcl" || t.rel() == "ccomp" {
            let mark = reader.frame.mark(at).unwrap_or_default();
            let present = matches!(reader.place.tree.tokens[at].xpos.as_str(), "VBP" | "VBZ");
            if matches!(mark.as_str(), "before" | "once" | "when" | "till") && present {
                return true;
            }
            if matches!(mark.as_str(), "if" | "unless" | "whether") || mark == "until" && t.rel() == "advcl" {
                return true;
            }
        }
        if !matches!(t.rel(), "xcomp" | "conj" | "obj" | "obl" | "nmod" | "advcl") {
            return false;
        }
        let Some(head) = t.head else { return false };
        at = head;
    }
    false
}

/// "is going to", "is to", "is set to", "is due to".
fn going_to(reader: &Reader, anchor: usize) -> bool {
    let tree = reader.place.tree;
    let t = &tree.tokens[anchor];
    // "is to visit", and in headlines "Putin to visit".
    let subject = || tree.children(anchor).any(|c| tree.tokens[c].rel() == "nsubj");
    let to_be = || {
        tree.children(anchor)
            .any(|c| reader.frame.lemma(c) == "be" && matches!(tree.tokens[c].rel(), "aux" | "cop"))
    };
    let headline = || t.deprel == "root" && subject();
    if t.upos == Upos::Verb && reader.frame.infinitive(anchor) && (headline() || to_be()) {
        return true;
    }
    if due_to(reader, anchor).is_some() {
        return true;
    }
    t.rel() == "xcomp"
        && reader.frame.infinitive(anchor)
        && t.head.is_some_and(|h| {
            reader.frame.lemma(h) == "go" && tree.tokens[h].xpos == "VBG" || reader.frame.lemma(h) == "be"
        })
}

/// The word "due" of "is *due* to visit", which trees often hang on the verb, as in "due to the rain".
pub(super) fn due_to(reader: &Reader, anchor: usize) -> Option<usize> {
    let tree = reader.place.tree;
    let below = |lemma: &str| tree.children(anchor).find(|c| reader.frame.lemma(*c) == lemma);
    below("due")
        .filter(|due| tree.tokens[*due].rel() == "mark" && tree.tokens[anchor].xpos == "VB" && below("be").is_some())
}

/// The clause under "unless" or "if … not" that hangs on a verb, or on the verb above it.
fn unless(reader: &Reader, anchor: usize) -> Option<usize> {
    let tree = reader.place.tree;
    let places = [Some(anchor), tree.tokens[anchor].head];
    places.into_iter().flatten().find_map(|p| {
        tree.children(p).find(|c| {
            let mark = reader.frame.mark(*c).unwrap_or_default();
            let averts = mark == "unless" || mark == "if" && reader.frame.negated(*c);
            tree.tokens[*c].rel() == "advcl" && averts
        })
    })
}

/// A threat without a named recipient is directed at whoever must act to avert it: "to strike unless *Israel* …".
fn averted_by(reader: &Reader, mention: &mut EventMention) {
    if mention.event != "THREATEN" || !mention.recipient.is_empty() {
        return;
    }
    let subject = unless(reader, mention.anchor).and_then(|clause| reader.frame.subject(clause));
    let parties = subject
        .map(|s| reader.resolver.parties(reader.place, s))
        .unwrap_or_default();
    mention.recipient = parties
        .into_iter()
        .filter(|p| !mention.actor.iter().any(|a| a.key == p.key))
        .collect();
}

fn project(reader: &Reader, mention: &mut EventMention, effect: Effect, speaker: &[Party]) -> Option<()> {
    // What is already a promise, demand or threat stays what it is; only its time moves.
    // "will withdraw its troops unless …" threatens, whatever is done.
    let effect = if effect == Effect::Future && unless(reader, mention.anchor).is_some() {
        Effect::Threaten
    } else {
        effect
    };
    let inner = Some((mention.event.as_str(), mention.mode.as_str(), mention.cameo.as_str()));
    let Some(derived) = derive(reader.ontology, effect, inner) else {
        mention.status = if effect == Effect::Refuse {
            Status::Denied
        } else {
            Status::Planned
        };
        return Some(());
    };
    let own_word = speaker.iter().any(|s| mention.actor.iter().any(|a| a.code == s.code));
    mention.why.push(format!("{} in the future", mention.event));
    mention.status = derived.status.unwrap_or(if own_word && derived.event == "THREATEN" {
        Status::Occurred
    } else {
        Status::Planned
    });
    mention.event = derived.event;
    mention.mode = derived.mode;
    mention.cameo = derived.cameo;
    mention.weight *= 0.97;
    Some(())
}

/// Someone says that another must do what no pattern names: still a demand.
pub(super) fn obliged(reader: &Reader, token: usize) -> Option<EventMention> {
    let t = &reader.place.tree.tokens[token];
    let must = t.upos == Upos::Verb
        && (reader
            .frame
            .auxiliaries(token)
            .iter()
            .any(|a| matches!(a.as_str(), "must" | "should")))
        && !reader.frame.passive(token);
    let speaker = if must { reader.speaker_of(token) } else { Vec::new() };
    let subject = reader.frame.subject(token).filter(|_| !speaker.is_empty())?;
    let recipient = reader.resolver.parties(reader.place, subject);
    let other = |p: &Party| p.code.is_some() && !speaker.iter().any(|s| s.key == p.key);
    if !recipient.iter().any(other) {
        return None;
    }
    let derived = derive(reader.ontology, Effect::Request, None)?;
    Some(EventMention {
        trigger: token,
        // Not the verb itself: its "must" has been read already.
        anchor: reader.place.tree.tokens[token].head.unwrap_or(token),
        pattern: "must".into(),
        event: derived.event,
        mode: derived.mode,
        cameo: derived.cameo,
        actor: speaker,
        recipient,
        status: Status::Occurred,
        weight: 0.7,
        words: vec![token],
        context: Vec::new(),
        why: vec!["says that the other side must".into()],
        nominal: false,
        joint: false,
        untold: false,
        second: None,
        learned: None,
        complete: false,
        settled: false,
    })
}

fn demand(reader: &Reader, mention: &mut EventMention, speaker: &[Party]) -> Option<()> {
    let own_word = speaker.iter().any(|s| mention.actor.iter().any(|a| a.key == s.key));
    if own_word {
        mention.status = Status::Hypothetical;
        return Some(());
    }
    let inner = (mention.event.as_str(), mention.mode.as_str(), mention.cameo.as_str());
    let derived = derive(reader.ontology, Effect::Request, Some(inner))?;
    mention
        .why
        .push(format!("says that the other side must: {}", mention.event));
    mention.recipient = std::mem::replace(&mut mention.actor, speaker.to_vec());
    mention.event = derived.event;
    mention.mode = derived.mode;
    mention.cameo = derived.cameo;
    mention.status = Status::Occurred;
    mention.joint = false;
    Some(())
}
