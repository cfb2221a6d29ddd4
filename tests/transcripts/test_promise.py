"""Nothing is printed that did not run: each point of the promise, and the fault it must see."""

import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docutils import nodes
from import_karo.core import editions
from import_karo.languages.catalogs import check, status

from transcripts import promise, recordings
from transcripts.promise import Block
from transcripts.sandbox import ROOT

CODE = ROOT / "code"


@pytest.fixture(scope="module")
def doctrees(built):
    """Give the doctrees of each edition, by its folder."""
    top = built.root / "build/cache/doctrees"
    return {edition.folder: top / edition.folder for edition in editions.EDITIONS}


def here(built, source):
    """Return the file of this checkout that a file of the built book was copied from."""
    path = Path(source)
    return ROOT / path.relative_to(built.root) if path.is_relative_to(built.root) else path


@pytest.fixture(scope="module")
def quoted(built, doctrees):
    """Give what the section around each printed file of this checkout quotes."""
    found: dict[Path, set] = {}
    for _name, tree in promise.chapters(doctrees["hinglish"]):
        for source, texts in promise.quotes(tree):
            found.setdefault(here(built, source), set()).update(texts)
    return found


@pytest.fixture(scope="module")
def printed(built, doctrees, quoted):
    """Give the files of this checkout's code/ that each chapter prints."""
    shown: dict[str, set] = {}
    for name, tree in promise.chapters(doctrees["hinglish"]):
        for node in tree.findall():
            source = getattr(node, "attributes", {}).get("source")
            if source and f"{built.root}/code/" in str(source):
                shown.setdefault(name, set()).add(here(built, source))
    for path in promise.quoted_files(quoted):
        shown.setdefault(path.relative_to(CODE).parts[0], set()).add(path)
    return shown


@pytest.fixture(scope="module")
def folded(built, doctrees):
    """Give the files of this checkout's code/ that only a {predict} shows."""
    return {here(built, path) for path in promise.predictions(doctrees["hinglish"])}


# --- 1: every literal block is a slice of a file under code/ ---


@pytest.mark.parametrize("edition", editions.EDITIONS, ids=lambda each: each.folder)
def test_every_literal_block_of_every_chapter_stands_in_a_file(built, doctrees, edition):
    assert promise.unproven_blocks(doctrees[edition.folder], built.root / "code") == []
    assert len(list(promise.blocks(doctrees[edition.folder]))) > 80


@pytest.mark.parametrize("edition", editions.EDITIONS, ids=lambda each: each.folder)
def test_what_the_pages_print_is_still_what_stands_in_the_file(built, edition):
    pages = built.root / "build/html" / edition.folder
    assert promise.unproven_pages(pages, built.root / "code") == []


def test_no_chapter_uses_an_option_that_changes_what_a_file_says():
    assert promise.unfaithful_options(ROOT / "book") == []


def test_typed_altered_and_raw_blocks_are_seen(small_book):
    small_book.write("code/chapter/hello/long.py", "a = 1\nb = 2\nc = 3\n")
    small_book.write(
        "book/chapter.md",
        "(chapter)=\n# Ek chapter\n\n```python\nprint('typed')\n```\n\n"
        "```{literalinclude} ../code/chapter/hello/long.py\n:lines: 1,3\n```\n\n"
        "```{literalinclude} ../code/chapter/hello/long.py\n:lines: 2-3\n```\n\n"
        "```{literalinclude} ../code/chapter/hello/main.py\n:prepend: import this\n```\n\n"
        "```{raw} html\n<pre>8</pre>\n```\n",
    )
    said = small_book.sphinx().stderr.splitlines()
    assert ["raw HTML" in line for line in said] == [True]  # the build refuses that one itself
    found = promise.unproven_blocks(small_book.root / "out/.doctrees", small_book.root / "code")
    assert len(found) == 4
    for said in ("print('typed')", "a = 1", "import this", "<pre>8</pre>"):
        assert any(said in line for line in found), (said, found)
    options = promise.unfaithful_options(small_book.root / "book")
    assert [line.split(": ")[0] for line in options] == ["chapter.md:9", "chapter.md:17"]
    pages = promise.unproven_pages(small_book.root / "out", small_book.root / "code")
    assert len(pages) == 4


