"""The search finds a page in whatever spelling it is asked for, and never runs what is typed."""

import json
import re

import pytest
from import_karo.languages.catalogs import hinglish
from import_karo.pages.search.words import FOLDS, SearchBoth, SearchHinglish, SearchWords, fold
from transcripts.sandbox import ROOT

from pages import search_queries

# Different words that learners would not want for each other.
APART = [
    ("kaise", "kis"), ("main", "mein"), ("name", "nama"), ("import", "important"), ("path", "pat"),
    ("kirana", "kiraya"), ("ghar", "gharana"), ("error", "era"), ("module", "model"),
    ("dot", "do"), ("file", "fail"), ("package", "pack"), ("init", "int"),
    ("class", "cls"), ("test", "tests_"), ("nahi", "nayi"), ("kal", "kaala"),
]  # fmt: skip
# Different words that fold into one all the same, in the words of the book: known, and why.
MERGED = {
    ("kaam", "kam"): "learners write both kam",
    ("aap", "app"): "learners write both aap and ap",
    ("baad", "bad"): "baad is typed bad",
    ("saal", "sale"): "a long a, and an ending that bends words",
    ("raat", "rate"): "the same",
    ("far", "fare"): "an ending that bends words",
    ("not", "note"): "the same",
    ("seed", "side"): "theek is typed thik",
    ("hill", "hili"): "an ending that bends words",
    ("di", "din"): "nahi is typed nahin",
}


def variants():
    """Return each accepted spelling with the ones that learners type, of both lists."""
    rows = [
        line.split("\t")
        for path in (hinglish.SPELLING, hinglish.DOUBTFUL)
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        (right, wrong)
        for right, *wrongs in rows
        for wrong in wrongs
        if re.fullmatch("[a-z]{3,}", wrong)
    ]


def test_most_spellings_that_learners_type_are_one_word():
    """Those that drop a short vowel in the middle (krna, mtlb) mostly are not."""
    pairs = variants()
    folded = [pair for pair in pairs if fold(pair[0]) == fold(pair[1])]
    assert len(pairs) > 240
    assert len(folded) / len(pairs) > 0.78


@pytest.mark.parametrize(
    ("one", "other"),
    [("mein", "me"), ("nahi", "nahin"), ("nahi", "nahee"), ("nahi", "nhi"), ("zyada", "jyada"),
     ("accha", "achha"), ("zaroori", "jaruri"), ("kaise", "kese"), ("kyun", "kyon"),
     ("yeh", "ye"), ("woh", "vo"), ("phir", "fir"), ("liye", "lie"), ("dhoondhta", "dhundta"),
     ("modules", "module"), ("files", "file"), ("packages", "pakage"), ("errorein", "error"),
     ("dekhiye", "dekhe"), ("theek", "thik")],
)  # fmt: skip
def test_a_word_is_found_in_every_spelling(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("pair", MERGED)
def test_a_merge_that_is_put_up_with_is_one(pair):
    """A rule that parts them again should take them off the list."""
    assert fold(pair[0]) == fold(pair[1])


@pytest.mark.parametrize("name", ["__init__", "sys_path", "x1", "मॉड्यूल", "naïve"])
def test_names_and_other_scripts_are_left_as_they_are(name):
    assert fold(name) == name


def test_a_devanagari_word_is_one_word():
    assert SearchWords({}).split("मॉड्यूल क्या है? __init__.py") == [
        "मॉड्यूल", "क्या", "है", "__init__", "py",
    ]  # fmt: skip


def test_both_languages_are_found_in_the_parallel_edition():
    both = SearchBoth({})
    assert both.stem("importing") == both.stem("Imports") == both.stem("import")
    assert both.stem("nahin") == both.stem("nahi")
    assert "EnglishStemmer" in both.js_stemmer_code
    assert json.dumps(FOLDS) in both.js_stemmer_code


def test_python_and_javascript_fold_alike(look):
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "book").glob("*.md")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "locale/en").rglob("*.po")]
    words = sorted({word for text in texts for word in re.findall(r"\w+", text.lower())})
    words += [word for pair in variants() for word in pair]
    assert len(words) > 3000
    script = """(page) => {
      const stemmer = new page.Stemmer();
      return WORDS.map((word) => stemmer.stemWord(word));
    }""".replace("WORDS", json.dumps(words))
    found = look(
        [("hinglish", "hinglish/search.html", 800), ("parallel", "parallel/search.html", 800)],
        script,
    )
    python = {"hinglish": SearchHinglish({}), "parallel": SearchBoth({})}
    for name, language in python.items():
        differing = [
            (word, stem, language.stem(word))
            for word, stem in zip(words, found[name], strict=True)
            if stem != language.stem(word)
        ]
        assert differing == []


