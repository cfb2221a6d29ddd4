"""The fixtures of every test: a sandbox, a newest Python, a built book, a small book to break."""

from __future__ import annotations

import fcntl
import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import warm
from bs4 import BeautifulSoup
from pages import chromium
from transcripts import plugin
from transcripts.pythons import Python
from transcripts.sandbox import ROOT, Sandbox

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What a build reads.
SOURCES = (
    "conf.py",
    "CITATION.cff",
    "CHANGELOG.md",
    "pyproject.toml",
    "book",
    "code",
    "locale",
    "LICENSES",
)
CHAPTER = """\
(chapter)=
# Ek chapter

Pehla `code` hai, aur yeh {term}`module` hai.

```{literalinclude} ../code/chapter/hello/main.py
```

```{literalinclude} ../code/chapter/hello/run.console
```
"""
INDEX = """\
# Kitaab

```{toctree}
:caption: Bhaag
:numbered:

chapter
glossary
```
"""
# The theme's templates, compiled once for every small book.
TEMPLATES = ROOT / "build/cache/test-templates"
BOX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9v3H0"/></svg>'
GLOSSARY = """\
# Shabd

```{glossary}
module
  Ek file.
```
"""


@dataclass(frozen=True)
class Book:
    """A whole project in a folder of its own."""

    root: Path

    def sphinx(self, out: str = "out", *options: str) -> subprocess.CompletedProcess[str]:
        """Run plain sphinx-build as a user would, warnings as errors."""
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-c", "."]
        return self.run(*command, "-b", "html", *options, "book", out)

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the project's folder with our extensions and tests on the path.

        What is `python -m` starts warm; with PYTHONHASHSEED it cannot.
        """
        env = os.environ | {"PYTHONPATH": f"book/_ext{os.pathsep}tests"} | variables
        if command[:2] == (sys.executable, "-m") and "PYTHONHASHSEED" not in env:
            return warm.run(command[2], command[3:], self.root, env)
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True)

    def page(self, name: str, out: str = "out") -> str:
        """Return a built page."""
        return (self.root / out / f"{name}.html").read_text(encoding="utf-8")

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


def contents_of(page: Path) -> list[str]:
    """Return the captions and chapters that the front page of an HTML edition lists, in order."""
    body = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    found = body.select(".toctree-wrapper .caption-text, .toctree-wrapper .toctree-l1 > a")
    return [each.get_text() for each in found]


def copy_project(target: Path, *names: str) -> Book:
    """Copy parts of the project; built and cached files stay behind.

    Of the program alone also what Python compiled: every small book would compile it again.
    """
    for name in names:
        program = name == "book/_ext"
        ignored = shutil.ignore_patterns(
            "*.pyc.*" if program else "__pycache__", "*.mo", "sphinx.js"
        )
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignored, dirs_exist_ok=True)
        else:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    return Book(target)


@pytest.fixture(scope="session")
def python(request: pytest.FixtureRequest) -> Python:
    """Return the newest Python that the transcripts run on."""
    return request.config.stash[plugin.PYTHONS][-1]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Give a sandbox with a time limit that a test can wait for."""
    with Sandbox(seconds=2) as made:
        yield made


@pytest.fixture(scope="session", params=["namespaces", "plain"])
def any_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Give a sandbox with namespaces, then one without, as on a host that has none."""
    if request.param == "plain":
        with Sandbox(seconds=2, namespaces=False) as made:
            yield made
        return
    with Sandbox(seconds=2) as made:
        if not made.namespaces:
            pytest.skip(f"no namespaces here: {made.reason}")
        yield made


@pytest.fixture
def recording(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes an example's files and returns its recording."""

    def write(text: str, name: str = "run.console", **files: str) -> Path:
        folder = tmp_path / "example"
        folder.mkdir(exist_ok=True)
        for stem, content in files.items():
            (folder / f"{stem}.py").write_text(content, encoding="utf-8")
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def small_book(tmp_path: Path) -> Book:
    """Give a one-chapter book with the real configuration and extensions, to be broken."""
    return make_small_book(tmp_path / "a small book")


def make_small_book(folder: Path) -> Book:
    """Write that book into a folder."""
    book = copy_project(
        folder, "conf.py", "CITATION.cff", "pyproject.toml", "book/_ext",
        "book/_static", "book/_templates", "book/_epub", "book/_print", "locale/editions.toml",
        "locale/hi_Latn", "LICENSES",
    )  # fmt: skip
    listed = book.root / "locale/editions.toml"
    start, *entries = listed.read_text(encoding="utf-8").split("\n[[edition]]\n")
    kept = [each for each in entries if each.startswith(('code = "hi_Latn"', 'code = "en"'))]
    kept = [each.partition("\n# Translate")[0].rstrip() + "\n" for each in kept]
    listed.write_text("\n[[edition]]\n".join([start, *kept]), encoding="utf-8")
    book.write("book/index.md", INDEX)
    book.write("book/chapter.md", CHAPTER)
    book.write("book/glossary.md", GLOSSARY)
    book.write("code/chapter/hello/main.py", 'print("Import Karo!")\n')
    book.write("code/chapter/hello/run.console", "$ python main.py\nImport Karo!\n")
    (book.root / "locale/en/LC_MESSAGES").mkdir(parents=True)
    (book.root / "build/cache").mkdir(parents=True)
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    (book.root / "build/cache/templates").symlink_to(TEMPLATES)
    return book


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Book:
    """Return the whole book, built once by `make book`'s own program for all test workers."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    target = shared / "the built book"
    with (shared / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        book = Book(target)
        if not (target / "build/html/index.html").exists():
            copy_project(target, *SOURCES)
            done = book.run(
                sys.executable,
                "-m",
                "import_karo.verbs.build",
                "epub",
                "pdf",
                "print",
                "code",
                "html",
            )
            assert done.returncode == 0, done.stderr
    return book


@pytest.fixture(scope="session")
def site(built: Book) -> Iterator[chromium.Site]:
    """Serve the built pages on a free port of this machine."""
    with chromium.served(built.root / "build/html") as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, if it is here."""
    if why := chromium.missing():
        pytest.skip(why)
    with chromium.launched() as started:
        yield started


@pytest.fixture(scope="session")
def look(site: chromium.Site, browser: Browser) -> Callable[..., Any]:
    """Give a function that loads pages in Chromium and returns what a script finds in each."""
    return functools.partial(site.look, browser)


@pytest.fixture(scope="session")
def axe() -> str:
    """Give a function of JavaScript that returns what axe-core finds wrong in a page."""
    path = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.skip("not here: axe-core (cd tests/browser, then npm ci)")
    return """async (page, rules) => {
      if (!page.axe) page.eval(SOURCE);
      const options = { resultTypes: ["violations"], ...rules };
      const { violations } = await page.axe.run(page.document, options);
      return violations.map((each) => `${each.id}: ${each.nodes.length}: ${each.nodes[0].html}`);
    }""".replace("SOURCE", json.dumps(path.read_text(encoding="utf-8")))
