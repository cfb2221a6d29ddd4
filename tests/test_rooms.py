"""The rooms of the book's own program: imports lead downwards, and nowhere in a circle."""

import os
import subprocess
import sys

import pytest
from shared_fixtures import copy_project
from transcripts.sandbox import ROOT

LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"


def lint(root):
    """Hold the program below a folder against the contracts of its pyproject.toml."""
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=root, env=os.environ | {"PYTHONPATH": "book/_ext"},
        capture_output=True, text=True,
    )  # fmt: skip


def test_imports_lead_downwards_and_nowhere_in_a_circle():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "3 kept, 0 broken" in done.stdout


IN_A_FUNCTION = "\n\ndef up():\n    from {} import {}\n"
FOR_TYPES = "\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {} import {}\n"


@pytest.mark.parametrize("form", [IN_A_FUNCTION, FOR_TYPES], ids=["in a function", "for types"])
@pytest.mark.parametrize(
    ("file", "imported", "named"),
    [
        ("core/editions.py", ("..verbs", "build"), "import_karo.core.editions"),
        ("pdf/tables.py", (".", "translator"), "translator -> .tables"),
        ("languages/catalogs/compiled.py", (".", "status"), ".compiled -> .status"),
        ("sphinx_fixes/safe_rebuild.py", ("..core", "editions"), "sphinx_fixes.safe_rebuild"),
        ("directives/errata.py", ("..sphinx_fixes", "safe_rebuild"), "directives.errata"),
    ],
)
def test_an_import_upwards_or_in_a_circle_is_named(tmp_path, form, file, imported, named):
    book = copy_project(tmp_path, "pyproject.toml", "book/_ext")
    path = book.root / "book/_ext/import_karo" / file
    path.write_text(path.read_text() + form.format(*imported))
    done = lint(book.root)
    assert done.returncode == 1
    assert named in done.stdout
    assert " 1 broken" in done.stdout or " 2 broken" in done.stdout


def test_a_module_that_stands_in_no_room_is_named(tmp_path):
    book = copy_project(tmp_path, "pyproject.toml", "book/_ext")
    book.write("book/_ext/import_karo/lonely.py", '"""Stands in no room."""\n')
    done = lint(book.root)
    assert done.returncode == 1
    assert "lonely" in done.stdout
