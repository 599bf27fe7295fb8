"""Phones on poor wifi: nothing is done twice, nothing that is over is done at all, and nothing typed is lost."""

from __future__ import annotations

import json
import re

import pytest

from tests.browser.workshop_room import ACUTE, COMMUNITY, LAPTOP, Room
from tests.unit.dashboard.workshop.serving import HOST_TOKEN

pytestmark = pytest.mark.browser

ACTS, LOOKS, CLOCK = (re.compile(rf"/workshop/[A-Z]+/{what}\?") for what in ("act", "look", "clock"))
BUSY = {"status": 503, "content_type": "text/plain", "body": "busy"}
MOVES = """([path]) => {
    const box = document.querySelector(`[data-key='${path}'] input[type=range]`);
    window.stood = [];
    window.setInterval(() => window.stood.push(box.value), 20);
}"""


@pytest.fixture
def room(browser, workshops):
    made = Room(browser, workshops, f"{workshops}workshop/host/{HOST_TOKEN}")
    yield made
    made.close()


@pytest.fixture
def ada(room):
    """Somebody who decides."""
    found = room.joins("Ada", "Blue", "acute")
    room.next("decide")
    return found


def sets(person, value, path=ACUTE):
    box = person.lever(path).locator("input[type=number]")
    box.fill(value)
    box.press("Enter")


def says(person, words, path=ACUTE):
    person.lever(path).locator("[data-saved]", has_text=re.compile(f"^{words}")).wait_for()


def acts(room, *names):
    return [each for each in room.log() if each["act"] in names]


def unheard(route):
    """The server hears it, and the phone never hears the answer."""
    route.fetch()
    route.abort()


def test_what_a_busy_server_did_not_take_is_sent_again(room, ada):
    ada.page.route(ACTS, lambda route: route.fulfill(**BUSY), times=2)
    sets(ada, "1.5")
    says(ada, "Not saved yet: the server is busy")
    assert ada.lever(ACUTE).locator("input[type=range]").input_value() == "1.5"
    says(ada, "Saved")
    assert [each["value"] for each in acts(room, "Decide")] == [1.5]


def test_what_was_set_anew_is_never_overtaken_by_what_was_not_sent(room, ada):
    """Set, not heard, and set otherwise, or taken back, before it could be sent again."""
    ada.page.route(LOOKS, lambda route: route.abort())
    ada.page.route(ACTS, lambda route: route.abort(), times=1)
    sets(ada, "1.5")
    says(ada, "Not saved yet")
    sets(ada, "2.5")
    says(ada, "Saved")
    ada.page.route(ACTS, lambda route: route.abort(), times=1)
    sets(ada, "2")
    says(ada, "Not saved yet")
    ada.lever(ACUTE).get_by_role("button", name="Take back").click()
    ada.page.locator(f"[data-key='{ACUTE}']:not(.is-moved)").wait_for()
    ada.page.unroute(LOOKS)
    room.lead.act("Pause")
    ada.shown(".room-paused")
    assert [each.get("value") for each in acts(room, "Decide", "Withdraw")] == [2.5, None]


def test_what_was_set_in_a_round_that_is_over_is_not_set_in_the_next(room, ada):
    """A phone that hears nothing from the first round to the second."""
    ada.context.set_offline(True)
    sets(ada, "1.5")
    says(ada, "Not saved yet: no connection")
    for name in ("Lock", "Run", "Reveal", "Debrief", "Begin"):
        if name == "Reveal":
            room.lead.shown("button.console-next", "Reveal")
        assert room.lead.act(name) == [200, ""]
    ada.context.set_offline(False)
    ada.shown("h1", "Decide: Again").shown("#room-notice", "another round")
    assert ada.lever(ACUTE).locator("input[type=range]").input_value() == "0"
    assert acts(room, "Decide") == []
    sets(ada, "2")
    says(ada, "Saved")


def test_what_was_heard_is_not_done_again(room, ada):
    """Pressed again, because the answer got lost."""
    ada.page.locator("summary", has_text="Offer money").click()
    ada.page.fill("#deal-share", "2")
    ada.page.route(ACTS, unheard, times=1)
    ada.press("Offer", ".deal-form")
    ada.shown("#room-notice", "Try again")
    ada.press("Offer", ".deal-form")
    ada.shown("#room-notice", "not done a second time")
    assert len(acts(room, "Propose")) == 1
    ada.page.fill("#deal-share", "2")
    ada.press("Offer", ".deal-form")
    ada.page.locator(".deal").nth(1).wait_for()
    assert len(acts(room, "Propose")) == 2


def test_a_look_from_before_an_act_does_not_undo_the_screen(room, ada):
    late = []
    ada.page.route(LOOKS, lambda route: route.abort())
    room.lead.act("Door", open=True)
    room.joins("Cy", "Blue", "community", LAPTOP)  # what the next look has to tell
    ada.page.unroute(LOOKS)
    ada.page.route(LOOKS, lambda route: late.append((route, route.fetch())), times=1)
    while not late:
        ada.page.wait_for_timeout(50)
    sets(ada, "1.5")
    says(ada, "Saved")
    ada.page.evaluate(MOVES, [ACUTE])
    route, reply = late[0]
    with ada.page.expect_request(LOOKS):  # the one after it
        route.fulfill(response=reply)
    ada.page.wait_for_timeout(200)
    assert reply.status == 200
    assert set(ada.page.evaluate("window.stood")) == {"1.5"}


