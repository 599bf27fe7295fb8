"""Tasks on the workers of a Dask cluster. Workers work out, this process writes: they need no common disk.

Whoever dies is expected: Dask hands the tasks of a dead worker to another, and a lost scheduler is waited for. Nothing
is lost with either but the tasks under way, since every result is on the disk before the next one is looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent import futures
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from logging import CRITICAL
from typing import Any, cast
from uuid import uuid4

from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker
from distributed.comm import CommClosedError

from sim.experiments.batch.threads import AHEAD, Done, Work, reason
from sim.experiments.identity import code_digest, data_digest
from sim.inputs import Fault, Faults

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
    """What a worker needs for every task of one run; Dask gives it to workers that come later, too."""

    def __init__(self, name: str, work: Work, made_of: str) -> None:
        self.name, self.work, self.made_of = name, work, made_of


@dataclass(frozen=True, slots=True)
class OnCluster:
    """Workers of a Dask cluster.

    address    of a scheduler, such as tcp://10.0.0.5:8786; "local" makes a cluster of processes on this machine
    workers    processes of a local cluster
    tell       is told when the scheduler is lost, and found again
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
                for each in _arriving(client, work, tuple(left)):
                    del left[each.number]
                    yield each
            if left:
                self.tell(f"The scheduler is lost; waiting for it, {self.patience:.0f} seconds at most.")

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


def _arriving(client: Client, work: Work, numbers: Sequence[int]) -> Iterator[Done]:
    """Tasks as they are done; ends early, without a word, when the scheduler is lost.

    Raises Faults when a worker cannot load the model.
    """
    name = f"upstream-{uuid4().hex}"
    try:
        client.register_plugin(_Bench(name, work, made_of()), name=name)
        left = iter(numbers)
        ahead = max(AT_LEAST, AHEAD * sum(client.nthreads().values()))
        handed_out = {_hand_out(client, name, number): number for number in islice(left, ahead)}
        arriving = as_completed(handed_out, loop=client.loop, raise_errors=False)
        for over in arriving.batches():
            if any(future.status in LOST for future in over):
                return
            yield from _gathered(client, {future: handed_out.pop(future) for future in over})
            followers = {_hand_out(client, name, number): number for number in islice(left, len(over))}
            handed_out |= followers
            arriving.update(followers)
    except ImportError as error:
        raise Faults([Fault("", 0, "cluster", "a worker", f"cannot load Upstream ({error})")]) from error
    except GONE:
        return
    finally:
        with suppress(*GONE, ValueError):  # a scheduler that came back knows of no plugin
            client.unregister_worker_plugin(name)


def _hand_out(client: Client, name: str, number: int) -> Any:
    return client.submit(_at_worker, name, number, key=f"{name}-{number}", pure=False)


def _gathered(client: Client, finished: Mapping[Any, int]) -> list[Done]:
    """Several tasks that are over, their results fetched at once."""
    failed = [
        Done(number, failed=reason(each.exception())) for each, number in finished.items() if each.status == "error"
    ]
    whole = {each: number for each, number in finished.items() if each.status != "error"}
    payloads = client.gather(list(whole)) if whole else []
    return failed + [Done(number, payload) for number, payload in zip(whole.values(), payloads, strict=True)]


def _at_worker(name: str, number: int) -> bytes:
    """A task, worked out in a worker. Raises RuntimeError when the worker's model is another than the asker's."""
    bench = cast("_Bench", get_worker().plugins[name])
    if bench.made_of != made_of():
        raise RuntimeError("this worker has another version of the model, or of the tables beside its parameters")
    return bench.work(number)


def made_of() -> str:
    """What a machine's model is made of: its code and the tables beside its parameters."""
    return f"{code_digest()} {data_digest()}"
