"""Words to word pieces and case classes.

The Rust side (`crates/attache-parse/src/wordpiece.rs`) does the same: change both or neither.
"""

import unicodedata

MAX_CHARS = 48
"""Characters of a word that are looked at."""
MAX_PIECES = 8
"""Word pieces of a word that are kept."""
CASES = 18
"""Number of case classes."""
CLS, UNK = "[CLS]", "[UNK]"

_QUOTES = {c: "'" for c in "‘’‚‛′ʼ`´"} | {c: '"' for c in "“”„‟″«»"}
_DASHES = {c: "-" for c in "‐‑‒–—―−"}
_CHARS = _QUOTES | _DASHES | {"…": "..."}


def normalise(word):
    """Straight quotes and dashes, lower case, no accents, no control characters."""
    mapped = "".join(_CHARS.get(c, c) for c in word[:MAX_CHARS]).lower()
    decomposed = unicodedata.normalize("NFD", mapped)
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cc", "Cf") and not c.isspace())


def chunks(text):
    """Runs of letters and digits; every other character stands alone."""
    out, run = [], ""
    for c in text:
        if c.isalnum():
            run += c
        else:
            if run:
                out.append(run)
            out.append(c)
            run = ""
    if run:
        out.append(run)
    return out


class WordPiece:
    def __init__(self, pieces):
        self.ids = {p: i for i, p in enumerate(pieces)}
        self.cache = {}

    def encode(self, word):
        """Ids of the word's pieces, never empty."""
        found = self.cache.get(word)
        if found is None:
            found = [i for chunk in chunks(normalise(word)) for i in self._chunk(chunk)][:MAX_PIECES]
            found = found or [self.ids[UNK]]
            self.cache[word] = found
        return found

    def _chunk(self, chunk):
        out, start = [], 0
        while start < len(chunk):
            end = len(chunk)
            while end > start:
                piece = ("##" if start else "") + chunk[start:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                return [self.ids[UNK]]
            out.append(self.ids[piece])
            start = end
        return out


def case_class(word):
    """Class of one word without its context, 0 to 14."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        if digits:
            return 1 if all(c.isdigit() for c in word) else 2
        return 0 if len(word) == 1 else 3
    plain = len(letters) == len(word)
    uppers = sum(c.isupper() for c in letters)
    first = letters[0].isupper()
    if digits:
        return 4 if uppers else 5
    if uppers == 0:
        return 6 if plain else 7
    if uppers == len(letters):
        if len(letters) == 1:
            return 8 if plain else 9
        return 10 if plain else 11
    if first:
        if uppers == 1:
            return 12 if plain else 13
        return 14
    return 15


def case_classes(words):
    """Class of every word of a sentence, 0 to CASES - 1.

    16: capitals in a sentence all in capitals; 17: a capitalised word that may owe its capital to where it stands.
    """
    own = [case_class(w) for w in words]
    lettered = [c for c in own if c >= 4]
    lower = sum(c in (5, 6, 7) for c in own)
    capitals = sum(c in (10, 11) for c in own)
    shouted = capitals >= 2 and lower == 0 and capitals * 2 > len(lettered)
    out, opening = [], True
    for word, c in zip(words, own):
        if shouted and c in (4, 8, 9, 10, 11):
            out.append(16)
        elif opening and c == 12:
            out.append(17)
        else:
            out.append(c)
        if c >= 4:
            opening = False
        elif word in (":", '"', "“", "``", "''"):
            opening = True
    return out
