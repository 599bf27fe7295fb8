"""What each looker sees, made anew only when it has changed for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from dashboard.components.html_text import to_html
from dashboard.wording.language import day_in_words, spoken
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.scene import Around, Scene, scene
from dashboard.workshop.serving.drawn import PARTS

MOST_REMEMBERED = 4_096
"""Looks at hand at most, of all sessions."""


@dataclass(slots=True)
class Look:
    """What somebody saw last.

    seen      the version at which it last changed for them
    checked   the version at which it was last found to be the same
    key       all that the screen is made from, but for what passes by itself
    """

    seen: int
    checked: int
    key: tuple[object, ...]
    scene: Scene
    html: Mapping[str, str] | None = None


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
        fresh = Look(version, version, key, scene_of(room, who, address))
        self._keep(name, room, fresh)
        return fresh

    def parts(self, look: Look, screen: str) -> Mapping[str, str]:
        """The parts of a screen as HTML."""
        if look.html is None:
            look.html = {name: to_html(part, whole_page=True) for name, part in PARTS[screen](look.scene).items()}
        return look.html

    def _keep(self, name: tuple[str, str, str, str], room: Room, look: Look) -> None:
        with self._lock:
            self._looks.pop(name, None)
            self._looks[name] = (room, look)
            while len(self._looks) > MOST_REMEMBERED:
                self._looks.pop(next(iter(self._looks)))


def scene_of(room: Room, who: str, address: str) -> Scene:
    """All that somebody may see of a session as it stands now. KeyError for a seat there is none of."""
    return scene(room.state, who, around(room, address), room.rounds, room.splits_seen())


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
    bare = scene(state, who, replace(around(room, address), left=None))
    splits = tuple((team, id(each)) for team, each in room.splits_seen().items())
    return bare, room.clock, state.results[: min(state.revealed, len(room.rounds))], splits
