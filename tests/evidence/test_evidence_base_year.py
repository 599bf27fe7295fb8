"""England's base year closes by hand: what comes, how long it stays, where it goes, and how full that makes places."""

from __future__ import annotations

import numpy as np
import pytest

from sim.inputs import AGE_BANDS

from .base_year import DAYS, BaseYear, by_age

pytestmark = pytest.mark.evidence


def test_emergencies_and_their_readmissions_are_104_per_thousand(base_year, parameters):
    """First admissions 94.5 and readmissions 9.5; 67.6 of them stay a night, 36.4 do not."""
    overnight, same_day = base_year.overnight.sum(), base_year.same_day.sum()
    assert overnight + same_day == pytest.approx(parameters.value("target.emergency_admissions"), rel=0.001)
    assert overnight == pytest.approx(67.6, rel=0.001)
    assert same_day / (overnight + same_day) == pytest.approx(
        parameters.value("target.emergency_same_day_share"), abs=0.001
    )


def test_planned_admissions_close(base_year, parameters):
    """21 with a night and 125.7 day cases per thousand."""
    for name, target in (("elective_overnight", "elective_overnight"), ("day_case", "day_cases")):
        total = base_year.rate(f"demand.{name}_rate").sum()
        assert total == pytest.approx(parameters.value(f"target.{target}"), rel=0.001)


def test_stays_have_the_fitted_means(base_year, parameters):
    """6.92 active days of emergencies; 5.32 of planned stays, which 0.08 days of delay make 5.4."""
    assert base_year.bed_days.sum() / base_year.overnight.sum() == pytest.approx(6.92, rel=0.001)
    elective = base_year.elective_bed_days.sum() / base_year.elective.sum()
    assert elective == pytest.approx(5.32, rel=0.001)
    assert elective + 0.08 == pytest.approx(parameters.value("target.elective_stay"), rel=0.001)


def test_leaving_hospital_closes(base_year, parameters):
    """People a day per million to P1, P2, P3, home care and care homes: 14.0, 5.25, 3.5, 0.4, 0.3."""
    expected = {"p1": 14.0, "p2": 5.25, "p3": 3.5, "home_care": 0.4, "care_home": 0.3}
    for station, people in expected.items():
        assert base_year.leaving_for(station) == pytest.approx(people, rel=0.005)


def test_starts_and_loads_of_every_kind_of_place_close(base_year, parameters):
    """Starts 14.5, 5.35, 3.5, 11.7, 6.1 a day; loads 0.225, 0.186, 0.140, 6.4, 4.9 per thousand."""
    for kind, people in base_year.starts().items():
        assert people == pytest.approx(parameters.value(f"target.starts.{kind}"), rel=0.005)
    for kind, load in base_year.loads().items():
        assert load == pytest.approx(parameters.value(f"target.load.{kind}"), rel=0.005)


def test_every_load_is_below_its_places(base_year, parameters):
    """Between 85 and 98 % in use: full enough to queue, not so full that queues never end."""
    per_thousand = {kind: parameters.value(f"capacity.{kind}", unit="per_1000") for kind in base_year.loads()}
    for kind, load in base_year.loads().items():
        assert 0.85 < load / per_thousand[kind] < 0.98


def test_hospital_beds_are_nine_tenths_full_with_the_observed_delay(base_year, parameters):
    """(1,281 emergency + 311 planned + 89 delayed) of 1,860 beds per million."""
    active = (base_year.bed_days.sum() + base_year.elective_bed_days.sum()) / DAYS
    occupancy = (active + parameters.value("target.delayed")) / parameters.value("capacity.acute_beds")
    assert occupancy == pytest.approx(parameters.value("target.acute_occupancy"), abs=0.005)


def test_the_stay_with_delay_is_the_published_one(base_year, parameters):
    """6.92 active days and 0.089 x 365.25 / 67.6 = 0.48 days of delay make 7.4."""
    delay = parameters.value("target.delayed") * DAYS / base_year.overnight.sum()
    stay = base_year.bed_days.sum() / base_year.overnight.sum() + delay
    assert stay == pytest.approx(parameters.value("target.emergency_stay"), rel=0.002)


