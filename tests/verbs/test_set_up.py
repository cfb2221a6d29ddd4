"""The set-up: by the content of the lock, beside what is there, whole or not at all."""

import os

import pytest
from import_karo.verbs import set_up


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder with a lock and an environment that was made for it."""
    monkeypatch.chdir(tmp_path)
    lock = tmp_path / "requirements.txt"
    lock.write_text("sphinx==9\n")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/old").touch()
    (tmp_path / ".venv/ready").write_text(set_up.digest(lock))
    return tmp_path


def make(folder):
    folder.mkdir()
    (folder / "new").touch()


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".venv"))


def test_a_lock_that_was_only_touched_sets_up_nothing(folder, monkeypatch):
    monkeypatch.setattr(set_up, "renew", lambda *_: pytest.fail("was set up again"))
    ready = folder / ".venv/ready"
    os.utime(ready, (1, 1))
    assert set_up.main(["requirements.txt"]) == 0
    assert ready.stat().st_mtime > 1  # make compares dates, and is content now


def test_a_changed_lock_puts_a_new_environment_in_the_place_of_the_old(folder):
    lock = folder / "requirements.txt"
    lock.write_text("sphinx==10\n")
    set_up.renew(folder / ".venv", lock, make)
    assert sorted(path.name for path in (folder / ".venv").iterdir()) == ["new", "ready"]
    assert set_up.is_current(folder / ".venv/ready", lock)
    assert names(folder) == [".venv"]


def test_a_set_up_that_fails_leaves_the_old_environment(folder, monkeypatch, capsys):
    def fail(target):
        make(target)
        raise OSError("no network")

    monkeypatch.setattr(set_up, "made_by_pip", lambda _lock: fail)
    (folder / "requirements.txt").write_text("sphinx==10\n")
    assert set_up.main(["requirements.txt"]) == 1
    said = capsys.readouterr().err
    assert "requirements.txt could not be set up (no network); what was there is as it was" in said
    assert sorted(path.name for path in (folder / ".venv").iterdir()) == ["old", "ready"]
    assert names(folder) == [".venv", ".venv.lock"]


def test_one_that_was_cut_off_while_it_swapped_is_put_right(folder):
    (folder / ".venv").rename(folder / ".venv.old")

    def fail(_target):
        raise OSError("no network")

    with pytest.raises(OSError, match="no network"):
        set_up.renew(folder / ".venv", folder / "requirements.txt", fail)
    assert (folder / ".venv/old").exists()
