"""WCAG 2.2 AA as far as axe can see it, in both themes and with everything open."""

from __future__ import annotations

import pytest

from tests.browser.seen import sized, violations, violations_in_both_themes

__all__ = ["violations"]

pytestmark = pytest.mark.browser

FOCUSED = """(() => {
    const e = document.activeElement, r = e.getBoundingClientRect();
    return [e.getAttribute('aria-label') || e.id || e.textContent.slice(0, 40), r.width > 0 && r.height > 0];
})()"""
LINK = "years=1&plan=prevention_shift&demand.admissions_growth=5"


def test_the_page_passes(dashboard):
    dashboard.open("years=1")
    assert violations_in_both_themes(dashboard) == {}


def test_it_passes_with_evidence_and_numbers_open(dashboard):
    """The card of the evidence covers the button for the theme, so it is opened anew in each."""
    dashboard.open(LINK)
    for summary in dashboard.page.locator(".behind summary").all():
        summary.click()
    assert violations_in_both_themes(dashboard) == {}
    for theme in ("Dark", "Light"):
        dashboard.page.locator(".evidence-button").first.click()
        dashboard.page.locator(".evidence-card").wait_for()
        assert violations(dashboard) == []
        dashboard.page.keyboard.press("Escape")
        dashboard.theme(theme)


def test_it_passes_on_a_tablet_with_the_drawer_open(dashboard):
    dashboard.open(LINK)
    sized(dashboard, "tablet")
    dashboard.page.locator("#levers-button").click()
    dashboard.slider("Growth in admissions").wait_for()
    assert violations(dashboard) == []


def test_everything_can_be_reached_by_keyboard(dashboard):
    """Each press of Tab moves to something else that can be seen, and every lever comes by."""
    dashboard.open()
    seen = []
    for _ in range(160):
        dashboard.page.keyboard.press("Tab")
        seen.append(dashboard.page.evaluate(FOCUSED))
        if seen[-1][0] == seen[0][0] and len(seen) > 1:
            break
    assert all(visible for _, visible in seen)
    names = " | ".join(str(name) for name, _ in seen)
    assert all(
        label in names for label in ("Growth in admissions", "Money moved upstream", "Hospital beds", "NHS budget")
    )
