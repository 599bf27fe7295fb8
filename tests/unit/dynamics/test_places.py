"""Places: what growth and shift money open, and what staff, capital and delivery leave of it."""

import pytest

from sim.dynamics.capacity import NEED_BUILDING, OWNS, kept_open
from sim.dynamics.policy import DAYS_A_MONTH
from tests.unit.dynamics.one_place import shipped, still, with_beds

pytestmark = pytest.mark.unit

COMMUNITY = {
    "policy.shift_share": 0.01,
    "policy.shift_start": 0,
    "policy.shift_ramp": 0,
    "policy.mix_prevention": 0,
    "policy.mix_community": 1,
    "policy.mix_social_care": 0,
    "policy.capital": 1e6,
    "capacity.opening_delay": 0,
    "workforce.growth": {"acute": 50, "community": 50, "social_care": 50},
}
"""Money for community places, with all the staff and capital that takes."""
SOCIAL_CARE = COMMUNITY | {"policy.mix_community": 0, "policy.mix_social_care": 1}


def plan(changes, years):
    """The capacity plan, and the place it is for."""
    here = still(changes)
    return here, here.ledger.capacity.plan(here.ledger.terms, years)


def test_places_grow_as_the_lever_says():
    here, places = plan({"capacity.growth.acute": -2}, 3)
    assert places.planned["acute"] == pytest.approx(here.places["acute"] * 0.98**3)
    assert places.planned["p1"] == here.places["p1"]


def test_shift_money_buys_community_places_in_proportion_to_what_they_cost_now():
    here, places = plan(COMMUNITY, 1)
    grown = {kind: places.planned[kind] / here.places[kind] for kind in OWNS["community"]}
    assert grown["p1"] == pytest.approx(grown["p2"])
    assert grown["p1"] == pytest.approx(grown["p3"])
    price = here.ledger.capacity.price
    cost = sum(places.bought[kind] * price[kind] for kind in OWNS["community"]) * DAYS_A_MONTH * 12
    assert cost == pytest.approx(0.01 * here.ledger.terms.income(1)["acute"])


def test_social_care_money_is_split_between_home_care_and_care_homes():
    here, places = plan(SOCIAL_CARE, 1)
    price = here.ledger.capacity.price
    cost = {kind: places.bought[kind] * price[kind] for kind in OWNS["social_care"]}
    share = shipped().value("policy.social_care_home_care_share")
    assert cost["home_care"] / sum(cost.values()) == pytest.approx(share)


def test_a_council_pays_only_the_public_share_of_a_package():
    price = still().ledger.capacity.price
    values = shipped()
    week = values.value("finance.cost_home_care_week") * values.value("finance.public_share_home_care")
    assert price["home_care"] == pytest.approx(week / 7)


def test_places_bought_open_after_the_start_delay():
    late = COMMUNITY | {"policy.start_delay": 0.5}
    assert plan(late, 0.4)[1].bought["p1"] == 0
    assert plan(late, 0.6)[1].bought["p1"] > 0


def test_a_plan_that_delivers_less_opens_fewer_places_for_the_same_money():
    _, whole = plan(COMMUNITY, 1)
    _, part = plan(COMMUNITY | {"policy.share_delivered": 0.6}, 1)
    assert part.bought["p1"] == pytest.approx(0.6 * whole.bought["p1"])
    assert part.undelivered["p1"] == pytest.approx(0.4 * whole.bought["p1"])


def test_a_plan_that_delivers_nothing_still_costs_its_money():
    here = still(COMMUNITY | {"policy.share_delivered": 0})
    month = here.run(2)[-1]
    assert month.places == pytest.approx(here.places)
    assert month.books.unspent["community"] == pytest.approx(0, abs=1)
    usual = still().run(2)[-1].books.spending["community"]
    assert month.books.spending["community"] == pytest.approx(usual + month.books.transfer["community"])


def test_staff_may_move_within_an_organisation_but_not_grow_faster_in_all():
    """P1 is to grow by a half while P2 shrinks by as much: the whole may cost no more than staff allow."""
    staff = {"workforce.growth.community": 1}
    here, places = plan(staff | {"capacity.growth.p1": 50, "capacity.growth.p2": -50}, 1)
    price = here.ledger.capacity.price
    limit = 1.01 * sum(here.places[kind] * price[kind] for kind in OWNS["community"])
    used = sum(places.planned[kind] * price[kind] for kind in OWNS["community"])
    assert used <= limit * (1 + 1e-12)
    assert places.planned["p1"] > here.places["p1"] * 1.01
    assert places.planned["p2"] == pytest.approx(here.places["p2"] / 2)


