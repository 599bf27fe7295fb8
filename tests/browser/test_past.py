"""The past, in a real browser: charts drawn when one comes near, numbers behind them, both themes, every width."""

from __future__ import annotations

import pytest

from tests.browser.seen import SIZES, sideways, sized, violations_in_both_themes

pytestmark = pytest.mark.browser
DRAWN = "document.querySelectorAll('.past-frame.js-plotly-plot .js-line').length >= 14"
INSIDE = """Array.from(document.querySelectorAll('.past-card, .past-card h3, .past-says, .past-frame svg'), (each) => {
    const box = each.getBoundingClientRect(), card = each.closest('.past-card').getBoundingClientRect();
    return box.left >= card.left - 1 && box.right <= card.right + 1;
}).every(Boolean)"""


@pytest.fixture
def past(dashboard):
    return dashboard.visit("prove-it")


def come_near(past):
    past.page.locator("#past").scroll_into_view_if_needed()
    past.until(DRAWN)


def open_numbers(past):
    for summary in past.page.locator("#past summary").all():
        summary.click()


def test_charts_are_fetched_only_when_one_comes_near(past):
    assert past.page.evaluate("window.Plotly === undefined")
    come_near(past)
    assert past.page.locator(".past-frame.js-plotly-plot").count() == 7
    assert past.page.locator(".modebar").count() == 0


def test_every_series_says_whether_the_model_did_better(past):
    said = past.page.locator(".past-verdict").all_inner_texts()
    assert len(said) == 7
    assert all("carrying the last year on" in each for each in said)
    assert past.page.locator(".past .view-says").first.inner_text().startswith("Mostly not.")


def test_one_gets_there_and_to_the_numbers_by_keyboard(past):
    way = past.page.get_by_role("link", name="does it reproduce the past?")
    way.focus()
    way.press("Enter")
    past.until(DRAWN)
    numbers = past.page.locator("#past summary").first
    numbers.focus()
    numbers.press("Enter")
    table = past.page.locator(".past-card table").first
    assert table.locator("tbody tr").count() == 10
    assert "2015/16" in table.inner_text()


def test_charts_follow_the_theme(past):
    come_near(past)
    colour = "getComputedStyle(document.querySelector('.past-frame .xtick text')).fill"
    before = past.page.evaluate(colour)
    past.page.get_by_role("button", name="Dark").click()
    past.until(f"{colour} !== '{before}'")
    past.page.get_by_role("button", name="Light").click()
    past.until(f"{colour} === '{before}'")


def test_axe_finds_nothing_with_charts_and_numbers(past):
    come_near(past)
    open_numbers(past)
    assert violations_in_both_themes(past) == {}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_or_sticks_out(past, size):
    """Charts are drawn at this width, not brought to it."""
    sized(past, size)
    come_near(past)
    open_numbers(past)
    assert sideways(past) <= 0
    assert past.page.evaluate(INSIDE)
    tables = "Array.from(document.querySelectorAll('.past-card .wide'), (each) => each.scrollWidth - each.clientWidth)"
    assert max(past.page.evaluate(tables)) <= (40 if size == "phone" else 0)
