"""The error finder: rows of error texts with their causes, all read from recorded transcripts.

`{error-text}` is a row: the text as Python prints it, with PLACEHOLDERS for what differs from
reader to reader. In it stand `{cause}`s, each with the transcripts and sections that show it. The
same rows become the patterns by which the HTML page finds a pasted traceback (error-finder.js).

    ::::{error-text} ModuleNotFoundError: No module named 'MODULE'
    :::{cause} CHAPTER/EXAMPLE/run.console
    :in: label-of-the-section
    :sign: import .NAME | from . import ... SyntaxError
    **What happened.** Why, in a sentence or two.

    Ilaaj: the cure.
    :::
    ::::

A cause may name several transcripts, each with its section. Its sign is what a traceback of this
cause alone shows: ` | ` between ways, ` ... ` for other lines.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..core.packing import CODE, TRANSCRIPTS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Python's `re` and JavaScript read these alike: no lookbehind, no named group, no flag.
WORD = r"[^\s'\"()]+"
PLACEHOLDERS = {
    "NAME": WORD,
    "MODULE": WORD,
    "PACKAGE": WORD,
    "TYPE": WORD,
    "KEYWORD": rf"(?:{'|'.join(keyword.kwlist)})\b",
    "LETTER": r"[^\s'\"]",
    "NUMBER": r"\d+",
    "OPERATOR": r"\S.*?",
    "PATH": r"(?:[A-Za-z]:|[\/\\~.<]).*?",
    "PYTHON": r"(?:.*[\/\\])?py\S*",
}
PLACEHOLDER = re.compile(rf"(?<![A-Z])({'|'.join(PLACEHOLDERS)})(?![A-Z])")
# What people leave out when they tell of an error: the kind, or the program that speaks.
HEAD = re.compile(r"(?:PATH:NUMBER: )?\w+(?:Error|Warning): |PYTHON: ")
# What newer Pythons add to a text where they know a name like it.
ADDED = "Did you mean"
ADVICE = r"(?:\. Did you mean:? .*)?"
# What Python 3.15, or a later patch release of 3.13, says in other words than those before it.
REWORDED = {
    "Did you mean '.NAME' instead of '.NAME'?": "Did you mean: 'NAME'?",
    "and prevents importing that standard library module": (
        "and the import system gives it precedence"
    ),
    "as a library you intended": "as a third-party module you intended",
}
WORDING = re.compile(f"({'|'.join(map(re.escape, REWORDED))})")
START = r"(?:^|[\s'\"(=,\[{])"
ANYTHING = "..."  # in a sign: other text, other lines
OTHERWISE = " | "


def plain(line: str) -> str:
    """Return a line without the blanks around it and with single ones in it."""
    return " ".join(line.split())


def pattern_of(text: str) -> str:
    """Return a regular expression of a text, a placeholder being any name, path and so on.

    It fits the words of older Pythons too.
    """
    pieces = WORDING.split(plain(text))
    return "".join(
        f"(?:{fill(piece)}|{fill(REWORDED[piece])})" if at % 2 else fill(piece)
        for at, piece in enumerate(pieces)
    )


def fill(text: str) -> str:
    """Return a regular expression of a text of one Python."""
    pieces = PLACEHOLDER.split(text)
    return "".join(
        PLACEHOLDERS[piece] if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)
    )


def error_pattern(text: str) -> str:
    """Return the regular expression of an error text, whose head readers may leave out."""
    head = HEAD.match(text)
    start = head.end() if head else 0
    advice = "" if ADDED in text else ADVICE
    return f"(?:{pattern_of(text[:start]).rstrip()} ?)?{pattern_of(text[start:])}{advice}"


def sign_pattern(sign: str) -> str:
    """Return the regular expression of what a traceback shows above its last line."""
    ways = (way.split(ANYTHING) for way in sign.split(OTHERWISE))
    return "|".join(r"[\s\S]*".join(map(word_pattern, way)) for way in ways)


def word_pattern(sign: str) -> str:
    """Return the regular expression of a piece of a sign, which begins where a word begins."""
    start = START if sign.strip()[0].isalpha() else ""
    return start + pattern_of(sign)


def weight(text: str) -> int:
    """Return how much of a text is fixed: of two rows that match, the heavier one is meant."""
    head = HEAD.match(text)
    return len(PLACEHOLDER.sub("", text[head.end() if head else 0 :]))


def row_of(line: str, texts: Iterable[str]) -> str | None:
    """Return the text of the row that a line belongs to; two as good as each other are an error."""
    known = [text for text in texts if re.fullmatch(error_pattern(text), plain(line))]
    best = [text for text in known if weight(text) == max(map(weight, known))]
    if len(best) > 1:
        raise ValueError(f"{line!r} belongs to {len(best)} rows: {best}")
    return best[0] if best else None


def recordings_of(path: Path) -> list[Path]:
    """Return a transcript and its forms for other Pythons."""
    stem = path.name.removesuffix(path.suffix).partition(".upto-")[0]
    return sorted([path, *path.parent.glob(f"{stem}.upto-*{path.suffix}")])


class ErrorText(SphinxDirective):
    """A row: an error text and its causes."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the row as a list of one term, so that every format can show it."""
        text = plain(self.arguments[0])
        row = nodes.make_id(text)
        if row in self.state.document.ids:
            raise self.error(f"this error text has a row already: {text}")
        self.env.temp_data["error text"] = text
        causes = self.parse_content_to_nodes()
        del self.env.temp_data["error text"]
        if not causes or not all("cause" in each for each in causes if _is_element(each)):
            raise self.error("a row holds {cause}s and nothing else")
        # Not for a catalog: Python's words are not translated.
        term = nodes.term("", "", shown(text), ids=[row], translatable=False, translated=True)
        item = nodes.definition_list_item("", term, nodes.definition("", *causes), error=text)
        self.state.document.set_id(term)
        found = nodes.definition_list("", item, classes=["error-row"])
        self.set_source_info(found)
        self.set_source_info(term)
        return [found]


