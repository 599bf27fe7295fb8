"""Programmes: coverage, delay, delivery, and shares averted that promise nothing twice."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import erlang

from sim.dynamics.effects import Effects, attributed, combined
from sim.dynamics.programmes import ACTS_ON, Course
from tests.unit.dynamics.one_place import full_reach_cost, months_from_now, shipped, still

pytestmark = pytest.mark.unit

OVERNIGHT = ACTS_ON.index("overnight")
shares = arrays(float, (4, 3), elements=st.floats(-0.5, 0.9))


def after(place, *spells):
    """The last month of spells in a row, each of so much spending for so many months."""
    spending = np.concatenate([np.tile(money, (months, 1)) for money, months in spells])
    course = place.programmes.course(spending, months_from_now(len(spending)), np.ones(len(spending)))
    effects = Effects(**{item.name: getattr(course.effects, item.name)[-1] for item in fields(Effects)})
    names = ("coverage", "in_force", "spent", "unspent", "averted")
    return Course(effects, **{name: getattr(course, name)[-1] for name in names})


def everything(place):
    """Enough money for all programmes to reach whom they can."""
    return full_reach_cost(place)


def only(place, name, share=1.0):
    """The money of one programme: this share of what its full reach costs."""
    return np.where(np.array(place.programmes.ids) == name, share * everything(place), 0.0)


@given(shares, st.floats(0.5, 1))
def test_what_programmes_avert_adds_up_to_what_they_avert_together(averted, overlap):
    together = combined(averted, overlap)
    assert attributed(averted, overlap).sum(axis=0) == pytest.approx(together, abs=1e-12)


@given(shares)
def test_without_overlap_shares_combine_as_independent_risks(averted):
    assert combined(averted, 1.0) == pytest.approx(1 - np.prod(1 - averted, axis=0))


@given(shares, st.floats(0, 1))
def test_overlap_never_hides_harm(averted, overlap):
    """Less benefit is granted, never less harm."""
    assert np.all(combined(averted, overlap) <= combined(averted, 1.0) + 1e-12)


def test_harm_alone_is_counted_in_full_whatever_the_overlap():
    harmful = np.array([[-0.1], [-0.2]])
    assert combined(harmful, 0.5) == pytest.approx(1 - 1.1 * 1.2)


def test_two_programmes_avert_less_than_their_sum():
    """0.2 and 0.3 with overlap 0.85: 0.85 (1 - 0.8 * 0.7) = 0.374."""
    assert combined(np.array([[0.2], [0.3]]), 0.85) == pytest.approx(0.374)


def test_a_harmful_programme_keeps_its_own_harm_beside_a_good_one():
    shares_by_programme = attributed(np.array([[0.2], [-0.1]]), 1.0)
    assert shares_by_programme[:, 0] == pytest.approx([0.2, -0.8 * 0.1])


def test_coverage_is_money_over_the_cost_of_everybody_eligible():
    here = still()
    half = 0.5 * everything(here)
    month = after(here, (half, 1))
    assert month.coverage == pytest.approx(0.5 * here.programmes.max_reach)
    assert month.spent == pytest.approx(half)
    assert month.unspent == pytest.approx(0, abs=1e-6)


def test_a_higher_price_reaches_fewer():
    here = still()
    course = here.programmes.course(everything(here)[np.newaxis], np.zeros(1), np.array([2.0]))
    assert course.coverage[0] == pytest.approx(0.5 * here.programmes.max_reach)


def test_coverage_stops_at_what_can_be_reached_and_the_rest_is_unspent():
    here = still()
    month = after(here, (3 * everything(here), 1))
    assert month.coverage == pytest.approx(here.programmes.max_reach)
    assert month.spent + month.unspent == pytest.approx(3 * everything(here))
    assert month.unspent == pytest.approx(2 * everything(here))


def test_effect_builds_up_as_a_third_order_delay():
    """Pulmonary rehabilitation at full reach for a year: the Erlang-3 distribution with its mean lag."""
    here = still()
    place = here.programmes.ids.index("pulmonary_rehab")
    lag = shipped().value("programme.pulmonary_rehab.lag_years")
    month = after(here, (only(here, "pulmonary_rehab"), 12))
    expected = here.programmes.max_reach[place] * erlang(3, scale=lag / 3).cdf(1.0)
    assert month.in_force[place] == pytest.approx(expected, rel=2e-3)


def test_effect_fades_with_its_own_mean_once_money_stops():
    here = still()
    place = here.programmes.ids.index("warm_homes")
    fade = shipped().value("programme.warm_homes.fade_years")
    full = after(here, (only(here, "warm_homes"), 600))
    later = after(here, (only(here, "warm_homes"), 600), (np.zeros_like(everything(here)), 24))
    left = 1 - erlang(3, scale=fade / 3).cdf(2.0)
    assert later.in_force[place] / full.in_force[place] == pytest.approx(left, rel=1e-3)


def test_a_programme_without_delay_works_within_months():
    here = still({"programme.pulmonary_rehab.lag_years": 0, "programme.pulmonary_rehab.fade_years": 0})
    place = here.programmes.ids.index("pulmonary_rehab")
    month = after(here, (only(here, "pulmonary_rehab"), 6))
    assert month.in_force[place] == pytest.approx(here.programmes.max_reach[place], rel=1e-4)


def test_nothing_begins_before_the_start_delay_is_over():
    here = still({"policy.start_delay": 0.5})
    month = after(here, (everything(here), 6))
    assert month.coverage.sum() > 0
    assert month.in_force.sum() == 0
    assert after(here, (everything(here), 7)).in_force.sum() > 0


def test_a_contract_takes_time_to_begin_and_none_to_end():
    """Half a year to begin: what was bought for three months has ended before it began."""
    here = still({"policy.start_delay": 0.5})
    nothing = np.zeros_like(everything(here))
    assert after(here, (everything(here), 3), (nothing, 24)).in_force.sum() == 0
    assert after(here, (everything(here), 8), (nothing, 4)).in_force.sum() > 0


def test_only_the_share_delivered_is_in_force():
    whole, part = still(), still({"policy.share_delivered": 0.6})
    all_of_it = after(whole, (everything(whole), 24))
    some = after(part, (everything(part), 24))
    assert some.in_force == pytest.approx(0.6 * all_of_it.in_force)
    assert some.spent == pytest.approx(all_of_it.spent)


def test_a_programme_with_no_effect_averts_nothing():
    """Case management: controlled studies found nothing, and the central reading says so."""
    here = still()
    month = after(here, (only(here, "case_management"), 60))
    assert month.in_force.max() > 0
    assert month.effects.overnight == pytest.approx(np.zeros(5))
    assert month.effects.same_day == pytest.approx(np.zeros(5))
    assert month.averted_admissions(np.full(5, 1e6), np.full(5, 1e6)) == pytest.approx(np.zeros(len(month.coverage)))


def test_a_programme_with_no_effect_may_do_harm_on_a_cautious_reading():
    here = still({"policy.evidence_stance": "cautious"})
    month = after(here, (only(here, "case_management"), 60))
    assert month.effects.overnight.min() < 0
    assert month.effects.displaced == pytest.approx(np.zeros(5))


def test_averted_admissions_of_programmes_add_up_to_the_effect():
    here = still()
    month = after(here, (everything(here), 60))
    overnight, same_day = np.arange(1.0, 6.0), np.arange(5.0, 0.0, -1.0)
    total = overnight @ month.effects.overnight + same_day @ month.effects.same_day
    assert month.averted_admissions(overnight, same_day).sum() == pytest.approx(total)


def test_part_of_what_is_averted_becomes_community_work():
    """One programme alone: displaced is its share of what it averts, in every age band."""
    here = still()
    share = shipped().value("programme.pulmonary_rehab.displaced_share")
    month = after(here, (only(here, "pulmonary_rehab"), 60))
    assert month.effects.displaced == pytest.approx(share * month.effects.overnight)


@pytest.mark.evidence
@pytest.mark.parametrize(
    ("stance", "least", "most"),
    [("central", 0.010, 0.09), ("cautious", -0.095, 0.0), ("hopeful", 0.020, 0.27)],
)
def test_everything_together_averts_what_the_evidence_allows(stance, least, most):
    """Overnight emergency admissions averted at full reach, by age band, no overlap discount: about 2.5 to 9 % for
    adults centrally (children 1.3 %), -9 % to +27 % across the evidence. The overlap factor only lowers benefit.
    """
    found = _at_full_reach(stance, 1.0)
    assert found.min() >= least
    assert found.max() <= most
    assert np.all(_at_full_reach(stance, shipped().value("programme_overlap")) <= found + 1e-12)


@pytest.mark.evidence
def test_the_ends_of_the_evidence_are_reached():
    """The ranges above are not merely respected: 2.5 % and 9 % centrally, -9 % and +27 % at the ends."""
    central = _at_full_reach("central", 1.0)
    assert central[1:].min() == pytest.approx(0.025, abs=0.002)
    assert central.max() == pytest.approx(0.09, abs=0.005)
    assert _at_full_reach("cautious", 1.0).min() == pytest.approx(-0.09, abs=0.005)
    assert _at_full_reach("hopeful", 1.0).max() == pytest.approx(0.27, abs=0.005)


def _at_full_reach(stance, overlap):
    here = still({"policy.evidence_stance": stance, "programme_overlap": overlap})
    return combined(here.programmes.strength * here.programmes.max_reach[:, np.newaxis], overlap)[OVERNIGHT]


@pytest.mark.evidence
def test_the_null_programme_is_graded_as_one_and_costs_money():
    parameters = shipped()
    assert parameters.value("programme.case_management.evidence_grade") == 4
    assert parameters.value("programme.case_management.unit_cost") > 0
    assert parameters.by("policy.programme_mix")["case_management"] == 0
