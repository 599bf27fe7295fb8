"""Budgets, prices and the shift in equations: functions of time alone (the equations of `sim.dynamics.policy`)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.dynamics.policy import Terms
from sim.experiments.xmile.parts import POUNDS_A_YEAR, PURE, SHARE_A_YEAR, YEARS, Part, auxiliary, constant
from sim.inputs import BUDGET_HOLDERS


def term_parts(terms: Terms) -> Iterator[Part]:
    """Everything that money follows before anybody comes."""
    for name in BUDGET_HOLDERS:
        says = f"Budget of {_words(name)} in the base year."
        yield constant(f"budget_{name}", terms.budget[name], POUNDS_A_YEAR, says)
        growth = f"Growth of {_words(name)}'s budget."
        yield constant(f"budget_growth_{name}", terms.growth[name].rate, SHARE_A_YEAR, growth)
        pressure = f"Growth of real unit costs of {_words(name)}."
        yield constant(f"cost_pressure_{name}", terms.pressure[name], SHARE_A_YEAR, pressure)
        income = f"budget_{name} * (1 + budget_growth_{name}) ^ years"
        yield auxiliary(f"income_{name}", income, POUNDS_A_YEAR, f"Income of {_words(name)} before any transfer.")
        price = f"(1 + cost_pressure_{name}) ^ years * saving"
        yield auxiliary(f"price_{name}", price, PURE, f"Unit cost of {_words(name)} relative to the base year.")
    yield from _delivery(terms)
    yield from _shift(terms)
    yield from _fund(terms)


def _delivery(terms: Terms) -> Iterator[Part]:
    yield constant("efficiency", terms.efficiency, SHARE_A_YEAR, "Planned fall of unit costs.")
    yield constant("share_delivered", terms.delivered, PURE, "Share of planned effects and savings that is delivered.")
    yield constant("start_delay", terms.start_delay, YEARS, "From deciding to the first saving.")
    saving = "(1 - efficiency * share_delivered) ^ MAX(0, years - start_delay)"
    yield auxiliary("saving", saving, PURE, "What delivered efficiency leaves of unit costs.")


def _shift(terms: Terms) -> Iterator[Part]:
    yield constant("shift_share", terms.shift_share, PURE, "Share of the acute budget moved upstream in the end.")
    yield constant("shift_start", terms.shift_start, YEARS, "When the shift starts.")
    yield constant("shift_ramp", terms.shift_ramp, YEARS, "How long the shift takes to reach its full size.")
    since = "years - shift_start"
    ramp = f"IF shift_ramp > 0 THEN MAX(0, MIN(shift_ramp, {since})) / shift_ramp ELSE (IF {since} < 0 THEN 0 ELSE 1)"
    yield auxiliary("shift_reached", ramp, PURE, "How far the shift has come.")
    for receiver, part in terms.mix.items():
        yield constant(f"mix_{receiver}", part, PURE, f"Part of the shift that goes to {_words(receiver)}.")
        moved = f"shift_share * shift_reached * income_acute * mix_{receiver}"
        says = f"Money moved from the hospitals to {_words(receiver)}."
        yield auxiliary(f"shifted_{receiver}", moved, POUNDS_A_YEAR, says)


def _fund(terms: Terms) -> Iterator[Part]:
    yield constant("fund", terms.fund, POUNDS_A_YEAR, "Money for double running while it lasts.")
    yield constant("fund_years", terms.fund_years, YEARS, "How long the transition fund is paid into.")
    runs = "years >= shift_start AND years < shift_start + fund_years"
    says = "Income of the transition fund."
    yield auxiliary("income_transition_fund", f"IF {runs} THEN fund ELSE 0", POUNDS_A_YEAR, says)


def _words(name: str) -> str:
    return name.replace("_", " ")
