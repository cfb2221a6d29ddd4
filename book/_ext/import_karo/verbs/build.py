"""`make html`, `epub`, `pdf`, `print` and `book`: build every edition, publish all or none."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

from .. import pages
from ..core.editions import BUILD, CACHE, EDITIONS, ROOT, Edition, source_date
from ..core.packing import CODE, write_code_zip
from ..languages.catalogs import compile_all
from . import forks
from .whole import alone, ended, publish, remove


def build(builder: str, *, needs_all: bool = True) -> list[Edition]:
    """Build every edition in one format, side by side; return those that were, or none.

    Unless all are needed, an edition that is not released yet stops nobody else.
    """
    if compile_all():
        return []
    source_date()  # a release date that cannot be read is an error before anything is built
    forks.load()
    made, trees = CACHE / builder, CACHE / "doctrees"
    calls = {
        each: forks.arguments(builder, each, made / each.folder, trees / each.folder)
        for each in EDITIONS
    }
    running: dict[Edition, forks.Sphinx] = {}
    try:
        for each, call in calls.items():
            running[each] = forks.Sphinx(call, ROOT)
        failed = [each for each, process in running.items() if process.wait()]
    except KeyboardInterrupt:  # which each of them got, too
        for process in running.values():
            with suppress(ChildProcessError):  # waited for, just before it came
                process.wait()
        raise
    names = ", ".join(each.name for each in failed)
    if failed and not needs_all and not any(each.released for each in failed):
        print(f"make {builder}: {names} left out, see above; not released yet", file=sys.stderr)
    elif failed:
        print(f"make {builder}: {names} not built; build/{builder} is as it was", file=sys.stderr)
        return []
    return [each for each in EDITIONS if each not in failed]


def build_html() -> int:
    """Build every HTML edition, and publish all of them or none."""
    pages.site_address()  # a wrong one is an error before anything is built
    if not build("html"):
        return 1
    made, target = CACHE / "html", BUILD / "html"
    pages.write_front_page(made / "front")
    pages.write_sitemap(made, made / "front")
    files = of_readers(made / "front")
    for edition in EDITIONS:
        found = of_readers(made / edition.folder)
        files |= {f"{edition.folder}/{name}": path for name, path in found.items()}
    publish(target, files)
    print(f"the front page: {os.path.relpath(target / 'index.html')}")
    return 0


def build_epub() -> int:
    """Build every EPUB, and publish all of them or none."""
    return build_files("epub", "epub", "import-karo-{}.epub")


def build_pdf() -> int:
    """Build every PDF for the screen, and publish all of them or none."""
    return build_files("pdf", "pdf", "import-karo-{}.pdf")


def build_print() -> int:
    """Build what a printer wants of every edition, and publish all of it or none."""
    return build_files("press", "print", "import-karo-{}-interior.pdf", "import-karo-{}-cover.pdf")


def build_files(builder: str, folder: str, *names: str) -> int:
    """Build every edition in one format and publish its files below build/."""
    # From nothing each time: what an older build left behind would be packed as well.
    remove(CACHE / builder)
    built = build(builder, needs_all=False)
    if not built:
        return 1
    target = BUILD / folder
    made = [CACHE / builder / e.folder / name.format(e.folder) for e in built for name in names]
    publish(target, {file.name: file for file in made})
    for file in made:
        print(os.path.relpath(target / file.name))
    return 0


def of_readers(folder: Path) -> dict[str, Path]:
    """Return the files below a folder that readers get, by their names below it."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".buildinfo")
    }


def pack_code() -> int:
    """Zip `code/` as readers get it."""
    target = BUILD / "code" / "import-karo-code.zip"
    write_code_zip(target, CODE)
    print(os.path.relpath(target))
    return 0


def main() -> int:
    """Run a verb of the Makefile."""
    parser = argparse.ArgumentParser(prog="python -m import_karo.verbs.build", description=__doc__)
    verbs = {
        "html": build_html,
        "epub": build_epub,
        "pdf": build_pdf,
        "print": build_print,
        "code": pack_code,
    }
    parser.add_argument("verbs", nargs="+", choices=verbs)
    names = parser.parse_args().verbs

    def run() -> int:
        with alone():
            return max(verbs[name]() for name in names)

    return ended(" ".join(names), run)


if __name__ == "__main__":
    raise SystemExit(main())
