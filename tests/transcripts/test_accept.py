"""`make accept`: what it writes, what it removes, what it refuses."""

from pathlib import Path

import pytest

from transcripts import accept, pythons
from transcripts.pythons import Python
from transcripts.recordings import RecordingError


def fake(minor, patch=0) -> Python:
    return Python((3, minor, patch), Path("python"), Path("/usr"))


@pytest.fixture
def printed(monkeypatch):
    """Decide what each Python prints, by minor version; a list is printed in turn."""
    outputs: dict[int, object] = {}

    def replay(path, python, sandbox, *, elsewhere=False):
        output = outputs[python.version[1]]
        return "$ x\n" + (output.pop(0) if isinstance(output, list) else output)

    monkeypatch.setattr(accept, "replay", replay)
    monkeypatch.setattr(pythons, "supported", lambda: [(3, 11), (3, 12), (3, 13)])
    return outputs


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "run.console").write_text("$ x\n")
    return tmp_path


def texts(folder):
    return {path.name: path.read_text().removeprefix("$ x\n") for path in folder.iterdir()}


ALL = [fake(11), fake(12), fake(13)]


def run(folder, found=ALL):
    return accept.accept(folder / "run.console", found, None)


def test_what_prints_the_same_everywhere_is_one_file(folder, printed):
    printed.update({11: "8\n", 12: "8\n", 13: "8\n"})
    assert len(run(folder)) == 1
    assert texts(folder) == {"run.console": "8\n"}
    assert run(folder) == []


def test_an_older_python_writes_its_own_file(folder, printed):
    printed.update({11: "old\n", 12: "old\n", 13: "new\n"})
    run(folder)
    assert texts(folder) == {"run.console": "new\n", "run.upto-3.12.console": "old\n"}
    printed[12] = "new\n"
    run(folder)
    assert texts(folder) == {"run.console": "new\n", "run.upto-3.11.console": "old\n"}


def test_a_file_that_is_no_longer_needed_is_removed(folder, printed):
    (folder / "run.upto-3.12.console").write_text("$ x\nold\n")
    printed.update({11: "8\n", 12: "8\n", 13: "8\n"})
    assert any("removed" in line for line in run(folder))
    assert texts(folder) == {"run.console": "8\n"}


def test_only_the_newest_supported_python_writes_the_plain_file(folder, printed):
    printed.update({12: "8\n"})
    run(folder, [fake(12)])
    assert texts(folder) == {"run.console": "", "run.upto-3.12.console": "8\n"}


def test_a_patch_bound_of_the_own_minor_version_is_kept_apart(folder, printed):
    (folder / "run.console").write_text("$ x\nlater\n")
    (folder / "run.upto-3.13.4.console").write_text("$ x\nearlier\n")
    printed.update({13: "3.13.0\n"})
    run(folder, [fake(13)])
    assert texts(folder) == {"run.console": "later\n", "run.upto-3.13.4.console": "3.13.0\n"}


def test_output_that_differs_between_two_runs_is_refused_and_nothing_is_written(folder, printed):
    printed.update({13: ["1\n", "2\n"]})
    with pytest.raises(RecordingError, match="something else each time"):
        run(folder, [fake(13)])
    assert texts(folder) == {"run.console": ""}


def test_the_verb_lists_what_it_wrote_and_fails_for_what_it_refused(
    recording, python, capsys, monkeypatch
):
    monkeypatch.setattr(pythons, "find_all", lambda: [python])
    monkeypatch.setattr(pythons, "supported", lambda: [python.minor])
    good = recording("$ python main.py\n", main="print(8)\n")
    recording("$ python clock.py\n", "bad.console", clock="import time\nprint(time.time())\n")
    assert accept.main([str(good.parent)]) == 1
    out = capsys.readouterr().out
    assert "wrote" in out
    assert "run.console" in out
    assert "refused: " in out
    assert "bad.console:1: prints something else each time" in out
    assert good.read_text() == "$ python main.py\n8\n"
    assert not list(good.parent.glob("tmp*"))


def test_a_path_that_is_not_there_is_named(tmp_path, capsys):
    assert accept.main([str(tmp_path / "import-form")]) == 2
    assert "no folder and no transcript: " in capsys.readouterr().err


def test_a_refused_recording_is_not_called_up_to_date(recording, python, capsys, monkeypatch):
    monkeypatch.setattr(pythons, "find_all", lambda: [python])
    monkeypatch.setattr(pythons, "supported", lambda: [python.minor])
    path = recording("$ python main.py\n", main='print("a\\rb")')
    assert accept.main([str(path)]) == 1
    out = capsys.readouterr().out
    assert "refused: " in out
    assert "up to date" not in out
    assert path.read_text() == "$ python main.py\n"


def test_a_fresh_recording_then_holds(recording, python, sandbox, monkeypatch):
    monkeypatch.setattr(pythons, "supported", lambda: [python.minor])
    path = recording(">>> 3 + 5\n>>> for n in [1]:\n...     n\n...\n", "repl.pycon")
    accept.accept(path, [python], sandbox)
    assert path.read_text() == ">>> 3 + 5\n8\n>>> for n in [1]:\n...     n\n...\n1\n"
    assert accept.accept(path, [python], sandbox) == []
