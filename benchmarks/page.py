"""From an address opened to a page that answers, in a real browser: `python -m benchmarks.page [--times 7]`.

Prints a table. Each opening is a browser that has nothing stored ("first visit") or has been there before ("again").
"Numbers" is when the five cards with their numbers were first painted, "levers" when the sliders could be moved,
"charts" when all lines were drawn. "To redraw" is from a key pressed on a lever to the first stroke of the new charts,
"settled" to their last; `python -m benchmarks.redraw` says how much of that is simulation, place by place.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.machine import load, short_name
from benchmarks.redraw import LEVER, MEASURED, STILL, WATCH
from tests.browser.conftest import FLAGS, Dashboard, chromium, served

FEWEST = 5
SEEN = """
    window.seen = {};
    const note = (name) => { window.seen[name] = window.seen[name] || performance.now(); };
    const look = () => {
        const card = document.querySelector(".card-value");
        if (card && /\\d/.test(card.textContent) && !window.seen.numbers) {
            window.requestAnimationFrame(() => window.setTimeout(() => note("numbers")));
        }
        if (window.upstream && window.upstream.link && window.upstream.link() !== null) note("levers");
        if (document.querySelectorAll(".js-plotly-plot .js-line").length >= 4) note("charts");
        if (!window.seen.charts) window.requestAnimationFrame(look);
    };
    window.requestAnimationFrame(look);
"""
"""Runs before anything of the page; looks once a frame, and notes what is there for the first time."""

OPENING = ("numbers", "levers", "charts")
MOVING = ("first", "settled")


def opened(browser: Browser, address: str, visits: int) -> tuple[list[dict[str, float]], Dashboard]:
    """Times of every visit of one browser that begins with nothing stored, in milliseconds; and the last page."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme="light")
    context.add_init_script(SEEN)
    times = []
    for _ in range(visits):
        page = Dashboard(context.new_page(), address)
        page.page.goto(address)
        page.settled()
        times.append(page.page.evaluate("window.seen"))
    return times, page


def moved(page: Dashboard, count: int) -> list[dict[str, Any]]:
    """Times of so many moves of one lever by a key; a first one, which draws the line of doing nothing, is left out."""
    page.page.evaluate(f"() => {{{WATCH}}}")
    thumb = page.slider(LEVER)
    thumb.focus()
    moves = []
    for _ in range(count + 1):
        thumb.press("ArrowLeft")
        page.until("document.body.dataset.answer === 'settled'")
        page.until(f"performance.now() - window.strokes.at(-1) > {STILL}")
        moves.append(page.page.evaluate(MEASURED))
    return moves[1:]


def row(words: str, found: Sequence[dict[str, float]], names: Sequence[str]) -> str:
    """A row of the table: medians, and in brackets the least and the most."""
    values = [[each[name] for each in found] for name in names]
    cells = [f"{median(each):.0f} ({min(each):.0f}\u2013{max(each):.0f})" for each in values]
    return f"| {' | '.join([words, *cells])} |"


def head(*names: str) -> str:
    """The head of a table."""
    return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}"


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="openings, and moves of the lever (default: %(default)s)")
    count = max(FEWEST, parser.parse_args().times)
    with served({}) as address, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        print(f"{short_name()}; the page as it opens; median of {count} (least\u2013most); load {load()}\n", flush=True)
        first = [opened(browser, address, 1)[0][0] for _ in range(count)]
        again, page = opened(browser, address, count + 1)
        print(head("opening", "numbers, ms", "levers, ms", "charts, ms"))
        print(row("first visit", first, OPENING))
        print(row("again", again[1:], OPENING), flush=True)
        print(f"\n{head('moving a lever', 'to redraw, ms', 'settled, ms')}")
        print(row("by a key", moved(page, count), MOVING))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
