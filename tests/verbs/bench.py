"""`make bench`: what the book promises about cost, measured as CPU time within one run.

CPU time is user plus system of all child processes, in seconds; each figure is a median.
"""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from directives import tracebacks
from docutils import nodes
from import_karo.core import editions
from import_karo.languages import catalogs
from import_karo.languages.catalogs import status
from import_karo.verbs import forks
from pages import chromium, search_queries
from pypdfium2 import PdfDocument
from transcripts import pythons, recordings
from transcripts.promise import chapters
from transcripts.replay import replay
from transcripts.sandbox import ROOT, Sandbox

from verbs.preview import Preview

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

GOOD = Path(__file__).with_name("bench_good.tsv")
ROUNDS = 5
GROWTH = (1, 4, 16)  # times our chapters
GROWTH_ROUNDS = 1
ONCE = ("index", "glossary")  # a term has one definition
LABEL = re.compile(r"(?m)^\(([\w-]+)\)=$|^:name: ([\w-]+)$")
WORKERS = 2
# CPU of `-b latex` from warm doctrees (3.0 s) and latexmk with XeLaTeX of TeX Live 2022 (9.5 s: two
# runs, makeindex, xdvipdfmx; figures turned into PDF beforehand and not counted) over that of the
# cold English HTML (3.06 s): measured once, medians of 6, the three taking turns.
XELATEX_OVER_HTML = 4.1
# A line that Lighthouse calls slow 4G, in bytes a second and milliseconds; and a processor four
# times as slow as that of this machine.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8,
             "uploadThroughput": 0.75e6 / 8}  # fmt: skip
SLOWER_PROCESSOR = 4
PHONE: Any = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
# One page with one of each: what Sphinx loads on the first listing, table or picture is start-up.
ONE_PAGE = """\
(page)=
# Ek page

Kuch shabd, `code`, {term}`shabd`, {ref}`page`, {numref}`lst`, "quote"[^a].

```{literalinclude} ../code/modules/math_module/main.py
:name: lst
```

```{literalinclude} ../code/modules/math_module/run.console
```

```{literalinclude} ../code/modules/tea_stall/repl.pycon
```

```{figure} figures/masala-dabba.svg
:alt: Ek dabba

Dabba
```

| Ek | Do |
|---|---|
| a | b |

:::{admonition} Dhyaan
Kuch.
:::

```{glossary}
shabd
  Matlab.
```

```{index} single: ek; do
```

[^a]: Neeche.
"""


@dataclass(frozen=True)
class Row:
    """A line of the table; `measured` is compared with what is required, where anything is."""

    figure: str  # the same in every run: the last good value is kept under it
    value: str
    measured: float = 0
    required: float | None = None
    stretch: float | None = None
    more: bool = False  # is better

    @property
    def wanted(self) -> str:
        """Write what is required, and the stretch after a stroke."""
        return " / ".join(
            f"{each:.2g}" for each in (self.required, self.stretch) if each is not None
        )

    @property
    def falls_short(self) -> bool:
        """Say whether the figure is not what is required."""
        if self.required is None:
            return False
        return self.measured < self.required if self.more else self.measured > self.required


def ratio(figure: str, measured: float, required: float, stretch: float | None = None) -> Row:
    """Return the row of a plain number that must be small."""
    return Row(figure, f"{measured:.2f}", measured, required, stretch)


def hits(figure: str, found: int, total: int, share: float) -> Row:
    """Return the row of what was found; `share` of all is required."""
    return Row(figure, f"{found} of {total}", found / total, share, more=True)


def cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds."""

    cpu: float
    wall: float


def measure(works: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, Cost]:
    """Return each work's median cost.

    The works take turns, so that a machine that slows down slows them all.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            cpu_before, wall_before = cpu(), time.perf_counter()
            work()
            costs[name].append(Cost(cpu() - cpu_before, time.perf_counter() - wall_before))
    return {
        name: Cost(
            statistics.median(each.cpu for each in found),
            statistics.median(each.wall for each in found),
        )
        for name, found in costs.items()
    }


def build(project: Path, edition: editions.Edition, *, cold: bool, builder: str = "html") -> None:
    """Build one edition as `make` does; `cold` forgets every earlier build."""
    out, doctrees = project / "out" / edition.folder, project / "doctrees" / edition.folder
    if cold:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(doctrees, ignore_errors=True)
    if sphinx(builder, edition, out, root=project, doctrees=doctrees).wait():
        raise SystemExit("make bench: the book does not build")


