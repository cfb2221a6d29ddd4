"""The error finder: rows that stand in transcripts, and the box that finds a pasted traceback."""

import functools
import json
import pickle
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from import_karo.directives.error_finder import (
    error_pattern,
    row_of,
    rows,
    shown,
    sign_pattern,
    weight,
)
from transcripts import plugin, recordings
from transcripts.sandbox import ROOT

from directives import tracebacks

CODE = ROOT / "code"
PAGE = "error-finder"
# How a line of a transcript that tells of an error begins: with its kind, or with who speaks.
ERROR = re.compile(
    r"[\w.]*(?:Error|Exception|Interrupt|Exit)(?::|$)|\S*python\S*: |\S+: \w+Warning: "
)
# What Pythons since 3.13 add where a file hides a module of the standard library.
HIDDEN = (
    "(consider renaming 'PATH' since it has the same name as the standard library module named "
    "'MODULE' and prevents importing that standard library module)"
)
OWN_NAME = f"AttributeError: module 'MODULE' has no attribute 'NAME' {HIDDEN}"


@pytest.fixture(scope="module")
def tree(built):
    """Give the doctree of the page."""
    path = built.root / f"build/cache/doctrees/hinglish/{PAGE}.doctree"
    return pickle.loads(path.read_bytes())


@pytest.fixture(scope="module")
def texts(tree):
    """Give the error texts of all rows."""
    return [item["error"] for item in tree.findall(nodes.definition_list_item)]


@pytest.fixture(scope="module")
def causes(tree):
    """Give each cause with the error text of its row."""
    return [
        (item["error"], box)
        for item in tree.findall(nodes.definition_list_item)
        for box in item.findall(nodes.container)
    ]


def errors_of(path):
    """Return the lines of a recording that tell of an error."""
    steps = recordings.steps(path, recordings.read(path))
    return [line for step in steps for line in step.output.splitlines() if ERROR.match(line)]


# --- rows and transcripts ---


def without_row(code, texts):
    """Return every error of the transcripts below a folder that no row is for."""
    return [
        f"{path.relative_to(code)}: no row of the error finder is for: {line}"
        for path in recordings.under(code)
        for line in errors_of(path)
        if row_of(line, texts) is None
    ]


def test_every_error_of_every_transcript_has_exactly_one_row(texts):
    assert without_row(CODE, texts) == []
    assert sum(len(errors_of(path)) for path in recordings.under(CODE)) > 100


def test_a_new_error_without_a_row_is_named(tmp_path, texts):
    said = "$ python main.py\nZeroDivisionError: division by zero\n"
    (tmp_path / "run.console").write_text(said)
    assert without_row(tmp_path, texts) == [
        "run.console: no row of the error finder is for: ZeroDivisionError: division by zero"
    ]


def test_two_rows_for_one_line_are_an_error():
    with pytest.raises(ValueError, match="belongs to 2 rows"):
        row_of("EOFError: no line", ["EOFError: no NAME", "EOFError: no MODULE"])


def test_every_error_that_a_chapter_teaches_is_a_cause(causes):
    named = {recordings.plain(CODE / name) for _text, box in causes for name in box["cause"]}
    taught = {
        path
        for path in recordings.under(CODE)
        if recordings.Name.of(path).bound is None and "exercises" not in path.parts
        if errors_of(path)
    }
    assert {path.relative_to(CODE).as_posix() for path in taught - named} == set()


def test_every_cause_leads_to_the_section_that_prints_its_transcript(built, causes):
    folder = built.root / "build/cache/doctrees/hinglish"
    printed = {}
    for path in folder.glob("*.doctree"):
        for section in pickle.loads(path.read_bytes()).findall(nodes.section):
            sources = {str(each.get("source")) for each in section.findall(nodes.literal_block)}
            printed |= dict.fromkeys(section["ids"], sources)
    wrong = [
        f"{name} is not printed in {section}"
        for _text, box in causes
        for name, section in zip(box["cause"], box["sections"], strict=True)
        if not {str(built.root / "code" / name), str(recordings.plain(built.root / "code" / name))}
        & printed[section]
    ]
    assert wrong == []
    assert len(causes) > 50


