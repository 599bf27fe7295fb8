"""Rounds in a process of their own: the same results, given up when nobody wants them, and gone with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path
from time import monotonic, sleep

import pytest

from dashboard.shelf.sessions import Sessions
from dashboard.workshop.divided import divided
from dashboard.workshop.keeping.elsewhere import Elsewhere, EndedError, _answer
from dashboard.workshop.keeping.keeper import Keeper
from dashboard.workshop.keeping.running import Runner
from dashboard.workshop.keeping.work import Here
from sim.experiments.replicate import CancelledError, Way
from sim.inputs import Fault, Faults
from sim.workshop import acts, run_round, split
from tests.unit.dashboard.workshop.serving import database
from tests.unit.dashboard.workshop.test_running import made, ran
from tests.unit.workshop.rooms import TEXT, joined, led, small

pytestmark = pytest.mark.unit
PATIENCE = 60
ALONE = """
import sys, time
from dashboard.workshop.keeping.elsewhere import Elsewhere
from sim.experiments.replicate import Way
from tests.unit.dashboard.workshop.test_elsewhere import waiting

work = Elsewhere()

def say(done, wanted):
    print(work._process.pid, flush=True)
    time.sleep(60)

work.run(waiting(), 0, Way(1, say))
"""


def waiting(text=TEXT):
    """A session that waits for its first round."""
    return led(joined(small(text)), acts.Begin(), acts.Lock(), acts.Run()).state


@pytest.fixture(scope="module")
def work():
    """The process, which several tests share as several rounds do."""
    made = Elsewhere()
    yield made
    made.rest()


def is_there(process):
    """Whether a process is at work; one that only waits to be buried is not."""
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_results_are_those_of_this_process(work, tmp_path):
    room = made(Keeper(Sessions(database(tmp_path))))
    told = []
    found = work.run(room.state, 0, Way(2, lambda done, wanted: told.append((done, wanted))))
    assert found == run_round(room.state, 0, keep=False)
    assert (told[0], told[-1]) == ((0, 4), (4, 4))
    state = room.state
    for team in ("Blue", "Red"):
        assert work.divide(state, 0, team, Way()) == divided(split(state, team, 0))


def test_a_round_of_a_session_is_run_there(work, tmp_path):
    keeper = Keeper(Sessions(database(tmp_path)))
    room, runner = made(keeper), Runner(keeper, work)
    while runner.step():
        pass
    assert len(ran(room)) == 1
    assert room.unsplit() is None


def test_work_that_nobody_wants_is_given_up_and_the_next_is_done(work):
    other, told = waiting(TEXT.replace("seed: 3", "seed: 4")), []

    def pace():
        if told:
            raise CancelledError

    with pytest.raises(CancelledError):
        work.run(other, 0, Way(1, lambda *progress: told.append(progress), pace=pace))
    assert told == [(0, 2)]
    assert work.run(waiting(), 0, Way(1)).number == 0


def test_faults_come_back_as_they_are():
    def fail(*_, **__):
        raise Faults([Fault("plan", 0, "capacity.growth.acute", "2", "is too much")])

    ours, theirs = Pipe()
    theirs.send(_answer(Here(fail), theirs, "run", (waiting(), 0), 1))
    word, said = ours.recv()
    assert (word, said.faults[0].rule) == ("failed", "is too much")


def test_a_process_that_was_killed_is_told_of_and_begun_again(work):
    def kill(_done, _wanted):
        os.kill(work._process.pid, signal.SIGKILL)
        work._process.join(PATIENCE)

    with pytest.raises(EndedError):
        work.run(waiting(), 0, Way(1, kill))
    assert work.run(waiting(), 0, Way(1)).number == 0


def test_put_to_rest_in_the_middle_it_gives_its_work_up(work):
    with pytest.raises(CancelledError):
        work.run(waiting(), 0, Way(1, lambda *_: work.rest()))


def test_at_rest_there_is_no_process(work):
    work.warm()
    process = work._process
    work.rest()
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()
    assert work._process is None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell of its processes")
def test_a_server_that_is_killed_leaves_nobody_who_works_on(tmp_path):
    environment = os.environ | {"UPSTREAM_CACHE": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE, text=True, env=environment) as server:
        process = int(server.stdout.readline())
        assert is_there(process)
        server.kill()
    until = monotonic() + PATIENCE
    while is_there(process):
        assert monotonic() < until, "the process works on"
        sleep(0.05)
