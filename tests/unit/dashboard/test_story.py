"""The sentence, the sample, and what is spoken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.facts.catalogue import Replications
from dashboard.wording.numbers import BY_ID, CARDED, listed, lowered, people_in_words, rounded, whole
from dashboard.wording.story import sample, spoken, status, story, summary
from tests.unit.dashboard.fake_model import FUND, GROWTH, SHIFT, answer_to

pytestmark = pytest.mark.unit


def test_doing_nothing_says_where_it_leads():
    text = story(answer_to(""))
    assert text.startswith("If nothing changes in West Yorkshire and Harrogate")
    assert "2016/17" in text
    assert "2020/21" in text


def test_a_plan_says_what_was_moved_what_follows_and_why():
    text = story(answer_to(f"{SHIFT}=0.1&{GROWTH}=3"))
    assert "admissions growth at 3% a year instead of 3.6%" in text
    assert "hospital money moved upstream at 10% instead of 0%" in text
    assert "instead of" in text
    assert "Why: " in text
    assert "avoided" in text


def test_places_that_open_are_named_beside_what_is_avoided():
    """Most of a small shift's effect on beds comes from the places it opens, and the sentence says so."""
    opened = {"averted": (300.0, 0.0), "places:p1": (650.0, 624.0), "places:home_care": (16_500.0, 16_480.0)}
    text = story(replace(answer_to(f"{SHIFT}=0.1"), facts=opened))
    assert "26 more community places are open" in text
    assert "20 more home care and care home places are open" in text


def test_a_named_plan_goes_by_its_name():
    assert story(answer_to("plan=prevention_shift")).startswith("“Prevention shift”:")
    assert "“Prevention shift” with nHS" not in story(answer_to("plan=prevention_shift&finance.budget_growth.acute=2"))


def test_many_moves_are_counted_not_listed():
    moves = f"{SHIFT}=0.1&{GROWTH}=3&{FUND}=5&finance.budget_growth.acute=2"
    assert "2 other changes" in story(answer_to(moves))


def test_a_plan_without_effect_says_so():
    text = story(answer_to(f"{FUND}=5"))
    assert "there is no difference in beds, delays or waits" in text
    assert "no difference in the yearly money gap" in text


def test_a_place_is_simulated_whole():
    assert sample(answer_to("")) == "All 2.5 million people simulated."
    assert sample(answer_to("place=hamlet")) == "All 20,000 people simulated."


def test_england_is_a_sample_and_says_so():
    assert sample(answer_to("place=england")) == "A sample of 3.0 million people stands for 54.8 million people."


def test_how_far_an_answer_has_come_is_told():
    whole = answer_to("")
    assert status(whole) == "10 replications"
    assert status(replace(whole, done=2, settled=False)) == "2 of 10 replications; refining…"
    narrow = replace(whole, asked=Replications("narrow", "", 10, 100))
    assert status(replace(narrow, done=20, settled=False)) == "20 replications; refining…"
    assert status(replace(narrow, done=14)) == "14 replications: ranges are narrow"
    assert status(replace(narrow, done=100, narrow=False)) == "100 replications: ranges are still wide"


@pytest.mark.parametrize("link", ["", f"{SHIFT}=0.1", f"{FUND}=5"])
def test_every_headline_is_spoken(link):
    text = spoken(answer_to(link))
    assert all(BY_ID[measure].label in text for measure in CARDED)
    assert "10 replications" in text
    assert all(summary(answer_to(link), measure) for measure in BY_ID)


def test_numbers_in_words():
    assert [whole(n) for n in (0, 7, 86.4, 4_123, 166_076)] == ["0", "7", "86", "4,120", "166,000"]
    assert rounded(-9_085) == -9_080
    assert people_in_words(2_517_583) == "2.5 million people"
    assert people_in_words(318_291) == "318,000 people"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (lowered("NHS money"), lowered("Hospital beds")) == ("NHS money", "hospital beds")
    assert BY_ID["gap"].words(-3.2) == "−£3m"
    assert BY_ID["occupancy"].words(float("nan")) == "not known"
