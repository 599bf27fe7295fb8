"""One doubtful number at a time, to either end of its range.

Moved alone, a rate, a stay or a route may ask for far more hospital beds in the base year than were in use, or far
fewer. What such a place does is the doing of a hospital that there never was. So where the base year does not close,
the number is moved a second time, together with as many places as keep their use as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sim.experiments.closing import PLACES_OF, TypicalYear
from sim.experiments.doubts import Doubt
from sim.inputs import Faults, Parameters

End = Literal["low", "high"]
ENDS: tuple[End, End] = ("low", "high")


@dataclass(frozen=True, slots=True)
class Move:
    """One number at one end of its range.

    values     of the number: one, or by key
    unlike     kinds of place whose use in the base year would not be what is known of it
    factors    what numbers of places are multiplied by so that it is, by parameter; empty where they stay
    """

    number: str
    end: End
    values: float | Mapping[str, float]
    unlike: tuple[str, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)

    def apply(self, parameters: Parameters) -> Parameters:
        """The parameters with this move made. Raises Faults when a unit does not allow it."""
        places = {path: parameters.value(path) * factor for path, factor in self.factors.items()}
        return parameters.with_changes({**places, self.number: self.values})


def moves(found: Sequence[Doubt], base: Parameters) -> Iterator[Move]:
    """Every doubt at its low and at its high end; twice where the base year closes only with other places."""
    year = TypicalYear.prepare(base)
    for doubt in found:
        for end in ENDS:
            yield from _at(doubt, end, base, year)


def _at(doubt: Doubt, end: End, base: Parameters, year: TypicalYear) -> Iterator[Move]:
    at = {key: span[0] if end == "low" else span[2] for key, span in doubt.spans.items()}
    values = at.get("", at)
    try:
        use = year.use_of(base.with_changes({doubt.name: values}))
    except (Faults, ValueError):
        # an impossible place is for the run to find and to count
        yield Move(doubt.name, end, values)
        return
    unlike = year.unlike(use)
    yield Move(doubt.name, end, values, unlike)
    factors = {PLACES_OF[kind]: use[kind] / year.use[kind] for kind in unlike}
    if factors and doubt.name not in PLACES_OF.values():
        yield Move(doubt.name, end, values, unlike, factors)
