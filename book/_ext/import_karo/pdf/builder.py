"""The builders `pdf` (for the screen) and `press` (for a printer): chapters to Typst to PDF."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _
from sphinx.util import logging

from ..core import editions
from ..languages import BETWEEN
from . import index, settings, typeset
from .markup import Anchor, Mark, escaped, string
from .places import INDEX, PICTURES, Places, placed
from .translator import TypstTranslator

logger = logging.getLogger(__name__)
ABOUT = "about"  # what the front page of the HTML says of the book
TEMPLATES = ("book.typ", "common.typ", "cover.typ", "wrap.typ")


@dataclass
class Division:
    """A list of chapters: front matter, a part, or back matter."""

    part: str  # its title; empty for what is no part
    numbered: bool
    documents: list[tuple[str, int]] = field(default_factory=list)  # and the level of the title


class PdfBuilder(Builder):
    """Writes one PDF for the screen: cover included, coloured links."""

    name = "pdf"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    allow_parallel = True
    supported_image_types = [*dict.fromkeys(PICTURES.values())]  # noqa: RUF012
    press = False

    def init(self) -> None:
        """Start without places."""
        self.places = Places(self.env, self.images, self.srcdir, self.outdir)
        self.lost: set[str] = set()  # scripts that no font has
        self.marks: dict[str, list[tuple[int, str, int]]] = {}  # of each page: line, source, line

    def get_outdated_docs(self) -> str:
        """Return what Sphinx says it builds: a PDF is made whole."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document in the book."""
        return self.places.address(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a document in the book; it is the same from everywhere."""
        return self.get_target_uri(to, typ)

    # --- the book ---

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write every page as Typst source, then the PDFs."""
        divisions = list(self.divisions())
        names = [name for each in divisions for name, _level in each.documents]
        if all(name != INDEX for name in names):
            divisions.append(Division("", numbered=False, documents=[(INDEX, 1)]))
        trees = {name: self.tree(name) for name in [self.config.root_doc, *names] if name != INDEX}
        for name, tree in trees.items():
            self.places.note(name, tree)
        levels = {name: level for each in divisions for name, level in each.documents}
        pages = {name: self.pieces(name, tree, levels.get(name, 1)) for name, tree in trees.items()}
        pages[INDEX] = [self.index_source()]
        self.outdir.mkdir(parents=True, exist_ok=True)
        pages[ABOUT] = pages.pop(self.config.root_doc)
        for name, found in pages.items():
            self.write_page(name, found)
        for name in TEMPLATES:
            shutil.copyfile(typeset.PRINT / name, self.outdir / name)
        settings.write(self.outdir, self.config, press=self.press)
        (self.outdir / "main.typ").write_text(self.main(divisions), encoding="utf-8")
        self.write_pdfs(trees)

    def write_pdfs(self, trees: dict[str, nodes.document]) -> None:
        """Write what this builder is for."""
        self.compile("main.typ", f"{self.basename()}.pdf", trees)

    def basename(self) -> str:
        """Return the name of the edition's files."""
        edition = editions.of(self.config)
        return f"import-karo-{edition.folder if edition else self.config.language}"

    def divisions(self) -> Iterator[Division]:
        """Return the divisions of the book: each captioned list of the front page is one."""
        root = self.env.get_doctree(self.config.root_doc)
        for tree in root.findall(addnodes.toctree):
            numbered = bool(tree["numbered"])
            found = Division(tree.get("caption") or "" if numbered else "", numbered)
            for _title, name in tree["entries"]:
                found.documents += self.documents(name, 2 if found.part else 1)
            yield found

    def documents(self, name: str, level: int) -> Iterator[tuple[str, int]]:
        """Return a document and those that it lists, with the level of their titles."""
        if name not in self.env.found_docs and name != INDEX:
            return  # an address, or what Sphinx has reported
        yield name, level
        for below in self.env.toctree_includes.get(name, ()):
            yield from self.documents(below, level + 1)

    def tree(self, name: str) -> nodes.document:
        """Return a resolved doctree with its pictures chosen."""
        tree = self.env.get_and_resolve_doctree(name, self, tags=self.tags)
        self.post_process_images(tree)
        return tree

    def pieces(self, name: str, tree: nodes.document, level: int) -> list[str]:
        """Return a document as pieces of Typst source."""
        translator = TypstTranslator(tree, self, self.places, name, level)
        tree.walkabout(translator)
        return translator.pieces

    def write_page(self, name: str, pieces: list[str]) -> None:
        """Write a page: anchors that nothing leads to left out, places in the sources noted."""
        text, line = ['#import "/book.typ": *\n'], 2
        marks = self.marks.setdefault(f"pages/{name}.typ", [])
        for piece in pieces:
            if isinstance(piece, Mark):
                marks.append((line, piece.source, piece.line))
            elif not isinstance(piece, Anchor) or piece.label in self.places.wanted:
                line += piece.count("\n")
                text.append(piece)
        target = self.outdir / "pages" / f"{name}.typ"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(text), encoding="utf-8")

    def index_source(self) -> str:
        """Return the page of the index."""
        heading = f'#head(level: 1, depth: 0, label: "{INDEX}:")[{escaped(_("Index"))}]'
        groups = IndexEntries(self.env).create_index(self)
        return f"{heading}\n\n{index.source(groups, self.places)}"

    def main(self, divisions: list[Division]) -> str:
        """Return the source of the whole book: its divisions in order."""
        lines = [
            '#import "book.typ": *',
            "#show: book",
            f'#front-matter(about: include "pages/{ABOUT}.typ")',
        ]
        started = False
        for division in divisions:
            if division.numbered and not started:
                lines.append("#show: main-matter")
                started = True
            if division.part:
                label, _dot, title = division.part.rpartition(" · ")
                title, _between, second = title.partition(BETWEEN)
                lines.append(
                    f"#part([{escaped(label)}], second: [{escaped(second)}])[{escaped(title)}]"
                )
            lines += [f"#include {string(f'pages/{name}.typ')}" for name, _ in division.documents]
        return "\n".join([*lines, "#the-end", ""])

    # --- Typst ---

    def compile(
        self, source: str, target: str, trees: dict[str, nodes.document], **inputs: str
    ) -> typst.Compiler | None:
        """Turn a source into a PDF, or say what is wrong and where; None where nothing was made."""
        compiler = typeset.compiler(Path(self.outdir), source, **inputs)
        written = Path(self.outdir) / target
        written.unlink(missing_ok=True)
        try:
            result, warnings = compiler.compile_with_warnings(
                pdf_standards=["ua-1", "a-2a"], timestamp=editions.source_date()
            )
        except typst.TypstError as error:
            for problem in typeset.problems(error.diagnostic):
                self.report(problem, trees)
            logger.error("%s was not written: see above", target)
            self._app.statuscode = 1
            return None
        for warning in warnings:
            for problem in typeset.problems(warning.diagnostic):
                self.report(problem, trees)
        for found in json.loads(compiler.query("<problem>", field="value")):
            logger.warning(found["message"], location=found["at"])
        assert isinstance(result, bytes)
        partial = written.with_suffix(".partial")
        partial.write_bytes(result)
        partial.replace(written)
        return compiler

    def report(self, problem: typeset.Problem, trees: dict[str, nodes.document]) -> None:
        """Say what is wrong where the author can mend it."""
        if lost := re.search(r'the text `"(.+?)"` could not be displayed', problem.message):
            found = [node.parent for tree in trees.values() for node in tree.findall(nodes.Text)
                     if lost[1] in node.astext()]  # fmt: skip
            if found:
                text = (
                    "no font of the book has %s (%s). Put an open font that has it, with its "
                    "licence, into book/_print/fonts/ and its name into `serif` in "
                    "book/_print/book.typ"
                )
                script = unicodedata.name(lost[1][0], "no letter").split()[0].title()
                if script not in self.lost:  # once for all its letters
                    self.lost.add(script)
                    logger.warning(text, lost[1], script, location=placed(found[0]))
                return
        pages = [marks for page, marks in self.marks.items() if problem.file.endswith(page)]
        known = [mark for marks in pages for mark in marks if mark[0] <= problem.line]
        place = f"{known[-1][1]}:{known[-1][2]}" if known else f"{problem.file}:{problem.line}"
        logger.warning("Typst: %s", problem.message, location=place)


class PressBuilder(PdfBuilder):
    """Writes what a printer wants: the interior with bleed, and the cover around it."""

    name = "press"
    press = True

    def write_pdfs(self, trees: dict[str, nodes.document]) -> None:
        """Write the interior, then a cover as wide as its pages make it."""
        interior = self.compile("main.typ", f"{self.basename()}-interior.pdf", trees)
        if interior is None:
            return
        pages = json.loads(interior.query("<pages>", field="value", one=True))
        self.compile("wrap.typ", f"{self.basename()}-cover.pdf", trees, pages=str(pages))
