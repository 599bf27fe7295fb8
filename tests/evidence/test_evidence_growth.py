"""Growth closes: all admissions 3.6 % a year, emergency bed days 1.2 %, and the trap three times as much."""

from __future__ import annotations

import numpy as np
import pytest

from sim.inputs import AGE_BANDS, STREAMS, load_population_index, resolve_scenarios

from .base_year import BaseYear, Growth, a_year

pytestmark = pytest.mark.evidence
YEARS = 5


@pytest.fixture(scope="module")
def grow(footprints):
    """A function from parameters to their growth in England."""
    people = np.array([footprints["england"].people[band] for band in AGE_BANDS])
    index = load_population_index()
    return lambda parameters: Growth(parameters, people, index)


def by_stream(growth):
    now, then = growth.streams(0), growth.streams(YEARS)
    return {stream: a_year(then[stream].sum(), now[stream].sum(), YEARS) for stream in STREAMS}


def total(growth, years):
    return sum(each.sum() for each in growth.streams(years).values())


def test_all_admissions_grow_as_the_lever_says(parameters, grow):
    """In every one of the first five years, not only on average."""
    growth = grow(parameters)
    for year in range(1, YEARS + 1):
        assert a_year(total(growth, year), total(growth, year - 1), 1) == pytest.approx(3.6, abs=0.01)
    low, high = parameters.range("target.admissions_growth")
    assert low <= a_year(total(growth, YEARS), total(growth, 0), YEARS) <= high


def test_emergency_bed_days_grow_a_third_as_fast(parameters, grow, base_year):
    """1.2 % a year against 3.6 % of admissions."""
    growth = grow(parameters)
    rise = a_year(growth.bed_days(YEARS, base_year), growth.bed_days(0, base_year), YEARS)
    low, high = parameters.range("target.emergency_bed_day_growth")
    assert low <= rise <= high
    assert rise == pytest.approx(1.2, abs=0.05)


def test_growth_beyond_ageing_is_split_as_recorded(parameters, grow):
    """Shares add to one, none below zero; of the emergency part 79 % stays no night."""
    share = parameters.by("demand.excess_share")
    assert sum(share.values()) == pytest.approx(1)
    assert min(share.values()) >= 0
    emergency = share["emergency_same_day"] + share["emergency_overnight"]
    assert share["emergency_same_day"] / emergency == pytest.approx(0.79, abs=0.005)


def test_each_stream_grows_as_published(parameters, grow):
    """Day cases 4.3 %, all emergencies 3.2 %, elective overnight no more than by ageing."""
    growth = grow(parameters)
    rise = by_stream(growth)
    assert rise["day_case"] == pytest.approx(4.3, abs=0.1)
    now, then = growth.streams(0), growth.streams(YEARS)
    both = ("emergency_same_day", "emergency_overnight")
    emergencies = a_year(sum(then[each].sum() for each in both), sum(now[each].sum() for each in both), YEARS)
    assert emergencies == pytest.approx(3.2, abs=0.1)
    assert 0 < rise["elective_overnight"] < 1


def test_the_trap_makes_every_stream_and_the_beds_grow_as_fast(parameters, grow, footprints):
    """With constant stays bed need grows about three times as fast as it should."""
    trapped = resolve_scenarios(parameters, ["constant_stay"])
    growth = grow(trapped)
    for rise in by_stream(growth).values():
        assert rise == pytest.approx(3.6, abs=0.05)
    base = BaseYear(trapped, np.array([footprints["england"].counted[band] for band in AGE_BANDS]))
    base = BaseYear(trapped, base.mix / base.mix.sum())
    rise = a_year(growth.bed_days(YEARS, base), growth.bed_days(0, base), YEARS)
    assert 2.5 < rise / 1.2 < 3.3


def test_ageing_alone_is_about_a_quarter_of_growth(parameters, grow):
    """0.85 % a year of 3.6."""
    alone = grow(parameters.with_changes({"demand.admissions_growth": 0}))
    grown = alone.people * np.array([alone.index(band, YEARS) for band in AGE_BANDS])
    base = sum(each / alone.people for each in alone.streams(0).values())
    assert a_year(grown @ base, alone.people @ base, YEARS) == pytest.approx(0.85, abs=0.05)