def sphinx(
    builder: str, edition: editions.Edition, out: Path, *, root: Path, doctrees: Path
) -> subprocess.Popen[bytes]:
    """Start one Sphinx of the project in `root`, from nothing imported."""
    command = [sys.executable, "-m", "import_karo.verbs.forks"]
    env = os.environ | {"PYTHONPATH": "book/_ext"}
    return subprocess.Popen(
        [*command, *forks.arguments(builder, edition, out, doctrees)], cwd=root, env=env
    )


def copy_of_book(target: Path) -> Path:
    """Copy what a build needs, so that the bench can edit chapters."""
    ignored = shutil.ignore_patterns("__pycache__", "*.mo", "sphinx.js")
    for name in ("book", "code", "locale", "LICENSES"):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for name in ("conf.py", "CITATION.cff", "CHANGELOG.md", "pyproject.toml"):
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


def repeat_book(target: Path, times: int) -> Path:
    """Make a book that holds every chapter of ours `times` times, each with labels of its own."""
    copy_of_book(target)
    chapters_ = [path for path in (target / "book").glob("*.md") if path.stem not in ONCE]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in chapters_}
    labels = {a or b for text in texts.values() for a, b in LABEL.findall(text)}
    known = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    named = re.compile(rf"(?m)(^\(|^:name: |[`<])({known})(?=\)=$|$|[`>])")
    stems = []
    for number in range(2, times + 1):
        for stem, text in texts.items():
            stems.append(f"{stem}-{number}")
            again = named.sub(lambda found, number=number: f"{found[0]}-{number}", text)  # type: ignore[misc]
            (target / f"book/{stems[-1]}.md").write_text(again, encoding="utf-8")
    index = target / "book/index.md"
    more = "\n".join(["", "```{toctree}", ":numbered:", "", *stems, "```", ""])
    index.write_text(index.read_text(encoding="utf-8") + more, encoding="utf-8")
    return target


def bench_growth(scratch: Path) -> list[Row]:
    """Measure what a page costs in a book of one, four and sixteen times our chapters."""
    small = one_page(scratch / "start-up")
    books = {times: repeat_book(scratch / f"times {times}", times) for times in GROWTH}
    found: dict[int, list[tuple[float, float]]] = {times: [] for times in (0, *GROWTH)}
    for _ in range(GROWTH_ROUNDS):
        for times, project in {0: small, **books}.items():
            found[times].append(cold_cost(project))
    chapters_ = len(list((ROOT / "book").glob("*.md"))) - len(ONCE)
    pages = {times: times * chapters_ for times in books}
    html = growth("a chapter of HTML", found, pages, (1.2, None))
    for times, project in {0: small, **books}.items():
        found[times] = [cost_of("pdf", project)]
    sheets = {
        times: len(PdfDocument(project / "pdf/import-karo-hinglish.pdf"))
        for times, project in books.items()
    }
    return html + growth("a page of the PDF", found, sheets, (1.3, 1.1))


def growth(
    name: str, found: dict[int, list[tuple[float, float]]], pages: dict[int, int],
    limits: tuple[float, float | None],
) -> list[Row]:  # fmt: skip
    """Return what one page costs in each book beyond start-up (the book of size 0)."""
    start_cpu, start_memory = (statistics.median(each) for each in zip(*found[0], strict=True))
    rows, first = [], (0.0, 0.0)
    for times, count in pages.items():
        cpu_, memory = (statistics.median(each) for each in zip(*found[times], strict=True))
        cost = ((cpu_ - start_cpu) / count, (memory - start_memory) / count)
        first = cost if times == GROWTH[0] else first
        grown = [now / then for now, then in zip(cost, first, strict=True)]
        value = f"{count}: {cost[0] * 1000:.1f} CPU ms, {cost[1]:.2f} MB; "
        value += "x " + ", ".join(f"{each:.2f}" for each in grown)
        figure = f"{name}, beyond start-up, in a book of {times}"
        rows.append(Row(figure, value, max(grown), *(limits if times > 1 else ())))
    return rows


