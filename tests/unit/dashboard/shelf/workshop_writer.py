"""Act in a session without end, and say each act when it is kept: a program for tests to kill, and to set in a race."""

from __future__ import annotations

import sys
from itertools import count
from time import sleep

from sqlalchemy import make_url

from dashboard.shelf import database
from dashboard.shelf.sessions import Sessions
from dashboard.shelf.trouble import ChangedError
from tests.unit.dashboard.shelf.writer import say


def act(who, number):
    """One act of one writer, long enough to fill several pages of a database now and then."""
    return {"act": "Commit", "by": who, "at": number / 7, "text": f"{who} said {number}. " * (number % 150)}


def main(url, who, number, lines=""):
    """Append to session `number`, each act with a token; with `lines`, contend for so many lines and end.

    Who contends says so and begins when somebody has written the first line, so that all begin together.
    """
    database.PATIENCE = 60  # a slow disk is no fault
    sessions = Sessions(make_url(url))
    at = len(sessions.log(int(number)))
    if lines:
        say("waits", at)
        while not sessions.log(int(number)):
            sleep(0.001)
    for turn in range(1, int(lines)) if lines else count(at):
        try:
            sessions.append(int(number), turn, act(who, turn), (f"{who}-{turn}", f"hash of {who} {turn}"))
        except ChangedError:
            say("lost", turn)
        else:
            say("won", turn)
            if lines:
                sleep(0.002)  # the other one's turn to be first


if __name__ == "__main__":
    main(*sys.argv[1:])
