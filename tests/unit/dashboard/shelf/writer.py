"""Keep scenarios without end and say the number of each when it is kept: a program for tests to kill."""

from __future__ import annotations

import sys
from itertools import count

from sqlalchemy import make_url

from dashboard.shelf.store import Shelf
from dashboard.shelf.trouble import TakenError
from tests.unit.dashboard.shelf.conftest import draft


def scenario(who, number):
    """One scenario of one writer, of a size that fills several pages of a database."""
    note = f"{who} wrote {number}. " * 90
    return draft(f"{who} {number}", note=note, changes={f"path.{each}": each / 7 for each in range(number % 40)})


def say(word, number):
    """A line that reaches whoever listens at once."""
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


def main(url, who, first="0", shared="0"):
    """Write from a number on; `shared` names are contended for with others, and said as won or lost."""
    shelf = Shelf(make_url(url))
    for number in range(int(shared)):
        try:
            shelf.keep(draft(f"Shared {number}", note=who))
        except TakenError:
            say("lost", number)
        else:
            say("won", number)
    for number in count(int(first)):
        shelf.keep(scenario(who, number))
        say("kept", number)


if __name__ == "__main__":
    main(*sys.argv[1:])
