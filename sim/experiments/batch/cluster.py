"""Tasks on the workers of a Dask cluster. Workers work out, this process writes: they need no common disk.

Whoever dies is expected: Dask hands the tasks of a dead worker to another, and a lost scheduler is waited for. Nothing
is lost with either but the tasks under way. Whoever joins later is given work too. Only workers with the same code,
tables and libraries as the asker work: others are named, and refused.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent import futures
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from logging import CRITICAL
from typing import Any, cast
from uuid import uuid4

from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker
from distributed.comm import CommClosedError
from distributed.protocol import pickle

from sim.experiments.batch.makings import Makings, OtherMakingsError, makings, unlike
from sim.experiments.batch.threads import AHEAD, Done, Work, reason
from sim.inputs import Fault, Faults, raise_any

LOCAL = "local"
LOST = ("cancelled", "lost")
"""What Dask calls a task that went with its scheduler."""

GONE = (OSError, TimeoutError, CommClosedError, asyncio.CancelledError, futures.CancelledError)
"""How it shows that there is no scheduler, or none any more."""

AT_LEAST = 32
"""Tasks handed out at least: the way to a worker and back is long beside the work of a small task."""

PATIENCE = 60.0
"""Seconds that a scheduler, or a first worker, is waited for."""


class _Bench(WorkerPlugin):
    """What a worker needs for every task of one run; Dask gives it to workers that come later, too.

    The work is sent as bytes, which only a worker of the same makings reads.
    """

    def __init__(self, work: Work, made_of: Makings) -> None:
        self.sent, self.made_of = pickle.dumps(work), made_of
        self.work: Work | None = None

    def __call__(self, number: int) -> bytes:
        """A task, worked out in a worker. Raises OtherMakingsError when its model is another than the asker's."""
        found = unlike(makings(), self.made_of)
        if found:
            raise OtherMakingsError(get_worker().address, found)
        if self.work is None:
            self.work = cast("Work", pickle.loads(self.sent))
        return self.work(number)


@dataclass(frozen=True, slots=True)
class OnCluster:
    """Workers of a Dask cluster.

    address    of a scheduler, such as tcp://10.0.0.5:8786; "local" makes a cluster of processes on this machine
    workers    processes of a local cluster
    tell       is told when the scheduler is lost, and when a worker is sent away
    patience   seconds that a scheduler is waited for
    """

    address: str
    workers: int = 1
    tell: Callable[[str], None] = lambda _: None
    patience: float = PATIENCE

    def __call__(self, work: Work, numbers: Sequence[int]) -> Generator[Done]:
        """Every task, once, as it is done. Raises Faults when there is no scheduler, or no worker, in time."""
        left = dict.fromkeys(numbers)
        while left:
            with self._client() as client:
                for each in _Run(client, work, tuple(left), self.tell).arriving():
                    del left[each.number]
                    yield each
            if left:
                self.tell(f"The scheduler is lost; waiting for it, {self.patience:.0f} seconds at most.")

    def threads(self) -> int:
        """Of all workers that are there now. Raises Faults when there is no scheduler, or no worker, in time."""
        if self.address == LOCAL:
            return self.workers
        with self._client() as client:
            return sum(client.nthreads().values())

    @contextmanager
    def _client(self) -> Iterator[Client]:
        """A connection that has at least one worker."""
        with self._scheduler() as address:
            try:
                client = Client(address, timeout=self.patience, set_as_default=False)
            except GONE as error:
                raise self._nobody("no scheduler answers there") from error
            try:
                self._wait_for_a_worker(client)
                yield client
            finally:
                with suppress(*GONE):
                    client.close(timeout=1)

    @contextmanager
    def _scheduler(self) -> Iterator[str]:
        """The address; of a local cluster, as long as it lives."""
        if self.address != LOCAL:
            yield self.address
            return
        local = LocalCluster(
            n_workers=self.workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
            silence_logs=CRITICAL,
        )  # fmt: skip
        try:
            yield local.scheduler_address
        finally:
            local.close()

    def _wait_for_a_worker(self, client: Client) -> None:
        try:
            client.wait_for_workers(1, timeout=self.patience)
        except GONE as error:
            raise self._nobody("the scheduler has no worker") from error

    def _nobody(self, rule: str) -> Faults:
        return Faults([Fault("", 0, "cluster", f'"{self.address}"', f"{rule} (waited {self.patience:.0f} seconds)")])


