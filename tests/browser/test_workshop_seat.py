"""A seat on a phone, with its script: joining, deciding by finger and keyboard, agreeing, and a connection that goes.

Every phone is a browser of its own at a server that knows nothing but workshops.
"""

from __future__ import annotations

import re
from logging import ERROR, getLogger
from threading import Thread

import pytest
from flask import send_from_directory
from werkzeug.serving import make_server

from dashboard.pages.plain import ASSETS
from dashboard.server.guard import content_policy
from dashboard.workshop.serving.hosting import Hosting
from tests.browser.dashboard import PATIENCE
from tests.browser.seen import CUT, RULES, axe
from tests.unit.dashboard.workshop.serving import HOST_TOKEN, app_of, hub_of
from tests.unit.workshop.rooms import TEXT

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
LEVER = "[data-key='capacity.growth.acute']"
SENT = """async ([code, path, body]) => {
    const form = document.querySelector("[data-form]").dataset.form;
    const headers = {"Content-Type": "application/json", "X-Upstream-Form": form};
    const reply = await fetch(`/workshop/${code}/${path}?screen=console`, {method: "POST", headers, body});
    return reply.status;
}"""


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Workshops at an address, with the policy that the product has for scripts."""
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    getLogger("werkzeug").setLevel(ERROR)
    from dashboard.workshop.keeping.tokens import hashed

    hub = hub_of(tmp_path, Hosting(link=hashed(HOST_TOKEN)))
    app = app_of(hub)
    app.add_url_rule("/assets/<path:name>", view_func=lambda name: send_from_directory(ASSETS, name))
    app.after_request(_with_policy)
    serving = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    hub.close()


def _with_policy(response):
    response.headers["Content-Security-Policy"] = content_policy([])
    return response


class Room:
    """A facilitator's page and a phone for each seat."""

    def __init__(self, browser, server):
        self.browser, self.server, self.contexts = browser, server, []
        self.lead = self.page({"width": 1280, "height": 720})
        self.lead.goto(f"{server}/workshop/host/{HOST_TOKEN}")
        self.lead.locator("summary", has_text="of your own").click()
        self.lead.fill("#own-text", TEXT)
        self.lead.get_by_role("button", name="Make it").click()
        self.lead.wait_for_url("**/console")
        self.code = self.lead.url.split("/")[-2]

    def page(self, size):
        context = self.browser.new_context(viewport=size, has_touch=size == PHONE, color_scheme="light")
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context.new_page()

    def led(self, act, path="act"):
        assert self.lead.evaluate(SENT, [self.code, path, act]) == 200, act

    def joined(self, name, team, role):
        """Somebody who joins by the code, as typed in small letters."""
        phone = self.page(PHONE)
        phone.goto(f"{self.server}/workshop")
        phone.fill("#join-code", self.code.lower())
        phone.get_by_role("button", name="Join").click()
        phone.fill("input[name=name]", name)
        if phone.locator(f"input[name=team][value='{team}']").count():
            phone.check(f"input[name=team][value='{team}']")
        else:
            phone.fill("#other-team", team)
        phone.check(f"input[name=role][value={role}]")
        phone.get_by_role("button", name="Take a seat").click()
        phone.wait_for_selector("#room[data-screen=seat]")
        return phone


@pytest.fixture
def room(browser, server):
    made = Room(browser, server)
    yield made
    for context in made.contexts:
        context.close()


def said(phone, where, words):
    """Wait until a part says something."""
    phone.locator(where, has_text=words).first.wait_for()


def test_a_wrong_code_is_told_where_it_was_typed_and_a_name_is_text(room):
    phone = room.page(PHONE)
    phone.goto(f"{room.server}/workshop")
    phone.fill("#join-code", "zzzzz")
    phone.get_by_role("button", name="Join").click()
    said(phone, "[role=alert]", "no session with the code")
    assert phone.input_value("#join-code") == "zzzzz"
    odd = room.joined("<b>Ada</b>", "Tigers & <i>Co</i>", "acute")
    said(odd, ".people", "<b>Ada</b>")
    said(odd, "#seat-now", "Tigers & <i>Co</i>")


def test_what_is_being_typed_stays_while_others_come_and_a_new_round_finds_its_title(room):
    ada = room.joined("Ada", "Blue", "acute")
    ada.locator("summary", has_text="Change name").click()
    ada.fill("#seat-main input[name=name]", "Adela")
    room.joined("Cy", "Blue", "community")
    said(ada, ".people", "Cy")
    assert ada.input_value("#seat-main input[name=name]") == "Adela"
    assert ada.evaluate("document.activeElement.name") == "name"
    ada.get_by_role("button", name="Change").click()
    said(ada, "h1", "Welcome, Adela")
    room.led('{"act": "Begin"}')
    said(ada, "h1", "Decide: Alone")
    said(ada, "#room-status", "Decide: Alone")


