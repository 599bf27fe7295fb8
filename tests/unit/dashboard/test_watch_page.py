"""Sixty days to watch: the page, the job behind it, the sentences about it, and the table beside the drawing."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest

from dashboard.answering.runs import Task
from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.watched import days_table, sentences, watched_shown
from dashboard.facts.watched import WHATS
from dashboard.gateway.watching import watched
from tests.unit.dashboard.fake_library import fake_watched
from tests.unit.dashboard.fake_model import GROWTH, fake_gateway

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def browser():
    gateway = fake_gateway()
    yield create_app(gateway).server.test_client()
    gateway.close()


def ask(browser, **more):
    return browser.post("/job", json={"who": "me", "kind": "watch", "do": "begin", "link": "", "month": 3} | more)


def test_the_page_offers_every_year_of_the_question(browser):
    text = browser.get("/watch?years=3").text
    years = re.search(r'<select id="watch-year">(.*?)</select>', text)[1]
    assert re.findall(r"<option[^>]* value=\"(\d)\"", years) == ["0", "1", "2"]
    found = re.findall(r' id="([^"]+)"', text)
    assert len(found) == len(set(found))


def test_the_question_is_the_one_the_script_asks(browser):
    assert f'data-link="{GROWTH}=5"' in browser.get(f"/watch?{GROWTH}=5&evil=<script>").text


def test_a_job_brings_what_is_drawn(browser):
    reply = ask(browser).json
    for _ in range(100):
        if reply["status"] == "done":
            break
        time.sleep(0.02)
        reply = ask(browser, do="look", name=reply["name"]).json
    assert len(reply["watch"]["ways"]) == 2
    assert reply["watch"]["dates"][0].startswith("Fri 1 Jan")
    assert "<table" in reply["table"]


@pytest.mark.parametrize("more", [{"month": "x"}, {"month": None}, {"month": True}, {"month": 1.5}, {"link": 3}])
def test_nonsense_is_refused(browser, more):
    assert ask(browser, **more).status_code == 400


def test_a_month_outside_the_run_is_the_nearest_inside():
    task = Task("devon", 2, 8000, 1, 0, "do_nothing")
    assert watched(task, 10**9).name == watched(task, 22).name
    assert watched(task, -5).name == watched(task, 0).name


def test_it_says_who_is_drawn_and_what_is_spared():
    said = " ".join(sentences(fake_watched()))
    assert "One locality of 2" in said
    assert "1 person who comes to hospital when nothing is done does not come with this plan" in said
    assert "not its average" in said
    few = " ".join(sentences(fake_watched(one_in=3, pooled=True, spared=0, besides=2)))
    assert "One person in 3 is drawn" in few
    assert "2 people come only with the plan" in few
    alone = fake_watched(worlds=fake_watched().worlds[:1])
    assert "Nothing is changed yet" in " ".join(sentences(alone))


def test_the_table_counts_everybody_in_both():
    text = to_html(days_table(fake_watched()))
    assert text.count("<tr>") == 1 + 2
    assert "Fri 1 Jan 2021" in text
    cells = re.findall(r"<td>(\d+)</td>", text.split("<tbody>")[1].split("</tr>")[0])
    assert cells == ["5", "3", "2", "1", "3", "1", "0", "3", "2", "1", "3", "1"]


def test_a_real_course_of_events_is_told_apart_by_world():
    """Eight thousand people: everybody of one world is drawn once, and who is spared is drawn in the first only."""
    task = Task("devon", 2, 8000, 1, 0, "do_nothing", (("demand.admissions_growth", -2.0),))
    named = watched(task, 20)
    found = named.work(Still())
    assert len(found.worlds) == 2
    assert found.spared > 0
    assert sum(way.spared for way in found.ways) == found.spared
    assert all(way.worlds == 1 for way in found.ways if way.spared)
    for number, world in enumerate(found.worlds):
        heads = sum(world.days[0].waiting.values()) + sum(world.days[0].occupied.values())
        there = [way for way in found.ways if way.worlds >> number & 1 and inside(way, 0)]
        assert len(there) == heads
    assert watched_shown(found)["watch"]["worlds"][0]["places"]["acute"][0] > 0


@pytest.mark.parametrize(("month", "first_day"), [(1, "2016-05-01"), (9, "2017-01-01"), (10, "2017-02-01")])
def test_sixty_days_begin_with_the_first_of_their_month(month, first_day):
    """Months of a run are equally long, so that the calendar's lie a day before them or behind."""
    task = Task("devon", 1, 8000, 1, 0, "do_nothing")
    assert watched(task, month).work(Still()).begins == first_day


def test_a_day_is_the_same_day_of_the_run_whatever_month_the_watching_begins_with():
    """Weekdays and seasons follow the calendar: 1 January seen from December on is 1 January seen from January on."""
    task = Task("devon", 1, 8000, 1, 0, "do_nothing")
    before, after = (watched(task, month).work(Still()) for month in (8, 9))
    (earlier,), (later,) = before.worlds, after.worlds
    apart = (date.fromisoformat(after.begins) - date.fromisoformat(before.begins)).days
    assert apart == 31
    both = list(zip(earlier.days[apart:], later.days, strict=False))
    assert len(both) > 27
    assert [each.occupied for each, _ in both] == [each.occupied for _, each in both]
    assert [each.came for each, _ in both[1:]] == [each.came for _, each in both[1:]]


class Still:
    """Nobody watches the work."""

    def tell(self, done, wanted):
        assert 0 <= done <= wanted

    def step(self):
        return


def inside(way, time):
    steps = list(zip(way.steps[::2], way.steps[1::2], strict=True))
    now = [code for at, code in steps if at <= 100 * time]
    return bool(now) and WHATS[now[-1] & 7] != "left"
