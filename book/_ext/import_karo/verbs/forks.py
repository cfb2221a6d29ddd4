"""Runs Sphinx in forks of a process that has it imported: to start it anew takes a second each."""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from ..core.editions import Edition
from .whole import INTERRUPTED

PROGRAM = Path(__file__).parents[1]
OTHERS = ("myst_parser.sphinx_ext.main", "furo", "sphinx_copybutton", "sphinx_multitoc_numbering")


def arguments(builder: str, edition: Edition, out: Path, doctrees: Path) -> list[str]:
    """Return what Sphinx is called with; formats of an edition share doctrees, one at a time."""
    options = ["-q", "-n", "-W", "--keep-going", "-b", builder, "-c", ".", "-d", str(doctrees)]
    options += ["-D", f"language={edition.code}", *(["-t", "parallel"] if edition.parallel else [])]
    return [*options, "book", str(out)]


def load() -> None:
    """Import what every build needs."""
    from sphinx.application import builtin_extensions

    ours = (each.name for each in pkgutil.iter_modules([str(PROGRAM)], "import_karo."))
    for name in (*builtin_extensions, *OTHERS, *ours):
        importlib.import_module(name)


class Sphinx:
    """A build in a child process; what it prints goes to the file `printed`, or where ours goes."""

    def __init__(self, options: list[str], root: Path, printed: int | None = None) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        # Python swallows a Ctrl-C that comes while its hooks run at a fork.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        self.pid = os.fork()
        if self.pid:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        else:
            if printed is not None:
                os.dup2(printed, 1)
                os.dup2(printed, 2)
            os.chdir(root)
            become(options, held)

    def wait(self) -> int:
        """Return its exit status, once it has ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def become(options: list[str], mask: Iterable[int] = ()) -> None:
    """Build, and end without taking the objects apart one by one, a seventh of a build.

    `mask` holds the signals that stay blocked.
    """
    status = 1
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        from sphinx.cmd.build import main

        status = main(options)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except SystemExit as end:
        sys.stderr.write(f"{end}\n")  # at once: other editions may say the same now
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    become(sys.argv[1:])
