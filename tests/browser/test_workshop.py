"""A whole workshop on the product as it is started for a room: four tables, three rounds, ten browsers at once.

Names, tables and commitments are as hostile as the rules allow, and every table has a number that nobody else may see.
"""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from sim.cli.app import build
from tests.browser.conftest import SMALL, Server
from tests.browser.workshop_room import ACUTE, COMMUNITY, LAPTOP, PHONE, SHIFT, Room, says_number

pytestmark = pytest.mark.browser

MARKUP = "Tigers <b>& Co</b>"
SCRIPT = "<img src=x onerror=alert(1)>"
ARABIC = "\u0641\u0631\u064a\u0642 (\u0661)"
TURNED = "\u202eSwap <i>notes</i> weekly\u202c & \u2067more\u2069 <script>alert(1)</script>"
TABLES = {"Blue": "1.373", MARKUP: "2.629", ARABIC: "0.887", 'O\'Brien & "Co"': "2.113"}
"""Each with what its hospital plans, which is told by its digits wherever it stands."""
NAMES = {"Blue": "Ada", MARKUP: SCRIPT, ARABIC: "\u0623\u062d\u0645\u062f", 'O\'Brien & "Co"': "</li><h1>Bo"}
FIRST = ("acute", "community")
INJECTED = "#room :is(b:text-is('& Co'), i:text-is('notes'), img[src=x], script:not([src]), li > h1)"
MOVES = "document.querySelectorAll('[data-show]:not([hidden])').length"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The product, started for a room; only this machine can reach it."""
    folder = tmp_path_factory.mktemp("workshop")
    places = {"UPSTREAM_DATABASE": f"sqlite:///{folder}/scenarios.sqlite3", "UPSTREAM_CACHE": str(folder)}
    running = Server(SMALL | places, "--workshop", "--host", "127.0.0.1")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def room(browser, server):
    made = Room(browser, server.address, server.said(r"http://\S+/workshop/host/\S+"))
    yield made
    complaints, outside = made.close()
    assert complaints == []
    assert outside == []


def test_four_tables_three_rounds_from_the_code_to_the_sheets(room, tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    room.screen = room.board()
    everybody_joins(room)
    the_lobby_shows_names_as_text(room)
    room.next("decide", room.screen)
    the_first_round_is_decided(room)
    money_is_agreed_and_taken_back(room)
    nobody_sees_what_others_plan(room)
    who_drops_comes_back(room)
    room.next("lock", room.screen)
    nobody_sees_what_others_plan(room)
    room.next("run", room.screen)
    room.next("reveal", room.screen)
    nobody_sees_what_others_plan(room)
    every_panel_can_be_shown(room.screen)
    room.next("debrief", room.screen)
    commitments_are_text(room)
    a_card_is_played(room)
    room.next("decide", room.screen)
    room.seats["Blue", "community"].shown(".played", "A hard winter")
    room.to_reveal(room.screen)
    room.next("debrief", room.screen)
    room.next("decide", room.screen)
    one_plan_for_the_whole_table(room)
    room.to_reveal(room.screen)
    nobody_sees_what_others_plan(room)
    room.next("debrief", room.screen)
    room.next("finished", room.screen)
    nothing_is_hidden_any_more(room)
    sheets_are_each_tables_own(room)
    a_replay_gives_the_same_bytes(room, tmp_path)


def everybody_joins(room):
    """By the code as typed in small letters, or by the address, on a phone or a laptop."""
    for at, (team, name) in enumerate(NAMES.items()):
        typed = room.code.lower() if at % 2 == 0 else ""
        room.joins(name, team, "acute", PHONE if at % 2 == 0 else LAPTOP, typed)
        room.joins(f"Second {at}", team, "community")


def the_lobby_shows_names_as_text(room):
    """On the board, the console and at the own table; at no other table."""
    room.screen.shown(".joined-team", "Second 3")
    room.lead.shown("#console-tables", "Second 3")
    for looker, part in ((room.screen, "#board-stage"), (room.lead, "#console-tables")):
        words = looker.page.locator(part).text_content()
        assert all(each in words for each in (*NAMES, *NAMES.values()))
        assert looker.page.locator(INJECTED).count() == 0
    for (team, _), seat in room.seats.items():
        words = seat.shown(".people", "Second").page.inner_text("#room")
        assert NAMES[team] in words
        assert not [each for other, each in NAMES.items() if other != team and each in words]
        assert seat.page.locator(INJECTED).count() == 0


def the_first_round_is_decided(room):
    """A number typed for every hospital; a slider moved by mouse and by keyboard."""
    for team, number in TABLES.items():
        box = room.seats[team, "acute"].lever(ACUTE).locator("input[type=number]")
        box.fill(number)
        box.press("Enter")
        room.seats[team, "acute"].saved(ACUTE)
    mouse, keys = (room.seats[team, "community"] for team in ("Blue", MARKUP))
    mouse.lever(COMMUNITY).locator("input[type=range]").click()
    keys.lever(COMMUNITY).locator("input[type=range]").press("ArrowRight")
    for each in (mouse, keys):
        each.saved(COMMUNITY)
        assert each.lever(ACUTE).count() == 0
    room.screen.shown(".decide-moved", "4 of 4")
    room.lead.shown("#console-now", "4 of 4")


def money_is_agreed_and_taken_back(room):
    """Offered by the hospital, agreed to, and broken before the other side may know."""
    gives, takes = (room.seats["Blue", role] for role in FIRST)
    gives.page.locator("summary", has_text="Offer money").click()
    gives.page.fill("#deal-share", "3.171")
    gives.press("Offer", ".deal-form")
    takes.shown(".deal", "offers you 3.171%").press("Agree")
    gives.press_twice("Break this agreement", "Press again to break it")
    gives.shown(".deal", "You have broken this")
    takes.shown(".deal-state", "Agreed")
    assert "roken" not in takes.page.inner_text(".deals")


def nobody_sees_what_others_plan(room):
    """Neither on the page nor in anything the server told the browser, from the first look on."""
    phase = room.lead.page.get_attribute("#room", "data-phase")
    plans = {**TABLES, "an agreement of Blue": "3.171"}
    for (team, _), seat in room.seats.items():
        told = seat.heard()
        others = [number for name, number in plans.items() if team not in (name, "Blue" if "Blue" in name else name)]
        assert [number for number in others if says_number(told, number)] == [], (team, phase)
    watchers = [room.screen, room.lead] if phase == "decide" else [room.screen]
    for looker in watchers:
        told = looker.heard()
        assert [number for number in plans.values() if says_number(told, number)] == [], (looker.screen, phase)


def who_drops_comes_back(room):
    """The same browser has its seat again; another phone gets it by a link that the facilitator passes on."""
    dropped = room.seats["Blue", "community"]
    kept = dropped.context.storage_state()
    dropped.close()
    again = room.person(PHONE, kept)
    again.visit(f"workshop/{room.code}").shown(".people", "Second 0")
    room.everybody.remove(dropped)
    room.seats["Blue", "community"] = again
    assert again.lever(COMMUNITY).get_attribute("class").endswith("is-moved")

    lost = room.seats[ARABIC, "community"]
    lost.close()
    room.everybody.remove(lost)
    console = room.lead.page.locator("#console-tables details", has_text="Second 2")
    console.locator("summary").click()
    console.get_by_role("button", name="New phone for Second 2").click()
    link = console.locator(".console-link", has_text="/back/").inner_text()
    other = room.person(PHONE)
    other.page.goto(link)
    other.shown(".people", "Second 2").shown(f"[data-key='{COMMUNITY}']")
    room.seats[ARABIC, "community"] = other


def every_panel_can_be_shown(board):
    """By the keys of a presenter's clicker, one after another, to the last and back."""
    ways = board.page.locator(".way")
    for at in range(1, ways.count()):
        board.page.keyboard.press("PageDown")
        board.page.locator(f".way:nth-of-type({at + 1})[aria-pressed=true]").wait_for()
        assert board.page.evaluate(MOVES) == 1
    board.page.keyboard.press("Home")
    board.page.locator(".way:first-of-type[aria-pressed=true]").wait_for()


