"""Treebanks and name annotations as lists of `Sentence`."""

import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path

TREEBANKS = Path(__file__).resolve().parents[2] / "shared" / "treebanks"
NER = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
IGNORE = -100

CROSSNER = {
    "person": "PER",
    "politician": "PER",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
}
"""CrossNER types; `event`, `election` and `misc` are no names here."""


@dataclass
class Sentence:
    words: list
    id: str = ""
    upos: list = None
    xpos: list = None
    feats: list = None
    lemmas: list = None
    heads: list = None  # 0 is the root, as in CoNLL-U
    deprels: list = None
    ner: list = None  # tags of NER, or None where a word is not annotated
    misc: list = field(default=None, repr=False)


def _open(name):
    return gzip.open(TREEBANKS / name, "rt", encoding="utf-8")


def conllu(name):
    """Sentences of a CoNLL-U file."""
    out, rows, ident = [], [], ""
    with _open(name) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                ident = line.split("=", 1)[1].strip()
            elif line and not line.startswith("#"):
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line and rows:
                out.append(_sentence(rows, ident))
                rows = []
    return out


def _sentence(rows, ident):
    column = lambda i: [r[i] for r in rows]
    return Sentence(
        words=column(1),
        id=ident,
        lemmas=column(2),
        upos=column(3),
        xpos=column(4),
        feats=["" if f == "_" else f for f in column(5)],
        heads=[int(h) for h in column(6)],
        deprels=column(7),
        misc=column(9),
    )


def uner(name):
    """(words, tags) of a Universal NER file; other tags than PER, ORG, LOC become O."""
    out, words, tags = [], [], []
    with _open(name) as lines:
        for line in list(lines) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                continue
            if not line:
                if words:
                    out.append((words, repair(tags)))
                words, tags = [], []
                continue
            cells = line.split("\t")
            words.append(cells[1])
            tags.append(cells[2] if cells[2] in NER else "O")
    return out


def repair(tags):
    """BIO tags in which every name begins with B."""
    out = []
    for tag in tags:
        before = out[-1] if out else "O"
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
    return out


def add_uner(sentences, name):
    """Sets `ner` of the sentences whose words an annotated sentence has; returns how many."""
    known = {tuple(words): tags for words, tags in uner(name)}
    for s in sentences:
        s.ner = known.get(tuple(s.words))
    return sum(s.ner is not None for s in sentences)


def crossner(name):
    """CrossNER politics as sentences with names only."""
    out, words, tags = [], [], []
    with _open(name) as lines:
        for line in list(lines) + ["\n"]:
            cells = line.split()
            if len(cells) == 2:
                words.append(cells[0])
                kind = CROSSNER.get(cells[1][2:])
                tags.append(f"{cells[1][0]}-{kind}" if kind else "O")
            elif words:
                out.append(Sentence(words=words, ner=repair(tags)))
                words, tags = [], []
    return out


GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}
_ENTITY = re.compile(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)")


def add_gum(sentences):
    """Names from GUM's entity spans: those whose head word is a proper noun, cut to the name itself.

    Words of which GUM does not say enough stay without annotation (None).
    """
    for s in sentences:
        s.ner = [None if u == "PROPN" else "O" for u in s.upos]
    for s in sentences:
        opened = []
        spans = []
        for i, misc in enumerate(s.misc):
            value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
            for single, start, stop in _ENTITY.findall(value):
                if single:
                    spans.append((i, i + 1, single))
                elif start:
                    opened.append((i, start))
                else:
                    key = stop.split("-")[0]
                    at = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][1].split("-")[0] == key), None)
                    if at is not None:
                        begin, label = opened.pop(at)
                        spans.append((begin, i + 1, label))
        for begin, end, label in sorted(spans, key=lambda p: p[0] - p[1]):
            _gum_name(s, begin, end, label)


def _gum_name(s, begin, end, label):
    parts = label.split("-")
    kind = GUM.get(parts[1] if len(parts) > 1 else "")
    heads = [i for i in range(begin, end) if not begin <= s.heads[i] - 1 < end]
    if len(heads) != 1 or s.upos[heads[0]] != "PROPN":
        return
    while begin < end and s.upos[begin] in ("DET", "PUNCT", "ADP", "PRON"):
        begin += 1
    inside = [i for i in range(begin, end) if _same_name(s, i, heads[0])]
    if not inside or inside != list(range(inside[0], inside[-1] + 1)):
        return
    for i in inside:
        s.ner[i] = f"{'B' if i == inside[0] else 'I'}-{kind}" if kind else "O"


def _same_name(s, i, head):
    """Whether word i belongs to the name that `head` heads."""
    steps = 0
    while i != head and steps < 20:
        if s.deprels[i] not in ("flat", "compound", "punct", "amod", "nummod", "nmod", "case", "det", "goeswith", "fixed"):
            return False
        if s.deprels[i] in ("nmod", "amod", "nummod") and s.upos[i] != "PROPN":
            return False
        if s.deprels[i] == "compound" and s.upos[i] != "PROPN":
            return False
        i = s.heads[i] - 1
        steps += 1
        if i < 0:
            return False
    return True
