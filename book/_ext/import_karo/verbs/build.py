"""`make html`, `epub`, `pdf`, `print` and `book`: build every edition, publish all or none."""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .. import pages
from ..core.editions import BUILD, CACHE, EDITIONS, ROOT, Edition
from ..core.packing import CODE, write_code_zip
from ..languages.catalogs import compile_all

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

    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if compile_all():
            return False
        made = CACHE / builder
        running = [(each, sphinx(builder, each, made / each.folder)) for each in EDITIONS]
        failed = [each.name for each, process in running if process.wait()]
    if failed:
        names = ", ".join(failed)
        print(f"make {builder}: {names} not built; build/{builder} is as it was", file=sys.stderr)
    return not failed


def build_html() -> int:
    """Build every HTML edition, and publish all of them or none."""
    pages.site_address()  # a wrong one is an error before anything is built
    if not build("html"):
        return 1
    made, target = CACHE / "html", BUILD / "html"
    for edition in EDITIONS:
        publish(made / edition.folder, target / edition.folder)
    pages.write_front_page(made / "front")
    pages.write_sitemap(made, made / "front")
    for file in (made / "front").iterdir():
        if file.is_dir():
            publish(file, target / file.name)
        else:
            copy_if_changed(file, target / file.name)
    expected = {edition.folder for edition in EDITIONS}
    expected |= {file.name for file in (made / "front").iterdir()}
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
    parser = argparse.ArgumentParser(prog="python -m import_karo.verbs.build", description=__doc__)
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
