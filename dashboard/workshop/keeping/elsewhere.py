"""Work in a process of its own, so that nobody in the room waits for it, and its memory is not the server's.

Server and process talk over a pipe, which closes when either of them ends, however it ends: the process then stops
what it is at, and ends too.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from dashboard.workshop.divided import Split
from dashboard.workshop.keeping.work import Here
from sim.experiments.replicate import CancelledError, Way
from sim.inputs import Faults
from sim.workshop import RoundResults, State

HEARTBEAT = 1 / 4
"""Seconds between looks whether the work is still wanted."""
NICE = 5
"""How far the process stands back for whoever answers the room, on systems that know such a thing."""
PROGRESS, DONE, FAILED = "progress", "done", "failed"
STOP = None
"""Said to the process instead of a task: it gives up what it is at."""


class EndedError(Exception):
    """The process ended in the middle of its work: it was killed, or something went wrong that nobody foresaw."""


class Elsewhere:
    """A process that does one thing at a time. It is begun when it is needed, or by `warm`; one thread may ask."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._ear: Connection | None = None

    def run(self, state: State, number: int, way: Way) -> RoundResults:
        """The results of a round, counted from 0. Raises EndedError, Faults, and what the way's pace raises."""
        found: RoundResults = self._done("run", (state, number), way)
        return found

    def divide(self, state: State, number: int, team: str, way: Way) -> Split:
        """A team's change at the end of a round. Raises EndedError, Faults, and what the way's pace raises."""
        found: Split = self._done("divide", (state, number, team), way)
        return found

    def warm(self) -> None:
        """Begin the process, which takes its time to read the model."""
        self._begun()

    def rest(self) -> None:
        """End the process, in the middle of its work too: replications that it finished are kept."""
        process, ear, self._process, self._ear = self._process, self._ear, None, None
        if ear is not None:
            ear.close()
        if process is not None:
            process.terminate()
            process.join()
            process.close()

    def _begun(self) -> Connection:
        if self._ear is None or self._process is None or not self._process.is_alive():
            self.rest()
            spawning = get_context("spawn")
            self._ear, theirs = spawning.Pipe()
            self._process = spawning.Process(target=work, args=(theirs,), name="workshops", daemon=True)
            self._process.start()
            theirs.close()
        return self._ear

    def _done(self, what: str, given: tuple[object, ...], way: Way) -> Any:
        ear = self._begun()
        try:
            ear.send((what, given, way.workers))
            word, said = _heard(ear, way)
        except (EOFError, OSError) as error:
            if self._ear is not ear:  # it was put to rest meanwhile
                raise CancelledError from error
            self.rest()
            raise EndedError(f"The process that was to {what} ended.") from error
        if word == FAILED:
            raise said
        return said


def _heard(ear: Connection, way: Way) -> tuple[str, Any]:
    """What comes of the work."""
    while True:
        _go_on(ear, way)
        if ear.poll(HEARTBEAT):
            word, said = ear.recv()
            if word != PROGRESS:
                return word, said
            way.progress(*said)


def _go_on(ear: Connection, way: Way) -> None:
    """Raise what the way's pace raises, once the process has stopped."""
    try:
        way.pace()
    except BaseException:
        ear.send(STOP)
        while ear.recv()[0] == PROGRESS:
            pass
        raise


def work(ear: Connection) -> None:
    """The process: one thing after another, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    if hasattr(os, "nice"):
        os.nice(NICE)
    here = Here()
    with suppress(EOFError, OSError):
        while True:
            asked = ear.recv()
            if asked is not STOP:  # that came when the work was done already
                ear.send(_answer(here, ear, *asked))
                give_back()


def _answer(here: Here, ear: Connection, what: str, given: tuple[Any, ...], workers: int) -> tuple[str, object]:
    """What comes of one thing; whatever nobody foresaw ends the process, and says so where it was begun."""

    def pace() -> None:
        if ear.poll():  # it is told to stop, or nobody is there any more
            raise CancelledError

    def progress(done: int, wanted: int) -> None:
        ear.send((PROGRESS, (done, wanted)))

    doing: Callable[..., object] = getattr(here, what)
    try:
        return DONE, doing(*given, Way(workers, progress, pace=pace))
    except (CancelledError, Faults) as error:
        return FAILED, error


def give_back() -> None:
    """Let the system have the memory that is free again, which glibc alone would keep."""
    with suppress(OSError, AttributeError, TypeError):  # no such library, or none with such a function
        ctypes.CDLL(None).malloc_trim(0)
