"""Take the picture of the README anew: `python -m tests.browser.picture [ADDRESS]`, with a dashboard running."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, Dashboard, chromium

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "dashboard.png"
LINK = "plan=prevention_shift&policy.shift_share=0.05"


def take(address):
    """Open the page with a shift to prevention and keep what a visitor first sees."""
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="light")
        Dashboard(page, address).open(LINK)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8050/")
