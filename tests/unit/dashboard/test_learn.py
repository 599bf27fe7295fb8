"""Learn: pages of lessons, what their networks bring, how answers are marked; whatever is sent is put right."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.app import create_app
from dashboard.facts.learning import Lessons, Marked
from dashboard.figures.learning import lesson_chart
from dashboard.gateway import learning
from dashboard.gateway.learning import school
from dashboard.pages.learn import checked, contents, page, ran
from dashboard.theme import THEMES
from dashboard.wording.language import speaking
from dashboard.wording.learning import in_words, number_typed
from docs.words.sources import of_lessons
from tests.unit.dashboard.fake_model import GROWTH, fake_gateway
from tests.unit.dashboard.hostile import TAG
from tests.unit.dashboard.pseudo import CODE, forget, read_aloud, speak_pseudo, unwrapped

pytestmark = pytest.mark.unit
LESSONS = {each.id: each for each in school().lessons().every}


@pytest.fixture(scope="module")
def app():
    made = create_app(fake_gateway())
    yield made
    made.gateway.close()


@pytest.fixture(scope="module")
def browser(app):
    return app.server.test_client()


# ---- pages -----------------------------------------------------------------------------------------------------


def test_all_lessons_are_listed_and_lead_on_from_one_to_the_next(browser):
    listed = re.findall(r'href="/learn/([a-z-]+)"', browser.get("/learn").text)
    assert listed == list(LESSONS)
    for before, after in pairwise(listed):
        ways = [browser.get(f"/learn/{name}").text.split('class="learn-ways"')[1] for name in (before, after)]
        assert f'href="/learn/{after}"' in ways[0]
        assert f'href="/learn/{before}"' in ways[1]


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_its_parts_and_keeps_its_answer_to_itself(browser, name):
    reply, lesson = browser.get(f"/learn/{name}"), LESSONS[name]
    assert reply.status_code == 200
    assert reply.text.count('type="range"') == reply.text.count('type="number"') == len(lesson.sliders)
    assert reply.text.count('data-chart="') == len(lesson.charts)
    ids = re.findall(r' id="([^"]+)"', reply.text)
    assert len(ids) == len(set(ids))
    scripts = re.findall(r"<script([^>]*)>([^<]*)</script>", reply.text)
    assert all('src="/assets/' in given and not inside for given, inside in scripts)
    answer = school().mark(name, -1.0)
    assert f"{answer.answer:g}" not in [lesson.question.asks, *lesson.question.choices]


def test_the_question_of_the_page_goes_along_and_junk_does_not(browser):
    text = browser.get(f"/learn/never-full?{GROWTH}=5&evil=1").text
    assert f'href="/learn/beds-or-packages?{GROWTH}=5"' in text
    assert f'href="/?{GROWTH}=5"' in text
    assert "evil" not in text


def test_there_is_a_way_in_from_how_it_works(browser):
    assert 'href="/learn"' in browser.get("/how-it-works").text


@pytest.mark.parametrize("way", ["/learn/nothing", "/learn/nothing/run", "/learn/../run", "/learn/Never-full/check"])
def test_a_lesson_that_is_not_there_is_not_found(browser, way):
    assert browser.get(way).status_code == 404


def test_what_is_wrong_with_the_files_is_said_and_escaped():
    broken = replace(school(), lessons=lambda: Lessons((), f"parameters/lessons/1.yaml, line 3: {TAG}"))
    text = contents(broken, "")
    assert "parameters/lessons/1.yaml, line 3" in text
    assert TAG not in text


# ---- every text is put up for translation ------------------------------------------------------------------------


@pytest.fixture
def brackets(monkeypatch, tmp_path):
    speak_pseudo(monkeypatch, tmp_path)
    yield
    monkeypatch.undo()
    forget()


def test_every_text_of_every_lesson_is_put_up_for_translation(brackets):
    names = ("Upstream", "English", "Cymraeg")
    with speaking(CODE):
        for lesson in LESSONS.values():
            reply = ran(school(), lesson, {})
            said = [page(school(), lesson, ""), reply["html"], reply["tables"]["html"]]
            said += [checked(school(), lesson, each)["html"] for each in ("", "1")]
            assert unwrapped([text for html in said for text in read_aloud(html)], names) == [], lesson.id
            assert unwrapped(_drawn(reply["figures"])) == [], lesson.id


def _drawn(part):
    """Every text of a chart."""
    for name, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if name in ("text", "ticktext", "name", "customdata") and not isinstance(value, dict):
            every = value if isinstance(value, list) else [value]
            yield from (re.sub(r"<[^>]*>", " ", str(each)) for each in every)
        else:
            yield from _drawn(value)


def test_the_texts_collected_are_those_of_the_lessons():
    collected = set(of_lessons())
    shown = {text for each in LESSONS.values() for text in (each.title, each.idea, *each.says, each.question.asks)}
    assert shown <= collected


# ---- the networks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LESSONS)
def test_a_network_brings_charts_numbers_and_tables(browser, name):
    reply, lesson = browser.get(f"/learn/{name}/run"), LESSONS[name]
    assert reply.status_code == 200
    assert len(reply.json["figures"]) == len(lesson.charts)
    assert reply.json["html"].count("<dd>") == len(lesson.numbers)
    assert reply.json["tables"]["html"].count("<table") == len(lesson.charts)
    assert reply.json["values"] == {each.name: each.value for each in lesson.sliders}
    for figure, chart in zip(reply.json["figures"], lesson.charts, strict=True):
        assert figure["data"]
        assert figure["layout"]["height"] >= 250
        assert len(figure["data"]) >= len(chart.series)


def test_another_theme_has_other_colours_and_the_same_values():
    found = school().work("slow-queues", {})
    light, dark = (lesson_chart(LESSONS["slow-queues"].charts[0], found, THEMES[name]) for name in ("light", "dark"))
    assert [each["y"] for each in light["data"]] == [each["y"] for each in dark["data"]]
    assert light["layout"]["font"]["color"] != dark["layout"]["font"]["color"]


def test_names_of_programmes_are_escaped_where_they_are_drawn():
    found = school().work("evidence-and-nothing", {})
    line = replace(found.lines["accepted"], names=(TAG,) * len(found.lines["accepted"].names))
    hostile = replace(found, lines={**found.lines, "accepted": line})
    drawn = lesson_chart(LESSONS["evidence-and-nothing"].charts[0], hostile, THEMES["light"])
    assert "<img" not in str(drawn)


def test_numbers_outside_a_slider_stop_at_its_end_and_between_two_steps_go_to_the_next(browser):
    run = browser.get("/learn/littles-law/run?come=1e9&stay=3.2").json
    assert run["values"] == {"come": 20, "stay": 3}
    run = browser.get("/learn/littles-law/run?come=-7&stay=NaN").json
    assert run["values"] == {"come": 2, "stay": 5}


@settings(max_examples=30, deadline=None)
@given(
    name=st.sampled_from([*LESSONS, "x", "../x"]),
    way=st.sampled_from(["run", "check", ""]),
    value=st.text(max_size=30) | st.floats().map(str) | st.sampled_from([TAG, "\x00", "9" * 400, "1e400", "-0", "٣"]),
)
def test_whatever_is_sent_is_put_right_or_refused(app, name, way, value):
    sliders = [each.name for lesson in LESSONS.values() for each in lesson.sliders]
    asked = urlencode(dict.fromkeys([*sliders, "theme", "answer", "language"], value), errors="replace")
    reply = app.server.test_client().get(f"/learn/{name}/{way}?{asked}")
    assert reply.status_code in (200, 404, 308)
    assert TAG not in reply.text
    assert "Traceback" not in reply.text


def test_a_busy_server_says_so_and_answers_afterwards(browser):
    taken = [learning.WAITING.acquire(blocking=False) for _ in range(4)]
    try:
        assert all(taken)
        reply = browser.get("/learn/never-full/run?beds=7&use=61")
        assert (reply.status_code, reply.headers["Retry-After"]) == (503, "1")
    finally:
        for _ in taken:
            learning.WAITING.release()
    assert browser.get("/learn/never-full/run?beds=7&use=61").status_code == 200


# ---- answers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LESSONS)
def test_the_right_answer_is_right_and_the_others_are_not(browser, name):
    asked = LESSONS[name].question
    truth = school().mark(name, 0.0).answer

    def marked(answer):
        return browser.get(f"/learn/{name}/check", query_string={"answer": answer}).json

    if asked.choices:
        replies = [marked(at)["right"] for at in range(len(asked.choices))]
        assert sorted(replies) == [False] * (len(replies) - 1) + [True]
        assert marked(len(replies))["right"] is None
    else:
        assert marked(f"{truth:g}")["right"] is True
        assert marked(f"{truth * 1.3:g}")["right"] is False
    assert marked("")["right"] is None
    assert marked("many")["right"] is None


def test_an_answer_may_be_typed_as_people_type(browser):
    for typed in ("600", "£600", "£ 600 a day", "600.00", " 605 "):
        assert browser.get("/learn/one-sum/check", query_string={"answer": typed}).json["right"] is True, typed
    assert number_typed("1,200") == 1200
    assert number_typed("12%") == 12
    assert number_typed("\u221212") == -12
    for typed in ("", "x", "nan", "inf", "1e999", "9" * 400, "£"):
        assert number_typed(typed) is None, typed


def test_why_is_said_with_the_numbers_worked_out():
    lesson = LESSONS["littles-law"]
    found = Marked(False, "It is {answer}; {found} were seen.", 42.0, 43.2, " beds", 0)
    fixed = replace(school(), mark=lambda *_: found)
    assert "It is 42 beds; 43 beds were seen." in checked(fixed, lesson, "1")["html"]


def test_numbers_are_written_as_people_write_them():
    assert in_words(-1234.4, "£", 0) == "\u2212£1,234"
    assert in_words(3.26, "%", 1) == "3.3%"
    assert in_words(-0.2, " days", 0) == "0 days"
    assert in_words(float("nan"), "", 0) == "not known"
