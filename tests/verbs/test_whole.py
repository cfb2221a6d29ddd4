"""A verb is whole or not at all: alone, published at once, and without a traceback when it ends."""

import multiprocessing
import re
import shutil
import signal
import subprocess
import sys

import pytest
from import_karo.core import editions
from import_karo.verbs import build, whole


@pytest.fixture
def made(tmp_path):
    """Give a folder of built files, and one that is published."""
    source = tmp_path / "cache"
    source.mkdir()
    for name in ("same", "changed", "new"):
        (source / name).write_text(name)
    target = tmp_path / "build/html"
    (target / "gone").mkdir(parents=True)
    (target / "gone/page.html").write_text("old")
    (target / "same").write_text("same")
    (target / "changed").write_text("old")
    return {name: source / name for name in ("same", "changed", "new")}, target


def texts(target):
    found = (path for path in target.rglob("*") if path.is_file())
    return {path.relative_to(target).as_posix(): path.read_text() for path in found}


def test_what_is_published_is_put_in_its_place_at_once(made):
    files, target = made
    before = (target / "same").stat()
    whole.publish(target, files | {"in/a/folder": files["new"]})
    assert texts(target) == {
        "same": "same", "changed": "changed", "new": "new", "in/a/folder": "new",
    }  # fmt: skip
    assert (target / "same").stat().st_mtime_ns == before.st_mtime_ns
    assert [path.name for path in target.parent.iterdir()] == ["html"]


def test_a_full_disk_leaves_what_was_published(made, monkeypatch, capsys):
    files, target = made
    before = texts(target)
    copy = shutil.copyfile

    def full(source, place):
        if source == files["new"]:
            raise OSError(28, "No space left on device", str(place))
        copy(source, place)

    monkeypatch.setattr(shutil, "copyfile", full)
    assert whole.ended("html", lambda: whole.publish(target, files)) == 1
    said = capsys.readouterr().err
    assert said.startswith("make html: ")
    assert said.endswith("No space left on device; what was published is as it was\n")
    assert texts(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["html"]


def test_a_publishing_that_was_cut_off_while_it_swapped_is_put_right(made):
    files, target = made
    target.rename(target.with_name(".html.old"))
    whole.publish(target, files)
    assert sorted(texts(target)) == ["changed", "new", "same"]


def hold(inside, go_on):
    with whole.alone():
        inside.set()
        go_on.wait(10)


def test_a_second_verb_waits_for_the_first(monkeypatch, tmp_path):
    monkeypatch.setattr(whole, "CACHE", tmp_path)
    context = multiprocessing.get_context("fork")
    inside, go_on, second = context.Event(), context.Event(), context.Event()
    one = context.Process(target=hold, args=(inside, go_on))
    other = context.Process(target=hold, args=(second, go_on))
    one.start()
    assert inside.wait(10)
    other.start()
    assert not second.wait(0.2)
    go_on.set()
    assert second.wait(10)
    one.join()
    other.join()


def test_two_builds_at_once_both_succeed(small_book):
    command = [sys.executable, "-m", "import_karo.verbs.build", "epub"]
    env = {"PYTHONPATH": "book/_ext", "PATH": "/usr/bin:/bin"}
    both = [
        subprocess.Popen(command, cwd=small_book.root, env=env, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said


def test_ctrl_c_ends_a_verb_without_a_traceback(small_book):
    command = [sys.executable, "-m", "import_karo.verbs.build", "html"]
    env = {"PYTHONPATH": "book/_ext", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        command, cwd=small_book.root, env=env, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
        # A shell's background job ignores Ctrl-C, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:  # fmt: skip
        mark = small_book.root / "build/cache/doctrees/hinglish/.unfinished"
        while not mark.exists() and process.poll() is None:
            pass
        whole.os.killpg(process.pid, signal.SIGINT)
        said = process.communicate()[1]
    assert process.returncode == whole.INTERRUPTED
    assert "Traceback" not in said
    assert not (small_book.root / "build/html").exists()


class EndedBefore:
    """A build that has ended, and been waited for, when Ctrl-C comes."""

    def __init__(self, *_arguments):
        self.waited_for = False

    def wait(self):  # noqa: D102
        if self.waited_for:
            raise ChildProcessError
        self.waited_for = True
        raise KeyboardInterrupt


def test_ctrl_c_that_comes_when_an_edition_has_ended_is_still_ctrl_c(monkeypatch):
    monkeypatch.setattr(build.forks, "Sphinx", EndedBefore)
    monkeypatch.setattr(build, "compile_all", lambda: 0)
    assert whole.ended("html", lambda: len(build.build("html"))) == whole.INTERRUPTED


@pytest.mark.parametrize(
    ("epoch", "second"),
    [("0", 315532800), ("1", 315532800), ("1795000000", 1795000000), ("99999999999", 4354819198)],
)
def test_a_date_that_a_zip_cannot_say_is_the_nearest_that_it_can(monkeypatch, epoch, second):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert editions.source_date() == second


@pytest.mark.parametrize("epoch", ["abc", "-5", "1.5", "\u0663"])
def test_a_date_that_is_no_number_of_seconds_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(SystemExit, match="write whole seconds since 1970"):
        editions.source_date()


NEEDED = ("book/index.md", "locale/editions.toml", "CITATION.cff")


@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_every_build_needs_is_named_when_it_is_gone(small_book, name):
    (small_book.root / name).unlink()
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    said = f"{name}: No such file or directory; take it back: git checkout {name}"
    assert said in done.stderr.splitlines()


@pytest.mark.parametrize("name", [*NEEDED, "book/chapter.md"])
def test_a_file_that_is_not_utf8_is_named_with_its_line(small_book, name):
    small_book.write(name, (small_book.root / name).read_bytes() + b"\xff")
    done = small_book.run(sys.executable, "-m", "import_karo.verbs.build", "html")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert re.search(rf"(?m)^{name}:\d+: not UTF-8; save the file as UTF-8$", done.stderr)


def test_plain_sphinx_says_what_is_wrong_with_a_file_that_the_configuration_reads(small_book):
    (small_book.root / "CITATION.cff").unlink()
    assert "CITATION.cff: No such file or directory; take it" in small_book.sphinx().stderr
