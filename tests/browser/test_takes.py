"""What it takes in a real browser: worked out, stopped, terms changed, and a mix opened on the levers."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from tests.browser.seen import SIZES, cut_off, sideways, sized, violations_in_both_themes

pytestmark = pytest.mark.browser

PLAN = "years=1&plan=prevention_shift"
READY = "document.body.dataset.takes === 'idle'"
FOUND = f"{READY} && document.querySelector('#takes-result .takes-says') !== null"


def opened(dashboard, link):
    dashboard.visit("what-it-takes", link)
    dashboard.until(READY)
    return dashboard.page


def worked_out(dashboard, link):
    page = opened(dashboard, link)
    page.locator("#takes-ask").press("Enter")
    dashboard.until(FOUND)
    return page


@pytest.mark.parametrize("find", ["truth", "fund", "delay", "mix"])
def test_each_question_is_answered_whole_at_every_size_and_outlives_a_reload(dashboard, find):
    page = worked_out(dashboard, f"{PLAN}&policy.shift_start=0&find={find}&turn=delivered")
    assert violations_in_both_themes(dashboard) == {}
    for size in SIZES:
        sized(dashboard, size)
        assert sideways(dashboard) <= 0, size
        assert cut_off(dashboard) == [], size
    words = page.locator(".takes-says").inner_text()
    page.reload()
    dashboard.until(FOUND)
    assert page.locator(".takes-says").inner_text() == words


def test_changed_terms_mark_an_answer_as_old_and_go_along_to_the_next_question(dashboard):
    page = worked_out(dashboard, f"{PLAN}&turn=delivered")
    result = page.locator("#takes-result")
    assert not result.evaluate("each => each.classList.contains('is-old')")
    page.locator("#takes-limits summary").first.click()
    box = page.locator("[data-number]").first
    usual, most = box.input_value(), box.get_attribute("max")
    box.fill("1e9")
    box.press("Tab")
    assert float(box.input_value()) == float(most) != float(usual)
    assert result.evaluate("each => each.classList.contains('is-old')")
    box.fill(usual)
    box.press("Tab")
    assert not result.evaluate("each => each.classList.contains('is-old')")
    box.fill(most)
    box.press("Tab")
    page.get_by_role("link", name="The transition fund").click()
    dashboard.until(READY)
    assert "find=fund" in dashboard.link
    assert page.locator("[data-number]").first.input_value() == most
    page.locator("[data-keep]:checked").press("Space")
    assert page.locator("[data-keep]:checked").count() == 1
    assert "At least one limit" in page.locator("#takes-notices").inner_text()


def test_a_search_can_be_stopped(dashboard):
    page = opened(dashboard, "years=10&plan=community_first&find=mix")
    page.locator("#takes-ask").press("Enter")
    page.locator("#takes-stop").press("Enter")
    dashboard.until("document.getElementById('takes-status').textContent === 'Stopped'")
    assert page.locator("#takes-ask").is_enabled()
    assert page.locator(".takes-says").count() == 0


def test_a_mix_opens_on_the_levers(dashboard):
    page = worked_out(dashboard, f"{PLAN}&find=mix&limit.occupancy=95&limit.gap=699")
    way = page.get_by_role("link", name="on the levers").last
    wanted = dict(parse_qsl(way.get_attribute("href").partition("?")[2]))
    way.click()
    dashboard.settled()
    there = dict(parse_qsl(dashboard.link.removeprefix("?")))
    assert there == wanted
    assert there["plan"] == "prevention_shift"
