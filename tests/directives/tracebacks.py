"""Small broken programs as learners write them, and the row that each should find.

None is of the book: other names, other folders. Each Python that runs them prints its own
traceback; it is then pasted as people paste: from Windows, in colour, cut by a narrow terminal,
with their words around it. The wanted rows were chosen before anything was run.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from transcripts.pythons import Python
from transcripts.recordings import Version

HOME = "/media/pen drive/project"
WINDOWS = r"C:\Users\student\Desktop\my project"
NARROW = 60  # columns

NO_MODULE = "ModuleNotFoundError: No module named 'MODULE'"
NO_NAME = "NameError: name 'NAME' is not defined"
NO_ATTRIBUTE = "AttributeError: module 'MODULE' has no attribute 'NAME'"
MISSPELT = f"{NO_ATTRIBUTE}. Did you mean '.NAME' instead of '.NAME'?"
NO_NAME_IN = "ImportError: cannot import name 'NAME' from 'MODULE' (PATH)"
NOT_A_PACKAGE = "ModuleNotFoundError: No module named 'PACKAGE.NAME'; 'PACKAGE' is not a package"
HALF_MADE = (
    "ImportError: cannot import name 'NAME' from partially initialized module 'MODULE' "
    "(most likely due to a circular import) (PATH)"
)
LIBRARY = "(consider renaming 'PATH' if it has the same name as a library you intended to import)"
NOT_CALLABLE = "TypeError: 'module' object is not callable"

Paste = Callable[[str], str]


def as_printed(text: str) -> str:
    """Paste what the terminal shows."""
    return text


def from_windows(text: str) -> str:
    """Paste with the paths and line ends of Windows."""
    lines = []
    for line in text.splitlines():
        start, home, rest = line.partition(HOME)
        path, quote, more = rest.partition('"') if '"' in rest else rest.partition("'")
        separator = "\\" if "File" in start else "\\\\"
        here = WINDOWS.replace("\\", separator) + path.replace("/", separator)
        lines.append(start + here + quote + more if home else line)
    return "\r\n".join(lines)


def from_narrow(text: str) -> str:
    """Paste from a terminal that cuts its lines."""
    lines = []
    for line in text.splitlines():
        lines += [line[at : at + NARROW] for at in range(0, len(line), NARROW)] or [""]
    return "\n".join(lines)


def in_a_chat(text: str) -> str:
    """Paste into a question, with words before and after."""
    return f"Namaste, mera code nahi chal raha, please help\n\n{text}\nkya karu?\nThanks"


def last_line(text: str) -> str:
    """Paste the last line alone, in a sentence and without its first word."""
    return f"yeh aa raha hai: {text.strip().splitlines()[-1].partition(': ')[2]} kyun?"


class Wanted(NamedTuple):
    """A row, by its text, and the cause that must be among the likely ones, by its id."""

    row: str
    cause: str


@dataclass(frozen=True)
class Program:
    """Files, the arguments of Python, and what should be found; `since` for newer Pythons."""

    name: str
    files: dict[str, str]
    wanted: Wanted
    arguments: tuple[str, ...] = ("main.py",)
    paste: Paste = as_printed
    since: dict[Version, Wanted] = field(default_factory=dict)
    folder: str = "."
    colours: bool = False

    def wanted_on(self, python: Python) -> Wanted:
        """Return what a Python's traceback should find."""
        newer = [self.since[version] for version in sorted(self.since) if python.minor >= version]
        return newer[-1] if newer else self.wanted

    def run(self, python: Python) -> str:
        """Run the program and return what is pasted."""
        with tempfile.TemporaryDirectory() as scratch:
            top = Path(scratch).resolve()
            for name, text in self.files.items():
                path = top / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
            env |= {"FORCE_COLOR": "1"} if self.colours else {}
            done = subprocess.run(
                [str(python.venv / "bin" / "python"), *self.arguments],
                cwd=top / self.folder, env=env, capture_output=True, text=True,
                stdin=subprocess.DEVNULL, check=False,
            )  # fmt: skip
        assert done.returncode, f"{self.name} does not break on Python {python.name}"
        printed = (done.stdout + done.stderr).replace(str(top), HOME)
        return self.paste(printed.replace(str(python.venv / "bin/python"), "/usr/bin/python3"))


class Traceback(NamedTuple):
    """What a Python printed, as it is pasted, and what should be found."""

    name: str
    text: str
    wanted: Wanted


