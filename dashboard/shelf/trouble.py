"""What can be wrong with a shelf, each as one sentence that says what and where."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError

SQLITE = {
    "SQLITE_READONLY": "may be read but not written",
    "SQLITE_FULL": "cannot grow: the disk, or the room given to it, is full",
    "SQLITE_CANTOPEN": "cannot be opened or made",
    "SQLITE_BUSY": "is being written by another program, which did not finish in time",
    "SQLITE_LOCKED": "is being written by another program, which did not finish in time",
    "SQLITE_NOTADB": "is not a database of SQLite",
    "SQLITE_CORRUPT": "is damaged",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error",
    "SQLITE_PERM": "may not be opened by this user",
    "SQLITE_TOOBIG": "refuses a text of this length",
}
POSTGRES = {
    "53100": "cannot grow: its disk is full",
    "53300": "has no connection to spare",
    "25006": "may be read but not written",
    "42501": "does not let this user read or write scenarios",
    "28": "refuses this user or password",
    "3D000": "does not exist on this server",
    "57": "is shutting down or starting",
    "08": "cannot be reached",
    "40": "was changed by somebody else at the same moment; try again",
    "55P03": "is being written by another program, which did not finish in time",
    "22021": "cannot hold these letters: it was not made with the encoding UTF8",
    "22P05": "cannot hold these letters: it was not made with the encoding UTF8",
}
"""What a database means by its codes; a code that begins with one of these means the same."""

UNREACHABLE = "cannot be reached"


class ShelfError(Exception):
    """Something about the shelf; the text is one sentence for the person who asked."""


class RefusedError(ShelfError):
    """What was asked has no meaning or is not allowed."""


class TakenError(ShelfError):
    """The name is another scenario's."""


class ChangedError(ShelfError):
    """Somebody else changed it since it was read."""


class GoneError(ShelfError):
    """There is no such scenario."""


class OutOfOrderError(ShelfError):
    """The database cannot be used as it stands; nothing was changed."""


def out_of_order(error: SQLAlchemyError | sqlite3.Error, where: str) -> OutOfOrderError:
    """What a fault of the database means.

    where   the database as a person may know it: its file, or server and name, never a password
    """
    return OutOfOrderError(f"The database of scenarios, {where}, {_meaning(error)}.")


def _meaning(error: SQLAlchemyError | sqlite3.Error) -> str:
    if isinstance(error, NoConnectionError):
        return "is too busy"
    said = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(said, "sqlite_errorname", None) or "")
    if name:
        return _beginning(SQLITE, name) or f"cannot be used ({name})"
    if not isinstance(error, DBAPIError):
        return f"cannot be used ({type(error).__name__})"
    code = getattr(said, "sqlstate", None)
    if code is None:
        return _refused_at_the_door(str(said))
    return _beginning(POSTGRES, str(code)) or f"cannot be used (SQLSTATE {code})"


def _beginning(known: dict[str, str], code: str) -> str | None:
    return next((meaning for begins, meaning in known.items() if code.startswith(begins)), None)


def _refused_at_the_door(said: str) -> str:
    """A server that ends the greeting gives no code, only words."""
    if "authentication failed" in said or "no password supplied" in said:
        return POSTGRES["28"]
    if 'database "' in said and "does not exist" in said:
        return POSTGRES["3D000"]
    return UNREACHABLE
