"""What the templates need to know of an edition, as a file of Typst: `settings.typ`."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from babel.dates import format_date
from sphinx.config import Config
from sphinx.locale import _

from ..core import editions
from ..languages import BETWEEN
from .markup import array, string


def write(folder: Path, config: Config, *, press: bool) -> None:
    """Write the settings of an edition: words, titles, measures."""
    edition = editions.of(config)
    full_title = edition.title if edition else editions.PROJECT
    title, _colon, subtitle = full_title.partition(": ")
    date = datetime.fromtimestamp(editions.source_date(), UTC)
    language = config.language.partition("_")[0]
    values = {
        "title": string(title),
        "full-title": string(full_title),
        "subtitles": array(string(each) for each in subtitle.split(" / ")),
        "author": string(editions.AUTHOR),
        "edition-name": string(edition.name if edition else config.language),
        "description": string(edition.description if edition else ""),
        # PDF has no way to say "Hindi in Roman script".
        "lang": string(language),
        "date": f"datetime(year: {date.year}, month: {date.month}, day: {date.day})",
        "trim": array(config.print_trim),
        "page-thickness": config.print_page_thickness,
        "press": str(press).lower(),
        "between": string(BETWEEN),  # the halves of a title
        "word-page": string(_("page %s")),
        "word-contents": string(_("Contents")),
        "imprint-lines": array(string(each) for each in imprint(config, date)),
    }
    lines = [f"#let {name} = {value}" for name, value in values.items()]
    text = "// What the builder tells the templates of this edition.\n" + "\n".join(lines) + "\n"
    (folder / "settings.typ").write_text(text, encoding="utf-8")


def imprint(config: Config, date: datetime) -> list[str]:
    """Return the lines on the back of the title page."""
    day = format_date(date, "d MMMM y", locale=config.language)
    lines = [
        _("Edition %s, %s") % (config.release, day),
        f"© {config.copyright}",
        _("Every output in this book was run on Python %s.") % ", ".join(pythons()),
        _("Text and figures: Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)."),
        _("Code, wherever it is printed: MIT licence."),
    ]
    if config.print_isbn:
        lines.append(f"ISBN {config.print_isbn}")
    return lines


def pythons() -> list[str]:
    """Return the releases of Python that proved this edition."""
    text = editions.contents(editions.ROOT / "pyproject.toml")
    found: list[str] = tomllib.loads(text)["tool"]["import-karo"]["proven"]
    return found
