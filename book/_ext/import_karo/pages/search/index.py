"""The search index: whole after a partial build, and with what its ranking needs.

That is how often a word stands on a page, how long the page is, and which chapter it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from io import StringIO
from typing import IO, TYPE_CHECKING, Any

import sphinx.search
from sphinx.search import IndexBuilder, WordStore, js_index

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class WholeSearchIndex(IndexBuilder):
    """Keeps the index entries of pages that are not written again; Sphinx's own forgets them.

    They are gathered while pages are written, after the environment has been saved; so a build
    that rewrites one page would publish a search that no longer finds the entries of the others.
    """

    def __init__(self, env: BuildEnvironment, *rest: Any) -> None:
        super().__init__(env, *rest)
        self.env: Any = env
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.lengths: dict[str, int] = {}
        self.stem = cache(self.lang.stem)

    def feed(self, docname: str, filename: Any, title: str, doctree: nodes.document) -> None:
        """Count the words of a page as well."""
        super().feed(docname, filename, title, doctree)
        self.counts[docname] = Counter(map(self.stem, self.words))
        self.lengths[docname] = len(self.words)

    def _word_collector(self, doctree: nodes.document) -> WordStore:
        store = super()._word_collector(doctree)
        self.words = store.words + store.title_words
        return store

    def load(self, stream: IO[str], format: Any) -> None:  # type: ignore[override]
        """Take the entries from the index of the build before."""
        text = stream.read()
        super().load(StringIO(text), format)
        frozen = js_index.loads(text)
        for word, counts in frozen.get("counts", {}).items():
            for number, count in counts.items():
                self.counts[frozen["docnames"][int(number)]][word] = count
        self.lengths |= zip(frozen["docnames"], frozen.get("lengths", ()), strict=False)
        for entry, places in frozen["indexentries"].items():
            for number, target, main in places:
                kept = (entry, target, "main" if main else "")
                self._index_entries.setdefault(frozen["docnames"][number], []).append(kept)

    def prune(self, docnames: Iterable[str]) -> None:
        """Forget pages that are gone, or about to be written."""
        kept = set(docnames)
        super().prune(kept)
        for known in (self._index_entries, self.counts, self.lengths):
            for name in set(known) - kept:
                del known[name]
        for words in (self._mapping, self._title_mapping):  # Sphinx keeps those that no page has
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]

    def freeze(self) -> dict[str, Any]:
        """Put the entries in the order of a clean build."""
        in_order = sorted(self._index_entries.items())
        self._index_entries.clear()
        self._index_entries.update((name, sorted(entries)) for name, entries in in_order)
        frozen = super().freeze()
        counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for number, name in enumerate(frozen["docnames"]):
            for word, count in sorted(self.counts[name].items()):
                if count > 1:
                    counts[word][number] = count
        lengths = [self.lengths.get(name, 0) for name in frozen["docnames"]]
        return frozen | {"counts": counts, "lengths": lengths, "chapters": self.chapters(frozen)}

    def chapters(self, frozen: dict[str, Any]) -> list[int]:
        """Return the chapter that each page is: 1 for what comes before, 0 for what comes after."""
        order = list(self.env.toctree_includes.get(self.env.config.root_doc, ()))
        numbers = {name: self.env.toc_secnumbers.get(name, {}).get("", (0,))[0] for name in order}
        first = next((place for place, name in enumerate(order) if numbers[name]), 0)
        numbers |= dict.fromkeys(order[:first], 1)
        return [numbers.get(name, 0) for name in frozen["docnames"]]


def setup(app: Sphinx) -> None:
    """Put it in the place of Sphinx's own."""
    sphinx.search.IndexBuilder = WholeSearchIndex  # type: ignore[assignment,misc]
