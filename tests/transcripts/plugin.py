"""The pytest plugin: one transcript is one item, and its id is its path."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import pythons, recordings
from .pythons import Python
from .recordings import RecordingError, display
from .replay import replay
from .sandbox import ROOT, Sandbox

CODE = ROOT / "code"
PYTHONS = pytest.StashKey[list[Python]]()
SANDBOX = pytest.StashKey[Sandbox]()
REPLAYED = "replayed on Python"
NOTES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option of `make test-all`, and the time limit."""
    parser.getgroup("Import Karo").addoption(
        "--everything",
        action="store_true",
        help="run the transcripts on every supported Python, and let nothing be skipped",
    )
    parser.addini("transcript_seconds", "time limit of one command of a transcript", default="20")


def pytest_configure(config: pytest.Config) -> None:
    """Find the Pythons once; test workers are told by the process that started them."""
    told = getattr(config, "workerinput", None)
    if told is not None:
        config.stash[PYTHONS] = [Python.from_json(text) for text in told["pythons"]]
        return
    if config.option.help or config.option.version:
        return
    try:
        found = pythons.find_all()
        if not found:
            names = ", ".join(pythons.missing([]))
            raise LookupError(f"none of Python {names} is on this machine")
        if config.option.everything and (absent := pythons.indispensable(found)):
            raise LookupError(
                f"Python {', '.join(absent)} is missing, and --everything needs the oldest and the "
                "newest; `make pythons` fetches it on Debian, PYTHONS=/path/to/python names it"
            )
        # An early release of a version words its errors otherwise than the one that proved it.
        current = [python for python in found if not pythons.is_outdated(python)] or found
        chosen = found if config.option.everything else current[-1:]
        for python in chosen:
            pythons.prepare(python)
    except LookupError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[PYTHONS] = chosen
    config.stash[NOTES] = _notes(chosen, found)


def _notes(chosen: list[Python], found: list[Python]) -> list[str]:
    """Say which Pythons run the transcripts, and which do not and why."""
    notes = [f"transcripts: Python {', '.join(python.name for python in reversed(chosen))}"]
    if idle := [python.name for python in found if python not in chosen]:
        notes.append(f"not run on Python {', '.join(idle)} (make test-all does)")
    if absent := pythons.missing(found):
        notes.append(
            f"not run on Python {', '.join(absent)}, not found "
            "(`make pythons`, or PYTHONS=/path/to/python)"
        )
    proven = pythons.proven()
    for python in found:
        if (exact := proven.get(python.minor, python.version)) != python.version:
            cure = "`make pythons` fetches a current one on Debian"
            if python.version > exact:
                cure = "`make accept` proves it anew"
            name = ".".join(map(str, exact))
            notes.append(
                f"advice: Python {python.name} is here, and {name} proved this edition; {cure}"
            )
    notes += [f"passed over: {text}" for text in pythons.passed_over()]
    for python in pythons.find_newer():
        notes.append(f"Python {python.name} is here but not supported yet")
    return notes


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:  # type: ignore[no-untyped-def]
    """Tell a worker of pytest-xdist which Pythons were found."""
    node.workerinput["pythons"] = [python.to_json() for python in node.config.stash[PYTHONS]]


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Name the Pythons and what this platform cannot refuse a snippet."""
    notes = config.stash.get(NOTES, [])
    sandbox = _sandbox(config)
    if sandbox.namespaces:
        notes.append("snippets: no network, own processes, read-only checkout and home")
    else:
        notes.append(
            f"snippets: no namespaces ({sandbox.reason}): network and writing outside the "
            "checkout are not refused, a daemon may escape"
        )
        if config.option.everything:
            raise pytest.UsageError(f"--everything needs namespaces: {sandbox.reason}")
    return notes


def _sandbox(config: pytest.Config) -> Sandbox:
    """Return this process's sandbox, started on first use."""
    if SANDBOX not in config.stash:
        config.stash[SANDBOX] = Sandbox(float(config.getini("transcript_seconds")))
    return config.stash[SANDBOX]


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the sandbox."""
    if SANDBOX in config.stash:
        config.stash[SANDBOX].close()
        del config.stash[SANDBOX]


@pytest.hookimpl(tryfirst=True)
def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Under code/, see transcripts and nothing else; leave what was built alone."""
    if collection_path == ROOT / "build":
        return True
    if CODE in collection_path.parents:
        if collection_path.is_dir():
            return collection_path.name == "__pycache__"
        return recordings.NAME.fullmatch(collection_path.name) is None
    return None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RecordingFile | None:
    """Collect a recording, wherever it lies."""
    if recordings.NAME.fullmatch(file_path.name):
        return RecordingFile.from_parent(parent, path=file_path)
    return None


