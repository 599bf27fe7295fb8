"""Pictures of a workshop: two tables of people in the ready workshop "Fortress or place?", in a browser each.

What they decide is one of the workshop's own plays, beside a table that opens hospital beds. The screens show an
address that nobody has, so that no picture tells where it was taken.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from dashboard.workshop.keeping.ready import text_of_ready
from dashboard.workshop.keeping.tokens import hashed
from dashboard.workshop.serving.hosting import Hosting
from sim.workshop.template import ROLES
from tests.browser.workshop_alone import alone
from tests.browser.workshop_room import ACUTE, LAPTOP, PHONE, PROJECTOR, Person, Room
from tests.unit.dashboard.workshop.serving import HOST_TOKEN

SIZES = {"projector": PROJECTOR, "laptop": LAPTOP, "phone": PHONE}
IN_EVERY_SIZE = ("start", "join", "console", "seat", "board", "results", "sheet")
NAMES = (
    "workshop-start", "workshop-join", "workshop-decide", "workshop-reveal", "workshop-console",
    "workshop-board-lobby", "workshop-board-reveal", "workshop-sheet",
    "workshop-lobby", "workshop-console-lobby", "workshop-board-decide", "workshop-lock", "workshop-run",
    "workshop-board-run", "workshop-board-won", "workshop-board-why", "workshop-board-plane", "workshop-board-rounds",
    "workshop-laptop", "workshop-console-reveal", "workshop-debrief", "workshop-console-phone",
    "workshop-board-finished", "workshop-dark",
    *(f"workshop-{screen}-on-{size}" for screen in IN_EVERY_SIZE for size in SIZES),
)  # fmt: skip
PANELS = {"won": "won", "why": "why-delayed", "plane": "plane", "rounds": "rounds"}
"""Panels of the board besides the first, by what their pictures are called."""
READY = "fortress_or_place"
SHOWN = "http://192.168.1.20:8050"
BOARD = {"width": 1280, "height": 720}
PEOPLE = {
    "Blue": ("Ada", "Ben", "Cora", "Dev", "Ella"),
    "Green": ("Finn", "Grace", "Hari", "Isla", "Jo"),
}
LONG = 900_000
"""Milliseconds to wait for a round: it simulates a whole locality in every table."""

TO_DEALS = "window.scrollTo(0, document.querySelector('.room-deals').getBoundingClientRect().top + scrollY - 64)"

Shot = Callable[[str, Person], None]


def take_workshop(browser: Browser, shot: Shot) -> None:
    """Play one round and take every picture.

    shot   takes the picture of a page under a name
    """
    with tempfile.TemporaryDirectory() as folder, _room(browser, Path(folder)) as room:
        start = room.person(BOARD)
        start.page.goto(f"{room.address}workshop/host/{HOST_TOKEN}")
        shot("workshop-start", start)
        _at_every_size("start", start, shot)
        _join(room, shot)
        board = room.board(BOARD)
        board.shown(".joined-team", "Jo")
        shot("workshop-board-lobby", board)
        shot("workshop-lobby", room.seats["Blue", "acute"])
        shot("workshop-console-lobby", room.lead)
        room.next("decide", board)
        _decide(room, shot)
        shot("workshop-board-decide", board)
        room.next("lock", board)
        shot("workshop-lock", room.seats["Blue", "acute"])
        room.next("run", board)
        shot("workshop-run", room.seats["Blue", "acute"])
        shot("workshop-board-run", board)
        room.next("reveal", board)
        _after(room, board, shot)
        _at_the_end(room, board, shot)


@contextmanager
def _room(browser: Browser, folder: Path) -> Iterator[Room]:
    hosting = Hosting(link=hashed(HOST_TOKEN), address=SHOWN)
    with alone(folder, hosting) as address:
        room = Room(browser, address, f"{address}workshop/host/{HOST_TOKEN}", text_of_ready(READY))
        room.lead.page.set_default_timeout(LONG)
        yield room
        room.close()


def _at_every_size(screen: str, person: Person, shot: Shot) -> None:
    """The same screen on a projector, a laptop and a phone; then it is as large as it was."""
    stood = person.page.viewport_size
    for size, pixels in SIZES.items():
        person.page.set_viewport_size(pixels)
        person.idle()
        shot(f"workshop-{screen}-on-{size}", person)
    person.page.set_viewport_size(stood)
    person.idle()


def _join(room: Room, shot: Shot) -> None:
    guest = room.person(PHONE)
    guest.visit(f"workshop/{room.code}").page.fill("input[name=name]", "Ada")
    shot("workshop-join", guest)
    _at_every_size("join", guest, shot)
    guest.close()
    room.everybody.remove(guest)
    for team, names in PEOPLE.items():
        for name, role in zip(names, ROLES, strict=True):
            room.joins(name, team, role)


def _decide(room: Room, shot: Shot) -> None:
    """Blue's hospital agrees to pay for care outside; Green's opens beds."""
    ada, cora = room.seats["Blue", "acute"], room.seats["Blue", "social_care"]
    acts: Sequence[tuple[Person, str, dict[str, object]]] = (
        (ada, "Propose", {"taker": "social_care", "share": 0.01}),
        (cora, "Answer", {"deal": 1, "agrees": True}),
        (room.seats["Blue", "community"], "Propose", {"taker": "community", "share": 0.01}),
        (room.seats["Green", "acute"], "Decide", {"path": ACUTE, "value": 2}),
    )
    for person, name, keys in acts:
        person.act(name, **keys)
    ada.shown(".deal", "asks you for 1%")
    room.lead.shown("#console-now", "2 of 2")
    shot("workshop-console", room.lead)
    _at_every_size("console", room.lead, shot)
    ada.page.evaluate(TO_DEALS)
    shot("workshop-decide", ada)
    _at_every_size("seat", ada, shot)
    ada.act("Answer", deal=2, agrees=True)


def _after(room: Room, board: Person, shot: Shot) -> None:
    shot("workshop-board-reveal", board)
    ada = room.seats["Blue", "acute"]
    shot("workshop-reveal", ada)
    _at_every_size("board", board, shot)
    _at_every_size("results", ada, shot)
    shot("workshop-console-reveal", room.lead)
    board.page.locator("#show-why-delayed .splits").wait_for(state="attached")
    for name, panel in PANELS.items():
        board.page.locator(f"[data-go={panel}]").click()
        shot(f"workshop-board-{name}", board)


def _at_the_end(room: Room, board: Person, shot: Shot) -> None:
    """Talking, on every kind of device, and the last screen."""
    room.next("debrief", board)
    ben = room.seats["Blue", "community"]
    ben.act("Commit", text="Ring the discharge team before every ward round.")
    ben.shown(".said li")
    shot("workshop-debrief", ben)
    ben.page.set_viewport_size(BOARD)
    shot("workshop-laptop", ben)
    ben.theme("Dark")
    shot("workshop-dark", ben)
    room.lead.page.set_viewport_size(PHONE)
    shot("workshop-console-phone", room.lead)
    room.lead.press_twice("Finish now", "Sure? End the session")
    room.all_in("finished", board)
    shot("workshop-board-finished", board)
    ada = room.seats["Blue", "acute"]
    ada.page.set_viewport_size(BOARD)
    ada.visit(f"workshop/{room.code}/sheet").shown(".paper")
    shot("workshop-sheet", ada)
    _at_every_size("sheet", ada, shot)
