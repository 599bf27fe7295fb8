"""The server is killed in every phase and started again: nothing that was answered is lost, no round is run twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.unit.dashboard.workshop.serving import FORM, HOST_TOKEN, PATIENCE
from tests.unit.workshop.rooms import TEXT

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[4]
LEVER = "capacity.growth.acute"


class Server:
    """A server in a process of its own, on the same port each time."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, 0, None

    def start(self):
        """Begin, or begin again."""
        command = [sys.executable, "-m", "tests.unit.dashboard.workshop.serving", str(self.folder), str(self.port)]
        surroundings = {**os.environ, "UPSTREAM_CACHE": str(self.folder)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def kill(self):
        """As when the laptop's battery is out."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


class Phone:
    """A browser over the network."""

    def __init__(self, server):
        self.server, self.form = server, ""
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path, data=None, kind="application/json"):
        """What the server says, and where."""
        headers = {"X-Upstream-Form": self.form, **({"Content-Type": kind} if data else {})}
        request = Request(f"http://127.0.0.1:{self.server.port}{path}", data, headers)
        with self.opener.open(request, timeout=PATIENCE) as reply:
            text, where = reply.read().decode(), reply.geturl()
        found = FORM.search(text)
        self.form = found[1] if found else self.form
        return text, where

    def act(self, code, screen, act, **keys):
        """Do one thing."""
        text, _where = self.ask(f"/workshop/{code}/act?screen={screen}", json.dumps({"act": act, **keys}).encode())
        return json.loads(text)


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


def test_killed_in_every_phase(server):
    lead, ada, bo = Phone(server), Phone(server), Phone(server)
    lead.ask(f"/workshop/host/{HOST_TOKEN}")
    _text, where = lead.ask("/workshop/make", urlencode({"text": TEXT}).encode(), "application/x-www-form-urlencoded")
    code = where.split("/")[4]
    for phone, team in ((ada, "Blue"), (bo, "Red")):
        phone.ask(f"/workshop/{code}")
        phone.act(code, "", "Join", name=f"Person of {team}", team=team, role="acute")

    def killed(phase):
        server.kill()
        server.start()
        for phone, screen in ((lead, "console"), (ada, "seat"), (bo, "seat")):
            look = json.loads(phone.ask(f"/workshop/{code}/look?screen={screen}&seen=0")[0])
            assert look["phase"] == phase
        assert "Person of Blue" in ada.ask(f"/workshop/{code}")[0]

    killed("lobby")
    lead.act(code, "console", "Begin")
    ada.act(code, "seat", "Decide", path=LEVER, value=2.0)
    killed("decide")
    bo.act(code, "seat", "Decide", path=LEVER, value=1.0)
    lead.act(code, "console", "Lock")
    killed("lock")
    lead.act(code, "console", "Run")
    killed("run")
    revealed(lead, code)
    killed("reveal")
    lead.act(code, "console", "Debrief")
    ada.act(code, "seat", "Commit", text="Talk to Bo")
    killed("debrief")
    lead.act(code, "console", "Finish")
    killed("finished")
    log = json.loads(lead.ask(f"/workshop/{code}/session.json")[0])["log"]
    names = [each["act"] for each in log]
    assert names == [
        "Join", "Join", "Begin", "Decide", "Decide", "Lock", "Run", "Ran", "Reveal", "Debrief", "Commit", "Finish",
    ]  # fmt: skip
    assert [each["value"] for each in log if each["act"] == "Decide"] == [2.0, 1.0]


def revealed(lead, code):
    """Reveal as soon as the round was run."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return lead.act(code, "console", "Reveal")
        except (HTTPError, URLError):
            assert time.monotonic() < deadline, "the round was never run"
            time.sleep(0.3)
