"""Runs `python -m MODULE` in a process forked from one that has Sphinx loaded.

Half the CPU of a small book's build is importing Sphinx, MyST and the theme; the suite makes some
four hundred such builds. Our own package is not loaded beforehand: each book brings its own.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

from sphinx.application import builtin_extensions

# Not from forks.py, which would bring our own package into each child.
LOADED = (
    "sphinx.cmd.build",
    *builtin_extensions,
    "myst_parser.sphinx_ext.main",
    "furo",
    "sphinx_copybutton",
    "sphinx_multitoc_numbering",
)
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(list(LOADED))


def run(
    module: str, arguments: tuple[str, ...], folder: Path, environ: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a module as `python -m` would in `folder`, with `environ` as the environment.

    The hash seed is the server's: who sets PYTHONHASHSEED needs a Python of its own.
    """
    with tempfile.TemporaryDirectory() as scratch:
        out, err = Path(scratch, "out"), Path(scratch, "err")
        task = (module, arguments, str(folder), environ, str(out), str(err))
        process = CONTEXT.Process(target=_become, args=task)
        process.start()
        process.join()
        said = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (out, err)]
    assert process.exitcode is not None
    return subprocess.CompletedProcess([module, *arguments], process.exitcode, *said)


def _become(
    module: str, arguments: tuple[str, ...], folder: str, environ: dict[str, str],
    out: str, err: str,
) -> None:  # fmt: skip
    """Make this forked process what `python -m module` is, and run it."""
    for path, number in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    library = [path for path in sys.path if path.startswith((sys.prefix, sys.base_prefix))]
    sys.path[:] = [folder, *environ.get("PYTHONPATH", "").split(os.pathsep), *library]
    sys.path_importer_cache.clear()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
