"""The facilitator's screen: the next step, nothing that would be refused, and no plan before it is locked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dashboard.workshop.screens import console
from sim.workshop import FACILITATOR, acts, new_session, record_from, refusal
from tests.unit.dashboard.workshop.played import AROUND, Page, leading, steps, text
from tests.unit.workshop.rooms import by, led, small

pytestmark = pytest.mark.unit
NEXT = {
    "lobby": "Begin", "begun": "Lock", "decide": "Lock", "lock": "Run", "ran": "Reveal", "reveal": "Debrief",
    "debrief": "Begin", "pot": "Lock", "debrief3": "Finish",
}  # fmt: skip
GRAVE = {"Remove", "Restart"}
GRAVE_STEPS = {"begun", "decide", "run", "ran", "reveal", "broken", "reveal2", "pot", "finished"}
"""Where the facilitator's last step changed what everybody sees."""


def buttons(step, around=AROUND):
    page = Page(text(console.parts(leading(step, around))))
    return [(json.loads(each["data-act"]), each) for each in page.having("data-act")]


@pytest.mark.parametrize(("step", "act"), NEXT.items())
def test_the_next_step_is_one_large_button(step, act):
    large = [found["act"] for found, each in buttons(step) if "console-next" in each["class"]]
    assert large == [act]


@pytest.mark.parametrize("step", ["run", "finished"])
def test_where_nothing_is_to_be_pressed_there_is_no_large_button(step):
    assert not [each for _found, each in buttons(step) if "console-next" in each["class"]]


@pytest.mark.parametrize("step", steps())
def test_whatever_can_be_pressed_is_allowed(step):
    session, found = steps()[step], buttons(step)
    assert found
    for act, _each in found:
        assert refusal(session.state, record_from({**act, "by": FACILITATOR})) == ""


@pytest.mark.parametrize("step", steps())
def test_what_cannot_be_mended_asks_twice(step):
    for act, each in buttons(step):
        early = act["act"] == "Finish" and "console-next" not in each["class"]
        undone = act["act"] == "Undo" and step in GRAVE_STEPS
        assert ("data-sure" in each) == (act["act"] in GRAVE or early or undone)
    page = Page(text(console.parts(leading(step))))
    (delete,) = [each for each in page.having("data-post") if each["data-post"] == "delete"]
    assert delete["data-sure"] and delete["data-then"] == "/workshop"


def test_no_plan_is_seen_before_it_is_locked():
    begun = steps()["begun"]
    one, other = (by(begun, "Blue/acute", acts.Decide("capacity.growth.acute", each)) for each in (1.0, 3.0))
    assert text(console.parts(leading(one))) == text(console.parts(leading(other)))
    assert "1 of 2 teams have changed something" in text(console.parts(leading(one)))


def test_everybody_sits_somewhere_and_can_get_a_new_phone():
    page = Page(text(console.parts(leading("decide"))))
    seats = set(steps()["decide"].state.seats)
    sent = [json.loads(each["data-body"]) for each in page.having("data-into")]
    links = [each["seat"] for each in sent if each]
    assert set(links) == seats and len(links) == len(seats)
    assert {each["data-into"] for each in page.having("data-into")} <= set(page.values("id"))
    removed = {act["seat"] for act, _each in buttons("decide") if act["act"] == "Remove"}
    assert removed == seats


def test_nobody_can_begin_alone():
    assert "console-next" not in text(console.parts(leading(new_session(small()))))


def test_cards_are_played_between_rounds_once():
    played = [act["card"] for act, _each in buttons("lobby") if act["act"] == "PlayCard"]
    assert played == ["winter", "homes"]
    assert [act["card"] for act, _each in buttons("debrief") if act["act"] == "PlayCard"] == ["homes"]
    assert not [
        act for step in ("decide", "debrief3", "finished") for act, _each in buttons(step) if act["act"] == "PlayCard"
    ]


def test_the_clock_gets_minutes_stops_and_goes():
    def sent(**more):
        page = Page(text(console.parts(leading("decide", replace(AROUND, **more)))))
        return [json.loads(each["data-body"]) for each in page.having("data-post") if each["data-post"] == "clock"]

    minutes = [{"minutes": 1}, {"minutes": 5}]
    assert sent(left=60.0) == [*minutes, {"stop": True}]
    assert sent(left=60.0, stands=True) == [*minutes, {"go": True}]
    assert sent() == minutes


@pytest.mark.parametrize(
    ("step", "words"),
    [("lock", "the lock"), ("reveal", "the reveal"), ("debrief", "the card"), ("paused", "the pause")],
)
def test_an_undo_says_what_it_undoes(step, words):
    assert f">Undo: {words}</button>" in text(console.parts(leading(step)))


def test_there_is_no_undo_where_there_is_nothing_to_undo():
    assert "Undo" not in [act["act"] for act, _each in buttons("lobby")]


def test_the_door_is_opened_by_one_press_and_who_came_late_is_marked():
    def doors(step):
        return [act["open"] for act, each in buttons(step) if act["act"] == "Door" and "data-sure" not in each]

    assert (doors("lobby"), doors("decide"), doors("finished")) == ([False], [True], [])
    opened = led(steps()["decide"], acts.Door(True))
    late = by(opened, "late", acts.Join("late", "Eve", "Red", "acute"))
    assert doors(late) == [False]
    found = text(console.parts(leading(late)))
    assert "came in round 1" in found and found.count("came in round") == 1 and ", 1 of them late" in found


def test_cards_take_one_line_where_none_can_be_played():
    while_deciding = text({"cards": console.parts(leading("broken"))["console-cards"]})
    assert "<details" in while_deciding and "Cards: 1 of 2 played" in while_deciding
    assert "It is cold" not in while_deciding and "Played for round 2" in while_deciding
    between = text({"cards": console.parts(leading("debrief"))["console-cards"]})
    assert "<details" not in between and "They close" in between and "It is cold" not in between


def test_what_to_do_on_monday_is_asked_in_the_last_debrief_alone():
    assert "on Monday" not in text(console.parts(leading("debrief")))
    assert "on Monday" in text(console.parts(leading("debrief3")))


def test_pause_and_resume_take_turns():
    pressed = [{act["act"] for act, _each in buttons(step)} & {"Pause", "Resume"} for step in ("decide", "paused")]
    assert pressed == [{"Pause"}, {"Resume"}]


def test_trouble_and_progress_are_told():
    found = text(console.parts(leading("run", replace(AROUND, trouble="It could not be run.", done=2, wanted=4))))
    assert "It could not be run." in found and "2 of 4 runs" in found


def test_names_are_hidden_from_the_board_and_shown_again():
    hidden = [led(steps()["lobby"], acts.HideNames(True)), steps()["lobby"]]
    assert [[act["hidden"] for act, _each in buttons(step) if act["act"] == "HideNames"] for step in hidden] == [
        [False],
        [True],
    ]


def test_everything_that_leaves_the_room_has_its_address():
    page = Page(text(console.parts(leading("finished"))))
    mine = "/workshop/KMPTRW"
    wanted = {f"{mine}/{each}" for each in ("sheet", "session.json", "results.json", "commitments.csv", "board")}
    assert wanted <= set(page.values("href")) and f"{mine}/qr.svg" in page.values("src")


def test_the_page_has_every_part_once():
    page = Page(console.page(leading("decide"), "token", 3).partition("<body>")[2].partition("</body>")[0])
    ids = page.values("id")
    assert len(ids) == len(set(ids)) and set(console.parts(leading("decide"))) <= set(ids)
