"""Makes models/en/weights/lemmas.tsv from the training parts of UD English EWT and GUM.

    python3 training/make_lemma_table.py ../shared/treebanks models/en/weights/lemmas.tsv

One line a lemma: part of speech, lemma, then tag=form pairs. Forms are lower case with straight apostrophes, save proper
nouns. Inflected forms are all listed, regular or not, so that the rules need not be known here and the lemmas make a
vocabulary; other forms only where the lemma is not the form in lower case, or where the rules would see a name or an acronym
(proper nouns in lower case or long capitals that stay so, common nouns in capitals that do not). The tag * stands for "tag not known" where tags
disagree on the lemma, or where most readings of a listed form have the form itself as lemma. Of several lemmas the most frequent wins, and
the first in the alphabet among equals.
"""

import collections
import gzip
import pathlib
import sys

FILES = ["en_ewt-ud-train", "en_gum-permissive-ud-train"]
INFLECTED = {"NNS", "NNPS", "VBD", "VBG", "VBN", "VBZ", "JJR", "JJS", "RBR", "RBS"}
# Parts of words torn apart, foreign words, addresses, list marks: nothing to learn.
SKIPPED_TAGS = {"GW", "FW", "ADD", "LS", "AFX", "XX"}
# The rules know signs and digits.
SKIPPED_POS = {"X", "SYM", "PUNCT"}


def words(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 10 and columns[0].isdigit():
                yield columns[1], columns[2], columns[3], columns[4]


def is_wanted(form, lemma, upos, xpos):
    if xpos in SKIPPED_TAGS or upos in SKIPPED_POS or lemma == "_" or " " in form or " " in lemma:
        return False
    return upos != "NUM" or not any(c.isdigit() for c in form)


def misleads(form, written, lemma, upos):
    """Whether the rules on capitals would get a form wrong that is its own lemma."""
    if lemma != form:
        return False
    if upos == "PROPN":
        return form.isalpha() and (form.islower() or form.isupper() and len(form) > 5)
    return upos == "NOUN" and any(w.isupper() and 1 < sum(c.isalpha() for c in w) < 5 for w in written)


def most_frequent(lemmas):
    return min(lemmas, key=lambda candidate: (-lemmas[candidate], candidate))


def main(folder, target):
    counts = collections.defaultdict(collections.Counter)
    written = collections.defaultdict(set)
    for name in FILES:
        for form, lemma, upos, xpos in words(pathlib.Path(folder) / f"{name}.conllu.gz"):
            if is_wanted(form, lemma, upos, xpos):
                plain = form.replace("’", "'").replace("‘", "'").replace("`", "'")
                key = plain if upos == "PROPN" else plain.lower()
                counts[key, upos, xpos][lemma] += 1
                written[key, upos, xpos].add(plain)
    rows = collections.defaultdict(list)
    listed = collections.defaultdict(set)
    anyhow = collections.defaultdict(collections.Counter)
    for (form, upos, xpos), lemmas in counts.items():
        anyhow[form, upos].update(lemmas)
        lemma = most_frequent(lemmas)
        if xpos in INFLECTED or lemma != form or misleads(form, written[form, upos, xpos], lemma, upos):
            rows[upos, lemma].append(f"{xpos}={form}")
            listed[form, upos].add(lemma)
    for (form, upos), lemmas in listed.items():
        lemma = most_frequent(anyhow[form, upos])
        if lemmas != {lemma}:
            rows[upos, lemma].append(f"*={form}")
    lines = ["\t".join([upos, lemma, " ".join(sorted(pairs))]) for (upos, lemma), pairs in sorted(rows.items())]
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
