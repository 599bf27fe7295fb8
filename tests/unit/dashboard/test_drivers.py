"""What a change comes from: in words, as bars, in a table; and numbers moved through their ranges."""

from __future__ import annotations

from dataclasses import replace
from time import sleep

import pytest

from dashboard.app import create_app
from dashboard.components.drivers import KEYS, split_note, split_table
from dashboard.components.html_text import to_html
from dashboard.components.leaning import lean_rows, lean_table, lean_words
from dashboard.components.look import KEY as LOOK_KEY
from dashboard.facts.drivers import Part
from dashboard.figures.drivers import split_bars, tornado
from dashboard.link.looks import DRIVERS, Look
from dashboard.pages.drivers import lean_shown, split_shown, spoken, year_of
from dashboard.theme import THEMES
from dashboard.wording.drivers import split_in_words
from dashboard.wording.numbers import BY_ID, MEASURES
from tests.unit.dashboard.fake_drivers import LEVERS, NOTHING, fake_leanings, fake_split_found, leaned, part, year
from tests.unit.dashboard.fake_model import GROWTH, answer_to, fake_gateway

pytestmark = pytest.mark.unit

DELAYED, GAP = BY_ID["delayed"], BY_ID["gap"]
LIGHT = THEMES["light"]


@pytest.fixture(scope="module")
def browser():
    app = create_app(fake_gateway())
    yield app.server.test_client()
    app.gateway.close()


def job(browser, **body):
    asked = {"who": "me", "do": "begin", "link": f"{GROWTH}=2"} | body
    for _ in range(200):
        reply = browser.post("/job", json=asked)
        if reply.status_code != 200 or reply.get_json()["status"] not in ("waiting", "running"):
            return reply
        asked |= {"do": "look", "name": reply.get_json()["name"]}
        sleep(1 / 100)
    pytest.fail("the job did not end")


# ---- in words ----


def test_the_sentence_says_how_much_comes_from_whom_the_largest_first():
    assert split_in_words(fake_split_found(), DELAYED, 1) == (
        "Of 120 fewer patients delayed a day in 2017/18: 90 from flow and 40 from demand. "
        "Money works the other way, by 10. "
        "These are other replications than those of the cards, so the whole may differ from the card by chance."
    )


def test_a_whole_that_chance_may_have_made_is_not_divided():
    """Null results stay: what the parts are is said as far as it can be told."""
    said = split_in_words(fake_split_found(), DELAYED, 0)
    assert said.startswith("In 2016/17 the plan as a whole makes no detectable difference to patients delayed, a day")
    assert "What comes from demand and flow cannot be told from chance." in said
    assert "Nothing at all comes from money." in said


def test_parts_against_each_other_are_told_though_the_whole_is_not_seen():
    found = fake_split_found()
    both = replace(found, measures={"delayed": (year(part(0, 3), part(-40), part(40), NOTHING),)}, labels=("2016/17",))
    said = split_in_words(both, DELAYED, 0)
    assert "What can be told from chance: demand 40 fewer and flow 40 more." in said


def test_nothing_at_all_is_said_in_one_sentence():
    found = fake_split_found()
    none = replace(found, measures={"delayed": (year(NOTHING, NOTHING, NOTHING, NOTHING),)})
    said = split_in_words(none, DELAYED, 0)
    assert said.startswith("The plan changes nothing in patients delayed, a day in 2016/17.")


def test_of_many_levers_three_are_named_and_the_others_added_up():
    said = split_in_words(fake_split_found("lever"), GAP, 1)
    assert "£60m from “Growth in admissions”" in said
    assert "£10m from 1 other." in said
    assert "“Carers' pay” works the other way, by £10m." in said


def test_what_would_be_written_as_nothing_is_less_than_the_least_that_is_written():
    found = fake_split_found()
    tiny = replace(found, measures={"delayed": (year(part(0.2, 0.1), part(0.15, 0.1), part(0.05, 0.01), NOTHING),)})
    assert split_in_words(tiny, DELAYED, 0).startswith(
        "In 2016/17 the plan as a whole changes patients delayed, a day by less than 1: "
    )


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.id)
@pytest.mark.parametrize("sign", [1, -1])
def test_every_measure_has_its_own_sentence(measure, sign):
    shown = year(part(120 * sign), part(120 * sign), NOTHING, NOTHING)
    found = replace(fake_split_found(), measures={measure.id: (shown,)}, labels=("2016/17",))
    said = split_in_words(found, measure, 0)
    assert "{" not in said
    assert "from demand" in said
    assert measure.direction(sign) in said


# ---- as bars and in a table ----


def test_bars_add_up_to_the_last_one():
    figure = split_bars(fake_split_found(), DELAYED, 1, LIGHT)
    ends = {label: x for way in figure["data"] for label, x in zip(way["y"], way["x"], strict=True)}
    together = ends.pop("Together")
    assert sum(ends.values()) == together == -120


def test_two_ways_differ_in_colour_and_in_pattern():
    more, less = split_bars(fake_split_found(), DELAYED, 1, LIGHT)["data"]
    assert more["marker"]["color"] != less["marker"]["color"]
    assert "pattern" not in more["marker"]
    assert less["marker"]["pattern"]["shape"] == "/"
    low, high = tornado(fake_leanings().numbers["baseline", "gap"], "gap", LIGHT, per_head=True)["data"]
    assert (low["marker"]["pattern"]["shape"], "pattern" in high["marker"]) == ("/", False)


def test_where_colours_say_more_and_less_the_key_says_that_it_is_not_better_and_worse():
    """On the cards the same two colours say better and worse."""
    for words in (KEYS["split"], KEYS["lean"], LOOK_KEY):
        assert "blue" in words
        assert "orange" in words
        assert "not better or worse" in words.lower()


