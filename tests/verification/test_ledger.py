"""One sum of money: the books balance to the penny, and costs follow places and work as the closed forms say."""

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.dynamics.books import PENCE
from sim.inputs import BUDGET_HOLDERS, ORGANISATIONS
from tests.unit.dynamics.one_place import DAYS, FULL, full_reach_cost, per_head, place, shipped, still, with_beds

pytestmark = pytest.mark.verification

SHIFT = {"policy.shift_share": 0.1, "policy.shift_start": 0, "policy.shift_ramp": 1}

any_settings = st.fixed_dictionaries(
    {
        "policy.shift_share": st.floats(0, 0.5),
        "policy.shift_start": st.floats(0, 1.5),
        "policy.shift_ramp": st.floats(0, 3),
        "policy.mix_prevention": st.floats(0, 1),
        "policy.mix_community": st.floats(0, 1),
        "policy.mix_social_care": st.floats(0, 1),
        "policy.efficiency_planned": st.floats(0, 5),
        "policy.share_delivered": st.floats(0, 1),
        "policy.start_delay": st.floats(0, 2),
        "policy.transition_fund": st.floats(0, 60),
        "policy.capital": st.floats(0, 40),
        "policy.regime": st.sampled_from(["hold", "means"]),
        "policy.behaviour": st.sampled_from(["fortress", "place"]),
        "capacity.growth.acute": st.floats(-5, 5),
        "capacity.growth.p2": st.floats(-5, 5),
        "workforce.growth.community": st.floats(-3, 5),
        "finance.budget_growth.social_care": st.floats(-5, 5),
        "demand.admissions_growth": st.floats(-3, 6),
    }
)


