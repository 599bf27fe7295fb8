"""How sure an answer is, what it leans on, and how near it comes to published gaps: each in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.gaps import Gaps, agreement
from sim.experiments.impact import Impacts, ranked, shown_in
from sim.experiments.impact.ranking import shifts
from sim.experiments.told import plan_name
from sim.experiments.uncertainty import Uncertainty
from sim.results.dates import financial_year
from sim.results.ignorance import Band
from sim.results.measures import measure_of
from sim.results.spoken import amount, counted, number, pounds, with_unit

TOLD = ("delayed", "gap")
MOST = 3


def uncertainty_sentence(found: Uncertainty) -> str:
    """Where nine futures in ten lie in the final year; with a baseline, of the change from it."""
    plan, baseline = found.plans[-1], found.plans[0]
    change = len(found.plans) > 1
    year = financial_year(plan.question.years - 1, plan.first_year)
    who = f"{plan.footprint.name}, {plan_name(plan)}, {year}, {counted(found.draws, 'draw')}"
    who += f", against {plan_name(baseline)}" if change else ""
    told = "; ".join(_sure(found, series, change=change) for series in TOLD if series in found.values)
    return f"{who}: {told}."


def _sure(found: Uncertainty, series: str, *, change: bool) -> str:
    measure, split = measure_of(series), found.split(series, change=change)
    ignorance = number(100 * split.share_of_ignorance, 0)
    told = (
        f"{_small(measure.label)} {with_unit(found.believed(series, change=change), measure)} as believed, nine "
        f"futures in ten {_band(split.together, series)}, {ignorance} % of the variance from not knowing the numbers"
    )
    return told + (f", better in {number(100 * found.better(series), 0)} % of draws" if change else "")


def _band(band: Band, series: str) -> str:
    measure = measure_of(series)
    return f"{amount(band.low, measure)} to {amount(band.high, measure)}"


def impacts_sentence(found: Impacts) -> str:
    """What the baseline leans on, and what the plan's effect does."""
    made, numbers = found.made, counted(len(found.numbers), "number")
    told = [
        _leans(found, series, effect=effect) for effect in (False, True) for series in TOLD if series in found.effect
    ]
    return f"{made.footprint}, {made.scenario} against {made.against}, {numbers} moved alone: {'; '.join(told)}."


def _leans(found: Impacts, series: str, *, effect: bool) -> str:
    what = f"{'the effect on ' if effect else ''}{_small(measure_of(series).label)}"
    names = ranked(found, series, effect=effect)[:MOST]
    if not names:
        return f"{what} is not seen to lean on any"
    moved = ", ".join(f"{name} ({_reach(found, name, series, effect=effect)})" for name in names)
    return f"{what} leans most on {moved}, {shown_in(series)[0]}"


def _reach(found: Impacts, name: str, series: str, *, effect: bool) -> str:
    """The changes at the ends of a number's range."""
    _, scale, digits = shown_in(series)
    ends = [shift.mean * scale for shift in shifts(found, name, series, effect=effect)]
    return " to ".join(number(each, digits) for each in ends)


def gaps_sentence(found: Gaps) -> str:
    """How near the model comes to published gaps, and to their order."""
    near = agreement(found.places)
    ranks = " to ".join(number(each, 2) for each in (near.ranks.low, near.ranks.high))
    return (
        f"Do-nothing gap of {_places(found.places)} in 2020/21, {counted(len(found.by_seed), 'seed')}: median "
        f"{pounds(near.model)} a head, and {pounds(near.published)} as published by {near.places}; rank correlation "
        f"{number(near.ranks.mean, 2)} ({ranks}), median error {pounds(near.error)} a head."
    )


def _places(places: Sequence[object]) -> str:
    return counted(len(places), "footprint")


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
