"""Compares each translation with its source, as MyST reads them both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from .syntax import Entry, Fault, read

# Must be conf.py's: another extension changes what a text means. A test compares them.
MYST_EXTENSIONS = frozenset({"attrs_block", "attrs_inline", "colon_fence", "deflist"})
# The words of Sphinx, of the theme and of our templates: no Markdown, but Python's and
# JavaScript's places to fill in, and a little HTML.
INTERFACE = "sphinx.po"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\$\{\w+\}|</?\w[^<>]*>")
# What a text turns into when it starts like one of these instead of like a sentence.
BLOCKS = {
    "bullet_list_open": "a list; write \\- for a hyphen at the start",
    "ordered_list_open": "a numbered list; write 16\\. instead of 16.",
    "heading_open": "a heading; write \\# for a # at the start",
    "blockquote_open": "a quotation; write \\> for a > at the start",
    "code_block": "a code block; remove the blanks at the start",
    "fence": "a code block; use single `backticks`",
    "colon_fence": "a block; remove the colons",
    "html_block": "raw HTML; write plain text",
    "hr": "a line; write \\- for a hyphen",
    "myst_target": "a label; write \\( for a bracket at the start",
    "myst_line_comment": "a comment; write \\% for a percent sign at the start",
    "myst_block_break": "a block break; write \\+ for a plus at the start",
    "dl_open": "a definition list; remove the colon at the start of the line",
    "footnote_reference_open": "a footnote; remove the colon after the label",
    "table_open": "a table; write \\| for a bar",
}
KINDS = {
    "code": "the code {} is not in the translation; keep it as it is",
    "link": "the link to {} is lost; keep its address",
    "image": "the picture {} is lost; keep it",
    "role": "{} is lost; keep it, only the words before <...> are translated",
    "footnote": "the footnote {} is lost; keep it",
    "bold": "bold text (**...**) is lost",
    "html": "raw HTML {}; write plain text",
    "attributes": "{} in curly brackets is lost; keep it",
    "place": "{} is lost; keep it, a number or a name is put in for it",
}
ADDED = {
    "code": "the code {} is not in the source; only what the source has in backticks is code",
    "link": "a link to {} that the source does not have",
    "image": "a picture {} that the source does not have",
    "role": "{} is not in the source",
    "footnote": "a footnote {} that the source does not have",
    "bold": "bold text (**...**) that the source does not have",
    "html": "raw HTML {}; write plain text",
    "attributes": "{} in curly brackets; leave the brackets out, or write \\{{",
    "place": "{}, which the source does not have",
}
# How a text may begin that turns out to be a list, a heading, a label ...; most texts do not.
NO_SENTENCE = re.compile(r"\s|[-+*#>`~:|(%\d=_\[{<]")
STRAY = {
    "`": "a backtick without its partner; code stands between two",
    "*": "a * without its partner; emphasis stands between two, and \\* is the sign itself",
    "](": "a link that is not whole; write [words](address)",
}
# What Sphinx fills in for in the words of a `numref`.
NUMBER = re.compile(r"%s|\{(?:name|number)\}")
# Attributes that Markdown itself sets.
OWN = {"link_open": ("href", "title"), "image": ("src", "alt", "title")}
# Longer than that no translation is; a short text may become a sentence.
MUCH_LONGER, ROOM = 20, 2000


@cache
def parser() -> MarkdownIt:
    """Return the chapters' own parser."""
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer

    return create_md_parser(
        MdParserConfig(enable_extensions=set(MYST_EXTENSIONS)), DocutilsRenderer
    )


def faults(path: Path) -> list[Fault]:
    """Return everything in a catalog that would print wrong; empty and fuzzy entries never are."""
    entries, found = read(path)
    if path.name != INTERFACE:
        found += [entry.fault(path, text) for entry in entries for text in no_paragraph(entry)]
    compare = placeholders if path.name == INTERFACE else differences
    torn = torn_entries(entries, found)
    whole = [entry for entry in entries if entry.is_printed and entry.line not in torn]
    found += [entry.fault(path, text) for entry in whole for text in compare(entry)]
    if path.name == "glossary.po":
        found += same_terms(path, whole)
    return sorted(found, key=lambda fault: fault.line)


def no_paragraph(entry: Entry) -> list[str]:
    """Say that a source is no paragraph: Sphinx would never print its translation."""
    if not NO_SENTENCE.match(entry.msgid) or shape(tokens(entry.msgid))[:1] == ["paragraph_open"]:
        return []
    return ["the source begins like a block, so no translation is printed; in the chapter write "
            "a backslash before that sign (1\\. or \\-)"]  # fmt: skip


def torn_entries(entries: list[Entry], found: list[Fault]) -> set[int]:
    """Return the lines of entries with a fault of form: their texts may not be what they seem."""
    starts = [entry.line for entry in entries]
    return {starts[max(0, bisect_right(starts, fault.line) - 1)] for fault in found if starts}


def same_terms(path: Path, entries: list[Entry]) -> list[Fault]:
    """Return each term that is called like another one: Sphinx needs a name for each."""
    found = []
    lines: dict[str, int] = {}
    for entry in entries:
        if entry.msgid[-1] in ".?!:)":  # an explanation
            continue
        name = entry.msgstr.casefold()
        if name in lines:
            text = f"called like the term of line {lines[name]}; a term needs a name of its own"
            found.append(entry.fault(path, text))
        lines.setdefault(name, entry.line)
    return found