def cold_cost(project: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak memory in MB of a cold build of the Hinglish HTML."""
    shutil.rmtree(project / "html", ignore_errors=True)
    shutil.rmtree(project / "doctrees", ignore_errors=True)
    return cost_of("html", project)


def cost_of(builder: str, project: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak memory in MB of a Hinglish build as things stand."""
    doctrees = project / "doctrees"
    out = project / builder
    process = sphinx(builder, editions.SOURCE, out, root=project, doctrees=doctrees)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("make bench: the repeated book does not build")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def bench_pdf(scratch: Path) -> list[Row]:
    """Measure the PDFs for the screen."""
    book = copy_of_book(scratch / "pdf book")

    def all_editions(*, cold: bool) -> None:
        if cold:
            shutil.rmtree(book / "doctrees", ignore_errors=True)
        running = [
            sphinx("pdf", edition, book / "out" / edition.folder, root=book,
                            doctrees=book / "doctrees" / edition.folder)
            for edition in editions.EDITIONS
            if not edition.parallel
        ]  # fmt: skip
        if any(process.wait() for process in running):
            raise SystemExit("make bench: the PDFs do not build")

    def english() -> None:
        build(book, editions.TRANSLATIONS[0], cold=False, builder="pdf")

    def html() -> None:
        build(book, editions.TRANSLATIONS[0], cold=True)

    costs = measure({
        "cold": lambda: all_editions(cold=True),
        "warm": lambda: all_editions(cold=False),
        "html": html,
        "english": english,
    })  # fmt: skip
    xelatex = XELATEX_OVER_HTML * costs["html"].cpu
    return [
        Row(
            "PDFs of both languages from nothing", seconds(costs["cold"]), costs["cold"].wall, 15, 6
        ),
        Row("the same, doctrees there", seconds(costs["warm"])),
        Row("English PDF, doctrees there", seconds(costs["english"])),
        ratio(
            "the same over `-b latex` and XeLaTeX (see bench.py), CPU",
            costs["english"].cpu / xelatex,
            1 / 4,
            1 / 6,
        ),
    ]


def words(doctrees: Path) -> int:
    """Count the words that a build printed, without listings and captions."""
    skipped = (nodes.literal_block, nodes.caption)
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


def bench_html(scratch: Path) -> list[Row]:
    """Measure the HTML editions."""
    book, small = copy_of_book(scratch / "book"), one_page(scratch / "one")
    catalogs.compile_all()
    chapter = book / "book/modules.md"

    def cold(project: Path, edition: editions.Edition) -> Callable[[], None]:
        return lambda: build(project, edition, cold=True)

    def warm(*, edit: bool) -> None:
        if edit:
            chapter.write_text(chapter.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        build(book, editions.SOURCE, cold=False)

    works: dict[str, Callable[[], object]] = {"one page": cold(small, editions.SOURCE)}
    works |= {edition.folder: cold(book, edition) for edition in editions.EDITIONS}
    works |= {"nothing": lambda: warm(edit=False), "edit": lambda: warm(edit=True)}
    costs = measure(works)
    count = words(book / "doctrees/hinglish")
    beyond = {name: cost.cpu - costs["one page"].cpu for name, cost in costs.items()}
    return [
        *(
            Row(f"{edition.name} HTML, cold", seconds(costs[edition.folder]))
            for edition in editions.EDITIONS
        ),
        Row("start-up: a page with one of each", seconds(costs["one page"])),
        Row("words of Hinglish", str(count)),
        ratio("CPU s per 10,000 of them", beyond["hinglish"] / count * 10_000, 0.8, 0.6),
        ratio(
            "English over Hinglish HTML, CPU",
            costs["english"].cpu / costs["hinglish"].cpu,
            1.5,
            1.2,
        ),
        ratio(
            "parallel over English HTML, CPU",
            costs["parallel"].cpu / costs["english"].cpu,
            1.4,
            1.25,
        ),
        Row(
            "English over Hinglish beyond start-up", f"{beyond['english'] / beyond['hinglish']:.2f}"
        ),
        Row("build again, nothing changed", seconds(costs["nothing"])),
        Row("build again, one chapter edited", seconds(costs["edit"])),
        ratio(
            "one edit over nothing changed, CPU", costs["edit"].cpu / costs["nothing"].cpu, 1.3, 1.2
        ),
    ]


def bench_transcripts() -> list[Row]:
    """Measure the transcripts against as many bare starts, by as many workers."""
    python = pythons.find_all()[-1]
    pythons.prepare(python)
    found = recordings.under(ROOT / "code")
    paths = [path for path in found if recordings.Name.of(path).bound is None]
    texts = [line for path in paths for line in recordings.read(path).splitlines()]
    starts = sum(line.startswith(("$ py", "$ PY")) for line in texts)
    starts += sum(path.suffix == ".pycon" for path in paths)
    command = [str(python.venv / "bin/python"), "-c", "pass"]

    def bare() -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda _: subprocess.run(command, check=True, env={}), range(starts)))

    def part(index: int) -> None:
        with Sandbox() as sandbox:
            for path in paths[index::WORKERS]:
                replay(path, python, sandbox)

    def everything() -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(part, range(WORKERS)))

    costs = measure({"floor": bare, "transcripts": everything})
    cost, floor = costs["transcripts"], costs["floor"]
    return [
        Row("transcripts, starts of the newest Python", f"{len(paths)}, {starts}"),
        Row("the transcripts", seconds(cost)),
        Row("as many starts of `python -c pass`: the floor", seconds(floor)),
        ratio("transcripts over the floor, CPU", cost.cpu / floor.cpu, 1.8, 1.4),
        Row("transcripts over the floor, wall", f"{cost.wall / floor.wall:.2f}"),
    ]


