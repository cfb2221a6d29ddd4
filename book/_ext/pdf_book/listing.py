"""Literal blocks as coloured lines, from the same lexers that colour the HTML."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from docutils import nodes
from pygments.formatter import Formatter
from pygments.token import Comment, Generic, Keyword, Operator, String
from sphinx.highlighting import PygmentsBridge

from .markup import array, chopped, pieces, string

# The first that a token belongs to decides; what none names is plain.
STYLES = (
    (Generic.Prompt, "p"),
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

    typed = False  # are words after a prompt what a reader types, all of one style?

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
        for style, text in self._runs(tokens):
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

    def _runs(self, tokens: Iterable[tuple[Any, str]]) -> Iterator[tuple[str, str]]:
        after_prompt = False
        for kind, text in tokens:
            style = style_of(kind)
            if style == "p":
                after_prompt = self.typed
            elif after_prompt:
                style = "i"
            after_prompt = after_prompt and not text.endswith("\n")
            yield style, text


class ShellLines(Lines):
    """The lines of a terminal: what stands after `$` is typed, not code of the shell's."""

    typed = True


class Bridge(PygmentsBridge):
    """Sphinx's way to the lexers, with their warnings, to our formatter."""

    language = ""

    def highlight_block(self, source: str, lang: str, *args: Any, **kwargs: Any) -> str:
        """Note the language, which decides what is typed."""
        self.language = lang
        return super().highlight_block(source, lang, *args, **kwargs)

    def get_formatter(self, **kwargs: Any) -> Formatter:
        """Return our formatter."""
        return (ShellLines if self.language == "console" else Lines)(**kwargs)


def lines(node: nodes.literal_block) -> list[str]:
    """Return the lines of a literal block as Typst arrays."""
    written = Bridge("html").highlight_block(
        node.astext().rstrip("\n"),
        node.get("language", "text"),
        opts=node.get("highlight_args", {}).get("opts", {}),
        force=node.get("force", False),
        location=node,
    )
    return written.rstrip("\n").split("\n")


def longest_piece(text: str) -> int:
    """Return the letters of the longest piece of a listing that cannot break."""
    return max(
        (len(piece.strip()) for line in text.split("\n") for piece in pieces(line)), default=0
    )
