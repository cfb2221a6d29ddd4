"""`make pythons`: fetches current Pythons from Debian's newer releases, beside the machine's own.

Debian 12 and 13 have one Python each, and pyenv's are as old as pyenv. Debian's unstable release
has the current patch release of several. Their packages are unpacked, not installed: apt resolves
and verifies them with a state of its own, together with the C library they were built for, so the
machine's packages stay as they are. Nothing is used before it is whole: a Python's program is
written last.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import pythons
from .recordings import Version, version

# Newest first. A version that the machine lacks altogether is looked for in the older ones too.
SUITES = ("unstable", "testing", "stable", "oldstable")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# The names of releases by which a machine's own sources may call Debian's main archive.
RELEASES = {*SUITES, "sid", "bookworm", "trixie", "forky"}
# Taken for installed: data that every machine has, and what only asks questions.
GIVEN = ("debconf", "media-types", "mime-support", "netbase", "tzdata")
# What a Python needs of libraries that Debian packages apart.
WHOLE = "import ctypes, lzma, readline, sqlite3, ssl, venv, zlib"
# The program's own name if the search path leads to it, as it is when it is no script; else its
# path. By it Python finds its virtual environment, and with it begins what Python complains.
STARTER = """\
#!/bin/sh
name=${{0##*/}}
IFS=:
for folder in $PATH; do
  [ -x "$folder/$name" ] && break
done
[ "$folder/$name" = "$0" ] || name=$0
exec '{loader}' --library-path '{libraries}' --argv0 "$name" '{program}' "$@"
"""


class FetchError(Exception):
    """Why Pythons could not be fetched, and what to do."""


class Apt:
    """apt-get with lists, a cache and a package state of its own, in a folder."""

    def __init__(self, folder: Path, suite: str) -> None:
        """Fetch the package lists of a suite; FetchError where that cannot be done."""
        self.cache = folder / "cache" / "archives"
        for each in (folder / "parts", folder / "lists" / "partial", self.cache / "partial"):
            each.mkdir(parents=True)
        (folder / "parts" / "debian.sources").write_text(
            f"Types: deb\nURIs: {archive()}\nSuites: {suite}\nComponents: main\n"
            f"Signed-By: {KEYRING}\n"
        )
        given = "Status: install ok installed\nVersion: 9999\nArchitecture: all\n"
        given += "Multi-Arch: foreign\nMaintainer: -\nDescription: -\n\n"
        (folder / "status").write_text("".join(f"Package: {name}\n{given}" for name in GIVEN))
        options = {
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Etc::SourceParts": folder / "parts",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State::Lists": folder / "lists",
            "Dir::State::Status": folder / "status",
            "Dir::State::extended_states": folder / "extended",
            "Dir::Cache": folder / "cache",
            "Dir::Log": folder,
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "APT::Sandbox::User": "root",
            "Acquire::AllowInsecureRepositories": "false",
            "APT::Get::AllowUnauthenticated": "false",
        }
        self.options = [
            part for name, value in options.items() for part in ("-o", f"{name}={value}")
        ]
        self.run("apt-get", "-qq", "update")

    def run(self, *command: str) -> str:
        """Run a command of apt and return what it printed; FetchError if it fails."""
        return run([command[0], *self.options, *command[1:]])

    def candidate(self, minor: Version) -> Version | None:
        """Return the exact version that the suite has of a minor one."""
        said = self.run("apt-cache", "policy", f"{package(minor)}-venv")
        found = re.search(r"Candidate: (\d+\.\d+\.\d+)-", said)
        return version(found[1]) if found else None

    def download(self, minors: list[Version]) -> list[Path]:
        """Fetch, and let apt verify, all that an empty machine needs for some Pythons."""
        names = [f"{package(minor)}-venv" for minor in minors]
        self.run(
            "apt-get", "-qq", "-y", "--no-install-recommends", "--download-only", "install", *names
        )
        return sorted(self.cache.glob("*.deb"))


def run(command: list[str]) -> str:
    """Run a program and return what it printed; FetchError with its own words if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise FetchError(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise FetchError(f"{command[0]} failed: {' '.join(lines[-3:])}")
    return done.stdout


def package(minor: Version) -> str:
    """Return the name of a minor version: of its package and of its program."""
    return "python" + ".".join(map(str, minor))


def archive() -> str:
    """Return the address of Debian's main archive, as the machine's own apt sources name it."""
    form = "$(RELEASE) $(COMPONENT) $(REPO_URI)"
    said = run(["apt-get", "indextargets", "--format", form, "Created-By: Packages"])
    for line in said.splitlines():
        release, component, address = line.split(" ", 2)
        if release in RELEASES and component == "main":
            return address
    raise FetchError("this machine's apt sources name no Debian archive")


def unpack(packages: list[Path], minors: list[Version], root: Path) -> None:
    """Make some Pythons of their packages in a folder; each program is written last."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for each in packages:
        run(["dpkg-deb", "--extract", str(each), str(root)])
    for name in ("doc", "man", "locale", "lintian", "perl5"):
        shutil.rmtree(root / "usr/share" / name, ignore_errors=True)
    loader = next((root / "usr/lib").glob("*/ld-linux*.so.*"), None)
    if loader is None:
        raise FetchError(f"the packages of {', '.join(map(package, minors))} hold no loader")
    for minor in minors:
        program = root / "usr/bin" / package(minor)
        real = program.rename(program.with_name(f"{program.name}.real"))
        find_wheels(root, program.name)
        made = program.with_suffix(".new")
        made.write_text(STARTER.format(loader=loader, libraries=loader.parent, program=real))
        made.chmod(0o755)
        # A package's own script would do this; without it every start compiles what it imports.
        library = str(root / "usr/lib" / program.name)
        compiling = ["-I", "-m", "compileall", "-q", "-j0", "-x", "/(test|idlelib)/", library]
        subprocess.run([str(made), *compiling], capture_output=True, check=False)
        run([str(made), "-I", "-c", WHOLE])
        made.rename(program)


def find_wheels(root: Path, name: str) -> None:
    """Let ensurepip find the wheels that Debian packages under /usr/share."""
    folder = "/usr/share/python-wheels"
    library = root / "usr/lib" / name
    for path in [library / "ensurepip/__init__.py", *library.glob("_sysconfig*")]:
        if not path.is_symlink():
            path.write_text(path.read_text().replace(folder, f"{root}{folder}"))


@contextmanager
def alone() -> Iterator[None]:
    """Hold the folder of fetched Pythons; another fetch waits."""
    pythons.FETCHED.mkdir(parents=True, exist_ok=True)
    with (pythons.FETCHED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch(suite: str, wanted: dict[Version, Version]) -> None:
    """Fetch what a suite has newer than `wanted` says of each minor version."""
    with tempfile.TemporaryDirectory() as folder:
        apt = Apt(Path(folder), suite)
        offers = {minor: apt.candidate(minor) for minor in wanted}
        newer = [minor for minor, found in offers.items() if found and found > wanted[minor]]
        if newer:
            packages = apt.download(newer)
            key = hashlib.sha256("\n".join(each.name for each in packages).encode()).hexdigest()
            root = pythons.FETCHED / key[:8]
            if not all((root / "usr/bin" / package(minor)).exists() for minor in newer):
                unpack(packages, newer, root)


def main() -> int:
    """Fetch what is missing or older than Debian's, and say which Pythons there are."""
    try:
        refuse()
        with alone():
            sought = fetch_all()
    except (FetchError, OSError) as error:
        print(f"make pythons: {error}; nothing of it is used", file=sys.stderr)
        return 1
    pythons.probe.cache_clear()
    found = pythons.find_all()
    for python in found:
        print(f"Python {python.name}: {python.executable}")
    for name in pythons.missing(found):
        print(f"Python {name}: not here, and not in Debian's {', '.join(sought)}")
    return 1 if pythons.indispensable(found) else 0


def refuse() -> None:
    """Say where a machine is none that this way is for."""
    elsewhere = "install the Pythons by other means, or name them: PYTHONS=/path/to/python"
    for name in ("apt-get", "apt-cache", "dpkg-deb"):
        if not shutil.which(name):
            raise FetchError(f"this machine has no {name}; {elsewhere}")
    if not KEYRING.exists():
        raise FetchError("apt cannot verify Debian's archive: apt install debian-archive-keyring")
    if "'" in str(pythons.FETCHED) or ":" in str(pythons.FETCHED):
        raise FetchError(f"a quote or a colon in {pythons.FETCHED}: move the checkout")


def fetch_all() -> list[str]:
    """Fetch from one suite after the other; return those that were asked."""
    asked: list[str] = []
    for suite in SUITES:
        found = {python.minor: python.version for python in pythons.find_all()}
        # What the machine has is only brought up to date, and the first suite is the newest.
        wanted = {minor: found.get(minor, ()) for minor in pythons.supported()}
        if asked:
            wanted = {minor: old for minor, old in wanted.items() if not old}
        if not wanted:
            break
        asked.append(suite)
        fetch(suite, wanted)
        pythons.probe.cache_clear()
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
