"""Traps that planners are known to walk into must be there to walk into.

One typical locality of 300,000 people, a few replications, the same people on both sides. The numbers beside the
tests are those of the version the test was written for; none was tuned for.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.inputs import find_footprint, load_parameters, resolve_scenarios
from sim.results.history import History
from sim.results.summarise import yearly_values
from sim.system import prepare, simulate

pytestmark = pytest.mark.validation

PARAMETERS = load_parameters()
LOCALITY, REPLICATIONS = 300_000, 2
CARE = ("p1", "p2", "p3", "home_care", "care_home")
Changes = tuple[tuple[str, float | str], ...]

ENDLESS: Changes = (
    *((f"capacity.{kind}", 3 * PARAMETERS.value(f"capacity.{kind}")) for kind in ("acute_beds", *CARE)),
    *((f"finance.budget.{name}", 3 * PARAMETERS.value(f"finance.budget.{name}"))
      for name in ("acute", "community", "social_care")),
)  # fmt: skip
"""Three times the places and the money, so that no queue stands between need and bed days."""

AT_ONCE: Changes = (("policy.shift_share", 0.05), ("policy.shift_start", 0.0), ("policy.shift_ramp", 0.0))
ALL_TO_PROGRAMMES: Changes = (
    ("policy.mix_prevention", 1.0), ("policy.mix_community", 0.0), ("policy.mix_social_care", 0.0)
)  # fmt: skip
CASE_MANAGEMENT: Changes = tuple(
    (f"policy.programme_mix.{name}", float(name == "case_management"))
    for name in PARAMETERS["policy.programme_mix"].keys
)


@cache
def run(
    scenario: str = "",
    changes: Changes = (),
    years: int = 5,
    footprint: str = "devon",
    replications: int = REPLICATIONS,
) -> tuple[History, ...]:
    parameters = resolve_scenarios(PARAMETERS, [scenario] if scenario else [], dict(changes))
    place = prepare(parameters, find_footprint(footprint), years, LOCALITY)
    return tuple(simulate(place, 1, replication) for replication in range(replications))


def mean(runs: tuple[History, ...], series: str) -> np.ndarray:
    """By year, over replications."""
    return yearly_values(runs, series).mean(axis=0)


def spending(runs: tuple[History, ...]) -> np.ndarray:
    """Of everybody, capital included, by year."""
    names = [name for name in runs[0].series if name == "capital" or name.startswith("spending:")]
    return sum(mean(runs, name) for name in names)


def test_growth_of_admissions_with_constant_stays_overstates_the_growth_of_bed_days():
    """3.6 % a year with constant stays makes bed days grow 3.6 % a year, where they grew 1.2 %: 2.5 to 3 times.

    With places without end, so that bed days are need; from the first to the fifth year. The published ratio is of one
    period, and of bed days used, not needed, so a fifth more is let pass. It is 3.4 at present; counted as used, in a
    run of all England, 2.4 (docs/explanation/known-traps.md).
    """
    growth = {}
    for scenario in ("", "constant_stay"):
        days = mean(run(scenario, ENDLESS, footprint="england", replications=8), "emergency_bed_days")
        growth[scenario] = (days[-1] / days[0]) ** (1 / 4) - 1
    assert 2.5 <= growth["constant_stay"] / growth[""] <= 3.6, growth


def test_moving_money_without_releasing_capacity_only_moves_the_problem():
    """Five percent of the budget leaves the hospital, nine tenths of its cost stays: the gap is wider."""
    base, moved = run(), run(changes=(*AT_ONCE, *ALL_TO_PROGRAMMES))
    given = -mean(moved, "transfer:acute")[-1]
    saved = mean(base, "spending:acute")[-1] - mean(moved, "spending:acute")[-1]
    assert given > 0
    assert saved < given / 4
    assert mean(moved, "gap")[-1] > mean(base, "gap")[-1]


def test_releasing_capacity_narrows_the_gap_that_moving_money_opened():
    """The same move with 1 % of beds closed a year; and some of their cost is stranded at first."""
    plan = (*AT_ONCE, *ALL_TO_PROGRAMMES)
    kept, closed = run(changes=plan), run(changes=(*plan, ("capacity.growth.acute", -1.0)))
    assert mean(closed, "gap")[-1] < mean(kept, "gap")[-1]
    assert mean(closed, "stranded:acute")[-1] > mean(kept, "stranded:acute")[-1]


def test_it_gets_worse_before_it_gets_better():
    """Shift and declared beds over ten years: money is lost for years, most in the middle, and then less and less.

    Beds are fuller than with nothing done until the plan bites.
    """
    base, plan = run(years=10), run("declare_beds", years=10)
    net = spending(base) - spending(plan)
    worst = int(np.argmin(net))
    assert 1 <= worst <= 6
    assert net[worst] < 0
    assert net[-1] > net[worst] / 2
    fuller = mean(plan, "occupancy:acute") - mean(base, "occupancy:acute")
    assert fuller[:worst].max() > 0
    assert fuller[worst + 1 :].min() < fuller[:worst].max()


def test_the_right_amount_of_delay_is_not_zero():
    """Cost of intermediate care places and of beds held for want of one: least where some beds are still held."""
    costs, held = {}, {}
    for factor in (0.8, 0.9, 1.0, 1.1, 1.2, 1.4):
        places = tuple((f"capacity.{kind}", factor * PARAMETERS.value(f"capacity.{kind}")) for kind in CARE[:3])
        runs = run(changes=places, years=2)
        held[factor] = mean(runs, "delayed:capacity")[-1]
        opened = sum(
            mean(runs, f"places:{kind}")[-1] * PARAMETERS.value(f"finance.cost_{kind}_day") for kind in CARE[:3]
        )
        costs[factor] = opened + held[factor] * PARAMETERS.value("finance.cost_bed_day")
    best = min(costs, key=lambda factor: costs[factor])
    assert best not in (0.8, 1.4), costs
    assert held[best] > 1, held


def test_a_programme_that_trials_found_without_effect_does_nothing():
    """Case management, on the central reading: the same people, the same beds, and money gone."""
    base, plan = run(), run(changes=(*AT_ONCE, *ALL_TO_PROGRAMMES, *CASE_MANAGEMENT))
    assert mean(plan, "programme_spend:case_management")[-1] > 0
    assert mean(plan, "averted").sum() == 0
    for series in ("admissions:emergency_overnight", "emergency_bed_days", "occupancy:acute", "delayed", "unmet"):
        assert (mean(plan, series) == mean(base, series)).all(), series
