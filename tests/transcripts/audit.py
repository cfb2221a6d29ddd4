"""`make audit`: spoil each line of code and of output in turn, and see whether a test notices.

A shown line that runs, and whose loss changes nothing that is printed, is a weak example or a
needless line. A line that never runs stands after the error that its example is about: it is
counted apart, because no output of that example can depend on it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from transcripts import pythons, recordings
from transcripts.pythons import Python
from transcripts.recordings import RecordingError
from transcripts.replay import replay
from transcripts.sandbox import ROOT, Sandbox

CODE = ROOT / "code"
WORKERS = 2
SECONDS = 5.0  # a spoiled loop may never end
STOP = 'raise SystemExit("stopped by make audit")'
NEEDED = 0.95  # of the code lines; of the output lines, all


@dataclass(frozen=True)
class Spoiled:
    """One line of one file, changed."""

    path: Path
    line: int
    text: str
    folder: Path  # the example's, with its transcripts
    by: str = "pass"  # a statement instead of the line; output gets a stray character

    @property
    def is_output(self) -> bool:
        """Whether the line is a recorded output."""
        return self.path.suffix in (".console", ".pycon")

    @property
    def changed(self) -> str:
        """What stands there instead."""
        indent = self.text[: len(self.text) - len(self.text.lstrip())]
        return f"{self.text}~" if self.is_output else f"{indent}{self.by}"

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.text.strip()}"


def examples() -> dict[Path, list[Path]]:
    """Return the folders that transcripts lie in, each with those that the newest Python prints."""
    newest = pythons.supported()[-1]
    found: dict[Path, list[Path]] = {}
    for path in recordings.under(CODE):
        if recordings.chosen(path, newest) == path:
            found.setdefault(path.parent, []).append(path)
    return found


def spoiled_lines(folder: Path, transcripts: list[Path]) -> Iterator[Spoiled]:
    """Yield every line of an example that can be spoiled; comments and docstrings are prose."""
    for path in sorted(folder.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.lstrip().startswith(("#", '"""')):
                yield Spoiled(path, number, line, folder)
    for path in transcripts:
        text = path.read_text(encoding="utf-8")
        commands = {step.line for step in recordings.steps(path, text)}
        for number, line in enumerate(text.splitlines(), 1):
            if number not in commands:
                yield Spoiled(path, number, line, folder)


class Auditor:
    """Runs spoiled examples; each thread has a sandbox of its own."""

    def __init__(self, python: Python, transcripts: dict[Path, list[Path]]) -> None:
        self.python, self.transcripts = python, transcripts
        self.own = threading.local()

    def notices(self, spoiled: Spoiled) -> bool:
        """Tell whether a transcript of the example prints something else now."""
        if not hasattr(self.own, "sandbox"):
            self.own.sandbox = Sandbox(SECONDS)
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary, spoiled.folder.name)
            shutil.copytree(spoiled.folder, copy, symlinks=True)
            target = copy / spoiled.path.relative_to(spoiled.folder)
            lines = target.read_text(encoding="utf-8").split("\n")
            lines[spoiled.line - 1] = spoiled.changed
            target.write_text("\n".join(lines), encoding="utf-8")
            held = [target] if spoiled.is_output else self.transcripts[spoiled.folder]
            return any(self.differs(copy / path.name) for path in held)

    def differs(self, path: Path) -> bool:
        """Tell whether a transcript prints something else than it records."""
        try:
            return replay(path, self.python, self.own.sandbox) != recordings.read(path)
        except RecordingError:
            return True


def main() -> int:
    """Spoil every line, print the slips and the totals; 1 if too many slipped."""
    python = pythons.find(pythons.supported()[-1])
    if python is None:
        sys.exit("make audit: the newest supported Python is not here")
    pythons.prepare(python)
    transcripts = examples()
    work = [each for item in transcripts.items() for each in spoiled_lines(*item)]
    auditor = Auditor(python, transcripts)
    with ThreadPoolExecutor(WORKERS) as pool:
        seen = list(pool.map(auditor.notices, work))
        slips = [each for each, noticed in zip(work, seen, strict=True) if not noticed]
        runs = list(pool.map(auditor.notices, [replace(each, by=STOP) for each in slips]))
    return report(work, slips, runs)


def report(work: list[Spoiled], slips: list[Spoiled], runs: list[bool]) -> int:
    """Print the slips and the totals; return 1 if too many slipped."""
    for slip, ran in zip(slips, runs, strict=True):
        print(f"{'nothing notices' if ran else 'never runs'}: {slip}")
    output = sum(each.is_output for each in work)
    missed_output = sum(each.is_output for each in slips)
    code = len(work) - output
    idle = sum(not ran and not slip.is_output for slip, ran in zip(slips, runs, strict=True))
    missed = len(slips) - missed_output - idle
    share = 1 - missed / (code - idle)
    print(f"output: {output - missed_output} of {output} spoiled lines noticed, all needed")
    print(f"code: {code} lines spoiled, {idle} of them never run; of the {code - idle} that run,")
    print(f"      {code - idle - missed} noticed: {share:.1%}, {NEEDED:.0%} needed")
    return int(bool(missed_output) or share < NEEDED)


if __name__ == "__main__":
    raise SystemExit(main())
