"""Made-up replications, so that what is gathered from them can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from sim.results.history import History

Make = Callable[[Mapping[str, Sequence[Sequence[float]]]], list[History]]


@pytest.fixture
def replications() -> Make:
    """Histories from series by name, each a list of replications, each a list of years; every month alike."""

    def make(series: Mapping[str, Sequence[Sequence[float]]]) -> list[History]:
        count = len(next(iter(series.values())))
        return [_history({name: each[number] for name, each in series.items()}) for number in range(count)]

    return make


def _history(years: Mapping[str, Sequence[float]]) -> History:
    months = {name: np.repeat(np.array(values, dtype=float), 12) for name, values in years.items()}
    return History(len(next(iter(months.values()))), months)
