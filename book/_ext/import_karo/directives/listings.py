"""Plain `literalinclude` for a book of listings: language and caption come from the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.directives.code import LiteralInclude
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..core import characters
from ..core.packing import CODE, TRANSCRIPTS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LANGUAGES = {
    ".py": "python",
    ".console": "console",
    ".pycon": "pycon",
    ".toml": "toml",
    ".json": "json",
    ".txt": "text",
    ".pth": "text",
}


class Listing(LiteralInclude):
    """Includes a file; a listing is captioned with its path, a transcript is not a listing.

    The caption is relative to the chapter's folder under code/, and stays out of the catalogs:
    a path is not translated.
    """

    def run(self) -> list[nodes.Node]:
        """Fill in what the file itself says, then include it."""
        path = Path(self.env.relfn2path(self.arguments[0])[1])
        self.options.setdefault("language", LANGUAGES.get(path.suffix, "text"))
        own_caption = "caption" not in self.options and path.suffix not in TRANSCRIPTS
        if own_caption:
            self.options["caption"] = f"`{self.shown(path)}`"
        if path.suffix in TRANSCRIPTS:
            self.options.setdefault("class", []).append("transcript")
        found = super().run()
        if path.is_file() and (bad := characters.first(path.read_text("utf-8", "replace"))):
            name = path.relative_to(CODE.parent) if path.is_relative_to(CODE.parent) else path
            raise self.error(f"{name}:{bad[0]}: {bad[1]}, which no page can show; delete it")
        if own_caption:
            for node in found:
                for caption in node.findall(nodes.caption):
                    caption.source = None  # Sphinx translates only what has a source
        return found

    def shown(self, path: Path) -> str:
        """Return a file's path as the caption shows it."""
        for folder in (CODE / self.env.docname, CODE):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name


class LetPathsBreak(SphinxPostTransform):
    """Let the path above a listing go on in the next line after a slash, and only there."""

    default_priority = 800
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Put an opportunity of a line break behind each slash."""
        for caption in self.document.findall(nodes.caption):
            if not isinstance(caption.parent[-1], nodes.literal_block):
                continue
            for path in caption.findall(nodes.literal):
                first, *rest = path.astext().split("/")
                path.children = [nodes.Text(first)]
                for part in rest:
                    path += [nodes.Text("/"), nodes.raw("", "<wbr/>", format="html")]
                    path += nodes.Text(part)


class LetLongWordsBreak(SphinxPostTransform):
    """Mark code in running text that holds a word too long for a narrow line.

    The others never break. (A box that breaks at need would do without a mark, but browsers part
    a box from the comma that follows.)
    """

    default_priority = 800
    formats = ("html",)
    LONGEST = 24  # characters, which a quotation in a list has room for at 320 px

    def run(self, **_kwargs: Any) -> None:
        """Add the class that the style sheet knows."""
        for code in self.document.findall(nodes.literal):
            if any(len(word) > self.LONGEST for word in code.astext().split()):
                code["classes"].append("long")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("literalinclude", Listing, override=True)
    app.add_post_transform(LetPathsBreak)
    app.add_post_transform(LetLongWordsBreak)
