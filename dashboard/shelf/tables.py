"""How the shelf lies in a database: its tables, and the steps from an older form to this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    select,
    text,
)

from dashboard.shelf.trouble import OutOfOrderError
from dashboard.wording.language import mark

METADATA = MetaData()

SCENARIOS = Table(
    "upstream_scenarios",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    Column("sought", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("place", String(200), nullable=False),
    Column("link", Text, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("model", String(200), nullable=False),
    Column("data", String(200), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("changed", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)
"""`folded` is the name as names are compared; `sought` is what a search looks through."""

SESSIONS = Table(
    "upstream_sessions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", String(200), nullable=False, unique=True),
    Column("workshop", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("lead", String(200), nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("deadline", DateTime(timezone=True)),
    Column("seconds", Float),
    sqlite_autoincrement=True,
)
"""Sessions of workshops; `lead` is the hash of the facilitator's token, `seconds` those left on a clock that stands."""


def _of_a_session() -> Column[int]:
    """The session that a row belongs to, and is deleted with."""
    return Column(
        "session", Integer, ForeignKey("upstream_sessions.id", ondelete="CASCADE"), primary_key=True, nullable=False
    )


LOG = Table(
    "upstream_session_log",
    METADATA,
    _of_a_session(),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("act", Text, nullable=False),
)
"""Acts as JSON; `line` counts from 0 without a gap. Text, because the two databases do not take the same JSON."""

TOKENS = Table(
    "upstream_session_tokens",
    METADATA,
    _of_a_session(),
    Column("hash", String(200), primary_key=True),
    Column("seat", String(200), nullable=False),
)
RESULTS = Table(
    "upstream_session_results",
    METADATA,
    _of_a_session(),
    Column("name", String(200), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)
CLAIMS = Table(
    "upstream_session_claims",
    METADATA,
    _of_a_session(),
    Column("who", String(200), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)
"""Which server works for a session, and until when if nothing more is heard of it."""

KEYS = Table("upstream_keys", METADATA, Column("secret", String(200), nullable=False))
"""One row, once it is needed: what cookies are signed with."""

FORM = Table("upstream_form", METADATA, Column("version", Integer, nullable=False))
"""One row: the form the tables have."""

Step = Callable[[Connection], None]


def _with_sessions(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[SESSIONS, LOG, TOKENS, RESULTS, KEYS])


def _with_claims(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[CLAIMS])


STEPS: Mapping[int, Step] = {2: _with_sessions, 3: _with_claims}
"""What brings the tables from the version before to the one named; a new database has the newest form at once.

A later step that changes a table must make step 2 say in full what it made.
"""

ONE_AT_A_TIME = 7_526_001
"""Names the lock under which servers that share a Postgres bring it up to date, or make its key."""


def newest() -> int:
    """The version of the form that this program reads and writes."""
    return max(STEPS, default=1)


def bring_up_to_date(engine: Engine, where: str) -> None:
    """Make the tables, or change those of an older version; raises OutOfOrderError for those of a newer one.

    Everything is done in one transaction: a program that is killed on the way leaves what was there.
    """
    with engine.connect() as connection:
        if _version(connection) == newest():
            return
    with engine.execution_options(writes=True).begin() as connection:
        one_at_a_time(connection)
        found = _version(connection)
        if found is None:
            METADATA.create_all(connection)
            connection.execute(FORM.insert().values(version=newest()))
            return
        _go_on(connection, found, where)


def one_at_a_time(connection: Connection) -> None:
    """Wait until nobody else is in a transaction that called this; writers of SQLite are kept apart anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": ONE_AT_A_TIME})


def _version(connection: Connection) -> int | None:
    """The version of the form; None in a database without a shelf."""
    if not connection.dialect.has_table(connection, FORM.name):
        return None
    return connection.scalar(select(FORM.c.version))


def _go_on(connection: Connection, found: int, where: str) -> None:
    if found > newest():
        words = mark(
            "The database of scenarios, {where}, was made by a newer Upstream (version {found} of its form; this one "
            "knows {newest}). Nothing was changed: use the newer one."
        )
        raise OutOfOrderError(words, where=where, found=found, newest=newest())
    for version in range(found + 1, newest() + 1):
        STEPS[version](connection)
    connection.execute(FORM.update().values(version=newest()))
