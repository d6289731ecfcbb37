"""Writes actors/persons/historical.toml: heads of state and of government from the Phoenix dictionary.

    python3 data/tools/phoenix_persons.py Phoenix.Countries.actors.txt.gz

Run it after the other files of the folder are edited: whoever stands there already is left out. Only the lists of rulers
(about 1969 to 2010) are taken. They run per country in order of office, heads of state first, then heads of government;
the ministers that follow have neither a title nor exact days in the dictionary and are left out.
"""

import calendar
import gzip
import json
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
PERSONS = DATA / "actors" / "persons"
TARGET = "historical.toml"
SMALL = {"de", "da", "do", "dos", "das", "del", "di", "la", "van", "von", "der", "den", "bin", "ibn", "bint", "ben", "y", "e"}
HYPHENED = {"al", "el", "ul", "ad", "ur", "as"}
# Codes that are not ISO 3166-1 alpha-3, or that moved to a successor.
CODES = {"KSV": "XKX", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "YUG": "SRB", "SUN": "RUS", "CSK": "CZE", "DDR": "DEU"}
# Where the head of state has been called President throughout.
PRESIDENTS = set(
    "ARG AUT BOL BRA CHL CHE COL CRI CYP DEU DOM ECU SLV FIN FRA GTM HND IND IRL ISL ITA KEN MEX MLT MOZ NIC PAN PER PHL"
    " PRT PRY KOR SGP SVN SYC TTO TZA TWN URY USA VEN ZMB ZWE MUS MDV GUY SUR BWA NAM CIV SEN GAB CMR".split()
)
CHANCELLORS = {"DEU", "AUT"}
# Of these the ones without a prime minister: one list is enough.
NO_PREMIER = set("ARG BOL BRA CHL COL CRI CYP DOM ECU SLV GTM HND MEX NIC PAN PHL PRY SYC URY USA VEN ZMB BWA MDV GBR CAN AUS NZL JAM BHS BRB".split())
# Monarchies and realms: the lists mix kings, regents and governors-general under one code.
NO_HEAD_OF_STATE = set(
    "GBR CAN AUS NZL JAM BHS BRB GRD LCA VCT ATG KNA DMA BLZ PNG SLB TUV NLD BEL LUX DNK SWE NOR ESP JPN THA KHM NPL BTN JOR"
    " MAR SAU KWT QAT BHR ARE OMN TON WSM SWZ LSO MYS BRN MCO LIE AND SMR VAT IRN GRC LBY ETH LAO AFG EGY FJI TTO MLT GMB SLE"
    " GHA UGA NGA KEN GUY LKA PAK ZAF RHO BGR ROU".split()
)
# States; the dictionary lists dependent territories with governors and premiers under the same codes.
MEMBERS = set(
    "AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF CAN CHE CHL"
    " CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO"
    " GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR"
    " KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM"
    " NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR"
    " SOM SRB STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR URY USA UZB VCT VEN VNM"
    " VUT WSM XKX YEM ZAF ZMB ZWE".split()
)
# A dictionary name that is a title, an office or a typing error.
BAD = re.compile(
    r"\d|^(PRESIDENT|KING|QUEEN|PRINCE|EMIR|SULTAN|GENERAL|GEN|COL|COLONEL|SHEIKH|ACTING|MINISTER|PRIME|COUNCIL|GOVERNMENT|"
    r"MILITARY|EXECUTIVE|NATIONAL|COLLECTIVE|PRESIDENCY|JUNTA|SIR|LORD|DAME|DR|SAINT)_"
)


def plain(text):
    """Lower-case letters without accents, hyphens or apostrophes."""
    text = unicodedata.normalize("NFD", text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return re.sub(r"[^a-z ]", "", "".join(c for c in text if not unicodedata.combining(c)).lower().replace("-", " "))


def proper(raw):
    """VLADIMIR_PUTIN -> Vladimir Putin."""
    words = []
    for word in raw.strip("_ ").split("_"):
        if not word:
            continue
        lower = word.lower()
        if lower in HYPHENED and words:
            words.append(lower + "-")
        elif lower in SMALL and words:
            words.append(lower)
        else:
            parts = [part[:1].upper() + part[1:] if part not in HYPHENED else part for part in lower.split("-")]
            word = "-".join(parts)
            word = re.sub(r"^Mc([a-z])", lambda m: "Mc" + m[1].upper(), word)
            word = re.sub(r"^(O|D|N|M)'([a-z])", lambda m: m[1] + "'" + m[2].upper(), word)
            words.append(word + "." if len(word) == 1 else word)
    return re.sub(r"- ", "-", " ".join(words))


def day(text):
    """A date of the dictionary, YYMMDD or YYYYMMDD."""
    if len(text) == 6:
        year = int(text[:2])
        text = f"{1900 + year if year > 20 else 2000 + year}{text[2:]}"
    if len(text) != 8:
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def month_bound(start, end):
    """Dates that only mean months, as in the monthly lists of ministers."""
    return start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]


def entries(text):
    """(names, [(code, sectors, from, to)], from the rulers' list) in file order."""
    names, limits, ruled = [], [], False
    for line in text.splitlines():
        if "CountryInfo.txt" in line:
            ruled = True
        body = line.split("#")[0].rstrip()
        if not body.strip():
            continue
        if body[0] in "\t ":
            match = re.match(r"\s*\[([A-Z]{3})([A-Z]*)\s*([<>]?)(\d{6,8})?(?:-(\d{6,8}))?\]", body)
            if match:
                code, sector, sign, start, end = match.groups()
                limits.append((CODES.get(code, code), sector, sign, start and day(start), end and day(end)))
        elif body[0] == "+":
            names.append(body[1:].strip())
        else:
            if names and limits:
                yield names, limits, "CountryInfo.txt" in head
            names, limits, head = [re.sub(r"\s*\[.*", "", body).strip()], [], line


