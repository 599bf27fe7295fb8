"""A replication at one moment, to go on from any number of times."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engines.layout import Bytes, Room, memory_for
from sim.engines.records import Kept, state_in


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an engine needs to go on; it never changes, so threads may share it.

    memory        the engine's whole memory, which cannot be written to
    rooms         what lies in it
    begins        the time at which the replication began
    moving_share  share of people who may move to a sister
    positions     of the arrivals one after another: the number of the next person, and when the last one came
    """

    memory: Bytes
    rooms: dict[str, Room]
    begins: float
    moving_share: float
    positions: tuple[tuple[int, float], ...]

    @property
    def bytes(self) -> int:
        """Its size."""
        return self.memory.nbytes

    def writeable(self) -> Kept:
        """The same state in memory of its own."""
        memory = memory_for(self.rooms)
        memory[:] = self.memory
        return Kept(state_in(memory, self.rooms), memory, self.rooms)
