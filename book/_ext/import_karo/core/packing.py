"""Writes zip files that are the same to the byte wherever and whenever they are made."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path

from . import editions

CODE = editions.ROOT / "code"
LICENCE = editions.ROOT / "LICENSES" / "MIT.txt"
# Readers get what they would type, without what was recorded.
TRANSCRIPTS = (".console", ".pycon")


def write_zip(
    target: Path, files: Iterable[tuple[str, Path]], stored: Collection[str] = ()
) -> None:
    """Zip files under the names given, in that order: whole or not at all.

    All have the book's date and one mode; those that are `stored` are not compressed.
    """
    date = time.gmtime(editions.source_date())[:6]
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with zipfile.ZipFile(partial, "w") as made:
        for name, path in files:
            entry = zipfile.ZipInfo(name, date)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(entry, path.read_bytes())
    partial.replace(target)


def files_of_readers(folder: Path) -> list[Path]:
    """Return the files below a folder of code/ that a reader would type."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix not in TRANSCRIPTS
        and not any(
            part == "__pycache__" or part.startswith(".") for part in path.relative_to(folder).parts
        )
    ]


def finished_shop() -> Path | None:
    """Return the folder of the shop as the last chapter of the book leaves it."""
    chapters = reversed(editions.chapters_in_order())
    shops = (CODE / chapter / "exercises" / "kirana" / "solution" for chapter in chapters)
    return next((shop for shop in shops if shop.is_dir()), None)


def write_code_zip(target: Path, folder: Path) -> None:
    """Zip a folder below code/ as readers get it, in a folder of its name, with the licence.

    All of code/ gets the finished shop besides, in kirana/.
    """
    folders = {target.stem: folder}
    if folder == CODE and (shop := finished_shop()):
        folders[f"{target.stem}/kirana"] = shop
    files = [(f"{top}/{path.relative_to(source).as_posix()}", path)
             for top, source in folders.items() for path in files_of_readers(source)]  # fmt: skip
    write_zip(target, [*files, (f"{target.stem}/{LICENCE.name}", LICENCE)])