def test_intervals_are_drawn_about_the_means():
    _more, less = split_bars(fake_split_found(), DELAYED, 1, LIGHT)["data"]
    assert set(less["error_x"]["array"]) == set(less["error_x"]["arrayminus"]) == {5.0}


def test_rows_of_the_same_label_stay_two_rows():
    rows = [leaned("a", part(1), part(2)), leaned("a", part(3), part(4))]
    low, _high = tornado(rows, "gap", LIGHT, per_head=True)["data"]
    assert len(set(low["y"])) == 2


def test_markup_in_a_label_stays_text():
    found = fake_split_found("lever")
    figure = split_bars(found, DELAYED, 1, LIGHT)
    assert "&lt;i&gt;" in str(figure)
    assert "<i>" not in str(figure)
    assert "<i>" not in to_html(split_table(found, DELAYED, 1))
    assert LEVERS[1] == "Hospital <i>beds</i>"


def test_the_table_says_what_a_driver_does_first_and_last():
    shown = to_html(split_table(fake_split_found(), DELAYED, 1))
    assert "By itself" in shown
    assert "On top of the others" in shown
    assert shown.count("<tr") == 1 + 3 + 1


def test_sampled_orders_say_how_far_a_part_may_be_off():
    found = fake_split_found("lever", pairs=8)
    assert "8 random orders were run" in split_note(found, DELAYED, 1)
    assert "By itself" not in to_html(split_table(found, DELAYED, 1))


@pytest.mark.parametrize(("asked", "place"), [("2016", 0), (2017, 1), ("1066", 1), (None, 1), (["2016"], 1)])
def test_a_year_that_there_is_not_is_the_last(asked, place):
    assert year_of(fake_split_found(), asked) == place


@pytest.mark.parametrize("given", [(None, None, None), ({}, [], 1e400), ("<b>", "x", "blue")])
def test_whatever_a_browser_sends_is_looked_at_somehow(given):
    assert split_shown(fake_split_found(), *given)["says"]
    assert lean_shown(fake_leanings(), *given)["says"]


# ---- numbers moved ----


def test_only_numbers_that_can_be_seen_to_move_it_have_a_bar_the_most_first():
    assert [each.name for each in lean_rows(fake_leanings(), "baseline", "gap")] == ["demand.most", "stay.some"]


def test_where_when_and_how_many_were_not_seen_is_said():
    said = lean_words(fake_leanings(old=2), "effect", "gap")
    assert "England, “Prevention shift” less doing nothing, in 2020/21" in said
    assert "with version 0.1.0 on 22 November 2026" in said
    assert "2 numbers have another value or range today." in said
    assert "Of 4 numbers, 2 can be seen to move it. No detectable difference: 1. No difference at all: 1." in said


def test_an_end_that_could_not_be_says_why():
    shown = to_html(lean_table(fake_leanings(), "baseline", "gap"))
    assert "the first year would not be what it was" in shown
    assert "<b>" not in shown


def test_without_a_plan_there_is_no_effect():
    found = fake_leanings(per_head=False, on=None, plan="")
    bare = replace(found, numbers={key: rows for key, rows in found.numbers.items() if key[0] == "baseline"})
    assert lean_words(bare, "effect", "gap").startswith("There is no plan here")
    assert lean_shown(bare, "gap", "effect", "light") | {"says": ""} == lean_shown(bare, "gap", "effect", "dark") | {
        "says": ""
    }


def test_a_part_is_sure_when_its_interval_leaves_out_zero():
    assert part(10, 5).is_sure
    assert not part(4, 5).is_sure
    assert Part(0.0, 0.0, 0.0).is_none


# ---- the view ----


def test_the_view_says_what_there_is_to_divide():
    look = Look(DRIVERS, 0, "plan")
    assert spoken(answer_to("years=1"), look).startswith("Nothing is changed yet")
    said = spoken(answer_to("years=1&plan=prevention_shift"), look)
    assert said.startswith("What the plan changes in 2016/17: hospital beds in use: ")


def test_the_frame_and_what_is_stored_are_served(browser):
    frame = browser.get("/drivers/frame").text
    for part_of in ("split-begin", "split-stop", "lean-begin", "split-measure", "lean-side"):
        assert f'id="{part_of}"' in frame
    stored = browser.get("/drivers/stored?measure=delayed&side=effect&theme=dark").get_json()
    assert stored["figure"]["layout"]["height"] > 0
    assert browser.get("/drivers/stored?measure=<script>&side=1").status_code == 200


def test_a_split_is_a_job_that_can_be_looked_at_otherwise(browser):
    first = job(browser, kind="split", by="family", measure="delayed").get_json()
    assert first["status"] == "done"
    assert "90 from flow" in first["says"]
    other = job(browser, kind="split", by="family", measure="gap", year="2016").get_json()
    assert other["name"] == first["name"]
    assert "2016/17" in other["says"]


def test_a_question_in_which_nothing_differs_fails_in_words(browser):
    reply = job(browser, kind="split", by="family", link="").get_json()
    assert reply["status"] == "failed"
    assert "Traceback" not in reply["words"]


def test_numbers_are_moved_for_the_place_as_a_job(browser):
    reply = job(browser, kind="lean", measure="gap", side="baseline").get_json()
    assert reply["status"] == "done"
    assert "Worked out now" in reply["says"]


@pytest.mark.parametrize("body", [{"by": "size"}, {"by": None}, {"by": "family", "link": 5}, {"by": ["family"]}])
def test_a_split_of_nonsense_is_refused(browser, body):
    assert job(browser, **({"kind": "split"} | body)).status_code == 400