def main():
    text = gzip.open(sys.argv[1], "rt", encoding="utf-8", errors="replace").read()
    with open(DATA / "actors" / "countries.toml", "rb") as file:
        known = {country["code"] for country in tomllib.load(file)["country"]}
    taken, held = set(), {}
    for path in PERSONS.glob("*.toml"):
        if path.name == TARGET:
            continue
        for person in tomllib.loads(path.read_text())["person"]:
            for name in [person["name"], *person.get("aliases", [])]:
                taken.add(plain(name))
            for office in person["offices"]:
                if "country" in office and "from" in office:
                    start = date.fromisoformat((office["from"] + "-01-01")[:10])
                    end = date.fromisoformat((office.get("to", "2026-12-31") + "-12-28")[:10])
                    for name in [person["name"], *person.get("aliases", [])]:
                        held.setdefault(office["country"], []).append((set(plain(name).split()), office["title"], start, end))
    rows, block, last, seen = [], {}, {}, set()
    agreed, differed = Counter(), Counter()
    for names, limits, ruled in entries(text):
        if not ruled or BAD.search(names[0]):
            continue
        terms = [
            (code, start, end)
            for code, sector, sign, start, end in limits
            if sector == "GOV" and sign == "" and start and end and start < end and start.year >= 1960
        ]
        terms = [term for term in terms if not month_bound(*term[1:]) and term[0] in known and len({t[0] for t in terms}) == 1]
        exact = [term for term in terms if term[1].day != 1 or term[2].day != calendar.monthrange(term[2].year, term[2].month)[1]]
        if not exact:
            continue
        code, first = exact[0][0], min(start for _, start, _ in exact)
        # The second list starts where the dates step back to the beginning of the period.
        if code in last and first < last[code] and first.year < 1985 and (last[code] - first).days > 3650:
            block[code] = block.get(code, 0) + 1
        last[code] = max(first, last[code]) if code in last and first.year >= 1985 else first
        part = block.get(code, 0)
        if part == 0:
            title = "President" if code in PRESIDENTS else "Head of State"
        elif part == 1:
            title = "Chancellor" if code in CHANCELLORS else "Prime Minister"
        else:
            continue
        if part == 0 and code in NO_HEAD_OF_STATE:
            continue
        # How far the title holds is measured on the persons whose offices are known.
        for other, other_title, start, end in held.get(code, []):
            if other == set(plain(proper(names[0])).split()) and any(start <= b and a <= end for _, a, b in exact):
                if other_title in ("President", "Prime Minister", "Chancellor", "Leader", "King", "Military Ruler"):
                    right = (other_title in ("Prime Minister", "Chancellor")) == (title in ("Prime Minister", "Chancellor"))
                    (agreed if right else differed)[code] += 1
        shown = [proper(name) for name in names if not BAD.search(name) and name.count("_") >= 1]
        shown = [name for name in dict.fromkeys(shown) if len(name.split()) >= 2]
        if not shown or any(plain(name) in taken or plain(name) in seen for name in shown):
            continue
        surname = set(plain(shown[0]).split())
        offices = sorted({term for term in exact}, key=lambda term: term[1])
        kept = []
        for _, start, end in offices:
            if kept and start < kept[-1][1]:
                if end > kept[-1][1]:
                    kept[-1] = (kept[-1][0], end)
                continue
            kept.append((start, end))
        if any((end - start).days > 60 * 365 for start, end in kept) or sum((e - s).days for s, e in kept) < 30:
            continue
        rival = False
        for other, other_title, start, end in held.get(code, []):
            overlap = max((min(end, b) - max(start, a)).days for a, b in kept)
            span = sum((b - a).days for a, b in kept)
            if overlap > 0 and len(other & surname) >= 1:
                rival = True
            if other_title == title and overlap > span * 0.5:
                rival = True
        if rival:
            continue
        seen.update(plain(name) for name in shown)
        rows.append((code, shown[0], shown[1:], title, kept))
    # Where the order of the list misleads, or nothing speaks for it, the title stays open; territories have no head of state.
    ruled = [row for row in rows if row[0] in MEMBERS]
    rows = [
        (code, name, aliases, title if agreed[code] > 3 * differed[code] and (code in block or code in NO_PREMIER) else "Leader", kept) for code, name, aliases, title, kept in ruled
    ]
    print("titles checked on known persons:", agreed.total(), "agree,", differed.total(), "differ")
    print("left open:", " ".join(sorted({row[0] for row in rows if row[3] == "Leader"})))
    quoted = lambda value: json.dumps(value, ensure_ascii=False)
    out = [
        "# Heads of state and of government, about 1969 to 2010, from the Phoenix dictionary (MIT licence) by tools/phoenix_persons.py.",
        "# Corrected entries go into the file of their region; the tool then leaves them out here.",
    ]
    for code, name, aliases, title, kept in sorted(rows, key=lambda row: (row[0], plain(row[1]))):
        out.append(f"\n[[person]]\nname = {quoted(name)}")
        if aliases:
            out.append(f"aliases = {quoted(aliases)}")
        terms = ", ".join(
            f'{{ title = {quoted(title)}, country = "{code}", sector = ["GOV"], from = "{start}", to = "{end}" }}' for start, end in kept
        )
        out.append(f"offices = [{terms}]")
    (PERSONS / TARGET).write_text("\n".join(out) + "\n")
    print(len(rows), "persons")


if __name__ == "__main__":
    main()
