"""The house itself: the lock, the verbs, the papers at the root, names and paths."""

import ast
import datetime
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from import_karo.core import editions
from packaging.requirements import Requirement
from packaging.version import Version
from shared_fixtures import copy_project
from transcripts import pythons
from transcripts.sandbox import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SUPPORTED = PYPROJECT["tool"]["import-karo"]["pythons"]


def tracked():
    """Return the files of the repository: all of them in a tarball, where git knows nothing."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0 and done.stdout:
        return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]
    skipped = {".venv", "build", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.parts)]


# --- the locks: of every verb, and of what drives a browser ---

LOCKS = "requirements.txt", "tests/browser/requirements.txt"


@pytest.fixture(params=LOCKS)
def lock(request):
    return (ROOT / request.param).read_text()


def locked(text):
    return re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE)


def test_the_lock_names_no_host_and_no_index(lock):
    for word in ("://", "--index", "--find-links", "--extra-index", "--trusted", "file:"):
        assert word not in lock


def test_the_lock_has_one_version_of_everything_with_hashes(lock):
    names = [name for name, _ in locked(lock)]
    assert len(names) > 1
    assert len(names) == len(set(names))
    blocks = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_agree_and_hold_what_pyproject_asks_for():
    versions: dict[str, str] = {}
    for name in LOCKS:
        for package, version in locked((ROOT / name).read_text()):
            assert versions.setdefault(package, version) == version, f"{name}: {package}"
    assert len(versions) > 40
    for group in PYPROJECT["dependency-groups"].values():
        for text in group:
            wanted = Requirement(text)
            assert wanted.specifier.contains(Version(versions[wanted.name])), text


# --- Pythons stand in one place ---


def test_what_depends_on_the_supported_pythons_agrees_with_pyproject():
    oldest = SUPPORTED[0]
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert PYPROJECT["tool"]["mypy"]["python_version"] == oldest
    assert f"--python-version {oldest} " in (ROOT / "Makefile").read_text()
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == SUPPORTED
    for name in ("book", "release"):
        text = (ROOT / f".github/workflows/{name}.yml").read_text()
        assert all(re.search(rf"(?m)^ +{re.escape(each)}$", text) for each in SUPPORTED), name


def test_the_papers_name_the_releases_that_proved_the_edition():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    day = datetime.date.fromisoformat(citation["date-released"])
    assert sorted(pythons.proven()) == pythons.supported()
    *most, newest = [".".join(map(str, exact)) for exact in sorted(pythons.proven().values())]
    older = f"{', '.join(most[:-1])} aur {most[-1]}"
    said = {
        "README.md": f"Proven on Python {', '.join(most)} and {newest}",
        "book/imprint.md": f"Python {', '.join(most)} aur {newest}.",
        "book/preface.md": f"Python {newest} ke hain, aur {older} par",
    }
    for name, text in said.items():
        assert text in " ".join((ROOT / name).read_text().split()), f"{name} does not say: {text}"
    imprint = " ".join((ROOT / "book/imprint.md").read_text().split())
    assert f"edition {citation['version']}, {day.day} {day:%B %Y}." in imprint


# --- papers ---


def test_the_readme_is_short_and_maps_every_folder():
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) <= 90
    hidden = (".git", ".github", ".venv", ".ci", ".pytest_cache", ".ruff_cache", ".mypy_cache")
    for path in ROOT.iterdir():
        if path.is_dir() and path.name not in (*hidden, "build"):
            assert f"`{path.name}/" in text, f"{path.name}/ is not in the README's map"


def test_links_between_the_papers_lead_somewhere():
    for path in ROOT.glob("*.md"):
        prose = re.sub(r"(`+).+?\1", "", path.read_text())
        for target in re.findall(r"\]\(([^)#:]+)\)", prose):
            assert (ROOT / target).exists(), (path.name, target)


def test_version_and_date_are_those_of_the_changelog():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    newest = re.search(r"^## (\S+) \((\S+)\)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest
    assert newest.groups() == (citation["version"], citation["date-released"])


def test_the_map_of_the_code_follows_the_book():
    index = (ROOT / "book/index.md").read_text()
    inside = "\n".join(re.findall(r"```\{toctree\}(.*?)```", index, re.DOTALL))
    order = [line for line in inside.split() if (ROOT / "book" / f"{line}.md").exists()]
    with_code = [name for name in order if (ROOT / "code" / name).is_dir()]
    table = re.findall(r"^\| (.+?) \| `(.+?)/` \|", (ROOT / "code/README.md").read_text(), re.M)
    assert [name for _, name in table] == with_code
    for title, name in table:
        assert f"# {title}\n" in (ROOT / "book" / f"{name}.md").read_text()
    assert {path.name for path in (ROOT / "code").iterdir() if path.is_dir()} == set(with_code)


def test_every_chapter_is_in_the_toctree_and_every_heading_has_a_label():
    index = (ROOT / "book/index.md").read_text()
    for path in (ROOT / "book").glob("*.md"):
        text = path.read_text()
        assert path.stem == "index" or re.search(rf"^{path.stem}$", index, re.MULTILINE)
        lines = text.splitlines()
        for number, line in enumerate(lines):
            if re.match(r"##? ", line):
                assert re.fullmatch(r"\([\w-]+\)=", lines[number - 1]), (path.name, line)


# --- names and paths ---


def test_no_path_of_a_machine_and_no_registry_is_in_the_tree():
    words = [
        "/" + "root/",
        "/" + "Users/",
        "/" + "work/",
        "pypi" + ".org",
        "registry.npm" + "js.org",
    ]
    words.append("files.python" + "hosted.org")
    for path in tracked():
        if path.suffix not in (".svg", ".png", ".ttf") and "LICENSES" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if word in text], path
            assert not re.search(r"/home/(?!asha)\w+/", text), path


def test_listings_fit_on_a_page_and_names_are_plain():
    for path in sorted((ROOT / "code").rglob("*")):
        assert path.name.isascii(), path
        if path.suffix == ".py":
            text = path.read_text()
            long = [line for line in text.splitlines() if len(line) > 64]
            assert not long, (path.relative_to(ROOT), long)
    assert not (ROOT / "code/__init__.py").exists()


def test_our_own_python_has_a_docstring_that_says_what_it_is_for():
    for path in [*(ROOT / "book/_ext").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        assert ast.get_docstring(ast.parse(path.read_text())), path


# --- tools ---


@pytest.mark.parametrize(
    "command", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join
)
def test_the_code_is_clean(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_scripts_and_styles_are_as_prettier_writes_them():
    prettier = ROOT / "tests/browser/node_modules/prettier/bin/prettier.cjs"
    if not (shutil.which("node") and prettier.is_file()):
        pytest.skip("not here: Node, or Prettier (cd tests/browser, then npm ci)")
    files = [path for path in tracked() if path.suffix in (".js", ".css")]
    done = subprocess.run(
        ["node", prettier, "--check", *files], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_workflow_is_valid_and_its_actions_are_pinned_by_commit():
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    assert workflows
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*command, "vendor.github-workflows", *workflows], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    for path in workflows:
        used = re.findall(r"uses: (\S+)(.*)", path.read_text())
        assert used
        for name, comment in used:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name), name
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), name


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("vendor.readthedocs", ".readthedocs.yaml"),
        ("vendor.citation-file-format", "CITATION.cff"),
    ],
)
def test_what_other_services_read_is_valid(schema, pattern):
    files = sorted(ROOT.glob(pattern))
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*command, *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_ci_calls_the_two_commands_and_pytest_has_the_last_word():
    path = ROOT / ".ci/run"
    assert path.stat().st_mode & 0o111
    assert path.read_text().splitlines()[-2:] == ["make book", "make test-all"]


# --- verbs ---


@pytest.fixture
def makefile(tmp_path):
    """Give a project with a Makefile and a lock, in a folder with a space in its name."""
    if shutil.which("make") is None:
        pytest.skip("make is not here")
    names = (
        "Makefile",
        "requirements.txt",
        "pyproject.toml",
        "book/_ext/import_karo/verbs/set_up.py",
    )
    return copy_project(tmp_path / "a clone", *names)


def make(book, *arguments):
    return book.run("make", *arguments)


def test_help_lists_every_verb():
    text = (ROOT / "Makefile").read_text()
    verbs = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert verbs
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)
    listed = re.findall(r"^  make (\S+) +\S", done.stdout, re.MULTILINE)
    assert sorted(listed) == sorted(verbs[1].split())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("sys.version_info = (3, 10, 9)", "needs Python 3.11 or newer"),
        ("sys.modules['ensurepip'] = None", "apt install python3-venv"),
    ],
)
def test_a_python_that_cannot_be_used_is_refused_with_a_cure(makefile, change, said):
    changed = f"import sys; {change}; del sys.argv[0]; exec(open(sys.argv[0]).read())"
    text = f'#!/bin/sh\nexec \'{sys.executable}\' -c "{changed}" "$@"\n'
    fake = makefile.write("fake python", text)
    fake.chmod(0o755)
    done = make(makefile, "html", "PYTHON='./fake python'")
    assert done.returncode != 0
    assert said in done.stderr
    assert not (makefile.root / ".venv/ready").exists()


def test_clean_leaves_no_built_file(makefile):
    makefile.write("build/html/index.html", "x")
    makefile.write("locale/en/LC_MESSAGES/x.mo", "x")
    makefile.write("locale/en/LC_MESSAGES/x.po", "x")
    assert make(makefile, "clean").returncode == 0
    assert not (makefile.root / "build").exists()
    assert [path.name for path in (makefile.root / "locale").rglob("*.?o")] == ["x.po"]


def test_editions_are_told_apart():
    for field in ("folder", "name", "title"):
        values = [getattr(edition, field) for edition in editions.EDITIONS]
        assert len(values) == len(set(values)), field
    languages = [each.code for each in editions.EDITIONS if not each.parallel]
    assert len(languages) == len(set(languages))


ENTRY = """
[[edition]]
code = "mr"
folder = "marathi"
name = "Marathi"
title = "Import Karo: x"
invitation = "x"
description = "x"
released = false
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "mr"\n', "", "entry 1: write code = ..."),
        ("released = false", 'released = "no"', "entry 1: released must be true or false"),
        ('invitation = "x"', "invitation = 3", 'entry 1: invitation must be words in "quotes"'),
        ('"marathi"', '"Marathi!"', "entry 1: folder must be small letters, digits and hyphens"),
        ("released", "relesed = 1\nreleased", "relesed is not one of code, folder"),
        ('"mr"', '"mr', "line 3"),
    ],
)
def test_a_slip_in_the_list_of_editions_is_named(tmp_path, monkeypatch, old, new, said):
    monkeypatch.setattr(editions, "ROOT", tmp_path)
    path = tmp_path / "editions.toml"
    path.write_text(ENTRY)
    assert editions.read(path)[0].tag == "mr"
    path.write_text(ENTRY.replace(old, new))
    with pytest.raises(SystemExit, match=re.escape(said)):
        editions.read(path)


# --- figures ---


def test_figures_need_no_style_sheet_and_say_what_they_show():
    """Small readers draw SVG without CSS, and would paint every shape black."""
    figures = sorted((ROOT / "book/figures").glob("*.svg"))
    assert figures
    for path in figures:
        text = path.read_text()
        assert "<style" not in text, path.name
        assert "class=" not in text, path.name
        assert "<title" in text, path.name
