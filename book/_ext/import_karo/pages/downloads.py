"""Gives readers of the HTML the files: each example as a zip at its listings, and all of them."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..core import editions
from ..core.packing import CODE, files_of_readers, write_code_zip

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "_downloads"
ALL = f"{FOLDER}/import-karo-code.zip"
# An arrow into a tray. A picture, so that the search does not find the word at every listing.
LINK = (
    '<a class="example-zip" href="{address}" download="" title="{words}" aria-label="{words}">'
    '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
    '<path d="M8 1v8M4.5 6 8 9.5 11.5 6M2 11v3h12v-3" fill="none" stroke="currentColor" '
    'stroke-width="1.5"/></svg></a>'
)


def example_of(path: Path) -> Path | None:
    """Return the folder of the example that a file belongs to; an exercise to repair has two."""
    if not path.is_relative_to(CODE):
        return None
    parts = path.relative_to(CODE).parts
    depth = 2
    if parts[1:2] == ("exercises",):
        depth = 4 if parts[3:4] in (("start",), ("solution",)) else 3
    return CODE.joinpath(*parts[:depth]) if len(parts) > depth else None


def address_of(example: Path) -> str:
    """Return where the zip of an example lies, seen from the top of an edition."""
    chapter, *rest = example.relative_to(CODE).parts
    return f"{FOLDER}/{chapter}/{'-'.join(rest[-2:] if len(rest) > 1 else rest)}.zip"


class OfferExamples(SphinxPostTransform):
    """Put a link to the zip of its example into the caption of each listing."""

    default_priority = 800
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Note the examples, too: their zips are written when the pages are."""
        if self.app.builder.name != "html":
            return
        for block in self.document.findall(nodes.literal_block):
            outer = block.parent
            example = example_of(Path(block.get("source", "")))
            if example is None or not isinstance(outer[0], nodes.caption):
                continue
            address = address_of(example)
            words = f"{_('Download this example')}: {Path(address).name}"
            html = LINK.format(address=escape(address), words=escape(words))
            outer[0] += nodes.raw("", html, format="html")


def write_zips(app: Sphinx, exception: Exception | None) -> None:
    """Write the zip of each example, and of all; those of examples that are gone go."""
    if exception or app.builder.name != "html":
        return
    examples = {
        found
        for path in files_of_readers(CODE)
        if (found := example_of(path)) and found.relative_to(CODE).parts[0] in app.env.found_docs
    }
    zips = {Path(app.outdir, address_of(example)): example for example in examples}
    zips[Path(app.outdir, ALL)] = CODE
    for target, folder in zips.items():
        write_code_zip(target, folder)
    for target in sorted(Path(app.outdir, FOLDER).rglob("*.zip")):
        if target not in zips:
            target.unlink()
            if not any(target.parent.iterdir()):
                target.parent.rmdir()


def offer_all(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Tell the page template where all examples lie, and where the other formats are offered."""
    context["all_examples"] = ALL
    edition = editions.of(app.config)
    if edition and Path(app.outdir).name == edition.folder:
        context["formats"] = f"../index.html#{edition.folder}"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(OfferExamples)
    app.connect("html-page-context", offer_all)
    app.connect("build-finished", write_zips)
