"""What earlier runs lived through, so that a changed lever costs only what it changes.

A step of an engine is known by everything that led to it: network, seed, replication, and the conditions of every
period so far. A run whose months are as they were in an earlier run gets what was seen of them then, and its engine
does not move at all; from the first month that differs it goes on from the nearest snapshot. Nothing here knows what
a lever is, and no answer depends on what is remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from hashlib import blake2b
from threading import Lock

import numpy as np

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow, check_people
from sim.engines.snapshots import Snapshot
from sim.system.together import Together

SNAPSHOT_EVERY = 24
"""Periods between snapshots, the first after the warm-up; one is also kept where a run parts from an earlier one, for
the next is likely to too."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was seen of a period, and how the engine stood after it, if that was kept."""

    seen: Together
    snapshot: Snapshot | None

    @property
    def bytes(self) -> int:
        """Memory the step takes."""
        held = sum(getattr(self.seen, item.name).nbytes for item in fields(Together))
        return held + (self.snapshot.bytes if self.snapshot else 0)


class Memory:
    """The steps most recently used, as many as fit in so many bytes; safe to share between threads."""

    def __init__(self, budget: int) -> None:
        self.budget, self.bytes = budget, 0
        self._steps: OrderedDict[bytes, Step] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes) -> Step | None:
        """The step, which thereby counts as just used; None when it is not here."""
        with self._lock:
            step = self._steps.get(key)
            if step is not None:
                self._steps.move_to_end(key)
            return step

    def put(self, key: bytes, step: Step) -> None:
        """Keep a step; those longest unused go when there is no room."""
        with self._lock:
            before = self._steps.pop(key, None)
            self.bytes += step.bytes - (before.bytes if before else 0)
            self._steps[key] = step
            while self.bytes > self.budget:
                _, gone = self._steps.popitem(last=False)
                self.bytes -= gone.bytes


class RememberingEngine:
    """An engine that moves only where none has moved before.

    begin    makes the engine as it stands before its first period, or as it stood in a snapshot
    origin   says what `begin` makes: network, seed, replication and all else its events depend on
    see      what is kept of a flow
    marked   numbers of periods after which a snapshot is kept, the first being 1: where another run will go on
    """

    def __init__(
        self,
        begin: Callable[[Snapshot | None], CompiledEngine],
        origin: str,
        see: Callable[[Flow], Together],
        memory: Memory,
        marked: Collection[int] = (),
    ) -> None:
        self._begin, self._see, self._memory = begin, see, memory
        self._marked = marked
        self._engine: CompiledEngine | None = None
        self._moved = 0
        self._way: list[tuple[float, Conditions | None]] = []
        self._keys = [blake2b(origin.encode(), digest_size=16).digest()]

    def advance(self, until: float, conditions: Conditions | None = None) -> Together:
        """What is seen of the next period: remembered if any engine went this way, else lived through.

        Raises PeopleLostError when the engine lost or made people.
        """
        self._way.append((until, conditions))
        self._keys.append(_key(self._keys[-1], until, conditions))
        known = self._memory.get(self._keys[-1])
        if known is not None:
            return known.seen
        parted = self._moved < len(self._way) - 1
        engine = self._caught_up()
        if parted:
            self._keep_snapshot(engine)
        inside = engine.inside
        flow = engine.advance(until, conditions)
        check_people(inside, flow)
        self._moved = len(self._way)
        due = self._moved % SNAPSHOT_EVERY == 1 or self._moved in self._marked
        step = Step(self._see(flow), engine.snapshot() if due else None)
        self._memory.put(self._keys[-1], step)
        return step.seen

    def _caught_up(self) -> CompiledEngine:
        """The engine, where the period before this one ended."""
        here = len(self._way) - 1
        for step in range(here, self._moved, -1):
            known = self._memory.get(self._keys[step])
            if known is not None and known.snapshot is not None:
                self._engine, self._moved = self._begin(known.snapshot), step
                break
        self._engine = self._engine or self._begin(None)
        for until, conditions in self._way[self._moved : here]:
            self._engine.advance(until, conditions)
        return self._engine

    def _keep_snapshot(self, engine: CompiledEngine) -> None:
        key = self._keys[len(self._way) - 1]
        known = self._memory.get(key)
        if known is not None and known.snapshot is None:
            self._memory.put(key, Step(known.seen, engine.snapshot()))


def _key(before: bytes, until: float, conditions: Conditions | None) -> bytes:
    """A hash of the way so far and the next period; arrays that are absent differ from those that are there."""
    together = blake2b(before, digest_size=16)
    together.update(np.float64(until).tobytes())
    for item in fields(Conditions):
        value = getattr(conditions, item.name) if conditions is not None else None
        together.update(b"-" if value is None else b"+" + np.ascontiguousarray(value, dtype=np.float64).tobytes())
    return together.digest()
