"""Prints the words of the class "people" of agents/people.toml: `people.py DICT`, DICT being WordNet 3.0's folder (Debian's
wordnet-base has it in usr/share/wordnet).

A noun counts where all its senses are persons; some mostly persons are added, and those left out that tell no more than how somebody
stands to another ("partner": of somebody else's country), in sport, on stage or in shops. Roles of agents.toml need no entry.
"""

import re
import sys
from pathlib import Path

PERSON = "18"  # number of the lexicographer's file noun.person
MOSTLY = """
adjutant adult associate attendant beneficiary boss boxer casualty celebrity client collector conductor dealer
developer distributor escort explorer felon fisher fixer flier florist fundraiser graduate grenadier guide hero
homeless interpreter khan kid knight lascar lifesaver lumberjack maiden master mate native neighbor neighbour
organiser organizer orphan painter partizan peacemaker planner plotter predecessor producer rapper rider runner
schoolmaster sculptor secretary servant sharpshooter shipbuilder stringer subordinate successor superior supervisor
timekeeper tormentor trainer translator twin underwriter wanderer weaver whaler witness
""".split()
RELATIONAL = """
accuser addressee adversary adviser aggressor alien ally anathema antagonist anyone arch-enemy arch-foe arch-rival
archenemy archrival associate attacker backer benefactor benefactress beneficiary captive captor challenger client
colleague companion competitor confidant conqueror counterpart creditor critic crony customer debtor detractor donor
enemy equal exile existence foe foreigner friend guarantor hostage image interlocutor liberator lover master neighbor
neighbour nemesis nobody one opponent oppressor outsider partner patron peer predecessor presence prisoner protector
recipient rival somebody someone soul sponsor star stranger subordinate successor suitor superior supporter target
theme tormenter tormentor tyrant victim visitor wooer
""".split()
ASIDE = "imaginary_being animal athlete player contestant performer entertainer artist customer consumer traveler traveller deity competitor".split()


def synsets(folder):
    """Offset to lexicographer's file, words, and offsets of what it is a kind or an instance of."""
    found = {}
    for line in (folder / "data.noun").read_text().splitlines():
        if line.startswith(" "):
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        words = fields[4 : 4 + 2 * count : 2]
        at = 4 + 2 * count
        links = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
        kinds = [link[1] for link in links if link[0] == "@" and link[2] == "n"]
        instance = any(link[0] == "@i" for link in links)
        found[fields[0]] = (fields[1], words, kinds, instance)
    return found


def senses(folder):
    """Lemma to the offsets of its senses, the commonest first."""
    found = {}
    for line in (folder / "index.noun").read_text().splitlines():
        if not line.startswith(" "):
            fields = line.split()
            found[fields[0]] = fields[-int(fields[2]) :]
    return found


def above(sets, offset, seen):
    """All that a sense is a kind of."""
    for kind in sets[offset][2]:
        if kind not in seen:
            seen.add(kind)
            above(sets, kind, seen)
    return seen


def main():
    folder = Path(sys.argv[1])
    sets, index = synsets(folder), senses(folder)
    roles = (Path(__file__).parent.parent / "agents/agents.toml").read_text(encoding="utf-8")
    listed = set(re.findall(r'"([^"]+)"', roles))
    written = {word for _, words, _, _ in sets.values() for word in words}
    aside = {offset for word in ASIDE for offset in index.get(word, ()) if sets[offset][0] == PERSON or word in ("imaginary_being", "animal")}
    people = set(MOSTLY)
    for word, offsets in index.items():
        persons = all(sets[offset][0] == PERSON for offset in offsets)
        if persons and re.fullmatch(r"[a-z][a-z-]{2,}", word) and word in written and not sets[offsets[0]][3]:
            people.add(word)
    barred = {word for word in people if word in index and (aside & (above(sets, index[word][0], set()) | {index[word][0]}))}
    print("\n".join(sorted(people - barred - listed - set(RELATIONAL))))


if __name__ == "__main__":
    main()
