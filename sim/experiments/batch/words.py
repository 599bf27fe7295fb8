"""A batch in a sentence: how far it came, and in how many places each plan is better."""

from __future__ import annotations

from collections import Counter

from sim.experiments.batch.results import places_of
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
    verdicts = {each: Counter[str]() for each in others}
    for place in places_of(found):
        for each, counts in verdicts.items():
            counts[str(place.change(each, series).verdict)] += 1
    in_places = "; ".join(f"{each}: {_told(counts)}" for each, counts in verdicts.items())
    label = measure_of(series).label
    return f"{plan.title}: {told}. {label} in the final year against {plan.against}, by place: {in_places}."


def _told(verdicts: Counter[str]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