PROGRAMS = [
    Program(
        "a library that is not installed",
        {"main.py": "import numpy as np\n\nprint(np.zeros(3))\n"},
        Wanted(NO_MODULE, "standard-modules-not-there-run"),
        paste=in_a_chat,
    ),
    Program(
        "a helper in a folder below",
        {
            "main.py": "from cleaning import strip_rows\n",
            "utils/cleaning.py": "def strip_rows(rows):\n    return list(rows)\n",
        },
        Wanted(NO_MODULE, "user-defined-modules-inner-folder-run"),
        paste=from_windows,
    ),
    Program(
        "a function imported like a module",
        {"main.py": "import grades.average\n", "grades.py": "def average(marks): ...\n"},
        Wanted(NOT_A_PACKAGE, "import-forms-four-forms-after-dot"),
        paste=from_narrow,
    ),
    Program(
        "a file imported with its ending",
        {"main.py": "import scraper.py\n", "scraper.py": "URL = 'https://example.in'\n"},
        Wanted(NOT_A_PACKAGE, "modules-tea-stall-names"),
        paste=from_windows,
    ),
    Program(
        "a package that breaks on its own line",
        {
            "main.py": "from orders import cart\n",
            "orders/__init__.py": "from orders.invoise import total\n",
            "orders/cart.py": "",
            "orders/invoice.py": "total = 0\n",
        },
        Wanted(
            "ModuleNotFoundError: No module named 'PACKAGE.MODULE'", "error-finder-stuck-gate-run"
        ),
    ),
    Program(
        "a file of a package, run by the editor's button",
        {
            "blog/__init__.py": "",
            "blog/models.py": "class Post: ...\n",
            "blog/views.py": "from .models import Post\n",
        },
        Wanted(
            "ImportError: attempted relative import with no known parent package",
            "intra-package-references-seed-relative-broken",
        ),
        arguments=("blog/views.py",),
        paste=from_windows,
    ),
    Program(
        "dots that lead out of the package",
        {"game/__init__.py": "", "game/board.py": "from ..players import first\n"},
        Wanted(
            "ImportError: attempted relative import beyond top-level package",
            "intra-package-references-exercises-rides-run",
        ),
        arguments=("-m", "game.board"),
        paste=in_a_chat,
    ),
    Program(
        "a name spelled wrong after from",
        {"main.py": "from text import slugfy\n", "text.py": "def slugify(words): ...\n"},
        Wanted(NO_NAME_IN, "import-forms-wrong-name-typo"),
    ),
    Program(
        "a module that the package does not have",
        {"main.py": "from reports import monthly\n", "reports/__init__.py": ""},
        Wanted(NO_NAME_IN, "error-finder-no-such-room-run-2"),
        paste=from_windows,
    ),
    Program(
        "a folder of data with the module's name",
        {"main.py": "from data import load_all\n", "data/marks.csv": "81,92\n"},
        Wanted(
            "ImportError: cannot import name 'NAME' from 'PACKAGE' (unknown location)",
            "many-directories-weather-run",
        ),
        paste=from_narrow,
    ),
    Program(
        "a package of Python, its module not imported",
        {"main.py": "import xml\n\ntree = xml.etree.ElementTree.parse('feed.xml')\n"},
        Wanted(NO_ATTRIBUTE, "packages-closed-room-run"),
        colours=True,
    ),
    Program(
        "the class of datetime taken for its module",
        {"main.py": "import datetime\n\nprint(datetime.today())\n"},
        Wanted(NO_ATTRIBUTE, "standard-modules-first-steps-two-things"),
        paste=in_a_chat,
        since={(3, 15): Wanted(MISSPELT, "standard-modules-first-steps-two-things-2")},
    ),
    Program(
        "an attribute spelled wrong",
        {
            "main.py": "import student\n\nprint(student.get_mraks(7))\n",
            "student.py": "def get_marks(roll):\n    return 81\n",
        },
        Wanted(MISSPELT, "modules-tea-stall-unsaved"),
        colours=True,
    ),
    Program(
        "a variable spelled wrong in a function",
        {"main.py": "def add(price):\n    total = price\n    return totl\n\n\nadd(5)\n"},
        Wanted(f"{NO_NAME}. Did you mean: 'NAME'?", "preface-wrong-letter-run"),
        colours=True,
    ),
    Program(
        "a module of Python that was not imported",
        {"main.py": "print(json.dumps({'roll': 7}))\n"},
        Wanted(NO_NAME, "modules-not-imported-run"),
        since={
            (3, 12): Wanted(
                "NameError: name 'MODULE' is not defined. Did you forget to import 'MODULE'?",
                "standard-modules-first-steps-borrowed",
            )
        },
    ),
    Program(
        "an error while another is handled",
        {
            "main.py": "try:\n    import ujson\nexcept ImportError:\n"
            "    logger.warning('ujson is not there')\n"
        },
        Wanted(NO_NAME, "modules-not-imported-run"),
        paste=from_windows,
    ),
    Program(
        "a file name with a hyphen, in colour",
        {"main.py": "import my-utils\n", "my-utils.py": "x = 1\n"},
        Wanted("SyntaxError: invalid syntax", "modules-tea-stall-names-2"),
        colours=True,
    ),
    Program(
        "a module called like its function",
        {"main.py": "import time\n\nstart = time()\n"},
        Wanted(NOT_CALLABLE, "modules-tea-stall-called"),
        since={
            (3, 12): Wanted(
                f"{NOT_CALLABLE}. Did you mean: 'MODULE.NAME(...)'?",
                "standard-modules-first-steps-two-things-4",
            )
        },
    ),
    Program(
        "-m from the wrong folder, the last line alone",
        {"src/app.py": "", "notes/readme.txt": ""},
        Wanted("PYTHON: No module named NAME", "modules-as-scripts-two-badges-elsewhere"),
        arguments=("-m", "app"),
        folder="notes",
        paste=last_line,
    ),
    Program(
        "two files that import each other",
        {
            "main.py": "import orders\n",
            "orders.py": "from customers import NAMES\n\nTAX = 18\n",
            "customers.py": "from orders import TAX\n\nNAMES = []\n",
        },
        Wanted(HALF_MADE, "error-finder-circle-in-package-run"),
        since={
            (3, 13): Wanted(
                f"ImportError: cannot import name 'NAME' from 'MODULE' {LIBRARY}",
                "error-finder-circle-run",
            )
        },
        paste=from_windows,
    ),
    Program(
        "two files of a package that import each other",
        {
            "main.py": "from shop import orders\n",
            "shop/__init__.py": "",
            "shop/orders.py": "from .customers import NAMES\n\nTAX = 18\n",
            "shop/customers.py": "from .orders import TAX\n\nNAMES = []\n",
        },
        Wanted(HALF_MADE, "error-finder-circle-in-package-run"),
        paste=from_narrow,
    ),
    Program(
        "a program called like its library",
        {"numpy.py": "import numpy as np\n\nprint(np.zeros(3))\n"},
        Wanted(
            "AttributeError: partially initialized module 'MODULE' has no attribute 'NAME' "
            "(most likely due to a circular import)",
            "error-finder-own-requests-run-2",
        ),
        since={(3, 13): Wanted(f"{NO_ATTRIBUTE} {LIBRARY}", "error-finder-own-requests-run")},
        arguments=("numpy.py",),
        paste=in_a_chat,
    ),
    Program(
        "a program called like a module of Python, asked for a name",
        {"main.py": "from random import choice\n", "random.py": "SEED = 7\n"},
        Wanted(NO_NAME_IN, "standard-modules-own-random-otp"),
        since={
            (3, 13): Wanted(
                "ImportError: cannot import name 'NAME' from 'MODULE' (consider renaming 'PATH' "
                "since it has the same name as the standard library module named 'MODULE' and "
                "prevents importing that standard library module)",
                "standard-modules-own-random-otp",
            )
        },
        colours=True,
    ),
    Program(
        "a module spelled wrong, for which 3.15 knows a name",
        {"main.py": "from utlis import slug\n", "utils.py": "def slug(text): ...\n"},
        Wanted(NO_MODULE, "user-defined-modules-capital-letter-run"),
    ),
    Program(
        "a part of Python that this platform lacks",
        {"main.py": "import winreg\n"},
        Wanted(NO_MODULE, "error-finder-windows-only-run"),
        since={
            (3, 15): Wanted(
                "ModuleNotFoundError: Unsupported platform for Windows-only standard library "
                "module 'MODULE'",
                "error-finder-windows-only-run-2",
            )
        },
    ),
    Program(
        "a file that is not in this folder",
        {"src/app.py": ""},
        Wanted(
            "PYTHON: can't open file 'PATH': [Errno 2] No such file or directory",
            "user-defined-modules-two-answers-wrong-place",
        ),
        arguments=("app.py",),
        paste=from_windows,
    ),
]