def test_a_lever_by_keyboard_number_and_back(room):
    ada = room.joined("Ada", "Blue", "acute")
    room.led('{"act": "Begin"}')
    lever = ada.locator(LEVER)
    lever.locator("input[type=range]").focus()
    ada.keyboard.press("ArrowRight")
    said(ada, f"{LEVER} [data-saved]", re.compile("^Saved$"))
    assert ada.locator(f"{LEVER}.is-moved").count() == 1
    assert lever.locator("input[type=number]").input_value() == "0.25"
    assert ada.evaluate("document.activeElement.type") == "range"
    lever.locator("input[type=number]").fill("99")
    ada.keyboard.press("Enter")
    said(ada, "#room-notice", "The most is 3.")
    assert lever.locator("input[type=range]").input_value() == "3"
    lever.get_by_role("button", name="Take back").click()
    ada.locator(f"{LEVER}:not(.is-moved)").wait_for()
    assert [lever.locator(f"input[type={kind}]").input_value() for kind in ("range", "number")] == ["0", "0"]


def test_an_agreement_from_offer_to_breach_and_back(room):
    ada, cy = room.joined("Ada", "Blue", "acute"), room.joined("Cy", "Blue", "community")
    room.led('{"act": "Begin"}')
    ada.locator("summary", has_text="Offer money").click()
    ada.fill("#deal-share", "2")
    ada.get_by_role("button", name="Offer").click()
    said(cy, ".deal", "offers you 2%")
    cy.get_by_role("button", name="Agree").click()
    ada.get_by_role("button", name="Break this agreement").click()
    ada.get_by_role("button", name="Press again to break it").click()
    said(ada, ".deal", "You have broken this")
    said(cy, ".deal-state", "Agreed")
    ada.get_by_role("button", name="Keep it after all").click()
    said(ada, ".deal-state", "Agreed")


def test_a_decision_made_without_a_connection_is_sent_when_there_is_one(room):
    ada = room.joined("Ada", "Blue", "acute")
    room.led('{"act": "Begin"}')
    ada.locator(LEVER).wait_for()
    ada.context.set_offline(True)
    ada.locator(f"{LEVER} input[type=number]").fill("1.5")
    ada.keyboard.press("Enter")
    said(ada, f"{LEVER} [data-saved]", "Not saved yet")
    said(ada, "#room-lost:not([hidden])", "No connection")
    ada.context.set_offline(False)
    said(ada, f"{LEVER} [data-saved]", re.compile("^Saved$"))
    ada.locator("#room-lost").wait_for(state="hidden")
    room.led('{"act": "Lock"}')
    said(ada, "#seat-main", "Hospital beds: from 0% a year to 1.5% a year")


def test_a_pause_stops_every_control_and_the_clock(room):
    ada = room.joined("Ada", "Blue", "acute")
    room.led('{"act": "Begin"}')
    ada.locator("[data-left]").wait_for()
    room.led('{"act": "Pause"}')
    said(ada, ".room-paused", "paused the workshop")
    assert ada.locator(f"{LEVER} input[type=range]").is_disabled()
    assert ada.locator("[data-left][data-stands]").count() == 1
    room.led('{"act": "Resume"}')
    ada.locator(".room-paused").wait_for(state="detached")
    assert ada.locator(f"{LEVER} input[type=range]").is_enabled()


def test_who_was_removed_is_told_and_may_join_again(room):
    ada = room.joined("Ada", "Blue", "acute")
    who = room.lead.evaluate(f"fetch('/workshop/{room.code}/session.json').then((reply) => reply.json())")["log"][0]
    room.led(f'{{"act": "Remove", "seat": "{who["seat"]}"}}')
    ada.locator("form.join-form").wait_for()
    assert "seat" in " ".join(ada.locator("[role=alert]").all_inner_texts())


@pytest.mark.parametrize("large", [1, 2])
def test_a_phone_shows_all_of_it_in_large_print_too_and_nothing_is_wrong(room, large):
    ada = room.joined("Ada", "Blue", "acute")
    for act in (None, "Begin", "Lock"):
        if act:
            room.led(f'{{"act": "{act}"}}')
            ada.locator(f"#room[data-phase={'decide' if act == 'Begin' else 'lock'}]").wait_for()
        ada.evaluate(f"document.documentElement.style.fontSize = '{16 * large}px'")
        assert ada.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, act
        assert ada.evaluate(CUT) == [], act
        for scheme in ("light", "dark"):
            ada.evaluate(f"document.documentElement.dataset.mantineColorScheme = '{scheme}'")
            found = axe.Axe().run(ada, options=RULES).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == [], (act, scheme)
