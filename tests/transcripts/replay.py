"""Runs one recording again and rebuilds its text from what happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .pythons import Python
from .recordings import (
    UNPRINTABLE,
    Name,
    RecordingError,
    Step,
    display,
    lines,
    named,
    read,
    steps,
)
from .sandbox import HOME, Place, Result, Sandbox, checkout_state
from .shell import Command, Shell, ShellError

STARTUP = Path(__file__).with_name("startup.py")
PROMPTS = {"\x01\x02": ">>> ", "\x01\x03": "... "}  # as startup.py sets them
# A folder whose transcripts are about bytecode holds this file.
BYTECODE_MARK = ".writes-bytecode"
# How a reader sees that a command failed: a traceback's last line, or Python's own complaint.
ERROR_TEXT = re.compile(
    r"^(?:[\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Group)\b.*|(?:/\S+/)?py(?:thon3?)?: .*)$",
    re.MULTILINE,
)


def environment(
    place: Place, python: Python, *, bytecode: bool, elsewhere: bool = False
) -> dict[str, str]:
    """Return the whole environment of a snippet; nothing of the caller's own is in it.

    `elsewhere` stands for another machine: other hashes, and another number of processors.
    """
    env = {
        "HOME": str(place.home),
        "PWD": str(place.folder),
        "TMPDIR": str(place.temporary),
        "PATH": str(python.venv / "bin"),
        "LC_ALL": "C.UTF-8",
        "TZ": "IST-5:30",
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHON_COLORS": "0",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "7" if elsewhere else "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    if elsewhere:
        env["PYTHON_CPU_COUNT"] = "7"
    return env if bytecode else env | {"PYTHONDONTWRITEBYTECODE": "1"}


def masks(place: Place, python: Python) -> list[tuple[str, str]]:
    """Return real paths with what the reader sees instead, the longest first."""
    pairs = [
        (place.home, HOME),
        (place.temporary, "/tmp"),
        (python.venv, f"{HOME}/.venv"),
        (python.prefix, "/usr"),
    ]
    kept = [(str(path), seen) for path, seen in pairs if path.is_absolute() and path != Path("/")]
    return sorted(kept, key=lambda pair: len(pair[0]), reverse=True)


def replay(path: Path, python: Python, sandbox: Sandbox, *, elsewhere: bool = False) -> str:
    """Run a recording in a fresh copy of its folder and return the text it should have.

    `elsewhere` runs it as on another machine, where a true output is the same. A rule that is
    broken is a RecordingError with the line of the command that broke it.
    """
    last = steps(path, read(path))[-1].line
    before = None if sandbox.namespaces else checkout_state()
    with sandbox.copy_of(path.parent) as place:
        bytecode = (path.parent / BYTECODE_MARK).exists()
        env = environment(place, python, bytecode=bytecode, elsewhere=elsewhere)
        with sandbox.moved(elsewhere):
            text = run_in(place, path, python, sandbox, env)
        if strays := place.strays():
            raise RecordingError(path, last, f"wrote into the home folder: {', '.join(strays)}")
    if before is not None and before != (after := checkout_state()):
        changed = sorted(set(before.items()) ^ set(after.items()))
        name = display(Path(changed[0][0]))
        raise RecordingError(path, last, f"wrote into the checkout: {name}")
    return text


def run_in(place: Place, path: Path, python: Python, sandbox: Sandbox, env: dict[str, str]) -> str:
    """Run a recording's commands or inputs in a place; return the text as the reader sees it."""
    found = steps(path, read(path))

    def seen(result: Result) -> Result:
        text = result.output
        for real, shown in masks(place, python):
            text = text.replace(real, shown)
        return Result(text, result.status, result.fault)

    if Name.of(path).form == ".console":
        return _console(path, found, Shell(place, python, sandbox, env), seen)
    typed = "".join(step.text[4:] + "\n" for step in found)
    result = sandbox.run(
        python.venv / "bin" / "python",
        ["python", "-q", "-i"],
        env | {"PYTHONSTARTUP": str(STARTUP)},
        place.folder,
        stdin=typed,
    )
    return _session(path, found, seen(result))


def _console(path: Path, found: list[Step], shell: Shell, seen: Callable[[Result], Result]) -> str:
    commands = [step.text.removeprefix("$ ") for step in found]
    for step, command in zip(found, commands, strict=True):
        with _located(path, step):
            Command.parse(command)
    text = ""
    for index, step in enumerate(found):
        with _located(path, step):
            result = seen(shell.run(commands[index]))
        _check(path, step, result)
        asked = commands[index + 1 : index + 2] == ["echo $?"]
        if shell.status and not asked and not ERROR_TEXT.search(result.output):
            problem = f"ends with exit status {shell.status}, which the reader cannot see"
            raise RecordingError(path, step.line, f"{problem}; add `$ echo $?` below it")
        text += f"{step.text}\n{result.output}"
    return text


@contextmanager
def _located(path: Path, step: Step) -> Iterator[None]:
    """Give a complaint of the little shell the line of its command."""
    try:
        yield
    except ShellError as error:
        raise RecordingError(path, step.line, f"the little shell: {error}") from None


def _check(path: Path, step: Step, result: Result) -> None:
    """Refuse output that the recording's form cannot hold, and runs that were stopped."""
    if result.fault:
        shown = result.output[-400:].strip()
        raise RecordingError(
            path, step.line, result.fault + (f"; it printed:\n{shown}" if shown else "")
        )
    if result.output and not result.output.endswith("\n"):
        raise RecordingError(path, step.line, "its output does not end with a new line; print one")
    if "\r" in result.output:
        text = "prints a carriage return, which overwrites a line; print whole lines"
        raise RecordingError(path, step.line, text)
    if found := UNPRINTABLE.search(result.output):
        text = f"prints {named(found[0])}, which no page can show; print text alone"
        raise RecordingError(path, step.line, text)
    prompts = ("$ ",) if Name.of(path).form == ".console" else (">>> ", "... ", ">>>\n", "...\n")
    for line in lines(result.output):
        if line.startswith(prompts):
            text = f"prints a line that looks like what is typed ({line.split()[0]})"
            raise RecordingError(path, step.line, text)


def _session(path: Path, found: list[Step], result: Result) -> str:
    """Put the prompts, inputs and outputs of a `>>>` session together again."""
    if result.fault:
        _check(path, found[-1], result)
    pieces = re.split(f"({'|'.join(PROMPTS)})", result.output)
    if pieces[0]:
        raise RecordingError(path, found[0].line, f"printed before the first prompt: {pieces[0]!r}")
    text = ""
    for index, step in enumerate(found):
        if 2 * index + 2 >= len(pieces):
            raise RecordingError(path, step.line, "is never reached: the session ended before it")
        prompt, output = PROMPTS[pieces[2 * index + 1]], pieces[2 * index + 2]
        _check(path, step, Result(output, result.status, None))
        # A line without input keeps the blank after its prompt only if it was recorded so.
        line = prompt + step.text[4:] if step.text[4:] else prompt[: len(step.text)]
        text += f"{line}\n{output}"
    if len(pieces) > 2 * len(found) + 3:
        raise RecordingError(path, found[-1].line, "printed more prompts than were typed after")
    return text
