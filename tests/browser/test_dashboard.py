"""The dashboard in a real browser: move, type, share, reload, look, listen."""

from __future__ import annotations

import re
import time

import pytest

pytestmark = pytest.mark.browser

SHIFT, GROWTH, STAY = "policy.shift_share", "demand.admissions_growth", "demand.stay_trend_emergency"


def test_the_page_opens_with_cards_charts_and_a_sentence(dashboard):
    dashboard.load("")
    assert dashboard.page.locator(".card").count() == 5
    assert dashboard.page.locator(".charts .js-plotly-plot").count() == 4
    assert "If nothing changes" in dashboard.page.locator("#story").inner_text()
    assert dashboard.page.locator("#sample").inner_text().startswith("A sample of 8,000 people stands for 2.5 million")
    assert dashboard.status() == "6 replications"
    assert dashboard.page.locator(".modebar").count() == 0


def test_a_slider_moved_by_keyboard_changes_numbers_charts_and_link(dashboard):
    dashboard.open()
    cards, drawn = dashboard.cards(), dashboard.drawn()
    thumb = dashboard.slider("Growth in admissions")
    thumb.focus()
    for _ in range(8):
        thumb.press("ArrowRight")
    dashboard.settled()
    assert dashboard.box(GROWTH).input_value() == "4.4"
    assert f"{GROWTH}=4.4" in dashboard.link
    assert dashboard.cards() != cards
    assert dashboard.drawn() != drawn
    assert dashboard.page.locator("#moved-count").inner_text() == "1 lever moved"


def test_a_typed_number_moves_the_slider(dashboard):
    dashboard.open()
    dashboard.box(GROWTH).fill("2.5")
    dashboard.box(GROWTH).press("Tab")
    dashboard.settled()
    assert dashboard.slider("Growth in admissions").input_value() == "2.5"
    assert f"{GROWTH}=2.5" in dashboard.link


PAUSE = 450
"""Milliseconds, more than a number box pauses while one types: what it says after that must change nothing."""

TYPED = {"999": {"6"}, "-50": {"0", "5"}, "abc": {"3.6"}, "": {"3.6"}, "1e5": {"6", "1.5"}, "0.123456": {"0.123"}}


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_ends_as_a_number_the_model_can_take(dashboard, typed):
    dashboard.open()
    box = dashboard.box(GROWTH)
    box.click()
    box.press("Control+a")
    box.press("Delete")
    box.press_sequentially(typed)
    box.press("Tab")
    dashboard.page.wait_for_timeout(PAUSE)
    dashboard.settled()
    assert box.input_value() in TYPED[typed]
    value = float(dashboard.slider("Growth in admissions").input_value())
    assert 0 <= value <= 6
    assert float(box.input_value()) == value


def test_a_lever_can_be_put_back_and_all_can(dashboard):
    dashboard.open(f"years=1&{GROWTH}=5&{STAY}=1")
    assert dashboard.page.locator("#moved-count").inner_text() == "2 levers moved"
    dashboard.row(GROWTH).locator(".reset").click()
    dashboard.settled()
    assert GROWTH not in dashboard.link
    assert dashboard.box(GROWTH).input_value() == "3.6"
    dashboard.page.locator("#reset-all").click()
    dashboard.settled()
    assert dashboard.link == "?years=1"
    assert dashboard.page.locator("#moved-count").inner_text() == "No lever moved"


def test_a_plan_from_the_menu_sets_its_levers(dashboard):
    dashboard.open()
    dashboard.page.get_by_role("textbox", name="Plan to start from").or_(
        dashboard.page.get_by_role("combobox", name="Plan to start from")
    ).click()
    dashboard.page.get_by_role("option", name="Shift to prevention").click()
    dashboard.settled()
    assert "plan=prevention_shift" in dashboard.link
    assert float(dashboard.box(SHIFT).input_value()) > 0
    assert "Shift to prevention" in dashboard.page.locator("#story").inner_text()


def test_a_place_can_be_searched_for(dashboard):
    dashboard.open()
    place = dashboard.page.locator("#place")
    place.click()
    place.fill("dors")
    dashboard.page.get_by_role("option", name="Dorset").click()
    dashboard.settled()
    assert dashboard.page.locator("#title").inner_text().startswith("Dorset in ")
    assert "place=dorset" in dashboard.link


