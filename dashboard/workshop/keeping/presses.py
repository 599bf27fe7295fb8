"""What was pressed, so that nothing is done twice: a phone on a poor network sends again what nobody answered.

Presses are kept with the acts in the database, so that a restart, and another server on the same database, know them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.shelf.trouble import RefusedError
from dashboard.wording.language import mark
from sim.workshop import State, acts

ONCE = re.compile(r"[0-9a-z-]{8,60}\.[0-9]{1,9}", re.ASCII)
"""The page that was pressed on, and which of its presses it was."""
KEY = "once"
"""Under which a press stands in a line of the log in the database; no file that leaves a session has it."""


@dataclass(frozen=True, slots=True)
class Press:
    """How an act came.

    once    names the press: sent a second time, it is the same; empty for a program, which is never told apart
    round   that the page showed, counted from 0 (-1: the lobby); None for a program, which may act in any
    """

    once: str = ""
    round: int | None = None

    def fits(self, state: State) -> bool:
        """Whether the page showed the round that is on."""
        return self.round in (None, state.round)


PROGRAM = Press()


class Presses:
    """The presses of one session that were heard."""

    def __init__(self) -> None:
        self._done: set[tuple[str, str]] = set()
        self._newest: dict[tuple[str, str, str], int] = {}

    def knows(self, by: str, once: str, act: acts.Act | None = None) -> bool:
        """Whether it was done, or whether the same page has set the same thing anew since."""
        page, _, number = once.rpartition(".")
        late = self._newest.get((by, page, _sets(act)), -1) > int(number or 0)
        return bool(once) and (late or (by, once) in self._done)

    def note(self, by: str, once: str, act: acts.Act | None = None) -> None:
        """It is done."""
        page, _, number = once.rpartition(".")
        if once:
            self._done.add((by, once))
        if once and _sets(act):
            self._newest[by, page, _sets(act)] = int(number)


def press_from(body: Mapping[str, Any]) -> tuple[Press, dict[str, Any]]:
    """How an act came, and what is left of what was sent; raises RefusedError."""
    rest = dict(body)
    once, number = rest.pop(KEY, ""), rest.pop("round", None)
    if once != "" and not (isinstance(once, str) and ONCE.fullmatch(once)):
        raise RefusedError(mark("A press is named by its page, a dot, and a number."))
    if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
        raise RefusedError(mark("A round is a whole number."))
    return Press(once, number), rest


def _sets(act: acts.Act | None) -> str:
    """What an act sets, of which the newest counts: a lever, or who one is; empty for what adds to what there is."""
    if isinstance(act, acts.Decide | acts.Withdraw):
        return act.path
    return "Move" if isinstance(act, acts.Move) else ""
