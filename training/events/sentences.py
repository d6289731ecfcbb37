"""Labelled sentences (see `eval/gold/README.md` for the format) with their words, as `attache parse` cuts them."""

import json
import re
import subprocess
from pathlib import Path

EVENT = re.compile(r"^(?P<type>[A-Z|]+(?:/[a-z-]+)?(?:\|[A-Z]+(?:/[a-z-]+)?)*)\s*(?P<rest>.*)$")
STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "denied", "background")


class Malformed(Exception):
    pass


def read(path):
    """Yields `(text, events)`; an event is a dictionary of type, mode, status and trigger (start, end in code points)."""
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        text, arrow, labels = line.rpartition(" => ")
        if not arrow:
            raise Malformed(f"{path}:{number}: no ' => '")
        text = re.sub(r"^\[[0-9-]+\]\s*", "", text).strip()
        events = []
        if labels.strip() != "-":
            for part in labels.split(";"):
                try:
                    events.append(event(text, part.strip()))
                except Malformed as why:
                    print(f"{path}:{number}: {why}")
        yield text, [e for e in events if e]


def event(text, label):
    found = EVENT.match(label)
    if not found:
        raise Malformed(f"no event in {label!r}")
    first = found["type"].split("|")[0]
    kind, _, mode = first.partition("/")
    words = found["rest"].split()
    status = next((w for w in words if w in STATUSES), "occurred")
    trigger = re.search(r"@(.+?)(?=\s+(?:date|place|speaker)=|$)", found["rest"])
    if not trigger:
        raise Malformed(f"no trigger in {label!r}")
    word, _, nth = trigger[1].strip().partition("#")
    word = word.split()[0] if word.split()[0] in text else word
    places = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text)]
    at = int(nth) - 1 if nth else 0
    if at >= len(places):
        raise Malformed(f"trigger {trigger[1]!r} is not in {text!r}")
    return {"type": kind, "mode": mode, "status": status, "start": places[at], "end": places[at] + len(word)}


def parse(attache, texts):
    """For every text its sentences as lists of `(form, upos, lemma, start, end)`; offsets are code points of the text."""
    lines = "".join(json.dumps({"id": f"s{i}", "text": t}) + "\n" for i, t in enumerate(texts))
    out = subprocess.run([attache, "parse", "-"], input=lines, capture_output=True, text=True, check=False).stdout
    found = [[] for _ in texts]
    doc, at, joint = None, 0, None
    for line in out.splitlines():
        if line.startswith("# newdoc id = "):
            doc, at = int(line.rpartition("s")[2]), 0
        elif line.startswith("# sent_id"):
            found[doc].append([])
            joint = None
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                start = texts[doc].find(cells[1], at)
                joint = (last, start, start + len(cells[1]))
                continue
            number = int(cells[0])
            start = texts[doc].find(cells[1], at)
            if joint and (start < 0 or start > joint[2]):
                start = joint[1]
            if start < 0:
                start = at
            end = min(start + len(cells[1]), joint[2]) if joint else start + len(cells[1])
            found[doc][-1].append((cells[1], cells[3], cells[2], start, end))
            at = end
            if joint and number == joint[0]:
                at, joint = joint[2], None
    return found
