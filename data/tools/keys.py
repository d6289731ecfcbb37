"""Names and plurals as the loader compares them, for the other tools."""

import re
import unicodedata

LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}


def key(name):
    """A name without accents, dots, apostrophes and case; hyphens are spaces."""
    letters = unicodedata.normalize("NFD", name)
    letters = "".join(LETTERS.get(letter, letter) for letter in letters.lower() if not unicodedata.combining(letter))
    letters = re.sub(r"[.'’‘`]", "", letters)
    return " ".join(re.findall(r"[^\W_]+", letters))


def plural(noun):
    """The regular plural of a role noun; the head takes it in "minister of …"."""
    places = [noun.find(word) for word in (" of ", " for ", " to ", " in ") if word in noun]
    cut = min(places, default=len(noun))
    head, rest = noun[:cut], noun[cut:]
    if re.search(r"(s|x|ch|sh)$", head):
        head += "es"
    elif re.search(r"[^aeiou]y$", head):
        head = head[:-1] + "ies"
    elif head.endswith("man"):
        head = head[:-2] + "en"
    else:
        head += "s"
    return head + rest
