"""Where those who come next are worked out in compiled code."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.engines.arrays import SmallArray
from sim.engines.contract import FloatArray, IntArray
from sim.engines.records import COMING_COLUMNS


class Crowd(NamedTuple):
    """Where those who come next are worked out; it holds nothing from one batch to the next. For room of R people.

    door, layer, unit   R: the layers in question, unit by unit
    lots, most, height   R: the number that says how many a layer has; the rate relative to the usual peak, at its
                         highest and without what changes within a unit
    layer_of   R: of each person of a layer, which one
    heads, blocks, indices   R: addresses of draws
    first, second   R: pairs of numbers drawn
    times, who   R: those who come, in no order; columns as in State.coming
    rows, place   R, R + 1: who is next in order; how many come before each part of the time
    """

    door: SmallArray
    layer: SmallArray
    unit: IntArray
    lots: FloatArray
    most: FloatArray
    height: FloatArray
    layer_of: SmallArray
    heads: IntArray
    blocks: IntArray
    indices: IntArray
    first: FloatArray
    second: FloatArray
    times: FloatArray
    who: SmallArray
    rows: SmallArray
    place: IntArray


def crowd_for(room: int) -> Crowd:
    """Room for so many people."""
    arrays: dict[str, Any] = {
        **{name: np.empty(room, dtype=np.int32) for name in ("door", "layer", "layer_of", "rows")},
        **{name: np.empty(room, dtype=np.int64) for name in ("unit", "heads", "blocks", "indices")},
        **{name: np.empty(room) for name in ("lots", "most", "height", "first", "second", "times")},
        "who": np.empty((room, COMING_COLUMNS), dtype=np.int32),
        "place": np.empty(room + 1, dtype=np.int64),
    }
    return Crowd(**arrays)
