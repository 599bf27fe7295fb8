"""Draws in which the base year closes: the use of places in 2015/16 is known far better than its causes.

Rates, stays and routes drawn freely would fill the hospitals of most draws on the first day, and that is known not
to have been so. So places are drawn last, from the part of their range in which no more is asked for than there is,
and hospital beds are as full as they were. A draw that leaves no such part is set aside, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.doubts import Doubt, drawn, hypercube, pert_share
from sim.inputs import STATIONS, Faults, Parameters, find_footprint
from sim.inputs.footprints import ENGLAND
from sim.network import expected_load
from sim.network.footprint import build_footprint

FloatArray = NDArray[np.float64]

PLACES_OF: Mapping[str, str] = {kind: f"capacity.{'acute_beds' if kind == 'acute' else kind}" for kind in STATIONS}
"""The parameter that says how many places of a kind there are."""

TARGET = "target.acute_occupancy"
NOTHING_LEFT = 1e-3
"""Part of a range, by its chance, below which nothing is left of it."""

ROUNDING = 1e-9
"""What sums in another order may add to a use that is as believed."""

MOST_BATCHES = 40
"""Hypercubes tried before there are judged to be too few draws."""


@dataclass(frozen=True, slots=True)
class TypicalYear:
    """The base year of England's typical locality, as believed.

    people   of that locality, by age band
    use      expected use of each kind of place, as a share of the places; delays for want of a place left out
    """

    parameters: Parameters
    people: Mapping[str, float]
    use: Mapping[str, float]

    @classmethod
    def prepare(cls, parameters: Parameters) -> TypicalYear:
        """The base year of these parameters."""
        england = find_footprint(ENGLAND)
        part = parameters.value("capacity.locality_people") / england.total
        people = {band: number * part for band, number in england.people.items()}
        return cls(parameters, people, _use(parameters, people))

    def close(self, found: Sequence[Doubt], quantiles: FloatArray) -> FloatArray | None:
        """One draw with its places moved to where the base year closes; None when there is no such place.

        quantiles   one for each doubt, those of places taken as quantiles of what is left of their range
        """
        at = {doubt.name: place for place, doubt in enumerate(found)}
        believed = quantiles.copy()
        try:
            use = _use(drawn(self.parameters, *self._without_places(found, quantiles)), self.people)
        except (Faults, ValueError):
            # an impossible place is for the run to find and to count
            return believed
        for kind, name in PLACES_OF.items():
            if name in at:
                low, high = self._left(found[at[name]], kind, use[kind])
                if high - low < NOTHING_LEFT:
                    return None
                believed[at[name]] = low + quantiles[at[name]] * (high - low)
        return believed

    def use_of(self, parameters: Parameters) -> dict[str, float]:
        """Expected use of each kind of place under other parameters. Raises Faults or ValueError when impossible."""
        return _use(parameters, self.people)

    def unlike(self, use: Mapping[str, float]) -> tuple[str, ...]:
        """Kinds of place that cannot have been used like this in the base year."""
        return tuple(
            kind for kind in self.use
            if not (allowed := self._allowed(kind))[0] <= use[kind] <= allowed[1] * (1 + ROUNDING)
        )  # fmt: skip

    def _left(self, doubt: Doubt, kind: str, use: float) -> tuple[float, float]:
        """From which to which quantile of its range a number of places closes the base year.

        use   of as many places as are believed
        """
        least, most = self._allowed(kind)
        used = doubt.spans[""][1] * use
        highest = pert_share(used / least, *doubt.spans[""]) if least else 1.0
        return pert_share(used / most, *doubt.spans[""]), highest

    def _allowed(self, kind: str) -> tuple[float, float]:
        """Use of places that may have been: hospital beds within the published range, others not overfull."""
        believed = self.use[kind]
        if kind != "acute":
            return 0.0, max(1.0, believed)
        low, high = self.parameters.range(TARGET)
        published = self.parameters.value(TARGET)
        return believed + low - published, believed + high - published

    def _without_places(self, found: Sequence[Doubt], quantiles: FloatArray) -> tuple[list[Doubt], FloatArray]:
        places = frozenset(PLACES_OF.values())
        others = [index for index, doubt in enumerate(found) if doubt.name not in places]
        return [found[index] for index in others], quantiles[others]


def draws_that_close(
    parameters: Parameters, found: Sequence[Doubt], draws: int, seed: int, tell: Callable[[int], None]
) -> tuple[FloatArray, int]:
    """Draws in which the base year closes, shape (draws, doubts), and how many were set aside on the way.

    tell   is told how many were found so far

    Draws come from one Latin hypercube after another. Fewer than asked for come back when hardly any closes.
    """
    base, kept, aside = TypicalYear.prepare(parameters), list[FloatArray](), 0
    for batch in range(MOST_BATCHES):
        for row in hypercube(draws, len(found), seed, batch):
            closing = base.close(found, row)
            if closing is None:
                aside += 1
                continue
            kept.append(closing)
            tell(len(kept))
            if len(kept) == draws:
                return np.stack(kept), aside
    return np.array(kept).reshape(len(kept), len(found)), aside


def _use(parameters: Parameters, people: Mapping[str, float]) -> dict[str, float]:
    network = build_footprint(parameters, people, 1, ENGLAND)
    load = expected_load(network).load.sum(axis=0)
    return {station.kind: float(load[i]) / station.places[0][1] for i, station in enumerate(network.stations)}
