"""What no format can hold is refused at the door it comes by, with its file and line."""

import re

import pytest
from import_karo.core import characters
from transcripts import recordings


def append(book, text):
    chapter = book.root / "book/chapter.md"
    chapter.write_text(chapter.read_text() + text)


def test_the_runner_and_the_book_agree_on_what_can_be_shown():
    assert characters.UNPRINTABLE.pattern == recordings.UNPRINTABLE.pattern
    assert characters.first("a\nb\x0c") == (2, "the character U+000C")
    assert characters.first("चाय \N{RUPEE SIGN} \u200d\U0001f375") is None


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1b", "\x07", "\x7f", "\x85"])
def test_a_chapter_with_a_character_that_no_page_can_show_is_refused(small_book, sign):
    append(small_book, f"\nEk{sign}do.\n")
    done = small_book.sphinx()
    assert done.returncode == 1
    assert re.search(rf"chapter\.md:12: WARNING: the character U\+{ord(sign):04X}", done.stderr)


@pytest.mark.parametrize("sign", ["\x0c", "\x1b", "\ufeff"])
def test_a_listing_with_such_a_character_is_refused(small_book, sign):
    small_book.write("code/chapter/hello/main.py", f"a = 1\n{sign}\nb = 2\n")
    done = small_book.sphinx()
    assert done.returncode == 1
    assert f"code/chapter/hello/main.py:2: the character U+{ord(sign):04X}" in done.stderr
    assert re.search(r"chapter\.md:\d+: ERROR", done.stderr)


@pytest.mark.parametrize("text", ["in <module> likha", "aur List<int> bhi", "<div>"])
def test_words_in_angle_brackets_are_refused_and_not_lost(small_book, text):
    append(small_book, f"\n{text}\n")
    done = small_book.sphinx()
    assert done.returncode == 1
    assert re.search(r"chapter\.md:\d+: WARNING: raw HTML <\w+>; write it in `back", done.stderr)


def test_a_comment_and_code_in_angle_brackets_are_no_raw_html(small_book):
    append(small_book, "\n<!-- kal likhna hai -->\n\nYeh `<module>` hai, aur \\<yeh\\> bhi.\n")
    done = small_book.sphinx()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("torn.svg", "<svg><g></svg>", r"book/figures/torn\.svg:1: is no XML: mismatched tag"),
        ("a b.svg", "<svg/>", r"the picture figures/a( |%20)b\.svg: its name may hold"),
        ("naqsha-é.svg", "<svg/>", r"the picture figures/naqsha-(é|%C3%A9)\.svg: its name may"),
    ],
)
def test_a_picture_that_some_format_cannot_take_is_refused(small_book, name, text, said):
    small_book.write(f"book/figures/{name}", text)
    append(small_book, f"\n![Naqsha](<figures/{name}>)\n")
    done = small_book.sphinx()
    assert done.returncode == 1
    assert re.search(rf"chapter\.md:\d+: WARNING: {said}", done.stderr), done.stderr
