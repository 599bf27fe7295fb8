"""What long questions refuse alike: too few replications, plans about other people, a measure with no most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.experiments.question import Resolved
from sim.inputs import Fault, nearest
from sim.results.measures import CATALOGUE, measure_of

LEAST_REPLICATIONS = 2


def too_few(replications: int, name: str = "replications") -> list[Fault]:
    """What is wrong with so many replications: one says nothing about chance."""
    rule = f"must be {LEAST_REPLICATIONS} or more, or chance cannot be told"
    return [] if replications >= LEAST_REPLICATIONS else [Fault("", 0, name, str(replications), rule)]


def not_alike(first: Resolved, others: Sequence[Resolved], of: str) -> Iterator[Fault]:
    """Plans that cannot be paired with the first: about other people, years or chances.

    of   what the first is called
    """
    for plan in others:
        for name in ("years", "replications", "seed"):
            was, now = getattr(first.question, name), getattr(plan.question, name)
            if was != now:
                yield Fault("", 0, name, str(now), f"is {was} in {of}")
        if plan.footprint != first.footprint or plan.people != first.people:
            yield Fault("", 0, "plan", "the people simulated", f"are others than {of}'s, so there are no pairs")


def series_faults(name: str, series: str) -> Iterator[Fault]:
    """A series of which there is a most to keep to must be a measure that is better when lower."""
    try:
        better = measure_of(series).better
    except KeyError:
        yield Fault("", 0, name, f'series "{series}"', "is not a measure", nearest(series, CATALOGUE))
        return
    if better != "lower":
        yield Fault("", 0, name, f'series "{series}"', "is not better when lower, so there is no most to keep to")
