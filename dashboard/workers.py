"""Worker processes that stay: warmed before the first question, gone when the server goes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import Connection, wait
from threading import Thread

WORKERS = 2
"""Enough for two cores; a machine with more may set UPSTREAM_WORKERS."""


def worker_count() -> int:
    """How many worker processes: UPSTREAM_WORKERS if it is a whole number above 0, else two."""
    given = os.environ.get("UPSTREAM_WORKERS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else WORKERS


def start_workers(count: int, prepare: Callable[[], object]) -> Executor:
    """A pool of fresh processes, each of which has already called `prepare`.

    Processes are spawned, not forked: the server has threads. They leave at once when this process ends,
    however it ends, because their end of the pipe then closes.
    """
    context = multiprocessing.get_context("spawn")
    lifeline, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=partial(_begin, lifeline, prepare))
    pool._lifeline = held  # type: ignore[attr-defined]  # kept open as long as the pool lives
    for waiting in [pool.submit(_ready) for _ in range(count)]:
        waiting.result()
    return pool


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
