"""People: who they are, and the random numbers they own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.randomness.streams import Purpose, Streams, at_station

LAYERS = 64
"""Streams of one group: envelope layers from 0 up, and the last for the people already inside at the start."""
INSIDE = LAYERS - 1

_AT_DOOR = (Purpose.STAY, Purpose.ROUTE, Purpose.DELAY, Purpose.PATIENCE, Purpose.DEATH)
_ONCE = (Purpose.MAY_MOVE, Purpose.READMISSION, Purpose.INTERVAL)


class Person:
    """One person, known by stream, block and index; a later spell of the same person has new numbers.

    rounds   how often they have moved back to an earlier station: who comes round again draws again
    """

    __slots__ = ("block", "group", "index", "known", "number", "origin", "rounds", "spell", "stream", "streams")

    def __init__(self, streams: Streams, group: int, stream: int, block: int, index: int, spell: int = 0) -> None:
        self.streams = streams
        self.group = group
        self.stream = stream
        self.block = block
        self.index = index
        self.spell = spell
        self.rounds = 0
        self.number = stream << 40 | (block & 0xFFFFFF) << 16 | index
        self.origin = -1
        self.known: Sequence[float] = ()

    def once(self, purpose: Purpose) -> float:
        """A number drawn once for the whole spell."""
        if self.known:
            return self.known[len(_AT_DOOR) + purpose - Purpose.MAY_MOVE]
        return self.streams.one(self.stream, self.block, self.index, self.spell, purpose)

    def at(self, station: int, purpose: Purpose) -> float:
        """A number that belongs to the person's time at one station."""
        if station == self.origin and self.rounds == 0:
            return self.known[purpose - Purpose.STAY]
        spell = self.spell | self.rounds << 16
        return self.streams.one(self.stream, self.block, self.index, spell, at_station(purpose, station))

    def again(self, group: int) -> Person:
        """The same person in the next spell, as a member of the group they come back as."""
        return Person(self.streams, group, self.stream, self.block, self.index, self.spell + 1)


def people_at_door(
    streams: Streams, group: int, stream: int, station: int, blocks: NDArray[np.int64], indices: NDArray[np.int64]
) -> list[Person]:
    """Persons of one stream, with the numbers they will need at their first station drawn together.

    Only a matter of speed: each number equals the one drawn by its address.
    """
    purposes = [at_station(purpose, station) for purpose in _AT_DOOR] + list(_ONCE)
    drawn = streams.many(stream, blocks, indices, 0, *purposes).T
    people = []
    for block, index, known in zip(blocks.tolist(), indices.tolist(), drawn.tolist(), strict=True):
        person = Person(streams, group, stream, block, index)
        person.origin, person.known = station, known
        people.append(person)
    return people
