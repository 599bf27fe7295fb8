"""Learn in a real browser: a lesson from its first slider to the next lesson by keyboard alone; whole at every size."""

from __future__ import annotations

import pytest

from dashboard.gateway.learning import school
from tests.browser.seen import SIZES, cut_off, sideways, sized, violations_in_both_themes
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser

SETTLED = "document.body.dataset.learn === 'settled'"
DRAWN = "document.querySelectorAll('.learn-frame.js-plotly-plot').length"
FIRST = "document.querySelector('.learn-numbers dd').textContent"
FAMILIES = ["littles-law", "never-full", "beds-or-packages", "luck-or-plan", "evidence-and-nothing"]
"""Between them every kind of chart, and both kinds of question."""


def lesson(dashboard, name):
    dashboard.visit(f"learn/{name}").until(SETTLED)
    return dashboard


def test_a_lesson_by_keyboard_alone(dashboard):
    page = lesson(dashboard, "littles-law").page
    assert dashboard.page.evaluate(FIRST).startswith("12")

    tab_to(dashboard, "People who come")
    page.keyboard.press("End")
    dashboard.until(f"{SETTLED} && {FIRST}.startsWith('20') || {FIRST}.startsWith('19')")
    tab_to(dashboard, "People who come, a day, as a number")
    assert page.evaluate("document.activeElement.value") == "20"
    page.keyboard.press("Control+a")
    page.keyboard.type("99")
    page.keyboard.press("Tab")
    assert page.locator("input[type=number]").first.input_value() == "20"

    tab_to(dashboard, "12 people a day come to a ward")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    verdict = page.locator("#learn-verdict")
    page.locator("#learn-verdict.is-wrong").wait_for()
    assert "42 beds" in verdict.inner_text()
    page.keyboard.press("Control+a")
    page.keyboard.type("42")
    tab_to(dashboard, "Check my answer")
    page.keyboard.press("Enter")
    page.locator("#learn-verdict.is-right").wait_for()

    tab_to(dashboard, "Next: Why 100% full does not work")
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/never-full")
    dashboard.until(SETTLED)


def test_what_was_answered_is_remembered_by_the_browser_alone(dashboard):
    page = lesson(dashboard, "never-full").page
    page.get_by_text("two or three times").click()
    page.get_by_role("button", name="Check my answer").click()
    page.locator("#learn-verdict.is-wrong").wait_for()
    lesson(dashboard, "never-full")
    assert page.get_by_label("two or three times").is_checked()
    assert "tried this before" in page.locator("#learn-verdict").inner_text()
    page.get_by_text("more than three times").click()
    page.get_by_role("button", name="Check my answer").click()
    page.locator("#learn-verdict.is-right").wait_for()
    dashboard.visit("learn")
    assert "answered right" in page.locator("[data-done=never-full]").inner_text()
    assert page.locator("[data-done=littles-law]").inner_text() == ""


@pytest.mark.parametrize("name", ["", *FAMILIES])
def test_it_is_whole_at_every_size_and_passes_axe_in_both_themes(dashboard, name):
    dashboard.visit(f"learn/{name}".rstrip("/"))
    if name:
        dashboard.until(SETTLED)
        charts = school().lessons().by_id(name).charts
        assert dashboard.page.evaluate(DRAWN) == len(charts)
    assert violations_in_both_themes(dashboard) == {}
    for size in SIZES:
        sized(dashboard, size)
        assert sideways(dashboard) <= 0, size
        assert cut_off(dashboard) == [], size


def test_the_help_menu_leads_there(dashboard):
    page = lesson(dashboard, "littles-law").page
    page.get_by_role("button", name="Help").click()
    page.get_by_role("link", name="Learn, one idea at a time").click()
    page.wait_for_url("**/learn")


def test_a_busy_server_is_asked_again(dashboard):
    page = lesson(dashboard, "one-sum").page
    refused = []

    def busy(route):
        refused.append(route.request.url)
        route.fulfill(status=503) if len(refused) < 3 else route.continue_()

    page.route("**/run?*", busy)
    tab_to(dashboard, "Hospital beds closed")
    page.keyboard.press("ArrowRight")
    dashboard.until("document.body.dataset.learn === 'working'")
    dashboard.until(SETTLED)
    assert len(refused) == 3
    assert len(set(refused)) == 1
    dashboard.complaints.clear()


def test_a_server_that_does_not_answer_is_said_and_can_be_asked_again(dashboard):
    page = lesson(dashboard, "one-sum").page
    page.route("**/run?*", lambda route: route.abort())
    tab_to(dashboard, "Hospital beds closed")
    page.keyboard.press("ArrowRight")
    page.get_by_text("No reply from the server. Try again.").wait_for()
    page.unroute_all()
    page.keyboard.press("ArrowRight")
    dashboard.until(SETTLED)
    dashboard.complaints.clear()