def commitments_are_text(room):
    """Signs that turn the direction of writing and markup are letters like others, in the own table's list."""
    writer, beside = (room.seats[MARKUP, role] for role in FIRST)
    writer.page.fill("#commit-text", TURNED)
    writer.press("Add it")
    for each in (writer, beside):
        each.shown(".said li", "notes")
        assert each.page.locator(".said li").text_content() == TURNED
        assert each.page.locator(INJECTED).count() == 0
    assert "notes" not in room.seats["Blue", "acute"].heard()
    assert "notes" not in room.screen.heard()


def a_card_is_played(room):
    """For the next round, as the board tells."""
    room.lead.press("Play: A hard winter")
    room.lead.shown("#console-cards", "Played for round 2")
    room.screen.shown(".card-played", "A hard winter")


def one_plan_for_the_whole_table(room):
    """In a place round either seat may set anything, and sees what the other set."""
    sets, sees = (room.seats["Blue", role] for role in FIRST)
    box = sets.lever(SHIFT).locator("input[type=number]")
    box.fill("4.3")
    box.press("Enter")
    sets.saved(SHIFT)
    sees.shown(f"[data-key='{SHIFT}'].is-moved")
    assert sees.lever(SHIFT).locator("input[type=number]").input_value() == "4.3"
    assert sees.lever(ACUTE).locator("input[type=number]").input_value() == TABLES["Blue"]


def nothing_is_hidden_any_more(room):
    """Every table sees what every other decided."""
    for seat in room.seats.values():
        told = seat.heard()
        assert all(says_number(told, number) for number in TABLES.values())
    room.screen.shown("#board-stage", "Nothing is hidden any more")


def sheets_are_each_tables_own(room):
    """One sheet for a seat and every sheet for the facilitator, with all that was typed as it was typed."""
    own = room.seats[MARKUP, "acute"]
    own.visit(f"workshop/{room.code}/sheet")
    assert own.page.locator(".paper").count() == 1
    assert own.page.locator(".paper-typed li").text_content() == TURNED
    room.lead.visit(f"workshop/{room.code}/sheet")
    assert room.lead.page.locator(".paper").count() == len(TABLES)
    words = room.lead.page.locator("#room").text_content()
    assert all(each in words for each in (*NAMES, *NAMES.values()))
    assert all(says_number(words, number) for number in TABLES.values())
    for each in (own, room.lead):
        assert each.page.locator(INJECTED).count() == 0


def a_replay_gives_the_same_bytes(room, folder):
    """What is exported replays without people to the very bytes that the room saw."""
    room.lead.visit(f"workshop/{room.code}/console")
    for name in ("session", "results", "commitments"):
        with room.lead.page.expect_download() as coming:
            room.lead.page.locator(f"a[href*='{name}.']").click()
        coming.value.save_as(folder / name)
    replayed = CliRunner().invoke(build(), ["workshop", "replay", str(folder / "session"), "--quiet"])
    assert replayed.exit_code == 0
    assert replayed.stdout_bytes == (folder / "results").read_bytes()
    assert re.search(r"Swap <i>notes</i>", (folder / "commitments").read_text("utf-8-sig"))
