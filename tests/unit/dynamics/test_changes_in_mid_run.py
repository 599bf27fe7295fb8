"""What a setting that changes in mid-run means for work under way: hand-worked."""

from __future__ import annotations

import numpy as np
import pytest

from sim.dynamics.growth import Growth
from sim.dynamics.policy import Terms
from sim.dynamics.shift import Ramp, moved
from sim.experiments.xmile import model_of
from sim.inputs import Faults, Phase, find_footprint, load_parameters, month_of
from sim.system import prepare, simulate

pytestmark = pytest.mark.unit
YEARS = np.array([0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0])
APRIL_2018 = month_of("2018-04")
PEOPLE = 1000.0


def terms(before: dict[str, object], after: dict[str, object]) -> Terms:
    """Of a thousand people; `after` holds from the start of the third year on."""
    parameters = load_parameters().with_changes(before).with_phases([Phase(APRIL_2018, after)])
    return Terms.prepare(parameters, PEOPLE)


def test_growth_goes_on_from_the_level_reached():
    """2 % a year for two years, then -10 % a year."""
    found = Growth(0.02, later=((2.0, -0.1),)).index(YEARS)
    assert found == pytest.approx([1, 1.02, 1.02**1.5, 1.02**2, *(1.02**2 * 0.9**t for t in (1, 2, 4))])


def test_a_shift_half_way_goes_on_in_a_straight_line_from_there():
    """To 6 % over 3 years from year 0; at year 2, with 4 % moved, to 10 % in 2 years."""
    first, second = Ramp(0.06, 0.0, 3.0), Ramp(0.10, 0.0, 2.0)
    found = moved([(-np.inf, first), (2.0, second)], YEARS)
    assert found == pytest.approx([0, 0.02, 0.03, 0.04, 0.07, 0.10, 0.10])


def test_a_shift_that_is_given_up_runs_down_the_same_way():
    """At year 2 back to nothing over 2 years, not at once."""
    found = moved([(-np.inf, Ramp(0.06, 0.0, 3.0)), (2.0, Ramp(0.0, 0.0, 2.0))], YEARS)
    assert found == pytest.approx([0, 0.02, 0.03, 0.04, 0.02, 0, 0])


def test_a_phase_that_leaves_the_shift_alone_does_not_begin_its_ramp_again():
    ramp = Ramp(0.06, 0.0, 3.0)
    assert (moved([(-np.inf, ramp), (2.0, ramp)], YEARS) == ramp.reached(YEARS)).all()


def test_a_shift_that_has_not_begun_waits_for_its_start():
    """Decided in year 2, to start in year 3 at once."""
    found = moved([(-np.inf, Ramp(0.0, 1.0, 3.0)), (2.0, Ramp(0.05, 3.0, 0.0))], YEARS)
    assert found == pytest.approx([0, 0, 0, 0, 0.05, 0.05, 0.05])


def test_efficiency_planned_later_works_after_the_start_delay_and_on_top_of_what_was_saved():
    """1 % a year, all delivered after half a year; from year 2 3 %, felt from 2.5 on."""
    here = terms(
        {"policy.efficiency_planned": 1, "policy.share_delivered": 1, "policy.start_delay": 0.5,
         "finance.cost_pressure.acute": 0},
        {"policy.efficiency_planned": 3},
    )  # fmt: skip
    found = here.cost_index("acute", np.array([0.5, 2.0, 2.5, 3.5]))
    assert found == pytest.approx([1, 0.99**1.5, 0.99**2, 0.99**2 * 0.97])


def test_capital_adds_up_through_phases():
    """10 a head for two years, then 30: 20,000 after two years, 50,000 after three."""
    here = terms({"policy.capital": 10}, {"policy.capital": 30})
    assert here.capital_by(np.array([1.0, 2.0, 3.0])) == pytest.approx([10_000, 20_000, 50_000])


def test_a_fund_agreed_later_runs_its_years_from_then():
    """Agreed at the start of year 2 for one year, though the shift began in year 1."""
    here = terms({"policy.transition_fund": 0}, {"policy.transition_fund": 20, "policy.transition_years": 1})
    assert here.fund_income(YEARS).tolist() == [0, 0, 0, 20_000, 0, 0, 0]


def test_a_fund_cannot_be_prolonged_by_changing_its_size():
    """Two years from the start of the shift in year 1; twice the money from year 2 on ends in year 3 all the same."""
    here = terms({"policy.transition_fund": 20, "policy.transition_years": 2}, {"policy.transition_fund": 40})
    assert here.fund_income(YEARS).tolist() == [0, 20_000, 20_000, 40_000, 0, 0, 0]


