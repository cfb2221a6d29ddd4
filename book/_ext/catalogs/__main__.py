"""The verbs `make po`, `make po-check` and `make po-status`."""

import argparse
import sys

import editions

from . import LOCALE, catalogs_of, languages, status, write
from .advice import advice, term_base
from .check import faults
from .syntax import Fault


def check(wanted: str | None) -> int:
    """Print every fault of the catalogs of one language, or of all, then advice; 1 for a fault."""
    known = languages()
    if wanted and wanted not in known:
        print(f"make po-check: no catalogs in locale/{wanted}; there are {', '.join(known)}")
        return 1
    paths = [path for code in ([wanted] if wanted else known) for path in catalogs_of(code)]
    found = [fault for path in paths for fault in faults(path)]
    for path in paths:
        chapter = editions.ROOT / "book" / f"{path.stem}.md"
        if path.name != "sphinx.po" and not chapter.exists():
            found.append(
                Fault(path, 1, f"there is no chapter book/{path.stem}.md; rename or delete")
            )
    doubts = []
    for code in [wanted] if wanted else known:
        terms, broken = term_base(LOCALE / code / "terms.csv")
        found += broken
        doubts += [doubt for path in catalogs_of(code) for doubt in advice(path, terms)]
    for fault in found:
        print(fault)
    for doubt in doubts:
        print(f"advice: {doubt}")
    said = f"{len(paths)} catalogs, {len(found)} faults, {len(doubts)} places to look at again"
    print(said, file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


def main() -> int:
    """Run one verb."""
    parser = argparse.ArgumentParser(prog="python -m catalogs")
    parser.add_argument("verb", choices=["po", "po-check", "po-status"])
    parser.add_argument("language", nargs="?")
    arguments = parser.parse_args()
    if arguments.verb == "po-check":
        return check(arguments.language)
    return write.main() if arguments.verb == "po" else status.main()


if __name__ == "__main__":
    raise SystemExit(main())