def test_a_slice_is_whole_lines_in_a_row():
    assert promise.is_slice("b\nc\n", "a\nb\nc\nd\n")
    assert not promise.is_slice("a\nc", "a\nb\nc\n")
    assert not promise.is_slice("print(8", "print(80)\n")


# --- 2: everything under code/ is used ---


def test_every_transcript_is_printed_or_proves_an_exercise(printed):
    shown = set().union(*printed.values())
    assert promise.unused_transcripts(CODE, shown) == []


def test_every_other_file_is_shown_imported_or_read(printed, python):
    shown = set().union(*printed.values())
    assert promise.unproven_files(CODE, shown, python) == []


def test_files_and_transcripts_that_nobody_needs_are_seen(small_book, python):
    code = small_book.root / "code"
    small_book.write("code/chapter/hello/unused.py", "x = 1\n")
    small_book.write("code/chapter/hello/helper.py", "x = 1\n")
    small_book.write("code/chapter/hello/data.txt", "8\n")
    small_book.write("code/chapter/hello/old.py", "x = 1\n")
    main = "import helper, new\nprint(open('data.txt').read())\n"
    small_book.write("code/chapter/hello/main.py", main)
    small_book.write(
        "code/chapter/hello/run.console", "$ mv old.py new.py\n$ python main.py\n8\n\n"
    )
    small_book.write("code/chapter/hello/extra.console", "$ echo 8\n8\n")
    shown = {code / "chapter/hello/run.console"}
    assert promise.unused_transcripts(code, shown) == [
        "code/chapter/hello/extra.console: no chapter prints it; include or delete it"
    ]
    assert promise.unproven_files(code, shown, python) == [
        "code/chapter/hello/unused.py: not shown, imported or read; delete it or use it"
    ]


def test_a_file_of_an_exercise_is_proven_by_its_copy_in_the_solution_or_the_chapter_before(
    small_book, python
):
    code = small_book.root / "code"
    for chapter in ("chapter", "next"):
        for half in ("start", "solution"):
            for name, text in (("main.py", "print(8)\n"), ("rest.py", f"x = '{chapter}'\n")):
                small_book.write(f"code/{chapter}/exercises/shop/{half}/{name}", text)
            check = "$ python main.py\n8\n" if chapter == "chapter" else "$ echo 8\n8\n"
            small_book.write(f"code/{chapter}/exercises/shop/{half}/check.console", check)
    assert promise.unproven_files(code, {code / "chapter/hello/main.py"}, python) == [
        f"code/{chapter}/exercises/shop/{half}/rest.py: not shown, imported or read; "
        "delete it or use it"
        for chapter in ("chapter", "next")
        for half in ("solution", "start")
    ]


def test_every_exception_is_still_there_and_has_a_reason():
    for name, reason in promise.EXCEPTIONS.items():
        assert (CODE / name).exists(), f"{name} is gone: take it out of the list"
        assert reason


# --- 3: exercises ---


def test_every_exercise_starts_broken_and_is_solved_or_asks_before_it_shows(
    printed, folded, quoted
):
    assert promise.faulty_exercises(CODE, printed, folded, quoted) == []
    assert len(promise.exercises(CODE)) >= 8


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("start/check.console", None, "no check.console in start"),
        ("start/check.console", "$ python other.py\n7\n", "the same commands"),
        ("start/check.console", "$ python main.py\n8\n", "already prints what is wanted"),
        ("solution/check.console", "$ python main.py\nNameError: x\n", "ends in an error"),
        ("solution/more.py", "x = 1\n", "a file is missing in start"),
        ("start/main.py", "def add(a, b):\n    pass\n", "is a stub"),
        ("start/main.py", "def add(a, b):\n    raise NotImplementedError\n", "is a stub"),
    ],
)
def test_an_exercise_that_teaches_nothing_is_seen(tmp_path, name, text, said):
    folder = tmp_path / "chapter/exercises/sum"
    for part, output in (("start", "7\n"), ("solution", "8\n")):
        (folder / part).mkdir(parents=True)
        (folder / part / "main.py").write_text("print(8)\n")
        (folder / part / "check.console").write_text(f"$ python main.py\n{output}")
    printed = {"chapter": {folder / "start/check.console"}}
    assert promise.faulty_exercises(tmp_path, printed) == []
    assert promise.faulty_exercises(tmp_path, {}) == [
        "code/chapter/exercises/sum: "
        "the exercise neither prints start/check.console nor quotes a line of it"
    ]
    path = folder / name
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    found = promise.faulty_exercises(tmp_path, printed)
    assert [said in line for line in found] == [True], found


