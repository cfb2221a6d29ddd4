"""What only a browser can tell. Needs Chromium; `make test` says so where there is none."""

import functools
import http.server
import json
import re
import shutil
import subprocess
import threading

import editions
import pytest

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


@pytest.fixture(scope="module")
def site(built):
    """Serve the built pages on a free port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing."""

    folder = built.root / "build/html"
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()


@pytest.fixture(scope="module")
def look(site, tmp_path_factory):
    """Give a function that loads pages in Chromium and returns what a script finds in each."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is not here (apt install chromium)")
    address, folder = site

    def run(jobs, script):
        harness = folder / "harness.html"
        addresses = [(name, f"{address}/{page}", width) for name, page, width in jobs]
        harness.write_text(HARNESS % (json.dumps(addresses), script))
        profile = tmp_path_factory.mktemp("chromium")
        command = [program, *FLAGS, f"--user-data-dir={profile}", "--dump-dom"]
        done = subprocess.run([*command, f"{address}/harness.html"], capture_output=True, text=True)
        harness.unlink()
        match = re.search(r'<pre id="result">(.+?)</pre>', done.stdout, re.DOTALL)
        assert match, done.stderr[-500:]
        return json.loads(match[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))

    return run


def test_no_page_scrolls_sideways_on_a_phone(look, site):
    pages = [path.relative_to(site[1]).as_posix() for path in sorted(site[1].glob("**/*.html"))]
    widths = look(
        [(page, page, 360) for page in pages if page != "harness.html"],
        "(page) => page.document.documentElement.scrollWidth",
    )
    assert len(widths) > 12
    assert {page: width for page, width in widths.items() if width > 360} == {}


def test_the_switch_keeps_the_anchor_and_the_place(look):
    jobs = [
        ("anchor", "hinglish/modules.html#modules-label", 800),
        ("top", "english/modules.html", 800),
    ]
    found = look(
        jobs,
        """async (page) => {
          // Smooth scrolling waits for frames that virtual time never draws.
          page.document.documentElement.style.scrollBehavior = "auto";
          page.document.querySelector(page.location.hash || "body").scrollIntoView();
          const link = page.document.querySelector(".language-switch a");
          link.dispatchEvent(new page.Event("focus"));
          return link.getAttribute("href");
        }""",
    )
    assert found == {
        "anchor": "../english/modules.html#modules-label",
        "top": "../hinglish/modules.html",
    }


def test_the_copy_button_speaks_the_language_of_the_page_and_copies_commands_alone(look):
    found = look(
        [(edition.folder, f"{edition.folder}/modules.html", 800) for edition in editions.EDITIONS],
        """async (page) => {
          const buttons = [...page.document.querySelectorAll("button.copybtn")];
          const copied = [], tooltip = buttons[0].dataset.tooltip;
          for (const button of buttons.slice(0, 3)) {
            page.document.execCommand = () => {
              copied.push(page.document.activeElement.value || page.getSelection().toString());
              return true;
            };
            button.click();
          }
          return [tooltip, copied];
        }""",
    )
    words = {name: tooltip for name, (tooltip, _) in found.items()}
    assert words == {"hinglish": "Copy kijiye", "english": "Copy", "parallel": "Copy"}
    for _, copied in found.values():
        assert copied[1:] == ["print(bill(3))", "ls\npython main.py"]
