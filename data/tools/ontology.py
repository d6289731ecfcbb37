"""Writes ontology/plover.toml and ontology/cameo.toml from the tables of the coding project.

    python3 data/tools/ontology.py TABLES

TABLES is the folder with plover_events.tsv, plover_modes.tsv, plover_contexts.tsv, plover_sectors.tsv,
plover_nonstate.tsv, cameo_events.tsv and cameo_to_plover.tsv.
"""

import csv
import sys
from pathlib import Path

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
# A type's own score where the manual prints none for the mode.
INHERITED = {("PROTEST", "vandalize"): "-5.0"}
# Kosovo stands among the countries (XKX); PLOVER itself writes KOS.
NOT_NONSTATE = {"KOS"}
# Codes that the crosswalk lacks, and one whose mode the present manual has split: our own reading.
OWN = {
    "155": ("MOBILIZE", ""),
    "176": ("COERCE", "cyber"),
    "1834": ("ASSAULT", "explosives"),
    "195": ("ASSAULT", "aerial"),
    "1951": ("ASSAULT", "aerial"),
    "1952": ("ASSAULT", "drone"),
}


def rows(path):
    """The rows of a table as dictionaries."""
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def text(value):
    """A TOML string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def number(value):
    """A TOML float."""
    return repr(float(value))


def sentence(value):
    """A definition as a sentence: capital first, full stop last."""
    value = value.strip()
    value = value[0].upper() + value[1:]
    return value if value.endswith(".") else value + "."


def plover(tables):
    """The text of plover.toml."""
    out = [
        "# PLOVER's event types, modes, contexts, sectors and non-state codes.",
        "# Codes and scores are facts of the PLOVER manual (draft of 2021-24); the definitions are in our own words.",
        "",
        "[ontology]",
        'name = "attache PLOVER"',
        'version = "2026.11"',
    ]
    modes = rows(tables / "plover_modes.tsv")
    for event in rows(tables / "plover_events.tsv"):
        out += [
            "",
            "[[event]]",
            f"code = {text(event['event'])}",
            f"quad = {event['quad']}",
            f"score = {number(event['plover_score'])}",
            f"requires_recipient = {'true' if event['requires_recipient'] == 'yes' else 'false'}",
            f"definition = {text(sentence(event['definition_own_words']))}",
            f"near_misses = {text(event['near_misses_own_words'])}",
        ]
    for mode in modes:
        key = (mode["event"], mode["mode"])
        out += ["", "[[mode]]", f"event = {text(key[0])}", f"mode = {text(key[1])}"]
        if key in INHERITED:
            out.append(f"score = {INHERITED[key]}                 # the manual prints none: the type's own")
        else:
            out.append(f"score = {number(mode['plover_score'])}")
        out.append(f"definition = {text(sentence(mode['definition_own_words']))}")
    for context in rows(tables / "plover_contexts.tsv"):
        out += [
            "",
            "[[context]]",
            f"name = {text(context['context'])}",
            f"definition = {text(sentence(context['definition_own_words']))}",
        ]
    for sector in rows(tables / "plover_sectors.tsv"):
        out += [
            "",
            "[[sector]]",
            f"code = {text(sector['code'])}",
            f"definition = {text(sentence(sector['definition_own_words']))}",
        ]
    out += ["", "# Kosovo is among the countries as XKX; PLOVER writes KOS."]
    for nonstate in rows(tables / "plover_nonstate.tsv"):
        if nonstate["code"] in NOT_NONSTATE:
            continue
        out += ["", "[[nonstate]]", f"code = {text(nonstate['code'])}", f"name = {text(nonstate['name'])}"]
    return "\n".join(out) + "\n"


def cameo(tables):
    """The text of cameo.toml."""
    out = [
        "# CAMEO codes (manual 1.1b3 and the codes its users added), Goldstein scores, crosswalk to PLOVER.",
        "# goldstein is GDELT's scale; goldstein_icews stands only where ICEWS has another value.",
        "# plover and mode follow the published crosswalk of 2021, brought to the modes of the present PLOVER manual; where",
        "# that changes the type or the mode, a comment names the crosswalk's own. PLOVER drops the roots 01 and 02.",
    ]
    crosswalk = {}
    for row in rows(tables / "cameo_to_plover.tsv"):
        crosswalk.setdefault(row["cameo_code"], []).append(row)
    codes = rows(tables / "cameo_events.tsv")
    scores = {code["code"]: code["goldstein_gdelt"] for code in codes}
    for code in codes:
        out += ["", "[[cameo]]", f"code = {text(code['code'])}", f"name = {text(code['name'].replace('’', chr(39)))}"]
        gdelt, icews = code["goldstein_gdelt"], code["goldstein_icews"]
        if gdelt:
            out.append(f"goldstein = {number(gdelt)}")
        else:
            gdelt = scores[code["parent3"] or code["root"]]
            out.append(f"goldstein = {number(gdelt)}  # no published score: that of {code['parent3'] or code['root']}")
        if icews and float(icews) != float(gdelt):
            out.append(f"goldstein_icews = {number(icews)}")
        found = crosswalk.get(code["code"], [])
        own = OWN.get(code["code"])
        if not found and not own:
            continue
        row = found[0] if found else {"suggested_event": "", "suggested_mode": "", "plover_event": "none", "mode": ""}
        event, mode = own or (row["suggested_event"], row["suggested_mode"])
        was = (row["plover_event"] + " " + row["mode"]).strip()
        kinds = {other["suggested_event"] for other in found}
        comment = ""
        if len(kinds) > 1:
            comment = " # or " + ", ".join(sorted(kinds - {event})) + ": see its codes"
        elif was != (event + " " + mode).strip():
            comment = f" # crosswalk of 2021: {was}"
        out.append(f"plover = {text(event)}{comment}")
        if mode:
            out.append(f"mode = {text(mode)}")
    return "\n".join(out) + "\n"


def main():
    """Writes both files."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tables = Path(sys.argv[1])
    (ONTOLOGY / "plover.toml").write_text(plover(tables), encoding="utf-8")
    (ONTOLOGY / "cameo.toml").write_text(cameo(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
