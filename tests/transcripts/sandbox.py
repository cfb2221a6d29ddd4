"""A sandbox for snippets: one jail process, and the fresh folder every transcript runs in."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .recordings import SUFFIXES

ROOT = Path(__file__).resolve().parents[2]
JAIL = Path(__file__).with_name("jail.py")
HOME = "/home/asha"  # where the reader of the book sees every example

OUTPUT_LIMIT = 64 * 1024  # bytes
PROCESS_LIMIT = 64
# What may change in a checkout while snippets run.
LEFT_OUT = {".git", ".venv", "build", "__pycache__"}


@dataclass(frozen=True)
class Result:
    """How one snippet ended: its output, its exit status, and what it was stopped for."""

    output: str
    status: int | None
    fault: str | None


class Sandbox:
    """Runs snippets through one jail process; close it, or use it in a `with` statement."""

    def __init__(self, seconds: float = 20.0, *, namespaces: bool | None = None) -> None:
        """Start the jail.

        `seconds` is each snippet's time limit. `namespaces` True asks for Linux namespaces,
        False goes without, None takes them where the host allows it.
        """
        self.seconds = seconds
        self.elsewhere = False
        # Resolved, because programs print the real path (/tmp is a link on macOS).
        self.scratch = Path(tempfile.mkdtemp(prefix="import-karo-")).resolve()
        self.reason = "this platform has none"
        wanted = sys.platform == "linux" if namespaces is None else namespaces
        if wanted:
            self.reason = self._start(namespaces=True)
        self.namespaces = wanted and not self.reason
        if not self.namespaces:
            self._start(namespaces=False)

    def _start(self, *, namespaces: bool) -> str:
        """Start the jail process; return why it has no namespaces, or an empty string."""
        home = Path.home().resolve()
        setting = {
            "namespaces": namespaces,
            "read_only": [
                str(path) for path in {ROOT, home} if path != Path("/") and path.is_dir()
            ],
            "writable": str(self.scratch),
        }
        self._jail = subprocess.Popen(
            [sys.executable, "-I", "-S", str(JAIL)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C in pytest is not the snippet's
        )
        return str(self._ask(setting))

    def _ask(self, question: dict[str, Any]) -> Any:
        """Send something to the jail and return its answer."""
        assert self._jail.stdin is not None
        assert self._jail.stdout is not None
        marshal.dump(question, self._jail.stdin)
        self._jail.stdin.flush()
        return marshal.load(self._jail.stdout)

    def run(
        self,
        executable: Path,
        argv: list[str],
        env: dict[str, str],
        cwd: Path,
        *,
        stdin: str = "",
        stdout: str | None = None,
    ) -> Result:
        """Run one program to its end; `stdout` names a file in `cwd` instead of the terminal."""
        request = {
            "executable": str(executable),
            "argv": argv,
            "env": env,
            "cwd": str(cwd),
            "stdin": stdin,
            "stdout": stdout,
            "elsewhere": self.elsewhere,
            "seconds": self.seconds,
            "bytes": OUTPUT_LIMIT,
            "processes": PROCESS_LIMIT,
        }
        output, status, fault = self._ask(request)
        try:
            text = output.decode()
        except UnicodeDecodeError:
            text = output.decode(errors="backslashreplace")
            fault = fault or "printed bytes that are not UTF-8"
        return Result(text, status, fault)

    @contextmanager
    def moved(self, elsewhere: bool) -> Iterator[None]:
        """Let what runs inside run as on another machine, or not."""
        self.elsewhere = elsewhere
        try:
            yield
        finally:
            self.elsewhere = False

    @contextmanager
    def copy_of(self, folder: Path) -> Iterator[Place]:
        """Give a fresh copy of an example's folder in a home of its own, removed afterwards."""
        top = Path(tempfile.mkdtemp(dir=self.scratch))
        place = Place(home=top / "home", folder=top / "home" / folder.name, temporary=top / "tmp")
        place.temporary.mkdir()
        ignored = shutil.ignore_patterns("__pycache__", *(f"*{suffix}" for suffix in SUFFIXES))
        shutil.copytree(folder, place.folder, ignore=ignored, symlinks=True)
        try:
            yield place
        finally:
            shutil.rmtree(top, ignore_errors=True)

    def close(self) -> None:
        """End the jail and remove what it wrote."""
        for stream in (self._jail.stdin, self._jail.stdout):
            if stream is not None:
                stream.close()
        self._jail.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Place:
    """Where one transcript runs: its home, the copy of its folder in it, and its /tmp."""

    home: Path
    folder: Path
    temporary: Path

    def strays(self) -> list[str]:
        """Return what was written into the home, beside the example's own folder.

        Python itself keeps the history of a `>>>` session there.
        """
        expected = {self.folder.name, ".python_history"}
        return sorted({path.name for path in self.home.iterdir()} - expected)


def checkout_state() -> dict[str, tuple[int, int]]:
    """Return size and time of every file of the checkout, for hosts without namespaces."""
    state = {}
    for top, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        for name in files:
            path = os.path.join(top, name)  # noqa: PTH118 - a Path for each file costs too much
            info = os.lstat(path)
            state[path] = (info.st_size, info.st_mtime_ns)
    return state
