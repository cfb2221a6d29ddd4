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

VENVS = ROOT / "build" / "cache" / "venvs"
PROBE = """
import json, sys
print(json.dumps([list(sys.version_info), getattr(sys, "_base_executable", sys.executable),
                  sys.base_prefix]))
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


@cache
def supported() -> list[Version]:
    """Return the minor versions named in pyproject.toml, oldest first."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        names = tomllib.load(file)["tool"]["import-karo"]["pythons"]
    return sorted(version(name) for name in names)


def probe(candidate: str | Path) -> Python | None:
    """Ask a program which Python it is; None if it is none, or not a released one."""
    command = [str(candidate), "-I", "-S", "-c", PROBE]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
        (major, minor, patch, level, _), executable, prefix = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    if level != "final":
        return None
    return Python((major, minor, patch), Path(executable).resolve(), Path(prefix).resolve())


def named() -> list[str]:
    """Return what the environment's PYTHONS names: paths, or programs on PATH."""
    text = os.environ.get("PYTHONS", "")
    if not text or Path(text).is_file():
        return [text] if text else []
    return [word for word in re.split(rf"[,\s{os.pathsep}]+", text) if word]


def candidates(minor: Version) -> Iterator[str | Path]:
    """Yield programs that may be a Python of a minor version, the likeliest first."""
    name = ".".join(map(str, minor))
    yield from named()
    if sys.version_info[:2] == minor:
        yield sys.executable
    yield from filter(None, [shutil.which(f"python{name}")])
    root = os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"
    folders = Path(root, "versions").glob(f"{name}.*")
    found = [folder for folder in folders if re.fullmatch(r"\d+\.\d+\.\d+", folder.name)]
    for folder in sorted(found, key=lambda folder: version(folder.name), reverse=True):
        yield folder / "bin" / "python"


def find(minor: Version) -> Python | None:
    """Find an interpreter of a minor version."""
    for candidate in candidates(minor):
        python = probe(candidate)
        if python and python.minor == minor:
            return python
    return None


def find_all() -> list[Python]:
    """Return every supported Python of this machine, oldest first."""
    unknown = [name for name in named() if not shutil.which(name)]
    if unknown:
        raise LookupError(f"PYTHONS names {', '.join(unknown)}, which cannot be run")
    return [python for minor in supported() if (python := find(minor))]


def find_newer() -> list[Python]:
    """Return Pythons newer than the newest supported one."""
    major, minor = supported()[-1]
    return [python for step in (1, 2, 3) if (python := find((major, minor + step)))]


def missing(found: list[Python]) -> list[str]:
    """Return the names of the supported versions that were not found."""
    minors = {python.minor for python in found}
    return [".".join(map(str, minor)) for minor in supported() if minor not in minors]


def prepare(python: Python) -> None:
    """Make the bare virtual environment of a Python, unless it is there and works."""
    target = python.venv
    if probe(target / "bin" / "python") == python:
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
        if probe(target / "bin" / "python") != python:  # unless another run was faster
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
