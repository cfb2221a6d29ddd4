"""One commit, one lock, one Python: the same bytes, wherever and whenever the book is built."""

import os
import subprocess
import sys

from shared_fixtures import SOURCES, copy_project


def contents(folder):
    """Return every published file by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in ("html", "epub", "pdf", "print", "code")
        for path in sorted((folder / "build" / name).rglob("*"))
        if path.is_file()
    }


def test_two_clean_builds_are_the_same_bytes(built, tmp_path):
    """In another folder, time zone, home, locale, umask, and with another hash seed."""
    other = copy_project(tmp_path / "elsewhere, with a comma", *SOURCES)
    home = tmp_path / "another home"
    home.mkdir()
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    env |= {
        "HOME": str(home),
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "PYTHONPATH": "book/_ext",
        "TZ": "Asia/Kolkata",
    }
    command = [
        sys.executable,
        "-m",
        "import_karo.verbs.build",
        "epub",
        "pdf",
        "print",
        "code",
        "html",
    ]
    done = subprocess.run(
        command, cwd=other.root, env=env, umask=0o077, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    one, two = contents(built.root), contents(other.root)
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert len(one) > 50
