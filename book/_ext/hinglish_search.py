"""Search for Hinglish: every word counts as it is written.

Without it Sphinx falls back to English stems, which tear Hindi words apart and cost a fifth of
the build. Spelling variants (mein, me) are not folded yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import editions
from sphinx.search import SearchLanguage

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class SearchHinglish(SearchLanguage):
    """Words in lower case, in Python for the index and in JavaScript for the query."""

    lang = editions.SOURCE.code
    language_name = editions.SOURCE.name
    js_stemmer_code = "var Stemmer = function () { this.stemWord = (word) => word; };"
    stopwords = frozenset()

    def stem(self, word: str) -> str:
        """Return a word as the index holds it."""
        return word.lower()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_search_language(SearchHinglish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
