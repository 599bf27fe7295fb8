"""Stress test in a real browser: futures tried, stopped, terms changed and mistyped, and a link that brings it back."""

from __future__ import annotations

import pytest

from tests.browser.seen import cut_off, sideways, violations_in_both_themes

pytestmark = pytest.mark.browser

PLAN = "years=1&plan=prevention_shift&futures=few"
READY = "document.body.dataset.stress === 'idle'"
FOUND = f"{READY} && document.querySelector('#stress-result .stress-says') !== null"


def opened(dashboard, link=PLAN):
    dashboard.visit("stress-test", link)
    dashboard.until(READY)
    return dashboard.page


def test_futures_are_tried_and_the_result_outlives_a_reload(dashboard):
    page = opened(dashboard)
    assert "Nothing has been worked out" in page.locator("#stress-result").inner_text()
    page.locator("#stress-ask").press("Enter")
    dashboard.until(FOUND)
    said = page.locator(".stress-says li")
    assert said.count() == 2
    assert page.locator("#stress-result table").count() >= 2
    assert not page.locator("#stress-result").evaluate("each => each.classList.contains('is-old')")
    assert violations_in_both_themes(dashboard) == {}
    assert sideways(dashboard) <= 0
    assert cut_off(dashboard) == []
    words = said.all_inner_texts()
    page.reload()
    dashboard.until(FOUND)
    assert page.locator(".stress-says li").all_inner_texts() == words


def test_changed_terms_mark_a_result_as_old_and_stand_in_the_link(dashboard):
    page = opened(dashboard)
    page.locator("#stress-ask").press("Enter")
    dashboard.until(FOUND)
    box = page.locator("[data-number]:enabled:visible").first
    usual, most = box.input_value(), box.get_attribute("max")
    box.fill("1e9")
    box.press("Tab")
    assert float(box.input_value()) == float(most) != float(usual)
    assert f"{most} is the most" in page.locator("#stress-notices").inner_text()
    assert page.locator("#stress-result").evaluate("each => each.classList.contains('is-old')")
    page.reload()
    dashboard.until(READY)
    assert float(page.locator("[data-number]:enabled:visible").first.input_value()) == float(most)


def test_a_trial_can_be_stopped(dashboard):
    page = opened(dashboard, "years=5&plan=community_first&futures=many")
    page.locator("#stress-ask").press("Enter")
    page.locator("#stress-stop").press("Enter")
    dashboard.until("document.getElementById('stress-status').textContent === 'Stopped'")
    assert page.locator("#stress-ask").is_enabled()
    assert page.locator(".stress-says").count() == 0
