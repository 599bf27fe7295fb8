"""Prove it, in a real browser: run a case to a pass, run several, stop, by mouse and by keyboard."""

from __future__ import annotations

import pytest

from tests.browser.seen import SIZES, sideways, sized, violations_in_both_themes

pytestmark = pytest.mark.browser

QUICK, LONG = "series_with_balking", "beds_or_packages"
PASSED = f"document.querySelector('[data-case={QUICK}]').dataset.pass !== undefined"


@pytest.fixture
def prove(dashboard):
    return dashboard.visit("prove-it")


def run(prove, case):
    prove.page.locator(f"[data-run={case}]").click()


def told(prove):
    return prove.page.locator("#prove-status").inner_text()


def test_a_case_is_run_to_a_pass_with_figure_expected_found_tolerance_and_source(prove):
    run(prove, QUICK)
    prove.until(PASSED)
    case = prove.page.locator(f"[data-case={QUICK}]")
    heads = [each.inner_text() for each in case.locator("thead th").all()]
    assert heads == ["Figure", "Expected", "Found", "May be off by", "Result"]
    assert "standard errors" in case.locator("tbody").inner_text()
    assert case.locator("tbody tr").count() >= 1
    assert "✓ pass" in case.locator("tbody").inner_text()
    assert "Source: " in case.inner_text()
    tally = prove.page.locator("#tally").inner_text()
    assert "0 fail" in tally
    assert "in 1 of " in tally or "of 13 cases" in tally


def test_it_is_run_by_keyboard_and_the_end_is_said(prove):
    button = prove.page.locator(f"[data-run={QUICK}]")
    button.focus()
    button.press("Enter")
    prove.until("document.getElementById('prove-status').textContent === 'Done.'")
    assert prove.page.locator("#stop").is_disabled()


def test_a_run_can_be_stopped_and_what_was_finished_stays(prove):
    run(prove, QUICK)
    prove.until(PASSED)
    run(prove, LONG)
    prove.until("!document.getElementById('stop').disabled")
    prove.page.locator("#stop").click()
    prove.until("document.getElementById('prove-status').textContent.startsWith('Stopped')")
    assert prove.page.evaluate(PASSED)
    assert prove.page.locator(f"[data-case={LONG}]").get_attribute("data-pass") is None
    assert prove.page.locator("#run-all").is_enabled()


def test_all_are_run_one_after_another(prove):
    prove.page.locator("#run-all").click()
    prove.until("document.getElementById('prove-status').textContent.startsWith('Case 1 of ')")
    prove.page.locator("#stop").click()
    prove.until("document.getElementById('stop').disabled")


def test_the_views_lead_to_each_other_and_take_the_question_along(dashboard):
    dashboard.open("years=1&demand.admissions_growth=5")
    way = dashboard.page.get_by_role("link", name="Prove it")
    way.focus()
    way.press("Enter")
    dashboard.until("window.location.pathname === '/prove-it'")
    assert dashboard.page.locator("[aria-current=page]").inner_text() == "Prove it"
    dashboard.page.get_by_role("link", name="Overview").click()
    dashboard.settled()
    assert dashboard.box("demand.admissions_growth").input_value() == "5"


def test_the_theme_is_the_one_chosen_elsewhere(prove):
    prove.page.get_by_role("button", name="Dark").click()
    prove.page.reload()
    assert prove.page.evaluate("document.documentElement.dataset.mantineColorScheme") == "dark"
    prove.page.get_by_role("button", name="Light").click()
    assert prove.page.evaluate("document.documentElement.dataset.mantineColorScheme") == "light"


def test_axe_finds_nothing_and_nothing_sticks_out_beside_a_result(prove):
    run(prove, QUICK)
    prove.until(PASSED)
    prove.until("document.getElementById('stop').disabled")
    assert violations_in_both_themes(prove) == {}
    for size in SIZES:
        sized(prove, size)
        assert sideways(prove) <= 0, size