def test_a_double_press_is_one(room, ada):
    posted = []
    room.lead.page.on("request", lambda asked: posted.append(asked.url) if asked.method == "POST" else None)
    room.lead.page.get_by_role("button", name="1 minute more").dblclick()
    room.lead.page.get_by_role("button", name="Restart this round").dblclick()
    room.lead.shown("button[data-asked]", "Sure?")
    room.lead.idle()
    assert [bool(CLOCK.search(each)) for each in posted] == [True]


def test_no_network_is_said_at_once_and_a_busy_server_is_called_so(ada):
    told = "window.dispatchEvent(new Event('offline')), document.getElementById('room-lost').textContent"
    assert ada.page.evaluate(told).startswith("No connection")
    ada.page.route(LOOKS, lambda route: route.fulfill(**BUSY))
    ada.shown("#room-lost:not([hidden])", "The server is busy")
    ada.page.unroute(LOOKS)
    ada.page.locator("#room-lost").wait_for(state="hidden")
    ada.page.route(LOOKS, lambda route: None)  # silence
    ada.shown("#room-lost:not([hidden])", "No connection")


def test_a_clock_counts_while_the_phone_sleeps(ada):
    """Time that a page does not see pass is on the clock of the phone."""
    clock = ada.page.locator("[data-left]")
    ada.page.route(LOOKS, lambda route: route.abort())
    assert int(clock.inner_text()[0]) >= 4
    ada.page.evaluate("(() => { const now = Date.now; Date.now = () => now() + 120000; })()")
    clock.filter(has_text=re.compile("^[0-2]:")).wait_for()


def test_what_is_typed_outlives_a_reload_until_it_is_sent(room):
    guest = room.person(LAPTOP)
    guest.visit(f"workshop/{room.code}")
    guest.page.fill("input[name=name]", "Zoë")
    guest.page.fill("#other-team", "Owls")
    guest.page.check("input[name=role][value=place]")
    guest.page.reload()
    assert guest.page.input_value("input[name=name]") == "Zoë"
    guest.press("Take a seat").shown("#seat-now", "Owls").shown("h1", "Welcome, Zoë")
    guest.page.locator("summary", has_text="Change name").click()
    guest.page.fill("#seat-main input[name=name]", "Zoë B")
    guest.page.reload()
    assert guest.page.locator("#seat-main input[name=name]").is_visible()
    assert guest.page.input_value("#seat-main input[name=name]") == "Zoë B"
    guest.press("Change").shown("h1", "Welcome, Zoë B")
    guest.page.reload()
    assert not guest.page.locator("#seat-main input[name=name]").is_visible()


def test_the_page_to_join_follows_the_room_and_keeps_what_is_chosen(room):
    guest = room.person(LAPTOP)
    guest.visit(f"workshop/{room.code}")
    guest.page.fill("input[name=name]", "Zoë")
    guest.page.check("input[name=team][value=Red]")
    guest.page.check("input[name=role][value=place]")
    room.joins("Ada", "Blue", "acute")
    guest.shown(".choice", "1 there").shown(".choice", "Already taken at Blue")
    room.next("decide")
    guest.shown("#join-door", "The door is closed")
    assert guest.page.input_value("input[name=name]") == "Zoë"
    assert guest.page.is_checked("input[name=role][value=place]")
    assert guest.page.locator("input[name=team]").count() == 1
    guest.page.check("input[name=team][value=Blue]")
    assert room.lead.act("Door", open=True) == [200, ""]
    guest.page.locator("#join-door .room-paused").wait_for(state="detached")
    assert guest.page.is_checked("input[name=team][value=Blue]")
    guest.press("Take a seat").shown(".people", "Zoë")


def test_who_never_heard_that_they_joined_has_one_seat(room):
    guest = room.person(LAPTOP)
    guest.visit(f"workshop/{room.code}")
    guest.page.route(ACTS, unheard, times=1)
    room.fills(guest, "Zoë", "Red", "place")
    guest.shown("#room-notice", "Try again")
    guest.context.clear_cookies(name=re.compile("upstream_seat_.*"))
    guest.press("Take a seat").shown("h1", "Welcome, Zoë")
    assert len(acts(room, "Join")) == 1


def test_a_way_back_stays_on_the_console_and_puts_the_lost_phone_out(room, ada):
    room.lead.act("Door", open=True)
    cy = room.joins("Cy", "Blue", "community")
    seats = room.lead.page.locator("#console-tables details", has_text="Ada")
    seats.locator("summary").click()
    seats.get_by_role("button", name="New phone for Ada").click()
    shown = seats.locator(".given")
    shown.locator("svg").wait_for()
    cy.page.locator("summary", has_text="Change name").click()
    cy.page.fill("#seat-main input[name=name], #seat-beside input[name=name]", "Cyril")
    cy.press("Change")
    room.lead.shown("#console-tables", "Cyril")
    link = shown.locator(".console-link").inner_text()
    assert re.search(r"/back/[B-Z]{8}$", link)
    shown.get_by_role("button", name="Copy the link").click()
    seats.get_by_role("button", name="New phone for Ada").click()
    shown.wait_for(state="detached")
    other = room.person(LAPTOP)
    other.page.goto(link)
    other.shown(".people", "Ada").shown(f"[data-key='{ACUTE}']")
    ada.shown("form.join-form")
    assert other.lever(COMMUNITY).count() == 0
    assert json.dumps(room.log()).count('"Join"') == 2
