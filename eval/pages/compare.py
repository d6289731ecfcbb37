"""Reads the same pages with attache and with three readers from PyPI, and prints what each gets right and how fast it is.

    python3 -m venv VENV && VENV/bin/pip install -r requirements.txt
    VENV/bin/python compare.py dev --attache ../../target/release/attache [--repeat 25] [--json FILE] [--worst 10]

Text: multisets of four words in a row (`\\w+`, as written). Precision and recall are means over the pages, F1 is that of
the two means. A reader that gives no text has precision 0 there. Dates: the day of publication is the expected one, or none
is given where none is expected; "since 1995" leaves out the pages with an older one, which htmldate's patterns do not look
for. Titles: equal but for white space and the kind of quotation marks. Authors: the same set of names.

Every reader gets the page's bytes, its address and, where it can use one, the day of retrieval as the latest date there can
be; the earliest is 1950 for those that need one. attache reads all pages from one WARC file in one process, as a user
would.

Pages per second are per CPU second of one core: for the libraries the time spent in the call, for attache user and system
time of the whole process, start included, over the pages repeated --repeat times. `--worst` is refused on the test part.
"""

import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLOCKS = "p div li tr h1 h2 h3 h4 h5 h6 blockquote pre br dd dt td th".split()
EARLIEST = datetime.date(1950, 1, 1)
QUOTES = str.maketrans("‘’“”", "''\"\"")


def pages(part):
    """The expectations of a part, each with the `bytes` of its page."""
    lines = (HERE / part / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    for page in expected:
        page["bytes"] = (HERE / part / page["page"]).read_bytes()
    return expected


# Readers: a page to {"text", "title", "date", "authors"}; a key that is missing is not scored.


def trafilatura_reader():
    import trafilatura

    def read(page):
        latest = datetime.date.fromisoformat(page["retrieved"])
        dates = {"original_date": True, "extensive_search": True, "min_date": EARLIEST, "max_date": latest}
        found = trafilatura.bare_extraction(
            page["bytes"], url=page["url"], with_metadata=True, include_comments=False, date_extraction_params=dates
        )
        if found is None:
            return {"text": "", "title": "", "date": None, "authors": []}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"text": found.text or "", "title": found.title or "", "date": found.date, "authors": authors}

    return read


def htmldate_reader():
    import htmldate

    def read(page):
        latest = datetime.date.fromisoformat(page["retrieved"])
        found = htmldate.find_date(
            page["bytes"], url=page["url"], original_date=True, min_date=EARLIEST, max_date=latest
        )
        return {"date": found}

    return read


def readability_reader():
    import lxml.html
    from readability import Document

    def read(page):
        document = Document(page["bytes"], url=page["url"])
        tree = lxml.html.fromstring(document.summary(html_partial=True))
        for node in tree.iter(*BLOCKS):
            node.tail = "\n" + (node.tail or "")
        return {"text": tree.text_content(), "title": document.short_title()}

    return read


def newspaper_reader():
    import newspaper
    from trafilatura.utils import decode_file  # newspaper4k takes text only

    def read(page):
        article = newspaper.Article(url=page["url"], language="en", fetch_images=False)
        article.download(input_html=decode_file(page["bytes"]))
        article.parse()
        date = article.publish_date
        date = date.date().isoformat() if isinstance(date, datetime.datetime) else None
        return {"text": article.text, "title": article.title, "date": date, "authors": list(article.authors)}

    return read


LIBRARIES = {
    "trafilatura": trafilatura_reader,
    "htmldate": htmldate_reader,
    "readability-lxml": readability_reader,
    "newspaper4k": newspaper_reader,
}


def run_library(make, expected):
    """What the library gives for each page, and the CPU seconds in its calls; the first call of all warms it up."""
    read = make()
    read(expected[0])
    given, spent = [], 0.0
    for page in expected:
        start = time.process_time()
        try:
            given.append(read(page))
        except Exception as error:  # a reader that stumbles over a page has read nothing there
            print(f"{page['page']}: {type(error).__name__}: {error}", file=sys.stderr)
            given.append({})
        spent += time.process_time() - start
    keys = {key for one in given for key in one}
    blank = {"text": "", "title": "", "date": None, "authors": []}
    return [{key: one.get(key, blank[key]) for key in keys} for one in given], len(expected) / spent


