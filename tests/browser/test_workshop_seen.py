"""Every screen of a workshop in every phase: whole at every size and in large print, and no fault that axe can find;
and a whole round by keyboard alone. Workshops alone are served, by this process."""

from __future__ import annotations

import pytest

from tests.browser.seen import cut_off, sideways, violations, violations_in_both_themes
from tests.browser.workshop_room import ACUTE, LAPTOP, PHONE, SHIFT, Room
from tests.unit.dashboard.workshop.serving import HOST_TOKEN

pytestmark = pytest.mark.browser

SIZES = [(360, 740), (820, 1180), (1280, 720), (1920, 1080)]
LARGE = "document.documentElement.style.fontSize = '{}'"
OPENED = "for (const each of document.querySelectorAll('#room details')) each.open = true"
LONG_NAME = "Dr Bartholomew-Featherstonehaugh of Ashby"[:40]
LONG_TEAM = "Queen\u2019s & St Bartholomew\u2019s, second table"[:40]
PHASES = ("lobby", "decide", "lock", "run", "reveal", "debrief", "second decide", "finished")


class Stage:
    """A session that goes from phase to phase as tests ask for them."""

    def __init__(self, room):
        self.room, self.stands = room, "lobby"
        self.seat = room.joins(LONG_NAME, LONG_TEAM, "acute")
        self.beside = room.joins("Cy", LONG_TEAM, "community", LAPTOP)
        self.other = room.joins("Bo", "Red", "place", LAPTOP)
        self.board = room.board()

    def at(self, phase):
        """Come to a phase, which lies ahead or is this one."""
        while self.stands != phase:
            self.stands = PHASES[PHASES.index(self.stands) + 1]
            self._come(self.stands)
        return self

    def _come(self, phase):
        if phase == "finished":
            for each in ("lock", "run", "reveal", "debrief"):
                self.room.next(each, self.board)
            self.room.lead.press_twice("Finish now", "Sure? End the session")
            self.room.all_in("finished", self.board)
            return
        self.room.next(phase.removeprefix("second "), self.board)
        getattr(self, f"_in_{phase.replace(' ', '_')}", lambda: None)()

    def _in_decide(self):
        """Something moved, something agreed, something asked for."""
        for person, name, keys in (
            (self.seat, "Decide", {"path": ACUTE, "value": 2.5}),
            (self.seat, "Propose", {"taker": "community", "share": 0.02}),
            (self.beside, "Answer", {"deal": 1, "agrees": True}),
            (self.beside, "Propose", {"taker": "community", "share": 0.01}),
        ):
            assert person.act(name, **keys) == [200, ""]
        self.seat.shown(".deal", "asks you for 1%")

    def _in_debrief(self):
        assert self.seat.act("Commit", text="Ring the ward each morning. " * 13)[0] == 200
        assert self.room.lead.act("PlayCard", card="winter")[0] == 200
        self.seat.shown(".said li", "Ring the ward")


@pytest.fixture(scope="module")
def rooms(browser, workshops):
    """Makes rooms; what their browsers complained of is looked at when all is over."""
    made = []

    def make():
        made.append(Room(browser, workshops, f"{workshops}workshop/host/{HOST_TOKEN}"))
        return made[-1]

    yield make
    assert [room.close() for room in made] == [([], [])] * len(made)


@pytest.fixture(scope="module")
def stage(rooms):
    return Stage(rooms())


def whole(person, sizes=SIZES):
    """What cannot be seen at some size, or in print twice as large on a phone and a laptop."""
    found = {}
    for large, all_sizes in (("", sizes), ("200%", [size for size in sizes if size in SIZES[0:3:2]])):
        person.page.evaluate(LARGE.format(large))
        for width, height in all_sizes:
            person.page.set_viewport_size({"width": width, "height": height})
            person.idle()
            found[width, large] = (max(sideways(person), 0), cut_off(person))
    person.page.evaluate(LARGE.format(""))
    return {size: each for size, each in found.items() if each != (0, [])}


