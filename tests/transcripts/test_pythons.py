"""Which programs of a machine are taken for the Pythons that prove the book."""

import sys

import pytest

from transcripts import pythons
from transcripts.pythons import Python

FAKE = """\
import importlib.util, sys, sysconfig
{change}
exec(sys.argv[-1])
"""


@pytest.fixture
def program(tmp_path):
    """Give a function that makes a program which answers as a changed Python would."""

    def make(change="", folder="bin"):
        home = tmp_path / folder
        home.mkdir(exist_ok=True)
        count = len(list(home.iterdir()))
        fake = home / f"fake{count}.py"
        fake.write_text(FAKE.format(change=change))
        path = home / f"python{count}"
        path.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{fake}' \"$@\"\n")
        path.chmod(0o755)
        return path

    yield make
    pythons.probe.cache_clear()


def release(patch, level="final"):
    return f"sys.version_info = (3, 14, {patch}, {level!r}, 0)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (release(0, "alpha"), "is no release (alpha)"),
        (release(0, "candidate"), "is no release (candidate)"),
        ("sys.gettotalrefcount = int", "is a debug build"),
        ("sysconfig.get_config_var = 'Py_GIL_DISABLED'.__eq__", "is a free-threaded build"),
        ("importlib.util.find_spec = 'json'.startswith", "has no venv; on Debian and Ubuntu: apt"),
    ],
)
def test_a_build_that_cannot_prove_the_book_is_passed_over_by_name(program, change, said):
    path = program(change)
    found = pythons.probe(path)
    assert isinstance(found, str)
    assert found.startswith(str(path))
    assert said in found


def test_what_is_no_python_is_nothing(tmp_path):
    path = tmp_path / "python3"
    path.write_text("#!/bin/sh\necho hello\n")
    path.chmod(0o755)
    assert pythons.probe(path) is None


@pytest.fixture
def here(monkeypatch, program):
    """Give a function that says which programs there are."""

    def say(*changes):
        programs = [program(change) for change in changes]
        monkeypatch.setattr(pythons, "candidates", lambda _minor: iter(programs))
        monkeypatch.setattr(pythons, "supported", lambda: [(3, 14)])
        monkeypatch.delenv("PYTHONS", raising=False)
        return programs

    return say


def test_of_two_releases_of_one_version_the_newer_is_taken(here):
    here(release(8), release(10), release(9))
    assert pythons.find((3, 14)).version == (3, 14, 10)


def test_a_program_that_is_passed_over_leaves_the_place_to_an_older_release(here):
    here(release(11, "candidate"), release(8))
    assert pythons.find((3, 14)).version == (3, 14, 8)
    assert len(pythons.passed_over()) == 1


def test_what_is_named_goes_before_what_is_newer(here, program, monkeypatch):
    here(release(10))
    monkeypatch.setenv("PYTHONS", str(program(release(2))))
    assert pythons.find((3, 14)).version == (3, 14, 2)


def test_names_may_stand_in_folders_with_blanks(program, monkeypatch):
    one, two = program(release(1), "my pythons"), program(release(2), "my pythons")
    monkeypatch.setenv("PYTHONS", f"{one}:{two}")
    assert pythons.named() == [str(one), str(two)]
    monkeypatch.setenv("PYTHONS", str(one))
    assert pythons.named() == [str(one)]


def test_a_named_build_that_cannot_prove_the_book_is_an_error(here, program, monkeypatch):
    here(release(10))
    monkeypatch.setenv("PYTHONS", str(program(release(0, "beta"))))
    with pytest.raises(LookupError, match=r"is no release \(beta\)"):
        pythons.find_all()


def test_the_note_of_what_proved_the_edition_keeps_the_rest_of_the_file(monkeypatch, tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.import-karo]\npythons = ["3.14"]\nproven = []\n# end\n')
    monkeypatch.setattr(pythons, "PYPROJECT", path)
    found = [Python((3, 14, 10), path, path)]
    assert pythons.note_proven(found)
    assert path.read_text().endswith('proven = ["3.14.10"]\n# end\n')
    assert not pythons.note_proven(found)
    assert pythons.proven() == {(3, 14): (3, 14, 10)}
