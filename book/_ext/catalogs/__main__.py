"""The verbs `make po`, `make po-check` and `make po-status`."""

import argparse
import sys

import editions

from . import catalogs_of, languages, status, write
from .check import faults
from .syntax import Fault


def check(wanted: str | None) -> int:
    """Print every fault of the catalogs of one language, or of all; return 1 if there is one."""
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
    for fault in found:
        print(fault)
    print(f"{len(paths)} catalogs, {len(found)} faults", file=sys.stderr if found else sys.stdout)
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
