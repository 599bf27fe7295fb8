"""A scheduler and workers of Dask, each a process of its own that can be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

PATIENCE = 300
"""Seconds after which something hangs: no result depends on it."""


class Cluster:
    """A scheduler and so many workers on loopback."""

    def __init__(self, workers: int = 2) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.begin(workers)

    def begin(self, workers: int = 2) -> None:
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self.workers = [self.worker() for _ in range(workers)]

    def worker(self, before: Path | None = None) -> subprocess.Popen[bytes]:
        """One more worker; packages that lie in the folder `before` hide those that are installed."""
        more = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        return self._start("dask_worker", self.address, *more, path=str(before or ""))

    def _start(self, module: str, *more: str, path: str = "") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *more, "--no-dashboard"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env=os.environ | {"PYTHONPATH": path},
        )  # fmt: skip
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait(PATIENCE)


@contextmanager
def cluster(workers: int = 2) -> Iterator[Cluster]:
    made = Cluster(workers)
    try:
        yield made
    finally:
        made.end()


def other_version(folder: Path, package: str, version: str) -> Path:
    """A folder that makes an installed package look like another version of itself."""
    about = folder / f"{package}-{version}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
    return folder


def nothing(number: int) -> bytes:
    """Work that costs nothing."""
    return str(number).encode()


def slowly(number: int) -> bytes:
    """The same, so slow that a worker can join meanwhile."""
    sleep(0.02)
    return nothing(number)
