"""`make live`: shows one edition, rebuilds what a save touches and reloads the page where it was.

watchfiles sees what is saved, Starlette and uvicorn serve the pages. Each build runs in a fork of
a process that has everything imported: starting Sphinx anew would take longer than the build.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import re
import secrets
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ..core import editions
from ..languages.catalogs import compile_language
from . import forks

FOLDER = editions.CACHE / "live"
WATCHED = ("book", "code", "locale", "conf.py", "pyproject.toml", "CITATION.cff", "CHANGELOG.md")
STATIC = editions.ROOT / "book" / "_static"
PORT = 8000
SCRIPT = """
<script>
  (() => {{
    let events = null;
    /* A browser keeps six connections to a host: a page that nobody sees holds none. */
    const listen = () => {{
      events?.close();
      if (document.hidden) return;
      events = new EventSource("/live-events");
      events.onmessage = (event) => {{
        if (event.data !== "{version}") location.reload();
      }};
    }};
    document.addEventListener("visibilitychange", listen);
    listen();
  }})();
</script>
"""
BANNER = """
<div role="alert" style="position: fixed; inset: auto 0 0; max-height: 50vh; overflow: auto;
  z-index: 99; padding: 1rem; background: #fff3cd; color: #000; border-top: .3rem solid #b3261e">
  <strong>{heading}</strong><pre style="white-space: pre-wrap; margin: .5rem 0 0">{text}</pre>
</div>
"""
NOT_FOUND = """<body><h1>Not found</h1>
<p>This preview shows one edition. Another one: <code>make live L=en</code>,
<code>make live L=parallel</code>, and <code>make live</code> for the chapters themselves.</p>
</body>
"""
OLD = "Not rebuilt: below is the last good page. Mend this and save again:"
NEW = "Built, but it would not pass `make html`. Mend this and save again:"


# --- building, in a process of its own ---


def serve_builds(requests: Connection, arguments: list[str]) -> None:
    """Run Sphinx once for each request, in a fork; answer with its complaints."""
    forks.load()
    with suppress(EOFError, KeyboardInterrupt):
        while requests.recv():
            requests.send(in_fork(arguments))


def in_fork(arguments: list[str]) -> tuple[int, str]:
    """Run Sphinx in a child process; return its exit status and what it printed."""
    ours, theirs = os.pipe()
    child = forks.Sphinx(arguments, editions.ROOT, theirs)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8", errors="replace") as printed:
        text = printed.read()
    return child.wait(), text


class Builder:
    """Builds an edition again and again."""

    def __init__(self, edition: editions.Edition) -> None:
        self.language = edition.code
        self.pages = FOLDER / edition.folder
        doctrees = FOLDER / "doctrees" / edition.folder
        self.arguments = forks.arguments("html", edition, self.pages, doctrees)
        self.error = ""  # what the last build had to say
        self.start()

    def start(self) -> None:
        """Start the process that has everything imported.

        Ctrl-C in the terminal reaches it, too; it is left to whoever started it to end it.
        """
        context = multiprocessing.get_context("spawn")
        self.requests, theirs = context.Pipe()
        self.process = context.Process(
            target=serve_builds, args=(theirs, self.arguments), daemon=True
        )
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        theirs.close()  # so that its end is seen here

    def stop(self) -> None:
        """End that process."""
        self.requests.close()
        self.process.terminate()
        self.process.join()

    def build(self, changed: Iterable[Path]) -> str:
        """Bring the pages up to date with what was saved; return what to show, if it failed."""
        try:
            self.error = self.attempt(list(changed))
        except Exception as problem:  # whatever it was, the next save must find us working
            self.stop()
            said = "".join(traceback.format_exception_only(problem))
            ended = "The process that builds has ended; the terminal says why."
            self.error = banner(OLD, ended if isinstance(problem, EOFError | OSError) else said)
        return self.error

    def attempt(self, changed: list[Path]) -> str:
        """Build, or copy what needs no build; return the error to show."""
        if changed and all(STATIC in path.parents for path in changed):
            self.copy_static(changed)
            return self.error
        if faults := compile_language(self.language):
            return banner(OLD, "\n".join(map(str, faults)))
        if any(forks.PROGRAM in path.parents or path == editions.LIST for path in changed):
            self.stop()
        if not self.process.is_alive():
            self.start()
        self.requests.send(True)
        status, printed = self.requests.recv()
        return banner(NEW, printed) if status else ""

    def copy_static(self, changed: list[Path]) -> None:
        """Copy style sheets, scripts and pictures of the pages: no page itself changes."""
        for path in changed:
            target = self.pages / "_static" / path.relative_to(STATIC)
            if path.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            else:
                target.unlink(missing_ok=True)


def banner(heading: str, text: str) -> str:
    """Return the box that shows an error in the page; in the terminal it is said as well."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text).strip()
    print(f"{heading}\n{plain}", file=sys.stderr, flush=True)
    return BANNER.format(heading=escape(heading), text=escape(plain))


