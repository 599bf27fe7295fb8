"""Take the pictures of the documentation: `make pictures`, or `python -m docs.pictures [VIEW ...]`.

Every view at the size of a laptop, as it stands when its answer has settled, with the plan that the first hour uses.
The word "workshop" stands for all pictures of a workshop.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.components.navigation import VIEWS
from dashboard.link import looks
from docs import pictures_workshop
from tests.browser.conftest import FLAGS, LAPTOP, Dashboard, chromium, served

IMAGES = Path(__file__).parent / "images"
LINK = "plan=prevention_shift"
COLOURS = 200
"""A picture of a page has few colours; with so many it looks the same and is a third as large."""

LONG = 600_000
"""Milliseconds to wait for work that a button begins: it simulates everybody in the place."""


def _pressed(button: str, then: str) -> Callable[[Page], None]:
    """Press a button and wait for what it brings, and bring that into view."""

    def press(page: Page) -> None:
        page.get_by_role("button", name=button, exact=True).click()
        found = page.locator(then).first
        found.wait_for(timeout=LONG)
        found.scroll_into_view_if_needed()

    return press


READY: dict[str, Callable[[Page], None]] = {
    "drivers": _pressed("Split it", "#split-table tbody tr"),
    "watch": _pressed("Show these days", "#player:not([hidden])"),
    "stress-test": _pressed("Try these futures", ".stress-says li"),
    "what-it-takes": _pressed("Work it out", ".takes-says"),
}
"""What must be pressed before there is something to see."""


def name_of(address: str) -> str:
    """The name of a view's picture, without ending."""
    return address.removeprefix("/") or "overview"


def take(page: Dashboard, address: str) -> None:
    """One view, from nothing, written to `docs/images`."""
    page.visit(address.removeprefix("/"), LINK)
    if name_of(address) in looks.VIEWS:
        page.answered()
    if address == "/":
        page.settled()
    READY.get(name_of(address), lambda _: None)(page.page)
    keep(name_of(address), page)


def keep(name: str, page: Dashboard) -> None:
    """A page as it stands, written to `docs/images`."""
    page.idle()
    shot = Image.open(BytesIO(page.page.screenshot())).convert("RGB")
    shot.quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)
    print(name)


def main(wanted: Sequence[str]) -> None:
    """Every view, or those named; the pictures of a workshop are taken together."""
    addresses = [address for _, address, _ in VIEWS] + ["/report", "/learn"]
    views = [address for address in addresses if not wanted or name_of(address) in wanted]
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        if views:
            take_views(browser, views)
        if not wanted or set(wanted) & {*pictures_workshop.NAMES, "workshop"}:
            pictures_workshop.take_workshop(browser, keep)
        browser.close()


def take_views(browser: Browser, addresses: Sequence[str]) -> None:
    """Views of the dashboard, one after another."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served({"UPSTREAM_DATABASE": f"sqlite:///{folder}/kept.sqlite3"}) as here,
    ):
        page = Dashboard(browser.new_page(viewport=LAPTOP, color_scheme="light"), here)
        for address in addresses:
            take(page, address)


if __name__ == "__main__":
    main(sys.argv[1:])
