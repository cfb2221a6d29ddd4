"""The little shell of the transcripts: words, a handful of built-ins, and Python. No real shell.

Words, quotes and expansion follow the POSIX shell's rules (IEEE Std 1003.1, chapter 2.2), as far
as they are needed; everything else is refused with a hint at what to write instead.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .pythons import Python
from .sandbox import HOME, Place, Result, Sandbox

HINTS = {
    "|": "no pipes: let a Python file do both steps",
    "&": "no background and no &&: write each command on a `$ ` line of its own",
    ";": "no second command: write it on a `$ ` line of its own",
    "<": "no input redirection: let the program open the file",
    "(": "no subshell: write plain commands",
    ")": "no subshell: write plain commands",
    "`": "no command substitution: write the value",
    "*": "no patterns: write the names",
    "?": "no patterns: write the names",
    "[": "no patterns: write the names",
    "{": "no braces: write the names",
    "~": f"no ~: write a relative path, or {HOME}",
    "#": "no comments: explain in the prose",
    "!": "no history: write the command",
}
PROGRAMS = ("python", "python3", "py")
# No typed word can hold a NUL, so the redirection is told from a quoted ">".
REDIRECT = ">\0"
ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)", re.DOTALL)


class ShellError(Exception):
    """A command that the little shell does not do; the text says what to write instead."""


def split(command: str, status: int = 0) -> list[str]:
    """Split a command into words, `$?` replaced by `status`; a lone `>` is the word REDIRECT."""
    words: list[str] = []
    word: str | None = None
    quote = ""
    position = 0
    while position < len(command):
        char = command[position]
        position += 1
        if char == "$" and quote != "'":
            if command[position : position + 1] != "?":
                raise ShellError("no variables except `$?`: write the value")
            position += 1
            word = (word or "") + str(status)
        elif char == quote:
            quote = ""
        elif quote == "'" or (quote and char not in '\\"`'):
            word = (word or "") + char
        elif char == "\\":
            following = command[position : position + 1]
            literal = quote and following not in ('"', "\\", "$", "`")
            word = (word or "") + ("\\" if literal else "") + following
            position += 1
        elif char in "'\"":
            quote, word = char, word or ""
        elif char.isspace():
            words += [word] if word is not None else []
            word = None
        elif char == ">":
            if word is not None or command[position : position + 1] in (">", "&"):
                raise ShellError("only `> file`, with blanks around it")
            words.append(REDIRECT)
        elif char in HINTS and not (char in "#~!" and word is not None):
            raise ShellError(HINTS[char])
        else:
            word = (word or "") + char
    if quote:
        raise ShellError(f"the quote {quote} is never closed")
    return words + ([word] if word is not None else [])


@dataclass
class Command:
    """One parsed command: variables set for it, its words, and the file it prints to."""

    variables: dict[str, str]
    words: list[str]
    target: str | None

    @classmethod
    def parse(cls, text: str, status: int = 0) -> Command:
        """Parse a command line; what is not supported is a ShellError."""
        words = split(text, status)
        target = None
        if REDIRECT in words:
            if words.index(REDIRECT) != len(words) - 2:
                raise ShellError("only one `> file`, at the end")
            target = words[-1]
            words = words[:-2]
        variables = {}
        while words and (match := ASSIGNMENT.fullmatch(words[0])):
            variables[match["name"]] = match["value"]
            words = words[1:]
        if not words:
            raise ShellError("no command; a variable alone is set with `export NAME=value`")
        if words[0] not in PROGRAMS and words[0] not in BUILTINS:
            known = " ".join([*BUILTINS, *PROGRAMS])
            raise ShellError(f"does not know {words[0]!r}: it has {known}")
        if words[0] in PROGRAMS and len(words) == 1:
            raise ShellError("no interactive session here: record it as a .pycon file")
        if variables and words[0] in BUILTINS:
            raise ShellError(f"{words[0]!r} takes no variables before it")
        return cls(variables, words, target)


@dataclass
class Shell:
    """The state of one session: where it stands, what it exports, the last exit status."""

    place: Place
    python: Python
    sandbox: Sandbox
    env: dict[str, str]
    status: int = 0
    cwd: Path = field(init=False)

    def __post_init__(self) -> None:
        self.cwd = self.place.folder

    def run(self, text: str) -> Result:
        """Run one command; its exit status is kept for `$?`."""
        command = Command.parse(text, self.status)
        if command.target is not None:
            self.path(command.target)  # refuses a target outside the home
        name, *arguments = command.words
        if name in PROGRAMS:
            result = self._program(command)
        else:
            result = Result(BUILTINS[name](self, arguments), 0, None)
            if command.target is not None:
                self.path(command.target).write_text(result.output, encoding="utf-8")
                result = Result("", 0, None)
        self.status = result.status or 0
        if self.status < 0:  # ended by a signal: what a shell reports
            self.status = 128 - self.status
        return result

    def _program(self, command: Command) -> Result:
        real_home = str(self.place.home)
        name, *arguments = command.words
        return self.sandbox.run(
            self.python.venv / "bin" / "python",
            [name, *(word.replace(HOME, real_home) for word in arguments)],
            self.env
            | {key: value.replace(HOME, real_home) for key, value in command.variables.items()},
            self.cwd,
            stdout=command.target,
        )

    def path(self, word: str) -> Path:
        """Return the real path a word means; outside the reader's home it is a ShellError."""
        real = Path(word.replace(HOME, str(self.place.home), 1))
        path = Path(os.path.normpath(self.cwd / real))
        if path != self.place.home and self.place.home not in path.parents:
            raise ShellError(f"{word!r} leaves {HOME}")
        return path

    def existing(self, word: str) -> Path:
        """Return a path that must be there."""
        path = self.path(word)
        if not path.exists():
            raise ShellError(f"there is no {word!r} here")
        return path


