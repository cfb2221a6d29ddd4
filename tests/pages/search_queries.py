"""Queries that learners type, and the pages that a person would send them to: tests and benchmark.

The pages were chosen by reading the book, before any ranking was seen. Half are typed as people
type, half are error texts with names of the reader's own. The error finder answers those, too.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_suffix(".tsv")
FINDER = "error-finder"
# Asks the page's own search, as its form does, and returns the name of the first page of each.
ASK = """async (page) => {
  const queries = QUERIES;
  const Search = page.eval("Search"); // a constant of the page, which its window does not hold
  while (!Search._index) await new Promise((done) => setTimeout(done, 10));
  return queries.map((query) => {
    const found = Search._performSearch(...Search._parseQuery(query));
    return found.length ? found.at(-1)[0] : "";
  });
}"""


# Which edition is asked in which language: forty queries each.
ASKED = (
    ("hinglish", "hinglish"),
    ("english", "english"),
    ("parallel", "hinglish"),
    ("parallel", "english"),
)


class Query(NamedTuple):
    """A query with the pages, one of which should come first."""

    language: str
    text: str
    pages: tuple[str, ...]


def all_of(language: str) -> list[Query]:
    """Return what is typed in a language, and the error texts, which are the same in all."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        found = [Query(typed, text, tuple(pages.split())) for typed, text, pages in rows]
    return [each for each in found if each.language in ("all", language)]


def misses(look: Callable[..., Any], folder: str, language: str) -> list[str]:
    """Ask the search page of an edition; return each query whose first page is another one."""
    queries = all_of(language)
    script = ASK.replace("QUERIES", json.dumps([each.text for each in queries]))
    answers = look([("search", f"{folder}/search.html", 800)], script)["search"]
    return [
        f"{query.text}: {answer}"
        for query, answer in zip(queries, answers, strict=True)
        if answer not in (*query.pages, *([FINDER] if query.language == "all" else []))
    ]
