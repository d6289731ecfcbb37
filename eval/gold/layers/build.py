"""Checks the annotated documents of this folder and writes ../layers-test.jsonl and ../layers-dev.jsonl.

    python3 build.py            writes them
    python3 build.py --check    only checks that they are what the documents give

A document is a head (`date:`, `publisher:`), a line `---`, the text with its marks, a line `---`, and the legend. A mark is
`<ID>words</ID>`; marks nest and may cross. ID is

    t1, t2, …       a time expression        legend: t1 DATE 2014-05-06
    p1, p2, …       a place, every mention   legend: p1 Havana | CUB | 23.13 | -82.38
    1s, 1q, 1c      speaker, cue, content    legend: 1 indirect
    A, B, …         a mention of a chain     legend: A who that is (for people only)

A statement may have several pieces of each; a place or chain stands as often as it is mentioned.
Standard library only. Any fault ends the run with the file and what is wrong.
"""

import datetime
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = {"test": ("t", 20), "dev": ("d", 10)}
MARK = re.compile(r"<(/?)([A-Z]+|[tp][0-9]+|[0-9]+[sqc])>")
QUOTES = set("\"“”‘’")

DAY = r"\d{4}-\d{2}-\d{2}"
DATE = (
    rf"{DAY}|\d{{4}}-\d{{2}}|\d{{4}}|\d{{3}}|\d{{2}}|\d{{4}}-W\d{{2}}(-WE|-[1-7])?"
    r"|\d{4}-(SP|SU|FA|WI|H[12]|Q[1-4])|(PAST|PRESENT|FUTURE)_REF"
)
SPAN = r"P(\d+|X)(Y|M|W|D|WE|DE|CE|Q)|PT(\d+|X)(H|M|S)|P\d+Y\d+M|PT\d+H\d+M"
VALUES = {
    "DATE": DATE,
    "TIME": rf"(XXXX-XX-XX|{DAY})T(\d{{2}}(:\d{{2}})?|MO|MI|AF|EV|NI|DT)",
    "DURATION": SPAN,
    "SET": rf"{SPAN}|XXXX-WXX-[1-7](T(MO|AF|EV|NI|\d{{2}}(:\d{{2}})?))?|XXXX-WXX|XXXX-\d{{2}}(-\d{{2}})?|XXXX-(SP|SU|FA|WI)|XXXX-XX-XX(T.*)?",
}


class Fault(Exception):
    """What is wrong with a document."""


def insist(holds, message):
    if not holds:
        raise Fault(message)


def unmark(marked):
    """The bare text, and for every ID its spans in the order of their beginnings."""
    text, spans, opened, last = "", {}, {}, 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        closing, name = mark.groups()
        if not closing:
            opened.setdefault(name, []).append(len(text))
            continue
        insist(opened.get(name), f"</{name}> without its beginning, after “{text[-30:]}”")
        span = [opened[name].pop(), len(text)]
        words = text[span[0] : span[1]]
        insist(words and words == words.strip(), f"<{name}> around “{words}”: empty, or blanks at its ends")
        spans.setdefault(name, []).append(span)
    text += marked[last:]
    insist(not any(opened.values()), f"never closed: {[name for name, open_ in opened.items() if open_]}")
    insist(not re.search(r"[<>]", text), "a < or > that is no mark")
    return text, {name: sorted(found, key=lambda span: (span[0], -span[1])) for name, found in spans.items()}


def legend(lines):
    entries = {}
    for line in filter(str.strip, lines):
        name, _, rest = line.partition(" ")
        insist(rest and name not in entries, f"legend: {line}")
        entries[name] = rest.strip()
    return entries


def times(entries, spans):
    found = []
    for name in (name for name in entries if re.fullmatch(r"t\d+", name)):
        kind, _, value = entries[name].partition(" ")
        insist(kind in VALUES and re.fullmatch(VALUES[kind], value), f"{name}: not TIMEX3: {entries[name]}")
        insist(len(spans.get(name, ())) == 1, f"{name}: one mark expected")
        start, end = spans[name][0]
        found.append({"start": start, "end": end, "type": kind, "value": value})
    return sorted(found, key=lambda time: time["start"])