def test_one_page_is_found_for_each_spelling_of_a_query(look):
    spellings = ["zyada namespace", "jyada namespace", "Zyaada Namespaces", "jyaada namespace"]
    script = search_queries.ASK.replace("QUERIES", json.dumps(spellings))
    answers = look([("search", "hinglish/search.html", 800)], script)["search"]
    assert len(set(answers)) == 1
    assert answers[0]


@pytest.mark.parametrize(("folder", "language"), search_queries.ASKED)
def test_nine_of_ten_queries_of_learners_find_their_page_first(look, folder, language):
    assert len(search_queries.all_of(language)) == 40
    missed = search_queries.misses(look, folder, language)
    assert len(missed) <= 4, "\n".join(missed)


@pytest.fixture
def meaning(look):
    """Give a function that returns the words that a search looks for, of each query."""

    def terms(folder, *queries):
        script = """async (page) => {
          const Search = page.eval("Search");
          while (!Search._index) await new Promise((done) => setTimeout(done, 10));
          return QUERIES.map((query) => [...Search._parseQuery(query)[1]]);
        }""".replace("QUERIES", json.dumps(queries))
        return look([("search", f"{folder}/search.html", 800)], script)["search"]

    return terms


def test_a_slip_of_the_finger_means_the_nearest_word_of_the_book(meaning):
    # a letter dropped, added, changed, swapped with its neighbour; two slips in a long word
    typed = ["pakage", "packkage", "packahe", "pakcage", "namespsce", "import", "pandas", "pqr"]
    found = ["packag"] * 4 + ["namespac", "import", "panda", "pqr"]
    assert meaning("english", *typed) == [[each] for each in found]


def test_names_in_an_error_are_the_readers_own(meaning):
    said = "ModuleNotFoundError: No module named 'pakage'"
    for error in (said, said.lower(), "no module named pakage"):
        assert "pakag" in meaning("english", error)[0]


def test_a_special_name_is_found_without_its_underscores(meaning):
    assert meaning("english", "init", "name") == [["init", "__init__"], ["name"]]


def test_a_query_is_never_run_and_a_long_one_is_answered(look):
    typed = [
        "<img src=x onerror=window.ran=1> module",
        "module " * 1500 + "<script>window.ran = 1</script>",
        "x" * 10_000,
        "constructor __proto__ toString",
        "-import",
        "",
    ]
    script = """async (page) => {
      const queries = QUERIES, Search = page.eval("Search");
      while (!Search._index) await new Promise((done) => setTimeout(done, 10));
      for (const query of queries) {
        Search.performSearch(query);
        await new Promise((done) => setTimeout(done, 50));
      }
      const made = page.document.querySelectorAll("#search-results :is(img, script)");
      return [page.ran === undefined, made.length];
    }""".replace("QUERIES", json.dumps(typed).replace("</", "<\\/"))
    assert look([("search", "hinglish/search.html", 800)], script)["search"] == [True, 0]


def test_an_excerpt_shows_the_page_and_not_what_stands_around_it(look):
    script = """async (page) => {
      const Search = page.eval("Search");
      const text = await (await page.fetch("modules.html")).text();
      return Search.htmlToText(text, "");
    }"""
    excerpt = look([("search", "parallel/search.html", 800)], script)["search"]
    words = " ".join(excerpt.split())
    assert "Module kya hota hai?" in words[:60]
    assert "Hinglish + English" not in words