def _is_element(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element)


def shown(text: str) -> nodes.literal:
    """Return an error text as code, with its placeholders set off."""
    words = {"NAME": _("NAME")}
    pieces = [
        nodes.emphasis("", words.get(piece, piece)) if at % 2 else nodes.Text(piece)
        for at, piece in enumerate(PLACEHOLDER.split(text))
        if piece
    ]
    return nodes.literal("", "", *pieces)


class Cause(SphinxDirective):
    """One way to get an error: two paragraphs, the cause and the cure.

    Its argument names transcripts below code/; the option `in` names the section that prints
    each, and `sign` what a traceback of this cause shows.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {  # noqa: RUF012
        "in": directives.unchanged_required,
        "sign": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return the cause, with links to where the chapters teach it."""
        text = self.env.temp_data.get("error text")
        if text is None:
            raise self.error("a {cause} stands in an {error-text}")
        names, sections = self.arguments[0].split(), self.options.get("in", "").split()
        if len(names) != len(sections):
            raise self.error(f"{len(names)} transcripts but {len(sections)} sections in `:in:`")
        sign = self.options.get("sign", "")
        for name in names:
            self.check(name, text, sign)
        found = self.parse_content_to_nodes()
        if [type(each) for each in found] != [nodes.paragraph, nodes.paragraph]:
            raise self.error("a cause has two paragraphs: what happened, and the cure")
        first = next(each for each in found[0] if each.astext())  # MyST leaves empty texts
        if not isinstance(first, nodes.strong):
            raise self.error("a cause begins with its name: **What happened.**")
        box = nodes.container("", *found, self.places(sections), classes=["error-cause"])
        box["ids"] = [self.free_id(names[0])]
        self.state.document.set_id(box)
        box["cause"], box["sign"], box["sections"] = names, sign, sections
        self.set_source_info(box)
        return [box]

    def check(self, name: str, text: str, sign: str) -> None:
        """Refuse a transcript that does not hold the error and its sign."""
        path = CODE / name
        if path.suffix not in TRANSCRIPTS or not path.is_file():
            raise self.error(f"no transcript code/{name}")
        found = recordings_of(path)
        for each in found:
            self.env.note_dependency(str(each))
        lines = [line for each in found for line in each.read_text(encoding="utf-8").splitlines()]
        if not any(re.fullmatch(pattern_of(text), plain(line)) for line in lines):
            raise self.error(f"code/{name} has no line {text}")
        if sign and not re.search(sign_pattern(sign), "\n".join(map(plain, lines))):
            raise self.error(f"code/{name} does not show the sign {sign}")

    def free_id(self, name: str) -> str:
        """Return an id made of a transcript's name; it may stand in two rows."""
        base = found = str(nodes.make_id(name.rpartition(".")[0]))
        count = 1
        while found in self.state.document.ids:
            count += 1
            found = f"{base}-{count}"
        return found

    def places(self, sections: list[str]) -> nodes.paragraph:
        """Return a paragraph that leads to the sections; PlaceNames says what it reads."""
        line = nodes.paragraph("", translatable=False, translated=True, classes=["error-places"])
        for section in dict.fromkeys(sections):
            if len(line):
                line += nodes.Text("; ")
            link = addnodes.pending_xref(
                "",
                nodes.inline(),
                refdoc=self.env.docname,
                refdomain="std",
                reftype="ref",
                reftarget=section,
                refexplicit=True,
                refwarn=True,
                names_chapter=True,
            )
            self.set_source_info(link)
            line += link
        return line


