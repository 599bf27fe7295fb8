"""The page with what a test needs to say about it."""

from __future__ import annotations

import json
import re
import time

import pytest

Error = pytest.importorskip("playwright.sync_api").Error
LEAVING = "Execution context was destroyed"
"""What a page says of a question that it was asked as it went."""

QUICK = "years=1"
"""A link whose answer comes sooner."""

PATIENCE = 120_000
"""Milliseconds after which what was waited for never comes."""

CHARTED = "document.querySelectorAll('.js-plotly-plot .js-line').length >= 4"
SETTLED = "document.body.dataset.answer === 'settled'"
IDLE = """new Promise((done) => {
    const soon = (next) => window.setTimeout(() => {
        window.requestAnimationFrame(() => {});
        window.requestIdleCallback(next, {timeout: 1000});
    });
    soon(() => soon(done));
})"""
"""Comes true when the page has nothing left to do: what was pressed has been heard, what came has been drawn.

A frame is asked for, since a page that draws none is not told for a second that it is idle.
"""

GO = """(address) => {
    const calls = window.dash_clientside && window.dash_clientside.upstream;
    if (!calls || !window.upstream.link || window.upstream.link() === null) return false;
    if (window.applied === undefined) {
        const apply = calls.apply;
        window.applied = 0;
        calls.apply = (...given) => { const said = apply(...given); window.applied += 1; return said; };
    }
    window.wanted = window.applied + 1;
    window.history.pushState(null, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
    return true;
}"""
"""As the browser's own Back and Forward go: the page stays and reads the address anew."""

THERE = "window.applied >= window.wanted"


class Dashboard:
    """A page of the dashboard."""

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
        """Go to a link and wait until its charts are drawn; a page that is there already is not loaded anew."""
        if not self.go(self.at("", link)):
            self.load(link)
        return self.settled()

    def load(self, link=QUICK):
        """Load the page with a link, as somebody does who follows it."""
        self.page.goto(self.at("", link))
        return self.settled()

    def visit(self, path, link=""):
        """Load another view; its script runs, and nothing is waited for."""
        self.page.goto(self.at(path, link))
        return self

    def go(self, address):
        """Whether the page is one with levers, and now stands as an address says, though its answer may be to come."""
        if not self.page.url.startswith(self.address) or not self.page.evaluate(GO, address):
            return False
        self.until(THERE)
        return True

    def at(self, path, link=""):
        """The address of a view with a link."""
        return f"{self.address}{path}{'?' if link else ''}{link}"

    def settled(self):
        """Wait until the latest question is answered and its answer is on the page."""
        self.until(CHARTED)
        return self.answered()

    def answered(self):
        """Wait until the latest question is answered, whatever the view."""
        self.idle()
        self.until(SETTLED)
        self.idle()
        self.until(SETTLED)
        return self

    def idle(self):
        """Wait until the page has nothing left to do."""
        self.page.evaluate(IDLE)

    def until(self, expression):
        """Wait until JavaScript says yes. Playwright's own wait needs `eval`, which our policy forbids."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self._says(expression):
            assert time.monotonic() < deadline, f"never came true: {expression}"
            time.sleep(0.02)

    def _says(self, expression):
        """What JavaScript says; nothing while one page makes room for the next."""
        try:
            return self.page.evaluate(f"document.body !== null && ({expression})")
        except Error as error:
            if LEAVING not in error.message:
                raise
            return False

    def has_levers(self):
        """Whether this is a view that asks the model, not a plain page."""
        return self.page.evaluate("document.body.dataset.answer !== undefined")

    def theme(self, name):
        """Press the button of a theme and wait until everything has its colours."""
        self.page.get_by_role("button", name=name, exact=True).click()
        return self.answered() if self.has_levers() else self.idle()

    def slider(self, name):
        """The slider of a lever."""
        return self.page.get_by_role("slider", name=re.compile(re.escape(name)))

    def row(self, path):
        """The row of a lever."""
        return self.page.locator(f".lever[data-lever='{path}']")

    def box(self, path):
        """The number box of a lever."""
        return self.row(path).locator(".lever-box")

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
