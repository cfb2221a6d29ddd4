"""Drives `make live` as a page that is open in it would: for its tests, and for the benchmark."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

WAIT = 60  # seconds; only a preview that hangs is waited for that long


class Preview:
    """A preview that is being served, and a page that is open in it."""

    def __init__(self, root: Path, edition: str) -> None:
        command = [sys.executable, "-m", "import_karo.verbs.live", edition]
        self.process = subprocess.Popen(
            command, cwd=root, env=os.environ | {"PYTHONPATH": "book/_ext"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            self.open_page()
        except BaseException:
            self.process.kill()
            raise

    def open_page(self) -> None:
        """Wait until it serves, then listen to it as a page does."""
        assert self.process.stdout
        self.process.stdout.readline()
        address = re.search(r":(\d+)/", self.process.stdout.readline())
        assert address, "the preview did not start"
        self.port = int(address[1])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request("GET", "/live-events")
        self.events = connection.getresponse()
        self.version = self.next_version()

    def next_version(self) -> str:
        """Wait until the open page is told to show something else; return its version."""
        while not (line := self.events.readline()).startswith(b"data: "):
            assert line, "the preview hung up"
        return line.partition(b" ")[2].strip().decode()

    def page(self, name: str = "chapter.html") -> str:
        """Return what the preview serves."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request("GET", f"/{name}")
        return connection.getresponse().read().decode()

    def stop(self) -> tuple[str, str]:
        """Interrupt it as Ctrl-C would; return what it printed."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=WAIT)
