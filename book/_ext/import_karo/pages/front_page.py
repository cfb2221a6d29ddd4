"""The pages above the editions: one that offers them, one for an address that is not there."""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from string import Template

from ..core import editions
from ..languages.catalogs import status
from . import published

TEMPLATES = editions.ROOT / "book" / "_templates"
ICON = editions.ROOT / "book" / "_static" / "icon.svg"
FORMATS = {"EPUB": "epub", "PDF": "pdf"}
FILES = "files"
EDITION = """\
      <div id="{folder}">
        <a class="edition" lang="{tag}" hreflang="{tag}" href="{folder}/index.html">{words}</a>
        {formats}
      </div>"""


def write(folder: Path) -> None:
    """Write both pages, and beside them the files in other formats that have been built."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(ICON, folder / ICON.name)
    links = "\n".join(
        EDITION.format(
            folder=edition.folder,
            tag=edition.tag,
            words=f"<b>{in_its_languages(edition, edition.invitation)}</b> "
            f"<span>{in_its_languages(edition, edition.title)}</span>{how_far(edition)}",
            formats=formats(edition, folder / FILES),
        )
        for edition in editions.EDITIONS
    )
    folders = "|".join(edition.folder for edition in editions.EDITIONS)
    home = published.site_address() or "/"  # an address that is not there may lie anywhere
    for name, page, top in (("front", "index", ""), ("not-found", "404", home)):
        main = Template((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
        whole = Template((TEMPLATES / "site.html").read_text(encoding="utf-8"))
        text = whole.substitute(
            project=editions.PROJECT,
            top=top,
            main=main.substitute(links=links, folders=folders, home=home).rstrip(),
        )
        (folder / f"{page}.html").write_text(text, encoding="utf-8")


def how_far(edition: editions.Edition) -> str:
    """Say of an edition that is not released how much of it is translated."""
    if edition.released:
        return ""
    total = sum(status.chapters(edition.code).values(), status.Count())
    return f' <span class="draft" lang="en">draft, {total.percent} % translated</span>'


def formats(edition: editions.Edition, folder: Path) -> str:
    """Return the links to an edition in other formats, and put the files where they lead."""
    links = []
    for name, suffix in FORMATS.items():
        file = editions.BUILD / suffix / f"import-karo-{edition.folder}.{suffix}"
        if file.exists():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(file, folder / file.name)
            size = f"{file.stat().st_size / 1_000_000:.1f} MB"
            links.append(f'<a href="{FILES}/{file.name}" download>{name} ({size})</a>')
    return f'<p class="formats">{" ".join(links)}</p>' if links else ""


def in_its_languages(edition: editions.Edition, words: str) -> str:
    """Return words of an edition as HTML; each half of what is in two languages says its own."""
    if not edition.parallel:
        return escape(words)
    ours, between, theirs = re.split("( [·/] )", escape(words))
    half = '<span lang="{}">{}</span>'.format
    return half(editions.SOURCE.tag, ours) + between + half(edition.tag, theirs)
