"""What can be wrong with a shelf, each as one sentence that says what and where."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from dashboard.wording.language import _, mark

SQLITE = {
    "SQLITE_READONLY": mark("may be read but not written"),
    "SQLITE_FULL": mark("cannot grow: the disk, or the room given to it, is full"),
    "SQLITE_CANTOPEN": mark("cannot be opened or made"),
    "SQLITE_BUSY": mark("is being written by another program, which did not finish in time"),
    "SQLITE_LOCKED": mark("is being written by another program, which did not finish in time"),
    "SQLITE_NOTADB": mark("is not a database of SQLite"),
    "SQLITE_CORRUPT": mark("is damaged"),
    "SQLITE_IOERR": mark("cannot be read or written: the disk reports an error"),
    "SQLITE_PERM": mark("may not be opened by this user"),
    "SQLITE_TOOBIG": mark("refuses a text of this length"),
}
POSTGRES = {
    "53100": mark("cannot grow: its disk is full"),
    "53300": mark("has no connection to spare"),
    "25006": mark("may be read but not written"),
    "42501": mark("does not let this user read or write scenarios"),
    "28": mark("refuses this user or password"),
    "3D000": mark("does not exist on this server"),
    "57": mark("is shutting down or starting"),
    "08": mark("cannot be reached"),
    "40": mark("was changed by somebody else at the same moment; try again"),
    "55P03": mark("is being written by another program, which did not finish in time"),
    "22021": mark("cannot hold these letters: it was not made with the encoding UTF8"),
    "22P05": mark("cannot hold these letters: it was not made with the encoding UTF8"),
}
"""What a database means by its codes; a code that begins with one of these means the same."""

UNREACHABLE = mark("cannot be reached")


class Said:
    """A text with its parts, said in the language of whoever reads it, and not before."""

    def __init__(self, message: str, **parts: object) -> None:
        self._message, self._parts = message, parts

    def __str__(self) -> str:
        return _(self._message, **self._parts)


class ShelfError(Exception):
    """Something about the shelf; the text is one sentence for the person who asked, in the language they then read.

    message   a text that is named with `mark`, and its parts
    """

    def __init__(self, message: str, **parts: object) -> None:
        super().__init__(message)
        self._said = Said(message, **parts)

    def __str__(self) -> str:
        return str(self._said)


class RefusedError(ShelfError):
    """What was asked has no meaning or is not allowed."""


class TakenError(ShelfError):
    """The name is another scenario's, the code another session's, or the token another seat's."""


class ChangedError(ShelfError):
    """Somebody else changed it since it was read."""


class GoneError(ShelfError):
    """There is no such scenario, or no such session."""


class OutOfOrderError(ShelfError):
    """The database cannot be used as it stands; nothing was changed."""


def out_of_order(error: SQLAlchemyError | sqlite3.Error, where: str) -> OutOfOrderError:
    """What a fault of the database means.

    where   the database as a person may know it: its file, or server and name, never a password
    """
    words = mark("The database of scenarios, {where}, {meaning}.")
    return OutOfOrderError(words, where=where, meaning=_meaning(error))


def _meaning(error: SQLAlchemyError | sqlite3.Error) -> Said:
    if isinstance(error, NoConnectionError):
        return Said(mark("is too busy"))
    said = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(said, "sqlite_errorname", None) or "")
    if name:
        return _beginning(SQLITE, name) or _useless(name)
    if not isinstance(error, DBAPIError):
        return _useless(type(error).__name__)
    code = getattr(said, "sqlstate", None)
    if code is None:
        return Said(_refused_at_the_door(str(said)))
    return _beginning(POSTGRES, str(code)) or _useless(f"SQLSTATE {code}")


def _useless(code: str) -> Said:
    return Said(mark("cannot be used ({code})"), code=code)


def _beginning(known: dict[str, str], code: str) -> Said | None:
    return next((Said(meaning) for begins, meaning in known.items() if code.startswith(begins)), None)


def _refused_at_the_door(said: str) -> str:
    """A server that ends the greeting gives no code, only words."""
    if "authentication failed" in said or "no password supplied" in said:
        return POSTGRES["28"]
    if 'database "' in said and "does not exist" in said:
        return POSTGRES["3D000"]
    return UNREACHABLE
