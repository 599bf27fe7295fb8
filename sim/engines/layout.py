"""Arrays in one piece of memory, so that all of them are copied at once and each person lies in one cache line."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Bytes = NDArray[np.uint8]

LINE = 64
"""Bytes of a cache line; every array begins on one."""


class Room(NamedTuple):
    """An array that is wanted: its shape, and the type of its elements."""

    shape: tuple[int, ...]
    dtype: DTypeLike

    @property
    def bytes(self) -> int:
        """Its size, up to the next cache line."""
        return -(-prod(self.shape) * np.dtype(self.dtype).itemsize // LINE) * LINE


def memory_for(rooms: Mapping[str, Room]) -> Bytes:
    """Zeros, as many as the arrays need, from the beginning of a cache line."""
    size = sum(room.bytes for room in rooms.values())
    memory = np.zeros(size + LINE, dtype=np.uint8)
    first = -memory.ctypes.data % LINE
    return memory[first : first + size]


def arrays_in(memory: Bytes, rooms: Mapping[str, Room]) -> dict[str, NDArray]:
    """The arrays one behind the other, by name."""
    found, begins = dict[str, NDArray](), 0
    for name, room in rooms.items():
        part = memory[begins : begins + prod(room.shape) * np.dtype(room.dtype).itemsize]
        found[name] = part.view(room.dtype).reshape(room.shape)
        begins += room.bytes
    return found
