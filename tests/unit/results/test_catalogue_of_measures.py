"""The catalogue: every measure is complete, and a series finds its own."""

from __future__ import annotations

import pytest

from sim.results.dates import financial_year, month_name, month_start
from sim.results.measures import CATALOGUE, KEY_SERIES, UNITS, measure_of

pytestmark = pytest.mark.unit


def test_every_measure_has_a_known_unit_and_a_label():
    assert {measure.unit for measure in CATALOGUE.values()} <= set(UNITS)
    assert all(measure.label for measure in CATALOGUE.values())


def test_headline_series_are_all_in_the_catalogue_and_have_a_better_way():
    assert all(measure_of(series).better != "neither" for series in KEY_SERIES)


def test_a_part_takes_its_measure_and_says_so_in_its_label():
    found = measure_of("delayed:social_care")
    assert found.id == "delayed:social_care"
    assert found.unit == "beds"
    assert found.label == "Beds held by people ready to leave: adult social care"


def test_a_move_says_where_from_and_where_to():
    assert measure_of("moved:acute>p2").label == "People who moved: hospital to community beds (P2)"
    assert measure_of("moved:community>care_home").label == "People who moved: referrals from home to care homes"
    assert measure_of("moved:ward_7>died").label == "People who moved: ward 7 to death"


def test_a_part_nobody_named_is_shown_by_its_own_name():
    assert measure_of("coverage:warm_homes").label.endswith("warm homes")


def test_a_full_name_goes_before_the_measure():
    assert measure_of("admissions:emergency_overnight").better == "lower"
    assert measure_of("admissions:day_case").better == "neither"


def test_what_is_not_in_the_catalogue_is_refused():
    with pytest.raises(KeyError, match="happiness"):
        measure_of("happiness:acute")


def test_a_run_begins_with_the_financial_year():
    assert month_start(0).isoformat() == "2016-04-01"
    assert month_start(9).isoformat() == "2017-01-01"
    assert month_name(13) == "May 2017"
    assert financial_year(0) == "2016/17"
    assert financial_year(4) == "2020/21"