@settings(max_examples=25, deadline=None)
@given(changes=any_settings, busy=st.floats(0, 2))
def test_the_books_balance_to_the_penny_at_every_month(changes, busy):
    def alter(month, activity):
        return replace(activity, escalation_days=busy * month * DAYS, volumes=_times(activity.volumes, busy))

    for month in place(changes).run(18, alter):
        books = month.state.books
        assert sum(books.balances.values()) == 0
        assert sum(_pence(month.books.transfer)) == 0
        assert sum(_pence(month.plan.transfers)) == 0
        for name in ORGANISATIONS:
            kept = month.books.income[name] - month.books.spending[name] + month.books.transfer[name]
            assert month.books.balance[name] == pytest.approx(kept, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(changes=any_settings)
def test_what_accounts_hold_is_the_sum_of_their_months(changes):
    months = place(changes).run(15)
    for name in ORGANISATIONS:
        total = sum(_pence({name: month.books.balance[name]})[0] for month in months)
        assert months[-1].state.books.balances[name] == total


def test_a_place_where_nothing_grows_stays_flat():
    """Only the opening deficit of the hospitals remains, every month the same."""
    here = still()
    deficit = -shipped().value("finance.opening_position.acute") * here.people / 12
    for month in here.run(36):
        assert month.books.gap == pytest.approx(deficit, rel=1e-9)
        assert month.books.stranded["acute"] == pytest.approx(0, abs=1e-3)
        assert month.places == pytest.approx(here.places)
        assert {name: month.books.balance[name] for name in BUDGET_HOLDERS if name != "acute"} == dict.fromkeys(
            BUDGET_HOLDERS[1:], pytest.approx(0, abs=0.02)
        )


@pytest.mark.parametrize("months", [1, 12, 60])
def test_closing_beds_frees_the_variable_part_at_once_and_the_fixed_part_slowly(months):
    """A tenth of the beds closes on the first day. Of their cost, 1 - f is saved at once; of the fixed part f the
    share 1 - exp(-t / 3 years) has been saved after t, the rest is stranded.
    """
    here = still()
    values = shipped()
    fixed = values.value("finance.bed_day_fixed_share")
    delay = values.value("finance.fixed_release")
    bed_cost = here.places["acute"] * DAYS * values.value("finance.cost_bed_day")
    left = exp(-months / 12 / delay)
    saved = here.run(1)[0].books.spending["acute"] - here.run(months, with_beds(0.9))[-1].books.spending["acute"]
    assert saved == pytest.approx(0.1 * bed_cost * ((1 - fixed) + fixed * (1 - left)), rel=1e-6)
    stranded = here.run(months, with_beds(0.9))[-1].books.stranded["acute"]
    assert stranded == pytest.approx(0.1 * bed_cost * fixed * left, rel=1e-6)


def test_opening_beds_costs_their_whole_price_at_once():
    here = still()
    bed_cost = here.places["acute"] * DAYS * shipped().value("finance.cost_bed_day")
    before, after = here.run(1)[0], here.run(1, with_beds(1.1))[0]
    assert after.books.spending["acute"] - before.books.spending["acute"] == pytest.approx(0.1 * bed_cost, rel=1e-6)
    assert after.books.stranded["acute"] == 0


def test_treatment_cost_follows_work_at_once_for_the_variable_part_and_slowly_for_the_rest():
    """A fifth less work: (1 - 0.65) of its cost goes at once, the rest with exp(-t / 3 years) left after t."""
    here, months = still(), 24
    values = shipped()
    treatment = here.ledger.costs.treatment / 12
    share, left = values.value("finance.fixed_share"), exp(-2 / values.value("finance.fixed_release"))
    quiet = here.run(months, lambda month, activity: replace(activity, volumes=_times(activity.volumes, 0.8)))
    saved = here.run(1)[0].books.spending["acute"] - quiet[-1].books.spending["acute"]
    assert saved == pytest.approx(0.2 * treatment * ((1 - share) + share * (1 - left)), rel=1e-6)
    assert quiet[-1].books.stranded["acute"] == pytest.approx(0.2 * treatment * share * left, rel=1e-6)


def test_a_quiet_season_strands_nothing():
    """Work rises and falls by a tenth over the year: on average the hospital is as busy as it is sized for."""
    here = still()

    def seasons(month, activity):
        return replace(activity, volumes=_times(activity.volumes, 1.1 if month % 12 < 6 else 0.9))

    months = here.run(36, seasons)
    treatment = here.ledger.costs.treatment / 12
    assert max(month.books.stranded["acute"] for month in months[12:]) < 0.02 * treatment


def test_escalation_beds_cost_their_own_price():
    here = still()
    busy = here.run(1, lambda month, activity: replace(activity, escalation_days=1000.0))
    price = shipped().value("finance.cost_escalation_day")
    assert busy[0].books.spending["acute"] - here.run(1)[0].books.spending["acute"] == pytest.approx(1000 * price)


def test_social_care_pays_for_packages_in_use_and_community_for_places_open():
    here = still()

    def half_used(month, activity):
        return replace(activity, occupied_days=_times(activity.occupied_days, 0.5))

    usual, quiet = here.run(1)[0].books.spending, here.run(1, half_used)[0].books.spending
    price = here.ledger.capacity.price
    used = sum(price[kind] * FULL * here.places[kind] * DAYS for kind in ("home_care", "care_home"))
    assert usual["social_care"] - quiet["social_care"] == pytest.approx(used / 2, rel=1e-6)
    assert usual["community"] == quiet["community"]


def test_the_shift_moves_money_and_makes_none():
    """Hold capacity, full delivery, no delay: receivers use what they are given, so the gap is what it was plus
    what they now spend; the hospitals lack exactly what left them.
    """
    here, plain = still(SHIFT), still()
    shifted, same = here.run(24)[-1], plain.run(24)[-1]
    moved = 0.1 * here.ledger.terms.income(0)["acute"] / 12
    assert shifted.books.transfer["acute"] == pytest.approx(-moved)
    assert shifted.books.spending["acute"] <= same.books.spending["acute"]
    more = sum(shifted.books.spending[name] - same.books.spending[name] for name in BUDGET_HOLDERS)
    assert shifted.books.gap - same.books.gap == pytest.approx(more, abs=0.1)


def test_money_that_cannot_be_spent_is_reported_and_stays_in_the_books():
    """A tenth of the acute budget to one small programme: it reaches whom it can, the rest is unspent."""
    only = dict.fromkeys(shipped().by("policy.programme_mix"), 0) | {"pulmonary_rehab": 1}
    mix = {"policy.mix_prevention": 1, "policy.mix_community": 0, "policy.mix_social_care": 0}
    here = still(SHIFT | mix | {"policy.programme_mix": only})
    month = here.run(18)[-1]
    cost = full_reach_cost(here)[here.programmes.ids.index("pulmonary_rehab")] / 12
    received = month.books.transfer["public_health"]
    assert cost < received
    assert month.books.unspent["public_health"] == pytest.approx(received - cost, rel=1e-6)
    assert month.books.balance["public_health"] == pytest.approx(received - cost, rel=1e-6)
    assert here.course(18).unspent[-1].sum() / 12 == pytest.approx(received - cost, rel=1e-6)


def test_programmes_without_a_mix_leave_their_money_unspent():
    nothing = dict.fromkeys(shipped().by("policy.programme_mix"), 0)
    here = still(SHIFT | {"policy.programme_mix": nothing})
    month = here.run(15)[-1]
    assert month.books.unspent["public_health"] == pytest.approx(month.books.transfer["public_health"])
    assert here.course(15).effects.overnight.sum() == 0


def test_the_transition_fund_pays_the_hospitals_what_the_shift_costs_them_until_it_is_empty():
    fund = {"policy.transition_fund": 1, "policy.transition_years": 2}
    months = still(SHIFT | fund).run(36)
    paid = sum(month.books.transfer["transition_fund"] for month in months)
    put_in = sum(month.books.income["transition_fund"] for month in months)
    assert put_in == pytest.approx(2 * 1 * still().people, rel=1e-9)
    assert paid == pytest.approx(-put_in)
    assert months[-1].state.books.balances["transition_fund"] == 0


def test_a_transition_fund_nobody_needs_is_kept():
    """No shift and nothing stranded: the opening deficit is not what the fund is for."""
    months = still({"policy.transition_fund": 1, "policy.shift_start": 0}).run(12)
    assert all(month.books.transfer["transition_fund"] == 0 for month in months)
    assert months[-1].state.books.balances["transition_fund"] == pytest.approx(still().people * PENCE, rel=1e-9)


def test_in_a_place_surpluses_cover_deficits_and_in_a_fortress_they_do_not():
    rich = {"finance.opening_position.community": 30}
    fortress = still(rich | {"policy.behaviour": "fortress"}).run(1)[0].books
    place_ = still(rich | {"policy.behaviour": "place"}).run(1)[0].books
    people = still().people
    assert fortress.balance["acute"] == pytest.approx(-45 * people / 12)
    assert fortress.balance["community"] == pytest.approx(30 * people / 12)
    assert place_.balance["acute"] == pytest.approx(-15 * people / 12)
    assert place_.balance["community"] == pytest.approx(0, abs=0.01)
    assert place_.gap == pytest.approx(fortress.gap, abs=0.01)


def test_a_fortress_cuts_only_what_the_poor_own_and_a_place_cuts_for_all():
    rich = {"finance.opening_position.community": 10, "policy.regime": "means", "policy.max_cut": 10}
    fortress = still(rich | {"policy.behaviour": "fortress"})
    cut = fortress.run(24)[-1].places
    assert cut["acute"] < fortress.places["acute"]
    assert cut["p2"] == pytest.approx(fortress.places["p2"])
    together = still(rich | {"policy.behaviour": "place"})
    cut = together.run(24)[-1].places
    parts = {kind: cut[kind] / together.places[kind] for kind in cut}
    assert max(parts.values()) == pytest.approx(min(parts.values()))
    assert max(parts.values()) < 1


@pytest.mark.parametrize("most", [1, 3])
def test_living_within_means_cuts_no_faster_than_allowed(most):
    """A deficit far larger than the pace: places fall by at most the given per cent in any twelve months."""
    here = still({"policy.regime": "means", "policy.max_cut": most, "finance.opening_position.acute": -200})
    beds = [month.places["acute"] for month in here.run(36)]
    yearly = [later / earlier for earlier, later in zip(beds, beds[12:], strict=False)]
    assert min(yearly) >= 1 - most / 100
    assert min(yearly) == pytest.approx(1 - most / 100, abs=0.001)


def test_places_come_back_when_money_does():
    """Costs fall 4 % a year after a deficit of £5 a head: hospitals cut first, then restore, never above plan."""
    here = still(
        {
            "policy.regime": "means",
            "finance.opening_position.acute": -5,
            "policy.efficiency_planned": 4,
        }
    )
    beds = [month.places["acute"] / here.places["acute"] for month in here.run(60)]
    assert min(beds) < 1 - 1e-5
    assert beds[-1] == pytest.approx(1)
    assert max(beds) <= 1


def test_holding_capacity_never_cuts_it():
    here = place({"policy.regime": "hold"})
    assert here.run(24)[-1].places == pytest.approx(here.places)


def test_capital_is_drawn_once_for_each_bed_built():
    here = still({"capacity.growth.acute": 1, "policy.capital": 100, "capacity.opening_delay": 0})
    months = here.run(24)
    built = months[-1].places["acute"] - here.places["acute"]
    spent = sum(month.books.capital for month in months)
    assert built > 0
    assert spent == pytest.approx(built * shipped().value("capacity.bed_cost_capital"), rel=1e-6)


@pytest.mark.validation
def test_doing_nothing_leaves_a_gap_of_the_published_size():
    """Published gaps for 2020/21 run from £216 to £769 a head with a median of about £415."""
    here = place()
    year_five = here.run(60)[48:]
    assert 300 < per_head(year_five, here.people) < 550


def _times(values, factor):
    return {name: value * factor for name, value in values.items()}


def _pence(pounds):
    return [round(each * PENCE) for each in pounds.values()]
