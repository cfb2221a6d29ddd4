"""The pytest plugin, run as people run it, in a project of its own."""

import json
import os
import re
import sys

import pytest
from shared_fixtures import Book, copy_project

from transcripts import pythons


@pytest.fixture
def project(tmp_path) -> Book:
    book = copy_project(
        tmp_path / "a project",
        "pyproject.toml",
        "tests/transcripts",
        "tests/shared_fixtures.py",
        "tests/pages/__init__.py",
        "tests/pages/chromium.py",
    )
    for path in (book.root / "tests/transcripts").glob("test_*.py"):
        path.unlink()
    book.write("code/x/hello/main.py", 'print("Import Karo!")\n')
    book.write("code/x/hello/run.console", "$ python main.py\nImport Karo!\n")
    book.write("code/x/hello/wrong.console", "$ python main.py\nImport  Karo! \n")
    (book.root / "book/_ext").mkdir(parents=True)
    return book


def pytest_in(project, *options, **variables):
    # The project has none of the Pythons that `make pythons` fetches into this checkout.
    found = os.pathsep.join(str(python.executable) for python in pythons.find_all())
    variables = {"PYTHONS": found} | variables
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    if "--lf" in options:
        del command[3:5]
    return project.run(*command, **variables)


def test_an_item_is_its_path_and_a_wrong_output_is_shown_with_file_line_and_diff(project):
    done = pytest_in(project, "-v", "code")
    assert done.returncode == 1
    assert "code/x/hello/run.console PASSED" in done.stdout
    assert "code/x/hello/wrong.console FAILED" in done.stdout
    assert "code/x/hello/wrong.console:2: the output differs" in done.stdout
    assert "-Import  Karo!·\n+Import Karo!\n" in done.stdout


def test_one_path_or_folder_can_be_named_and_lf_finds_what_failed(project):
    assert pytest_in(project, "code/x/hello/run.console").returncode == 0
    command = [sys.executable, "-m", "pytest", "-q"]
    assert "1 failed, 1 passed" in project.run(*command, "code/x").stdout
    assert "1 failed in" in project.run(*command, "--lf", "code/x").stdout


def test_nothing_under_code_is_imported_but_everything_is_collected(project):
    for name in ("conftest.py", "test_reader.py", "hello/conftest.py", "build/test_b.py"):
        project.write(f"code/x/{name}", "raise SystemExit('imported')\n")
    for name in ("build", "dist", "venv"):
        project.write(f"code/x/{name}/run.console", "$ echo hello\nhello\n")
    (project.root / "code/x/hello/wrong.console").unlink()
    done = pytest_in(project, "-q")
    assert "4 passed" in done.stdout, done.stdout


def test_a_faulty_recording_is_one_failed_item_without_a_traceback_of_ours(project):
    project.write("code/x/hello/wrong.console", b"$ python main.py\n\xff\n")
    done = pytest_in(project, "code")
    assert "wrong.console:2: is not UTF-8" in done.stdout
    assert "replay.py" not in done.stdout


def test_an_exit_status_that_the_reader_cannot_see_is_refused(project):
    project.write("code/x/hello/main.py", "raise SystemExit(3)\n")
    project.write("code/x/hello/run.console", "$ python main.py\n$ echo $?\n3\n")
    project.write("code/x/hello/wrong.console", "$ python main.py\n$ echo done\ndone\n")
    done = pytest_in(project, "code")
    assert "wrong.console:1: ends with exit status 3, which the reader cannot see" in done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_pythons_own_complaint_is_an_error_text_even_where_its_path_has_a_blank(project):
    line = "/home/asha/.venv/bin/python: No module named gone\n"
    project.write("code/x/hello/wrong.console", f"$ python -m gone\n{line}")
    done = pytest_in(project, "code")
    assert "2 passed" in done.stdout, done.stdout


def test_everything_lets_nothing_be_skipped(project):
    project.write("tests/test_x.py", "import pytest\ndef test_x(): pytest.skip('no Java')\n")
    assert "SKIPPED" in pytest_in(project, "tests/test_x.py").stdout
    if pythons.indispensable(pythons.find_all()):
        pytest.skip("needs the oldest and the newest Python")
    done = pytest_in(project, "--everything", "tests/test_x.py")
    assert "lets nothing be skipped: Skipped: no Java" in done.stdout
    assert done.returncode == 1


