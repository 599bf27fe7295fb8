"""Philox4x32-10: a counter-based generator, so a draw is a function of its address and nothing else.

Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11. The
multipliers and Weyl constants are theirs; the known answers in the tests are those of their Random123 library.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ROUNDS = 10
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
MASK = 0xFFFFFFFF

Words = NDArray[np.uint64]
Block = tuple[int, int, int, int]


def philox(counter: Block, key: tuple[int, int]) -> Block:
    """Four random 32-bit words for one counter of four words and a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        left, right = c0 * MULTIPLIERS[0], c2 * MULTIPLIERS[1]
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & MASK, (left >> 32) ^ c3 ^ k1, left & MASK
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return c0, c1, c2, c3


def philox_many(counters: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> Words:
    """The same for many counters at once: four arrays of shape (n,) in, words of shape (4, n) out."""
    c0, c1, c2, c3 = counters
    mask, half = np.uint64(MASK), np.uint64(32)
    k0, k1 = key
    for _ in range(ROUNDS):
        left, right = c0 * np.uint64(MULTIPLIERS[0]), c2 * np.uint64(MULTIPLIERS[1])
        c0, c1 = (right >> half) ^ c1 ^ np.uint64(k0), right & mask
        c2, c3 = (left >> half) ^ c3 ^ np.uint64(k1), left & mask
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return np.stack([c0, c1, c2, c3])
