"""The Hinglish of the chapters: one spelling for each word, short sentences, no word that shames.

Read from the doctrees, so that code, roles and paths are never taken for prose.
"""

import pickle
import re

import pytest
from docutils import nodes
from promise import chapters
from transcripts.sandbox import ROOT

# Counted in the chapters that stand: a longer sentence loses a listener.
LONGEST = 28
SPELLINGS = ROOT / "locale/hi_Latn/spelling.tsv"
# `tum` and `tu` are too familiar; the others tell a stuck reader that it is easy.
BANNED = {"tum", "tumhara", "tumhari", "tumhe", "tu", "tera", "bas", "aasan", "simply", "just"}
PROSE = (nodes.paragraph, nodes.title, nodes.caption, nodes.term)
PLACEHOLDER = "X"


def rejected():
    """Return each rejected spelling with the preferred one."""
    rows = [line.split("\t") for line in SPELLINGS.read_text(encoding="utf-8").splitlines()]
    return {wrong: right for right, *wrongs in rows for wrong in wrongs}


def prose(tree):
    """Yield each piece of prose with its line; code and references are one placeholder."""
    for node in tree.findall(lambda node: isinstance(node, PROSE)):
        kept = node.deepcopy()
        for code in list(kept.findall(nodes.literal)):
            code.parent.replace(code, nodes.Text(PLACEHOLDER))
        yield node.line or (node.parent and node.parent.line) or 0, kept.astext()


def faults_of(doctrees):
    """Return every fault of the Hinglish as `chapter.md:line: message`."""
    spellings = rejected()
    found = []
    for name, tree in chapters(doctrees):
        for line, text in prose(tree):
            place = f"book/{name}.md:{line}"
            for word in re.findall(r"[a-z]+", text.lower()):
                if word in spellings:
                    found.append(f"{place}: {word}: the book writes {spellings[word]}")
                if word in BANNED:
                    found.append(f"{place}: {word}: see CONTRIBUTING.md, the voice")
            for sentence in re.split(r"[.?!:;](?:\s|$)", text):
                words = re.findall(r"[\w'\u2019-]+", sentence)
                if len(words) > LONGEST:
                    found.append(f"{place}: {len(words)} words in one sentence: {sentence[:60]}")
            if "।" in text:
                found.append(f"{place}: a danda; Roman script takes a full stop")
    return found


def test_the_hinglish_of_the_book_is_spelled_one_way_and_kept_short(built):
    assert faults_of(built.root / "build/cache/doctrees/hinglish") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Aap akhri line padhiye.", "akhri: the book writes aakhri"),
        ("Yeh bas itna hai.", "bas: see"),
        ("Yeh hai।", "a danda"),
        ("shabd " * 29, "29 words in one sentence"),
    ],
)
def test_a_fault_in_the_hinglish_is_named_with_its_line(tmp_path, text, said):
    document = nodes.document(None, None)
    document += nodes.paragraph("", "", nodes.literal("", "akhri bas"))
    faulty = nodes.paragraph("", text)
    faulty.line = 7
    document += faulty
    (tmp_path / "chapter.doctree").write_bytes(pickle.dumps(document))
    (fault,) = faults_of(tmp_path)
    assert fault.startswith("book/chapter.md:7: ")
    assert said in fault


def test_no_spelling_is_both_preferred_and_rejected():
    preferred = [line.split("\t")[0] for line in SPELLINGS.read_text().splitlines()]
    assert len(preferred) == len(set(preferred)) > 100
    assert not set(preferred) & set(rejected())
