"""A real browser on the real dashboard: one server for all tests, a fresh page for each."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SMALL = {
    "UPSTREAM_SAMPLE": "8000",
    "UPSTREAM_REPLICATIONS": "6",
    "UPSTREAM_DRAWS": "12",
    "UPSTREAM_MEMORY_MB": "128",
}
"""Few people, few replications and few draws, so that answers come soon."""

QUICK = "years=1"
"""A link whose answer comes sooner."""

PATIENCE = 120_000


@pytest.fixture(scope="session")
def address():
    """Where the dashboard is served, with a small sample so that it answers soon."""
    with served(SMALL) as address:
        yield address


@contextmanager
def served(variables):
    """A dashboard of its own on a free port, as long as the block lasts."""
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "--port", "0", "--no-browser"],
        cwd=Path(__file__).parents[2],
        env=os.environ | variables | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _address_in(server.stdout)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address_in(output):
    said = []
    for line in output:
        said.append(line)
        found = re.search(r"http://\S+", line)
        if found:
            return found.group()
    pytest.fail("the dashboard did not start: " + "".join(said))


def chromium():
    """Where Chromium, or a browser made of it, is installed; None if it is not."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser():
    """Chromium, as installed on this machine."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as engine:
        running = engine.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


class Dashboard:
    """The page with what a test needs to say about it."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints, self.outside, self.asked = [], [], []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._note)

    def _note(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)
        if request.url.endswith("/ask"):
            self.asked.append(json.loads(request.post_data))

    def open(self, link=QUICK):
        """Open a link and wait until its charts are drawn."""
        self.page.goto(f"{self.address}?{link}" if link else self.address)
        return self.settled()

    def settled(self):
        """Wait until the latest question is answered and its answer is on the page."""
        self.until("document.querySelectorAll('.js-plotly-plot .js-line').length >= 4")
        time.sleep(0.1)
        self.until("document.body.dataset.answer === 'settled'")
        time.sleep(0.2)
        return self

    def visit(self, path, link=""):
        """Open another view and wait until its script has run."""
        self.page.goto(f"{self.address}{path}{'?' if link else ''}{link}")
        return self

    def until(self, expression):
        """Wait until JavaScript says yes. Playwright's own wait needs `eval`, which our policy forbids."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"never came true: {expression}"
            time.sleep(0.05)

    def slider(self, name):
        """The thumb of a lever."""
        return self.page.get_by_role("slider", name=re.compile(re.escape(name)))

    def row(self, path):
        """The row of a lever."""
        return self.page.locator(f".lever[id*='\"{path}\"']")

    def box(self, path):
        """The number box of a lever."""
        return self.row(path).locator("input:not([type=hidden])")

    def status(self):
        """How far the answer has come, in words."""
        return self.page.locator("#status").inner_text()

    def cards(self):
        """The text of the headline cards."""
        return self.page.locator("#kpis").inner_text()

    def drawn(self):
        """What the charts draw: the path of every line."""
        return self.page.evaluate(
            "Array.from(document.querySelectorAll('.js-plotly-plot .js-line')).map(e => e.getAttribute('d')).join(';')"
        )

    @property
    def link(self):
        """The query of the address bar."""
        return self.page.evaluate("window.location.search")


@pytest.fixture(scope="session")
def window(browser):
    """One browser window for all tests, so that scripts are fetched and compiled once."""
    context = browser.new_context(color_scheme="light")
    yield context
    context.close()


@pytest.fixture
def dashboard(window, address):
    """A fresh page, which must neither complain nor ask anything of other machines."""
    page = Dashboard(window.new_page(), address)
    page.page.set_viewport_size({"width": 1280, "height": 720})
    yield page
    page.page.evaluate("window.localStorage.clear()")
    page.page.close()
    assert page.complaints == []
    assert page.outside == []
