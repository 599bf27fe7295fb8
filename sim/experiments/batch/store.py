"""The folder of results: one file for each task, named by what it depends on and by what stands in it.

`tasks/KEY.SUM.parquet`: KEY is the content hash of the task, SUM the hash of the file's own bytes. So a file is found
by what was asked, and a damaged one by its own name; nothing beside it has to be kept in step. What is no result of
this batch is moved to `set_aside`, never deleted, so that whoever reads `tasks/*.parquet` counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sim.results.store import CannotWriteError, DamagedError, prepare_folder, sha256, write_together

SUM_DIGITS = 24
TASKS, SET_ASIDE, LOCK = "tasks", "set_aside", ".lock"
UNFINISHED = ".*.part"


@dataclass(frozen=True, slots=True)
class Store:
    """The files of a batch's tasks in a folder."""

    folder: Path

    @property
    def tasks(self) -> Path:
        """Where the files of tasks lie."""
        return self.folder / TASKS

    def finished(self, wanted: Mapping[str, int], tell: Callable[[str], None]) -> dict[int, Path]:
        """Files of wanted tasks, by number; each is whole. All others are set aside, and said.

        wanted   number by key
        """
        found: dict[int, Path] = {}
        others, damaged = 0, 0
        for path in sorted(self.tasks.glob("*.parquet")):
            number = wanted.get(path.name.split(".")[0])
            if number is not None and number not in found and is_whole(path):
                found[number] = path
                continue
            damaged += number is not None
            others += number is None
            self._set_aside(path)
        for path in self.tasks.glob(UNFINISHED):
            path.unlink(missing_ok=True)
        if damaged:
            tell(f"{damaged} damaged in {self.tasks}: moved to {SET_ASIDE}, worked out again.")
        if others:
            tell(f"{others} in {self.tasks} belong to no task of this batch: moved to {SET_ASIDE}.")
        return found

    def there(self, wanted: Iterable[str]) -> int:
        """How many of the wanted tasks, by key, have a file, whole or not; nothing is read or moved."""
        names = {path.name.split(".")[0] for path in self.tasks.glob("*.parquet")}
        return len(names.intersection(wanted))

    def write(self, key: str, payload: bytes) -> Path:
        """Write a task's file, whole or not at all; raises CannotWriteError."""
        path = self.tasks / f"{key}.{sha256(payload)[:SUM_DIGITS]}.parquet"
        write_together(self.tasks, {path.name: payload})
        return path

    def _set_aside(self, path: Path) -> None:
        aside = self.folder / SET_ASIDE
        try:
            aside.mkdir(exist_ok=True)
            path.replace(aside / path.name)
        except OSError as error:
            raise CannotWriteError(f"{path} cannot be moved to {aside}: {error.strerror}.") from error


def is_whole(path: Path) -> bool:
    """Whether a file's bytes are those that its name says."""
    try:
        read_whole(path)
    except DamagedError:
        return False
    return True


def read_whole(path: Path) -> bytes:
    """A file's bytes. Raises DamagedError when they are not those that its name says."""
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise DamagedError(f"{path} cannot be read ({error.strerror}).") from error
    if path.name.split(".")[1] != sha256(payload)[:SUM_DIGITS]:
        raise DamagedError(f"{path} is damaged.")
    return payload


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The folder, made and tried, for this process alone; raises CannotWriteError when another is at work in it."""
    prepare_folder(folder)
    prepare_folder(folder / TASKS)
    with (folder / LOCK).open("w") as lock:
        if not _locked(lock.fileno()):
            raise CannotWriteError(f"{folder}: another batch is at work in this folder.")
        yield Store(folder)


def _locked(handle: int) -> bool:
    """Whether the file could be locked; the lock goes with the process, however it ends."""
    with suppress(ImportError):  # there is no such module on Windows, where nobody is kept out
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