def bench_catalogs(scratch: Path) -> list[Row]:
    """Measure what translators run."""
    book = copy_of_book(scratch / "translated")
    path = {"PYTHONPATH": "book/_ext"}

    def run(*command: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, "-m", *command], cwd=book, env=os.environ | path, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    gettext = ("sphinx", "-q", "-b", "gettext", "-c", ".", "-d", "build/cache/doctrees/gettext")
    works = {
        "gettext": run(*gettext, "book", "build/gettext"),
        "po": run("import_karo.verbs.catalogs", "po"),
        "check": run("import_karo.verbs.catalogs", "po-check", "en"),
    }
    for work in works.values():
        work()
    costs = measure(works)
    total = sum(status.count(path).total for path in catalogs.catalogs_of("en"))
    check = costs["check"].cpu / total * 1000
    return [
        Row("messages of the English catalogs", str(total)),
        ratio("make po-check, CPU s per 1,000 of them", check, 2),
        Row("make po, nothing to do", seconds(costs["po"])),
        ratio(
            "the same over a gettext build with nothing to do, CPU",
            costs["po"].cpu / costs["gettext"].cpu,
            1.5,
        ),
    ]


def bench_live(scratch: Path) -> list[Row]:
    """Measure what a translator waits for: from a save to the page, served anew."""
    book = copy_of_book(scratch / "live")
    preview = Preview(book, "en")
    catalog, style = book / "locale/en/LC_MESSAGES/modules.po", book / "book/_static/book.css"
    words = iter(range(1000))

    def save_entry() -> None:
        said = f"Name {next(words)} the file"
        text = catalog.read_text(encoding="utf-8")
        catalog.write_text(re.sub(r"Name \d+ the file|If you need a file", said, text), "utf-8")
        preview.next_version()
        assert said in preview.page("modules.html")

    def save_style() -> None:
        mark = f"/* {next(words)} */"
        style.write_text(mark, encoding="utf-8")
        preview.next_version()
        assert mark in preview.page("_static/book.css")

    try:
        costs = measure({"entry": save_entry, "style": save_style})
    finally:
        preview.stop()
    return [
        ratio("make live: s from a saved catalog entry to the page", costs["entry"].wall, 2, 0.7),
        ratio("make live: s from a saved style sheet to the page", costs["style"].wall, 0.5),
    ]


def bench_error_finder(scratch: Path) -> list[Row]:
    """Paste the tracebacks of learners' programs into the box of the error finder."""
    if why := chromium.missing():
        return [Row("tracebacks that find their row", why)]
    project = copy_of_book(scratch / "finder")
    edition = editions.TRANSLATIONS[0]
    build(project, edition, cold=True)
    found = []
    with chromium.served(project / "out") as site, chromium.launched() as browser:
        for python in pythons.find_all():
            pythons.prepare(python)
            pasted = list(tracebacks.of(python))
            texts = [each.text for each in pasted]
            answers = tracebacks.paste(partial(site.look, browser), texts, edition.folder)
            right = sum(map(tracebacks.is_right, pasted, answers))
            name = f"tracebacks of Python {python.name} that find their row"
            found.append(hits(name, right, len(pasted), 0.95))
    return found


def bench_search(scratch: Path) -> list[Row]:
    """Ask the search pages what learners ask, and weigh their index."""
    project = copy_of_book(scratch / "search")
    for edition in editions.EDITIONS:
        build(project, edition, cold=True)
    rows = []
    for folder, language in search_queries.ASKED:
        name = f"queries in {language} that find their page first, {folder} edition"
        if why := chromium.missing():
            rows.append(Row(name, why))
            continue
        with chromium.served(project / "out") as site, chromium.launched() as browser:
            missed = search_queries.misses(partial(site.look, browser), folder, language)
        total = len(search_queries.all_of(language))
        rows.append(hits(name, total - len(missed), total, 0.9))
    count = words(project / "doctrees/hinglish")
    index = (project / "out/hinglish/searchindex.js").read_bytes()
    kilobytes = [len(data) / count * 10 for data in (index, gzip.compress(index))]
    size = "{:.0f} kB, {:.0f} kB compressed".format(*kilobytes)
    return [*rows, Row("search index per 10,000 words of Hinglish", size)]


