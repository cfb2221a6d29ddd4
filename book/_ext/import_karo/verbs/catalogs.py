"""The verbs `make po`, `make po-check`, `make po-status` and `make language`."""

import argparse
import os
import sys
from pathlib import Path

from ..core import editions
from ..languages.catalogs import (
    LOCALE,
    catalogs_of,
    hinglish,
    language,
    languages,
    read,
    status,
    write,
)
from ..languages.catalogs.advice import advice
from ..languages.catalogs.check import INTERFACE, faults
from ..languages.catalogs.syntax import Fault
from ..languages.catalogs.terms import drift, read_terms
from .whole import alone, ended

Found = tuple[list[Fault], list[Fault]]


def check(wanted: str | None) -> int:
    """Print advice on the catalogs of one language, or of all, then their faults; 1 for a fault."""
    known = languages()
    if wanted and wanted not in known:
        print(f"make po-check: no catalogs in locale/{wanted}; there are {', '.join(known)}")
        return 1
    codes = [wanted] if wanted else known
    results = [findings(code) for code in codes]
    if editions.SOURCE.code in codes:
        results.append(chapters())
    found = [fault for faults, _ in results for fault in faults]
    doubts = [doubt for _, doubts in results for doubt in doubts]
    for doubt in doubts:
        say(doubt, "notice", f"advice: {doubt}")
    for fault in found:  # last, where a terminal stops
        say(fault, "error", str(fault))
    total = sum(len(catalogs_of(code)) for code in codes)
    said = f"catalogs: {total}, faults: {len(found)}, places to look at again: {len(doubts)}"
    print(said, file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


def findings(code: str) -> Found:
    """Return the faults of a language's catalogs and term base, and the advice."""
    paths = catalogs_of(code)
    terms, found = read_terms(LOCALE / code / "terms.csv")
    found += [fault for path in paths for fault in faults(path)]
    found += [fault for path in paths for fault in without_chapter(path)]
    found += [fault for path in paths for fault in unsure(code, path)]
    found += drift(LOCALE / code / "terms.csv", LOCALE / code / "LC_MESSAGES/glossary.po")
    return found, [doubt for path in paths for doubt in advice(path, terms)]


def chapters() -> Found:
    """Return the faults of the chapters' prose, and advice on it and on texts of no chapter."""
    try:
        write.extract("make po-check: the chapters do not build")
    except SystemExit as problem:  # the catalogs' own faults may be why
        return [Fault(editions.ROOT / "book", 1, f"{problem}; see above")], []
    found, doubts = hinglish.faults(write.DOCTREES)
    paths = [path for code in languages() for path in catalogs_of(code) if path.name != INTERFACE]
    return found, doubts + [doubt for path in paths for doubt in in_no_chapter(path)]


def in_no_chapter(path: Path) -> list[Fault]:
    """Return advice on each text of a catalog that its chapter does not have (any more)."""
    known = set(write.msgids(write.POT / below(path).with_suffix(".pot")))
    text = "no chapter has this text; was its msgid changed by hand? If not, run `make po`"
    return [
        entry.fault(path, text)
        for entry in read(path)[0]
        if known and entry.is_printed and entry.msgid not in known
    ]


def without_chapter(path: Path) -> list[Fault]:
    """Return the fault of a catalog that no chapter uses."""
    chapter = write.chapter_of(below(path))
    if path.name == INTERFACE or chapter.exists():
        return []
    name = chapter.relative_to(editions.ROOT).as_posix()
    return [Fault(path, 1, f"there is no chapter {name}; rename or delete")]


def below(path: Path) -> Path:
    """Return a catalog's path below the folder of its language's catalogs."""
    parts = path.parts
    return Path(*parts[len(parts) - parts[::-1].index("LC_MESSAGES") :])


def unsure(code: str, path: Path) -> list[Fault]:
    """Return the fuzzy messages of a language that is released: readers see the source there."""
    edition = editions.by_code(code)
    if edition is None or not edition.released:
        return []
    text = "fuzzy, so readers see the source; mend the translation and delete the word fuzzy"
    return [entry.fault(path, text) for entry in read(path)[0] if entry.msgid and entry.fuzzy]


def say(fault: Fault, kind: str, text: str) -> None:
    """Print a fault; where GitHub reads it, so that it is shown beside its line."""
    print(fault.annotation(kind) if os.environ.get("GITHUB_ACTIONS") == "true" else text)


def main() -> int:
    """Run one verb."""
    parser = argparse.ArgumentParser(prog="python -m import_karo.verbs.catalogs")
    parser.add_argument("verb", choices=["po", "po-check", "po-status", "language"])
    parser.add_argument("language", nargs="?")
    parser.add_argument("--out", metavar="LANGUAGE", help="take a language out again")
    arguments = parser.parse_args()

    def run() -> int:
        with alone():
            if arguments.verb == "po-check":
                return check(arguments.language)
            if arguments.verb == "language":
                out = arguments.out
                return language.take_out(out) if out else language.start(arguments.language or "")
            return write.main() if arguments.verb == "po" else status.main()

    return ended(arguments.verb, run)


if __name__ == "__main__":
    raise SystemExit(main())
