"""The names and forms of recordings."""

from pathlib import Path

import pytest

from transcripts import recordings
from transcripts.recordings import RecordingError


@pytest.fixture
def folder(tmp_path):
    for name in ("run.console", "run.upto-3.12.console", "run.upto-3.11.console"):
        (tmp_path / name).write_text("$ python main.py\n")
    return tmp_path


@pytest.mark.parametrize(
    ("python", "name"),
    [
        ((3, 13, 0), "run.console"),
        ((3, 12, 9), "run.upto-3.12.console"),
        ((3, 11, 7), "run.upto-3.11.console"),
        ((3, 10, 1), "run.upto-3.11.console"),
    ],
)
def test_the_lowest_bound_that_covers_the_python_wins(folder, python, name):
    assert recordings.chosen(folder / "run.console", python).name == name


def test_a_bound_may_name_a_patch_release(folder):
    (folder / "run.upto-3.13.4.console").write_text("$ python main.py\n")
    assert recordings.chosen(folder / "run.console", (3, 13, 4)).name == "run.upto-3.13.4.console"
    assert recordings.chosen(folder / "run.console", (3, 13, 5)).name == "run.console"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf$ x\n", ":1: begins with a BOM"),
        (b"$ x\na\rb\n", ":2: has a carriage return"),
        (b"$ x\n\n\x1b[31mred\n", ":3: holds the character U\\+001B"),
        (b"$ x\na\x0c\n", ":2: holds the character U\\+000C"),
        (b"$ x\na\x00\n", ":2: holds the character U\\+0000"),
        ("$ x\na\x85\n".encode(), ":2: holds the character U\\+0085"),
    ],
)
def test_what_no_page_can_show_is_refused_with_its_line(folder, data, said):
    path = folder / "run.console"
    path.write_bytes(data)
    with pytest.raises(RecordingError, match=f"run.console{said}"):
        recordings.read(path)


def test_a_line_ends_at_a_new_line_and_nowhere_else():
    text = "$ python main.py\na\u2028$ ls\nb\u2029c\n"
    found = recordings.steps(Path("run.console"), text)
    assert [step.text for step in found] == ["$ python main.py"]
    assert recordings.lines("a\n\nb") == ["a\n", "\n", "b"]


def test_the_line_numbers_of_frozen_frames_are_taken_from_the_record():
    recorded = (
        '  File "<frozen runpy>", line 198, in f\n<frozen runpy>:128: RuntimeWarning\nline 7\n'
    )
    printed = recorded.replace("198", "201").replace("128", "129").replace("line 7", "line 8")
    assert recordings.with_frozen_lines(printed, recorded) == recorded.replace("line 7", "line 8")


def test_output_belongs_to_the_command_above_it():
    text = "$ echo a\na\n\n$ echo b\nb\n"
    found = recordings.steps(Path("run.console"), text)
    assert [(step.line, step.output) for step in found] == [(1, "a\n\n"), (4, "b\n")]


def test_a_session_keeps_continued_lines_apart_from_output():
    text = ">>> for x in [1]:\n...     x\n... \n1\n"
    found = recordings.steps(Path("repl.pycon"), text)
    assert [step.output for step in found] == ["", "", "1\n"]


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"8\n$ echo 8\n8\n", 1, "must start with"),
        (b"", 1, "is empty"),
        (b"$ echo \xff\n", 1, "is not UTF-8"),
        (b"$ echo a\na\r\n", 2, "carriage return"),
    ],
)
def test_a_malformed_recording_is_named_with_its_line(tmp_path, data, line, said):
    path = tmp_path / "run.console"
    path.write_bytes(data)
    with pytest.raises(RecordingError, match=rf"run\.console:{line}: .*{said}"):
        recordings.steps(path, recordings.read(path))


SUPPORTED = [(3, 11), (3, 12), (3, 13)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("run.pycon", ">>> 1\n1\n", "two transcripts of one name"),
        ("Run.console", "$ echo\n\n", "two transcripts of one name"),
    ],
)
def test_two_transcripts_of_one_name_are_refused(folder, name, text, said):
    (folder / name).write_text(text)
    if len(list(folder.iterdir())) < 4:
        pytest.skip("this file system does not tell Run.console from run.console")
    with pytest.raises(RecordingError, match=said):
        recordings.check_neighbours(folder / "run.console", SUPPORTED)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("alone.upto-3.12.console", "$ python main.py\n", "has no alone.console beside it"),
        ("run.upto-3.9.console", "$ python main.py\n", "is read by no supported Python"),
        ("run.upto-3.11.console", "$ python other.py\n", "command 1 differs"),
    ],
)
def test_a_variant_that_nobody_can_mean_is_refused(folder, name, text, said):
    (folder / name).write_text(text)
    with pytest.raises(RecordingError, match=said):
        recordings.check_neighbours(folder / name, SUPPORTED)
