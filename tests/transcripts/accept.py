"""`make accept`: records again what changed, after running it twice, and lists what it wrote.

Plain recordings are written with the newest supported Python only; an older one writes or
removes the recording that is bounded by itself.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import pythons, recordings
from .pythons import Python
from .recordings import Name, RecordingError, display
from .replay import replay
from .sandbox import ROOT, Sandbox


def own_recording(path: Path, python: Python) -> Path:
    """Return the file that a Python writes: the plain one only if it is the newest supported.

    A bound that names a patch release of its own minor version goes before both.
    """
    for other in recordings.variants(path):
        name = Name.of(other)
        own_minor = name.bound is not None and name.bound[:2] == python.minor
        if own_minor and name.bound != python.minor and name.covers(python.version):
            return other
    if python.minor == pythons.supported()[-1]:
        return path
    name = Name.of(path)
    return path.with_name(f"{name.stem}.upto-{'.'.join(map(str, python.minor))}{name.form}")


def without(path: Path, own: Path, version: recordings.Version) -> Path:
    """Return the recording that would be chosen for a version if `own` were not there."""
    others = (other for other in recordings.variants(path) if other != own)
    return next((other for other in others if Name.of(other).covers(version)), path)


def accept(path: Path, found: list[Python], sandbox: Sandbox) -> list[str]:
    """Bring one transcript's recordings up to date; return a line for each file touched.

    Raises RecordingError where the run breaks a rule or differs from itself.
    """
    done: list[str] = []
    for python in reversed(found):
        own = own_recording(path, python)
        now = recordings.chosen(path, python.version)
        # The commands always come from the plain file; a stale variant must not keep its own.
        printed = replay(path, python, sandbox)
        other = without(path, own, python.version)
        needless = own != path and own.exists() and holds(other, printed)
        # What the book shows is written as it is, frozen line numbers and all.
        same = recordings.read(now) == printed if now == own else holds(now, printed)
        if same and not needless:
            continue
        check_commands(path, printed)
        if printed != replay(path, python, sandbox, elsewhere=True):
            raise RecordingError(
                path,
                1,
                f"prints something else each time, or on a machine of another name, with "
                f"other process ids, processors or hashes (Python {python.name})",
            )
        if needless:
            own.unlink()
            done.append(f"removed {display(own)} (same as {other.name})")
        else:
            write(own, printed)
            done.append(f"wrote {display(own)} (Python {python.name})")
    return done


def check_commands(path: Path, printed: str) -> None:
    """Refuse a text that would be read back with other commands than it was made by."""
    typed = [step.text for step in recordings.steps(path, recordings.read(path))]
    if [step.text for step in recordings.steps(path, printed)] != typed:
        raise RecordingError(path, 1, "prints what would be read back as something typed")


def is_recording(path: Path) -> bool:
    """Tell whether a path is that of a recording that is there."""
    return path.is_file() and recordings.NAME.fullmatch(path.name) is not None


def holds(path: Path, printed: str) -> bool:
    """Tell whether a recording is what a Python printed."""
    recorded = recordings.read(path)
    return recorded == recordings.with_frozen_lines(printed, recorded)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, newline="") as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Accept the transcripts below the given paths; return 1 if one was refused."""
    parser = argparse.ArgumentParser(prog="make accept", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "code"])
    paths = [path.resolve() for path in parser.parse_args(arguments).paths]
    if wrong := [path for path in paths if not (path.is_dir() or is_recording(path))]:
        names = ", ".join(map(display, wrong))
        print(f"make accept: no folder and no transcript: {names}", file=sys.stderr)
        return 2
    found = pythons.find_all()
    if not found:
        print("make accept: no supported Python found", file=sys.stderr)
        return 1
    for python in found:
        pythons.prepare(python)
    chosen = {
        recordings.plain(each)
        for path in paths
        for each in (recordings.under(path) if path.is_dir() else [path])
    }
    lines, refused = _accept_all(sorted(chosen), found)
    whole = not refused and paths == [ROOT / "code"] and not pythons.missing(found)
    if whole and pythons.note_proven(found):
        lines.append(f"wrote pyproject.toml (proven: {', '.join(each.name for each in found)})")
    if lines or not refused:
        print("\n".join(lines) if lines else "every recording is up to date")
    if absent := pythons.missing(found):
        print(f"not run, because not found: Python {', '.join(absent)}")
    print("".join(f"\nrefused: {text}" for text in refused), end="\n" if refused else "")
    return 1 if refused else 0


def _accept_all(paths: list[Path], found: list[Python]) -> tuple[list[str], list[str]]:
    """Accept several transcripts at once; return what was written and what was refused."""
    lines: list[str] = []
    refused: list[str] = []

    def work(part: list[Path]) -> None:
        with Sandbox() as sandbox:
            for path in part:
                try:
                    lines.extend(accept(path, found, sandbox))
                except (RecordingError, OSError) as error:
                    refused.append(str(error))

    workers = min(os.cpu_count() or 1, len(paths)) or 1
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, [paths[index::workers] for index in range(workers)]))
    return sorted(lines), sorted(refused)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
