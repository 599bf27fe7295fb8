"""Drivers in a real browser: a plan divided, stopped, looked at otherwise, and marked as old when a lever moves."""

from __future__ import annotations

import pytest

from tests.browser.seen import violations_in_both_themes

pytestmark = pytest.mark.browser

PLAN = "years=2&plan=prevention_shift"
READY = "document.getElementById('split-begin') !== null && document.getElementById('lean-table').childElementCount > 0"
BARS = "document.querySelectorAll('#{name}-chart .bars path').length"
SAID = "document.getElementById('split-words').textContent !== ''"


def opened(dashboard, link=PLAN):
    if not dashboard.go(dashboard.at("drivers", link)):
        dashboard.visit("drivers", link)
    dashboard.answered()
    dashboard.until(READY)
    return dashboard.page


def test_a_plan_is_divided_in_words_bars_and_a_table(dashboard):
    page = opened(dashboard)
    page.locator("#split-measure").select_option("gap")
    page.locator("#split-begin").press("Enter")
    dashboard.until(SAID)
    said = page.locator("#split-words").inner_text()
    assert "in 2017/18" in said
    assert "demand" in said
    assert page.locator("#split-table tbody tr").count() == 3
    dashboard.until(f"{BARS.format(name='split')} >= 2")
    page.locator("#look-year").select_option("2016")
    dashboard.answered()
    dashboard.until("document.getElementById('split-words').textContent.includes('in 2016/17')")
    assert violations_in_both_themes(dashboard) == {}
    dashboard.slider("Growth in admissions").press("ArrowRight")
    dashboard.answered()
    dashboard.until("document.getElementById('split-status').textContent.startsWith('The levers have moved since')")


def test_a_job_can_be_stopped_and_what_is_stored_is_there_at_once(dashboard):
    page = opened(dashboard)
    assert page.locator("#lean-words").inner_text().startswith("Stored: England")
    dashboard.until(f"{BARS.format(name='lean')} >= 10")
    page.locator("#lean-begin").press("Enter")
    page.locator("#lean-stop").press("Enter")
    dashboard.until("document.getElementById('lean-status').textContent === 'Stopped'")
    assert page.locator("#lean-begin").is_visible()
    page.locator("#lean-measure").select_option("delayed")
    dashboard.until("document.getElementById('lean-table').textContent.includes('for a million people')")


def test_without_a_plan_there_is_nothing_to_divide(dashboard):
    page = opened(dashboard, "years=1")
    assert page.locator("#split-begin").is_disabled()
    assert page.locator("#words-drivers").inner_text().startswith("Nothing is changed yet")
