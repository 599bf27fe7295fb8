"""What an answer is sensitive to, in a sentence."""

from __future__ import annotations

from sim.experiments.sensitivity.answers import Bar, Sensitivity
from sim.experiments.told import plan_name
from sim.results.measures import Measure, measure_of
from sim.results.spoken import amount, unit

TOLD = ("delayed", "gap")
MOST = 3


def sensitivity_sentence(found: Sensitivity) -> str:
    """What moves each measure most by itself."""
    told = " ".join(_measure(found, series) for series in TOLD if series in found.ends)
    return f"{plan_name(found.plan)}. {told}"


def _measure(found: Sensitivity, series: str) -> str:
    measure = measure_of(series)
    bars = [_bar(each, measure) for each in found.tornado(series)[:MOST] if each.length]
    return f"{measure.label} ({unit(measure)}) moves most with {', '.join(bars) or 'nothing'}."


def _bar(each: Bar, measure: Measure) -> str:
    return f"{each.mover.name} ({amount(each.low.mean, measure)} to {amount(each.high.mean, measure)})"
