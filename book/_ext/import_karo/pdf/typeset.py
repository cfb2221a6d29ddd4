"""Typst as the book calls it: its own fonts alone, and diagnostics as places and messages."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typst
from sphinx.config import Config

from ..core import editions
from . import settings

PRINT = editions.ROOT / "book" / "_print"
EPUB_COVER_PPI = 165  # of a page 7 inches wide: 1155 pixels


@dataclass
class Problem:
    """What Typst says of a place in a file; no file where it names none."""

    message: str
    file: str = ""
    line: int = 0


def compiler(folder: Path, source: str, **inputs: str) -> typst.Compiler:
    """Return a compiler of a source; it sees the folder and the book's fonts, nothing else."""
    return typst.Compiler(
        input=str(folder / source),
        root=str(folder),
        sys_inputs=inputs,
        font_paths=[str(PRINT / "fonts")],
        ignore_system_fonts=True,
    )


def problems(diagnostic: str) -> Iterator[Problem]:
    """Return what a diagnostic of Typst says, one place at a time."""
    for part in re.split(r"\n\n(?=error: |warning: )", diagnostic.strip()):
        message = part.partition("\n")[0].partition(": ")[2]
        hints = re.findall(r"hint: (.+)", part)
        place = re.search(r"┌─ (.+):(\d+):\d+", part)
        said = "; ".join([message, *hints])
        yield Problem(said, place[1], int(place[2])) if place else Problem(said)


def cover(config: Config) -> bytes:
    """Return the front cover of an edition as a PNG."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings.write(folder, config, press=False)
        for each in ("common.typ", "cover.typ", "front.typ"):
            shutil.copyfile(PRINT / each, folder / each)
        result = compiler(folder, "front.typ").compile(format="png", ppi=EPUB_COVER_PPI)
    assert isinstance(result, bytes)
    return result
