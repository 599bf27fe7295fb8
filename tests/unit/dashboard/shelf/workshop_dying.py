"""Act once, and be killed in the middle of it: a program for tests, which never ends well."""

from __future__ import annotations

import os
import signal
import sys

from sqlalchemy import Engine, event, make_url

from dashboard.shelf.sessions import Sessions
from tests.unit.dashboard.shelf.workshop_writer import act


def main(url, number, line, statement):
    """Append one act with a token; killed when the database has done the statement that begins so."""

    @event.listens_for(Engine, "after_cursor_execute")
    def _(_connection, _cursor, done, *_rest):
        if done.startswith(statement):
            os.kill(os.getpid(), signal.SIGKILL)

    Sessions(make_url(url)).append(int(number), int(line), act("s1", int(line)), ("s1", "hash"))


if __name__ == "__main__":
    main(*sys.argv[1:])
