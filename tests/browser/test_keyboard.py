"""A planner without a mouse: from the first press of Tab through a plan of their own to another view and back."""

from __future__ import annotations

import pytest

from tests.browser.seen import sized

pytestmark = pytest.mark.browser

GROWTH = "demand.admissions_growth"
NAME = """(() => {
    const e = document.activeElement, label = e.labels && e.labels[0];
    return (e.getAttribute("aria-label") || (label && label.textContent) || e.textContent || e.id).trim();
})()"""
SEEN = """(() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), look = getComputedStyle(e);
    const ringed = look.outlineStyle !== "none" || look.boxShadow !== "none" || look.borderColor;
    return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight && Boolean(ringed);
})()"""
"""Whether what has the focus can be seen, and something about it says so."""

HEIGHT_OF_WORDS = """document.querySelector("#graph-gap .xtick text").getBoundingClientRect().height"""
"""How tall the words under a chart are, in pixels of the screen."""

OFFERED = "(document.querySelector('[data-combobox-selected]') || {}).textContent"
LONGEST_WAY = 120


def tab_to(dashboard, name, key="Tab"):
    """Press Tab until what has the focus has a name that begins so; it must be in sight."""
    for _ in range(LONGEST_WAY):
        dashboard.page.keyboard.press(key)
        if dashboard.page.evaluate(NAME).startswith(name):
            assert dashboard.page.evaluate(SEEN), name
            return
    pytest.fail(f"no way by Tab to {name}")


def press(dashboard, *keys):
    for key in keys:
        dashboard.page.keyboard.press(key)
    dashboard.answered()


def test_a_plan_is_made_looked_at_and_put_back_by_keyboard_alone(dashboard):
    page = dashboard.load("years=2").page

    tab_to(dashboard, "Growth in admissions")
    press(dashboard, *["ArrowRight"] * 3)
    assert f"{GROWTH}=3.9" in dashboard.link
    tab_to(dashboard, "Growth in admissions")
    page.keyboard.press("Control+a")
    page.keyboard.type("2.5")
    press(dashboard, "Enter")
    assert f"{GROWTH}=2.5" in dashboard.link

    tab_to(dashboard, "Evidence for Growth in admissions", "Shift+Tab")
    page.keyboard.press("Enter")
    card = page.locator(".evidence-card")
    card.wait_for()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert page.evaluate(NAME).startswith("Evidence for Growth in admissions")

    tab_to(dashboard, "Plan to start from", "Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_role("option", name="Shift to prevention").wait_for()
    while page.evaluate(OFFERED) != "Shift to prevention":
        page.keyboard.press("ArrowDown")
        dashboard.idle()
    press(dashboard, "Enter")
    assert "plan=prevention_shift" in dashboard.link

    tab_to(dashboard, "Flow")
    press(dashboard, "Enter")
    assert page.evaluate("window.location.pathname") == "/flow"
    tab_to(dashboard, "Difference")
    press(dashboard, "Enter")
    assert "show=difference" in dashboard.link
    tab_to(dashboard, "Year before", "Shift+Tab")
    press(dashboard, "Enter")
    assert "year=2016" in dashboard.link

    tab_to(dashboard, "Overview", "Shift+Tab")
    press(dashboard, "Enter")
    assert page.evaluate("window.location.pathname") == "/"
    tab_to(dashboard, "Numbers behind")
    page.keyboard.press("Enter")
    page.locator(".behind table").first.wait_for()


def test_the_first_press_of_tab_offers_the_way_past_the_levers(dashboard):
    dashboard.load("years=1")
    dashboard.page.keyboard.press("Tab")
    assert dashboard.page.evaluate(NAME) == "Skip to the results"
    dashboard.page.keyboard.press("Enter")
    dashboard.page.keyboard.press("Tab")
    assert dashboard.page.evaluate("document.activeElement.closest('.levers, .bar') === null")


def test_on_a_tablet_nothing_in_the_closed_drawer_takes_the_focus(dashboard):
    dashboard.open("years=1&plan=prevention_shift")
    sized(dashboard, "tablet")
    for _ in range(45):
        dashboard.page.keyboard.press("Tab")
        assert dashboard.page.evaluate("document.activeElement.closest('.levers') === null")


def test_one_chart_grows_by_keyboard_with_larger_words_and_goes_back(dashboard):
    dashboard.open("years=1")
    page = dashboard.page
    larger = page.get_by_role("button", name="Larger chart: Money gap")
    larger.press("Enter")
    assert page.locator(".chart-card:visible").count() == 1
    dashboard.until(f"{HEIGHT_OF_WORDS} >= 16")
    page.keyboard.press("Escape")
    assert page.locator(".charts .chart-card:visible").count() == 4
    dashboard.until(f"{HEIGHT_OF_WORDS} < 16")
    assert page.evaluate(NAME).startswith("Larger")
