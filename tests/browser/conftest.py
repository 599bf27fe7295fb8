"""A real browser on the real dashboard: one server for all tests, and one page as long as tests leave it as it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from waitress import create_server

from dashboard.app import create_app
from tests.browser.dashboard import PATIENCE, QUICK, Dashboard
from tests.browser.workshop_alone import alone

__all__ = ["PATIENCE", "QUICK", "SMALL", "Dashboard", "Kept", "Server", "chromium", "served", "served_here"]

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

LAPTOP = {"width": 1280, "height": 720}
FAILED = pytest.StashKey[bool]()

TIDY = """(() => {
    for (const each of document.querySelectorAll("dialog[open]")) each.close();
    for (const each of document.querySelectorAll("details[open]")) each.open = false;
    for (const each of document.querySelectorAll("button[aria-expanded=true]")) each.click();
    if (document.documentElement.dataset.mantineColorScheme === "dark") window.upstream.theme.other();
    window.localStorage.clear();
    window.sessionStorage.clear();
    window.scrollTo(0, 0);
    document.activeElement.blur();
})()"""
AS_IT_OPENED = """
    !document.querySelector("dialog[open], [aria-expanded=true], body.levers-open, [popover]:popover-open")
    && window.localStorage.length === 0 && document.documentElement.dataset.mantineColorScheme === "light" """


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the dashboard is served, with a small sample so that it answers soon, and a shelf of its own."""
    database = tmp_path_factory.mktemp("shelf") / "scenarios.sqlite3"
    with served(SMALL | {"UPSTREAM_DATABASE": f"sqlite:///{database}"}) as address:
        yield address


@pytest.fixture(scope="module")
def workshops(tmp_path_factory):
    """Where workshops and nothing else are served, in this process."""
    folder = tmp_path_factory.mktemp("workshops")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPSTREAM_CACHE", str(folder))
        with alone(folder) as here:
            yield here


class Server:
    """A dashboard in a process of its own, on a free port or on the one it had before.

    more   what it is told on its command line besides
    """

    def __init__(self, variables, *more):
        self.variables, self.more, self.address = variables, more, ""

    def start(self):
        """Begin, and wait until it says where it is."""
        port = self.address.rpartition(":")[2].strip("/") or "0"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "--port", port, "--no-browser", *self.more],
            cwd=Path(__file__).parents[2],
            env=os.environ | self.variables | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.said(r"http://\S+")
        return self.address

    def said(self, pattern):
        """The next of what it prints that looks so."""
        said = []
        for line in self.process.stdout:
            said.append(line)
            found = re.search(pattern, line)
            if found:
                return found.group()
        pytest.fail("the dashboard did not start: " + "".join(said))

    def kill(self):
        """As nothing can prevent: on POSIX, SIGKILL."""
        self.process.kill()
        self._gone()

    def stop(self):
        """As a person stops it."""
        self.process.terminate()
        self._gone()

    def _gone(self):
        self.process.wait(timeout=30)
        self.process.stdout.close()


@contextmanager
def served(variables):
    """A dashboard of its own on a free port, as long as the block lasts."""
    server = Server(variables)
    try:
        yield server.start()
    finally:
        server.stop()


@contextmanager
def served_here(gateway):
    """The dashboard on a model of the test's own, in a thread of this process."""
    server = create_server(create_app(gateway).server, host="127.0.0.1", port=0, threads=16)
    Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        server.close()
        gateway.close()


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


@pytest.fixture(scope="session")
def window(browser):
    """One browser window for all tests, so that scripts are fetched and compiled once."""
    context = browser.new_context(color_scheme="light")
    yield context
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember whether a test failed, since then nobody knows how it left the page."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


class Kept:
    """One page for test after test: to load it takes ten times as long as to go to another link in it.

    It is tidied after each test, and thrown away when a test failed or something is still open.
    """

    def __init__(self, window, address):
        self.window, self.address = window, address
        self._page = None

    @contextmanager
    def lent(self, request):
        """The page for one test, which must neither complain nor ask anything of other machines."""
        lent = self._page = self._page or Dashboard(self.window.new_page(), self.address)
        lent.complaints, lent.outside, lent.asked = [], [], []
        lent.page.set_viewport_size(LAPTOP)
        lent.page.emulate_media(media="null", color_scheme="light", reduced_motion="null")
        yield lent
        lent.page.unroute_all()
        self.window.set_offline(False)
        if request.node.stash.get(FAILED, False) or not self._tidied():
            self.close()
        assert lent.complaints == []
        assert lent.outside == []

    def _tidied(self):
        """Whether the page could be made as it opened."""
        page = self._page.page
        if not page.url.startswith(self.address):
            return False
        page.evaluate(TIDY)
        self._page.idle()
        return page.evaluate(AS_IT_OPENED)

    def close(self):
        """Have no page any more, and nothing remembered."""
        if self._page:
            if self._page.page.url.startswith(self.address):
                self._page.page.evaluate("window.localStorage.clear()")
            self._page.page.close()
        self._page = None


@pytest.fixture(scope="session")
def kept(window, address):
    """The page of the session."""
    page = Kept(window, address)
    yield page
    page.close()


@pytest.fixture
def dashboard(request, kept):
    """The page, nothing open in it."""
    with kept.lent(request) as page:
        yield page
