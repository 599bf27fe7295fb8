"""What each looker sees, drawn anew only when it has changed for them, and of that only the parts that differ sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from threading import Lock

from dashboard.components.html_text import to_html
from dashboard.wording.language import day_in_words, spoken
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.scene import BOARD, Around, Scene, scene
from dashboard.workshop.serving.drawn import PARTS
from sim.workshop import FACILITATOR

MOST_REMEMBERED = 4_096
"""Looks at hand at most, of all sessions."""
PAST = 16
"""Versions of a look by which a looker may say what they have; who says another gets all of it."""
STEPS = 20
"""In how many steps a phone is told how far a round has run."""


@dataclass(slots=True)
class Look:
    """What somebody saw last.

    seen      the version at which it last changed for them
    checked   the version at which it was last found to be the same
    key       all that the screen is made from, but for what passes by itself
    past      versions that the looker may have
    drawn     parts as HTML, each with the version since which it is so
    before    the same of the newest look before this one that was drawn
    """

    seen: int
    checked: int
    key: tuple[object, ...]
    scene: Scene
    past: tuple[int, ...] = ()
    drawn: Mapping[str, tuple[str, int]] | None = None
    before: Mapping[str, tuple[str, int]] | None = None


class Looks:
    """The newest look of every looker at every screen, in the language they read."""

    def __init__(self) -> None:
        self._looks: dict[tuple[str, str, str, str], tuple[Room, Look]] = {}
        self._lock = Lock()

    def look(self, room: Room, screen: str, who: str, address: str) -> Look:
        """What somebody sees now. KeyError for a seat there is none of."""
        name = (room.kept.code, screen, who, spoken())
        owner, found = self._looks.get(name, (None, None))
        version = room.version
        if found is not None and owner is room and found.checked == version and found.scene.around.address == address:
            return found
        key = _key(room, who, address)
        if found is not None and owner is room and found.key == key:
            found.checked = version
            return found
        fresh = Look(version, version, key, scene_of(room, who, address), (version,))
        if found is not None and owner is room:
            fresh.past = (*found.past[-PAST:], version)
            fresh.before = found.drawn or found.before
        self._keep(name, room, fresh)
        return fresh

    def parts(self, look: Look, screen: str, seen: str = "") -> dict[str, str]:
        """The parts of a screen as HTML that differ from what a looker has.

        seen   the version that they say they have
        """
        if look.drawn is None:
            look.drawn = _drawn(look, screen)
        had = int(seen) if seen.isdecimal() and int(seen) in look.past else 0
        return {name: words for name, (words, since) in look.drawn.items() if since > had}

    def drop(self, code: str) -> None:
        """Forget what was seen of a session."""
        with self._lock:
            self._looks = {name: each for name, each in self._looks.items() if name[0] != code}

    def _keep(self, name: tuple[str, str, str, str], room: Room, look: Look) -> None:
        with self._lock:
            self._looks.pop(name, None)
            self._looks[name] = (room, look)
            while len(self._looks) > MOST_REMEMBERED:
                self._looks.pop(next(iter(self._looks)))


def _drawn(look: Look, screen: str) -> Mapping[str, tuple[str, int]]:
    """Parts as HTML, with the version since which each is so."""
    words = {name: to_html(part, whole_page=True) for name, part in PARTS[screen](look.scene).items()}
    before = look.before or {}
    same = {name: before[name] for name in words if name in before and before[name][0] == words[name]}
    return {name: (each, look.seen) for name, each in words.items()} | same


def scene_of(room: Room, who: str, address: str) -> Scene:
    """All that somebody may see of a session as it stands now. KeyError for a seat there is none of."""
    session = room.session
    seen = _around_of(room, who, address)
    return scene(session.state, who, seen, room.rounds, room.splits_seen(), session.undoes)


def _around_of(room: Room, who: str, address: str) -> Around:
    """The same as somebody is told it: sixty phones need not know of every replication."""
    found = around(room, address)
    step = 1 if who in (BOARD, FACILITATOR) else max(ceil(found.wanted / STEPS), 1)
    return replace(found, done=found.done // step * step)


def around(room: Room, address: str) -> Around:
    """What belongs to a session besides its log."""
    done, wanted = room.progress
    return Around(
        code=room.kept.code, address=address, left=room.left(now()), done=done, wanted=wanted, trouble=room.trouble,
        ends=day_in_words(room.kept.until), stands=room.clock.stands,
    )  # fmt: skip


def _key(room: Room, who: str, address: str) -> tuple[object, ...]:
    """What a look is made from: results by their names, and a clock by where it ends and not by what is left."""
    state = room.state
    timeless = replace(_around_of(room, who, address), left=None)
    bare = scene(state, who, timeless, undoes=room.session.undoes)
    splits = tuple((team, id(each)) for team, each in room.splits_seen().items())
    return bare, room.clock, state.results[: min(state.revealed, len(room.rounds))], splits
