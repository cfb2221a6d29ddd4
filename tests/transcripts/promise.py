"""The promise: nothing is printed that did not run. Each function returns what breaks it."""

from __future__ import annotations

import ast
import os
import pickle
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

from docutils import nodes

from transcripts import recordings
from transcripts.pythons import Python
from transcripts.recordings import Name
from transcripts.replay import environment, run_in
from transcripts.sandbox import Sandbox

# Files of code/ that no chapter shows and no run touches, each with its reason.
EXCEPTIONS = {
    "README.md": "the map from chapters to folders, for readers of the code alone",
}
# What the reader makes himself, because that is what the chapter teaches. In every other exercise
# a file that is missing in the start would teach nothing.
NEW_FILES = {
    "modules/exercises/kirana": {"prices.py": "the first module: names that leave a long file"},
    "user-defined-modules/exercises/kirana": {
        "bill.py": "a module of one's own, for the sum",
        "board.py": "a module of one's own, for the board",
    },
    "packages/exercises/kirana": {"kirana/__init__.py": "the gate that makes a folder a package"},
}
# literalinclude options that print what the file does not hold, or holds elsewhere.
UNFAITHFUL = ("prepend", "append", "diff", "dedent")
EVIDENCE = """
import os, sys
log = os.environ.get("IMPORT_KARO_EVIDENCE")
def note(event, arguments):
    if event in ("open", "cpython.run_file") and arguments[0] != log:
        try:
            inode = os.stat(arguments[0]).st_ino
        except (OSError, TypeError, ValueError):
            return
        target = os.open(log, os.O_WRONLY | os.O_APPEND)
        os.write(target, b"%d\\n" % inode)
        os.close(target)
if log:
    sys.addaudithook(note)
"""


@dataclass(frozen=True)
class Block:
    """A literal block of a chapter: where it stands, which file it names, what it prints."""

    place: str
    source: str
    text: str


def chapters(doctrees: Path) -> Iterator[tuple[str, nodes.document]]:
    """Yield each chapter's name and doctree."""
    for path in sorted(doctrees.glob("**/*.doctree")):
        with path.open("rb") as file:
            yield path.relative_to(doctrees).with_suffix("").as_posix(), pickle.load(file)


def untranslatable(doctrees: Path) -> list[str]:
    """Return prose of a translation that Sphinx never offered to a translator."""
    prose = (nodes.paragraph, nodes.title, nodes.caption, nodes.term, nodes.attribution)
    return [
        f"{name}.md: no catalog has: {node.astext()}"
        for name, tree in chapters(doctrees)
        for node in tree.findall(lambda node: isinstance(node, prose))
        if "translated" not in node and not isinstance(node, nodes.literal)
        if any(isinstance(text, nodes.Text) and any(map(str.isalpha, text)) for text in node)
    ]


def blocks(doctrees: Path) -> Iterator[Block]:
    """Yield every literal block of every chapter of an edition."""
    for name, tree in chapters(doctrees):
        for node in tree.findall(
            lambda node: isinstance(node, (nodes.literal_block, nodes.doctest_block, nodes.raw))
        ):
            text = node.astext() if isinstance(node, nodes.raw) else node.rawsource or node.astext()
            yield Block(f"{name}.md:{node.line or '?'}", str(node.get("source", "")), text)


def unproven_blocks(doctrees: Path, code: Path) -> list[str]:
    """Return literal blocks that are no contiguous lines of a file under code/."""
    found = []
    for block in blocks(doctrees):
        shown = block.text.strip().splitlines()[:1]
        if not block.source or not Path(block.source).is_relative_to(code):
            found.append(f"{block.place}: {shown} is typed, not included from code/")
        elif not is_slice(block.text, Path(block.source).read_text(encoding="utf-8")):
            name = Path(block.source).relative_to(code)
            found.append(f"{block.place}: {shown} is not what stands in code/{name}")
    return found


def is_slice(text: str, whole: str) -> bool:
    """Tell whether a text is one run of whole lines of another."""
    part, lines = text.rstrip("\n").split("\n"), whole.rstrip("\n").split("\n")
    return any(lines[at : at + len(part)] == part for at in range(len(lines) - len(part) + 1))