def test_a_reload_keeps_the_state(dashboard):
    dashboard.open(f"place=dorset&years=2&seed=7&{GROWTH}=2.2")
    cards = dashboard.cards()
    dashboard.page.reload()
    dashboard.settled()
    assert dashboard.cards() == cards
    assert dashboard.box(GROWTH).input_value() == "2.2"
    assert dashboard.page.locator("#title").inner_text() == "Dorset in 2017/18"


def test_a_nonsense_link_opens_the_page_as_ever(dashboard):
    numbers = f"years=banana&seed=-4&{GROWTH}=1e400&{SHIFT}=NaN"
    dashboard.load(f"place=Atlantis&plan=../..&{numbers}&<script>alert(1)</script>=x")
    assert "West Yorkshire" in dashboard.page.locator("#title").inner_text()
    assert dashboard.link in ("", "?seed=0")
    assert dashboard.box(GROWTH).input_value() == "3.6"


def test_numbers_in_a_link_are_brought_into_range(dashboard):
    dashboard.load(f"{GROWTH}=77&years=0")
    assert dashboard.box(GROWTH).input_value() == "6"
    assert f"{GROWTH}=6" in dashboard.link
    assert "years=1" in dashboard.link


def test_a_drag_asks_little_and_ends_right(dashboard):
    """At most one question every 150 ms, however many moves; the first is asked at once, and so is the last."""
    dashboard.open()
    before = len(dashboard.asked)
    thumb = dashboard.slider("Growth in admissions")
    box = thumb.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    dashboard.page.mouse.move(x, y)
    dashboard.page.mouse.down()
    began = time.monotonic()
    for step in range(1, 61):
        dashboard.page.mouse.move(x - step, y)
    dashboard.page.mouse.up()
    dashboard.settled()
    value = thumb.input_value()
    assert dashboard.box(GROWTH).input_value() == value
    assert f"{GROWTH}={value}" in dashboard.link
    asked = {question["link"] for question in dashboard.asked[before:]}
    assert len(asked) <= 2 + (time.monotonic() - began) / 0.15
    assert f"{GROWTH}={value}" in dashboard.asked[-1]["link"]


def test_evidence_opens_by_keyboard_and_closes_by_escape(dashboard):
    dashboard.open()
    button = dashboard.page.get_by_role("button", name=re.compile("^Evidence for Growth in admissions"))
    button.focus()
    button.press("Enter")
    card = dashboard.page.locator(".evidence-card")
    card.wait_for()
    words = card.inner_text()
    assert all(term in words for term in ("Source", "Range", "Evidence", "Place"))
    dashboard.page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_the_numbers_behind_a_chart_can_be_read(dashboard):
    dashboard.open(f"years=1&{GROWTH}=5")
    dashboard.page.locator(".behind summary").first.click()
    table = dashboard.page.locator(".behind table").first
    assert table.locator("tbody tr").count() == 1
    assert "2016/17" in table.inner_text()


def test_a_settled_result_is_spoken_once(dashboard):
    dashboard.open(f"years=1&{GROWTH}=5")
    dashboard.until("document.getElementById('live').textContent.startsWith('Result for 2016/17')")


def test_the_theme_can_be_changed_and_is_remembered(dashboard):
    dashboard.open()
    dashboard.theme("Dark")
    assert theme(dashboard) == "dark"
    dashboard.page.reload()
    dashboard.settled()
    assert theme(dashboard) == "dark"


def theme(dashboard):
    return dashboard.page.evaluate("document.documentElement.getAttribute('data-mantine-color-scheme')")


def test_on_a_tablet_levers_are_in_a_drawer(dashboard):
    dashboard.page.set_viewport_size({"width": 820, "height": 1180})
    dashboard.open()
    assert not dashboard.slider("Growth in admissions").is_visible()
    button = dashboard.page.locator("#levers-button")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    dashboard.slider("Growth in admissions").wait_for()
    dashboard.page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"


def test_a_server_that_fails_once_is_asked_again(dashboard):
    dashboard.open()
    failed = []

    def fail_once(route):
        if not failed:
            failed.append(route.request.url)
            return route.fulfill(status=500, body="no")
        return route.continue_()

    dashboard.page.route("**/ask", fail_once)
    thumb = dashboard.slider("Growth in admissions")
    thumb.focus()
    with dashboard.page.expect_response(lambda reply: reply.status == 500):
        thumb.press("ArrowLeft")
    dashboard.settled()
    dashboard.until("document.querySelector('#story').textContent.includes('3.5%')")
    assert failed
    dashboard.complaints.clear()
