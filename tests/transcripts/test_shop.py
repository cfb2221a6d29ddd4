"""Asha's shop is one project: each chapter starts from what the chapter before it left."""

import shutil
from itertools import pairwise

import pytest
from import_karo.core import editions

from transcripts.sandbox import ROOT

MOST_FILES = 12
MOST_LINES = 150  # that are not blank, of all files


def shop(root, stem, half):
    """Return the files of the shop in a chapter, those of its check aside: name and lines."""
    folder = root / "code" / stem / "exercises/kirana" / half
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8").splitlines()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("check.")
    }


def broken_links(root):
    """Return where the chain of the shop breaks, or where it has grown too large."""
    chapters, found = editions.chapters_in_order(root), []
    stems = {path.parts[-3] for path in (root / "code").glob("*/exercises/kirana")}
    for stem in sorted(stems - set(chapters)):
        found.append(f"code/{stem}/exercises/kirana: the chapter {stem} is not in book/index.md")
    chain = [stem for stem in chapters if stem in stems]
    for before, stem in pairwise(chain):
        left, given = shop(root, before, "solution"), shop(root, stem, "start")
        for name in sorted(left.keys() | given.keys()):
            if left.get(name) != given.get(name):
                where = f"code/{stem}/exercises/kirana/start/{name}"
                what = difference(left.get(name), given.get(name))
                found.append(f"{where}{what}; the solution of {before} is what a reader comes with")
    for stem in chain:
        files = shop(root, stem, "solution")
        lines = sum(bool(line.strip()) for text in files.values() for line in text)
        if len(files) > MOST_FILES or lines > MOST_LINES:
            found.append(
                f"code/{stem}/exercises/kirana/solution: {len(files)} files, {lines} lines that "
                f"are not blank; {MOST_FILES} and {MOST_LINES} are the most"
            )
    return found


def difference(left, given):
    """Say how a file that is given differs from the one that was left; either may be missing."""
    if given is None:
        return " is missing"
    if left is None:
        return " is new"
    number = next((n for n, (a, b) in enumerate(zip(left, given, strict=False), 1) if a != b), None)
    return f":{number or min(len(left), len(given)) + 1} differs"


def test_each_chapter_starts_from_the_shop_that_the_one_before_left():
    assert broken_links(ROOT) == []
    assert any((ROOT / "code").glob("*/exercises/kirana"))


@pytest.fixture
def root(tmp_path):
    """Give a book of three chapters, the one in the middle without the shop."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/index.md").write_text(
        "# Kitaab\n\n```{toctree}\n:numbered:\n\none\nbare\n```\n\n```{toctree}\ntwo\n```\n"
    )
    for stem, half, price in (("one", "start", 12), ("one", "solution", 15),
                              ("two", "start", 15), ("two", "solution", 20)):  # fmt: skip
        folder = tmp_path / "code" / stem / "exercises/kirana" / half
        folder.mkdir(parents=True)
        (folder / "main.py").write_text(f"import tea\n\nprint({price})\n")
        (folder / "check.console").write_text(f"$ python main.py\n{stem} {half}\n")
    return tmp_path


def test_the_checks_of_two_chapters_may_differ(root):
    assert broken_links(root) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("two start main.py", "import tea\n\nprint(16)\n", "start/main.py:3 differs"),
        ("two start main.py", "import tea\n", "start/main.py:2 differs"),
        ("two start main.py", None, "start/main.py is missing"),
        ("two start extra.py", "", "start/extra.py is new"),
        ("two solution long.py", "x = 1\n\n" * 149, "2 files, 151 lines"),
        ("three start main.py", "", "the chapter three is not in book/index.md"),
    ],
)
def test_a_broken_link_or_a_shop_too_large_is_named(root, name, text, said):
    stem, half, file = name.split()
    path = root / "code" / stem / "exercises/kirana" / half / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink() if text is None else path.write_text(text)
    found = broken_links(root)
    assert len(found) == 1
    assert said in found[0]


def test_a_shop_of_too_many_files_is_named(root):
    solution = root / "code/two/exercises/kirana/solution"
    for number in range(12):
        shutil.copy(solution / "main.py", solution / f"room{number}.py")
    assert ["13 files" in each for each in broken_links(root)] == [True]