def placeholders(entry: Entry) -> list[str]:
    """Say what words of the interface lost that a number, a name or a link is put in for."""
    lost = Counter(PLACEHOLDER.findall(entry.msgid))
    lost.subtract(PLACEHOLDER.findall(entry.msgstr))
    return [
        f"{what} is lost; keep it" if often > 0 else f"{what} is not in the source"
        for what, often in lost.items()
        if often
    ]


def differences(entry: Entry) -> list[str]:
    """Say what a translation lost, added or turned into."""
    if entry.msgid == entry.msgstr:
        return []
    most = MUCH_LONGER * len(entry.msgid) + ROOM
    if len(entry.msgstr) > most:  # and a parser may need minutes for it
        return [f"{len(entry.msgstr)} characters for {len(entry.msgid)}; no more than {most} fit"]
    source, target = tokens(entry.msgid), tokens(entry.msgstr)
    if shape(source) != shape(target):
        return [misshapen(target)]
    wanted, given = inline(source), inline(target)
    said = [_describe(KINDS, item) for item in (wanted - given).elements()]
    said += [_describe(ADDED, item) for item in (given - wanted).elements()]
    if wanted == given and footnotes(source) != footnotes(target):
        said.append("the footnotes stand in another order; keep the source's, they are numbered")
    for sign, text in STRAY.items():
        if stray(sign, target) - entry.msgstr.count(f"\\{sign}") > stray(sign, source):
            said.append(text)
    return said


def tokens(text: str) -> list[Token]:
    """Parse one message; every message is parsed as a document of its own."""
    return parser().parse(text, {})


def shape(parsed: list[Token]) -> list[str]:
    """Return the kinds of the block tokens; a good translation is one paragraph."""
    return [token.type for token in parsed]


def misshapen(parsed: list[Token]) -> str:
    """Say what a translation is instead of one paragraph."""
    for token in parsed:
        if token.type in BLOCKS:
            return f"the translation turns into {BLOCKS[token.type]}"
    if sum(token.type == "paragraph_open" for token in parsed) > 1:
        return "a second paragraph, which is never printed; write one (no empty line: \\n\\n)"
    return "the translation is not one paragraph of text; write plain text"


def footnotes(parsed: list[Token]) -> list[str]:
    """Return the labels of footnotes in their order: Sphinx pairs them in it."""
    marks = (token for token in _children(parsed) if token.type == "footnote_ref")
    return [str(token.meta["label"]) for token in marks]


def inline(parsed: list[Token]) -> Counter[tuple[str, str]]:
    """Count what must survive a translation, whatever its order."""
    counter: Counter[tuple[str, str]] = Counter()
    for token in _children(parsed):
        own = OWN.get(token.type, ())
        if given := [str(value) for name, value in token.attrs.items() if name not in own]:
            counter["attributes", " ".join(given)] += 1
        if token.type == "code_inline":
            counter["code", f"`{token.content}`"] += 1
        elif token.type == "link_open":
            counter["link", str(token.attrs["href"])] += 1
        elif token.type == "image":
            counter["image", str(token.attrs["src"])] += 1
        elif token.type == "myst_role":
            counter["role", _role(token)] += 1
            for place in _places(token):
                counter["place", place] += 1
        elif token.type == "footnote_ref":
            counter["footnote", f"[^{token.meta['label']}]"] += 1
        elif token.type == "strong_open":
            counter["bold", ""] += 1
        elif token.type == "html_inline":
            counter["html", token.content] += 1
    return counter


def _role(token: Token) -> str:
    """Return a role with its target, which a translation keeps; its words may change."""
    name, content = token.meta["name"], token.content
    target = content[content.rindex("<") + 1 : -1] if content.endswith(">") else content
    if name == "index":  # its words are an entry of the language's own index
        return "{index}"
    if content.startswith("<"):  # words that a translation must not leave out
        return f"{{{name}}}`{content}`"
    if name == "term":  # Sphinx looks terms up without regard to case
        target = " ".join(target.casefold().split())
    return f"{{{name}}}`{target}`"


def _places(token: Token) -> list[str]:
    """Return what the words of a reference have filled in."""
    if token.meta["name"] != "numref" or not token.content.endswith(">"):
        return []
    words = token.content[: token.content.rindex("<")]
    return [f"{each} of {_role(token)}" for each in NUMBER.findall(words)]


def prose(parsed: list[Token]) -> str:
    """Return what a message says in words: no code, no addresses, of a role what is shown."""
    parts = []
    for token in _children(parsed):
        if token.type == "text":
            parts.append(token.content)
        elif token.type == "myst_role":
            parts.append(token.content.partition("<")[0])
        elif token.type in ("softbreak", "code_inline"):
            parts.append(" " if token.type == "softbreak" else "\N{MIDDLE DOT}")
    return "".join(parts)


def stray(sign: str, parsed: list[Token]) -> int:
    """Count signs that stand in the text because they open no code, no emphasis and no link."""
    return sum(token.content.count(sign) for token in _children(parsed) if token.type == "text")


def _children(parsed: list[Token]) -> Iterable[Token]:
    for token in parsed:
        yield from token.children or ()


def _describe(texts: dict[str, str], item: tuple[str, str]) -> str:
    kind, what = item
    return texts[kind].format(what)
