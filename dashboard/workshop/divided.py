"""A team's change at the end of a round, divided among demand, flow and money; or why there is nothing to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sim.experiments.attribute import Attribution
from sim.results.statistics import Paired


class Undivided(Enum):
    """Why a team's change is not divided. A team of which nothing is said at all is still to be worked out.

    UNCHANGED   its plan is that of doing nothing
    FAILED      it was tried and something went wrong
    """

    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Divided:
    """The change of the last year against doing nothing, in each series' own unit.

    whole   by series: all of it
    parts   by series and family: what each brings, adding up to the whole; a family the plan has nothing of is missing
    """

    whole: Mapping[str, Paired]
    parts: Mapping[str, Mapping[str, Paired]]


Split = Divided | Undivided


def divided(found: Attribution | None) -> Split:
    """What is kept and shown of an attribution; None stands for a plan that changes nothing."""
    if found is None:
        return Undivided.UNCHANGED
    parts = {
        series: {each.name: found.part(place, series) for place, each in enumerate(found.players)}
        for series in found.shares
    }
    return Divided({series: found.whole(series) for series in found.shares}, parts)