def places(entries, spans):
    found = []
    for name in (name for name in entries if re.fullmatch(r"p\d+", name)):
        fields = [field.strip() for field in entries[name].split("|")]
        insist(len(fields) == 4 and re.fullmatch("[A-Z]{3}", fields[1]), f"{name}: {entries[name]}")
        lat, lon = float(fields[2]), float(fields[3])
        insist(abs(lat) <= 90 and abs(lon) <= 180, f"{name}: nowhere on earth")
        insist(name in spans, f"{name}: no mark")
        for start, end in spans[name]:
            place = {"start": start, "end": end, "name": fields[0], "lat": lat, "lon": lon, "country_code": fields[1]}
            found.append(place)
    return sorted(found, key=lambda place: place["start"])


def statements(entries, spans, text):
    found = []
    for name in (name for name in entries if name.isdigit()):
        kind = entries[name]
        speaker, cue, content = (spans.get(name + role, []) for role in "sqc")
        insist(kind in ("direct", "indirect", "mixed"), f"statement {name}: kind {kind}")
        insist(content and (cue or speaker), f"statement {name}: content, and a cue or a speaker")
        words = [text[start:end] for start, end in content]
        quoted = [bool(QUOTES & {piece[0]} and QUOTES & {piece[-1]}) for piece in words]
        if kind == "direct":
            insist(all(quoted) or not cue, f"statement {name}: direct, not in quotes: {words}")
        if kind == "indirect":
            insist(not any(QUOTES & set(re.sub(r"(?<=\w)’", "", piece)) for piece in words), f"statement {name}: quotes: {words}")
        if kind == "mixed":
            insist(any(QUOTES & set(piece) for piece in words), f"statement {name}: no quotes: {words}")
            insist(not all(quoted) or any(set(piece[1:-1]) & QUOTES for piece in words), f"statement {name}: all in quotes: {words}")
        found.append({"speaker": speaker, "cue": cue, "content": content, "kind": kind})
    return sorted(found, key=lambda one: one["content"][0])


def coreference(entries, spans):
    chains = []
    for name in (name for name in entries if re.fullmatch("[A-Z]+", name)):
        mentions = spans.get(name, [])
        insist(len(mentions) > 1, f"chain {name}: {len(mentions)} mentions")
        chains.append(mentions)
    return sorted(chains)


def document(path):
    head, marked, below = re.split(r"^---\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    insist(set(fields) == {"date", "publisher"}, f"head: {sorted(fields)}")
    datetime.date.fromisoformat(fields["date"])
    text, spans = unmark(marked.strip())
    insist(100 <= len(text.split()) <= 230, f"{len(text.split())} words")
    entries = legend(below.splitlines())
    unknown = [name for name in spans if re.sub("[sqc]$", "", name) not in entries]
    insist(not unknown, f"no legend for {unknown}")
    return {
        "id": path.stem,
        "text": text,
        "date": fields["date"],
        "publisher": fields["publisher"],
        "times": times(entries, spans),
        "places": places(entries, spans),
        "statements": statements(entries, spans, text),
        "coreference": coreference(entries, spans),
    }


def main(args):
    if args not in ([], ["--check"]):
        sys.exit(__doc__)
    for part, (letter, count) in PARTS.items():
        paths = sorted(HERE.glob(f"{letter}[0-9][0-9].txt"))
        if len(paths) != count:
            sys.exit(f"{part}: {len(paths)} documents, {count} expected")
        documents = []
        for path in paths:
            try:
                documents.append(document(path))
            except (Fault, ValueError) as fault:
                sys.exit(f"{path.name}: {fault}")
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents)
        out = HERE.parent / f"layers-{part}.jsonl"
        if not args:
            out.write_text(lines, encoding="utf-8")
        elif not out.exists() or out.read_text(encoding="utf-8") != lines:
            sys.exit(f"{out.name}: not what the documents give")
        sizes = {layer: sum(len(one[layer]) for one in documents) for layer in ("times", "places", "statements", "coreference")}
        print(part, len(documents), "documents", sizes, sum(len(c) for one in documents for c in one["coreference"]), "mentions")


if __name__ == "__main__":
    main(sys.argv[1:])