def test_a_start_may_be_quoted_and_a_file_of_one_line_too(tmp_path):
    folder = tmp_path / "chapter/exercises/sum"
    for part, said in (("start", "NameError: name 'x' is not defined\n"), ("solution", "8\n")):
        (folder / part).mkdir(parents=True)
        (folder / part / "main.py").write_text("print(8)\n")
        (folder / part / "more.py").write_text("a = 1\nb = 2\n")
        (folder / part / "check.console").write_text(f"$ python main.py\n{said}")
    wanted = folder / "solution/check.console"
    for words, where, problems in (
        ("NameError: name 'x' is not defined", wanted, 0),
        ("name 'x' is not defined", wanted, 1),  # a part of the line
        ("NameError: name 'x' is not defined", folder / "solution/main.py", 1),  # elsewhere
        ("8", wanted, 1),  # what the solution says
    ):
        assert len(promise.faulty_exercises(tmp_path, {}, (), {where: {words}})) == problems
    texts = {"print(8)", "a = 1\nb = 2", "a = 1"}
    found = promise.quoted_files({folder / "start/check.console": texts})
    assert found == {folder / "start/main.py"}


def test_a_file_that_the_reader_makes_is_listed_with_its_reason(tmp_path, monkeypatch):
    folder = tmp_path / "chapter/exercises/sum"
    for part, output in (("start", "7\n"), ("solution", "8\n")):
        (folder / part).mkdir(parents=True)
        (folder / part / "check.console").write_text(f"$ python main.py\n{output}")
    (folder / "solution/more.py").write_text("x = 1\n")
    printed = {"chapter": {folder / "start/check.console"}}
    for listed, said in (
        ({}, ["a file is missing in start; a missing file teaches nothing"]),
        ({"more.py": "a reason"}, []),
        ({"moor.py": "a reason"}, ["NEW_FILES says that the reader makes moor.py"]),
    ):
        monkeypatch.setattr(promise, "NEW_FILES", {"chapter/exercises/sum": listed})
        found = promise.faulty_exercises(tmp_path, printed)
        assert found == [f"code/chapter/exercises/sum: {each}" for each in said]


PREDICT = """\
(chapter)=
# Ek chapter

```{literalinclude} ../code/chapter/exercises/guess/main.py
```

::::{predict}
```{literalinclude} ../code/chapter/exercises/guess/run.console
```

Ek hi baar.
::::
"""
LISTING, TRANSCRIPT = (each + "```" for each in PREDICT.split("```")[1::2])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", None),
        ("::::{predict}\n", "::::{hint}\n", "run.console must stand in a {predict}"),
        ("::::{predict}\n", f"```{TRANSCRIPT}\n\n::::{{predict}}\n", "and nowhere else"),
        (f"```{TRANSCRIPT}", "", "run.console must stand in a {predict}"),
        (f"```{LISTING}", "", "the chapter does not show main.py before it asks"),
        ("Ek hi", f"```{LISTING}\n\nEk hi", None),
    ],
)
def test_a_prediction_shows_its_listing_and_folds_what_it_prints(small_book, old, new, said):
    code = small_book.root / "code"
    shutil.move(code / "chapter/hello", code / "chapter/exercises/guess")
    small_book.write("code/chapter/exercises/guess/package/__init__.py", "")
    small_book.write("book/chapter.md", PREDICT.replace(old, new, 1) if old else PREDICT)
    assert small_book.sphinx().returncode == 0
    doctrees = small_book.root / "out/.doctrees"
    printed = {"chapter": promise.shown_files(doctrees)}
    found = promise.faulty_exercises(code, printed, promise.predictions(doctrees))
    assert (len(found), said or "") == (bool(said), said or ""), found
    assert all(said in line for line in found)


def test_an_exercise_with_nothing_in_it_is_seen(tmp_path):
    (tmp_path / "chapter/exercises/empty").mkdir(parents=True)
    assert promise.faulty_exercises(tmp_path, {}) == [
        "code/chapter/exercises/empty: no start/, no solution/ and no transcript to predict"
    ]


# --- 4: every error text of the error finder is a line of a transcript ---


