"""`make audit`, second half: random edits of a small book, and what must hold after each.

An edit is one of the marks, characters, directives and moves that broke a build or a catalog
once, put at a random place of a random file, the same for the same seed. After it an incremental
build equals a clean one; what is refused is refused by a sentence with a file and a line, and
without a traceback; and what was published before a refused edit is there as it was.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shared_fixtures import BOX, CHAPTER, Book, make_small_book

EDITS = 300
SIGNS = (
    "\x0b", "\x0c", "\x1b[31m", "\x07", "\x00", "\x85", "\ufeff", "\u2028", "\u200b", "\u202e",
    "<module>", "List<int>", "</div>", "<!--", "&nbsp;", "{{ x }}", "{x}", "$y$", "%s", "100 %",
    "`", "``", "*", "**", "_", "[", "](", "![", "[^a]", "[^b]", "{ref}`gone`", "{term}`module`",
    "{index}`baat`", "{numref}`x <y>`", "[naam]{#mera}", "\\", "\t", "\r", "~~~", ":::", "```",
    "# ", "## 1. Pehla", "- ", "> ", "1. ", "| a | b |", "---", "+++", "% ", "(x)=", "[^a]: Note.",
    "\u0915\u094d\u0937", "\u05d0", "\U0001f375", "\u098f",
)  # fmt: skip
BLOCKS = (
    "\n:::{note}\nKuch.\n:::\n", "\n::::{question}\nKya?\n::::\n", "\n:::{hint}\n:::\n",
    "\n```{literalinclude} ../code/chapter/hello/main.py\n```\n",
    "\n```{literalinclude} ../code/gone.py\n```\n", "\n![Box](figures/box.svg)\n",
    "\n```{tree} ../code/chapter/hello\n\nYahan.\n```\n", "\nterm\n: Matlab.\n",
    "\n```{flow}\n:rows: a b\n\na: ek\nb: do\na -> b\n\nTeer.\n```\n",
    "\n| a | b |\n|---|---|\n| 1 | 2 |\n", "\n## Sir[^n]\n\nKuch.\n\n[^n]: Note.\n",
)  # fmt: skip
MOVES = ("older", "touched", "renamed", "removed", "swapped", "doubled")
FILES = (
    "book/chapter.md", "book/second.md", "book/glossary.md", "book/index.md",
    "code/chapter/hello/main.py", "code/chapter/hello/run.console", "book/figures/box.svg",
    "locale/en/LC_MESSAGES/chapter.po", "locale/editions.toml",
)  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """A change of one file of the book; `place` counts characters."""

    number: int
    file: str
    kind: str
    place: int

    def __str__(self) -> str:
        return f"edit {self.number}: {self.kind!r} in {self.file} at {self.place}"

    def make(self, root: Path) -> None:
        """Make the change."""
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        if self.kind not in MOVES:
            place = self.place % (len(text) + 1)
            path.write_text(text[:place] + self.kind + text[place:], encoding="utf-8", newline="")
        elif self.kind == "older":
            path.write_text(text.replace("a", "aa", 1), encoding="utf-8")
            os.utime(path, (1_000_000_000, 1_000_000_000))
        elif self.kind == "touched":
            path.touch()
        elif self.kind == "renamed":
            path.rename(path.with_name(f"new-{path.name}"))
        elif self.kind == "removed":
            path.unlink()
        else:
            lines = text.splitlines(keepends=True)
            at = self.place % max(1, len(lines) - 1)
            doubled = [*lines[: at + 1], *lines[at:]]
            swapped = [*lines[:at], *lines[at : at + 2][::-1], *lines[at + 2 :]]
            made = doubled if self.kind == "doubled" else swapped
            path.write_text("".join(made), encoding="utf-8")


def edits(seed: int, count: int) -> list[Edit]:
    """Return random edits, the same for the same seed."""
    chance = random.Random(seed)
    kinds = [*SIGNS, *BLOCKS, *MOVES * 3]
    return [
        Edit(number, chance.choice(FILES), chance.choice(kinds), chance.randrange(10_000))
        for number in range(count)
    ]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def problems(book: Book, edit: Edit) -> list[str]:
    """Make an edit, build as readers' pages are built, and say what does not hold."""
    published = contents(book.root / "build/html")
    edit.make(book.root)
    done = book.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    said = done.stdout + done.stderr
    found = []
    if re.search("Traceback|please (open|report)|open an issue", said):
        found.append(f"a traceback: {said.strip().splitlines()[-1][:200]}")
    ours = contents(book.root / "build/html")
    if done.returncode:
        if not re.search(r"[\w/.-]+\.(?:md|py|po|toml|svg|console)(?::\d+)?: ", said):
            found.append(f"no file is named: {said.strip()[-300:]}")
        if ours != published:
            found.append("a refused edit changed what is published")
        return found
    shutil.rmtree(book.root / "build")
    clean = book.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    if clean.returncode:
        return [*found, f"only the incremental build takes it: {clean.stderr.strip()[-300:]}"]
    fresh = contents(book.root / "build/html")
    differing = sorted(
        name for name in ours.keys() | fresh.keys() if ours.get(name) != fresh.get(name)
    )
    return found + (
        [f"differs from a clean build: {', '.join(differing[:5])}"] if differing else []
    )


def run(seed: int, count: int) -> list[str]:
    """Make each edit in a fresh copy of a built book; return what did not hold."""
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        first = book_to_break(Path(scratch, "first"))
        done = first.run(sys.executable, "-m", "import_karo.verbs.build", "html")
        assert done.returncode == 0, done.stderr
        for edit in edits(seed, count):
            copy = Path(scratch, "copy")
            subprocess.run(["cp", "-a", first.root, copy], check=True)
            found += [f"{edit}: {said}" for said in problems(Book(copy), edit)]
            shutil.rmtree(copy)
    return found


CHAPTER_MORE = """
Ek[^a] note.

[^a]: Yeh.

![Box](figures/box.svg)
"""
INDEX = """\
# Kitaab

```{toctree}
:caption: Bhaag
:numbered:

chapter
second
glossary
```
"""
PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Ek chapter"
msgstr "A chapter"
"""


def book_to_break(folder: Path) -> Book:
    """Return a small book with one of each sort of file that an edit may hit."""
    book = make_small_book(folder)
    book.write("book/chapter.md", CHAPTER + CHAPTER_MORE)
    book.write("book/figures/box.svg", BOX)
    book.write("book/index.md", INDEX)
    book.write("book/second.md", "(second)=\n# Doosra\n\nDekhiye {ref}`chapter`.\n")
    book.write("locale/en/LC_MESSAGES/chapter.po", PO)
    return book


def main(arguments: list[str]) -> int:
    """Print what does not hold after the random edits; 1 if there is any."""
    seed, count = int(arguments[0]) if arguments else 1, int((arguments[1:] or [EDITS])[0])
    found = run(seed, count)
    print("".join(f"{line}\n" for line in found), end="")
    print(f"random edits: {count} (seed {seed}), not as they must be: {len(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
