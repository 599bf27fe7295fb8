"""Random numbers and lengths of time for compiled code: the same bits as sim.randomness, one person at a time."""

from __future__ import annotations

import numpy as np

from sim.engines.compiling import called, inlined
from sim.engines.contract import FloatArray, IntArray
from sim.randomness.distributions import HALF, OCTAVES, PER_OCTAVE
from sim.randomness.philox import MASK, MULTIPLIERS, WEYL
from sim.randomness.streams import PURPOSE_BITS, STATION_PURPOSES, Purpose

COUNT_AND_DAY, TIME_AND_THIN = Purpose.COUNT // 2, Purpose.TIME // 2
PAIRS_A_STATION = STATION_PURPOSES // 2
STAY_AND_ROUTE = Purpose.STAY // 2
DELAY_AND_PATIENCE = Purpose.DELAY // 2
DEATH_AND_RESIDUAL = Purpose.DEATH // 2
MAY_MOVE_AND_READMISSION = Purpose.MAY_MOVE // 2
INTERVAL_AND_SPARE = Purpose.INTERVAL // 2
"""Two purposes share one Philox block; the first of each pair has the even number."""

_LEFT, _RIGHT = MULTIPLIERS
_WEYL_0, _WEYL_1 = WEYL
_ROUNDS = 10
_ONE, _HALF_A_STEP = 1023 << 52, 2.0**-53
_MANTISSA = (1 << 52) - 1
_IN_OCTAVE = float(PER_OCTAVE) * 2.0**-52
_EXPONENT = 1022 - OCTAVES
_UPPER = HALF + 1


@inlined
def head(stream: int, purposes: int) -> int:
    """The first word of a draw's address, for the purposes 2 x `purposes` and one above."""
    return (int(stream) << PURPOSE_BITS | int(purposes)) & MASK


@inlined
def pair(key: IntArray, first: int, block: int, index: int, address: int) -> tuple[float, float]:
    """Two uniform numbers that share a Philox block; `first` is what `head` says.

    Integers of 64 bits wrap where Python's grow; the masks make both the same.
    """
    c0, c1 = int(first) & MASK, int(block) & MASK
    c2, c3 = int(index) & MASK, int(address) & MASK
    k0, k1 = int(key[0]) & MASK, int(key[1]) & MASK
    for _ in range(_ROUNDS):
        left, right = c0 * _LEFT, c2 * _RIGHT
        c0, c1 = ((right >> 32) & MASK) ^ c1 ^ k0, right & MASK
        c2, c3 = ((left >> 32) & MASK) ^ c3 ^ k1, left & MASK
        k0, k1 = (k0 + _WEYL_0) & MASK, (k1 + _WEYL_1) & MASK
    return _unit(c0 << 20 | c1 >> 12), _unit(c2 << 20 | c3 >> 12)


@inlined
def _unit(bits: int) -> float:
    """(bits + 0.5) / 2 ** 52, without turning a whole number into a fraction: processors do that one by one."""
    return (np.int64(bits | _ONE).view(np.float64) - 1.0) + _HALF_A_STEP


@inlined
def pairs(
    key: IntArray, heads: IntArray, blocks: IntArray, indices: IntArray, firsts: FloatArray, seconds: FloatArray, n: int
) -> None:
    """The pairs of numbers of n people in their first spell. Side by side, several are drawn at once."""
    for i in range(n):
        firsts[i], seconds[i] = pair(key, heads[i], blocks[i], indices[i], 0)


@inlined
def length(
    nodes: FloatArray, separate: IntArray, reached: FloatArray, values: FloatArray, table: int, u: float
) -> float:
    """The length of time below which a share `u` of stays fall: QuantileTable.at, bit for bit.

    nodes      T by 2 x (HALF + 1)
    separate   T + 1: where each table's separate values begin in `reached` and `values`; no values, no entries
    """
    first, beyond = separate[table], separate[table + 1]
    if first < beyond:
        return separate_value(reached, values, first, beyond, u)
    return between_nodes(nodes, table, u)


@inlined
def between_nodes(nodes: FloatArray, table: int, u: float) -> float:
    """The same for a distribution without separate values."""
    side, position = _UPPER * int(u >= 0.5), min(u, 1.0 - u)
    bits = int(np.float64(position).view(np.int64))
    # frexp's fraction and exponent, read from the bits of the number
    place = (((bits >> 52) - _EXPONENT) * PER_OCTAVE) + float(bits & _MANTISSA) * _IN_OCTAVE
    node = min(int(place), HALF - 1)
    low, high = nodes[table, side + node], nodes[table, side + node + 1]
    return low + (high - low) * (place - node)


@called
def separate_value(reached: FloatArray, values: FloatArray, first: int, beyond: int, u: float) -> float:
    """The first of some separate values that a share `u` of people do not pass."""
    low, high = first, beyond
    while low < high:
        middle = (low + high) // 2
        if reached[middle] < u:
            low = middle + 1
        else:
            high = middle
    return values[min(low, beyond - 1)]
