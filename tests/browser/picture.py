"""Take the pictures of the documentation anew: `python -m tests.browser.picture [ADDRESS]`, a dashboard running."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, Dashboard, chromium

PICTURES = Path(__file__).parents[2] / "docs" / "images"
LINK = "plan=prevention_shift&policy.shift_share=0.05"
DOUBTED = "place=dorset&plan=prevention_shift"
CASE = "erlang_clinic"


def take(address):
    """What a visitor first sees of a shift to prevention; how sure that is; and what proves it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="light")
        dashboard = Dashboard(page, address)
        dashboard.open(LINK)
        page.screenshot(path=PICTURES / "dashboard.png")
        dashboard.open(DOUBTED)
        page.locator("#doubts-ask").click()
        dashboard.until("document.querySelectorAll('#doubts-result .doubt-card').length === 5")
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURES / "doubts.png")
        prove(dashboard, page)
        browser.close()


def prove(dashboard, page):
    """A published case that was run, and the past beside the model."""
    dashboard.visit("prove-it")
    page.locator(f"[data-run={CASE}]").click()
    dashboard.until(f"document.querySelector('[data-case={CASE}]').dataset.pass !== undefined")
    page.evaluate(f"document.querySelector('[data-case={CASE}]').scrollIntoView()")
    page.mouse.move(0, 0)
    page.screenshot(path=PICTURES / "prove-it.png")
    page.evaluate("document.getElementById('past').scrollIntoView()")
    dashboard.until("document.querySelectorAll('.past-frame.js-plotly-plot').length === 7")
    page.evaluate("window.scrollBy(0, document.querySelector('.past-key').getBoundingClientRect().top - 66)")
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / "past.png")


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8050/")
