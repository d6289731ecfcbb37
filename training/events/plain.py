"""Sentences of treebanks whose genres tell of no politics: nothing in them is an event."""

import gzip

GENRES = ("answers-", "reviews-", "email-", "GUM_academic", "GUM_bio", "GUM_textbook", "GUM_vlog", "GUM_voyage", "GUM_interview")


def read(path, every=1):
    """Yields lists of `(form, upos)` of every `every`-th sentence of those genres with four words or more."""
    words, fits, seen = [], False, 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                fits = line.removeprefix("# sent_id = ").startswith(GENRES)
            elif not line:
                if fits and len(words) > 3:
                    seen += 1
                    if seen % every == 0:
                        yield words
                words = []
            elif line[0].isdigit():
                cells = line.split("\t")
                if cells[0].isdigit():
                    words.append((cells[1], cells[3]))