def test_delay_that_is_not_about_capacity_leaves_room_for_delay_that_is(base_year, parameters):
    """Between a half and nine tenths of all delay; the rest comes from queues."""
    delays = parameters.by("stay.noncapacity_delay")
    beds = sum(base_year.leaving_for(kind) * days for kind, days in delays.items()) / 1000
    assert 0.5 < beds / parameters.value("target.delayed") < 0.9


def test_deaths_and_readmissions_close(base_year, parameters):
    """4 % of all emergencies die in hospital; 12.5 % of all who go home come back.

    Each discharge counts, as in the published figure, also one after a readmission; nobody comes back from that again.
    """
    deaths = base_year.overnight @ base_year.share("death_in_hospital")
    emergencies = base_year.overnight.sum() + base_year.same_day.sum()
    assert deaths / emergencies == pytest.approx(parameters.value("target.death_in_hospital"), abs=0.001)
    again = base_year.readmissions.sum() / base_year.all_going_home.sum()
    assert again == pytest.approx(parameters.value("target.readmission"), abs=0.001)


def test_older_people_have_the_share_of_bed_days_that_was_published(base_year, parameters):
    """0.62 of bed days at 65 and over; 0.40 to 0.43 of emergencies."""
    days = base_year.bed_days + base_year.elective_bed_days
    assert days[2:].sum() / days.sum() == pytest.approx(parameters.value("target.bed_days_65_and_over"), abs=0.02)
    emergencies = base_year.overnight + base_year.same_day
    assert 0.40 < emergencies[2:].sum() / emergencies.sum() < 0.43


@pytest.mark.parametrize(
    "name",
    [
        "stay.emergency", "stay.elective", "flow.death_in_hospital", "flow.death_elective", "flow.to_p1",
        "flow.to_p2", "flow.to_p3", "flow.to_home_care", "flow.to_care_home", "flow.elective_to_p1",
        "flow.elective_to_p2", "flow.readmission", "demand.community_p1_rate", "demand.community_p2_rate",
        "demand.community_home_care_rate", "demand.community_care_home_rate",
    ],
)  # fmt: skip
def test_older_bands_have_more(parameters, name):
    """Longer stays, more deaths, more care afterwards, more referrals: each band at least as the one before."""
    assert (np.diff(by_age(parameters, name)) >= 0).all()


def test_older_bands_come_more_often_and_stay_a_night_more_often(parameters):
    """From 18 on; children come a little more often than their parents."""
    assert (np.diff(by_age(parameters, "demand.emergency_rate")[1:]) > 0).all()
    assert (np.diff(by_age(parameters, "demand.same_day_share")) < 0).all()


def test_referrals_from_the_community_are_mostly_of_people_over_75(base_year):
    """More than half of each kind."""
    for kind in ("p1", "p2", "home_care", "care_home"):
        referred = base_year.rate(f"demand.community_{kind}_rate")
        assert referred[3:].sum() / referred.sum() > 0.5


def test_ways_out_of_hospital_leave_most_people_to_go_home(parameters):
    """The shares of every age band stay well below one."""
    left = ("death_in_hospital", "to_p1", "to_p2", "to_p3", "to_home_care", "to_care_home")
    total = sum(by_age(parameters, f"flow.{name}") for name in left)
    assert (total < 0.6).all()


def test_the_start_of_the_model_is_within_half_a_percent_of_the_year_of_the_fit(parameters, footprints):
    """The model starts in April 2016, the fit is for mid-2017; England was a little younger."""
    england = footprints["england"]
    start = np.array([england.people[band] for band in AGE_BANDS])
    at_start = BaseYear(parameters, start / england.total)
    assert at_start.overnight.sum() + at_start.same_day.sum() == pytest.approx(104, rel=0.005)
    assert at_start.loads()["home_care"] == pytest.approx(6.4, rel=0.01)
