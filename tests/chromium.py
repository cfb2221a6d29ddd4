"""Chromium, for tests and the bench: loads pages in frames and returns what a script finds."""

from __future__ import annotations

import functools
import http.server
import json
import os
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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; give its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@dataclass(frozen=True)
class Browser:
    """A Chromium that looks at the pages of one served folder."""

    program: str
    address: str
    folder: Path

    def look(self, jobs: list[tuple[str, str, int]], script: str) -> Any:
        """Load pages, as (name, page, width), and return what a script finds in each, by name."""
        harness = self.folder / f"harness-{os.getpid()}.html"  # others look at the same time
        addresses = [(name, f"{self.address}/{page}", width) for name, page, width in jobs]
        harness.write_text(HARNESS % (json.dumps(addresses), script), encoding="utf-8")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [self.program, *FLAGS, f"--user-data-dir={profile}", "--dump-dom"]
            done = subprocess.run(
                [*command, f"{self.address}/{harness.name}"], capture_output=True, text=True
            )
        harness.unlink()
        match = re.search(r'<pre id="result">(.+?)</pre>', done.stdout, re.DOTALL)
        assert match, done.stderr[-500:]
        return json.loads(match[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
