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


class Query(NamedTuple):
    """A query with the pages, one of which should come first."""

    edition: str
    text: str
    pages: tuple[str, ...]


def all_of(folder: str) -> list[Query]:
    """Return the queries that are typed in an edition; the English one is asked in English."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        found = [Query(edition, text, tuple(pages.split())) for edition, text, pages in rows]
    return [each for each in found if each.edition == "all" or folder != "english"]


def misses(look: Callable[..., Any], folder: str) -> list[str]:
    """Ask the search page of an edition; return each query whose first page is another one."""
    queries = all_of(folder)
    script = ASK.replace("QUERIES", json.dumps([each.text for each in queries]))
    answers = look([("search", f"{folder}/search.html", 800)], script)["search"]
    return [
        f"{query.text}: {answer}"
        for query, answer in zip(queries, answers, strict=True)
        if answer not in (*query.pages, *([FINDER] if query.edition == "all" else []))
    ]
