"""Literal blocks as coloured lines, from the same lexers that colour the HTML."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, TextIO

from docutils import nodes
from pygments.formatter import Formatter
from pygments.lexer import Lexer, RegexLexer
from pygments.token import Comment, Generic, Keyword, Operator, String
from sphinx.highlighting import PygmentsBridge

from .markup import LONG, array, chopped, pieces, string

# The first that a token belongs to decides; what none names is plain.
STYLES = (
    (Generic.Prompt, "p"),
    (Generic.Strong, "i"),
    (Generic.Traceback, "e"),
    (Generic.Error, "e"),
    (Comment, "c"),
    (String, "s"),
    (Operator.Word, "k"),
    (Keyword, "k"),
)


@functools.cache
def style_of(kind: Any) -> str:
    """Return the style of a kind of token."""
    return next((name for token, name in STYLES if kind in token), "")


class Lines(Formatter):  # type: ignore[misc]
    """Writes each line of a listing as an array of Typst: plain strings, and (style, string)."""

    def format(self, tokensource: Iterable[tuple[Any, str]], outfile: TextIO) -> None:
        """Write the lines."""
        for line in self._lines(tokensource):
            runs = [
                array((string(style), string(text))) if style else string(text)
                for style, whole in line
                for piece in pieces(whole)
                for text in chopped(piece)
            ]
            outfile.write(array(runs) + "\n")

    def _lines(self, tokens: Iterable[tuple[Any, str]]) -> Iterator[list[tuple[str, str]]]:
        """Return the runs of each line, neighbours of one style joined."""
        line: list[tuple[str, str]] = []
        for kind, text in tokens:
            style = style_of(kind)
            for count, part in enumerate(text.split("\n")):
                if count:
                    yield line
                    line = []
                if part and line and line[-1][0] == style:
                    part = line.pop()[1] + part
                if part:
                    line.append((style, part))
        if line:
            yield line


class Terminal(RegexLexer):  # type: ignore[misc]
    """A terminal as our transcripts have it: after `$` all is typed, other lines are printed.

    Pygments would read each command as a program for a shell, at a third of a PDF's Python time.
    """

    tokens: ClassVar = {
        "root": [
            (r"^\$ ", Generic.Prompt, "typed"),
            (r".*\n", Generic.Output),
        ],
        "typed": [(r".*\n", Generic.Strong, "#pop")],
    }


class Bridge(PygmentsBridge):
    """Sphinx's way to the lexers, with their warnings, to our formatter."""

    def get_lexer(self, source: str, lang: str, *args: Any, **kwargs: Any) -> Lexer:
        """Return the lexer of a language."""
        return TERMINAL if lang == "console" else super().get_lexer(source, lang, *args, **kwargs)

    def get_formatter(self, **kwargs: Any) -> Formatter:
        """Return our formatter."""
        return Lines(**kwargs)


TERMINAL = Terminal()
BRIDGE = Bridge("html")


def lines(node: nodes.literal_block) -> list[str]:
    """Return the lines of a literal block as Typst arrays."""
    written = BRIDGE.highlight_block(
        node.astext().rstrip("\n"),
        node.get("language", "text"),
        opts=node.get("highlight_args", {}).get("opts", {}),
        force=node.get("force", False),
        location=node,
    )
    return written.rstrip("\n").split("\n")


def longest_piece(text: str) -> int:
    """Return the letters of the longest piece of a listing that cannot break; 0 if all fit."""
    found = [len(piece.strip()) for line in text.split("\n") for piece in pieces(line)]
    return max((length for length in found if length > LONG), default=0)
