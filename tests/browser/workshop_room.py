"""A workshop's room in real browsers: one for the facilitator, one for the board, one for each seat."""

from __future__ import annotations

import json
import re

import pytest

from tests.browser.dashboard import Dashboard
from tests.unit.workshop.rooms import TEXT

LateError = pytest.importorskip("playwright.sync_api").TimeoutError

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 720}
PROJECTOR = {"width": 1920, "height": 1080}

ACUTE, COMMUNITY, SHIFT = "capacity.growth.acute", "capacity.growth.p1", "policy.shift_share"
DROPPED = ("ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET", "ERR_ABORTED")
"""What a browser complains of while nobody answers."""

ASKED = 4_000
"""Milliseconds for which a button surely waits to be pressed again."""

TAP = """(() => {
    const real = window.fetch.bind(window);
    window.heard = [];
    window.fetch = (...asked) => real(...asked).then((reply) => {
        reply.clone().text().then((text) => window.heard.push(text), () => {});
        return reply;
    });
})()"""
"""Notes the whole of every reply that a page is given."""

SENT = """async ([code, screen, path, body]) => {
    const form = document.getElementById("room").dataset.form;
    const headers = {"Content-Type": "application/json", "X-Upstream-Form": form};
    const said = {method: "POST", headers, body: JSON.stringify(body)};
    const reply = await fetch(`/workshop/${code}/${path}?screen=${screen}`, said);
    return [reply.status, (await reply.json()).fault || ""];
}"""


class Person(Dashboard):
    """Somebody with a browser of their own."""

    def __init__(self, browser, address, size, kept=None):
        self.context = browser.new_context(
            viewport=size, color_scheme="light", has_touch=size == PHONE, storage_state=kept, accept_downloads=True
        )
        self.context.add_init_script(TAP)
        super().__init__(self.context.new_page(), address)

    @property
    def code(self):
        """Of the session whose page is open."""
        return self.page.url.removeprefix(self.address).split("/")[1].partition("#")[0]

    @property
    def screen(self):
        return self.page.get_attribute("#room", "data-screen")

    def act(self, name, **keys):
        """Do one thing as the page's script does it; the reply's status, and what was refused."""
        return self.page.evaluate(SENT, [self.code, self.screen, "act", {"act": name, **keys}])

    def shown(self, where, words=""):
        """Wait until there is such a part, and it says something."""
        found = self.page.locator(where)
        (found.filter(has_text=words) if words else found).first.wait_for()
        return self

    def in_phase(self, phase):
        """Wait until the page has come to a phase."""
        self.page.locator(f"#room[data-phase={phase}]").wait_for()
        return self

    def press(self, words, within="body"):
        """Press a button by its words."""
        self.page.locator(within).get_by_role("button", name=words).first.click()
        return self

    def press_twice(self, words, sure):
        """Press a button that asks for a second press; again where a slow machine let it forget the first."""
        again = self.page.get_by_role("button", name=sure).first
        for _ in range(10):
            self.press(words)
            try:
                return again.click(timeout=ASKED)
            except LateError:
                continue
        raise AssertionError(f"never asked: {sure}")

    def lever(self, path):
        """The row of a lever."""
        return self.page.locator(f"[data-row][data-key='{path}']")

    def saved(self, path):
        """Wait until what was set is kept."""
        self.lever(path).locator("[data-saved]", has_text=re.compile("^Saved$")).wait_for()
        return self

    def heard(self):
        """Everything this browser was told: the page as it stands, and every reply since it was loaded."""
        self.idle()
        return self.page.content() + "".join(self.page.evaluate("window.heard"))

    def close(self):
        """Gone, with all that the browser remembers."""
        self.context.close()


class Room:
    """A session that somebody leads, and those who joined it."""

    def __init__(self, browser, address, host_link, text=TEXT):
        self.browser, self.address, self.everybody = browser, address, []
        self.lead = self.person(LAPTOP)
        self.lead.page.goto(host_link)
        self._make(text)
        self.code, self.seats = self.lead.code, {}

    def _make(self, text):
        """From the text of a file of one's own."""
        self.lead.page.locator("summary", has_text="of your own").click()
        self.lead.page.fill("#own-text", text)
        self.lead.press("Make it")
        self.lead.page.wait_for_url("**/console")

    def person(self, size, kept=None):
        """One more browser."""
        found = Person(self.browser, self.address, size, kept)
        self.everybody.append(found)
        return found

    def board(self, size=PROJECTOR):
        """The projector."""
        found = self.person(size)
        found.visit(f"workshop/{self.code}/board")
        return found

    def joins(self, name, team, role, size=PHONE, typed=""):
        """Somebody takes a seat.

        typed   the code as typed on the first page; else they come by the address, as with a camera
        """
        someone = self.person(size)
        if typed:
            someone.visit("workshop").page.fill("#join-code", typed)
            someone.press("Join")
        else:
            someone.visit(f"workshop/{self.code}")
        self.fills(someone, name, team, role)
        someone.page.locator("#room[data-screen=seat]").wait_for()
        self.seats[team, role] = someone
        return someone

    def fills(self, someone, name, team, role):
        """Fill in the form to join, and send it."""
        page = someone.page
        page.fill("input[name=name]", name)
        known = page.locator(f"input[name=team][value={json.dumps(team)}]")
        if known.count():
            known.check()
        else:
            page.fill("#other-team", team)
        page.check(f"input[name=role][value={role}]")
        someone.press("Take a seat")

    def next(self, phase, *others):
        """The facilitator presses the one large button, and everybody comes to the next phase."""
        self.lead.page.locator("button.console-next").click()
        self.all_in(phase, *others)

    def all_in(self, phase, *others):
        """Wait until everybody's page has come to a phase."""
        for each in (self.lead, *self.seats.values(), *others):
            each.in_phase(phase)

    def to_reveal(self, *others):
        """From the decisions to what came of them."""
        self.next("lock", *others)
        self.next("run", *others)
        self.next("reveal", *others)

    def log(self):
        """Every act of the session, as the facilitator may export it."""
        session = self.lead.page.evaluate(f"fetch('/workshop/{self.code}/session.json').then((reply) => reply.json())")
        return session["log"]

    def close(self):
        """Everybody goes; what they had to complain of, and what they asked of other machines."""
        complaints = [(each.code, said) for each in self.everybody for said in each.complaints]
        outside = [asked for each in self.everybody for asked in each.outside]
        for each in self.everybody:
            each.close()
        return complaints, outside


def says_number(text, number):
    """Whether a number stands somewhere in a text by itself, or rounded as a wall or a sheet says a percentage."""
    rounded = rf"{float(number):.2f}%"
    return re.search(rf"(?<![\d.])({re.escape(number)}|{re.escape(rounded)})(?!\d)", text) is not None
