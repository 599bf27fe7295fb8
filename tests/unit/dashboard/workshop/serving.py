"""A server of workshops for tests, as phones and laptops in a room meet it; run as a program, one to be killed."""

from __future__ import annotations

import re
import socket
import sys
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import URL
from waitress import create_server

from dashboard.server import speaking
from dashboard.shelf.sessions import Sessions
from dashboard.workshop.keeping.tokens import hashed
from dashboard.workshop.keeping.work import Here
from dashboard.workshop.serving import routes
from dashboard.workshop.serving.hosting import Hosting
from dashboard.workshop.serving.hub import Hub
from sim.workshop import run_round
from tests.unit.workshop.rooms import TEXT

HOST_TOKEN = "the-token-of-the-host-link"
FORM = re.compile(r'data-form="([^"]+)"')
PATIENCE = 60


def database(folder):
    """The address of a database in a folder."""
    return URL.create("sqlite", database=str(folder / "workshops.sqlite3"))


def hub_of(folder, hosting=None, run=None):
    """A hub on the database in a folder: a new one is a server that was started again."""
    return Hub(Sessions(database(folder)), hosting or Hosting(link=hashed(HOST_TOKEN)), work=Here(run or run_round))


def app_of(hub):
    """A server with the addresses of workshops and nothing else."""
    app = Flask("workshops")
    app.hub = hub
    speaking.register(app)
    routes.register(app, hub)
    return app


class Browser:
    """One browser: its cookies, and the form token of the page it opened last."""

    def __init__(self, app, address="192.168.1.30"):
        self.client, self.form = app.test_client(), ""
        self.address = address

    def get(self, path):
        """Open a page."""
        reply = self.client.get(path, environ_base={"REMOTE_ADDR": self.address})
        found = FORM.search(reply.text) if reply.mimetype == "text/html" else None
        self.form = found[1] if found else self.form
        return reply

    def post(self, path, body=None, **how):
        """Send JSON as the script does."""
        headers = {"X-Upstream-Form": self.form, **how.pop("headers", {})}
        given = how or {"json": body}
        return self.client.post(path, headers=headers, environ_base={"REMOTE_ADDR": self.address}, **given)

    def act(self, code, act, screen="seat", **keys):
        """Do one thing."""
        return self.post(f"/workshop/{code}/act?screen={screen}", {"act": act, **keys})

    def look(self, code, screen="seat", seen=0):
        """Ask what is new."""
        return self.get(f"/workshop/{code}/look?screen={screen}&seen={seen}")


class RoomOfPeople:
    """A facilitator, and seats by team and role."""

    def __init__(self, app, teams=("Blue", "Red"), roles=("acute", "community")):
        self.app, self.lead, self.seats = app, Browser(app), {}
        self.lead.get(f"/workshop/host/{HOST_TOKEN}")
        self.lead.get("/workshop")
        made = self.lead.post("/workshop/make", data={"text": TEXT})
        assert made.status_code == 303, made.text
        self.code = made.headers["Location"].split("/")[2]
        self.lead.client.delete_cookie("upstream_host", path="/workshop")
        self.lead.get(f"/workshop/{self.code}/console")
        for team in teams:
            for role in roles:
                self.seats[team, role] = self.joined(team, role)

    def joined(self, team, role, name=""):
        """Somebody who took a seat."""
        person = Browser(self.app)
        person.get(f"/workshop/{self.code}")
        reply = person.act(self.code, "Join", name=name or f"{role} of {team}", team=team, role=role)
        assert reply.status_code == 200, reply.text
        person.get(f"/workshop/{self.code}")
        return person

    def state(self):
        """How the session stands in the server's memory."""
        return self.app.hub.keeper.room(self.code).state

    def log(self):
        """Its log."""
        return self.app.hub.keeper.room(self.code).session.log

    def leads(self, *names, **keys):
        """The facilitator does some things, one after another."""
        for name in names:
            reply = self.lead.act(self.code, name, "console", **keys)
            assert reply.status_code == 200, (name, reply.text)

    def until_run(self):
        """Wait until the round was run."""
        deadline = time.monotonic() + PATIENCE
        while len(self.state().results) <= self.state().round:
            assert time.monotonic() < deadline, "the round was never run"
            time.sleep(0.05)
        self.leads("Reveal")


def main(folder, port):
    """Serve on a port (0: any) until somebody kills the program; says the port."""
    hub = hub_of(Path(folder))
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", int(port)))
    listening.listen()
    hub.wake()
    server = create_server(app_of(hub), sockets=[listening], threads=8)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
