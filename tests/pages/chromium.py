"""Chromium, driven by Playwright, for tests and the bench: loads built pages as a reader would."""

from __future__ import annotations

import functools
import gzip
import http.server
import importlib.util
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Of a container that is root, with little shared memory, and without any network of its own.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HEIGHT = 640


def program() -> str | None:
    """Return the path of a Chromium, if there is one: Playwright's own is never downloaded."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def missing() -> str:
    """Return what is not here and how to get it, or nothing."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not here (make test-all installs it)"
    return "" if program() else "Chromium is not here (apt install chromium)"


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the machine's Chromium and close it in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of a page that was closed before it had everything."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Site:
    """A folder of built pages and the address at which they are served."""

    address: str
    folder: Path

    def pages(self) -> list[str]:
        """Return every page, as its address ends."""
        return [path.relative_to(self.folder).as_posix() for path in self.folder.glob("**/*.html")]

    def look(self, browser: Browser, jobs: list[tuple[str, str, int]], script: str) -> Any:
        """Load pages, as (name, page, width), one after the other and with one memory.

        Returns by name what a script, a function of the page's window, finds in each.
        """
        context = browser.new_context()
        tab = context.new_page()
        found = {}
        for name, page, width in jobs:
            tab.set_viewport_size({"width": width, "height": HEIGHT})
            tab.goto(f"{self.address}/{page}")
            found[name] = tab.evaluate(f"() => ({script})(window)")
        context.close()
        return found


class Packed(Quiet):
    """Serves files compressed and on one connection, as the hosts of books do."""

    protocol_version = "HTTP/1.1"
    KINDS = (".html", ".css", ".js", ".svg")

    def do_GET(self) -> None:
        """Send a file, compressed where that is worth it."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().do_GET()
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in self.KINDS:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return None


@contextmanager
def served(folder: Path, kind: type[Quiet] = Quiet) -> Iterator[Site]:
    """Serve built pages on a free port of this machine."""
    handler = functools.partial(kind, directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", folder)
    finally:
        server.shutdown()
        server.server_close()
