"""The page of evidence in a real browser: search, filters, what the question moves, a link to one number."""

from __future__ import annotations

import re

import pytest

from sim.inputs import load_parameters

pytestmark = pytest.mark.browser

LINK = "years=1&plan=prevention_shift&demand.admissions_growth=5"


def shown(dashboard):
    return int(re.match(r"\d+", dashboard.page.locator("#shown").inner_text())[0])


def test_search_and_filters_show_what_fits_and_only_that(dashboard):
    dashboard.visit("evidence", LINK)
    every = shown(dashboard)
    assert every == sum(each.measure.kind == "number" for each in load_parameters().values())
    dashboard.page.locator("#only-moved").click()
    moved = shown(dashboard)
    assert 2 <= moved < 20
    assert dashboard.page.locator(".number-moved:visible").count() == moved
    dashboard.page.locator("#show-all").click()
    assert shown(dashboard) == every
    dashboard.page.locator("#only-guesses").focus()
    dashboard.page.keyboard.press("Space")
    assert dashboard.page.locator("#only-guesses").get_attribute("aria-pressed") == "true"
    guesses = shown(dashboard)
    assert guesses == dashboard.page.locator(".number[data-witness=guess]").count()
    dashboard.page.locator("#search").fill("length of stay")
    dashboard.until(f"parseInt(document.getElementById('shown').textContent) < {guesses}")
    dashboard.page.locator("#show-all").click()
    dashboard.page.locator("#filter-sure").select_option("high")
    assert shown(dashboard) == dashboard.page.locator(".number[data-sure=high]").count()


def test_a_number_opens_by_keyboard_with_its_source(dashboard):
    dashboard.visit("evidence", f"{LINK}#demand.emergency_rate")
    number = dashboard.page.locator("[id='demand.emergency_rate']")
    dashboard.until("document.getElementById('demand.emergency_rate').open")
    assert "Source" in number.inner_text()
    assert "Range" in number.inner_text()
    dashboard.page.keyboard.press("Enter")
    dashboard.until("!document.getElementById('demand.emergency_rate').open")