BOOK = """\
(error-finder)=
# Errors

{before}
::::{{error-text}} {text}
:::{{cause}} {transcript}
:in: {section}
:sign: {sign}
{cause}

{cure}
:::
::::
"""
GOOD = {
    "before": "",
    "text": "NameError: name 'NAME' is not defined",
    "transcript": "chapter/broken/run.console",
    "section": "chapter",
    "sign": "print(NAME)",
    "cause": "**Wajah.** Yeh.",
    "cure": "Ilaaj: woh.",
}


@pytest.fixture
def error_book(small_book):
    """Give a small book whose chapter has an error, and a function that writes its finder."""
    index = small_book.root / "book/index.md"
    index.write_text(index.read_text().replace("glossary", f"{PAGE}\nglossary"))
    said = (
        "$ python main.py\nTraceback (most recent call last):\n"
        '  File "/home/asha/broken/main.py", line 1, in <module>\n    print(tea)\n'
        "          ^^^\nNameError: name 'tea' is not defined\n"
    )
    small_book.write("code/chapter/broken/run.console", said)

    def write(**changes):
        small_book.write(f"book/{PAGE}.md", BOOK.format(**(GOOD | changes)))
        return small_book.sphinx()

    return write


def test_a_row_whose_transcript_holds_it_is_built(error_book):
    done = error_book()
    assert done.returncode == 0, done.stderr


