"""Arrays as this room uses them: their types, numbers by age band in a row, and ratios that may have no base."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.inputs import AGE_BANDS

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def by_age(values: Mapping[str, float]) -> FloatArray:
    """Values by age band, (A,), in the order of AGE_BANDS."""
    return np.array([values[band] for band in AGE_BANDS])


def ratio(above: ArrayLike, below: ArrayLike, otherwise: float = 0.0) -> FloatArray:
    """One by the other, in the shape of both together; `otherwise` where what is below is not above 0."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=np.float64), below)
    return np.divide(above, below, out=np.full(above.shape, otherwise), where=below > 0)
