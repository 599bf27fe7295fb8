"""Demand: the headline growth is the growth of everything together, and bed days grow by less."""

from dataclasses import fields

import numpy as np
import pytest

from sim.dynamics.demand import COMMUNITY
from sim.dynamics.effects import Effects, no_effects
from sim.inputs import AGE_BANDS, STREAMS
from tests.unit.dynamics.one_place import ageing, england, place, shipped, still

pytestmark = pytest.mark.unit

GROWTHS = [-2.0, 0.0, 0.85, 3.6, 6.0]


def a_year(then, now, years):
    """Growth a year, as a share."""
    return (then / now) ** (1 / years) - 1


def total_growth(demand, years):
    return a_year(demand.volumes(years).sum(), demand.admissions.sum(), years)


def bed_day_growth(demand, years):
    """Emergency bed days, of mean stays by age band that follow the trend."""
    overnight = STREAMS.index("emergency_overnight")
    stay = np.array([shipped().by("stay.emergency")[band] for band in AGE_BANDS])
    then = demand.volumes(years)[overnight] @ stay * demand.stays(years)["emergency"]
    return a_year(then, demand.admissions[overnight] @ stay, years)


def effects(**parts):
    """No effects but these, alike in all age bands."""
    nothing = no_effects(len(AGE_BANDS))
    names = ("overnight", "same_day", "elective", "stay", "social_care", "displaced")
    return Effects(**{name: getattr(nothing, name) + parts.get(name, 0.0) for name in names})


@pytest.mark.parametrize("growth", GROWTHS)
@pytest.mark.parametrize("years", [1, 5, 10])
def test_the_growth_lever_is_the_growth_of_all_admissions(growth, years):
    here = place({"demand.admissions_growth": growth}).demand
    assert total_growth(here, years) == pytest.approx(growth / 100)


def test_the_base_year_is_the_rates_times_the_people():
    demand, parameters, people = place().demand, shipped(), england().people
    emergency = sum(parameters.by("demand.emergency_rate")[band] * people[band] / 1000 for band in AGE_BANDS)
    assert demand.volumes(0)[:2].sum() == pytest.approx(emergency)
    assert all(value == pytest.approx(1) for value in demand.arrivals(0).values())


def test_without_growth_beyond_ageing_each_band_grows_with_its_people():
    """The lever set to what demography alone gives in five years: every multiplier is the population's."""
    now = place().demand.admissions
    demography = a_year((now * [ageing()(band, 5) for band in AGE_BANDS]).sum(), now.sum(), 5)
    arrivals = place({"demand.admissions_growth": 100 * demography}).demand.arrivals(5)
    for band in AGE_BANDS:
        assert arrivals["emergency", band] == pytest.approx(ageing()(band, 5))
        assert arrivals["elective", band] == pytest.approx(ageing()(band, 5))


def test_growth_beyond_ageing_is_split_as_the_shares_say():
    here = place().demand
    volumes = here.volumes(5).sum(axis=1)
    ageing_only = (here.admissions * [ageing()(band, 5) for band in AGE_BANDS]).sum(axis=1)
    shares = [shipped().by("demand.excess_share")[stream] for stream in STREAMS]
    excess = volumes - ageing_only
    assert excess / excess.sum() == pytest.approx(shares, abs=1e-9)


def test_within_a_stream_the_excess_goes_by_admissions():
    here = still({"demand.admissions_growth": 3.6}).demand
    ratio = here.volumes(5) / here.admissions
    assert ratio == pytest.approx(np.repeat(ratio[:, :1], len(AGE_BANDS), axis=1))


@pytest.mark.parametrize("growth", [-30, -10])
def test_demand_is_never_negative(growth):
    here = place({"demand.admissions_growth": growth}).demand
    assert here.volumes(20).min() >= 0
    assert min(here.arrivals(20).values()) >= 0


@pytest.mark.evidence
def test_emergency_bed_days_grow_by_a_third_of_admissions():
    """3.6 % more admissions a year, about 1.2 % more emergency bed days: most growth is same-day, stays shorten."""
    here = place().demand
    assert bed_day_growth(here, 5) == pytest.approx(0.012, abs=0.002)
    assert total_growth(here, 5) == pytest.approx(0.036)


def test_the_known_trap_overstates_bed_growth():
    """3.6 % in every stream and constant stays: bed days grow 2.5 to 3 times as fast as they should."""
    volumes = place().demand.admissions.sum(axis=1)
    alike = dict(zip(STREAMS, (volumes / volumes.sum()).tolist(), strict=True))
    trap = {"demand.excess_share": alike, "demand.stay_trend_emergency": 0}
    assert 2.4 < bed_day_growth(place(trap).demand, 5) / bed_day_growth(place().demand, 5) < 3.3