SAME = """\
::::{error-text} NameError: name 'NAME' is not defined
:::{cause} chapter/broken/run.console
:in: chapter
**Wajah.** Yeh.

Ilaaj.
:::
::::
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "NameError: name 'NAME' is not known"}, "has no line NameError: name 'NAME'"),
        ({"text": "name 'NAME' is not defined"}, "has no line name"),
        ({"transcript": "chapter/broken/gone.console"}, "no transcript code/chapter/broken/gone"),
        ({"transcript": "chapter/hello/main.py"}, "no transcript code/chapter/hello/main.py"),
        ({"sign": "import NAME"}, "does not show the sign import NAME"),
        ({"section": "chapter chapter"}, "1 transcripts but 2 sections"),
        ({"section": "nowhere"}, "undefined label: 'nowhere'"),
        ({"cause": "Wajah: yeh."}, "a cause begins with its name"),
        ({"cure": ""}, "a cause has two paragraphs"),
        ({"cure": "Ek.\n\nDo."}, "a cause has two paragraphs"),
        ({"before": SAME}, "this error text has a row already"),
        ({"before": SAME.split("\n", 1)[1].rsplit("::::", 1)[0]}, "stands in an {error-text}"),
        ({"before": "::::{error-text} EOFError: x\nKuch.\n::::\n"}, "and nothing else"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_nothing_proves_stops_the_build_with_its_line(error_book, change, said):
    done = error_book(**change)
    assert done.returncode
    assert re.search(rf"book/{PAGE}\.md:\d+: (ERROR|WARNING): .*{re.escape(said)}", done.stderr)


# --- patterns ---


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("ModuleNotFoundError: No module named 'yaml'", tracebacks.NO_MODULE),
        ("No module named 'yaml'", tracebacks.NO_MODULE),
        ("/usr/bin/python3.12: No module named yaml", "PYTHON: No module named NAME"),
        (r"C:\Program Files\Python313\python.exe: No module named yaml.a",
         "PYTHON: No module named NAME"),
        ("ImportError: cannot import name 'a' from 'b.c' (D:\\x y\\b\\c.py)",
         tracebacks.NO_NAME_IN),
        ("ImportError: cannot import name 'a' from 'b' (/x/b.py). Did you mean: 'aa'?",
         tracebacks.NO_NAME_IN),
        ("ImportError: cannot import name 'a' from partially initialized module 'b' (most likely "
         "due to a circular import) (/x/b.py)", tracebacks.HALF_MADE),
        ("ImportError: cannot import name 'a' from 'b' (consider renaming '/x/b.py' if it has the "
         "same name as a library you intended to import)",
         f"ImportError: cannot import name 'NAME' from 'MODULE' {tracebacks.LIBRARY}"),
        ("AttributeError: module 'b' has no attribute 'a' (consider renaming '/x/b.py' if it has "
         "the same name as a third-party module you intended to import)",
         f"{tracebacks.NO_ATTRIBUTE} {tracebacks.LIBRARY}"),
        ("ImportError: lazy import of 'a.b' raised an exception during resolution",
         "ImportError: lazy import of 'MODULE' raised an exception during resolution"),
        ("AttributeError: module 'random' has no attribute 'randint' (consider renaming "
         "'/x/random.py' since it has the same name as the standard library module named 'random' "
         "and the import system gives it precedence)", OWN_NAME),
        ("AttributeError: partially initialized module 'a' has no attribute 'b' (most likely due "
         "to a circular import)",
         "AttributeError: partially initialized module 'MODULE' has no attribute 'NAME' (most "
         "likely due to a circular import)"),
        # Texts of errors that the book does not teach must not be taken for others.
        ("KeyError: 'rice'", None),
    ],
)  # fmt: skip
def test_a_line_finds_its_row_and_no_other(texts, line, text):
    assert row_of(line, texts) == text


def test_what_a_row_shows_is_its_text_with_the_placeholders_set_off():
    found = shown("TypeError: MODULE.NAME() takes no keyword arguments")
    assert found.astext() == "TypeError: MODULE.NAME() takes no keyword arguments"
    assert [each.astext() for each in found.findall(nodes.emphasis)] == ["MODULE", "NAME"]


def test_a_sign_begins_where_a_word_begins_and_may_go_over_lines():
    pattern = sign_pattern("import * ... attribute 'LETTER' | import .NAME")
    assert re.search(pattern, "from a import *\nAttributeError: no attribute 'p'")
    assert re.search(pattern, "import .tea")
    assert not re.search(pattern, "reimport .tea")
    assert not re.search(pattern, "from a import *\nAttributeError: no attribute 'pq'")


def test_the_fixed_words_of_a_text_are_its_weight():
    assert weight("NameError: name 'NAME' is") == len("name '' is")
    assert re.fullmatch(error_pattern("NameError: a NAME"), "a b")


# --- the page ---


def test_without_scripts_every_row_can_be_read_and_there_is_no_box(built, texts):
    page = BeautifulSoup(built.page(PAGE, "build/html/hinglish"), "html.parser").article
    found = [" ".join(each.get_text().split()) for each in page.select("dl.error-row > dt")]
    assert found == [re.sub(r"\bNAME\b", "NAAM", text) for text in texts]
    assert len(found) > 25
    assert page.select("textarea, form, .error-box, [hidden]") == []


def test_the_data_of_the_script_cannot_end_it(built):
    data = re.search(r"const ERROR_ROWS = (.*?);</script>", built.page(PAGE, "build/html/english"))
    assert data
    assert "<" not in data[1]
    assert len(json.loads(data[1])) > 25


def test_only_this_page_has_the_script_and_the_ebook_has_none(built):
    pages = (built.root / "build/html/english").glob("*.html")
    assert [path.stem for path in pages if "error-finder.js" in path.read_text()] == [PAGE]
    done = built.run("unzip", "-l", "build/epub/import-karo-english.epub")
    assert f"{PAGE}.xhtml" in done.stdout
    assert ".js" not in done.stdout


def test_ids_are_the_same_in_every_edition_and_each_stands_once(built):
    ids = {}
    for edition in ("hinglish", "english", "parallel"):
        path = built.root / f"build/cache/doctrees/{edition}/{PAGE}.doctree"
        found = list(rows(pickle.loads(path.read_bytes())))
        ids[edition] = [each["id"] for row in found for each in (row, *row["causes"])]
    assert ids["hinglish"] == ids["english"] == ids["parallel"]
    assert max(Counter(ids["hinglish"]).values()) == 1


def test_the_script_neither_sends_nor_keeps_nor_runs_what_is_pasted():
    script = (ROOT / "book/_static/error-finder.js").read_text()
    words = (
        "fetch", "XMLHttp", "sendBeacon", "WebSocket", "Storage", "cookie", "indexedDB",
        "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "import(",
    )  # fmt: skip
    assert [word for word in words if word in script] == []
    assert re.findall(r"Function\(|://", script) == []


# --- in a browser ---


@pytest.fixture(scope="module")
def paste(look):
    """Give a function that pastes texts into the box and returns what it answers to each."""
    return functools.partial(tracebacks.paste, look)


def test_the_tracebacks_of_each_python_find_their_row(paste, request):
    assert len(tracebacks.PROGRAMS) == 26
    for python in request.config.stash[plugin.PYTHONS]:
        pasted = list(tracebacks.of(python))
        answers = paste([each.text for each in pasted])
        wrong = [
            f"Python {python.name}: {each.name}: {answer['row']}, {answer['likely']}"
            for each, answer in zip(pasted, answers, strict=True)
            if not tracebacks.is_right(each, answer)
        ]
        assert len(wrong) <= 1, wrong


def test_every_recorded_traceback_finds_its_row_and_its_cause(paste, causes, texts):
    wanted = []
    for text, box in causes:
        for name in box["cause"]:
            for form in (recordings.plain(CODE / name), *recordings.variants(CODE / name)):
                wanted += [
                    (text, box, step.text + "\n" + step.output)
                    for step in recordings.steps(form, recordings.read(form))
                    for line in step.output.splitlines()[-1:]
                    if row_of(line, texts) == text
                    and (not box["sign"] or re.search(sign_pattern(box["sign"]), step.output))
                ]
    answers = paste([pasted for _text, _box, pasted in wanted])
    signs = {box["ids"][0] for _text, box in causes if box["sign"]}
    wrong = [
        f"{pasted}: {answer['row']}, {answer['likely']}"
        for (text, box, pasted), answer in zip(wanted, answers, strict=True)
        if answer["row"] != nodes.make_id(text)
        or (box["sign"] and not {box["ids"][0]} <= set(answer["likely"]) <= signs)
    ]
    assert wrong == []
    assert len(wanted) > 60


LINE = "ModuleNotFoundError: No module named 'yaml'"
WAYS = {
    "alone": LINE,
    "without its kind": "No module named 'yaml'",
    "with blanks and line ends of Windows": f"  \t{LINE}  \r\n\r\n",
    "with line ends of old Macs": f"Traceback\r{LINE}\r",
    "after a prompt": f">>> {LINE}",
    "in pytest's margin": f"E       {LINE}",
    "in an exception group": f"  | {LINE}\n  +---",
    "in colours": f"\x1b[1;35mModuleNotFoundError\x1b[0m: \x1b[35m{LINE[21:]}\x1b[0m",
    "in colours whose first letter is lost": f"[1;35mModuleNotFoundError[0m: {LINE[21:]}",
    "with a chat's quotation marks": LINE.replace("'", "\u2019"),
    "as a chat's code": f"`{LINE}`",
    "in a sentence": f"bhai mujhe {LINE} aa raha hai",
    "with a full stop": f"It says {LINE}.",
    "before other words": f"{LINE}\n\nPlease help me!\nThanks",
    "after an older error": f"KeyError: 'rice'\n\nDuring handling of ...:\n\n{LINE}",
    "in a log": f"2027-08-15 10:00:00 ERROR web: {LINE}",
    "in an editor's window": "Exception has occurred: ModuleNotFoundError\nNo module named 'yaml'",
    "with hard blanks": LINE.replace(" ", "\u00a0"),
}


def test_a_line_is_found_however_it_is_pasted(paste):
    answers = dict(zip(WAYS, paste(list(WAYS.values())), strict=True))
    wanted = nodes.make_id(tracebacks.NO_MODULE)
    assert {way: answer["row"] for way, answer in answers.items() if answer["row"] != wanted} == {}
    assert {answer["status"] for answer in answers.values()} == {"Mil gaya. Jawaab neeche hai."}
    assert all(answer["chapters"] for answer in answers.values())


def test_what_is_not_in_the_book_is_said_and_not_guessed(paste):
    nothing, unknown, older, code = paste(
        [
            "Mera code nahi chal raha",
            "Traceback:\nKeyError: 'rice'",
            f"{LINE}\n\nDuring handling of the above exception ...\n\nKeyError: 'rice'",
            f"    raise KeyError({LINE!r})\nKeyError: 'x'",
        ]
    )
    for answer in (nothing, unknown, code):
        assert answer["row"] is None
        assert answer["status"] == "Is text mein kitaab ka koi error nahi mila."
        assert "Poora traceback paste kijiye" in answer["text"]
    assert "KeyError: 'rice'" in unknown["text"]
    assert older["row"] == nodes.make_id(tracebacks.NO_MODULE)
    assert "Aakhri error is kitaab mein nahi hai: KeyError: 'rice'" in older["text"]


def test_nothing_that_is_pasted_is_run_or_becomes_a_part_of_the_page(paste):
    mark = "<img src=x onerror=\"document.title='broken'\"><script>document.title='b'</script>"
    evil = [
        f"ValueError: {mark}",
        f"ModuleNotFoundError: No module named '{mark.replace(' ', '/')}'",
        f"{mark} {LINE} {mark}",
        f"ModuleNotFoundError: No module named 'a'</code></p>{mark}",
        "javascript:document.title='broken'",
        "__proto__",
        "${document.title='broken'}",
    ]
    answers = paste([*evil, f"{'x' * 500_000}\n{mark}\n{LINE}\n" + "y\n" * 250_000])
    known = {"LABEL", "TEXTAREA", "P", "BUTTON", "DIV", "CODE", "A", "UL", "LI", "BR", "SPAN",
             "STRONG", "EM"}  # fmt: skip
    assert [answer["tags"] for answer in answers if set(answer["tags"]) - known] == []
    assert mark in answers[0]["text"]
    assert answers[-1]["row"]


BOX = """
  const box = page.document.querySelector(".error-box");
  const [field, button] = box.querySelectorAll("textarea, button");
  const empty = search(page, " ").status, { status } = search(page, "No module named 'yaml'");
  const { width, height } = button.getBoundingClientRect();
  return {
    label: field.labels[0].textContent,
    promise: page.document.getElementById(field.getAttribute("aria-describedby")).textContent,
    size: Math.min(width, height), empty, status,
    tabs: [field, button].map((each) => each.tabIndex),
    wide: page.document.documentElement.scrollWidth,
    low: [...box.querySelectorAll("li > a")].filter(
      (link) => link.getBoundingClientRect().height < 24).length,
    lost: [...box.querySelectorAll("a[href^='#']")].filter(
      (link) => !page.document.getElementById(link.getAttribute("href").slice(1))).length,
  };
