"""What scripts send, read: an act, how it was pressed, and a clock as it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any
from unicodedata import category, normalize

from dashboard.shelf.trouble import RefusedError
from dashboard.wording.language import mark
from dashboard.workshop.keeping.clock import Clock
from dashboard.workshop.keeping.moment import now
from sim.workshop import State, record_from
from sim.workshop.acts import Act

OURS = ("by", "at")
"""What is never anybody's to say: who acts, and when."""
MOST_MINUTES = 600
CALLED = ("name", "team")


def act_from(body: Mapping[str, Any], by: str) -> Act:
    """An act from what was sent; raises RefusedError."""
    try:
        return record_from({**body, "by": by, "at": 0.0}).act
    except ValueError as error:
        raise RefusedError(str(error)) from error


def said(state: State, body: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, names in their one form; raises RefusedError for what cannot be read."""
    if any(each in body for each in OURS):
        raise RefusedError(mark("Who acts, and when, is not to be sent."))
    plain = {name: normalize("NFC", each) if isinstance(each, str) else each for name, each in body.items()}
    for each in plain.values():
        if isinstance(each, str) and any(category(sign) == "Cc" and sign not in "\n\r\t" for sign in each):
            raise RefusedError(mark("The text holds a sign that cannot be shown. Leave out control characters."))
    for name in CALLED:
        if isinstance(plain.get(name), str):
            plain[name] = " ".join(plain[name].split())
    if isinstance(plain.get("team"), str):
        alike = (team for team in state.teams if team.casefold() == plain["team"].casefold())
        plain["team"] = next(alike, plain["team"])
    return plain


def turned(clock: Clock, body: Mapping[str, Any]) -> Clock:
    """The clock as it is wanted; raises RefusedError."""
    what, value = next(iter(body.items())) if len(body) == 1 else ("", 0)
    if what == "stop" and value is True:
        return clock.stopped(now())
    if what == "go" and value is True:
        if clock == Clock():
            raise RefusedError(mark("There is no clock. Add minutes to start one."))
        return clock.going(now())
    number = what == "minutes" and isinstance(value, int | float) and not isinstance(value, bool)
    if number and isfinite(value) and abs(value) <= MOST_MINUTES:
        return clock.with_more(value, now())
    raise RefusedError(mark("Send minutes to add, or stop, or go."))