class Preformatted(HTMLParser):
    """Collects the text of every <pre> of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Start a block."""
        if tag == "pre":
            self.depth += 1
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        self.depth -= tag == "pre"

    def handle_data(self, data: str) -> None:
        """Collect what is printed."""
        if self.depth:
            self.found[-1] += data


def unproven_pages(pages: Path, code: Path, pattern: str = "*.html") -> list[str]:
    """Return printed blocks of built pages that are no contiguous lines of a file under code/."""
    files = [path.read_text(encoding="utf-8") for path in sorted(code.rglob("*")) if path.is_file()]
    found = []
    for page in sorted(pages.rglob(pattern)):
        parser = Preformatted()
        parser.feed(page.read_text(encoding="utf-8"))
        for text in parser.found:
            if not any(is_slice(text, whole) for whole in files):
                found.append(f"{page.relative_to(pages)}: {text.splitlines()[:1]} is in no file")
    return found


def unfaithful_options(chapters_folder: Path) -> list[str]:
    """Return uses of options that print something else than one run of a file's lines."""
    found = []
    for path in sorted(chapters_folder.glob("**/*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            name, _, value = line.strip().removeprefix(":").partition(":")
            if not line.strip().startswith(":"):
                continue
            if name in UNFAITHFUL or (name == "lines" and "," in value):
                found.append(f"{path.name}:{number}: {line.strip()} prints what the file does not")
    return found


# --- every error text is recorded ---


def unrecorded_errors(doctrees: Path, code: Path) -> list[str]:
    """Return rows of the error finder that differ from the lines of their transcripts.

    A row is read as it is shown: what it sets off as a placeholder may be anything.
    """
    found = []
    for name, tree in chapters(doctrees):
        for item in tree.findall(lambda node: "error" in getattr(node, "attributes", {})):
            shown = next(iter(item.findall(nodes.literal)))
            wanted = "".join(
                ".+" if isinstance(piece, nodes.emphasis) else re.escape(piece.astext())
                for piece in shown.children
            )
            for cause in item.findall(lambda node: "cause" in getattr(node, "attributes", {})):
                for transcript in cause["cause"]:
                    path = code / transcript
                    forms = [recordings.plain(path), *recordings.variants(path)]
                    lines = [line for form in forms for line in recordings.read(form).splitlines()]
                    if not any(re.fullmatch(wanted, line) for line in lines):
                        found.append(f"{name}.md: {shown.astext()} is not in code/{transcript}")
    return found


# --- every file is proven ---


def shown_files(doctrees: Path) -> set[Path]:
    """Return the files that an edition prints."""
    return {Path(block.source) for block in blocks(doctrees) if block.source}


def exercises(code: Path) -> list[Path]:
    """Return the folders of the exercises."""
    return sorted(path for path in code.glob("*/exercises/*") if path.is_dir())


def unused_transcripts(code: Path, shown: set[Path]) -> list[str]:
    """Return recordings that no chapter prints and no exercise is proven by."""
    found = []
    for path in recordings.under(code):
        proves = path.name.startswith("check.") and path.parent.name in ("start", "solution")
        other_form = Name.of(path).bound and recordings.plain(path) in shown
        if path not in shown and not proves and not other_form:
            found.append(
                f"code/{path.relative_to(code)}: no chapter prints it; include or delete it"
            )
    return found


def unproven_files(code: Path, shown: set[Path], python: Python) -> list[str]:
    """Return files that no chapter shows and no run of a transcript reads."""
    rest = {
        path
        for path in code.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not recordings.NAME.fullmatch(path.name)
        and path not in shown
        and path.relative_to(code).as_posix() not in EXCEPTIONS
    }
    folders = {path.parent for path in recordings.under(code)}
    homes = {each for path in rest for each in path.parents} & folders
    proven = shown | {each for folder in homes for each in files_read(folder, python)}
    copies = {copy_of(path) for path in proven}
    return [
        f"code/{path.relative_to(code)}: not shown, imported or read; delete it or use it"
        for path in sorted(rest - proven)
        if copy_of(path) not in copies
    ]


def copy_of(path: Path) -> object:
    """Return what is equal for the copies of a file that an exercise keeps.

    A start breaks before it reads all its files; its solution reads them, or the chapter before,
    where an exercise of the same name is one project.
    """
    if "exercises" not in path.parts:
        return path
    name = path.parts[path.parts.index("exercises") + 1]
    return name, path.name, path.read_bytes()


def files_read(folder: Path, python: Python) -> set[Path]:
    """Run a folder's transcripts with an audit hook and return which of its files were opened.

    A venv of its own carries the hook (sys.addaudithook, PEP 578), so the real runs stay bare. A
    file is known by its inode, because a transcript may move it first.
    """
    found: set[Path] = set()
    with Sandbox() as sandbox:
        hooked = Hooked(python.version, python.executable, python.prefix, sandbox.scratch / "venv")
        command = [str(python.executable), "-I", "-m", "venv", "--without-pip", str(hooked.venv)]
        subprocess.run(command, check=True, capture_output=True)
        site = next(hooked.venv.glob("lib/python*/site-packages"))
        (site / "sitecustomize.py").write_text(EVIDENCE)
        for path in recordings.under(folder):
            if path.parent == folder:
                found |= _read_by(path, hooked, sandbox)
    return found


@dataclass(frozen=True)
class Hooked(Python):
    """A Python whose venv carries the audit hook."""

    own_venv: Path

    @property
    def venv(self) -> Path:
        """The folder of that venv."""
        return self.own_venv


def _read_by(path: Path, python: Hooked, sandbox: Sandbox) -> set[Path]:
    """Return the files of a recording's folder that its run opened."""
    with sandbox.copy_of(path.parent) as place:
        log = place.temporary / "opened"
        log.touch()
        known = {
            each.stat().st_ino: path.parent / each.relative_to(place.folder)
            for each in place.folder.rglob("*")
        }
        env = environment(place, python, bytecode=False) | {"IMPORT_KARO_EVIDENCE": str(log)}
        run_in(place, path, python, sandbox, env)
        opened = {known.get(int(line)) for line in log.read_text().split()}
    typed = [step.text.split() for step in recordings.steps(path, recordings.read(path))]
    printed = {Path(word).name for words in typed if words[1:2] == ["cat"] for word in words[2:]}
    return {each for each in known.values() if each in opened or each.name in printed}


# --- exercises ---


def predictions(doctrees: Path) -> set[Path]:
    """Return the files that an edition prints where a reader opens a {predict}, and only there."""
    folded: set[Path] = set()
    open_: set[Path] = set()
    for _, tree in chapters(doctrees):
        inside = {
            id(block)
            for fold in tree.findall(lambda node: _attribute(node, "kind") == "predict")
            for block in fold.findall(nodes.literal_block)
        }
        for block in tree.findall(nodes.literal_block):
            (folded if id(block) in inside else open_).add(Path(str(block.get("source", ""))))
    return folded - open_


def _attribute(node: nodes.Node, name: str) -> object:
    return node.get(name) if isinstance(node, nodes.Element) else None


def quotes(tree: nodes.document) -> Iterator[tuple[Path, set[str]]]:
    """Yield each file that a chapter prints, and what the section around it quotes as code."""
    for block in tree.findall(nodes.literal_block):
        section = block.parent
        while not isinstance(section, nodes.section):
            section = section.parent
        texts = {each.astext() for each in section.findall(nodes.literal)}
        yield Path(str(block.get("source", ""))), texts


def quoted_files(quoted: Mapping[Path, Collection[str]]) -> set[Path]:
    """Return the files of one line that are quoted whole where a file beside them is printed."""
    return {
        path
        for printed, texts in quoted.items()
        for path in printed.parent.rglob("*.py")
        if (text := path.read_text(encoding="utf-8").strip()) in texts and "\n" not in text
    }


def faulty_exercises(
    code: Path,
    shown: dict[str, set[Path]],
    folded: Collection[Path] = (),
    quoted: Mapping[Path, Collection[str]] = MappingProxyType({}),
) -> list[str]:
    """Return exercises that do not start broken, are not solved, or are not in their chapter.

    `shown` has the files that each chapter prints, `folded` those that only a {predict} shows,
    `quoted` what the section around a printed file quotes.
    An exercise without start/ and solution/ is a prediction: its files lie in it, and what they
    print is folded.
    """
    found = []
    for folder in exercises(code):
        name = folder.relative_to(code)
        printed = shown.get(name.parts[0], set())
        halves = any((folder / half).is_dir() for half in ("start", "solution"))
        problems = (
            _problems(folder, printed, NEW_FILES.get(name.as_posix(), {}), quoted)
            if halves
            else _spoilt(folder, printed, folded)
        )
        found += [f"code/{name}: {problem}" for problem in problems]
    return found


def _spoilt(folder: Path, printed: set[Path], folded: Collection[Path]) -> Iterable[str]:
    """Yield why there is nothing to predict."""
    transcripts = [path for path in recordings.under(folder) if Name.of(path).bound is None]
    if not transcripts:
        yield "no start/, no solution/ and no transcript to predict"
    for path in transcripts:
        if path not in folded:
            yield f"{path.name} must stand in a {{predict}} of the chapter, and nowhere else"
    for path in sorted(folder.rglob("*")):
        listing = path.is_file() and "__pycache__" not in path.parts and path.stat().st_size
        if (
            listing
            and not recordings.NAME.fullmatch(path.name)
            and path not in printed - set(folded)
        ):
            yield f"the chapter does not show {path.relative_to(folder)} before it asks"


def _problems(
    folder: Path,
    printed: set[Path],
    new: Collection[str],
    quoted: Mapping[Path, Collection[str]],
) -> Iterable[str]:
    checks = [folder / name / "check.console" for name in ("start", "solution")]
    if missing := [path.parent.name for path in checks if not path.exists()]:
        yield f"no check.console in {' and '.join(missing)}"
        return
    start, solution = (recordings.steps(path, recordings.read(path)) for path in checks)
    if [step.text for step in start] != [step.text for step in solution]:
        yield "start and solution must run the same commands"
    if [step.output for step in start] == [step.output for step in solution]:
        yield "the start already prints what is wanted"
    if "Error" in solution[-1].output:
        yield "the solution ends in an error"
    wrong = {line for ours, theirs in zip(start, solution, strict=True)
             if ours.output != theirs.output for line in ours.output.splitlines()}  # fmt: skip
    if checks[0] not in printed and wrong.isdisjoint(quoted.get(checks[1], ())):
        yield "the exercise neither prints start/check.console nor quotes a line of it"
    if python_files(checks[0].parent) + len(new) < python_files(checks[1].parent):
        yield "a file is missing in start; a missing file teaches nothing"
    if not_made := [each for each in new if not is_new(folder, each)]:
        yield f"NEW_FILES says that the reader makes {', '.join(not_made)}"
    for path in sorted(checks[0].parent.rglob("*.py")):
        if is_stub(path):
            yield f"{path.name} in start is a stub; it must be wrong, not empty"


def is_new(folder: Path, name: str) -> bool:
    """Tell whether an exercise's solution has a file that its start has not."""
    return (folder / "solution" / name).is_file() and not (folder / "start" / name).exists()


def python_files(folder: Path) -> int:
    """Count the Python files of a folder."""
    return len(list(folder.rglob("*.py")))


def is_stub(path: Path) -> bool:
    """Tell whether a file holds a function without a body; what is not Python is no stub."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return False
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return any(_is_empty(node.body[-1]) for node in functions if len(node.body) == 1)


def _is_empty(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return "NotImplemented" in ast.dump(statement)
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass)


# --- files ---


def not_utf8(code: Path) -> list[str]:
    """Return files under code/ that are not UTF-8 with LF line ends."""
    found = []
    for path in sorted(code.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            data = path.read_bytes()
            name = os.path.relpath(path, code.parent)
            try:
                if "\r" in data.decode():
                    found.append(f"{name}: has CRLF line ends; save it with LF")
            except UnicodeDecodeError as error:
                line = data.count(b"\n", 0, error.start) + 1
                found.append(f"{name}:{line}: is not UTF-8; save it as UTF-8")
    return found