@pytest.mark.parametrize("screen", ["seat", "console", "board"])
@pytest.mark.parametrize("phase", PHASES)
def test_a_screen_in_a_phase(stage, phase, screen):
    person = {"seat": stage.at(phase).seat, "console": stage.room.lead, "board": stage.board}[screen]
    person.page.evaluate(OPENED)
    assert violations_in_both_themes(person) == {}
    assert whole(person) == {}


def test_every_panel_of_the_board_is_whole(stage):
    board = stage.at("finished").board
    names = board.page.eval_on_selector_all(".way", "(every) => every.map((each) => each.dataset.go)")
    assert len(names) > 5
    for name in names:
        board.page.locator(f".way[data-go='{name}']").click()
        assert whole(board, SIZES[2:]) == {}, name
    board.page.evaluate("for (const each of document.querySelectorAll('[data-show]')) each.hidden = false")
    assert violations(board) == []


def test_the_sheets_of_everybody(stage):
    lead = stage.at("finished").room.lead
    lead.visit(f"workshop/{stage.room.code}/sheet")
    assert lead.page.locator(".paper").count() == 2
    assert violations_in_both_themes(lead) == {}
    assert whole(lead) == {}
    lead.visit(f"workshop/{stage.room.code}/console")


def test_to_start_and_to_join(rooms):
    room = rooms()
    guest = room.person(PHONE)
    for person, path in ((room.lead, "workshop"), (guest, "workshop"), (guest, f"workshop/{room.code}")):
        person.visit(path)
        assert violations_in_both_themes(person) == {}
        assert whole(person) == {}
    room.fills(guest, "\u202eadA", "Blue", "acute")
    guest.shown("#room-notice", "characters that can be printed")
    assert guest.page.input_value("input[name=name]") == "\u202eadA"
    assert len(guest.complaints) == 1
    assert "409" in guest.complaints.pop()


FOCUS = """([where]) => {
    const now = document.activeElement;
    const box = now.getBoundingClientRect();
    if (now.matches("body, #room")) return "";
    if (!(box.width > 0 && box.height > 0)) return "unseen: " + now.outerHTML;
    return now.matches(where) ? "here" : "";
}"""


def tabbed(person, where):
    """Press Tab until the focus is there; everything on the way can be seen."""
    for _ in range(120):
        if (said := person.page.evaluate(FOCUS, [where])) == "here":
            return person.page.keyboard
        assert said == ""
        person.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never comes to {where}")


def test_a_whole_round_by_keyboard_alone(rooms):
    room = rooms()
    ada = room.person(LAPTOP)
    ada.visit("workshop")
    joins_by_keyboard(ada, room.code)
    room.seats["Blue", "acute"] = ada
    room.joins("Cy", "Blue", "community", LAPTOP)
    room.next("decide")
    decides_by_keyboard(ada)
    room.next("lock")
    room.next("run")
    room.next("reveal")
    room.next("debrief")
    tabbed(ada, "#commit-text").type("Ask first")
    tabbed(ada, ".commit-form button").press("Enter")
    ada.shown(".said li", "Ask first")


def joins_by_keyboard(ada, code):
    tabbed(ada, "#join-code").type(code)
    ada.page.keyboard.press("Enter")
    ada.page.wait_for_url(f"**/{code}")
    tabbed(ada, "input[name=name]").type("Ada")
    tabbed(ada, "input[name=team]").press("Space")
    tabbed(ada, "input[name=role]").press("Space")
    tabbed(ada, "form.join-form button").press("Enter")
    ada.shown("#seat-main", "You are in")


def decides_by_keyboard(ada):
    tabbed(ada, f"[data-key='{ACUTE}'] input[type=range]").press("ArrowRight")
    ada.saved(ACUTE)
    keys = tabbed(ada, f"[data-key='{ACUTE}'] input[type=number]")
    keys.press("Control+a")
    keys.type("1.5")
    keys.press("Enter")
    ada.shown(f"[data-key='{ACUTE}'] .lever-stood", "0%")
    tabbed(ada, ".deal-new summary").press("Enter")
    tabbed(ada, "#deal-share").type("2")
    tabbed(ada, ".deal-form button").press("Enter")
    ada.shown(".deal", "You offer")
    assert ada.lever(ACUTE).locator("input[type=range]").input_value() == "1.5"
    assert ada.lever(SHIFT).count() == 0
