"""Many who act in one session at once, and whoever is killed there: each line has one act, and none is lost."""

from __future__ import annotations

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest

from dashboard.shelf.sessions import Sessions
from dashboard.shelf.trouble import ChangedError, GoneError, OutOfOrderError
from tests.unit.dashboard.shelf.conftest import workshop
from tests.unit.dashboard.shelf.old_form import rows_of
from tests.unit.dashboard.shelf.test_killed import in_full, program
from tests.unit.dashboard.shelf.workshop_writer import act

pytestmark = pytest.mark.unit
THREADS = 8


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A slow disk is no fault: nothing here is about time."""
    monkeypatch.setattr("dashboard.shelf.database.PATIENCE", 60)


def race(sessions, number, lines):
    """Eight threads that try for every line; who won which."""
    start = Barrier(THREADS)

    def run(who):
        won = []
        for line in range(lines):
            start.wait(60)
            try:
                sessions.append(number, line, act(who, line), (who, f"{who} {line}"))
            except ChangedError:
                continue
            won.append(line)
        return won

    with ThreadPoolExecutor(THREADS) as people:
        names = [f"s{n}" for n in range(THREADS)]
        return dict(zip(names, people.map(run, names), strict=True))


def test_of_eight_threads_at_the_same_line_one_wins(url, sessions):
    number, lines = sessions.make(workshop()).number, 12
    won = race(sessions, number, lines)
    assert Counter(line for each in won.values() for line in each) == dict.fromkeys(range(lines), 1)
    winner = {line: who for who, each in won.items() for line in each}
    assert sessions.log(number) == tuple(act(winner[line], line) for line in range(lines))
    # who lost left no token either
    assert len(rows_of(url, "upstream_session_tokens")) == lines
    assert all(sessions.seat_of(number, f"{who} {line}") == who for line, who in winner.items())


def test_of_eight_servers_that_want_to_work_for_a_session_one_does(sessions):
    number, start = sessions.make(workshop()).number, Barrier(THREADS)

    def claim(who):
        start.wait(60)
        return sessions.claim(number, who, 600.0)

    with ThreadPoolExecutor(THREADS) as people:
        assert sum(people.map(claim, [f"server {n}" for n in range(THREADS)])) == 1


def test_eight_threads_that_try_again_lose_nothing(sessions):
    """As the server does: who was too late reads what came and acts after it."""
    number, each = sessions.make(workshop()).number, 5

    def run(who):
        for turn in range(each):
            while True:
                try:
                    sessions.append(number, len(sessions.log(number)), act(who, turn))
                    break
                except ChangedError:
                    continue

    names = [f"s{n}" for n in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as people:
        list(people.map(run, names))
    kept = sessions.log(number)
    assert len(kept) == THREADS * each
    for who in names:  # all of them, in the order in which they were done
        assert [one for one in kept if one["by"] == who] == [act(who, turn) for turn in range(each)]


def test_of_two_programs_at_the_same_line_one_wins(url, sessions):
    number, lines = sessions.make(workshop()).number, 60
    said = {}

    def listen(who, running):
        said[who] = [line.split() for line in running.stdout]

    words = ("workshop_writer", in_full(url))
    with program(*words, "A", number, lines) as a, program(*words, "B", number, lines) as b:
        for each in (a, b):
            assert next(each.stdout) == "waits 0\n"
        ears = [Thread(target=listen, args=each) for each in (("A", a), ("B", b))]
        for ear in ears:
            ear.start()
        sessions.append(number, 0, act("first", 0))
        for ear in ears:
            ear.join()
    assert [len(each) for each in said.values()] == [lines - 1] * 2
    won = [(int(line), who) for who, each in said.items() for word, line in each if word == "won"]
    assert sorted(line for line, _ in won) == list(range(1, lines))
    assert sessions.log(number)[1:] == tuple(act(who, line) for line, who in sorted(won))


def test_a_program_killed_while_it_acts_leaves_a_whole_log(url, sessions):
    """Killed four times; each time it goes on where the log ends."""
    number, heard = sessions.make(workshop()).number, []
    for wanted in (1, 5, 17, 40):
        with program("workshop_writer", in_full(url), "s1", number) as running:
            heard += [next(running.stdout).split() for _ in range(wanted)]
            running.kill()
            heard += [line.split() for line in running.stdout if line.endswith("\n")]
        kept = sessions.log(number)
        assert kept == tuple(act("s1", line) for line in range(len(kept)))
        assert {int(line) for _, line in heard} <= set(range(len(kept)))
        assert len(kept) - len(heard) <= 4  # at most one a kill was kept without being heard of
        # the token of every act is there, and none without an act
        assert len(rows_of(url, "upstream_session_tokens")) == len(kept)
    assert {word for word, _ in heard} == {"won"}


@pytest.mark.parametrize("table", ["upstream_session_log", "upstream_session_tokens"])
def test_an_act_cut_short_is_as_if_it_had_never_been(url, sessions, table):
    """Killed after the database took the act, and after it took the token too, just before both are committed."""
    number = sessions.make(workshop()).number
    sessions.append(number, 0, act("first", 0))
    with program("workshop_dying", in_full(url), number, 1, f"INSERT INTO {table}") as running:
        assert running.wait(60) == -signal.SIGKILL
    assert sessions.log(number) == (act("first", 0),)
    assert sessions.seat_of(number, "hash") is None
    sessions.append(number, 1, act("s1", 1), ("s1", "hash"))  # and nobody is locked out
    assert sessions.log(number, 1) == (act("s1", 1),)


def test_a_server_of_postgres_that_is_killed_has_the_log_it_acknowledged(postgres):
    postgres.ask("CREATE DATABASE killed_session")
    url = postgres.url("killed_session")
    sessions = Sessions(url)
    number = sessions.make(workshop()).number
    with program("workshop_writer", in_full(url), "s1", number) as running:
        heard = [next(running.stdout).split() for _ in range(10)]
        postgres.kill()
        heard += [line.split() for line in running.stdout if line.startswith("won") and line.endswith("\n")]
    postgres.start()
    kept = sessions.log(number)
    assert kept == tuple(act("s1", line) for line in range(len(kept)))
    assert len(heard) <= len(kept) <= len(heard) + 1
    sessions.close()


def test_who_acts_while_the_session_is_deleted_leaves_nothing_behind(url, sessions):
    number = sessions.make(workshop()).number

    def run(who):
        try:
            while True:
                line = len(sessions.log(number))
                try:
                    sessions.append(number, line, act(who, line), (who, f"{who} {line}"))
                except ChangedError:
                    continue
        except GoneError:
            return "gone"

    with ThreadPoolExecutor(4) as people:
        ends = [people.submit(run, f"s{n}") for n in range(4)]
        while len(sessions.log(number)) < 8:
            pass
        sessions.drop(number)
        assert [each.result(60) for each in ends] == ["gone"] * 4
    assert rows_of(url, "upstream_session_log") == rows_of(url, "upstream_session_tokens") == []


def test_servers_that_share_a_database_sign_with_one_key(url):
    doors = [Sessions(url) for _ in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as people:
        keys = set(people.map(Sessions.key, doors))
    assert len(keys) == 1
    assert len(keys.pop()) >= 40
    for each in doors:
        each.close()


def test_a_server_whose_row_is_held_by_another_says_so_in_time(postgres, monkeypatch):
    import psycopg

    monkeypatch.setattr("dashboard.shelf.database.PATIENCE", 0.3)
    postgres.ask("CREATE DATABASE held")
    sessions = Sessions(postgres.url("held"))
    number = sessions.make(workshop()).number
    address = f"host=127.0.0.1 port={postgres.port} user=upstream dbname=held"
    with psycopg.connect(address) as other:
        other.execute("SELECT * FROM upstream_sessions FOR UPDATE")
        with pytest.raises(OutOfOrderError, match="another program, which did not finish in time"):
            sessions.append(number, 0, act("s1", 0))
        assert len(sessions.log(number)) == 0  # readers do not wait
        other.rollback()
    sessions.append(number, 0, act("s1", 0))
    sessions.close()
