"""What a snippet may not do, with namespaces and without."""

import sys
import uuid
from pathlib import Path

import pytest

from transcripts.recordings import RecordingError
from transcripts.replay import replay
from transcripts.sandbox import ROOT, Sandbox

HANG = "while True: pass\n"
FLOOD = "while True: print('x' * 1000)\n"
FORK = "import os, time\nwhile True:\n    os.fork()\n    time.sleep(0.01)\n"
CHILD = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
"""
BUSY = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "while True: pass"])
"""
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for end in (0, 1, 2):
            os.close(end)
        time.sleep(60)
    os._exit(0)
"""
GARBAGE = "import sys\nsys.stdout.buffer.write(bytes([255, 10]))\n"
MEMORY = "x = bytearray(1 << 33)\n"


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (HANG, "was still running after 2 s"),
        (FLOOD, "printed more than 64 kB"),
        (FORK, "started more than 64 processes"),
        (CHILD, "left a process running"),
        (BUSY, "left a process running"),
        (DAEMON, "left a process running"),
        (GARBAGE, "printed bytes that are not UTF-8"),
    ],
)
def test_a_snippet_that_misbehaves_is_stopped_and_reported(
    recording, python, any_sandbox, main, said
):
    if sys.platform != "linux" and main in (FORK, DAEMON):
        pytest.skip("only Linux can count and adopt processes")
    path = recording("$ echo first\nfirst\n$ python main.py\n", main=main)
    with pytest.raises(RecordingError, match=rf"run\.console:3: {said}"):
        replay(path, python, any_sandbox)
    assert replay(recording("$ echo still alive\n"), python, any_sandbox)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a snippet")
def test_memory_is_limited(recording, python, any_sandbox):
    assert "MemoryError" in replay(
        recording("$ python main.py\n", main=MEMORY), python, any_sandbox
    )


def test_no_process_of_a_snippet_outlives_it(recording, python, any_sandbox):
    if sys.platform != "linux":
        pytest.skip("needs /proc")
    mark = f"import_karo_{uuid.uuid4().hex}"  # two test workers may be here at once
    main = DAEMON.replace("time.sleep(60)", f"os.execv('{sys.executable}', ['{mark}', '-c', "
                                            "'import time; time.sleep(60)'])")  # fmt: skip
    with pytest.raises(RecordingError, match="left a process"):
        replay(recording("$ python main.py\n", main=main), python, any_sandbox)
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert not [each for each in commands if mark.encode() in each]


def test_the_network_is_gone(recording, python, sandbox):
    if not sandbox.namespaces:
        pytest.skip(f"no namespaces here: {sandbox.reason}")
    main = (
        "import socket\nfor address in ('127.0.0.1', '192.0.2.1'):\n"
        "    try:\n        socket.create_connection((address, 9), timeout=1)\n"
        "    except OSError as error:\n        print(error.strerror)\n"
    )
    text = replay(recording("$ python main.py\n", main=main), python, sandbox)
    assert text.count("Network is unreachable") == 2


@pytest.mark.parametrize("target", [ROOT / "stray.txt", Path.home() / "stray.txt"])
def test_the_checkout_and_the_home_cannot_be_written(recording, python, sandbox, target):
    if not sandbox.namespaces:
        pytest.skip(f"no namespaces here: {sandbox.reason}")
    path = recording("$ python main.py\n", main=f"open({str(target)!r}, 'w')\n")
    assert "Read-only file system" in replay(path, python, sandbox)
    assert not target.exists()


def test_without_namespaces_a_write_into_the_checkout_is_found(
    recording, python, tmp_path, monkeypatch
):
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    monkeypatch.setattr("transcripts.sandbox.ROOT", checkout)
    main = f"open({str(checkout / 'stray.txt')!r}, 'w')\n"
    said = pytest.raises(RecordingError, match=r"wrote into the checkout: .*stray\.txt")
    with Sandbox(namespaces=False) as plain, said:
        replay(recording("$ python main.py\n", main=main), python, plain)


def test_a_file_left_in_the_readers_home_is_found(recording, python, any_sandbox):
    main = "import pathlib\n(pathlib.Path.home() / '.cache').mkdir()\n"
    with pytest.raises(RecordingError, match=r"wrote into the home folder: \.cache"):
        replay(recording("$ python main.py\n", main=main), python, any_sandbox)


def test_the_example_itself_is_run_in_a_copy(recording, python, any_sandbox):
    path = recording("$ python main.py\n", main="open('new.txt', 'w')\n")
    replay(path, python, any_sandbox)
    assert not (path.parent / "new.txt").exists()


def test_nothing_of_the_callers_environment_gets_in(recording, python, any_sandbox, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("IMPORT_KARO_SECRET", "1")
    main = "import os, sys\nprint(sorted(os.environ))\nprint('/nowhere' in sys.path)\n"
    text = replay(recording("$ python main.py\n", main=main), python, any_sandbox)
    assert "SECRET" not in text
    assert text.endswith("False\n")


def test_standard_input_is_empty(recording, python, any_sandbox):
    text = replay(recording("$ python main.py\n", main="input('km? ')\n"), python, any_sandbox)
    assert text.splitlines()[-1] == "EOFError: EOF when reading a line"


def test_output_keeps_the_order_of_the_terminal(recording, python, any_sandbox):
    main = "import sys\nfor n in range(4):\n    print(n, file=[sys.stdout, sys.stderr][n % 2])\n"
    text = replay(recording("$ python main.py\n", main=main), python, any_sandbox)
    assert text.splitlines()[1:] == ["0", "1", "2", "3"]


def test_real_paths_are_masked(recording, python, any_sandbox):
    main = (
        "import os, sys, tempfile\nprint(__file__)\nprint(sys.executable)\n"
        "print(os.path.expanduser('~'))\nprint(tempfile.gettempdir())\nprint(os.__file__)\n"
    )
    text = replay(recording("$ python main.py\n", main=main), python, any_sandbox)
    minor = "python{}.{}".format(*python.minor)
    assert text.splitlines()[1:] == [
        "/home/asha/example/main.py",
        "/home/asha/.venv/bin/python",
        "/home/asha",
        "/tmp",
        f"/usr/lib/{minor}/os.py",
    ]


def test_paths_of_the_reader_can_be_typed(recording, python, any_sandbox):
    path = recording("$ python /home/asha/example/main.py\n", main="print('found')\n")
    assert replay(path, python, any_sandbox).endswith("found\n")


def test_a_namespace_that_is_not_allowed_is_named(monkeypatch, tmp_path):
    jail = tmp_path / "jail.py"
    source = (ROOT / "tests/transcripts/jail.py").read_text()
    jail.write_text(source.replace('"unshare", kinds', '"unshare", 0x7fffffff'))
    monkeypatch.setattr("transcripts.sandbox.JAIL", jail)
    with Sandbox(namespaces=True) as refused:
        assert not refused.namespaces
        assert "unshare" in refused.reason
        assert refused.scratch.is_dir()
