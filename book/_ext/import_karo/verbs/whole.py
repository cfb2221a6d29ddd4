"""A verb is whole or not at all: one at a time, in one place or not, and never with a traceback."""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..core.editions import CACHE, ROOT

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended


@contextmanager
def alone() -> Iterator[None]:
    """Hold the caches and build/; another verb of this checkout that builds waits."""
    import fcntl  # not on Windows, where Sphinx alone builds

    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ended(name: str, verb: Callable[[], int]) -> int:
    """Run a verb to its end and return its exit status; say why, where the machine says no."""
    try:
        return verb()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        where = f"{os.path.relpath(error.filename, ROOT)}: " if error.filename else ""
        print(f"make {name}: {where}{error.strerror or error}; what was published is as it was",
              file=sys.stderr)  # fmt: skip
        return 1


def publish(target: Path, files: Mapping[str, Path]) -> None:
    """Make a folder hold some files by the names given, all at once.

    The new folder is made beside the old one and put in its place. A file that is the same stays
    the same file; on a disk without room, or when cut off, the old folder stays.
    """
    new, old = (target.with_name(f".{target.name}.{word}") for word in ("new", "old"))
    if old.exists() and not target.exists():  # cut off between the two renames below
        old.rename(target)
    remove(new)
    new.mkdir(parents=True)
    try:
        for name, source in files.items():
            put(source, target / name, new / name)
        remove(old)
        if target.exists():
            target.rename(old)
        new.rename(target)
    finally:
        remove(new)
    remove(old)


def put(source: Path, before: Path, place: Path) -> None:
    """Put a file in its place: the one that was published before, where it is the same."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if before.is_file() and filecmp.cmp(source, before, shallow=False):
        os.link(before, place)
    else:
        shutil.copyfile(source, place)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