class Visit(NamedTuple):
    """What a reader's first page costs: bytes as sent, and the time to its first words."""

    total: int
    scripts: int
    requests: int
    paint: float  # seconds


def visit(browser: Browser, address: str) -> Visit:
    """Load a page as a slow phone does that has never seen the book."""
    context = browser.new_context(**PHONE)
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    asked: list[Request] = []
    tab.on("requestfinished", lambda request: asked.append(request))
    tab.goto(address, wait_until="networkidle")
    sizes = [(each.resource_type, each.sizes()["responseBodySize"]) for each in asked]
    paint = tab.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
    )
    context.close()
    scripts = sum(size for kind, size in sizes if kind == "script")
    return Visit(sum(size for _, size in sizes), scripts, len(sizes), paint)


def bench_pages(scratch: Path) -> list[Row]:
    """Weigh every page, and open a chapter of each edition on a slow phone."""
    if why := chromium.missing():
        return [Row("first paint", why)]
    project = copy_of_book(scratch / "pages")
    rows = []
    for edition in editions.EDITIONS:
        build(project, edition, cold=True)
        folder = project / "out" / edition.folder
        weights = {path.stem: len(gzip.compress(path.read_bytes())) / 1000
                   for path in folder.glob("*.html")}  # fmt: skip
        worst = max(weights, key=lambda name: weights[name])
        rows.append(Row(f"heaviest page, compressed, {edition.name}",
                        f"{weights[worst]:.1f} kB ({worst})", weights[worst], 60))  # fmt: skip
    with chromium.served(project / "out", chromium.Packed) as site, chromium.launched() as browser:
        for edition in editions.EDITIONS:
            address = f"{site.address}/{edition.folder}/modules.html"
            visits = [visit(browser, address) for _ in range(ROUNDS)]
            middle = Visit(*map(statistics.median, zip(*visits, strict=True)))
            size = f"{middle.total / 1000:.0f} kB, {middle.scripts / 1000:.0f} kB of it scripts"
            rows += [
                Row(f"first chapter with all it needs, {edition.name}",
                    f"{size}, {middle.requests} requests"),
                ratio(f"s to first paint on a slow phone, {edition.name}", middle.paint, 1),
            ]  # fmt: skip
    return rows


def seconds(cost: Cost) -> str:
    """Write a cost."""
    return f"{cost.cpu:.2f} CPU s, {cost.wall:.2f} s"


def table(rows: list[Row]) -> str:
    """Write the rows, what is required at their end."""
    cells = [("figure", f"median of {ROUNDS}", "required / stretch")]
    cells += [(row.figure, row.value, row.wanted) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (zip(line, widths, strict=True) for line in cells)
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in line).rstrip() for line in lines
    )


def last_good() -> dict[str, str]:
    """Return, by figure, the value of the last release in which it was as required."""
    lines = GOOD.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def keep_good(rows: list[Row]) -> None:
    """Renew the values of figures that are as required.

    The others keep the old one, and so does what cannot be measured here.
    """
    head = "# Values with which `make bench` was content; `make bench KEEP=1` renews them."
    now = {row.figure: row.value for row in rows if row.required and not row.falls_short}
    lines = [head, *(f"{figure}\t{value}" for figure, value in (last_good() | now).items())]
    GOOD.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shortfalls(rows: list[Row]) -> str:
    """Name each figure that is not as required, with the last value that was."""
    good = last_good()
    lines = [
        f"  {row.figure}: {row.value}; required {row.required:g}; "
        f"last good {good.get(row.figure, '-')}"
        for row in rows
        if row.falls_short and row.required is not None
    ]
    return "\n".join(["Falls short:", *lines]) if lines else "Nothing falls short."


def main(arguments: list[str]) -> int:
    """Print the table, then what falls short; `--keep` renews the file of good figures."""
    if catalogs.compile_all():
        return 1
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        rows += bench_html(Path(scratch).resolve())
        rows += bench_pdf(Path(scratch).resolve())
        rows += bench_catalogs(Path(scratch).resolve())
        rows += bench_live(Path(scratch).resolve())
        rows += bench_growth(Path(scratch).resolve())
    rows += bench_transcripts()
    with tempfile.TemporaryDirectory() as scratch:
        rows += bench_pages(Path(scratch).resolve())
        rows += bench_search(Path(scratch).resolve())
        rows += bench_error_finder(Path(scratch).resolve())
    print(table(rows))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\nPython {sys.version.split()[0]}, {os.cpu_count()} cores, load {load}\n")
    print(shortfalls(rows))
    if "--keep" in arguments:
        keep_good(rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
