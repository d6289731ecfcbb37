"""Checks actors/persons/*.toml: keys, dates, codes, sectors and names that two persons share.

    python3 data/tools/check_persons.py
"""

import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
KEYS = {"name", "aliases", "short", "gender", "born", "died", "wikidata", "offices"}
OFFICE = {"title", "country", "organisation", "sector", "from", "to"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
LAST_YEAR = 2026


def plain(text):
    text = unicodedata.normalize("NFD", text)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).lower().split())


def before(one, other):
    """Whether the first date lies before the second at the precision both have."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]


def main():
    codes = {c["code"] for c in tomllib.loads((DATA / "actors/countries.toml").read_text())["country"]}
    ontology = tomllib.loads((DATA / "ontology/plover.toml").read_text())
    sectors = {s["code"] for s in ontology["sector"]}
    faults, owner, counts, titles = [], {}, Counter(), Counter()
    holders = defaultdict(list)
    for path in sorted((DATA / "actors/persons").glob("*.toml")):
        for person in tomllib.loads(path.read_text())["person"]:
            name = person.get("name", "?")
            say = lambda text: faults.append(f"{path.name}: {name}: {text}")
            counts[path.name] += 1
            for key in person.keys() - KEYS:
                say(f"unknown key {key}")
            if person.get("gender", "m") not in ("m", "f"):
                say("gender")
            for alias in {plain(n) for n in [name, *person.get("aliases", [])]}:
                if alias in owner and owner[alias] != (path.name, name):
                    say(f"{alias!r} is also a name of {owner[alias][1]} in {owner[alias][0]}")
                owner[alias] = (path.name, name)
            if len(set(person.get("aliases", []))) != len(person.get("aliases", [])) or name in person.get("aliases", []):
                say("repeated alias")
            born, died = person.get("born"), person.get("died")
            for value in filter(None, (born, died)):
                if not DATE.fullmatch(value) or int(value[:4]) > LAST_YEAR:
                    say(f"date {value}")
            if born and died and (before(died, born) or int(died[:4]) - int(born[:4]) > 110):
                say("lifespan")
            if born and not died and LAST_YEAR - int(born[:4]) > 105:
                say(f"born {born} and no death")
            if not person.get("offices"):
                say("no office")
            for office in person.get("offices", []):
                for key in office.keys() - OFFICE:
                    say(f"unknown office key {key}")
                start, end = office.get("from"), office.get("to")
                if not office.get("title") or not start:
                    say("office without title or start")
                if "country" not in office and "organisation" not in office:
                    say("office of no country or organisation")
                for value in filter(None, (start, end)):
                    if not DATE.fullmatch(value) or not 1850 < int(value[:4]) <= LAST_YEAR:
                        say(f"date {value}")
                if start and end and before(end, start):
                    say(f"{office['title']} ends before it starts")
                if start and born and int(start[:4]) - int(born[:4]) < 0:
                    say(f"{office['title']} before birth")
                if died and (before(died, start) or (end and before(died, end))):
                    say(f"{office['title']} after death")
                if died and not end:
                    say(f"{office['title']} open after death")
                if "country" in office and office["country"] not in codes:
                    say(f"country {office['country']}")
                for sector in office.get("sector", []):
                    if sector not in sectors:
                        say(f"sector {sector}")
                titles[office["title"]] += 1
                if not end and office["title"] in ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "King") and "organisation" not in office:
                    holders[office["country"], office["title"]].append(name)
    for (code, title), names in sorted(holders.items()):
        if len(names) > 1:
            faults.append(f"{code}: more than one present {title}: {', '.join(names)}")
    print("\n".join(faults))
    for name, count in counts.items():
        print(f"{count:6} {name}")
    print("; ".join(f"{title} {count}" for title, count in titles.most_common(25)))
    print(f"{sum(counts.values())} persons, {sum(titles.values())} offices, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
