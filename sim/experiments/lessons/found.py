"""What the network of a lesson brought: numbers and series by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Series:
    """Values along an axis, each of length n.

    x           where each value stands; counted from 0 where these are things side by side
    low, high   interval about each value; None where there is none
    names       what each value is about, where only the data know that
    """

    x: FloatArray
    y: FloatArray
    low: FloatArray | None = None
    high: FloatArray | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers and series of one setting of the sliders; nan is what has no meaning there."""

    numbers: Mapping[str, float]
    series: Mapping[str, Series]


def series(x: ArrayLike, y: ArrayLike, low: ArrayLike | None = None, high: ArrayLike | None = None) -> Series:
    """A series from anything that is like an array."""
    least, most = (None if each is None else np.asarray(each, dtype=np.float64) for each in (low, high))
    return Series(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64), least, most)
