"""The first thing `make` runs: the environment of a lock, renewed beside the one that is there.

Run by any Python as a script, so the standard library alone. What decides is the content of the
lock and not its date; a set-up that fails or is cut off leaves the old environment as it was.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = (3, 11)
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r")


def refusal() -> str | None:
    """Return why this Python cannot make the environment, and what to do; None if it can."""
    if sys.version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return f"This book needs Python {oldest} or newer: make PYTHON=/path/to/python{oldest} ..."
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "This Python has no venv; on Debian and Ubuntu: apt install python3-venv"
    return None


@contextmanager
def alone(venv: Path) -> Iterator[None]:
    """Let one set-up of an environment run at a time; another waits."""
    with venv.with_name(f"{venv.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_current(mark: Path, lock: Path) -> bool:
    """Tell whether a mark was written for the lock's content; then make it newer than the lock."""
    if not mark.is_file() or mark.read_text() != digest(lock):
        return False
    mark.touch()
    return True


def digest(lock: Path) -> str:
    """Return what a mark says of a lock."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def renew(venv: Path, lock: Path, make: Callable[[Path], None]) -> None:
    """Put a new environment in the place of the old one, once `make` has made it whole."""
    new, old = (venv.with_name(f"{venv.name}.{word}") for word in ("new", "old"))
    if old.exists() and not venv.exists():  # cut off between the two renames below
        old.rename(venv)
    shutil.rmtree(new, ignore_errors=True)
    try:
        make(new)
        (new / "ready").write_text(digest(lock))
        shutil.rmtree(old, ignore_errors=True)
        if venv.exists():
            venv.rename(old)
        new.rename(venv)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def made_by_pip(lock: Path) -> Callable[[Path], None]:
    """Return a function that makes an environment with the packages of a lock."""

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/python", *PIP, lock], check=True)

    return make


def main(arguments: list[str]) -> int:
    """Set up `.venv` for a lock, or add the packages of another: LOCK [NAME-OF-ITS-MARK]."""
    lock, venv = Path(arguments[0]), Path(".venv")
    try:
        with alone(venv):
            if len(arguments) > 1:
                mark = venv / arguments[1]
                if not is_current(mark, lock):
                    subprocess.run([venv / "bin/python", *PIP, lock], check=True)
                    mark.write_text(digest(lock))
            elif not is_current(venv / "ready", lock):
                if problem := refusal():
                    print(problem, file=sys.stderr)
                    return 1
                print("Setting up .venv (once, and when requirements.txt changes) ...")
                renew(venv, lock, made_by_pip(lock))
                # The scripts of an environment name the folder that it was made in.
                subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(
            f"make: {lock} could not be set up ({error}); what was there is as it was",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
