"""Brings the SHA-256 sums and the list of files in SOURCES.toml up to date.

    python3 data/tools/digests.py           writes SOURCES.toml
    python3 data/tools/digests.py --check   says what differs and changes nothing

Origin, licence and date are written by hand in SOURCES.toml and kept; a new file gets an entry with the project's own
origin and licence, to be corrected by hand where it has another.
"""

import datetime
import hashlib
import sys
import tomllib
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
SOURCES = DATA / "SOURCES.toml"
PATTERNS = (
    "actors/*.toml", "actors/persons/*.toml", "agents/*.toml", "ontology/*.toml", "ontology/events/*.toml", "places/*.tsv",
)
KEYS = ("path", "origin", "licence", "date", "sha256")
HEAD = """\
# Origin, licence, date and SHA-256 of every data file. The sums and new entries are written by tools/digests.py; the rest
# is written by hand.
"""
OWN = {"origin": "compiled by hand for attache", "licence": "Apache-2.0 OR MIT"}


def text(value):
    """A TOML string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    """Compares or rewrites the entries."""
    check = "--check" in sys.argv[1:]
    old = {}
    if SOURCES.exists():
        old = {entry["path"]: entry for entry in tomllib.loads(SOURCES.read_text(encoding="utf-8"))["file"]}
    paths = sorted(path.relative_to(DATA).as_posix() for pattern in PATTERNS for path in DATA.glob(pattern))
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    faults = [f"{path}: no such file" for path in old if path not in paths]
    out = HEAD
    for path in paths:
        entry = {"path": path, "date": today, **OWN, **old.get(path, {})}
        digest = hashlib.sha256((DATA / path).read_bytes()).hexdigest()
        if entry.get("sha256") != digest:
            faults.append(f"{path}: " + ("new content" if path in old else "no entry"))
            entry |= {"sha256": digest, "date": today}
        out += "\n[[file]]\n" + "".join(f"{key} = {text(entry[key])}\n" for key in KEYS)
    if not check:
        SOURCES.write_text(out, encoding="utf-8")
    print("\n".join(faults) or "all files are as SOURCES.toml says")
    sys.exit(bool(check and faults))


if __name__ == "__main__":
    main()
