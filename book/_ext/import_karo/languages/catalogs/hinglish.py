"""The Hinglish of the chapters: one spelling for each word, short sentences, no word that shames.

Read from the doctrees, so that code, roles, links and outputs are never taken for prose.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes

from ...core import editions
from .syntax import Fault

# Counted in the chapters that stand: a longer sentence loses a listener.
LONGEST = 28
# `tum` and `tu` are too familiar; the others tell a stuck reader that it is easy.
BANNED = {"tum", "tumhara", "tumhari", "tumhe", "tu", "tera", "bas", "aasan", "simply", "just"}
PROSE = (nodes.paragraph, nodes.title, nodes.caption, nodes.term)
PLACEHOLDER = "X"
FOLDER = editions.ROOT / "locale" / editions.SOURCE.code
# Rejected spellings with the preferred one; those of the second are words of their own, too.
SPELLING, DOUBTFUL = FOLDER / "spelling.tsv", FOLDER / "spelling-warn.tsv"
# Chapters with a word that was looked at again and is right there: `packages<TAB>kam`.
ANSWERED = FOLDER / "answered.tsv"


def rejected(path: Path) -> dict[str, str]:
    """Return each rejected spelling of a list with the preferred one, which begins its line."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {wrong: right for right, *wrongs in rows for wrong in wrongs}


def answered(path: Path) -> set[tuple[str, str]]:
    """Return the chapters and words that need no more advice."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {(chapter, word) for chapter, word, *_why in pairs}


def prose(tree: nodes.document) -> Iterator[tuple[int, str]]:
    """Yield each piece of prose with its line; code is one placeholder."""
    for node in tree.findall(lambda node: isinstance(node, PROSE)):
        kept = node.deepcopy()
        for code in list(kept.findall(nodes.literal)):
            code.parent.replace(code, nodes.Text(PLACEHOLDER))
        yield node.line or (node.parent and node.parent.line) or 1, kept.astext()


def faults(doctrees: Path) -> tuple[list[Fault], list[Fault]]:
    """Return what is wrong with the Hinglish in a folder of doctrees, and what is worth a look."""
    wrong, doubtful, known = rejected(SPELLING), rejected(DOUBTFUL), answered(ANSWERED)
    found: list[Fault] = []
    doubts: list[Fault] = []
    for pickled in sorted(doctrees.glob("**/*.doctree")):
        chapter = editions.ROOT / "book" / pickled.relative_to(doctrees).with_suffix(".md")
        for line, text in prose(pickle.loads(pickled.read_bytes())):
            words = re.findall(r"[a-z]+", text.lower())
            for word in (each for each in words if (chapter.stem, each) not in known):
                if word in wrong:
                    found.append(Fault(chapter, line, f"{word}: the book writes {wrong[word]}"))
                if word in BANNED:
                    found.append(Fault(chapter, line, f"{word}: see CONTRIBUTING.md, the voice"))
                if word in doubtful:
                    said = f"{word}: if it is the Hindi word, the book writes {doubtful[word]}"
                    doubts.append(Fault(chapter, line, said))
            if "।" in text:
                found.append(Fault(chapter, line, "a danda; Roman script takes a full stop"))
            doubts += [
                Fault(chapter, line, f"{count} words in one sentence: {sentence[:60]}")
                for count, sentence in sentences(text)
                if count > LONGEST
            ]
    return found, doubts


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence after its number of words."""
    for sentence in re.split(r"[.?!:;](?:\s|$)", text):
        yield len(re.findall(r"[\w'\u2019-]+", sentence)), sentence
