"""Starts every snippet: limits it, shuts it in, and reports what it tried to leave behind.

Run as a script, one process per test worker; it reads requests from its standard input and
answers on its standard output, both as marshal, which costs no import: this start-up and every
fork are paid by each worker. Only the standard library, because of -I -S.

Techniques: namespaces(7); pid_namespaces(7) for unshare and setns of one process; prctl(2)
PR_SET_CHILD_SUBREAPER.
"""

from __future__ import annotations

import ctypes
import itertools
import marshal
import os
import resource
import select
import signal
import sys
import time

TYPE_CHECKING = False  # typing would cost a tenth of the start-up
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

# From linux/sched.h, sys/mount.h and linux/prctl.h.
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWUTS = 0x20000000, 0x40000000, 0x04000000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 0x1, 0x20, 0x1000, 0x4000, 0x40000
# The mount flags that a user namespace may not drop when it remounts (mount_namespaces(7)).
MS_LOCKED = 0x2 | 0x4 | 0x8 | 0x400 | 0x800 | 0x200000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

TICK = 0.02  # seconds between two counts of the snippet's processes
GRACE = 0.7  # seconds that helpers of a finished snippet may sleep before they end by themselves
MEGABYTE = 1 << 20


def c_call(name: str, *arguments: Any) -> None:
    """Call a function of the C library; raise OSError when it returns -1."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def enter_namespaces(read_only: list[str], writable: str) -> None:
    """Leave the network, and make the folders `read_only` so, except `writable` inside them.

    The caller's next child is process 1 of a process namespace of its own.
    """
    uid, gid = os.getuid(), os.getgid()
    kinds = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWPID
    c_call("unshare", kinds)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 - pathlib costs start-up
            file.write(text)
    c_call("mount", None, b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None)
    bind(writable)
    for folder in read_only:
        bind(folder)
        keep = os.statvfs(folder).f_flag & MS_LOCKED
        flags = MS_BIND | MS_REMOUNT | MS_RDONLY | keep
        c_call("mount", None, os.fsencode(folder), None, ctypes.c_ulong(flags), None)


def bind(folder: str) -> None:
    """Make a folder a mount of its own, so that its flags can differ from its parent's."""
    path = os.fsencode(folder)
    c_call("mount", path, path, None, ctypes.c_ulong(MS_BIND | MS_REC), None)


def fork(target: Callable[[], object]) -> int:
    """Run `target` in a child and end it there; return the child's process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        target()
        code = 0
    finally:
        os._exit(code)


def run(request: dict[str, Any], home: int | None) -> None:
    """Run one snippet to its end and write the answer to standard output.

    `home` is this process's own process namespace, as a file; None goes without namespaces.
    """
    output_end, output = os.pipe()
    report_end, report = os.pipe()
    if home is not None:
        c_call("unshare", CLONE_NEWPID)  # the next child is process 1 of a new namespace
    keeper = fork(lambda: keep(request, output, report, home is not None))
    if home is not None:
        c_call("setns", home, CLONE_NEWPID)
    os.close(output)
    os.close(report)
    text, said, fault = watch(keeper, output_end, report_end, request)
    if fault:
        os.kill(keeper, signal.SIGTERM if home is None else signal.SIGKILL)
    os.waitpid(keeper, 0)
    os.close(output_end)
    os.close(report_end)
    status = None
    if said and not fault:
        status, fault = marshal.loads(said)
    say((text, status, fault))


def keep(request: dict[str, Any], output: int, report: int, namespaces: bool) -> None:
    """Start the snippet, wait for it, report how it ended and who is left, and end those.

    In a process namespace this is process 1, whose end ends all; elsewhere on Linux it adopts
    the orphans, and a daemonised process is an orphan.
    """
    if not namespaces:
        signal.signal(signal.SIGTERM, lambda *_: end_all(snippet) or os._exit(1))  # type: ignore
        if sys.platform == "linux":
            c_call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if request["elsewhere"]:
        go_elsewhere(namespaces)
    snippet = start(request, output)
    os.close(output)
    ended, status = 0, 0
    while ended != snippet:
        ended, status = os.waitpid(-1, 0)
    left = still_running(snippet, request["seconds"] / 2)
    fault = "left a process running when it ended" if left else None
    os.write(report, marshal.dumps((os.waitstatus_to_exitcode(status), fault)))
    if not namespaces:
        end_all(snippet)


def go_elsewhere(namespaces: bool) -> None:
    """Be another machine to the snippet: another name of the host, another process id."""
    if namespaces:
        c_call("unshare", CLONE_NEWUTS)
        c_call("sethostname", b"elsewhere", 9)
    for _ in range(3):
        os.waitpid(fork(lambda: None), 0)


def start(request: dict[str, Any], output: int) -> int:
    """Start the snippet in a session of its own, with limits; return its process id.

    A spawn costs half of what a fork of this process and an exec do.
    """
    os.chdir(request["cwd"])
    source, target = os.open(os.devnull, os.O_RDONLY), output
    if request["stdin"]:
        # A file without a name: a pipe would be full at 64 kB, before anybody reads.
        source = os.open(".typed", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.unlink(".typed")  # noqa: PTH108
        os.write(source, request["stdin"].encode())
        os.lseek(source, 0, os.SEEK_SET)
    if request["stdout"]:
        target = os.open(request["stdout"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 * MEGABYTE, 16 * MEGABYTE))
    apart: dict[str, Any] = {"setpgroup": 0}
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (2048 * MEGABYTE, 2048 * MEGABYTE))
        apart = {"setsid": True}
    ends = [(os.POSIX_SPAWN_DUP2, *pair) for pair in ((source, 0), (target, 1), (output, 2))]
    # Every other descriptor is Python's own, and closes itself when a program starts (PEP 446).
    return os.posix_spawn(
        request["executable"], request["argv"], request["env"], file_actions=ends,
        setsigdef=[signal.SIGTERM], **apart,
    )  # fmt: skip


def still_running(snippet: int, seconds: float) -> bool:
    """Tell whether anything the snippet started outlives it: asleep for GRACE, or for `seconds`.

    What is about to end on a busy machine does not sleep: it waits for a processor.
    """
    end = time.monotonic() + seconds
    patience = time.monotonic() + GRACE
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                now = time.monotonic()
                if now > min(patience, end):
                    return True
                if any(map(is_awake, started())):
                    patience = now + GRACE
        except ChildProcessError:  # on macOS orphans are not adopted: ask for the group
            return sys.platform != "linux" and signal_group(snippet, 0)
        time.sleep(0.005)


def signal_group(snippet: int, number: int) -> bool:
    """Send a signal to the snippet's process group; tell whether anybody was there."""
    try:
        os.killpg(snippet, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_all(snippet: int) -> None:
    """Kill the snippet's group and every process this one has adopted."""
    signal_group(snippet, signal.SIGKILL)
    while children := children_of(os.getpid()):
        for pid in children:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError):
                continue


