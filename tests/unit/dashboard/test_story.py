"""The sentence, the sample, and what is spoken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.facts.catalogue import Replications
from dashboard.facts.stations import Course, Hold, Jam, Rules, Stations
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
    assert text.endswith("by 2020/21 nothing differs: no bed, no delay, no wait and no pound.")
    assert "Why" not in text


def test_money_alone_says_that_the_flow_is_as_it_was():
    better = replace(answer_to(f"{FUND}=5").years["gap"][-1], change=-20.0, low=-21.0, high=-19.0, verdict="better")
    answer = answer_to(f"{FUND}=5")
    text = story(replace(answer, years={**answer.years, "gap": (better,)}))
    assert "there is no difference in beds, delays or waits" in text
    assert "The yearly money gap is £20m smaller." in text


# ---- why, and against it


BEDS = {
    "averted": (221.0, 0.0),
    "displaced": (25.0, 0.0),
    "places:acute": (1_400.0, 1_477.0),
    "places:p1": (80.0, 58.0),
}
EASES, TIGHTENS = "22 more community places are open", "77 fewer hospital beds are open"


def of(verdicts, facts, link=f"{SHIFT}=0.1", **more):
    """An answer with verdicts of its last year and facts made up."""
    answer = answer_to(link)
    years = dict(answer.years)
    for name, verdict in verdicts.items():
        years[name] = (*years[name][:-1], replace(years[name][-1], verdict=verdict, **more))
    return replace(answer, years=years, facts=facts)


ALL = ("occupancy", "delayed", "waiting", "elective")


def test_what_makes_room_explains_a_better_flow_and_what_takes_it_stands_against():
    text = story(of(dict.fromkeys(ALL, "better"), BEDS))
    avoided = "Why: 221 admissions a year, with or without a night, are avoided"
    assert f"{avoided}, of which 25 become work for community and social care" in text
    assert f"{EASES}. Against that: {TIGHTENS}." in text


def test_what_takes_room_explains_a_worse_flow():
    text = story(of(dict.fromkeys(ALL, "worse"), BEDS))
    assert f"Why: {TIGHTENS}. Against that: 221 admissions" in text


@pytest.mark.parametrize("mixed", [("better", "worse"), ("no detectable difference",) * 2])
def test_where_the_flow_goes_both_ways_or_neither_nothing_is_called_a_reason(mixed):
    text = story(of(dict(zip(ALL, mixed * 2, strict=True)), BEDS))
    assert "Why" not in text
    assert "Underneath: 221 admissions a year, with or without a night, are avoided" in text
    assert TIGHTENS in text


def test_harm_is_said_as_such():
    text = story(of(dict.fromkeys(ALL, "worse"), {"averted": (-120.0, 0.0)}))
    assert "Why: programmes bring 120 more admissions a year." in text


def test_fewer_who_come_are_a_reason_only_where_demand_was_moved():
    """A hospital that is full admits fewer, and nobody stayed away."""
    verdicts = dict.fromkeys(ALL, "better") | {"emergency": "lower"}
    coming = "fewer emergency patients a year come and stay"
    assert coming in story(of(verdicts, {}, f"{GROWTH}=3", change=-300.0))
    assert coming not in story(of(verdicts, {}, f"{SHIFT}=0.1", change=-300.0))


RULES = Rules(busy=0.85, very_busy=0.92, full=0.98, months=3, held_up=0.01)


def jammed(*kinds):
    holds = tuple(Hold(kind, 10.0, 0.0, 0.0) for kind in kinds)
    return Course(jams=(Jam(holds=holds, named=len(holds)),))


@pytest.mark.parametrize(
    ("plan", "nothing", "said"),
    [
        (("p1",), ("p1",), "The bottleneck is still care at home (P1)."),
        (("p1", "p2"), ("p1",), "The bottlenecks are now care at home (P1) and community beds (P2)."),
        ((), ("p1",), "No kind of place is a bottleneck any more."),
    ],
)
def test_what_holds_up_the_rest_is_named(plan, nothing, said):
    answer = answer_to(f"{FUND}=5")
    moved = replace(answer, stations=Stations(RULES, jammed(*plan), jammed(*nothing)), facts=BEDS)
    gap = (replace(answer.years["gap"][-1], verdict="better"),)
    assert said in story(replace(moved, years={**moved.years, "gap": gap}))


def test_doing_nothing_names_it_too():
    answer = replace(answer_to(""), stations=Stations(RULES, jammed("home_care"), jammed("home_care")))
    assert story(answer).endswith("The bottleneck is home care.")


def test_beds_that_stay_full_while_the_list_shortens_are_explained():
    answer = of({"occupancy": "no detectable difference", "elective": "better"}, BEDS, change=-500.0)
    beds = replace(answer.years["occupancy"][-1], plan=103.9, baseline=103.9)
    years = {**answer.years, "occupancy": (beds,)}
    full = replace(answer, stations=Stations(RULES, jammed(), jammed()), years=years)
    assert "Beds stay full: whatever is freed is taken by people who waited." in story(full)
    empty = {**years, "occupancy": (replace(beds, plan=90.0, baseline=90.0),)}
    assert "Beds stay full" not in story(replace(full, years=empty))


def test_beds_in_use_beyond_all_core_beds_say_how():
    text = story(of({"occupancy": "worse"}, {}, plan=104.5, baseline=98.4))
    assert "hospital beds are 104.5% instead of 98.4% full (extra beds are open)" in text


def test_a_place_is_simulated_whole():
    assert sample(answer_to("")) == "All 2.5 million people simulated."
    assert sample(answer_to("place=hamlet")) == "All 20,000 people simulated."


@pytest.mark.parametrize(("years", "warned"), [(5, False), (10, False), (11, True), (20, True)])
def test_many_years_ahead_carry_a_warning(years, warned):
    assert (f"{years} years show where the rules of today lead" in sample(answer_to(f"years={years}"))) == warned


def test_all_four_parts_of_the_flow_are_said():
    """A plan that spares beds and lets the planned list grow must not pass in silence."""
    answer = answer_to(f"{SHIFT}=0.1")
    years = {
        name: (
            *answer.years[name][:-1],
            replace(answer.years[name][-1], verdict="worse", change=9.0, low=8.0, high=10.0),
        )
        for name in ("occupancy", "delayed", "waiting", "elective")
    }
    text = story(replace(answer, years={**answer.years, **years}))
    for words in ("hospital beds are", "held up in hospital", "wait over 4 hours", "more people wait for planned care"):
        assert words in text


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
