"""WCAG 2.2 AA as far as axe can see it, in both themes and with everything open."""

from __future__ import annotations

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
FOCUSED = """(() => {
    const e = document.activeElement, r = e.getBoundingClientRect();
    return [e.getAttribute('aria-label') || e.id || e.textContent.slice(0, 40), r.width > 0 && r.height > 0];
})()"""
LINK = "years=1&plan=prevention_shift&demand.admissions_growth=5"


def violations(dashboard):
    found = axe.Axe().run(dashboard.page, options=RULES).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("link", ["years=1", LINK])
def test_the_page_passes(dashboard, theme, link):
    dashboard.page.emulate_media(color_scheme=theme)
    dashboard.open(link)
    assert violations(dashboard) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_with_evidence_and_numbers_open(dashboard, theme):
    dashboard.page.emulate_media(color_scheme=theme)
    dashboard.open(LINK)
    for summary in dashboard.page.locator(".behind summary").all():
        summary.click()
    dashboard.page.locator(".evidence-button").first.click()
    dashboard.page.locator(".evidence-card").wait_for()
    dashboard.page.wait_for_timeout(500)
    assert violations(dashboard) == []


def test_it_passes_on_a_tablet_with_the_drawer_open(dashboard):
    dashboard.page.set_viewport_size({"width": 820, "height": 1180})
    dashboard.open(LINK)
    dashboard.page.locator("#levers-button").click()
    dashboard.page.wait_for_timeout(500)
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
