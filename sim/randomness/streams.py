"""Who owns which random number.

A draw is a pure function of (seed, replication, stream, block, index, spell, purpose). A stream is one group of
people at one door; a block is one whole time unit of its envelope; index is the person's number within the
block. The same person therefore has the same numbers in every scenario, in either engine, on any number of threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.randomness.philox import MASK, philox, philox_many

FloatArray = NDArray[np.float64]

STATION_PURPOSES = 8
"""Purposes from here on belong to a station: stay, route, delay and so on, eight apart."""

PURPOSE_BITS = 14
MOST_STATIONS = 2**PURPOSE_BITS * 2 // STATION_PURPOSES - 1
"""Beyond it two draws would share an address: each address serves two purposes."""

MOST_STREAMS = 2 ** (32 - PURPOSE_BITS)
"""What is left of a word of 32 bits for the stream."""


class Purpose(IntEnum):
    """What a number is used for. Those from STAY on are counted from the station's own base.

    Two purposes share a Philox block, an even one and the next: best two that are wanted together.
    """

    COUNT = 0
    DAY = 1
    TIME = 2
    THIN = 3
    MAY_MOVE = 4
    READMISSION = 5
    INTERVAL = 6
    SPARE = 7
    STAY = 8
    ROUTE = 9
    DELAY = 10
    PATIENCE = 11
    DEATH = 12
    RESIDUAL = 13


def at_station(purpose: Purpose, station: int) -> int:
    """The purpose number of something that happens at the station with this index."""
    return purpose + STATION_PURPOSES * station


@dataclass(frozen=True, slots=True)
class Streams:
    """All the random numbers of one replication.

    seed and replication make the key; both from 0 to 2**32 - 1.
    """

    seed: int
    replication: int

    def __post_init__(self) -> None:
        for name in ("seed", "replication"):
            if not 0 <= getattr(self, name) <= MASK:
                raise ValueError(f"{name} is {getattr(self, name)}; it must lie between 0 and {MASK}.")

    def one(self, stream: int, block: int, index: int, spell: int, purpose: int) -> float:
        """One uniform number, strictly between 0 and 1."""
        return uniform(self.seed, self.replication, stream, block, index, spell, purpose)

    def many(
        self, stream: int, blocks: NDArray[np.int64], indices: NDArray[np.int64], spell: int, *purposes: int
    ) -> FloatArray:
        """Uniform numbers for many people of one stream, shape (purposes, n); each equals `one` of its address."""
        pairs = list(dict.fromkeys(purpose >> 1 for purpose in purposes))
        n = len(blocks)
        words = philox_many(
            (
                np.repeat(np.array([_address(stream, 2 * pair) for pair in pairs], dtype=np.uint64), n),
                np.tile((blocks & MASK).astype(np.uint64), len(pairs)),
                np.tile(indices.astype(np.uint64), len(pairs)),
                np.full(n * len(pairs), spell, dtype=np.uint64),
            ),
            (self.seed, self.replication),
        )
        halves = _unit((words[::2] << np.uint64(32)) | words[1::2]).reshape(2, len(pairs), n)
        return np.stack([halves[purpose & 1, pairs.index(purpose >> 1)] for purpose in purposes])


def uniform(seed: int, replication: int, stream: int, block: int, index: int, spell: int, purpose: int) -> float:
    """One uniform number, strictly between 0 and 1, with 52 random bits.

    Two purposes share one Philox block of four words: the even one takes the first pair, the odd one the second.
    """
    words = philox((_address(stream, purpose), block & MASK, index, spell), (seed, replication))
    first = 2 * (purpose & 1)
    return (((words[first] << 32 | words[first + 1]) >> 12) + 0.5) * 2.0**-52


def _unit(bits: NDArray[np.uint64]) -> FloatArray:
    shifted: FloatArray = (bits >> np.uint64(12)).astype(np.float64)
    return (shifted + 0.5) * 2.0**-52


def _address(stream: int, purpose: int) -> int:
    return (stream << PURPOSE_BITS | purpose >> 1) & MASK
