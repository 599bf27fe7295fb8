"""Finished replications kept on disk, so that a run that was stopped goes on where it was.

One file for each replication, named by a hash of everything its numbers depend on. A damaged file is
worked out again; a cache that cannot be written is done without. Either way a person is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from platformdirs import user_cache_path

from sim.results.store import CannotWriteError, DamagedError, read_sealed, write_sealed

T = TypeVar("T")
VARIABLE = "UPSTREAM_CACHE"
"""The environment variable that names another folder for finished replications."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """Where the finished replications of one question lie, and how one becomes bytes and back.

    names    the file's name for each replication
    pack     a result as bytes
    unpack   bytes as a result
    """

    folder: Path
    names: Sequence[str]
    pack: Callable[[T], bytes]
    unpack: Callable[[bytes], T]

    def read(self, replication: int) -> T | None:
        """A finished replication, or None; raises DamagedError when its file is not what was written."""
        payload = read_sealed(self._path(replication))
        return None if payload is None else self.unpack(payload)

    def write(self, replication: int, result: T) -> str | None:
        """Keep a finished replication; returns why not when it cannot be kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_sealed(self._path(replication), self.pack(result))
        except CannotWriteError as error:
            return str(error)
        except OSError as error:
            return f"{self.folder}: {error.strerror}."
        return None

    def finished(self, wanted: Iterable[int], tell: Callable[[str], None]) -> dict[int, T]:
        """Every wanted replication that is on disk already; tells of files that are damaged."""
        found: dict[int, T] = {}
        for replication in wanted:
            try:
                result = self.read(replication)
            except DamagedError as error:
                tell(f"{error} Replication {replication + 1} is worked out again.")
                continue
            if result is not None:
                found[replication] = result
        return found

    def _path(self, replication: int) -> Path:
        return self.folder / self.names[replication]


def cache_folder() -> Path:
    """$UPSTREAM_CACHE if set, else this user's cache folder for Upstream."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_cache_path("upstream", appauthor=False)