def _cd(shell: Shell, words: list[str]) -> str:
    if len(words) > 1:
        raise ShellError("cd takes one folder")
    folder = shell.existing(words[0]) if words else shell.place.home
    if not folder.is_dir():
        raise ShellError(f"{words[0]!r} is not a folder")
    shell.cwd = folder
    return ""


def _ls(shell: Shell, words: list[str]) -> str:
    _refuse_options("ls", words)
    if len(words) > 1:
        raise ShellError("ls takes one folder; use tree for more")
    path = shell.existing(words[0]) if words else shell.cwd
    names = sorted(entry.name for entry in path.iterdir()) if path.is_dir() else [words[0]]
    line = "  ".join(name for name in names if not name.startswith("."))
    if len(line) > 80:
        raise ShellError("ls would print more than one line: use tree")
    return line + "\n" if line else ""


def _cat(shell: Shell, words: list[str]) -> str:
    _refuse_options("cat", words)
    if not words:
        raise ShellError("cat needs a file")
    return "".join(shell.existing(word).read_text(encoding="utf-8") for word in words)


def _tree(shell: Shell, words: list[str]) -> str:
    _refuse_options("tree", words)
    if len(words) > 1:
        raise ShellError("tree takes one folder")
    if not words:
        return draw_tree(shell.cwd)
    return f"{words[0].rstrip('/')}/\n" + draw_tree(shell.existing(words[0]), 1)


def draw_tree(folder: Path, depth: int = 0) -> str:
    """Draw a folder: sorted, four blanks an indent, folders with a trailing slash."""
    lines = ""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        slash = "/" if path.is_dir() else ""
        lines += f"{'    ' * depth}{path.name}{slash}\n"
        if path.is_dir():
            lines += draw_tree(path, depth + 1)
    return lines


def _echo(_: Shell, words: list[str]) -> str:
    _refuse_options("echo", words[:1])
    return " ".join(words) + "\n"


def _mkdir(shell: Shell, words: list[str]) -> str:
    parents = words[:1] == ["-p"]
    names = words[1:] if parents else words
    _refuse_options("mkdir", names)
    for name in names:
        try:
            shell.path(name).mkdir(parents=parents, exist_ok=parents)
        except OSError as error:
            raise ShellError(f"mkdir {name}: {error.strerror}") from None
    return ""


def _rm(shell: Shell, words: list[str]) -> str:
    recursive = words[:1] == ["-r"]
    names = words[1:] if recursive else words
    _refuse_options("rm", names)
    for name in names:
        path = shell.existing(name)
        if path in (shell.place.home, shell.cwd, *shell.cwd.parents):
            raise ShellError(f"rm may not remove {name!r}, where it stands")
        if path.is_dir() and not recursive:
            raise ShellError(f"{name!r} is a folder: rm -r")
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return ""


def _mv(shell: Shell, words: list[str]) -> str:
    _refuse_options("mv", words)
    if len(words) != 2:
        raise ShellError("mv takes two names")
    source, target = shell.existing(words[0]), shell.path(words[1])
    shutil.move(source, target / source.name if target.is_dir() else target)
    return ""


def _export(shell: Shell, words: list[str]) -> str:
    for word in words:
        match = ASSIGNMENT.fullmatch(word)
        if match is None:
            raise ShellError("export takes NAME=value")
        shell.env[match["name"]] = match["value"].replace(HOME, str(shell.place.home))
    return ""


def _refuse_options(name: str, words: list[str]) -> None:
    for word in words:
        if word.startswith("-"):
            raise ShellError(f"{name} has no option {word}")


BUILTINS: dict[str, Callable[[Shell, list[str]], str]] = {
    "cd": _cd,
    "ls": _ls,
    "cat": _cat,
    "tree": _tree,
    "echo": _echo,
    "mkdir": _mkdir,
    "rm": _rm,
    "mv": _mv,
    "export": _export,
}
