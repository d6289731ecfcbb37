"""The examples that patterns carry, as labelled sentences: the trigger is the word that the pattern asks for."""

import tomllib
from pathlib import Path

import sentences


def read(data):
    """Yields `(text, pattern entry, label or None)` of every example and counter-example of the patterns and operators."""
    for path in sorted(Path(data, "ontology/events").glob("*.toml")):
        book = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in book.get("pattern", []) + book.get("operator", []):
            for line in entry.get("examples", []):
                text, _, label = line.rpartition("=>")
                yield text.strip(), entry, label.split()
            for text in entry.get("counter", []):
                yield text.strip(), entry, None


def lemmas(entry):
    """`(lemma, UPOS)` of the words that set an entry off."""
    out = set()
    for key, tags in (("verb", ("VERB",)), ("noun", ("NOUN", "PROPN")), ("adj", ("ADJ", "VERB"))):
        for trigger in entry.get(key, []):
            word = trigger.split()[0] if key == "verb" else trigger.split()[-1]
            out |= {(word, tag) for tag in tags}
    return out


def labelled(attache, data):
    """`(text, events)` as `sentences.read` gives them. Counter-examples hold where no other pattern has them as an example."""
    found = list(read(data))
    told = {text for text, _, label in found if label}
    parsed = sentences.parse(attache, [text for text, _, _ in found])
    merged, clean = {}, {}
    for (text, entry, label), cut in zip(found, parsed):
        if label is None:
            if text not in told:
                clean[text] = []
            continue
        words = [w for s in cut for w in s]
        asked = lemmas(entry)
        hits = [w for w in words if (w[2].lower(), w[1]) in asked]
        if not hits:
            continue
        kind, _, mode = label[0].partition("/")
        status = next((s for s in label[1:] if s in sentences.STATUSES), "occurred")
        event = {"type": kind, "mode": mode or entry.get("mode", "") if entry.get("event") == kind else mode, "status": status}
        event |= {"start": hits[0][3], "end": hits[0][4]}
        events = merged.setdefault(text, [])
        if not any(e["start"] == event["start"] for e in events):
            events.append(event)
    return list(merged.items()) + list(clean.items())
