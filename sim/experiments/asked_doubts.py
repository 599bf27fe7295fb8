"""How sure an answer is, what it leans on, and how near it comes to what was published, each in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from sim.experiments.asked import DO_NOTHING, How, resolved, way_of
from sim.experiments.gaps import USUAL_REPLICATIONS, USUAL_SEEDS, Gaps, find_gaps
from sim.experiments.impact import Impacts, measure_impacts
from sim.experiments.question import People, Scenarios
from sim.experiments.replicate import Way
from sim.experiments.uncertainty import BELIEVED, USUAL_DRAWS, Uncertainty, explore
from sim.inputs.footprints import ENGLAND

REPLICATIONS = {"uncertainty": 3, "impact": 10}
SHIFT = "prevention_shift"


def ask_uncertainty(
    footprint: str,
    plan: Scenarios = (),
    *,
    against: Scenarios | None = None,
    draws: int = USUAL_DRAWS,
    every_draw: bool = False,
    **how: Unpack[How],
) -> Uncertainty:
    """What chance makes of an answer, and what not knowing the numbers makes of it: all ranges drawn from at once.

    against      a baseline; then the plan's change from it is told too
    draws        how often all ranges are drawn from
    every_draw   also draws in which the base year cannot close

    `found.leans("gap")` has the numbers that an answer leans on. Raises Faults with everything that is wrong.
    """
    plans = [plan] if against is None else [against, plan]
    asked = resolved(footprint, plans, how, REPLICATIONS["uncertainty"])
    keep = how.get("keep", True)
    return explore(asked, draws, way_of(how), believed=BELIEVED, closing=not every_draw, keep=keep)


def ask_impact(
    footprint: str = ENGLAND,
    plan: Scenarios = SHIFT,
    *,
    against: Scenarios = DO_NOTHING,
    numbers: Sequence[str] = (),
    **how: Unpack[How],
) -> Impacts:
    """What an answer leans on: each doubtful number moved alone to either end of its range.

    numbers   paths of only these; every number in doubt unless told

    Raises Faults with everything that is wrong.
    """
    before, after = resolved(footprint, [against, plan], how, REPLICATIONS["impact"])
    return measure_impacts(before, after, numbers, way_of(how), keep=how.get("keep", True))


def ask_gap(
    *,
    replications: int = USUAL_REPLICATIONS,
    seed: int = 1,
    seeds: int = USUAL_SEEDS,
    people: People = "typical",
    way: Way | None = None,
    keep: bool = True,
) -> Gaps:
    """The do-nothing gap of 2020/21 in all 44 footprints, each beside the one that it published.

    seeds   how many, from `seed` on; a place's gap is their mean

    Raises Faults with everything that is wrong.
    """
    return find_gaps(replications, seed, people, way, seeds=seeds, keep=keep)