@pytest.mark.parametrize("edition", editions.EDITIONS, ids=lambda each: each.folder)
def test_every_error_text_is_a_line_of_each_of_its_transcripts(doctrees, edition):
    assert promise.unrecorded_errors(doctrees[edition.folder], CODE) == []


def test_an_error_text_that_was_never_printed_is_named(doctrees, tmp_path):
    path = doctrees["english"] / "error-finder.doctree"
    tree = pickle.loads(path.read_bytes())
    shown = next(each for each in tree.findall(nodes.literal) if "EOF when" in each.astext())
    shown.children = [nodes.Text("EOFError: EOF when reading a page")]
    (tmp_path / path.name).write_bytes(pickle.dumps(tree))
    assert promise.unrecorded_errors(tmp_path, CODE) == [
        "error-finder.md: EOFError: EOF when reading a page is not in "
        "code/modules-as-scripts/asks_on_import/run.console"
    ]


# --- 5: catalogs ---


def test_no_catalog_has_a_fault():
    catalogs = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    assert len(catalogs) > 2
    assert [str(fault) for path in catalogs for fault in check.faults(path)] == []


@pytest.mark.parametrize("edition", editions.TRANSLATIONS, ids=lambda each: each.folder)
def test_a_released_language_is_complete(request, edition):
    folder = ROOT / "locale" / edition.code / "LC_MESSAGES"
    counts = {path.name: status.count(path) for path in sorted(folder.glob("*.po"))}
    open_ = {name: f"{each.missing} missing, {each.fuzzy} fuzzy"
             for name, each in counts.items() if each.percent < 100}  # fmt: skip
    if open_ and edition.released and not request.config.option.everything:
        pytest.skip(f"{edition.name} is not complete, make test-all would fail: {open_}")
    assert counts
    assert not (open_ and edition.released), open_


@pytest.mark.parametrize("edition", editions.TRANSLATIONS, ids=lambda each: each.folder)
def test_every_sentence_of_a_translation_was_offered_to_translators(doctrees, edition):
    assert promise.untranslatable(doctrees[edition.folder]) == []


def test_the_cells_of_a_table_are_offered_but_code_alone_is_not(small_book):
    text = "# Ek chapter\n\n```{table} Naam\n\n| Pehla |\n|---|\n| haan `a` |\n| `code` |\n```\n"
    small_book.write("book/chapter.md", text)
    assert small_book.sphinx("pot", "-b", "gettext").returncode == 0
    template = (small_book.root / "pot/chapter.pot").read_text()
    offered = re.findall(r'^msgid "(.+)"$', template, re.MULTILINE)
    assert offered == ["Ek chapter", "Naam", "Pehla", "haan `a`"]


def test_prose_that_no_catalog_has_is_seen(tmp_path):
    document = nodes.document(None, None)
    document += nodes.paragraph("", "Chhoot gaya")
    document += nodes.paragraph("", "Mil gaya", translated=False)
    document += nodes.paragraph("", "", nodes.literal("", "code"))
    (tmp_path / "chapter.doctree").write_bytes(pickle.dumps(document))
    assert promise.untranslatable(tmp_path) == ["chapter.md: no catalog has: Chhoot gaya"]


# --- 6: all are collected ---


def test_as_many_transcripts_are_collected_as_lie_on_disk():
    plain = [path for path in recordings.under(CODE) if recordings.Name.of(path).bound is None]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, "code"], cwd=ROOT, capture_output=True, text=True)
    ids = {line for line in done.stdout.splitlines() if re.search(r"\.(console|pycon)$", line)}
    collected = {recordings.plain(ROOT / each) for each in ids}
    assert len(ids) == len(collected) == len(plain)
    assert collected == set(plain)


def test_every_file_under_code_is_utf8():
    assert promise.not_utf8(CODE) == []


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    (tmp_path / "code").mkdir()
    (tmp_path / "code/main.py").write_bytes(b"# ok\n# \xe9\n")
    (tmp_path / "code/dos.py").write_bytes(b"x = 1\r\n")
    found = promise.not_utf8(tmp_path / "code")
    assert found == [
        "code/dos.py: has CRLF line ends; save it with LF",
        "code/main.py:2: is not UTF-8; save it as UTF-8",
    ]


def test_a_doctree_keeps_where_its_listings_come_from(doctrees):
    block = next(promise.blocks(doctrees["hinglish"]))
    assert isinstance(block, Block)
    assert "/code/" in block.source
    assert pickle.dumps(block)
