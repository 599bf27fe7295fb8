"""A batch in a sentence: how far it came, and in how many places each plan is better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sim.experiments.batch.results import PlaceResults, places_of
from sim.experiments.batch.run import Ran
from sim.results.measures import KEY_SERIES, measure_of
from sim.results.spoken import counted

TOLD = ("gap", "delayed")


def batch_sentence(found: Ran) -> str:
    """How much is finished, and the verdicts on the first series that is told and kept."""
    plan, told = found.batch.plan, f"{len(found.files)} of {counted(len(found.batch), 'task')} finished"
    if found.failures:
        told += f", {len(found.failures)} failed"
    others = [each for each in plan.plans if each != plan.against]
    series = next((each for each in (*TOLD, *KEY_SERIES) if each in plan.series), None)
    if series is None or not others or not found.files:
        return f"{plan.title}: {told}."
    places = list(places_of(found))
    verdicts = "; ".join(f"{each}: {_verdicts(places, each, series)}" for each in others)
    label = measure_of(series).label
    return f"{plan.title}: {told}. {label} in the final year against {plan.against}, by place: {verdicts}."


def _verdicts(places: Sequence[PlaceResults], plan: str, series: str) -> str:
    found = Counter(str(each.change(plan, series).verdict) for each in places)
    return ", ".join(f"{count} {verdict}" for verdict, count in found.most_common())
