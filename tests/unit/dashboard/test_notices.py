"""A link that cannot be taken as written says so, in a few plain sentences."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.facts.catalogue import Plan
from dashboard.link.notices import MOST, notices
from dashboard.pages.overview_callbacks import controls
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, STANCE, fake_catalogue, fake_gateway

pytestmark = pytest.mark.unit
CATALOGUE = fake_catalogue()


@pytest.mark.parametrize(
    "link",
    ["", "?", "?place=dorset", f"plan=prevention_shift&{SHIFT}=0.15&{STANCE}=hopeful&years=20", "year=2018&show=plan"],
)
def test_a_link_taken_as_written_needs_no_words(link):
    assert notices(link, CATALOGUE) == ()


SAID = {
    "place=atlantis": "The link asked for a place we do not know, “atlantis”; West Yorkshire and Harrogate is shown.",
    "place=Dorst": "West Yorkshire and Harrogate is shown. Did you mean “dorset”?",
    "plan=fortress": "a plan we do not know, “fortress”; “Do nothing” is shown.",
    f"{SHIFT}=99": "15% is the most for “Hospital money moved upstream”; the link had “99”, which is 9,900%.",
    f"{GROWTH}=-4": "0% a year is the least for “Admissions growth”; the link had “-4”.",
    f"{GROWTH}=nonsense": "Admissions growth must be a number; the link had “nonsense”, and it stays at 3.6% a year.",
    f"plan=prevention_shift&{SHIFT}=NaN": "the link had “NaN”, and it stays at 5%.",
    f"{STANCE}=wild": "must be one of cautious, central, hopeful; the link had “wild”, and it stays at “Central”.",
    "years=99": "Years must be a whole number, 1 to 20; the link had “99”, and 20 is used.",
    "years=2.7": "the link had “2.7”, and 2 is used.",
    "seed=x": "Seed must be a whole number; the link had “x”, and 1 is used.",
    "replications=7": "Replications can be 10, 30, narrow; the link had “7”, and 10, as usual, are run.",
    "year=1999": "begin in 2016 to 2020; the link had “1999”, and the last one is shown.",
    "years=2&year=2018": "begin in 2016 to 2017; the link had “2018”, and the last one is shown.",
    "show=all": "What is shown can be plan, baseline, difference; the link had “all”, and the plan is shown.",
    "policy.shift_shar=0.1": "which we do not know; it is left out. Did you mean “policy.shift_share”?",
}


@pytest.mark.parametrize("link", SAID)
def test_what_is_put_right_is_said_with_the_rule_and_what_the_link_had(link):
    (said,) = notices(link, CATALOGUE)
    assert SAID[link] in said


def test_a_plan_that_cannot_be_asked_here_says_why():
    refused = replace(CATALOGUE, refused={"far": Plan("far", "Far", "", refused="it needs two places")})
    assert notices("plan=far", refused) == (
        "The plan “Far” cannot be asked here: it needs two places; “Do nothing” is shown.",
    )


def test_only_a_few_are_said_in_full_and_the_rest_counted():
    said = notices("place=x&plan=y&years=0&seed=-1&junk=1", CATALOGUE)
    assert len(said) == MOST + 1
    assert said[-1] == "2 other parts of the link could not be taken as written either."


def test_a_link_without_end_is_said_to_be_unread():
    assert "longer than 8,192 characters" in notices("&".join(f"a{n}=1" for n in range(10_000)), CATALOGUE)[0]
    assert notices("&".join(f"a{n}=1" for n in range(500)), CATALOGUE) == (
        "The link has more parts than we read; the page is shown as it opens.",
    )


@given(st.one_of(st.text(), st.lists(st.tuples(st.text(), st.text())).map(urlencode)))
def test_whatever_a_link_holds_the_words_are_few_short_and_printable(link):
    said = notices(link, CATALOGUE)
    assert len(said) <= MOST + 1
    assert all(len(each) < 400 for each in said)
    assert all(each.isprintable() for each in said)


def test_the_page_is_told_with_the_controls():
    gateway = fake_gateway()
    assert "atlantis" in controls(gateway, "?place=atlantis")["notices"][0]
    assert controls(gateway, None)["notices"] == []
    gateway.close()