def test_too_few_staff_hold_places_back_and_leave_money_unspent():
    few = COMMUNITY | {"workforce.growth": {"acute": 0, "community": 0, "social_care": 0}}
    here = still(few)
    month = here.run(2)[-1]
    assert month.places == pytest.approx(here.places)
    assert month.plan.held_back["p1"] > 0
    assert month.books.unspent["community"] == pytest.approx(month.books.transfer["community"], rel=1e-6)


def test_staff_who_leave_close_places_whatever_the_money():
    here, places = plan(COMMUNITY | {"workforce.growth.community": -4}, 2)
    price = here.ledger.capacity.price
    limit = 0.96**2 * sum(here.places[kind] * price[kind] for kind in OWNS["community"])
    assert sum(places.planned[kind] * price[kind] for kind in OWNS["community"]) == pytest.approx(limit)


def test_beds_above_the_base_wait_for_capital():
    """£30 a head over two years, less the delay of one: 30 * people / 300,000 beds at most."""
    building = {"capacity.growth.acute": 20, "policy.capital": 30, "capacity.opening_delay": 1}
    here, places = plan(building | {"workforce.growth.acute": 50}, 2)
    beds = 30 * here.people / shipped().value("capacity.bed_cost_capital")
    assert places.planned["acute"] - here.places["acute"] == pytest.approx(beds)
    assert places.built == pytest.approx(beds)
    assert places.held_back["acute"] > 0


def test_capital_limits_beds_and_nothing_else():
    _, places = plan(COMMUNITY | {"policy.capital": 0}, 1)
    assert all(places.bought[kind] == 0 for kind in NEED_BUILDING)
    assert places.bought["p1"] > 0


def test_closing_beds_needs_no_capital():
    here, places = plan({"capacity.growth.acute": -5, "policy.capital": 0}, 2)
    assert places.planned["acute"] == pytest.approx(here.places["acute"] * 0.95**2)


def test_owners_cut_by_their_deficit_and_never_faster_than_allowed():
    """Deficits of 1 % and 20 %, a surplus of 1 %, at most 3 % a year: a twelfth of each pace."""
    kept = kept_open((1.0, 1.0, 0.9), (-0.01, -0.2, 0.01), 0.03)
    assert kept == pytest.approx((1 - 0.01 / 12, 1 - 0.03 / 12, 0.9 * (1 + 0.01 / 12)))


def test_places_are_never_restored_beyond_the_plan():
    assert kept_open((1.0,), (0.5,), 0.03) == (1.0,)


def test_shift_money_ramps_up_from_its_start():
    terms = still({"policy.shift_share": 0.1, "policy.shift_start": 1, "policy.shift_ramp": 2}).ledger.terms
    acute = terms.income(0)["acute"]
    moved = [sum(terms.shifted(years).values()) / acute for years in (0.5, 1, 2, 3, 9)]
    assert moved == pytest.approx([0, 0, 0.05, 0.1, 0.1])


def test_efficiency_lowers_unit_costs_as_far_as_it_is_delivered_and_after_the_start_delay():
    changes = {"policy.efficiency_planned": 2, "policy.share_delivered": 0.5, "policy.start_delay": 1}
    terms = still(changes).ledger.terms
    assert [terms.cost_index("acute", years) for years in (0.5, 1, 3)] == pytest.approx([1, 1, 0.99**2])


def test_prices_below_the_cost_of_the_places_there_are_refused():
    with pytest.raises(ValueError, match="acute: its places alone cost"):
        still({"finance.cost_bed_day": 100000})


def test_care_that_councils_do_not_pay_for_cannot_be_bought():
    free = SOCIAL_CARE | {"finance.public_share_home_care": 0}
    month = still(free).run(2)[-1]
    assert month.plan.bought["home_care"] == 0
    share = shipped().value("policy.social_care_home_care_share")
    received = month.books.transfer["social_care"]
    assert month.books.unspent["social_care"] == pytest.approx(share * received, rel=1e-6)


def test_fixed_cost_without_a_delay_is_gone_within_months():
    months = still({"finance.fixed_release": 0}).run(12, with_beds(0.9))
    assert months[-1].books.stranded["acute"] < 0.001 * months[0].books.stranded["acute"]
