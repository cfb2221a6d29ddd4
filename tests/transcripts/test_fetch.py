"""`make pythons`: what it refuses, and that nothing half-made is used. No network is asked."""

import subprocess
import sys
from pathlib import Path

import pytest

from transcripts import fetch, pythons
from transcripts.fetch import FetchError
from transcripts.pythons import Python

SOURCES = "bookworm main http://example.org/debian\n"


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Give a Debian machine on which 3.11 is found, and suites with what `offers` says."""
    offers = {}
    found = [Python((3, 11, 7), Path("python3.11"), Path("/usr"))]
    fetched = []

    class Apt:
        def __init__(self, folder, suite):
            self.suite = suite

        def candidate(self, minor):
            return offers.get((self.suite, minor))

        def download(self, minors):
            return [Path(f"{self.suite}-{minors}.deb")]

    def unpack(packages, minors, root):
        fetched.append((root.parent.name, [fetch.package(minor) for minor in minors]))
        found.extend(Python((*minor, 9), root, root) for minor in minors)

    monkeypatch.setattr(fetch, "Apt", Apt)
    monkeypatch.setattr(fetch, "refuse", lambda: None)
    monkeypatch.setattr(fetch, "unpack", unpack)
    monkeypatch.setattr(pythons, "FETCHED", tmp_path / "pythons")
    monkeypatch.setattr(pythons, "find_all", lambda: sorted(found, key=lambda each: each.version))
    monkeypatch.setattr(pythons, "supported", lambda: [(3, 11), (3, 12), (3, 15)])
    machine.offers, machine.fetched = offers, fetched
    return machine


def test_what_a_suite_has_newer_is_fetched_and_the_rest_is_sought_in_older_ones(machine, capsys):
    machine.offers.update({("unstable", (3, 15)): (3, 15, 9), ("stable", (3, 12)): (3, 12, 9)})
    assert fetch.main() == 0
    assert machine.fetched == [("pythons", ["python3.15"]), ("pythons", ["python3.12"])]
    assert "Python 3.15.9" in capsys.readouterr().out


def test_a_version_that_the_machine_has_is_not_replaced_by_an_older_one(machine):
    machine.offers.update({("unstable", (3, 15)): (3, 15, 9), ("unstable", (3, 11)): (3, 11, 2)})
    fetch.main()
    assert machine.fetched == [("pythons", ["python3.15"])]


def test_a_version_that_no_suite_has_is_named_with_where_it_was_sought(machine, capsys):
    machine.offers.update({("unstable", (3, 15)): (3, 15, 9)})
    assert fetch.main() == 0  # one between the oldest and the newest
    said = "Python 3.12: not here, and not in Debian's unstable, testing, stable, oldstable"
    assert said in capsys.readouterr().out
    machine.offers.clear()


def test_without_the_newest_the_verb_fails(machine, capsys):
    assert fetch.main() == 1
    assert "Python 3.15: not here" in capsys.readouterr().out


def test_sources_that_name_no_archive_are_an_error(monkeypatch):
    said = {"text": "noble main http://example.org/ubuntu\nbookworm contrib http://x/debian\n"}
    monkeypatch.setattr(fetch, "run", lambda _command: said["text"])
    with pytest.raises(FetchError, match="name no Debian archive"):
        fetch.archive()
    said["text"] += SOURCES
    assert fetch.archive() == "http://example.org/debian"


def test_a_machine_without_apt_is_told_what_to_do(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "/nowhere")
    assert fetch.main() == 1
    said = capsys.readouterr().err
    assert "this machine has no apt-get" in said
    assert "PYTHONS=/path/to/python" in said


def test_a_program_that_fails_is_reported_in_its_own_words():
    with pytest.raises(FetchError, match="No such file"):
        fetch.run(["ls", "/no/such/folder"])
    with pytest.raises(FetchError, match="no-such-program"):
        fetch.run(["no-such-program"])


def test_an_interrupted_fetch_leaves_no_program(monkeypatch, tmp_path):
    root = tmp_path / "pythons/key"

    def run(command):
        if command[0] == "dpkg-deb":
            for name in ("usr/lib/x86/ld-linux-x86-64.so.2", "usr/bin/python3.15"):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).touch()
            (root / "usr/lib/python3.15/ensurepip").mkdir(parents=True)
            (root / "usr/lib/python3.15/ensurepip/__init__.py").touch()
            return ""
        raise FetchError("cut off")

    monkeypatch.setattr(fetch, "run", run)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: None)
    with pytest.raises(FetchError, match="cut off"):
        fetch.unpack([Path("python3.15.deb")], [(3, 15)], root)
    monkeypatch.setattr(pythons, "FETCHED", root.parent)
    assert root / "usr/bin/python3.15" not in list(pythons.candidates((3, 15)))


@pytest.mark.skipif(not Path("/lib64/ld-linux-x86-64.so.2").exists(), reason="needs glibc's loader")
def test_the_starter_keeps_the_name_by_which_a_python_was_called(tmp_path):
    program = tmp_path / "my bin" / "python"
    program.parent.mkdir()
    program.write_text(
        fetch.STARTER.format(
            loader="/lib64/ld-linux-x86-64.so.2",
            libraries="/lib/x86_64-linux-gnu",
            program=Path(sys.executable).resolve(),
        )
    )
    program.chmod(0o755)
    command = ["-c", "import sys; print(sys.orig_argv[0])"]
    by_path = subprocess.run([program, *command], capture_output=True, text=True, check=True)
    assert by_path.stdout.strip() == str(program)
    env = {"PATH": f"{program.parent}:/usr/bin"}
    by_name = subprocess.run(
        [program, *command], env=env, capture_output=True, text=True, check=True
    )
    assert by_name.stdout.strip() == "python"
