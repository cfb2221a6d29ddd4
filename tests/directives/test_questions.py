"""What a chapter asks: folded in the pages, at the back of an EPUB and a PDF, in one catalog."""

import re
import sys

import pytest
from bs4 import BeautifulSoup

ASKING = """\
(chapter)=
# Ek chapter

(chapter-exercises)=
## Khud kijiye

(chapter-order)=
### Kaunsi line pehle?

Likhiye, phir dekhiye.

:::{hint}
Upar se padhiye.
:::

::::{predict}
```{literalinclude} ../code/chapter/hello/run.console
```

Ek hi line. Dekhiye {ref}`sawaal <chapter-questions>`.
::::

(chapter-mend)=
### Theek kijiye

:::::{answer}
```{index} akshar
```

Ek akshar.

```{literalinclude} ../code/chapter/hello/main.py
```
:::::

(chapter-questions)=
## Sawaal

```{index} sawaal
```

::::{question}
Kya chhapega?

```{literalinclude} ../code/chapter/hello/main.py
```

:::{wrong}
Kuch nahi.

`print` chalta hai.
:::
:::{right}
`Import Karo!`

Wahi jo quotes mein hai.
:::
:::{wrong}
Ek error.

Naam nahi, string hai.
:::
::::
"""
ANSWERS = "(answers)=\n# Jawaab\n\n(answers-chapter)=\n## Ek chapter\n\n```{answers} chapter\n```\n"


@pytest.fixture
def asking(small_book):
    """Give a small book whose chapter asks, with its answers at the back."""
    index = small_book.root / "book/index.md"
    index.write_text(index.read_text().replace("glossary", "answers\nglossary"))
    small_book.write("book/chapter.md", ASKING)
    small_book.write("book/answers.md", ANSWERS)
    return small_book


def page(book, name, out="out"):
    return BeautifulSoup(book.page(name, out), "html.parser").article


def words(element):
    return " ".join(element.get_text(" ").split())


def test_a_page_folds_hints_predictions_answers_and_choices_without_a_script(asking):
    done = asking.sphinx()
    assert done.returncode == 0, done.stderr
    folds = page(asking, "chapter").select("details.fold")
    kinds = [each["class"][1] for each in folds]
    assert kinds == ["fold-hint", "fold-predict", "fold-answer"]
    assert not any(each.has_attr("open") for each in folds)
    choices = page(asking, "chapter").select(".question details.choice")
    assert [each["class"][1] for each in choices] == [
        "choice-wrong",
        "choice-right",
        "choice-wrong",
    ]
    assert {each["name"] for each in choices} == {"question-1"}  # opening one closes the others
    assert [words(each.summary) for each in choices][1] == "B Import Karo!"
    assert "Sahi" in words(choices[1].select_one(".reason"))
    assert page(asking, "chapter").select("summary p, summary div, summary ul") == []
    place = page(asking, "genindex").find("a", string="sawaal")["href"]
    assert page(asking, "chapter").find(id=place.partition("#")[2])


def test_what_is_folded_takes_no_number_from_the_listings_of_the_chapter(asking):
    text = ASKING + "\n```{literalinclude} ../code/chapter/hello/main.py\n```\n"
    asking.write("book/chapter.md", text)
    asking.sphinx()
    numbers = page(asking, "chapter").select(".caption-number")
    assert [words(each) for each in numbers] == ["Listing 1.1"]


def test_the_back_says_all_in_order_and_leads_back_to_each_exercise(asking):
    asking.sphinx()
    found = page(asking, "answers")
    text = words(found)
    order = ["Upar se padhiye", "Ek hi line", "Ek akshar", "1. B", "Wahi jo quotes", "chalta hai"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    links = [each["href"] for each in found.select(".exercise-title a")]
    assert links == ["chapter.html#" + each for each in
                     ("chapter-order", "chapter-order", "chapter-mend")]  # fmt: skip
    # A reference of the chapter leads into the chapter from here, too.
    assert found.find("a", string=re.compile("sawaal"))["href"] == "chapter.html#chapter-questions"


@pytest.mark.parametrize("verb", ["epub", "pdf"])
def test_on_paper_nothing_is_folded_and_the_choices_are_listed(asking, verb):
    done = asking.sphinx("out", "-b", verb, "-d", "trees")
    assert done.returncode == 0, done.stderr
    if verb == "epub":
        chapter = page_of(asking.root / "out/chapter.xhtml")
        assert chapter.select("details, summary") == []
        assert "Upar se padhiye" not in words(chapter)
        items = [words(each) for each in chapter.select("ol.upperalpha > li")]
        assert items == ["Kuch nahi.", "Import Karo!", "Ek error."]
        assert "Upar se padhiye" in words(page_of(asking.root / "out/answers.xhtml"))
        for word in ("akshar", "sawaal"):
            place = page_of(asking.root / "out/genindex.xhtml").find("a", string=word)["href"]
            assert chapter.find(id=place.partition("#")[2]), "the index leads to the exercise"


def page_of(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").body


def test_a_changed_chapter_changes_the_back(asking):
    asking.sphinx("out", "-d", "trees")
    asking.write("book/chapter.md", ASKING.replace("Ek akshar.", "Do akshar."))
    asking.sphinx("out", "-d", "trees")
    assert "Do akshar" in words(page(asking, "answers"))


def test_the_texts_stand_once_in_the_catalogs_in_that_of_the_chapter(asking):
    done = asking.sphinx("pots", "-b", "gettext")
    assert done.returncode == 0, done.stderr
    chapter = (asking.root / "pots/chapter.pot").read_text()
    for text in ("Upar se padhiye.", "Kuch nahi.", "Wahi jo quotes mein hai.", "Ek akshar."):
        assert chapter.count(f'msgid "{text}"') == 1
        assert text not in (asking.root / "pots/answers.pot").read_text()


def test_an_edition_shows_the_back_in_its_own_language(asking):
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    po += 'msgid "Upar se padhiye."\nmsgstr "Read from the top."\n'
    asking.write("locale/en/LC_MESSAGES/chapter.po", po)
    asking.sphinx("out", "-D", "language=en")
    assert "Read from the top." in words(page(asking, "answers"))
    asking.sphinx("both", "-t", "parallel")
    assert "Read from the top." in words(page(asking, "answers", "both"))
    assert page(asking, "chapter", "both").select("summary p, summary div") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (":::{right}\n", ":::{wrong}\n", "exactly one of the three answers is {right}"),
        (":::{wrong}\nEk error.\n\nNaam nahi, string hai.\n:::\n", "", "three times"),
        ("\n\nNaam nahi, string hai.", "", "one paragraph, and below it one that says why"),
        ("```{literalinclude} ../code/chapter/hello/main.py\n```\n\n:::{wrong}\nKuch",
         ":::{wrong}\nKuch", None),
        ("Upar se padhiye.\n", "", "hint"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_an_error_with_its_line(asking, old, new, said):
    assert old in ASKING
    asking.write("book/chapter.md", ASKING.replace(old, new))
    done = asking.sphinx()
    if said is None:
        assert done.returncode == 0, done.stderr
    else:
        assert re.search(r"chapter\.md:\d+: ", done.stderr)
        assert said in done.stderr


def test_answers_of_a_chapter_that_is_not_there_are_an_error(asking):
    asking.write("book/answers.md", ANSWERS.replace("{answers} chapter", "{answers} gone"))
    done = asking.sphinx()
    assert "answers.md:7: ERROR: there is no chapter gone" in done.stderr


def test_the_verb_of_the_pages_shows_them_too(asking):
    done = asking.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    assert done.returncode == 0, done.stderr
