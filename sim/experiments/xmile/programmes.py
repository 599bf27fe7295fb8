"""Programmes in equations: from money to coverage to effect in force (the equations of `sim.dynamics.programmes`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.dynamics.delays import STAGES
from sim.dynamics.programmes import Programmes
from sim.experiments.xmile.delays import delay_parts
from sim.experiments.xmile.parts import (
    POUNDS_A_YEAR,
    PURE,
    YEARS,
    Part,
    auxiliary,
    called,
    constant,
    divided,
    plus,
)
from sim.inputs import AGE_BANDS


def programme_parts(programmes: Programmes, paid: Sequence[int], weights: Sequence[float]) -> Iterator[Part]:
    """Everything between money and effect in force.

    paid      positions of the programmes that the plan pays for, in the order of their ids
    weights   their parts of the prevention money
    """
    for band, people in zip(AGE_BANDS, programmes.people, strict=True):
        yield constant(called("people", band), people, "people", f"People aged {band} on 1 April 2016.")
    months = programmes.start_months
    yield constant("programme_start", months, "months", "From buying coverage to its beginning.")
    for position, weight in zip(paid, weights, strict=True):
        name = programmes.ids[position]
        yield from _facts(programmes, position, weight)
        yield from _coverage(name, months)
        rising, falling = f"rising_{name}", f"falling_{name}"
        yield from delay_parts(f"effect_{name}", f"begun_{name}", rising, falling)
        in_force = f"share_delivered * effect_{name}_{STAGES}"
        yield auxiliary(f"in_force_{name}", in_force, PURE, f"{name}: share of the eligible with the effect at work.")
    spent = plus(f"spent_{programmes.ids[position]}" for position in paid)
    yield auxiliary("spent_on_programmes", spent, POUNDS_A_YEAR, "What all programmes cost.")


def _facts(programmes: Programmes, position: int, weight: float) -> Iterator[Part]:
    """What is known of a programme."""
    name = programmes.ids[position]
    yield constant(f"weight_{name}", weight, PURE, f"{name}: part of the money for programmes.")
    says = f"{name}: cost of one person for one year, prices of 2015/16."
    yield constant(f"unit_cost_{name}", programmes.unit_cost[position], "pounds/person/year", says)
    says = f"{name}: largest share of the eligible who can be reached."
    yield constant(f"max_reach_{name}", programmes.max_reach[position], PURE, says)
    says = f"{name}: share of averted admissions that becomes community work."
    yield constant(f"displaced_share_{name}", programmes.displaced_share[position], PURE, says)
    says = f"{name}: mean delay of each of the {STAGES} stocks while the effect rises."
    yield constant(f"rising_{name}", programmes.delay.rising[position], YEARS, says)
    says = f"{name}: mean delay of each of the {STAGES} stocks while the effect fades."
    yield constant(f"falling_{name}", programmes.delay.falling[position], YEARS, says)
    shares = programmes.eligible_share[position]
    for column in np.flatnonzero(shares):
        says = f"{name}: share of people aged {AGE_BANDS[column]} it is meant for."
        yield constant(called("eligible_share", name, AGE_BANDS[column]), shares[column], PURE, says)
    found = [called(AGE_BANDS[column]) for column in np.flatnonzero(shares)]
    eligible = plus(f"people_{band} * people_index_{band} * eligible_share_{name}_{band}" for band in found)
    yield auxiliary(f"eligible_{name}", eligible, "people", f"{name}: people it is meant for.")


def _coverage(name: str, start_months: int) -> Iterator[Part]:
    """Money to coverage; a contract takes time to begin, none to end."""
    yield auxiliary(f"offered_{name}", f"weight_{name} * shifted_public_health", POUNDS_A_YEAR, f"{name}: money given.")
    cost = f"eligible_{name} * unit_cost_{name} * price_public_health"
    yield auxiliary(f"cost_of_all_{name}", cost, POUNDS_A_YEAR, f"{name}: what it would cost to reach all eligible.")
    reached = f"MIN(max_reach_{name}, {divided(f'offered_{name}', f'cost_of_all_{name}')})"
    yield auxiliary(f"coverage_{name}", reached, PURE, f"{name}: share of the eligible that the money reaches.")
    before = f"DELAY(coverage_{name}, programme_start, 0)"
    begun = f"MIN(coverage_{name}, bought_{name})" if start_months else f"coverage_{name}"
    if start_months:
        yield auxiliary(f"bought_{name}", before, PURE, f"{name}: coverage that was bought long enough ago to begin.")
    yield auxiliary(f"begun_{name}", begun, PURE, f"{name}: coverage that has begun.")
    spent = f"coverage_{name} * cost_of_all_{name}"
    yield auxiliary(f"spent_{name}", spent, POUNDS_A_YEAR, f"{name}: what its coverage costs.")
