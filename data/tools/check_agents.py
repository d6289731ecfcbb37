"""Checks agents/agents.toml: keys, kinds, sectors, needless plurals and forms that two nouns share.

    python3 data/tools/check_agents.py
"""

import sys
import tomllib
from pathlib import Path

from keys import key, plural

DATA = Path(__file__).resolve().parent.parent
KEYS = {"noun", "plural", "also", "sector", "kind", "domestic"}
KINDS = {"person", "people", "body", "force", "equipment"}


def main():
    """Prints every fault; the exit status says whether there were any."""
    agents = tomllib.loads((DATA / "agents/agents.toml").read_text(encoding="utf-8"))["agent"]
    ontology = tomllib.loads((DATA / "ontology/plover.toml").read_text(encoding="utf-8"))
    sectors = {sector["code"] for sector in ontology["sector"]}
    faults = []
    owners = {}
    for agent in agents:
        noun = agent["noun"]
        if agent.keys() - KEYS or agent.get("kind") not in KINDS or set(agent["sector"]) - sectors:
            faults.append(f"{noun}: {agent}")
        if "plural" in agent and agent["plural"] == plural(noun):
            faults.append(f"{noun}: the plural is regular")
        names = [noun, *agent.get("also", [])]
        if len({key(name) for name in names}) < len(names):
            faults.append(f"{noun}: a variant twice")
        forms = {key(form) for name in names for form in (name, plural(name))}
        if "plural" in agent:
            forms.add(key(agent["plural"]))
        for form in sorted(forms):
            if owners.setdefault(form, noun) != noun:
                faults.append(f"{noun}: {form!r} also of {owners[form]!r}")
    for fault in faults:
        print(fault)
    print(f"{len(agents)} nouns, {len(owners)} forms, {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
