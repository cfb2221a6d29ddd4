"""The Pythons of this machine, and a bare virtual environment for each."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from .recordings import Version, version
from .sandbox import ROOT

PYPROJECT = ROOT / "pyproject.toml"
VENVS = ROOT / "build" / "cache" / "venvs"
# Where `make pythons` puts what it fetches.
FETCHED = ROOT / "build" / "cache" / "pythons"
PROBE = """
import importlib.util, json, sys, sysconfig
major, minor, patch, level, _ = sys.version_info
odd = [
    text for text, found in (
        ("is no release (" + level + ")", level != "final"),
        ("is a debug build", hasattr(sys, "gettotalrefcount")),
        ("is a free-threaded build", sysconfig.get_config_var("Py_GIL_DISABLED")),
        ("has no venv; on Debian and Ubuntu: apt install python%s.%s-venv" % (major, minor),
         not importlib.util.find_spec("venv")),
    ) if found
]
print(json.dumps([[major, minor, patch], getattr(sys, "_base_executable", sys.executable),
                  sys.base_prefix, odd]))
"""


@dataclass(frozen=True)
class Python:
    """An interpreter: its exact version, its prefix and its bare virtual environment."""

    version: Version
    executable: Path
    prefix: Path

    @property
    def minor(self) -> Version:
        """The version without its patch number."""
        return self.version[:2]

    @property
    def name(self) -> str:
        """The exact version as people write it."""
        return ".".join(map(str, self.version))

    @property
    def venv(self) -> Path:
        """The folder of the bare virtual environment."""
        key = hashlib.sha256(str(self.executable).encode()).hexdigest()[:8]
        return VENVS / f"{self.name}-{key}"

    def to_json(self) -> str:
        """Return a form that a test worker can read back."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Python:
        """Read back what `to_json` wrote."""
        data = json.loads(text)
        return cls(tuple(data["version"]), Path(data["executable"]), Path(data["prefix"]))


def settings() -> dict[str, list[str]]:
    """Return the book's own part of pyproject.toml."""
    found: dict[str, list[str]] = tomllib.loads(PYPROJECT.read_text())["tool"]["import-karo"]
    return found


@cache
def supported() -> list[Version]:
    """Return the minor versions named in pyproject.toml, oldest first."""
    return sorted(version(name) for name in settings()["pythons"])


def proven() -> dict[Version, Version]:
    """Return the exact version that proved this edition, for each minor version."""
    found = [version(name) for name in settings().get("proven", [])]
    return {exact[:2]: exact for exact in found}


def is_outdated(python: Python) -> bool:
    """Tell whether a Python is older than the release of its version that proved this edition."""
    return python.version < proven().get(python.minor, python.version)


def note_proven(found: list[Python]) -> bool:
    """Write into pyproject.toml which Pythons proved the edition; tell whether that changed."""
    old = PYPROJECT.read_text()
    names = ", ".join(f'"{python.name}"' for python in found)
    new = re.sub(r"(?m)^proven = \[.*\]$", f"proven = [{names}]", old)
    if new != old:
        PYPROJECT.write_text(new)
    return new != old


@cache
def probe(candidate: str | Path) -> Python | str | None:
    """Ask a program which Python it is; None if it is none, text why it cannot prove the book."""
    command = [str(candidate), "-I", "-c", PROBE]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
        version, executable, prefix, odd = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    if odd:
        return f"{candidate} (Python {'.'.join(map(str, version))}) {odd[0]}"
    return Python(tuple(version), Path(executable).resolve(), Path(prefix).resolve())


def named() -> list[str]:
    """Return what the environment's PYTHONS names: paths, or programs on PATH.

    Commas, colons and blanks part them; a blank does not where the whole is a program.
    """
    parts = re.split(rf"[,\n{os.pathsep}]+", os.environ.get("PYTHONS", ""))
    return [word for part in parts for word in ([part] if shutil.which(part) else part.split())]


def candidates(minor: Version) -> Iterator[str | Path]:
    """Yield the programs of this machine that may be a Python of a minor version."""
    name = ".".join(map(str, minor))
    if sys.version_info[:2] == minor:
        yield sys.executable
    yield from filter(None, [shutil.which(f"python{name}")])
    yield from FETCHED.glob(f"*/usr/bin/python{name}")
    root = os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"
    for folder in Path(root, "versions").glob(f"{name}.*"):
        yield folder / "bin" / "python"


def find(minor: Version) -> Python | None:
    """Find the interpreter of a minor version: one that is named, else the newest release."""
    for programs in (named(), candidates(minor)):
        found = [python for each in programs if isinstance(python := probe(each), Python)]
        if fitting := [python for python in found if python.minor == minor]:
            return max(fitting, key=lambda python: python.version)
    return None


def find_all() -> list[Python]:
    """Return every supported Python of this machine, oldest first."""
    unknown = [name for name in named() if not shutil.which(name)]
    if unknown:
        raise LookupError(f"PYTHONS names {', '.join(unknown)}, which cannot be run")
    if refused := [text for name in named() if isinstance(text := probe(name), str)]:
        raise LookupError(f"PYTHONS names {', '.join(refused)}")
    return [python for minor in supported() if (python := find(minor))]


def find_newer() -> list[Python]:
    """Return Pythons newer than the newest supported one."""
    major, minor = supported()[-1]
    return [python for step in (1, 2, 3) if (python := find((major, minor + step)))]


def passed_over() -> list[str]:
    """Say of each program that is a Python of a supported version why it cannot prove the book."""
    found = {probe(each) for minor in supported() for each in candidates(minor)}
    return sorted(text for text in found if isinstance(text, str))


def missing(found: list[Python]) -> list[str]:
    """Return the names of the supported versions that were not found."""
    return [".".join(map(str, minor)) for minor in absent(found)]


def absent(found: list[Python]) -> list[Version]:
    """Return the supported versions that were not found, oldest first."""
    minors = {python.minor for python in found}
    return [minor for minor in supported() if minor not in minors]


def indispensable(found: list[Python]) -> list[str]:
    """Return the missing versions without which nothing is proven: the newest and the oldest."""
    ends = supported()[0], supported()[-1]
    return [".".join(map(str, minor)) for minor in absent(found) if minor in ends]


def works(venv: Path, python: Python) -> bool:
    """Tell whether a virtual environment is there and is that of a Python."""
    return probe.__wrapped__(venv / "bin" / "python") == python


def prepare(python: Python) -> None:
    """Make the bare virtual environment of a Python, unless it is there and works."""
    target = python.venv
    if works(target, python):
        return
    shutil.rmtree(target, ignore_errors=True)
    VENVS.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=VENVS, prefix=".new-"))
    try:
        command = [str(python.executable), "-I", "-m", "venv", "--without-pip", str(made)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        (made / "bin" / "py").symlink_to("python")
        made.replace(target)
    except subprocess.CalledProcessError as error:
        raise LookupError(f"Python {python.name} cannot make a venv: {error.stderr}") from None
    except OSError:
        if not works(target, python):  # unless another run was faster
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
