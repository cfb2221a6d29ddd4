"""No short cut prints what an exercise wants: those of tests/short_cuts are run by its check.

A table [[try]] names an `exercise` of its chapter, `what` is tried, and the tree it changes,
`from` "start" or "solution"; and, done in this order, files to `move`, to `take` as the other tree
has them, to `write`, texts to `replace` in files, files to `remove`.
"""

import ast
import re
import shutil
import tomllib

import pytest

from transcripts import recordings
from transcripts.recordings import RecordingError
from transcripts.replay import replay
from transcripts.sandbox import ROOT, Sandbox

CODE = ROOT / "code"
TABLES = ROOT / "tests/short_cuts"
KEYS = {"exercise", "what", "from", "move", "take", "write", "replace", "remove"}
OTHER = {"start": "solution", "solution": "start"}


def tries(tables):
    """Return the chapter and the table of each short cut."""
    found = []
    for path in sorted(tables.glob("*.toml")):
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["try"]:
            if not {"exercise", "what", "from"} <= each.keys() <= KEYS:
                raise ValueError(f"{path.name}: a short cut has {sorted(each)}, of {sorted(KEYS)}")
            found.append((path.stem, each))
    return found


def lay_out(code, stem, each, folder):
    """Write a short cut's files into a folder; a table that does not fit is a ValueError."""
    exercise = code / stem / "exercises" / each["exercise"]
    place = f"tests/short_cuts/{stem}.toml: {each['exercise']}, {each['what']!r}"
    if each["from"] not in OTHER or not exercise.is_dir():
        raise ValueError(f"{place}: there is no {each['from']} of it in code/{stem}/exercises")
    ignored = shutil.ignore_patterns("__pycache__", "*.console")
    shutil.copytree(exercise / each["from"], folder, ignore=ignored)
    for name in [*each.get("move", {}).values(), *each.get("take", ()), *each.get("write", {})]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    for old, new in each.get("move", {}).items():
        (folder / old).rename(folder / new)
    for name in each.get("take", ()):
        shutil.copy(exercise / OTHER[each["from"]] / name, folder / name)
    for name, text in each.get("write", {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, pairs in each.get("replace", {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in pairs:
            if old not in text:
                raise ValueError(f"{place}: {name} does not have {old!r}")
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    for name in each.get("remove", ()):
        (folder / name).unlink()
    for path in sorted(folder.rglob("*.py")):
        try:
            ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError as error:
            raise ValueError(f"{place}: {path.name}: {error}") from None
    for path in (exercise / "solution").glob("check.*"):
        shutil.copy(path, folder)


def prints_what_is_wanted(code, stem, each, python, sandbox, folder):
    """Tell whether a short cut prints what the solution of its exercise prints."""
    lay_out(code, stem, each, folder)
    wanted = recordings.read(recordings.chosen(folder / "check.console", python.version))
    try:
        printed = replay(folder / "check.console", python, sandbox)
    except RecordingError:
        return False  # a command could not even be run
    return recordings.with_frozen_lines(printed, wanted) == wanted


@pytest.fixture(scope="module")
def patient():
    """Give a sandbox with the time limit of the transcripts: a slow run must not pass for wrong."""
    with Sandbox() as made:
        yield made


@pytest.mark.parametrize(
    ("stem", "each"),
    tries(TABLES),
    ids=lambda value: value if isinstance(value, str) else f"{value['exercise']}: {value['what']}",
)
def test_a_short_cut_does_not_print_what_is_wanted(stem, each, python, patient, tmp_path):
    folder = tmp_path / "solution"  # a name that the solution prints, too
    assert not prints_what_is_wanted(CODE, stem, each, python, patient, folder)


def untried(root, tables):
    """Return the exercises to repair, of chapters that show the shop, without a short cut."""
    tried = {(stem, each["exercise"]) for stem, each in tries(tables)}
    return [
        f"tests/short_cuts/{book.stem}.toml tries nothing of {start.parent.name}"
        for book in sorted((root / "book").glob("*.md"))
        if f"{book.stem}/exercises/kirana/" in book.read_text(encoding="utf-8")
        for start in sorted((root / "code").glob(f"{book.stem}/exercises/*/start"))
        if (book.stem, start.parent.name) not in tried
    ]


def test_of_every_exercise_to_repair_a_short_cut_is_tried():
    assert untried(ROOT, TABLES) == []


# --- the tables are not blind ---


@pytest.fixture
def code(tmp_path):
    """Give a code/ with one exercise."""
    for half, price in (("start", 12), ("solution", 15)):
        folder = tmp_path / "code/chapter/exercises/tea" / half
        folder.mkdir(parents=True)
        (folder / "tea.py").write_text(f"PRICE = {price}\n")
        (folder / "main.py").write_text("import tea\nprint(tea.PRICE)\n")
        (folder / "check.console").write_text(f"$ python main.py\n{price}\n")
    return tmp_path / "code"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, False),
        ({"from": "solution"}, True),
        ({"replace": {"main.py": [["tea.PRICE", "15"]]}}, True),
        ({"write": {"main.py": "print(15)\n"}}, True),
        ({"take": ["tea.py"]}, True),
        ({"from": "solution", "take": ["tea.py"]}, False),
        ({"from": "solution", "remove": ["tea.py"]}, False),
    ],
)
def test_a_short_cut_that_prints_what_is_wanted_is_seen(
    code, python, patient, tmp_path, more, wanted
):
    each = {"exercise": "tea", "what": "a trick", "from": "start"} | more
    folder = tmp_path / "solution"
    assert prints_what_is_wanted(code, "chapter", each, python, patient, folder) is wanted


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"replace": {"main.py": [["tea.PRICES", "15"]]}}, "main.py does not have 'tea.PRICES'"),
        ({"write": {"main.py": "print(15\n"}}, "'a trick': main.py: '(' was never closed"),
        ({"exercise": "coffee"}, "there is no start of it in code/chapter/exercises"),
        ({"from": "middle"}, "there is no middle of it"),
    ],
)
def test_a_table_that_does_not_fit_is_named(code, tmp_path, more, said):
    each = {"exercise": "tea", "what": "a trick", "from": "start"} | more
    with pytest.raises(ValueError, match=re.escape(said)):
        lay_out(code, "chapter", each, tmp_path / "solution")


@pytest.mark.parametrize("line", ['rewrite = ["main.py"]', 'exercise = "tea"\nwhat = "a trick"'])
def test_a_table_with_other_keys_is_named(tmp_path, line):
    (tmp_path / "chapter.toml").write_text(f"[[try]]\n{line}\n")
    with pytest.raises(ValueError, match=r"^chapter\.toml: a short cut has .* of \['exercise'"):
        tries(tmp_path)


def test_an_exercise_of_which_nothing_is_tried_is_named(code, tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "tables").mkdir()
    shown = "```{literalinclude} ../code/chapter/exercises/kirana/start/check.console"
    for text, said in (("", []), (shown, ["tests/short_cuts/chapter.toml tries nothing of tea"])):
        (tmp_path / "book/chapter.md").write_text(text)
        assert untried(tmp_path, tmp_path / "tables") == said
    table = '[[try]]\nexercise = "tea"\nwhat = "a trick"\nfrom = "start"\n'
    (tmp_path / "tables/chapter.toml").write_text(table)
    assert untried(tmp_path, tmp_path / "tables") == []
