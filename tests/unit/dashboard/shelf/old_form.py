"""A database as the first form made it: its statements as they were, and two scenarios in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import create_engine, text

COLUMNS = """
    revision INTEGER NOT NULL, name VARCHAR(200) NOT NULL, folded TEXT NOT NULL, sought TEXT NOT NULL,
    note TEXT NOT NULL, place VARCHAR(200) NOT NULL, link TEXT NOT NULL, changes JSON NOT NULL,
    model VARCHAR(200) NOT NULL, data VARCHAR(200) NOT NULL
"""
TABLES = {
    "sqlite": f"""CREATE TABLE upstream_scenarios (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, {COLUMNS},
        created DATETIME NOT NULL, changed DATETIME NOT NULL, UNIQUE (folded))""",
    "postgresql": f"""CREATE TABLE upstream_scenarios (id SERIAL NOT NULL, {COLUMNS},
        created TIMESTAMP WITH TIME ZONE NOT NULL, changed TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id), UNIQUE (folded))""",
}
WHEN = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
NAMES = ("Home first", "Zoë's plan")


def make_old(url):
    """Make it, with the scenarios that have these NAMES."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE upstream_form (version INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO upstream_form (version) VALUES (1)"))
        connection.execute(text(TABLES[engine.dialect.name]))
        # SQLite holds times as text without a zone, always meant in UTC
        when = "2025-03-04 05:06:07.000000" if engine.dialect.name == "sqlite" else WHEN
        for name in NAMES:
            row = {
                "revision": 3, "name": name, "folded": name.casefold(), "sought": name.casefold(), "note": "A\nB",
                "place": "dorset", "link": "place=dorset", "changes": json.dumps({"policy.shift_share": 0.1 + 0.2}),
                "model": "0.1.0 abc", "data": "def", "created": when, "changed": when,
            }  # fmt: skip
            values = ", ".join(f":{key}" for key in row)
            connection.execute(text(f"INSERT INTO upstream_scenarios ({', '.join(row)}) VALUES ({values})"), row)
    engine.dispose()


def rows_of(url, table):
    """Everything in a table as it lies there."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(map(str, row)) for row in connection.execute(text(f"SELECT * FROM {table}"))]
    engine.dispose()
    return sorted(found)