class _Run:
    """Tasks of one connection: what is left, and what is handed out."""

    def __init__(self, client: Client, work: Work, numbers: Sequence[int], tell: Callable[[str], None]) -> None:
        self.client, self.work, self.tell = client, work, tell
        self.left, self.out = deque(numbers), dict[Any, int]()
        self.name = f"upstream-{uuid4().hex}"
        self.asked, self.sent_away = 0, set[str]()

    def arriving(self) -> Iterator[Done]:
        """Tasks as they are done; ends early, without a word, when the scheduler is lost.

        Raises Faults when a worker's makings are others.
        """
        try:
            made_of = makings()
            _refuse(self.client, made_of)
            self.client.register_plugin(_Bench(self.work, made_of), name=self.name)
            arriving = as_completed(self._hand_out(), loop=self.client.loop, raise_errors=False)
            for over in arriving.batches():
                if any(future.status in LOST for future in over):
                    return
                finished = self._with_results({future: self.out.pop(future) for future in over})
                arriving.update(self._hand_out())
                yield from self._gathered(finished)
        except GONE:
            return
        finally:
            with suppress(*GONE, ValueError):  # a scheduler that came back knows of no plugin
                self.client.unregister_worker_plugin(self.name)

    def _hand_out(self) -> list[Any]:
        """As many tasks as there is room for: workers may have come or gone."""
        room = max(AT_LEAST, AHEAD * sum(self.client.nthreads().values())) - len(self.out)
        return [self._submitted(self.left.popleft()) for _ in range(min(room, len(self.left)))]

    def _submitted(self, number: int) -> Any:
        self.asked += 1
        future = self.client.submit(_at_worker, self.name, number, key=f"{self.name}-{self.asked}", pure=False)
        self.out[future] = number
        return future

    def _with_results(self, over: Mapping[Any, int]) -> dict[Any, int]:
        """Those that are over. A task that came to a worker of other makings is not: that worker is sent away."""
        errors = {future: future.exception() for future in over if future.status == "error"}
        others = {future: error for future, error in errors.items() if isinstance(error, OtherMakingsError)}
        for error in others.values():
            if error.worker not in self.sent_away:
                self.sent_away.add(error.worker)
                self.tell(f"The worker {error.worker} is sent away: it has {error.unlike}.")
                self.client.retire_workers([error.worker])
        self.left.extendleft(over[future] for future in others)
        return {future: number for future, number in over.items() if future not in others}

    def _gathered(self, finished: Mapping[Any, int]) -> Iterator[Done]:
        """Several tasks that are over, their results fetched at once."""
        whole = {each: number for each, number in finished.items() if each.status != "error"}
        for each, number in finished.items():
            if each not in whole:
                yield Done(number, failed=reason(each.exception()))
        payloads = self.client.gather(list(whole)) if whole else []
        for number, payload in zip(whole.values(), payloads, strict=True):
            yield Done(number, payload)


def _refuse(client: Client, ours: Makings) -> None:
    """Raise Faults that name every worker whose makings are others than those of this process, and in what."""
    found = client.run(makings, on_error="return")
    told = {worker: _told(theirs, ours) for worker, theirs in found.items()}
    raise_any([Fault("", 0, "cluster", f'the worker "{worker}"', rule) for worker, rule in told.items() if rule])


def _told(theirs: Makings | Exception, ours: Makings) -> str:
    if isinstance(theirs, GONE):
        return ""
    if isinstance(theirs, ImportError):
        return f"cannot load Upstream ({theirs})"
    if isinstance(theirs, Exception):
        return f"has another version of Upstream ({type(theirs).__name__}: {theirs})"
    found = unlike(theirs, ours)
    return f"has {found}" if found else ""


def _at_worker(name: str, number: int) -> bytes:
    """A task, worked out in a worker."""
    return cast("_Bench", get_worker().plugins[name])(number)
