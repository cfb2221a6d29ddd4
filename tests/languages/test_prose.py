"""The Hinglish of the chapters is held to its spelling list, and stays short."""

import pickle

import pytest
from docutils import nodes
from import_karo.core import editions
from import_karo.languages.catalogs import hinglish


def test_the_hinglish_of_the_book_is_spelled_one_way_and_kept_short(built):
    found, doubts = hinglish.faults(built.root / "build/cache/doctrees/hinglish")
    assert [str(fault) for fault in found] == []
    assert [str(doubt) for doubt in doubts if "words in one sentence" in doubt.text] == []


@pytest.fixture
def checked(tmp_path):
    """Give a function that checks a chapter of one paragraph: faults, then doubts, as text."""

    def check(text):
        document = nodes.document(None, None)
        document += nodes.paragraph("", "", nodes.literal("", "akhri bas he"))
        paragraph = nodes.paragraph("", text)
        paragraph.line = 7
        document += paragraph
        (tmp_path / "chapter.doctree").write_bytes(pickle.dumps(document))
        return [[str(each) for each in kind] for kind in hinglish.faults(tmp_path)]

    return check


PLACE = "book/chapter.md:7: "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Aap akhri line padhiye.", "akhri: the book writes aakhri"),
        ("Yeh bas itna hai.", "bas: see"),
        ("Yeh hai।", "a danda"),
    ],
)
def test_a_fault_in_the_hinglish_is_named_with_its_line(checked, monkeypatch, text, said):
    monkeypatch.chdir(editions.ROOT)
    (fault,), doubts = checked(text)
    assert fault.startswith(PLACE)
    assert said in fault
    assert doubts == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shabd " * 29, "29 words in one sentence"),
        ("Yeh he.", "he: if it is the Hindi word, the book writes hai"),
    ],
)
def test_what_may_be_meant_so_is_advice(checked, monkeypatch, text, said):
    monkeypatch.chdir(editions.ROOT)
    faults, (doubt,) = checked(text)
    assert faults == []
    assert doubt.startswith(PLACE)
    assert said in doubt


@pytest.mark.parametrize("path", [hinglish.SPELLING, hinglish.DOUBTFUL], ids=lambda each: each.name)
def test_no_spelling_is_both_preferred_and_rejected(path):
    preferred = [line.split("\t")[0] for line in path.read_text().splitlines()]
    assert len(preferred) == len(set(preferred)) > 20
    assert not set(preferred) & {*hinglish.rejected(path), *hinglish.rejected(hinglish.SPELLING)}
