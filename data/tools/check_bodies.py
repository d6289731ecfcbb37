#!/usr/bin/env python3
"""Check actors/organisations.toml and actors/groups.toml.

usage: check_bodies.py [--codes FILE.tsv ...] [--sectors FILE.tsv] [--warn]

Errors (exit 1): unknown keys or kinds, unknown codes or sectors, a name or alias that occurs twice in the two files
(as written, or to the look-up, which drops accents, case and dots),
reversed or malformed dates, leading articles, stray spaces. With --warn also lists names shared with countries.toml
and names that are ordinary English words when written in lower case.
Country codes come from the tables given with --codes (first column, header `code` or `alpha3`) or, without them,
from actors/countries.toml beside the two files.
"""
import argparse, collections, pathlib, re, sys, tomllib, unicodedata

DATA = pathlib.Path(__file__).resolve().parent.parent
NONSTATE = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
KINDS = {
    "organisation": {"alliance", "union", "agency", "court", "bank", "forum", "ngo", "company", "media"},
    "group": {"party", "armed group", "movement", "people"},
}
KEYS = {
    "organisation": {"name", "aliases", "code", "sector", "kind", "wikidata"},
    "group": {"name", "aliases", "code", "sector", "kind", "from", "to", "wikidata"},
}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
ORDINARY = set("who ice aid is it us un force unity solidarity labour labor liberty dawn time fed save elf mend find".split())


def first_column(path):
    with open(path, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t")[0] for line in f]
    return set(rows[1:])


def as_looked_up(name):
    """The name as the look-up sees it: without accents, case, dots and apostrophes; words split at other signs."""
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"\w+", re.sub(r"[.'’]", "", name)))


def lines_of(path):
    """Line numbers of the `[[...]]` headers, in order."""
    with open(path, encoding="utf-8") as f:
        return [i for i, line in enumerate(f, 1) if line.startswith("[[")]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--codes", nargs="*", default=[])
    ap.add_argument("--sectors")
    ap.add_argument("--warn", action="store_true")
    args = ap.parse_args()
    actors = DATA / "actors"
    countries = {}
    if (actors / "countries.toml").exists():
        with open(actors / "countries.toml", "rb") as f:
            countries = tomllib.load(f)
    codes = {c["code"] for c in countries.get("country", [])}
    for path in args.codes:
        codes |= first_column(path)
    codes |= NONSTATE
    sectors = first_column(args.sectors) if args.sectors else SECTORS
    errors, seen, keys, counts = [], {}, {}, collections.Counter()
    for table, file in (("organisation", "organisations.toml"), ("group", "groups.toml")):
        path = actors / file
        with open(path, "rb") as f:
            doc = tomllib.load(f)
        for key in doc.keys() - {table}:
            errors.append(f"{file}: unknown table {key}")
        for entry, line in zip(doc.get(table, []), lines_of(path)):
            where = f"{file}:{line} {entry.get('name')}"
            for key in entry.keys() - KEYS[table]:
                errors.append(f"{where}: unknown key {key}")
            for key in {"name", "code", "kind"} - entry.keys():
                errors.append(f"{where}: {key} is missing")
            if entry.get("kind") not in KINDS[table]:
                errors.append(f"{where}: unknown kind {entry.get('kind')}")
            if entry.get("code") not in codes:
                errors.append(f"{where}: unknown code {entry.get('code')}")
            for sector in entry.get("sector", []):
                if sector not in sectors:
                    errors.append(f"{where}: unknown sector {sector}")
            for key in ("from", "to"):
                if key in entry and not DATE.fullmatch(entry[key]):
                    errors.append(f"{where}: bad date {entry[key]}")
            if "from" in entry and "to" in entry and entry["from"][:4] > entry["to"][:4]:
                errors.append(f"{where}: dates reversed")
            if not re.fullmatch(r"Q[1-9]\d*", entry.get("wikidata", "Q1")):
                errors.append(f"{where}: bad wikidata id")
            for name in [entry.get("name", "")] + entry.get("aliases", []):
                if name != name.strip() or "  " in name or not name:
                    errors.append(f"{where}: stray space in {name!r}")
                if re.match(r"(?i)(the|a|an) ", name):
                    errors.append(f"{where}: leading article in {name!r}")
                if name in seen:
                    errors.append(f"{where}: {name!r} also at {seen[name]}")
                elif keys.setdefault(as_looked_up(name), where) != where:
                    errors.append(f"{where}: {name!r} reads like a name at {keys[as_looked_up(name)]}")
                seen[name] = where
            counts[table, entry.get("kind")] += 1
    if args.warn:
        for c in countries.get("country", []):
            own = [c["name"], c.get("capital", ""), *c.get("names", []), *c.get("adjectives", []), *c.get("inhabitants", []),
                   *c.get("capital_names", []), *c.get("regions", []), *(s["name"] for s in c.get("seats", []))]
            for name in dict.fromkeys(own):
                if name in seen:
                    print(f"warning: {name!r} of {c['code']} in countries.toml also at {seen[name]}")
        for name, where in seen.items():
            if name.lower() in ORDINARY:
                print(f"warning: {name!r} is an ordinary word in lower case: {where}")
    for error in errors:
        print(error)
    for (table, kind), n in sorted(counts.items()):
        print(f"{table:12} {kind:12} {n:5}")
    print(f"{sum(counts.values())} entries, {len(seen)} names, {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
