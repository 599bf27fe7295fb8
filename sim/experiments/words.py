"""A run, a comparison and a network in a sentence: what is asked first of each."""

from __future__ import annotations

from math import isnan

from sim.experiments.compare import Comparison
from sim.experiments.network_run import NetworkAnswer
from sim.experiments.question import Resolved
from sim.experiments.run import Answer
from sim.experiments.told import plan_name
from sim.results.dates import financial_year
from sim.results.measures import Measure, measure_of
from sim.results.spoken import amount, counted, number, span, with_unit

TOLD = ("occupancy:acute", "delayed", "gap")
"""Series that a sentence is made of."""


def answer_sentence(found: Answer) -> str:
    """The final year of a run."""
    told = []
    for series in (each for each in TOLD if each in found.series):
        measure, mean = measure_of(series), found.in_year(series)
        told.append(f"{_small(measure.label)} {with_unit(mean.mean, measure)} ({span(mean, measure)})")
    return f"{_who(found.resolved)}: {'; '.join(told)}."


def comparison_sentence(found: Comparison) -> str:
    """What changes in the final year, and when it has paid for itself."""
    told = []
    for series in (each for each in TOLD if each in found.before.series):
        change = found.change(series)
        difference, measure = change.difference, change.measure
        moved = f"{_apart(difference.mean, measure)} ({span(difference, measure)})"
        told.append(f"{_small(measure.label)} {moved}, {difference.verdict}")
    plan, before = found.after.resolved, plan_name(found.before.resolved)
    paid = found.headline().break_even.words
    return f"{_who(plan)}, against {before}: {'; '.join(told)}. Breaks even: {paid}."


def network_sentence(found: NetworkAnswer) -> str:
    """The fullest station, and how many people there are."""
    limited = [each for each in found.stations if not isnan(each.measures["utilisation"].mean)]
    inside = found.system["inside"]
    told = f"{found.network}: {number(inside.mean, 1)} people inside on average"
    if not limited:
        return f"{told}; no station is limited."
    fullest = max(limited, key=lambda each: each.measures["utilisation"].mean)
    used, waiting = fullest.measures["utilisation"].mean, fullest.measures["waiting"].mean
    return f"{told}; fullest is {fullest.name}, {number(100 * used, 1)} % in use, {number(waiting, 1)} waiting."


def _apart(difference: float, measure: Measure) -> str:
    """A difference with its unit: of shares it is in points."""
    if measure.unit == "share":
        return f"{amount(difference, measure)} points"
    return with_unit(difference, measure)


def _who(asked: Resolved) -> str:
    year = financial_year(asked.question.years - 1, asked.first_year)
    runs = counted(asked.question.replications, "replication")
    return f"{asked.footprint.name}, {plan_name(asked)}, {year}, {runs}"


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
