"""Whatever is killed, nothing that was acknowledged is lost, and nothing is there by half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from dashboard.shelf.store import MOST_LISTED, Shelf
from tests.unit.dashboard.fake_model import SHIFT
from tests.unit.dashboard.shelf.writer import scenario

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[4]
HERE = "tests.unit.dashboard.shelf"


@contextmanager
def program(module, *words, **environment):
    """A program under way, which is killed in the end as nothing can prevent (on POSIX: SIGKILL)."""
    command = [sys.executable, "-m", f"{HERE}.{module}", *map(str, words)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | environment)
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def in_full(url):
    return url.render_as_string(hide_password=False)


def everything(url):
    """Every scenario by name."""
    shelf, found = Shelf(url), []
    while page := shelf.find(skip=len(found)).scenarios:
        found += page
    assert shelf.find().total == len(found)
    shelf.close()
    return {each.draft.name: each.draft for each in found}


def test_a_writer_killed_in_the_middle_loses_nothing_it_acknowledged(url):
    """Killed three times; each time it goes on where its last acknowledgement ends, or one further."""
    acknowledged = []
    for wanted in (1, 7, 23):
        first = len(everything(url))
        with program("writer", in_full(url), "One", first) as running:
            acknowledged += [int(next(running.stdout).split()[1]) for _ in range(wanted)]
            running.kill()
            # lines it still said before it died were acknowledged too
            acknowledged += [int(line.split()[1]) for line in running.stdout if line.endswith("\n")]
        kept = everything(url)
        assert {f"One {number}" for number in acknowledged} <= kept.keys()
        assert len(kept) - len(acknowledged) <= 3  # at most one a kill was kept without being heard of
        assert all(draft == scenario("One", int(name.split()[1])) for name, draft in kept.items())


def test_two_programs_that_write_at_once_both_keep_all_and_share_no_name(url):
    shared, each = 20, 25
    said = {}

    def listen(who, running):
        said[who] = [next(running.stdout).split() for _ in range(shared + each)]

    with program("writer", in_full(url), "A", 0, shared) as a, program("writer", in_full(url), "B", 0, shared) as b:
        ears = [Thread(target=listen, args=each) for each in (("A", a), ("B", b))]
        for ear in ears:
            ear.start()
        for ear in ears:
            ear.join()
    kept = everything(url)
    won = Counter(number for lines in said.values() for word, number in lines if word == "won")
    assert won == {str(number): 1 for number in range(shared)}
    for who, lines in said.items():
        assert {kept[f"Shared {number}"].note for word, number in lines if word == "won"} <= {who}
        for number in (int(number) for word, number in lines if word == "kept"):
            assert kept[f"{who} {number}"] == scenario(who, number)


def test_a_server_of_postgres_that_is_killed_has_what_it_acknowledged(postgres):
    postgres.ask("CREATE DATABASE killed")
    url = postgres.url("killed")
    with program("writer", in_full(url), "One") as running:
        heard = [int(next(running.stdout).split()[1]) for _ in range(10)]
        postgres.kill()
        heard += [int(line.split()[1]) for line in running.stdout if line.startswith("kept") and line.endswith("\n")]
    postgres.start()
    kept = everything(url)
    assert {f"One {number}" for number in heard} <= kept.keys()
    assert all(draft == scenario("One", int(name.split()[1])) for name, draft in kept.items())


def call(port, method, path, body=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    sent = None if body is None else json.dumps(body)
    connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
    reply = connection.getresponse()
    read = json.loads(reply.read())
    connection.close()
    return reply.status, read


def test_a_dashboard_killed_in_mid_session_and_started_anew_has_every_scenario(url):
    kept = []
    with program("serving", UPSTREAM_DATABASE=in_full(url)) as running:
        port = int(next(running.stdout))
        for number in range(1, 6):
            body = {"name": f"Plan {number}", "note": "", "link": f"place=dorset&{SHIFT}=0.0{number}"}
            status, one = call(port, "POST", "/shelf", body)
            assert status == 201
            kept.append(one)
        assert call(port, "PUT", "/shelf/1", {"revision": 1, "name": "Changed"})[0] == 200
    with program("serving", UPSTREAM_DATABASE=in_full(url)) as running:
        port = int(next(running.stdout))
        found = call(port, "GET", f"/shelf?most={MOST_LISTED}")[1]
        assert sorted(each["name"] for each in found["scenarios"]) == ["Changed", *(f"Plan {n}" for n in range(2, 6))]
        for one in kept[1:]:
            again = call(port, "GET", f"/shelf/{one['number']}")[1]
            assert again == one | {"same_model": True, "same_numbers": True}