def warc(expected, repeat, file):
    """All pages as WARC responses without a charset in the header; the address of a repeated page has a number."""
    for number in range(repeat):
        for page in expected:
            url = page["url"] if number == 0 else f"{page['url']}#{number}"
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page["bytes"]
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {page['retrieved']}T12:00:00Z\r\n"
                f"WARC-Record-ID: <urn:attache:{number}:{page['page']}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            file.write(head.encode() + http + b"\r\n\r\n")
    file.flush()


def attache_lines(binary, expected, repeat):
    """The documents that `attache read` writes, and the CPU seconds of the process."""
    with tempfile.NamedTemporaryFile(suffix=".warc") as file:
        warc(expected, repeat, file)
        before = os.times()
        run = subprocess.run([binary, "--quiet", "read", "--jobs", "1", file.name], stdout=subprocess.PIPE, check=False)
        after = os.times()
    if run.returncode > 1:
        sys.exit(f"{binary} read: exit code {run.returncode}")
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return [json.loads(line) for line in run.stdout.splitlines()], spent


def run_attache(binary, expected, repeat):
    lines, _ = attache_lines(binary, expected, 1)
    by_url = {line["url"]: line for line in lines}
    given = []
    for page in expected:
        line = by_url.get(page["url"], {})
        date = line.get("published")
        given.append(
            {
                "text": line.get("text") or "",
                "title": line.get("title") or "",
                "date": date[:10] if date else None,
                "authors": line.get("authors") or [],
            }
        )
    _, spent = attache_lines(binary, expected, repeat)
    return given, len(expected) * repeat / spent


# Scores


def shingles(text):
    words = re.findall(r"\w+", text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(words, words[1:], words[2:], words[3:]))


def text_score(given, expected):
    got, want = shingles(given), shingles(expected)
    shared = sum((got & want).values())
    precision = shared / got.total() if got else 0.0
    recall = shared / want.total() if want else 1.0
    return precision, recall


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def plain(title):
    return " ".join(title.translate(QUOTES).split())


def score(given, expected):
    out = {}
    if "text" in given[0]:
        pairs = [text_score(one["text"], page["text"]) for one, page in zip(given, expected)]
        precision, recall = (statistics.fmean(side) for side in zip(*pairs))
        out |= {"precision": precision, "recall": recall, "f1": f1(precision, recall)}
        out["pages"] = {page["page"]: f1(*pair) for page, pair in zip(expected, pairs)}
    right = {
        "date": lambda one, page: one["date"] == page["published"],
        "title": lambda one, page: plain(one["title"]) == plain(page["title"]),
        "authors": lambda one, page: {name.casefold() for name in one["authors"]}
        == {name.casefold() for name in page["authors"]},
    }
    for key, is_right in right.items():
        if key in given[0]:
            out[key] = statistics.fmean(is_right(one, page) for one, page in zip(given, expected))
    if "date" in given[0]:
        recent = [(one, page) for one, page in zip(given, expected) if (page["published"] or "9") >= "1995"]
        out["date_since_1995"] = statistics.fmean(right["date"](*pair) for pair in recent)
    return out


def table(results):
    columns = ["precision", "recall", "f1", "date", "date_since_1995", "title", "authors"]
    print("| reader | precision | recall | F1 | dates | since 1995 | titles | authors | pages/s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, result in results.items():
        cells = ["" if column not in result else f"{result[column]:.3f}" for column in columns]
        print(f"| {name} | {' | '.join(cells)} | {result['per_second']:.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["dev", "test"])
    parser.add_argument("--attache", metavar="BINARY", help="without it only the libraries run")
    parser.add_argument("--repeat", type=int, default=25, metavar="N", help="time attache over N times the pages")
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages of each reader")
    parser.add_argument("--only", metavar="READER", choices=["attache", *LIBRARIES], help="run this one alone")
    given = parser.parse_args()
    if given.worst and given.part == "test":
        parser.error("the pages of the test part are not looked into")
    expected = pages(given.part)
    results = {}
    if given.attache and given.only in (None, "attache"):
        results["attache"] = run_attache(given.attache, expected, given.repeat)
    for name, make in LIBRARIES.items():
        if given.only in (None, name):
            results[name] = run_library(make, expected)
    results = {name: score(got, expected) | {"per_second": speed} for name, (got, speed) in results.items()}
    table(results)
    for name, result in results.items():
        by_page = sorted(result.get("pages", {}).items(), key=lambda item: item[1])
        for page, value in by_page[: given.worst]:
            print(f"{name}: {page} {value:.3f}")
    if given.json:
        if given.part == "test":
            for result in results.values():
                result.pop("pages", None)
        Path(given.json).write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # readability-lxml takes a title out of a set
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | {"PYTHONHASHSEED": "0"})
    main()