class RecordingFile(pytest.File):
    """A recording: an item for each chosen Python that is held against it."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the items, newest Python first; only the first one's id is the bare path."""
        mine = [
            python
            for python in self.config.stash[PYTHONS][::-1]
            if recordings.chosen(self.path, python.version) == self.path
        ]
        for python in mine:
            suffix = "" if python is mine[0] else f"[{'.'.join(map(str, python.minor))}]"
            yield RecordingItem.from_parent(
                self, name=self.path.name + suffix, nodeid=self.nodeid + suffix, python=python
            )


class MismatchError(Exception):
    """Output that differs from what is recorded."""


class RecordingItem(pytest.Item):
    """A recording, run on one Python."""

    def __init__(self, *, python: Python, **rest) -> None:  # type: ignore[no-untyped-def]
        super().__init__(**rest)
        self.python = python
        # Carried to the report, and from a worker to the process that prints the table.
        self.user_properties.append((REPLAYED, python.name))

    def runtest(self) -> None:
        """Run the recording again and compare every byte."""
        recordings.check_neighbours(self.path, pythons.supported())
        recorded = recordings.read(self.path)
        text = replay(self.path, self.python, _sandbox(self.config))
        text = recordings.with_frozen_lines(text, recorded)
        if text != recorded:
            raise MismatchError(describe(self.path, recorded, text, self.python))

    def repr_failure(self, excinfo, style=None):  # type: ignore[no-untyped-def]
        """Show our own complaints without the traceback of the test machinery."""
        if isinstance(excinfo.value, (MismatchError, RecordingError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the item in reports."""
        return self.path, 0, f"{display(self.path)} on Python {self.python.name}"


def describe(path: Path, recorded: str, text: str, python: Python) -> str:
    """Say where a recording differs from what was printed, and show how."""
    old, new = recordings.lines(recorded), recordings.lines(text)
    pairs = enumerate(zip([*old, ""], [*new, ""], strict=False), 1)
    line = next(number for number, (a, b) in pairs if a != b)
    diff = difflib.unified_diff(
        [_visible(each) for each in old],
        [_visible(each) for each in new],
        f"{display(path)} (recorded)",
        f"{display(path)} (Python {python.name} prints)",
        lineterm="",
    )
    return (
        f"{display(path)}:{line}: the output differs; if the new one is right, `make accept`\n"
        + "\n".join(diff)
    )


def _visible(line: str) -> str:
    """Mark what the eye does not see in a diff: blanks before a line's end, a missing end."""
    body = line.rstrip("\n")
    stripped = body.rstrip()
    marked = stripped + body[len(stripped) :].replace(" ", "·").replace("\t", "→")
    return marked if line.endswith("\n") else marked + "⏎ (no new line)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """With --everything, a skipped test is a failed one."""
    report = yield
    if report.skipped and item.config.option.everything and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{item.nodeid}: --everything lets nothing be skipped: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the recordings that no chosen Python was held against."""
    reports = [report for each in terminalreporter.stats.values() for report in each]
    if not any(getattr(report, "nodeid", "").startswith("code/") for report in reports):
        return
    config = terminalreporter.config
    if config.option.everything:
        terminalreporter.section("transcripts")
        terminalreporter.write_line(table(reports))
    chosen = config.stash.get(PYTHONS, [])
    compared = {recordings.chosen(path, python.version) for path in _plain() for python in chosen}
    idle = [display(path) for path in recordings.under(CODE) if path not in compared]
    if idle:
        terminalreporter.section("recordings of other Pythons, not compared (make test-all does)")
        terminalreporter.write_line("\n".join(idle))


def table(reports: list[pytest.TestReport]) -> str:
    """Return what ran and passed on each Python, as lines of a table."""
    rows: dict[str, list[Path]] = {}
    for report in reports:
        names = [
            value for name, value in getattr(report, "user_properties", ()) if name == REPLAYED
        ]
        if names and report.when == "call" and report.passed:
            rows.setdefault(str(names[0]), []).append(ROOT / report.nodeid.partition("[")[0])
    lines = [f"{'Python':<10}{'transcripts':>12}{'commands':>10}{'its own variants':>18}"]
    for name, paths in sorted(rows.items(), key=lambda row: recordings.version(row[0])):
        commands = sum(len(recordings.steps(path, recordings.read(path))) for path in paths)
        variants = sum(recordings.Name.of(path).bound is not None for path in paths)
        lines.append(f"{name:<10}{len(paths):>12}{commands:>10}{variants:>18}")
    return "\n".join(lines)


def _plain() -> list[Path]:
    return [path for path in recordings.under(CODE) if recordings.Name.of(path).bound is None]