def test_stays_follow_their_trend():
    stays = still({"demand.stay_trend_emergency": -1, "demand.stay_trend_elective": 2}).demand.stays(3)
    assert stays == pytest.approx({"emergency": 0.99**3, "elective": 1.02**3})


def test_streams_without_a_bed_are_counted_with_the_months_factor():
    here = still().demand
    counted = here.counted(0, np.array(8), no_effects(len(AGE_BANDS)))
    yearly = dict(zip(STREAMS, here.admissions.sum(axis=1), strict=True))
    august = shipped().by("demand.month_factor_emergency")["Aug"]
    assert counted["emergency_same_day"] == pytest.approx(yearly["emergency_same_day"] / 12 * august)
    august = shipped().by("demand.month_factor_elective")["Aug"]
    assert counted["day_case"] == pytest.approx(yearly["day_case"] / 12 * august)


def test_programmes_change_what_is_counted():
    here = still().demand
    before = here.counted(0, np.array(1), no_effects(len(AGE_BANDS)))
    after = here.counted(0, np.array(1), effects(same_day=0.1, elective=0.2))
    assert after["emergency_same_day"] == pytest.approx(before["emergency_same_day"] * 0.9)
    assert after["day_case"] == pytest.approx(before["day_case"] * 0.8)


def test_programmes_change_arrivals():
    here = still().demand
    arrivals = here.arrivals(0, effects(overnight=0.1, elective=0.2, social_care=0.3))
    assert arrivals["emergency", "85+"] == pytest.approx(0.9)
    assert arrivals["elective", "85+"] == pytest.approx(0.8)
    assert [arrivals[kind, None] for kind in COMMUNITY] == pytest.approx([1, 1, 0.7, 0.7])


def test_averted_people_who_become_community_work_are_a_share_of_demand_before_programmes():
    here = still({"demand.admissions_growth": 3.6}).demand
    diverted = here.diverted(5, effects(overnight=0.1, displaced=0.04))
    assert diverted["emergency", "0-17"] == pytest.approx(0.04 * here.arrivals(5)["emergency", "0-17"])


def test_referrals_grow_with_the_people_who_need_them():
    here = place({"demand.community_growth": 1}).demand
    rate, people = shipped().by("demand.community_home_care_rate"), england().people
    now = sum(rate[band] * people[band] for band in AGE_BANDS)
    then = sum(rate[band] * people[band] * ageing()(band, 4) for band in AGE_BANDS)
    assert here.arrivals(4)["community_home_care", None] == pytest.approx(then / now * 1.01**4)


def test_unmet_need_adds_no_admissions_by_default():
    assert place().demand.feedback(5000, 100000) == 0


def test_unmet_need_adds_admissions_by_its_elasticity():
    """Five in a hundred who need care wait too long, elasticity 0.1: half a per cent more emergencies."""
    assert place({"demand.unmet_elasticity": 0.1}).demand.feedback(5000, 100000) == pytest.approx(0.005)
    assert place({"demand.unmet_elasticity": 0.1}).demand.feedback(0, 0) == 0


def test_streams_grow_at_their_own_pace():
    here = place().demand
    growth = dict(zip(STREAMS, (here.volumes(5).sum(axis=1) / here.admissions.sum(axis=1)).tolist(), strict=True))
    assert growth["emergency_same_day"] > growth["emergency_overnight"]


def test_months_worked_out_together_are_those_worked_out_alone():
    """Of all that follows from time alone; the effects differ by month."""
    here, years, months = place().demand, np.array([0.0, 0.5, 4.25, 11.0]), np.array([4, 10, 7, 4])
    whole = effects(overnight=0.1, elective=0.2, social_care=0.3, same_day=0.05, displaced=0.02)
    fading = Effects(**{item.name: np.outer([1, 0.5, 0, 2], getattr(whole, item.name)) for item in fields(Effects)})
    together = here.arrivals(years, fading) | here.counted(years, months, fading)
    for at, year in enumerate(years):
        of_month = Effects(**{item.name: getattr(fading, item.name)[at] for item in fields(Effects)})
        alone = here.arrivals(year, of_month) | here.counted(year, months[at], of_month)
        assert [float(together[key][at]) for key in alone] == pytest.approx([*map(float, alone.values())], rel=1e-14)


def test_growth_that_no_stream_may_have_is_refused():
    with pytest.raises(ValueError, match="excess_share"):
        still({"demand.excess_share": dict.fromkeys(STREAMS, 0)})
