"""From a key pressed on a lever to the charts redrawn, in a real browser: `python -m benchmarks.redraw [--moves 7]`.

Prints a table. "First" is the first answer, made of two pairs of replications; "settled" the one of all ten.
Simulation is the time in which at least one replication under way was waited for; the rest is everything else:
the page, the network, the words and charts, and drawing.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks.machine import load, short_name
from tests.browser.conftest import FLAGS, Dashboard, chromium, served

PLACES = ("west-north-and-east-cumbria", "derbyshire", "greater-manchester")
YEARS = 5
LEVER = "Growth in admissions"
FEWEST_MOVES = 5
STILL = 400
"""Milliseconds without a stroke after which the charts count as drawn."""

WATCH = """
    window.strokes = [];
    window.addEventListener("keydown", () => {
        window.pressed = performance.now();
        window.strokes = [];
        performance.clearResourceTimings();
    }, true);
    const drawn = (changes) => {
        if (changes.some((each) => each.target.classList.contains("js-line"))) window.strokes.push(performance.now());
    };
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
        new MutationObserver(drawn).observe(chart, {subtree: true, attributes: true, attributeFilter: ["d"]});
    }
"""
MEASURED = """(() => {
    // a question given up for a newer one has no reply, and no timing
    const dur = (entry) => entry.serverTiming.find((each) => each.name === "simulation")?.duration ?? 0;
    const replies = performance.getEntriesByType("resource").filter((each) => each.name.endsWith("/ask"));
    const answers = replies.map(dur).filter((each) => each > 0);
    return {
        first: window.strokes[0] - window.pressed,
        settled: window.strokes.at(-1) - window.pressed,
        first_simulation: answers[0] || 0,
        settled_simulation: answers.at(-1) || 0,
    };
})()"""


@dataclass(frozen=True, slots=True)
class Moves:
    """One place: what each move of the lever took, in milliseconds."""

    place: str
    people: str
    moves: list[dict[str, float]]

    def row(self) -> str:
        """A row of the table: medians, and in brackets the least and the most."""
        cells = [self.place, self.people]
        for step in ("first", "settled"):
            cells += [self._spread(step), self._spread(f"{step}_simulation"), self._share(step)]
        return f"| {' | '.join(cells)} |"

    def _spread(self, what: str) -> str:
        values = [move[what] for move in self.moves]
        return f"{median(values):.0f} ({min(values):.0f}\u2013{max(values):.0f})"

    def _share(self, step: str) -> str:
        return f"{100 * median(move[f'{step}_simulation'] / move[step] for move in self.moves):.0f} %"


HEAD = (
    "| place | people simulated | first answer, ms | simulation, ms | share | settled, ms | simulation, ms | share |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|"
)


def moved(page: Dashboard, place: str, count: int) -> Moves:
    """Open a place, then press a key on one lever so many times, each time until nothing is drawn any more.

    The first move is not counted: it draws the line of doing nothing for the first time.
    """
    page.open(f"place={place}&years={YEARS}")
    page.page.evaluate(f"() => {{{WATCH}}}")
    thumb = page.slider(LEVER)
    thumb.focus()
    moves = []
    for _ in range(count + 1):
        thumb.press("ArrowLeft")
        page.until("document.body.dataset.answer === 'settled'")
        page.until(f"performance.now() - window.strokes.at(-1) > {STILL}")
        moves.append(page.page.evaluate(MEASURED))
    sample = page.page.locator("#sample").inner_text()
    return Moves(page.page.locator("#title").inner_text().rpartition(" in ")[0], sample, moves[1:])


@contextmanager
def opened(address: str):
    """A page in a browser of its own."""
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="light")
        yield Dashboard(page, address)
        browser.close()


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=7, help="moves of the lever a place (default: %(default)s)")
    count = max(FEWEST_MOVES, parser.parse_args().moves)
    with served({}) as address, opened(address) as page:
        print(f"{short_name()}; {YEARS} years; median of {count} moves (least\u2013most); load {load()}\n")
        print(HEAD, flush=True)
        for place in PLACES:
            print(moved(page, place, count).row(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
