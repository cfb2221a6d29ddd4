"""What a run may print so that its recording is read back as the same commands and output."""

import pytest

from transcripts import accept, pythons, recordings
from transcripts.recordings import RecordingError
from transcripts.replay import replay


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('print("...")', "looks like what is typed"),
        ('print(">>> hi")', "looks like what is typed"),
        ('print("... ruko")', "looks like what is typed"),
        ('print("x", end="")', "does not end with a new line"),
        ('x = input("Naam? ")', "does not end with a new line"),
        ('print("\\x01x")', r"prints the character U\+0001"),
        ('print("\\x01\\x02")', "does not end with a new line|more prompts than were typed"),
        ('print("10%\\r20%")', "prints a carriage return"),
        ('print("\\x1b[31mred")', r"prints the character U\+001B"),
    ],
)
def test_a_session_prints_nothing_that_looks_typed(recording, python, sandbox, typed, said):
    path = recording(f">>> {typed}\n>>> 1\n", "repl.pycon")
    with pytest.raises(RecordingError, match=rf"repl.pycon:\d: .*({said})"):
        replay(path, python, sandbox)


def test_a_session_may_print_what_only_contains_a_prompt(recording, python, sandbox):
    path = recording('>>> print("a >>> b ...")\n>>> 1\n', "repl.pycon")
    assert replay(path, python, sandbox) == '>>> print("a >>> b ...")\na >>> b ...\n>>> 1\n1\n'


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ('print("10%\\r20%")', "prints a carriage return"),
        ('print("\\x1b[31mred")', r"prints the character U\+001B"),
        ('print("\\x0c")', r"prints the character U\+000C"),
        ('print("$ ls")', "looks like what is typed"),
    ],
)
def test_a_program_prints_what_a_page_can_show(recording, python, sandbox, program, said):
    path = recording("$ python main.py\n", main=program)
    with pytest.raises(RecordingError, match=f"run.console:1: .*{said}"):
        replay(path, python, sandbox)


def test_a_line_separator_in_a_line_does_not_begin_a_command(recording, python, sandbox):
    path = recording("$ python main.py\n", main='print("a\\u2028$ ls")')
    text = replay(path, python, sandbox)
    assert [step.text for step in recordings.steps(path, text)] == ["$ python main.py"]


def test_a_session_may_type_more_than_a_pipe_holds(recording, python, sandbox, monkeypatch):
    monkeypatch.setattr(sandbox, "seconds", 10)
    typed = "".join(f">>> x = {'1' * 900}\n" for _ in range(100))
    path = recording(typed, "repl.pycon")
    assert replay(path, python, sandbox) == typed


@pytest.mark.parametrize(
    "program",
    [
        "import platform; print(platform.node())",
        "import os; print(os.getpid())",
        "import os; print(os.cpu_count())",
        'print({"chai", "daal", "rice", "oil"})',
        'print(hash("chai"))',
    ],
)
def test_what_differs_by_machine_is_not_recorded(recording, python, monkeypatch, sandbox, program):
    if "node" in program and not sandbox.namespaces:
        pytest.skip(f"no namespaces here: {sandbox.reason}")
    if "cpu" in program and python.minor < (3, 13):
        pytest.skip("needs Python 3.13, whose number of processors can be set")
    monkeypatch.setattr(pythons, "supported", lambda: [python.minor])
    path = recording("$ python main.py\n", main=program)
    with pytest.raises(RecordingError, match="on a machine of another name"):
        accept.accept(path, [python], sandbox)
    assert path.read_text() == "$ python main.py\n"
