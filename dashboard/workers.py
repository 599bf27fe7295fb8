"""Worker processes that stay: warmed before the first question, gone when the server goes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import Connection, wait
from threading import Thread

WORKERS = 2
"""Enough for two cores; a machine with more may set UPSTREAM_WORKERS."""


def worker_count() -> int:
    """How many worker processes: UPSTREAM_WORKERS if it is a whole number above 0, else two."""
    given = os.environ.get("UPSTREAM_WORKERS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else WORKERS


class Workers(ProcessPoolExecutor):
    """Fresh processes, each of which has already called `prepare`.

    They are spawned, not forked: the server has threads. They leave at once when the server ends, however
    it ends, because their end of a pipe then closes.
    """

    def __init__(self, count: int, prepare: Callable[[], object]) -> None:
        context = multiprocessing.get_context("spawn")
        self._lifeline, self._held = context.Pipe(duplex=False)
        begin = partial(_begin, self._lifeline, prepare)
        super().__init__(count, mp_context=context, initializer=begin)
        for waiting in [self.submit(_ready) for _ in range(count)]:
            waiting.result()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes go without waiting for what they were doing."""
        self._held.close()
        super().shutdown(wait, cancel_futures=cancel_futures)


def _begin(lifeline: Connection, prepare: Callable[[], object]) -> None:
    """In a fresh process: leave Ctrl-C to the server, leave with the server, load what every run needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_the_server, args=(lifeline,), daemon=True).start()
    prepare()


def _leave_with_the_server(lifeline: Connection) -> None:
    wait([lifeline])
    os._exit(1)


def _ready() -> bool:
    return True
