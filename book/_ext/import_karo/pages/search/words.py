"""Search as learners type: Hinglish has no one spelling, and the index must not need one.

FOLDS says which spellings are one word, for Python, which writes the index, and for JavaScript,
which reads the query. `book/_static/search.js` says which page comes first.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import sphinx.search
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

from ...core import editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# In order; patterns mean the same in both languages, `$1` is the first group. A word of letters
# alone is folded: `__init__` and `sys_path` stay as they are.
FOLDS = (
    ("^nhi?$", "nahi"),
    ("^b[ao]?h[ou]t$", "bahut"),
    ("^y(?:e|eh|ah)$", "ye"),
    ("^[vw][ao]h$|^vo$", "wo"),  # woh = wo = vah
    ("^t(?:oh|ho)$", "to"),
    ("^(k|s|r)(r|k|kh)(?=[nt])", "$1a$2"),  # krna = karna, skte = sakte, rkhna = rakhna
    ("^ham(?=e|$)", "hum"),
    ("iey", "iye"),  # chahiey = chahiye
    ("ee", "i"),  # theek = thik
    ("oo", "u"),  # zaroor = zarur
    ("(.)\\1+", "$1"),  # accha = acha, kaam = kam
    ("ph", "f"),  # phir = fir
    ("z", "j"),  # zyada = jyada
    ("q", "k"),  # waqt = wakt
    ("w", "v"),  # wahan = vahan
    ("chh", "ch"),  # achha = acha
    ("ck", "k"),  # package = pakage
    ("ndh", "nd"),  # dhoondhna = dhundna
    ("eh(?=[bcdfgjklmnprstv])", "ah"),  # pehla = pahla
    ("ai(?=s)", "e"),  # kaise = kese
    ("iy(?=[aeo])", "i"),  # liye = lie
    ("([aeiou])y(?=[aeiou])", "$1"),  # jaye = jae, gayi = gai
    ("y[ou]n?(?=k|$)", "yu"),  # kyon = kyun = kyu, kyunki = kyuki
    ("^(.{3,})(?:ein|on)$", "$1"),  # errorein = erroron = error
    ("ei", "e"),  # mein = men
    ("^(.+[aeiou])n$", "$1"),  # nahin = nahi, men = me
    ("^(.{3,}[aeiou])h$", "$1"),  # jagah = jaga
    ("^(.{3,}[^aeious])s$", "$1"),  # modules = module
    ("^(.{3,}e)s$", "$1"),  # packages = package
    ("^(.{3,}i)[ae]$", "$1"),  # librariyan = libraries
    ("^(.{3,})[ei]$", "$1"),  # file = files, dekhe = dekhi = dekh
)
PYTHON = [(re.compile(pattern), by.replace("$", "\\")) for pattern, by in FOLDS]
# English stems would tear Hindi words apart: `banaiye` would lose another end than `banaye`.
ENGLISH_ENDING = "(?:ing|ed|ly|s|ment|tion)$"
LETTERS = re.compile("[a-z]+")
# Marks belong to the word they stand in: Python's \w and Sphinx's default split at vowel signs.
WORD = re.compile(r"[\w\u0300-\u036f\u0900-\u0dff\u200c\u200d]+")
SPLITTER = r"""
var splitQuery = (query) => query.match(/[\p{L}\p{N}\p{M}_\u200c\u200d]+/gu) || [];
"""
JAVASCRIPT = """
var folds = FOLDS.map(([pattern, by]) => [new RegExp(pattern, "g"), by]);
var fold = (word) => /^[a-z]+$/.test(word)
  ? folds.reduce((now, [pattern, by]) => now.replace(pattern, by), word) : word;
var Stemmer = function () { this.stemWord = STEM; };
"""


@cache  # a book says the same few thousand words again and again
def fold(word: str) -> str:
    """Return what all spellings of a word have in common."""
    if LETTERS.fullmatch(word):
        for pattern, by in PYTHON:
            word = pattern.sub(by, word)
    return word


def javascript(stem: str) -> str:
    """Return the script that reads a query as the index was written; `stem` is a function."""
    return JAVASCRIPT.replace("FOLDS", json.dumps(FOLDS)).replace("STEM", stem)


# Words that every page has and that say nothing about it.
STOP_WORDS = """
hai hain ho hoga hota hoti hote tha thi the h ka ki ke ko se mein par aur ya to toh bhi hi
na kya kyun kaise kab kaun kaunsa jo woh yeh is us iska uska ek kar kare karna karta karte
karti karo kiya kijiye raha rahi rahe mera meri mere apna apni apne chahiye de do le lo
"""
STOP = frozenset(map(fold, STOP_WORDS.split()))


class SearchWords(SearchLanguage):
    """Whole words, in any script: for a language that Sphinx does not know."""

    lang = "words"
    language_name = "words"
    js_stemmer_code = "var Stemmer = function () { this.stemWord = (word) => word; };"
    js_splitter_code = SPLITTER
    stopwords = frozenset()

    def split(self, input: str) -> list[str]:
        """Return the words of a text."""
        return WORD.findall(input)

    def stem(self, word: str) -> str:
        """Return a word as the index holds it."""
        return word.lower()

    def word_filter(self, word: str) -> bool:
        """Tell whether a word is worth an entry: "Aur" is not, either."""
        return super().word_filter(self.stem(word))


class SearchHinglish(SearchWords):
    """Words in whatever spelling."""

    lang = editions.SOURCE.code
    language_name = editions.SOURCE.name
    js_stemmer_code = javascript("fold")
    stopwords = STOP

    def stem(self, word: str) -> str:
        """Return a word as the index holds it."""
        return fold(word.lower())


class SearchBoth(SearchWords):
    """Hinglish and another language: English endings go, then all words are folded."""

    lang = "both"
    language_name = "both"
    stopwords = STOP | SearchEnglish.stopwords

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self.english = SearchEnglish(options)
        scripts = [
            (sphinx.search._MINIFIED_JS_PATH / name).read_text(encoding="utf-8")
            for name in ("base-stemmer.js", self.english.js_stemmer_rawcode)
        ]
        english = "new EnglishStemmer().stemWord(word)"
        both = f"(word) => fold(/{ENGLISH_ENDING}/.test(word) ? {english} : word)"
        self.js_stemmer_code = "\n".join([*scripts, javascript(both)])

    def stem(self, word: str) -> str:
        """Return a word as the index holds it."""
        word = word.lower()
        return fold(self.english.stem(word) if re.search(ENGLISH_ENDING, word) else word)


def choose_language(_app: Sphinx, config: Config) -> None:
    """Let each edition be searched in its languages, unless the command line says otherwise."""
    if "html_search_language" in config.overrides:
        return
    known = {SearchHinglish.lang, *sphinx.search.languages}
    if config.parallel:
        config.html_search_language = SearchBoth.lang
    elif not {config.language, config.language.partition("_")[0]} & known:
        config.html_search_language = SearchWords.lang


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    for language in (SearchWords, SearchHinglish, SearchBoth):
        app.add_search_language(language)
    app.connect("config-inited", choose_language, priority=400)
