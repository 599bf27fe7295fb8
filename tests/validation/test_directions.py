"""Which way things move: a lever pulled hard moves what a planner would expect, and money is not saved by not treating.

One replication of 60,000 people for three years, with the same people on both sides; the changes are large, so that
the sign does not hang on chance.
"""

from __future__ import annotations

from functools import cache

import pytest

from sim.experiments.headline import break_even
from sim.inputs import find_footprint, load_footprints, load_parameters
from sim.results.history import History
from sim.system import prepare, simulate

pytestmark = pytest.mark.validation

PARAMETERS = load_parameters()
PLACE = find_footprint("nottingham-and-nottinghamshire", load_footprints())
LAST = slice(24, 36)
SHIFT = (("policy.shift_share", 0.1), ("policy.shift_start", 0.0), ("policy.shift_ramp", 0.0))


@cache
def run(*changes: tuple[str, float | str]) -> History:
    return simulate(prepare(PARAMETERS.with_changes(dict(changes)), PLACE, 3, 60_000), 3, 0)


def last_year(series: str, *changes: tuple[str, float | str]) -> float:
    return float(run(*changes)[series][LAST].sum())


@pytest.mark.parametrize(
    ("lever", "less", "more", "series"),
    [
        ("demand.admissions_growth", 0.0, 6.0, "admissions:emergency_same_day"),
        ("demand.stay_trend_emergency", -4.0, 2.0, "occupancy:acute"),
        ("demand.community_growth", -4.0, 6.0, "unmet"),
        ("policy.discharge_delay", 0.2, 2.0, "delayed:noncapacity"),
        ("finance.budget_growth.acute", 5.0, -2.0, "gap"),
        ("policy.efficiency_planned", 4.0, 0.0, "gap"),
        ("capacity.growth.home_care", 5.0, -5.0, "unmet"),
    ],
)
def test_more_of_the_cause_is_more_of_the_effect(lever, less, more, series):
    assert last_year(series, (lever, less)) < last_year(series, (lever, more))


def test_what_works_averts_more_than_what_does_not():
    admissions = {
        stance: last_year("admissions:emergency_overnight", *SHIFT, ("policy.evidence_stance", stance))
        for stance in ("hopeful", "central", "cautious")
    }
    assert admissions["hopeful"] < admissions["central"] < admissions["cautious"]


def test_closing_community_places_does_not_pay_by_keeping_people_out_of_hospital():
    """Saved are the closed places, and the care that nobody gets to; the hospital's work that waits is still work."""
    cut = tuple((f"capacity.growth.{kind}", -10.0) for kind in ("p1", "p2", "p3"))
    assert last_year("delayed:capacity", *cut) > last_year("delayed:capacity")
    owners = ("community", "social_care")
    saved = sum(last_year(f"spending:{name}") - last_year(f"spending:{name}", *cut) for name in owners)
    assert saved > 0
    assert last_year("gap") - last_year("gap", *cut) <= saved
    assert last_year("spending:acute", *cut) >= last_year("spending:acute")


def test_money_from_outside_is_no_benefit_of_a_plan():
    """A transition fund alone changes no spending, so there is nothing to break even."""
    funded = run(("policy.transition_fund", 40.0))
    found = break_even([run()], [funded])
    assert found.net.mean == pytest.approx(0.0, abs=1.0)


def test_a_place_cuts_no_deeper_than_its_worst_organisation_alone():
    """Living within means, one pot: hospitals in deficit are helped by others, and nobody is cut for other NHS."""
    means = ("policy.regime", "means")
    fortress = last_year("places:acute", means, ("policy.behaviour", "fortress"))
    place = last_year("places:acute", means, ("policy.behaviour", "place"))
    assert place >= fortress * 0.99
