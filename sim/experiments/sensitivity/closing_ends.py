"""Ends of ranges at which the base year would not be what is known of it: a hospital that there never was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.experiments.closing import TypicalYear
from sim.experiments.impact import ENDS, End
from sim.experiments.sensitivity.movers import Mover
from sim.inputs import Faults, Parameters


def open_ends(movers: Sequence[Mover], base: Parameters) -> frozenset[tuple[str, End]]:
    """Numbers and the end at which they alone would fill, or empty, places of the base year.

    Levers move what comes after the base year, so none of them is here.
    """
    year = TypicalYear.prepare(base)
    return frozenset(_open(movers, base, year))


def _open(movers: Sequence[Mover], base: Parameters, year: TypicalYear) -> Iterator[tuple[str, End]]:
    for mover in (each for each in movers if each.kind == "number"):
        for place, end in enumerate(ENDS):
            try:
                use = year.use_of(base.with_changes(mover.changes(float(place))))
            except (Faults, ValueError):
                continue  # an impossible place is for the run to find and to say
            if year.unlike(use):
                yield mover.name, end
