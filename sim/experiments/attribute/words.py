"""What a plan changes, and what of it comes from where, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sim.experiments.attribute.measure import Attribution
from sim.experiments.attribute.players import Player
from sim.experiments.told import plan_name
from sim.results.dates import financial_year
from sim.results.measures import Measure, measure_of
from sim.results.spoken import amount, unit
from sim.results.statistics import Paired

TOLD = ("delayed", "gap")
NOT_SEEN = "no detectable difference"
OF_POINTS = {"share": "percentage points"}
"""A difference of shares is in points, not in percent."""


def attribution_sentence(found: Attribution) -> str:
    """The final year of the measures that are told."""
    told = " ".join(sentence(found, series) for series in TOLD if series in found.shares)
    return f"{plan_name(found.plan)} against {plan_name(found.baseline)}. {told}"


def sentence(found: Attribution, series: str, year: int = -1) -> str:
    """What a plan changes, and what of it comes from where, in plain words."""
    measure, whole = measure_of(series), found.whole(series, year)
    label = f"{measure.label}, {financial_year(year % found.baseline.question.years, found.baseline.first_year)}"
    told = [(_name(each, found), found.part(place, series, year)) for place, each in enumerate(found.players)]
    seen = [(name, part) for name, part in told if _is_seen(part) and _shows(part, measure)]
    if not _is_seen(whole):
        return f"{label}: no change that can be told from chance.{_hidden(seen, measure)}"
    clauses = [f"{label}: {_moved(whole, measure)}."]
    for opening, sign in (("Of that", 1), ("The other way", -1)):
        of_that = [f"{_size(part, measure)} from {name}" for name, part in seen if sign * part.mean * whole.mean > 0]
        clauses += [f"{opening}: {_listed(of_that)}."] if of_that else []
    for verdict, opening in (("no difference", "Nothing"), (NOT_SEEN, "Nothing that can be told from chance")):
        names = [name for name, part in told if part.verdict == verdict]
        clauses += [f"{opening}: {_listed(names)}."] if names else []
    return " ".join(clauses)


def _shows(part: Paired, measure: Measure) -> bool:
    """Whether anything is left of it in the decimals shown."""
    return amount(part.mean, measure) != amount(0.0, measure)


def _name(player: Player, found: Attribution) -> str:
    return player.label if found.by == "family" else f'"{player.label}"'


def _hidden(seen: Sequence[tuple[str, Paired]], measure: Measure) -> str:
    """Parts that show, where the whole does not."""
    told = [f"{name}: {_moved(part, measure)}" for name, part in seen]
    return f" But {_listed(told)}." if told else ""


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _moved(part: Paired, measure: Measure) -> str:
    """Which way, how much, and how sure: "lower by 77.0 beds (70.1 to 83.9)"."""
    number, space, bounds = _size(part, measure).partition(" ")
    before, after = {"gbp": ("£", "m"), "gbp a head": ("£", " a head")}.get(
        measure.unit, ("", f" {unit_of_change(measure)}")
    )
    return f"{'higher' if part.mean > 0 else 'lower'} by {before}{number}{after}{space}{bounds}"


def _size(part: Paired, measure: Measure) -> str:
    """How much, whichever way, with its interval in that way: a bound below 0 is on the other side of no change."""
    sign = -1 if part.mean < 0 else 1
    ends = sorted((sign * part.low, sign * part.high))
    bounds = "" if isnan(part.low) else f" ({amount(ends[0], measure)} to {amount(ends[1], measure)})"
    return f"{amount(abs(part.mean), measure)}{bounds}"


def _is_seen(part: Paired) -> bool:
    return part.mean != 0 and part.verdict != NOT_SEEN


def unit_of_change(measure: Measure) -> str:
    """The unit of a difference."""
    return OF_POINTS.get(measure.unit, unit(measure))