class PlaceNames(SphinxPostTransform):
    """Let links to where an error is taught name the chapter and the section."""

    default_priority = 5  # right before references are resolved

    def run(self, **_kwargs: Any) -> None:
        """Fill in the titles, in the edition's language; of a missing label Sphinx warns."""
        labels = self.env.domains.standard_domain.labels
        for link in self.document.findall(addnodes.pending_xref):
            if "names_chapter" in link and link["reftarget"] in labels:
                chapter, _id, section = labels[link["reftarget"]]
                text = link[0]
                assert isinstance(text, nodes.Element)
                text += [each.deepcopy() for each in self.env.titles[chapter].children]
                text += nodes.Text(f" · {section}")


def rows(document: nodes.document) -> Iterator[dict[str, Any]]:
    """Yield what the script needs to know of each row of a page."""
    for item in document.findall(nodes.definition_list_item):
        if "error" not in item:
            continue
        causes = [box for box in item.findall(nodes.container) if "cause" in box]
        yield {
            "id": item[0]["ids"][0],
            "text": item[0].astext(),
            "pattern": error_pattern(item["error"]),
            "weight": weight(item["error"]),
            "key": longest_piece(item["error"]),
            "causes": [
                {
                    "id": box["ids"][0],
                    "sign": sign_pattern(box["sign"]) if box["sign"] else None,
                    "weight": weight(box["sign"]),
                }
                for box in causes
            ],
        }


def longest_piece(text: str) -> str:
    """Return the longest fixed part of an error text: a line without it need not be looked at."""
    head = HEAD.match(text)
    same = WORDING.split(text[head.end() if head else 0 :])[::2]
    return max((piece for each in same for piece in PLACEHOLDER.split(each)[::2]), key=len)


def add_script(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the page that has rows its script, its style and its patterns."""
    found = list(rows(doctree)) if doctree is not None and app.builder.name != "epub" else []
    if found:
        data = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
        app.add_js_file(None, body=f"const ERROR_ROWS = {data};", priority=600)
        app.add_js_file("error-finder.js", priority=700)
        app.add_css_file("error-finder.css", priority=800)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("error-text", ErrorText)
    app.add_directive("cause", Cause)
    app.add_post_transform(PlaceNames)
    app.connect("html-page-context", add_script)
