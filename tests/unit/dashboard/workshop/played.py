"""A small workshop as it stands after every step, with its results, for tests of what is led and shown."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from unittest import mock

from dashboard.components.html_text import to_html
from dashboard.workshop.divided import divided as as_shown
from dashboard.workshop.scene import BOARD, Around, Scene, scene
from sim.system import Memory
from sim.workshop import FACILITATOR, RoundResults, Session, acts, run_round, split
from tests.unit.workshop.rooms import by, joined, led

AROUND = Around("KMPTRW", "http://10.0.0.2:8050/workshop/KMPTRW", ends="6 December 2026")
RAN = (acts.Lock(), acts.Run(), acts.Ran("hash"))
SHARE = "policy.shift_share"


@cache
def steps() -> Mapping[str, Session]:
    """Blue agrees and breaks it, and opens beds; Red does nothing until there is one pot."""
    found = {"lobby": joined()}
    now = found["begun"] = led(found["lobby"], acts.Begin())
    now = by(now, "Blue/acute", acts.Propose("community", 0.02), acts.Decide("capacity.growth.acute", 2.0))
    now = found["decide"] = by(now, "Blue/community", acts.Answer(1, True))
    now = found["lock"] = led(now, acts.Lock())
    now = found["run"] = led(now, acts.Run())
    now = found["ran"] = led(now, acts.Ran("hash"))
    now = found["reveal"] = led(now, acts.Reveal())
    now = by(led(now, acts.Debrief()), "Blue/acute", acts.Commit("Ring <b>the council</b>"))
    now = found["debrief"] = led(now, acts.PlayCard("winter"))
    now = found["broken"] = by(led(now, acts.Begin()), "Blue/acute", acts.Break(1))
    now = found["reveal2"] = led(now, *RAN, acts.Reveal())
    now = led(now, acts.Debrief(), acts.Begin())
    now = found["pot"] = by(now, "Red/place", acts.Decide(SHARE, 0.03), acts.Decide("policy.mix_social_care", 1.0))
    now = found["debrief3"] = led(now, *RAN, acts.Reveal(), acts.Debrief())
    found["finished"] = led(now, acts.Finish())
    found["paused"] = led(found["decide"], acts.Pause())
    return found


@cache
def results() -> tuple[RoundResults, ...]:
    """Of all three rounds."""
    state = steps()["finished"].state
    memory = Memory(2**26)
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {"UPSTREAM_CACHE": folder}):
        return tuple(run_round(state, number, memory=memory) for number in range(3))


@cache
def divided():
    """Blue's change at the end of the first round."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {"UPSTREAM_CACHE": folder}):
        return {"Blue": as_shown(split(steps()["reveal"].state, "Blue", 0))}


def looked(step: str | Session, who: str = BOARD, around: Around = AROUND) -> Scene:
    """What somebody sees at a step."""
    session = steps()[step] if isinstance(step, str) else step
    count = len(session.state.results)
    splits = divided() if session.state.revealed == 1 else {}
    return scene(session.state, who, around, results()[:count] if count else (), splits, session.undoes)


def leading(step: str | Session, around: Around = AROUND) -> Scene:
    """What the facilitator sees at a step."""
    return looked(step, FACILITATOR, around)


def text(found: object) -> str:
    """Parts of a screen as the script gets them."""
    return to_html([*found.values()] if isinstance(found, dict) else found, whole_page=True)


class Page(HTMLParser):
    """Elements of a page with their attributes; fails where one is closed that is not open."""

    EMPTY = ("br", "hr", "img", "input", "meta", "link")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def having(self, name: str) -> list[dict[str, str | None]]:
        """Attributes of every element that has this one."""
        return [attributes for _tag, attributes in self.found if name in attributes]

    def values(self, name: str) -> list[str | None]:
        """What an attribute is, wherever it stands."""
        return [attributes[name] for attributes in self.having(name)]