def test_what_is_moved_changes_its_way_at_once():
    here = terms(
        {"policy.shift_share": 0.1, "policy.shift_start": 0, "policy.shift_ramp": 0,
         "policy.mix_prevention": 1, "policy.mix_community": 0, "policy.mix_social_care": 0},
        {"policy.mix_prevention": 0, "policy.mix_social_care": 1},
    )  # fmt: skip
    found = here.shifted(YEARS)
    assert (found["public_health"] > 0).tolist() == [True] * 3 + [False] * 4
    assert (found["social_care"] > 0).tolist() == [False] * 3 + [True] * 4


@pytest.fixture(scope="module")
def devon():
    return find_footprint("devon")


def test_programmes_fade_when_less_is_delivered(devon):
    """What is under way is not gone in a day: in force falls, month by month, towards half."""
    plan = {"policy.shift_share": 0.05, "policy.shift_start": 0, "policy.shift_ramp": 0, "policy.mix_prevention": 1}
    parameters = load_parameters().with_changes(plan)
    slips = parameters.with_phases([Phase(APRIL_2018, {"policy.share_delivered": 0.4})])
    usual, less = (prepare(each, devon, 8, 20_000).outlook.programmes for each in (parameters, slips))
    at = prepare(parameters, devon, 1, 20_000).programmes.ids.index("gp_continuity")
    ratio = less.in_force[24:, at] / usual.in_force[24:, at]
    assert less.in_force[23, at] == usual.in_force[23, at] > 0
    assert ratio[0] > 0.9
    assert (np.diff(ratio) < 1e-12).all()
    assert ratio[-1] == pytest.approx(0.5, abs=0.02)
    assert (less.spent == usual.spent).all()


def test_a_hard_winter_brings_more_emergencies_from_december_to_february_alone(devon):
    """10 % more in three months of each year from 2018/19 on."""
    parameters = load_parameters()
    usual = parameters.by("demand.month_factor_emergency")
    hard = {month: 1.1 * usual[month] for month in ("Dec", "Jan", "Feb")}
    winter = parameters.with_phases([Phase(APRIL_2018, {"demand.month_factor_emergency": hard})])
    plain, phased = (prepare(each, devon, 4, 20_000) for each in (parameters, winter))
    ratio = phased.outlook.arrivals / plain.outlook.arrivals
    expected = np.ones(48)
    expected[[32, 33, 34, 44, 45, 46]] = 1.1
    assert ratio[:, plain.emergency] == pytest.approx(np.broadcast_to(expected[:, None], (48, plain.emergency.sum())))
    assert (ratio[:, ~plain.emergency] == 1).all()
    assert phased.outlook.same_day / plain.outlook.same_day == pytest.approx(expected)
    assert phased.base.content == plain.base.content


def test_places_close_and_open_from_the_number_reached(devon):
    """Home care 2 % up a year, then 5 % down: each month a little more or less than the last, never a jump."""
    parameters = load_parameters().with_changes({"capacity.growth.home_care": 2, "workforce.growth.social_care": 5})
    parameters = parameters.with_phases([Phase(APRIL_2018, {"capacity.growth.home_care": -5})])
    plans = prepare(parameters, devon, 4, 20_000).outlook.plans
    places = np.array([plan.places["home_care"] for plan in plans])
    assert int(places.argmax()) == 24
    assert np.abs(np.diff(places) / places[:-1]).max() < 0.005
    assert places[36] / places[24] == pytest.approx(0.95)


def test_every_month_balances_to_the_penny_through_phases_of_all_kinds(devon):
    """Transfers sum to zero, and income with transfers less spending is the balance, in every month."""
    phases = [
        Phase(APRIL_2018 - 6, {"policy.behaviour": "place", "policy.shift_share": 0.06, "policy.transition_fund": 30}),
        Phase(APRIL_2018, {"policy.regime": "means", "policy.max_cut": 9, "policy.mix_social_care": 1}),
        Phase(APRIL_2018 + 6, {"policy.behaviour": "fortress", "policy.shift_share": 0.0}),
    ]
    parameters = load_parameters().with_changes({"policy.shift_start": 0.5}).with_phases(phases)
    history = simulate(prepare(parameters, devon, 4, 20_000), 1, 0)
    names = [name.removeprefix("balance:") for name in history.series if name.startswith("balance:")]
    pence = {
        kind: {name: np.rint(100 * history[f"{kind}:{name}"]) for name in names}
        for kind in ("income", "spending", "transfer", "balance")
    }
    assert (sum(pence["transfer"].values()) == 0).all()
    for name in names:
        left = pence["income"][name] + pence["transfer"][name] - pence["spending"][name]
        assert (left == pence["balance"][name]).all()
    pooled = np.array([plan.pooled for plan in prepare(parameters, devon, 4, 20_000).outlook.plans])
    assert np.flatnonzero(pooled).tolist() == list(range(18, 30))


def test_exported_equations_refuse_phases(devon):
    parameters = load_parameters().with_phases([Phase(APRIL_2018, {"policy.shift_share": 0.1})])
    place = prepare(parameters, devon, 3, 20_000)
    with pytest.raises(Faults, match="changes in mid-run"):
        model_of(place, simulate(place, 1, 0))
