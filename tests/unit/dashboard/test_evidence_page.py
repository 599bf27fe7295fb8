"""The page of evidence: every number with its witness, what is leaned on, nulls and harm, cases; all escaped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.answering.runs import Task
from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.library import leaning_section, numbers_sections, opening
from dashboard.gateway.library import library
from dashboard.gateway.looked_up import believed
from dashboard.pages import evidence
from dashboard.server.working import draws_asked
from dashboard.wording.language import speaking
from tests.unit.dashboard.fake_library import fake_library
from tests.unit.dashboard.fake_model import GROWTH, fake_gateway

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def gateway():
    made = fake_gateway()
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser(gateway):
    return create_app(gateway).server.test_client()


def test_every_number_is_there_with_range_source_and_grade(browser):
    text = browser.get("/evidence").text
    assert text.count('class="number"') == 3
    for part in ('id="demand.rate"', "10 to 14", 'href="https://example.org/book"', "page 1", "high confidence"):
        assert part in text


def test_what_stands_in_the_data_is_escaped_and_no_script_becomes_a_link(browser):
    text = browser.get("/evidence").text
    assert "How &lt;often&gt; people come" in text
    assert "no change in &lt;falls&gt;" in text
    assert "javascript:" not in text
    assert "<often>" not in text


def test_counts_say_what_rests_on_nothing(gateway):
    text = to_html(opening(fake_library(gateway.task(""))))
    assert "3 numbers" in text
    assert "2 of 3 rest on nothing that a stranger could look up today" in text


def test_what_the_question_moves_is_marked_and_nothing_else(browser):
    assert 'data-moved="yes"' not in browser.get("/evidence").text
    text = browser.get(f"/evidence?{GROWTH}=5").text
    assert text.count('data-moved="yes"') == 1
    assert "moved: 5" in text
    assert "1 moved by your question" in text


def test_studies_that_found_nothing_or_harm_are_named(browser):
    text = browser.get("/evidence").text
    assert "the 1 that found no effect and the 1 that found harm" in text
    assert "controlled evidence of no effect, or of harm" in text


def test_the_page_says_what_its_own_answer_leans_on_once_that_was_worked_out(gateway):
    link = gateway.name("")
    assert evidence.leaned_on(gateway, link, draws_asked) == []
    named = gateway.studies.doubt(gateway.task(link), draws_asked("usual"))
    gateway.jobs.want("me", named.name, named.work)
    while gateway.jobs.is_working():
        pass
    assert evidence.leaned_on(gateway, link, draws_asked) == ["demand.same_day_share"]
    shown = to_html(leaning_section(fake_library(gateway.task(link)), ["demand.rate"], "/"))
    assert "The answer to your question leans most on these" in shown


def test_cases_lead_to_prove_it_with_the_question(browser):
    text = browser.get(f"/evidence?{GROWTH}=5").text
    assert re.search(rf'href="/prove-it\?{re.escape(GROWTH)}=5#case-clinic"', text)


def test_no_id_is_there_twice(browser):
    found = re.findall(r' id="([^"]+)"', browser.get("/evidence").text)
    assert len(found) == len(set(found))


def test_the_shipped_numbers_are_all_shown_and_a_plan_marks_what_it_moves(gateway):
    """Of the real model: every parameter that is a number and no words; and of a plan only what it changes."""
    task = task_of("prevention_shift")
    found = library(task)
    numbers = {name for name, each in believed().items() if each.measure.kind == "number"}
    assert {each.evidence.name for each in found.numbers} == numbers
    assert numbers < set(believed())
    assert f"{len(numbers)} numbers" in to_html(opening(found))
    moved = {each.evidence.name for each in found.numbers if each.moved}
    assert "policy.shift_share" in moved
    assert all(name.startswith("policy.") for name in moved)
    assert library(task_of("do_nothing")).moved == 0
    assert {study.kind for each in found.programmes for study in each.studies} >= {"null", "adverse", "result"}
    assert all(each.evidence.range for each in found.numbers if each.evidence.name.startswith("demand."))
    assert found.leaning is None or found.leaning.large
    assert to_html(numbers_sections(found), whole_page=True).count('class="number"') == len(numbers)


def test_what_answers_lean_on_is_said_in_the_language_of_the_page():
    found = fake_library(task_of("do_nothing"))
    stored = replace(found.leaning, place="England", plan="Shift to prevention")
    with speaking("cy"):
        said = to_html(leaning_section(replace(found, leaning=stored), [], "/"))
    assert "Lloegr" in said
    assert "Symud at atal" in said
    assert "England," not in said
    assert "Shift to prevention" not in said


def task_of(plan):
    return Task("devon", 5, 8000, 1, 0, plan)
