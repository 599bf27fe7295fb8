"""What holds up the rest, and since when: hand-made years with one answer that follows from the sum beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.answering.pressing import due_to_stuck, jam, saturation, stations
from dashboard.facts.stations import KINDS, Rules, Stations

pytestmark = pytest.mark.unit
RULES = Rules(busy=0.85, very_busy=0.9, full=0.98, months=3, held_up=0.01)


def year(held=None, waiting=None, **used):
    """Means of a year: 1,000 hospital beds, 100 places of every other kind; 80% in use unless said otherwise."""
    means = {}
    for kind in KINDS:
        means[f"places:{kind}"] = 1000.0 if kind == "acute" else 100.0
        means[f"occupied:{kind}"] = used.get(kind, 0.8) * means[f"places:{kind}"]
        means[f"waiting:{kind}"] = (waiting or {}).get(kind, 0.0)
    return means | {f"held:{way}": people for way, people in (held or {}).items()}


def names(found):
    return [hold.kind for hold in found.binding]


def hold(found, kind):
    return next(each for each in found.holds if each.kind == kind)


# ---- words ------------------------------------------------------------------------------------------------------


STEPS = {0.0: "calm", 0.849: "calm", 0.85: "busy", 0.9: "very busy", 0.979: "very busy", 0.98: "full", 1.04: "full"}


@pytest.mark.parametrize(("used", "word"), STEPS.items())
def test_a_share_of_places_in_use_has_one_word(used, word):
    assert RULES.pressure(used) == word


# ---- what holds up the rest -------------------------------------------------------------------------------------


def test_full_home_care_is_named():
    found = jam(RULES, year({"acute>home_care": 60.0}, acute=0.95, home_care=1.0))
    assert names(found) == ["home_care"]
    assert (found.total, hold(found, "home_care").beds) == (60.0, 60.0)


def test_when_nothing_is_full_nothing_is_named():
    found = jam(RULES, year({"acute>p1": 9.0}))
    assert found.binding == ()
    assert found.total == 9.0


def test_fewer_beds_held_than_one_in_a_hundred_are_nothing_to_speak_of():
    """9.9 of 1,000 beds are below 1%, 10 are not."""
    assert names(jam(RULES, year({"acute>p1": 9.9}, p1=1.0))) == []
    assert names(jam(RULES, year({"acute>p1": 10.0}, p1=1.0))) == ["p1"]


def test_two_that_hold_up_about_as_much_are_both_named_and_a_small_third_is_not():
    found = jam(RULES, year({"acute>p1": 20.0, "acute>care_home": 40.0, "acute>p3": 5.0}, p1=1.0, care_home=1.0))
    assert names(found) == ["care_home", "p1"]


def test_blocked_people_are_followed_to_where_room_is_short():
    """P1 is full only of people who wait for home care: without 20 of its 100 it would be 80%."""
    found = jam(RULES, year({"acute>p1": 50.0, "p1>home_care": 20.0}, p1=1.0, home_care=1.0))
    assert names(found) == ["home_care"]
    assert hold(found, "home_care").beds == 50.0
    assert hold(found, "home_care").places == 20.0


def test_what_is_only_partly_full_of_blocked_people_is_partly_to_blame():
    """P1 at 100% is 10 points above very busy, and 5 of those are people who wait to go on: half and half."""
    found = jam(RULES, year({"acute>p1": 50.0, "p1>home_care": 5.0}, p1=1.0, home_care=1.0))
    assert hold(found, "p1").beds == pytest.approx(25.0)
    assert hold(found, "home_care").beds == pytest.approx(25.0)
    assert names(found) == ["home_care", "p1"]


def test_a_hospital_that_is_full_of_people_who_wait_to_go_on_is_not_itself_short():
    """99% of beds in use, 10% by people who wait for P2: without them 89%."""
    found = jam(RULES, year({"acute>p2": 100.0}, {"acute": 300.0}, acute=0.99, p2=1.0))
    assert names(found) == ["p2"]
    assert hold(found, "p2").outside == pytest.approx(300.0)


def test_a_hospital_full_of_its_own_patients_is_short_by_itself():
    found = jam(RULES, year({"acute>p2": 2.0}, {"acute": 300.0}, acute=1.0))
    assert names(found) == ["acute"]


def test_a_hospital_short_by_itself_and_a_place_that_holds_it_up_are_both_named():
    """101% in use, 11 points above very busy, of which 3 are people who wait for P2."""
    found = jam(RULES, year({"acute>p2": 30.0}, {"acute": 300.0}, acute=1.01, p2=1.0))
    assert names(found) == ["acute", "p2"]


people = st.floats(0, 200)
shares = st.floats(0, 1.04)


@given(st.tuples(*[people] * 5), st.tuples(*[shares] * 6), people)
def test_nobody_who_waits_is_lost_or_counted_twice(waits, used, outside):
    ways = ("acute>p1", "acute>home_care", "p1>home_care", "p2>care_home", "home_care>care_home")
    means = year(dict(zip(ways, waits, strict=True)), {"acute": outside}, **dict(zip(KINDS, used, strict=True)))
    found = jam(RULES, means)
    in_beds, in_places = sum(waits[:2]), sum(waits[2:])
    assert sum(each.beds for each in found.holds) == pytest.approx(in_beds)
    assert sum(each.places for each in found.holds) == pytest.approx(in_places)
    assert sum(each.outside for each in found.holds) == pytest.approx(outside)


@given(shares, shares)
def test_what_is_due_to_the_blocked_is_a_share(used, less):
    assert 0 <= due_to_stuck(RULES, used, max(used - less, 0)) <= 1


# ---- since when -------------------------------------------------------------------------------------------------


def months(*full):
    """Half empty but for the months named."""
    return [1.0 if at in full else 0.5 for at in range(12)]


def test_three_full_months_in_a_row_count_from_the_first():
    found = saturation(RULES, np.array([months(4, 5, 6)]))
    assert (found.month, found.first, found.last, found.filled, found.runs) == (4, 4, 4, 1, 1)


def test_two_full_months_are_a_bad_winter():
    assert saturation(RULES, np.array([months(1, 2, 6, 7, 9, 11)])).month is None


def test_the_middle_run_says_when_and_the_others_how_sure():
    runs = np.array([months(2, 3, 4), months(5, 6, 7), months(8, 9, 10)])
    found = saturation(RULES, runs)
    assert (found.month, found.first, found.last, found.filled) == (5, 2, 8, 3)


def test_when_less_than_half_of_the_runs_fill_up_there_is_no_month():
    found = saturation(RULES, np.array([months(2, 3, 4), months(), months()]))
    assert (found.month, found.first, found.last, found.filled, found.runs) == (None, 2, 2, 1, 3)


def test_a_model_that_counts_no_places_has_no_map():
    assert stations(RULES, [{"gap": np.zeros(12)}], [{"gap": np.zeros(12)}], 12) == Stations()
