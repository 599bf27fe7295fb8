"""The whole model: every part in an order that reads, from time to money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.dynamics.programmes import MONTH
from sim.experiments.question import Resolved
from sim.experiments.xmile.books import book_parts
from sim.experiments.xmile.clock import clock, steps_a_month
from sim.experiments.xmile.costs import cost_parts
from sim.experiments.xmile.demand import demand_parts
from sim.experiments.xmile.effects import effect_parts
from sim.experiments.xmile.given import given_parts
from sim.experiments.xmile.parts import Part
from sim.experiments.xmile.programmes import programme_parts
from sim.experiments.xmile.terms import term_parts
from sim.inputs import Fault, Parameters, raise_any
from sim.results.history import History
from sim.system import Place


@dataclass(frozen=True, slots=True)
class Model:
    """A system-dynamics model of so many months.

    steps   of Euler's method in a month
    """

    months: int
    steps: int
    parts: tuple[Part, ...]


def model_of(place: Place, history: History) -> Model:
    """The month-by-month model of a place; what the patient flow did is as in the run.

    Raises Faults where growth is given by year: its equations know constant rates alone.

    Programmes that the plan gives no money do nothing and are left out.
    """
    raise_any(list(_faults(place.parameters)))
    ids, mix = place.programmes.ids, place.ledger.terms.programme_mix
    paid = [position for position, name in enumerate(ids) if mix[name] > 0]
    building = place.programmes.delay.steps(MONTH)
    return Model(
        months=place.months,
        steps=steps_a_month(building),
        parts=(
            *clock(building),
            *given_parts(place, history),
            *demand_parts(place.demand, place.months),
            *programme_parts(place.programmes, paid, [mix[ids[position]] for position in paid]),
            *effect_parts(place.programmes, paid),
            *term_parts(place.ledger.terms),
            *cost_parts(place.ledger.costs),
            *book_parts(place.ledger),
        ),
    )


def _faults(parameters: Parameters) -> Iterator[Fault]:
    rule = "is given by year; the exported equations know constant rates alone, so leave by_year out"
    yield from (Fault("", 0, path, "this", rule) for path in parameters.paths() if parameters.yearly(path))
    changes = "changes in mid-run; the exported equations know constant values alone, so leave phases out"
    yield from (Fault("", 0, path, "this", changes) for path in parameters.paths() if parameters.later(path))


def caption(resolved: Resolved) -> str:
    """What somebody who opens the file should know first."""
    asked = resolved.question
    plan = " + ".join(asked.scenarios) or "the base projection"
    changes = "".join(f", {path} = {value}" for path, value in asked.changes.items())
    return (
        f"Demand, programmes and money of {resolved.footprint.name}, {asked.years} years from 1 April "
        f"{resolved.first_year}, under {plan}{changes}. Series marked as given (place-days, admissions to beds, unmet "
        "need, places not delivered, capital) are what the patient flow and the plan for places did in one run, seed "
        f"{asked.seed}: they close the model and do not react. Use Euler's method and the time step as set; read "
        "stocks at whole months."
    )
