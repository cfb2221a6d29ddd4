"""`make bench`: what the book promises about cost, measured as CPU time within one run.

CPU time is user plus system of all child processes, in seconds; each figure is a median.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docutils import nodes

import catalogs
import editions
from promise import chapters
from transcripts import pythons, recordings
from transcripts.replay import replay
from transcripts.sandbox import ROOT, Sandbox

ROUNDS = 5
WORKERS = 2
ONE_PAGE = "# Ek page\n\nKuch shabd.\n"


def cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def measure(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the median CPU and wall seconds of some rounds of work."""
    costs = []
    for _ in range(rounds):
        cpu_before, wall_before = cpu(), time.perf_counter()
        work()
        costs.append((cpu() - cpu_before, time.perf_counter() - wall_before))
    return statistics.median(cost[0] for cost in costs), statistics.median(
        cost[1] for cost in costs
    )


def build(project: Path, language: str, out: Path, *, cold: bool) -> None:
    """Build one HTML edition; `cold` forgets every earlier build."""
    if cold:
        shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-c", ".", "book", str(out)]
    subprocess.run([*command, "-D", f"language={language}"], cwd=project, check=True)


def copy_of_book(target: Path) -> Path:
    """Copy what a build needs, so that the bench can edit chapters."""
    ignored = shutil.ignore_patterns("__pycache__", "*.mo", "sphinx.js")
    for name in ("book", "code", "locale"):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for name in ("conf.py", "CITATION.cff"):
        shutil.copy(ROOT / name, target / name)
    return target


def one_page(target: Path) -> Path:
    """Make a book of one page with the same configuration and extensions."""
    copy_of_book(target)
    for path in (target / "book").glob("*.md"):
        path.unlink()
    shutil.rmtree(target / "locale/en", ignore_errors=True)
    (target / "book/index.md").write_text(ONE_PAGE)
    return target


def words(doctrees: Path) -> int:
    """Count the words of prose that a build printed: no code, no captions of listings."""
    skipped = (nodes.literal_block, nodes.literal, nodes.caption)
    count = 0
    for _, tree in chapters(doctrees):
        for text in tree.findall(nodes.Text):
            if not any(isinstance(each, skipped) for each in _ancestors(text)):
                count += len(text.astext().split())
    return count


def _ancestors(node: nodes.Node) -> list[nodes.Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def bench_html(scratch: Path) -> list[tuple[str, str, str]]:
    """Measure the HTML editions."""
    book, small = copy_of_book(scratch / "book"), one_page(scratch / "one")
    rows = []
    start, _ = measure(lambda: build(small, editions.SOURCE.code, scratch / "o1", cold=True))
    costs = {}
    for edition in editions.EDITIONS:
        out = scratch / edition.folder
        costs[edition.folder], wall = measure(
            lambda out=out, code=edition.code: build(book, code, out, cold=True)
        )  # type: ignore[misc]
        rows.append(
            (f"{edition.name} HTML, cold", f"{costs[edition.folder]:.2f} CPU s, {wall:.2f} s", "")
        )
    count = words(scratch / "hinglish/.doctrees")
    per_10_000 = (costs["hinglish"] - start) / count * 10_000
    rows.append(("start-up of a one-page book", f"{start:.2f} CPU s", ""))
    rows.append(
        (f"Hinglish per 10,000 words ({count} words)", f"{per_10_000:.2f} CPU s", "0.8 / 0.6")
    )
    rows.append(
        ("English over Hinglish", f"{costs['english'] / costs['hinglish']:.2f}", "1.5 / 1.2")
    )
    beyond = (costs["english"] - start) / (costs["hinglish"] - start)
    rows.append(("the same, both beyond start-up", f"{beyond:.2f}", ""))
    out = scratch / "hinglish"
    nothing, _ = measure(lambda: build(book, editions.SOURCE.code, out, cold=False))
    chapter = book / "book/modules.md"

    def edit() -> None:
        chapter.write_text(chapter.read_text() + "\n", encoding="utf-8")
        build(book, editions.SOURCE.code, out, cold=False)

    one, _ = measure(edit)
    rows.append(("nothing to do / one chapter edited", f"{nothing:.2f} / {one:.2f} CPU s", ""))
    return rows


def bench_transcripts() -> list[tuple[str, str, str]]:
    """Measure the transcripts against as many bare starts, by as many workers."""
    python = pythons.find_all()[-1]
    pythons.prepare(python)
    paths = [
        path for path in recordings.under(ROOT / "code") if recordings.Name.of(path).bound is None
    ]
    texts = [line for path in paths for line in recordings.read(path).splitlines()]
    starts = sum(line.startswith(("$ py", "$ PY")) for line in texts)
    starts += sum(path.suffix == ".pycon" for path in paths)
    command = [str(python.venv / "bin/python"), "-c", "pass"]

    def bare() -> None:
        run = lambda _: subprocess.run(command, check=True, env={})  # noqa: E731
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(run, range(starts)))

    def all_of_them() -> None:
        def part(index: int) -> None:
            with Sandbox() as sandbox:
                for path in paths[index::WORKERS]:
                    replay(path, python, sandbox)

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(part, range(WORKERS)))

    (floor, floor_wall), (cost, wall) = measure(bare), measure(all_of_them)
    return [
        (f"{len(paths)} transcripts, {starts} starts of Python {python.name}", f"{cost:.2f} CPU s, {wall:.2f} s", ""),
        ("the floor: as many `python -c pass`", f"{floor:.2f} CPU s, {floor_wall:.2f} s", ""),
        ("transcripts over the floor, CPU", f"{cost / floor:.2f}", "2.0 / 1.4"),
        ("transcripts over the floor, wall", f"{wall / floor_wall:.2f}", ""),
    ]  # fmt: skip


def main() -> int:
    """Print the table."""
    if catalogs.compile_all():
        return 1
    rows = [("figure", f"median of {ROUNDS}", "required / stretch")]
    with tempfile.TemporaryDirectory() as scratch:
        rows += bench_html(Path(scratch).resolve())
    rows += bench_transcripts()
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\nPython {sys.version.split()[0]}, {os.cpu_count()} cores, load {load}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
