"""The one list of languages and editions, and the verbs that build and publish them."""

from __future__ import annotations

import argparse
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
CACHE = BUILD / "cache"
LIST = ROOT / "locale" / "editions.toml"
PROJECT = "Import Karo"
AUTHOR = "The Import Karo authors"


@dataclass(frozen=True)
class Edition:
    """An entry of `locale/editions.toml`, which says what each field is."""

    code: str
    folder: str
    name: str
    title: str
    invitation: str
    description: str
    released: bool
    parallel: bool = False

    @property
    def tag(self) -> str:
        """The language as HTML and EPUB want it (BCP 47)."""
        return tag_of(self.code)


def read(path: Path) -> tuple[Edition, ...]:
    """Read the list of editions; a slip in it ends the run with its place and what to write."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("edition", [])
    except ValueError as error:
        raise SystemExit(f"{path.relative_to(ROOT)}: {error}") from None
    for number, entry in enumerate(entries, 1):
        if said := slip(entry):
            raise SystemExit(f"{path.relative_to(ROOT)}: entry {number}: {said}")
    return tuple(Edition(**entry) for entry in entries)


def slip(entry: dict[str, object]) -> str:
    """Say what is wrong with an entry of the list; nothing, if nothing is."""
    kinds = {each.name: {"str": str, "bool": bool}[str(each.type)] for each in fields(Edition)}
    optional = {each.name for each in fields(Edition) if each.default is not MISSING}
    if lost := [name for name in kinds if name not in {*entry, *optional}]:
        return f"write {lost[0]} = ..."
    for name, value in entry.items():
        if name not in kinds:
            return f"{name} is not one of {', '.join(kinds)}"
        if type(value) is not kinds[name] or value == "":
            wanted = "true or false" if kinds[name] is bool else 'words in "quotes"'
            return f"{name} must be {wanted}"
    if not re.fullmatch("[a-z][a-z0-9-]*", str(entry["folder"])):
        return "folder must be small letters, digits and hyphens"
    return ""


EDITIONS = read(LIST)
SOURCE = EDITIONS[0]  # the language the chapters are written in
TRANSLATIONS = tuple(each for each in EDITIONS if each is not SOURCE and not each.parallel)


def tag_of(code: str) -> str:
    """Return a language as HTML and EPUB want it (BCP 47), by the code of its catalogs."""
    return code.replace("_", "-")


def by_code(code: str, *, parallel: bool = False) -> Edition | None:
    """Return the edition of a language; None for a language that is only being started."""
    found = (each for each in EDITIONS if (each.code, each.parallel) == (code, parallel))
    return next(found, None)


def of(config: Config) -> Edition | None:
    """Return the edition that a configuration builds; None for one that is not in the list."""
    return by_code(config.language, parallel=config.parallel)


def source_date() -> int:
    """Return the second that every date in a built file comes from: the day of release."""
    if found := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(found)
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    day = re.search(r'^date-released: "(.+)"$', text, re.MULTILINE)
    if not day:
        raise SystemExit('CITATION.cff: write date-released: "YYYY-MM-DD"')
    return int(datetime.fromisoformat(f"{day.group(1)}T00:00:00+00:00").timestamp())


# --- as a Sphinx extension: the settings that depend on the language ---


def set_titles(_app: Sphinx, config: Config) -> None:
    """Give the edition its title, unless the command line gave another."""
    edition = of(config)
    title = f"{PROJECT} ({edition.name})" if edition else PROJECT
    for name, value in (("html_title", title), ("html_short_title", PROJECT)):
        if name not in config.overrides:
            config[name] = value


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; before extensions that read the titles."""
    app.add_config_value("parallel", False, "env", types=bool)
    app.connect("config-inited", set_titles, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


# --- as a program: build and publish ---


# Ends without taking the book's objects apart one by one, a seventh of a build.
RUN_SPHINX = """
import os, sys
from sphinx.cmd.build import main
status = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.flush()
os._exit(status)
"""


def sphinx(
    builder: str, edition: Edition, out: Path, *, root: Path = ROOT, doctrees: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start one Sphinx; formats of one edition share doctrees, so never two at a time."""
    doctrees = doctrees or CACHE / "doctrees" / edition.folder
    command = [sys.executable, "-c", RUN_SPHINX, "-q", "-n", "-W", "--keep-going", "-b", builder]
    command += ["-c", ".", "-d", str(doctrees), "-D", f"language={edition.code}"]
    command += ["-t", "parallel"] if edition.parallel else []
    return subprocess.Popen([*command, "book", str(out)], cwd=root)


def build(builder: str) -> bool:
    """Build every edition in one format, side by side; tell whether all were built.

    Formats of an edition share its doctrees, so no other `make` may build at the same time.
    """
    import fcntl  # not on Windows, where Sphinx alone builds

    import catalogs

    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if catalogs.compile_all():
            return False
        pages = CACHE / builder
        running = [(each, sphinx(builder, each, pages / each.folder)) for each in EDITIONS]
        failed = [each.name for each, process in running if process.wait()]
    if failed:
        names = ", ".join(failed)
        print(f"make {builder}: {names} not built; build/{builder} is as it was", file=sys.stderr)
    return not failed


def build_html() -> int:
    """Build every HTML edition, and publish all of them or none."""
    import front_page
    import published

    published.site_address()  # a wrong one is an error before anything is built
    if not build("html"):
        return 1
    pages, target = CACHE / "html", BUILD / "html"
    for edition in EDITIONS:
        publish(pages / edition.folder, target / edition.folder)
    front_page.write(pages / "front")
    published.write_sitemap(pages, pages / "front")
    for file in (pages / "front").iterdir():
        if file.is_dir():
            publish(file, target / file.name)
        else:
            copy_if_changed(file, target / file.name)
    expected = {edition.folder for edition in EDITIONS}
    expected |= {file.name for file in (pages / "front").iterdir()}
    for stray in target.iterdir():
        if stray.name not in expected:
            remove(stray)
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
    if not build(builder):
        return 1
    target = BUILD / folder
    made = [CACHE / builder / e.folder / name.format(e.folder) for e in EDITIONS for name in names]
    for file in made:
        copy_if_changed(file, target / file.name)
        print(os.path.relpath(target / file.name))
    for stray in set(target.iterdir()) - {target / file.name for file in made}:
        remove(stray)
    return 0


def pack_code() -> int:
    """Zip `code/` as readers get it."""
    from packing import CODE, write_code_zip

    target = BUILD / "code" / "import-karo-code.zip"
    write_code_zip(target, CODE)
    print(os.path.relpath(target))
    return 0


def publish(source: Path, target: Path) -> None:
    """Make `target` hold what readers get of `source`: changed files copied, others removed."""
    target.mkdir(parents=True, exist_ok=True)
    kept = {
        path.name
        for path in source.iterdir()
        if not path.name.startswith(".buildinfo") and (path.is_file() or any(path.iterdir()))
    }
    for stray in target.iterdir():
        if stray.name not in kept:
            remove(stray)
    for name in sorted(kept):
        if (source / name).is_dir():
            publish(source / name, target / name)
        else:
            copy_if_changed(source / name, target / name)


def copy_if_changed(source: Path, target: Path) -> None:
    """Copy a file whole or not at all, and leave an equal one untouched."""
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    if target.is_dir():
        remove(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    shutil.copyfile(source, partial)
    partial.replace(target)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def main() -> int:
    """Run a verb of the Makefile."""
    parser = argparse.ArgumentParser(prog="python -m editions", description=__doc__)
    verbs = {
        "html": build_html,
        "epub": build_epub,
        "pdf": build_pdf,
        "print": build_print,
        "code": pack_code,
    }
    parser.add_argument("verbs", nargs="+", choices=verbs)
    return max(verbs[verb]() for verb in parser.parse_args().verbs)


if __name__ == "__main__":
    raise SystemExit(main())
