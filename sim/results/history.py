"""One replication of a whole place: series by month, named measure and part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class History:
    """Monthly series of one replication.

    series   by "measure" or "measure:part" (a station, organisation, programme or stream); shape (months,);
             units are in the catalogue of measures
    """

    months: int
    series: Mapping[str, FloatArray]

    def __getitem__(self, name: str) -> FloatArray:
        return self.series[name]

    def table(self) -> pl.DataFrame:
        """Long table: month (0 = the first), measure, part, value."""
        return pl.concat(list(self._frames()))

    def wide(self) -> pl.DataFrame:
        """Wide table: a column for each series, a row for each month; `from_wide` reads it back."""
        return pl.DataFrame({name: np.asarray(values, dtype=np.float64) for name, values in self.series.items()})

    @classmethod
    def from_wide(cls, table: pl.DataFrame) -> History:
        """The history that `wide` wrote, number for number."""
        return cls(table.height, {column.name: column.to_numpy() for column in table.iter_columns()})

    def _frames(self) -> Iterator[pl.DataFrame]:
        month = np.arange(self.months, dtype=np.int32)
        for name, values in self.series.items():
            measure, _, part = name.partition(":")
            yield pl.DataFrame({"month": month, "measure": measure, "part": part, "value": values})
