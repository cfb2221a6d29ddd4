"""Chromium, for tests and the bench: loads pages in frames and returns what a script finds."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Loads each address in a frame of the given width, and writes what `look` finds as JSON.
HARNESS = """<!doctype html><meta charset="utf-8"><pre id="result"></pre><script>
const jobs = %s, found = {};
const look = %s;
(async () => {
  for (const [name, address, width] of jobs) {
    const frame = document.createElement("iframe");
    frame.width = width; frame.height = 640; frame.src = address;
    await new Promise((done) => { frame.onload = done; document.body.append(frame); });
    found[name] = await look(frame.contentWindow);
    frame.remove();
  }
  document.getElementById("result").textContent = JSON.stringify(found);
})();
</script>"""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--virtual-time-budget=60000",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = "Chromium is not here (apt install chromium)"


def program() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Site:
    """Built pages below /book/, and a folder for what the browser is to load beside them."""

    address: str
    folder: Path
    scratch: Path

    def pages(self) -> list[str]:
        """Return every page, as its address ends."""
        return [path.relative_to(self.folder).as_posix() for path in self.folder.glob("**/*.html")]

    def look(self, program: str, jobs: list[tuple[str, str, int]], script: str) -> Any:
        """Load pages, as (name, page, width), and return what a script finds in each, by name."""
        addresses = [(name, f"{self.address}/book/{page}", width) for name, page, width in jobs]
        harness = self.scratch / "harness.html"
        harness.write_text(HARNESS % (json.dumps(addresses), script), encoding="utf-8")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [program, *FLAGS, f"--user-data-dir={profile}", "--dump-dom"]
            done = subprocess.run(
                [*command, f"{self.address}/{harness.name}"], capture_output=True, text=True
            )
        match = re.search(r'<pre id="result">(.+?)</pre>', done.stdout, re.DOTALL)
        assert match, done.stderr[-500:]
        return json.loads(match[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve built pages on a free port of this machine."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "book").symlink_to(folder)
        handler = functools.partial(Quiet, directory=str(scratch))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_port}", folder, scratch)
        finally:
            server.shutdown()
