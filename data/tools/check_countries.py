"""Checks actors/countries.toml: keys, duplicates across codes, empty fields, sectors, dates.

    python3 data/tools/check_countries.py
"""

import re
import sys
import tomllib
from pathlib import Path

from keys import key

DATA = Path(__file__).resolve().parent.parent
KEYS = {
    "code", "name", "names", "adjectives", "inhabitants", "capital", "capital_names", "seats", "regions", "described",
    "sector", "former",
}
FORMER_KEYS = {"name", "names", "adjectives", "inhabitants", "from", "to"}
LEAST_SEATS = 250
# Members of the United Nations, and the territories that PLOVER gives a code of their own.
NOT_MEMBERS = set(
    "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG HMD IMN IOT JEY "
    "MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PSE PYF REU SGS SHN SJM SPM SXM TCA TKL TWN UMI VAT VGB VIR WLF XKX".split()
)
MEMBERS = 193
# Names that carry an article of their own.
ARTICLES = {"The Hague"}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


def strings(entry, key):
    """The strings of a list that may be missing."""
    return entry.get(key, [])


def country_names(entry):
    """Every string that may stand for the country, with its kind."""
    yield "name", entry["name"]
    for kind in ("names", "adjectives", "inhabitants", "capital_names", "regions"):
        for name in strings(entry, kind):
            yield kind, name
    if "capital" in entry:
        yield "capital", entry["capital"]
    for seat in strings(entry, "seats"):
        yield "seats", seat["name"]
    for former in strings(entry, "former"):
        yield "former", former["name"]
        for kind in ("names", "adjectives", "inhabitants"):
            for name in strings(former, kind):
                yield "former " + kind, name


def main():
    """Prints every fault; the exit status says whether there were any."""
    entries = tomllib.loads((DATA / "actors/countries.toml").read_text(encoding="utf-8"))["country"]
    ontology = tomllib.loads((DATA / "ontology/plover.toml").read_text(encoding="utf-8"))
    sectors = {sector["code"] for sector in ontology["sector"]}
    faults = []
    owners = {}
    codes = [entry["code"] for entry in entries]
    faults += [f"{code}: code twice" for code in set(codes) if codes.count(code) > 1]
    for entry in entries:
        code = entry["code"]
        faults += [f"{code}: unknown key {key}" for key in entry.keys() - KEYS]
        for kind, name in country_names(entry):
            if not name or name != name.strip() or "  " in name:
                faults.append(f"{code}: {kind}: blank in {name!r}")
            if re.match(r"(the|a|an) ", name, re.IGNORECASE) and name not in ARTICLES:
                faults.append(f"{code}: {kind}: article in {name!r}")
            other = owners.setdefault(key(name), code)
            if other != code:
                faults.append(f"{code}: {kind}: {name!r} also under {other}")
        for kind in ("names", "adjectives", "inhabitants", "capital_names", "regions", "described"):
            listed = strings(entry, kind)
            faults += [f"{code}: {kind}: {name!r} twice" for name in set(listed) if listed.count(name) > 1]
        seats = [seat["name"] for seat in strings(entry, "seats")]
        faults += [f"{code}: seats: {name!r} twice" for name in set(seats) if seats.count(name) > 1]
        for seat in strings(entry, "seats"):
            if seat.keys() != {"name", "sector"} or not seat["sector"] or set(seat["sector"]) - sectors:
                faults.append(f"{code}: seat {seat}")
        for former in strings(entry, "former"):
            faults += [f"{code}: former: unknown key {key}" for key in former.keys() - FORMER_KEYS]
            dates = [former[key] for key in ("from", "to") if key in former]
            if any(not DATE.match(date) for date in dates) or dates != sorted(dates):
                faults.append(f"{code}: former: dates {dates}")
        if code not in NOT_MEMBERS:
            faults += [f"{code}: no {key}" for key in ("adjectives", "inhabitants", "capital") if not entry.get(key)]
    members = len(set(codes) - NOT_MEMBERS)
    if members != MEMBERS:
        faults.append(f"{members} members of the United Nations, not {MEMBERS}")
    count = sum(len(strings(entry, "seats")) for entry in entries)
    if count < LEAST_SEATS:
        faults.append(f"only {count} seats of power")
    for fault in faults:
        print(fault)
    regions, former = (sum(len(strings(entry, kind)) for entry in entries) for kind in ("regions", "former"))
    print(f"{len(entries)} countries, {len(owners)} names, {count} seats, {regions} regions, {former} former states")
    print(f"{len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