# --- serving ---


class Pages(StaticFiles):
    """Serves the built pages, each with the script that reloads it, and with the last error."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        # Not a number from 0: a page that is open when the preview starts anew must reload.
        self.version = secrets.token_hex(4)
        self.error = ""
        self.ended = False
        self.changed = asyncio.Event()

    def show(self, error: str) -> None:
        """Let every open page reload; `error` is what it will show on top."""
        self.version, self.error = secrets.token_hex(4), error
        self.changed.set()
        self.changed = asyncio.Event()

    def end(self) -> None:
        """Let go of every open page."""
        self.ended = True
        self.changed.set()

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; a page never from the browser's memory."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            return self.with_script(NOT_FOUND, error.status_code)
        if isinstance(response, FileResponse) and response.media_type == "text/html":
            return self.with_script(Path(response.path).read_text("utf-8"), response.status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response

    def with_script(self, text: str, status: int) -> Response:
        """Return a page that reloads itself, and that shows the last error."""
        added = SCRIPT.format(version=self.version) + self.error
        before, _, after = text.rpartition("</body>")
        headers = {"Cache-Control": "no-store"}
        return HTMLResponse(f"{before}{added}</body>{after}", status, headers)

    async def events(self, _request: Request) -> Response:
        """Tell a page which version of the book it should show, now and whenever that changes."""

        async def versions() -> AsyncIterator[str]:
            while not self.ended:
                changed = self.changed
                yield f"data: {self.version}\n\n"
                await changed.wait()

        return StreamingResponse(versions(), media_type="text/event-stream")


class Saved(watchfiles.DefaultFilter):
    """Leaves out what a build or an editor writes beside the sources."""

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        """Tell whether a file is one that somebody saves."""
        file = Path(path)
        is_compiled = file.suffix == ".mo" or file.name == "sphinx.js"
        return not (is_compiled or file.name.startswith(".")) and super().__call__(change, path)


class Server(uvicorn.Server):
    """Lets go of the open pages when it is interrupted: it would wait for them."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End the pages' streams, then the server."""
        self.config.app.state.pages.end()  # type: ignore[union-attr]
        super().handle_exit(sig, frame)


def application(builder: Builder, pages: Pages) -> Starlette:
    """Return the preview: builds when something is saved, as long as it is served."""

    async def rebuild_on_save() -> None:
        watched = [path for name in WATCHED if (path := editions.ROOT / name).exists()]
        async for changes in watchfiles.awatch(*watched, watch_filter=Saved(), step=20):
            changed = [Path(path) for _change, path in changes]
            pages.show(await asyncio.to_thread(builder.build, changed))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(rebuild_on_save())
        yield
        task.cancel()

    routes = [Route("/live-events", pages.events), Mount("/", app=pages)]
    made = Starlette(routes=routes, lifespan=lifespan)
    made.state.pages = pages
    return made


def listen() -> socket.socket:
    """Return a socket that listens on the first free port from PORT on, to this machine alone."""
    for port in range(PORT, PORT + 100):
        with suppress(OSError):
            return socket.create_server(("127.0.0.1", port))
    raise SystemExit(f"make live: no free port from {PORT} to {PORT + 99}")


def wanted(name: str) -> editions.Edition:
    """Return the edition that L names: a code, `parallel`, or `parallel-` and a code."""
    if not name:
        return editions.SOURCE
    side, _, code = name.partition("-") if name.startswith("parallel") else ("", "", name)
    known = {each.code: each for each in editions.TRANSLATIONS}
    known |= {editions.SOURCE.code: editions.SOURCE} if not side else {}
    edition = known.get(code or editions.TRANSLATIONS[0].code)
    if edition is None:
        names = [*known, *(f"parallel-{each.code}" for each in editions.TRANSLATIONS)]
        raise SystemExit(f"make live: no edition {name}; there are {', '.join(names)}")
    if not side:
        return edition
    name = f"{editions.SOURCE.name} + {edition.name}"
    return replace(edition, name=name, folder=f"parallel-{edition.folder}", parallel=True)


def main() -> int:
    """Serve an edition until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m import_karo.verbs.live")
    parser.add_argument("edition", nargs="?", default="")
    edition = wanted(parser.parse_args().edition)
    os.chdir(editions.ROOT)
    builder = Builder(edition)
    with suppress(KeyboardInterrupt):
        serve(builder, edition)
    builder.stop()
    return 0


def serve(builder: Builder, edition: editions.Edition) -> None:
    """Build, then serve the pages and build at each save."""
    pages = Pages(builder.pages)
    print(f"Building {edition.name} ...", flush=True)
    pages.show(builder.build([]))
    server = listen()
    port = server.getsockname()[1]
    print(f"http://127.0.0.1:{port}/ shows {edition.name}; Ctrl-C ends it", flush=True)
    Server(uvicorn.Config(application(builder, pages), log_level="warning")).run([server])


if __name__ == "__main__":
    raise SystemExit(main())