def of(python: Python) -> Iterator[Traceback]:
    """Yield what each program prints on a Python whose bare environment is there."""
    for program in PROGRAMS:
        yield Traceback(program.name, program.run(python), program.wanted_on(python))


# --- the box ---

SEARCH = """
  const search = (page, text) => {
    const { document } = page, box = document.querySelector(".error-box");
    box.querySelector("textarea").value = text;
    box.querySelector("button").click();
    const ids = (place) => [...box.querySelectorAll(place)]
      .map((link) => link.getAttribute("href").slice(1));
    return {
      status: box.querySelector("[role=status]").textContent,
      row: ids(".error-result > p > a")[0] ?? null,
      likely: ids(".error-likely .error-cause strong > a, .error-likely li > a"),
      chapters: [...box.querySelectorAll(".error-result .error-places a")].length,
      text: box.querySelector(".error-result").textContent,
      tags: [...new Set([...box.querySelectorAll("*")].map((each) => each.tagName))],
    };
  };
"""


def paste(
    look: Callable[..., Any], texts: list[str], edition: str = "hinglish"
) -> list[dict[str, Any]]:
    """Paste texts into the box of an edition, in Chromium, and return what it answers to each."""
    data = json.dumps(texts).replace("<", "\\u003c")
    script = f"(page) => {{ {SEARCH} return {data}.map((text) => search(page, text)); }}"
    found: dict[str, list[dict[str, Any]]] = look(
        [("page", f"{edition}/error-finder.html", 800)], script
    )
    return found["page"]


def is_right(pasted: Traceback, answer: dict[str, Any]) -> bool:
    """Tell whether the box shows the wanted row, and the wanted cause among the likely ones."""
    row, cause = pasted.wanted
    return answer["row"] == nodes.make_id(row) and cause in answer["likely"]
