"""Help in a real browser: the menu, the tour by keyboard from start to end, and cards on words."""

from __future__ import annotations

import pytest

from tests.browser.seen import violations

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.id"


def menu(dashboard):
    dashboard.page.locator("#help").focus()
    dashboard.page.keyboard.press("Enter")


def test_the_tour_goes_by_keyboard_from_start_to_end_and_gives_the_focus_back(dashboard):
    dashboard.open()
    menu(dashboard)
    assert dashboard.page.locator("#help").get_attribute("aria-expanded") == "true"
    dashboard.page.keyboard.press("Enter")
    steps = []
    while dashboard.page.locator("#tour").count():
        assert dashboard.page.evaluate(FOCUSED) == "tour"
        if not steps:
            assert violations(dashboard) == []
        steps.append(dashboard.page.locator("#tour-title").inner_text())
        box = dashboard.page.locator("#tour").bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0 and box["y"] + box["height"] <= 720, steps[-1]
        dashboard.page.locator("#tour .is-main").focus()
        dashboard.page.keyboard.press("Enter")
    assert len(steps) >= 8
    assert len(set(steps)) == len(steps)
    assert dashboard.page.evaluate(FOCUSED) == "help"


def test_escape_leaves_the_tour_and_it_is_remembered_here_alone(dashboard):
    dashboard.visit("glossary")
    dashboard.page.evaluate("localStorage.removeItem('upstream-help-seen')")
    dashboard.load()
    dashboard.until("document.getElementById('help').classList.contains('is-new')")
    assert dashboard.page.locator("#tour").count() == 0
    menu(dashboard)
    dashboard.page.keyboard.press("Enter")
    dashboard.page.keyboard.press("Escape")
    assert dashboard.page.locator("#tour").count() == 0
    assert dashboard.page.evaluate(FOCUSED) == "help"
    assert "is-new" not in dashboard.page.locator("#help").get_attribute("class")
    assert dashboard.page.evaluate("localStorage.getItem('upstream-help-seen')") == "yes"


def test_the_tour_works_on_a_tablet_and_can_be_begun_elsewhere(dashboard):
    dashboard.page.set_viewport_size({"width": 820, "height": 1180})
    dashboard.visit("glossary", "years=1")
    menu(dashboard)
    dashboard.page.keyboard.press("Enter")
    dashboard.page.wait_for_url(lambda url: "glossary" not in url)
    dashboard.until("document.getElementById('tour') !== null")
    assert dashboard.link == "?years=1"
    for _ in range(3):
        dashboard.page.locator("#tour .is-main").click()
    box = dashboard.page.locator("#tour").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 820
    dashboard.page.keyboard.press("Escape")


def test_the_menu_closes_by_escape_and_by_leaving_it(dashboard):
    dashboard.visit("glossary")
    menu(dashboard)
    dashboard.page.keyboard.press("ArrowDown")
    assert dashboard.page.evaluate("document.activeElement.textContent") == "Learn, one idea at a time"
    dashboard.page.keyboard.press("ArrowDown")
    assert dashboard.page.evaluate("document.activeElement.textContent") == "Workshop: a room decides together"
    dashboard.page.keyboard.press("ArrowDown")
    assert dashboard.page.evaluate("document.activeElement.textContent") == "How it works"
    dashboard.page.keyboard.press("Escape")
    assert dashboard.page.locator("#help-menu").count() == 0
    assert dashboard.page.evaluate(FOCUSED) == "help"
    menu(dashboard)
    dashboard.page.locator("#search").focus()
    assert dashboard.page.locator("#help-menu").count() == 0


def test_a_card_opens_on_focus_stays_under_the_pointer_and_closes_by_escape(dashboard):
    """WCAG 1.4.13: dismissible without moving, hoverable, there until it is left."""
    dashboard.visit("evidence")
    word = dashboard.page.locator(".term").first
    word.focus()
    card = dashboard.page.locator("#term-card")
    card.wait_for()
    assert "high, medium or low" in card.inner_text()
    assert word.get_attribute("aria-describedby") == "term-card"
    assert violations(dashboard) == []
    dashboard.page.keyboard.press("Escape")
    assert card.count() == 0
    assert dashboard.page.evaluate("document.activeElement.className") == "term"
    dashboard.page.evaluate("document.activeElement.blur()")
    word.hover()
    card.wait_for()
    card.hover()
    dashboard.page.wait_for_timeout(400)
    assert card.count() == 1
    dashboard.page.mouse.move(5, 300)
    card.wait_for(state="detached")


def test_a_headline_says_what_it_counts(dashboard):
    dashboard.open()
    dashboard.page.locator("#kpis .term").first.focus()
    dashboard.until("document.getElementById('term-card') !== null")
    dashboard.page.keyboard.press("Escape")
    dashboard.until("document.getElementById('term-card') === null")


def test_the_glossary_finds_a_word(dashboard):
    dashboard.visit("glossary")
    dashboard.page.locator("#search").fill("reablement")
    shown = dashboard.page.locator(".word:visible")
    assert 1 <= shown.count() <= 3
    assert "word" in dashboard.page.locator("#shown").inner_text()
    assert violations(dashboard) == []


def test_a_page_that_opens_dark_by_the_systems_choice_offers_light(dashboard):
    dashboard.page.emulate_media(color_scheme="dark")
    for view in ("how-it-works", "glossary", "compare"):
        dashboard.visit(view)
        dashboard.until("document.getElementById('theme-button').textContent === 'Light'")