def test_a_missing_python_is_named(project):
    newest = '"3.15"]'
    text = (project.root / "pyproject.toml").read_text()
    project.write("pyproject.toml", text.replace(newest, '"3.15", "3.99"]'))
    done = pytest_in(project, "--everything")
    assert done.returncode == 4
    assert "Python 3.99 is missing" in done.stderr
    absent = re.search("not run on Python (.*), not found", pytest_in(project, "code").stdout)
    assert absent[1].split(", ")[-1] == "3.99"


def test_one_between_the_oldest_and_the_newest_may_be_missing_and_is_named(project, python):
    oldest = pythons.find_all()[0]
    if oldest == python:
        pytest.skip("needs two Pythons")
    names = [".".join(map(str, each)) for each in (oldest.minor, (3, 11, 99), python.minor)]
    text = re.sub(
        "(?m)^pythons = .*", f"pythons = {names}", (project.root / "pyproject.toml").read_text()
    )
    project.write("pyproject.toml", text)
    project.write("code/x/hello/wrong.console", "$ python main.py\nImport Karo!\n")
    done = pytest_in(project, "--everything", "code")
    assert done.returncode == 0, done.stdout
    assert "not run on Python 3.11.99, not found" in done.stdout


def settle(project, **settings):
    text = (project.root / "pyproject.toml").read_text()
    for name, releases in settings.items():
        text = re.sub(f"(?m)^{name} = .*", f"{name} = {json.dumps(releases)}", text)
    project.write("pyproject.toml", text)


def named(version):
    return ".".join(map(str, version))


def test_a_newer_release_than_the_one_that_proved_the_edition_is_advice(project, python):
    older = named((*python.minor, python.version[2] - 1))
    settle(project, proven=[older])
    done = pytest_in(project, "code")
    assert f"advice: Python {python.name} is here, and {older} proved this edition" in done.stdout


def test_an_older_release_than_that_is_named_and_runs_only_where_there_is_no_other(project):
    found = pythons.find_all()
    if len(found) < 2:
        pytest.skip("needs a second Python")
    *_, second, newest = found
    later = named((*newest.minor, newest.version[2] + 1))
    settle(project, proven=[second.name, later])
    out = pytest_in(project, "code").stdout
    assert f"advice: Python {newest.name} is here, and {later} proved this edition; `make p" in out
    assert f"not run on Python {', '.join(p.name for p in [*found[:-2], newest])} (make" in out
    out = pytest_in(project, "code", PYTHONS=str(newest.executable)).stdout
    assert "1 failed, 1 passed" in out


def test_a_python_that_is_named_wrongly_is_an_error(project):
    done = pytest_in(project, PYTHONS="/no/such/python")
    assert "PYTHONS names /no/such/python" in done.stderr


def test_a_newer_python_is_reported_as_not_supported_yet(project):
    found = pythons.find_all()
    if len(found) < 2:
        pytest.skip("needs a second Python")
    settle(project, pythons=[named(each.minor) for each in found[:-1]])
    assert f"Python {found[-1].name} is here but not supported yet" in pytest_in(project).stdout


def test_each_recording_runs_on_the_pythons_that_are_held_against_it(project):
    if pythons.missing(pythons.find_all()):
        pytest.skip("needs every supported Python")
    (project.root / "code/x/hello/wrong.console").unlink()
    project.write("code/x/hello/main.py", "import sys\nprint(sys.version_info >= (3, 13))\n")
    project.write("code/x/hello/run.console", "$ python main.py\nTrue\n")
    project.write("code/x/hello/run.upto-3.12.console", "$ python main.py\nFalse\n")
    done = pytest_in(project, "code", "--everything", "-v")
    assert "5 passed" in done.stdout
    assert "code/x/hello/run.upto-3.12.console[3.11] PASSED" in done.stdout
    plain = pytest_in(project, "code").stdout
    assert "1 passed" in plain
    assert "code/x/hello/run.upto-3.12.console" in plain  # named as not compared