def children_of(pid: int) -> list[int]:
    """Return the process ids of a process's children; nothing where /proc does not tell."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def started() -> Iterator[int]:
    """Yield the descendants of this process; nothing where /proc does not tell.

    /proc may show the outer process namespace, so its own name for this process is used.
    """
    try:
        with open("/proc/thread-self/children") as file:  # noqa: PTH123
            queue = [int(word) for word in file.read().split()]
    except OSError:
        return
    while queue:
        pid = queue.pop()
        yield pid
        queue += children_of(pid)


def count_started(limit: int) -> int:
    """Count what the child of this process has started, giving up above `limit`."""
    return sum(1 for _ in itertools.islice(started(), 1, limit + 2))


def is_awake(pid: int) -> bool:
    """Tell whether a process runs, or would if it had a processor (proc_pid_stat(5))."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] in "RD"
    except OSError:
        return False


def watch(
    keeper: int, output_end: int, report_end: int, request: dict[str, Any]
) -> tuple[bytes, bytes, str | None]:
    """Collect output and report until both end, or a limit is passed.

    Returns the output, the report (marshal, empty if none came) and the fault (None if none).
    """
    text, said, fault = b"", b"", None
    deadline = time.monotonic() + request["seconds"]
    next_count = time.monotonic() + TICK
    open_ends = {output_end, report_end}
    while open_ends and not fault:
        for end in select.select(list(open_ends), [], [], TICK)[0]:
            piece = os.read(end, 65536)
            if piece and end == output_end:
                text += piece
            elif piece:
                said += piece
            else:
                open_ends.discard(end)
                if end == report_end:
                    # With the keeper gone, only a process it could not see keeps output open.
                    deadline = min(deadline, time.monotonic() + 1)
        now = time.monotonic()
        if len(text) > request["bytes"]:
            fault = f"printed more than {request['bytes'] // 1024} kB"
        elif open_ends and now > deadline:
            limit = f"was still running after {request['seconds']:g} s"
            fault = "left a process that holds the terminal" if said else limit
        elif now > next_count:
            next_count = now + TICK
            if count_started(request["processes"]) > request["processes"]:
                fault = f"started more than {request['processes']} processes"
    return text[: request["bytes"]], said, fault


def say(answer: Any) -> None:
    """Write one answer to standard output."""
    marshal.dump(answer, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def main() -> None:
    """Enter the namespaces, say why if that is refused, then serve requests."""
    setting = marshal.load(sys.stdin.buffer)
    if not setting["namespaces"]:
        say("not asked for")
        serve(None)
        return
    try:
        enter_namespaces(setting["read_only"], setting["writable"])
        server = os.fork()
    except (OSError, AttributeError) as error:
        say(str(error))
        return
    if server:
        os.waitpid(server, 0)
        return
    try:
        c_call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        home = os.open("/proc/self/ns/pid", os.O_RDONLY)
        c_call("unshare", CLONE_NEWPID)  # what every request will do
        c_call("setns", home, CLONE_NEWPID)
    except OSError as error:
        say(str(error))
        return
    say("")
    serve(home)


def serve(home: int | None) -> None:
    """Answer one request after the other, until standard input closes."""
    while True:
        try:
            request = marshal.load(sys.stdin.buffer)
        except EOFError:
            return
        run(request, home)


if __name__ == "__main__":
    main()