"""


def test_the_box_can_be_reached_named_and_touched_on_a_phone(look):
    jobs = [(edition, f"{edition}/{PAGE}.html", 360) for edition in ("hinglish", "parallel")]
    found = look(jobs, "(page) => {" + tracebacks.SEARCH + BOX + "}")
    assert found["hinglish"] == {
        "label": "Apna poora traceback yahan paste kijiye",
        "promise": "Yeh isi page mein rehta hai: na kahin bheja jata hai, na rakha jata hai.",
        "size": found["hinglish"]["size"],
        "empty": "Abhi kuch paste nahi hua.",
        "status": "Mil gaya. Jawaab neeche hai.",
        "tabs": [0, 0],
        "wide": found["hinglish"]["wide"],
        "low": 0,
        "lost": 0,
    }
    assert min(each["size"] for each in found.values()) >= 44
    assert max(each["wide"] for each in found.values()) <= 360
    assert found["parallel"]["status"] == "Found. The answer is below."


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_when_the_box_has_answered(look, axe, width, theme):
    for text in (LINE, "module 'datetime' has no attribute 'now'"):  # several causes, one cause
        script = f"""(page) => {{
          page.document.body.dataset.theme = "{theme}";
          {tracebacks.SEARCH} search(page, {json.dumps(text)});
          return ({axe})(page);
        }}"""
        jobs = [(each, f"{each}/{PAGE}.html", width) for each in ("hinglish", "parallel")]
        assert look(jobs, script) == {"hinglish": [], "parallel": []}
