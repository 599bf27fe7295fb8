"""What is kept of a session is there, in SQLite and in Postgres alike, and ends with it."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.shelf import bounds
from dashboard.shelf.sessions import KeptSession, NewSession, Sessions
from dashboard.shelf.trouble import ChangedError, GoneError, RefusedError, TakenError
from tests.unit.dashboard.shelf.conftest import MADE, workshop
from tests.unit.dashboard.shelf.old_form import rows_of

pytestmark = pytest.mark.unit
BEGIN = {"act": "Begin", "by": "facilitator", "at": 1.5}
OWNED = ("upstream_session_log", "upstream_session_tokens", "upstream_session_results", "upstream_session_claims")


def filled(sessions, **more):
    """A session with two acts, two tokens, results, and a server that worked for it."""
    number = sessions.make(workshop(**more)).number
    sessions.append(number, 0, {"act": "Join", "by": "s1", "at": 0.0, "seat": "s1", "name": "Ada"}, ("s1", "h1"))
    sessions.append(number, 1, BEGIN)
    sessions.put_token(number, "s2", "h2")
    sessions.put_results(number, "abc", b"\0results\xff")
    assert sessions.claim(number, "before", 0.0)
    return number


def test_what_is_made_is_found_by_its_code_by_another_program(url, sessions):
    kept = sessions.make(workshop())
    assert isinstance(kept, NewSession)
    assert (kept.number, kept.code, kept.deadline, kept.left) == (1, "KMRTX", None, None)
    assert kept.text == workshop().text
    other = Sessions(url)
    assert other.by_code("KMRTX") == kept == KeptSession(**vars_of(workshop()), number=1)
    other.close()


def vars_of(new):
    return {name: getattr(new, name) for name in NewSession.__dataclass_fields__}


def test_times_are_in_utc_whatever_they_came_in(sessions):
    there = timezone(timedelta(hours=5, minutes=30))
    sessions.make(workshop(made=MADE.astimezone(there)))
    assert sessions.by_code("KMRTX").made == MADE
    assert sessions.by_code("KMRTX").made.tzinfo is UTC
    sessions.set_clock(1, (MADE + timedelta(seconds=0.25)).astimezone(there), None)
    assert sessions.by_code("KMRTX").deadline == MADE + timedelta(seconds=0.25)


def test_a_code_is_given_once(sessions):
    sessions.make(workshop())
    with pytest.raises(TakenError, match="code"):
        sessions.make(workshop(workshop="other"))
    sessions.make(workshop(code="kmrtx"))  # written otherwise it is another
    assert [each.code for each in sessions.every()] == ["kmrtx", "KMRTX"]


@pytest.mark.parametrize("code", ["", "kmrtx", "NONE", "K\0", "\ud800", "x" * 10_000, "' OR 1=1 --", "%"])
def test_a_code_of_no_session_is_gone(sessions, code):
    sessions.make(workshop())
    with pytest.raises(GoneError, match="no such session"):
        sessions.by_code(code)


def test_acts_come_back_in_order_and_as_they_were(sessions):
    number = sessions.make(workshop()).number
    acts = [
        {"act": "Commit", "by": "s1", "at": 0.1 + 0.2, "text": "Zoë's “plan” 日本 😀 \0 \ud800 '; DROP TABLE --"},
        {"act": "Decide", "by": "s1", "at": 1e-9, "path": "x", "value": 1e300},
        {"act": "Answer", "by": "s2", "at": 2.0, "deal": 2**53 + 1, "agrees": True, "none": None, "nested": [{"a": 1}]},
    ]
    for line, one in enumerate(acts):
        sessions.append(number, line, one)
    assert sessions.log(number) == tuple(acts)
    assert [list(each) for each in sessions.log(number)] == [list(each) for each in acts]
    assert sessions.log(number, 2) == (acts[2],)
    assert sessions.log(number, 3) == sessions.log(number, 2**31 - 1) == ()


def test_sessions_have_logs_of_their_own(sessions):
    first, second = (sessions.make(workshop(code=code)).number for code in ("AAAAA", "BBBBB"))
    sessions.append(first, 0, BEGIN, ("s1", "same hash"))
    assert sessions.log(second) == ()
    assert sessions.seat_of(second, "same hash") is None
    sessions.append(second, 0, BEGIN, ("s9", "same hash"))
    assert (sessions.seat_of(first, "same hash"), sessions.seat_of(second, "same hash")) == ("s1", "s9")


@pytest.mark.parametrize("line", [-1, 0, 1, 3, 2**31, 10**30])
def test_a_line_that_is_not_the_next_one_is_refused_with_its_token(sessions, line):
    number = filled(sessions)
    before = sessions.log(number)
    with pytest.raises(ChangedError, match="at the same moment"):
        sessions.append(number, line, BEGIN, ("s3", "h3"))
    assert sessions.log(number) == before
    assert sessions.seat_of(number, "h3") is None


def test_a_token_that_cannot_be_kept_keeps_its_act_out_too(sessions):
    number = filled(sessions)
    with pytest.raises(TakenError, match="another seat"):
        sessions.append(number, 2, BEGIN, ("s2", "h1"))
    with pytest.raises(RefusedError):
        sessions.append(number, 2, BEGIN, ("s2", "x" * 201))
    assert len(sessions.log(number)) == 2


def test_a_seat_may_have_several_tokens_and_loses_them_all(sessions):
    number = filled(sessions)
    for _ in range(2):
        sessions.put_token(number, "s1", "h3")
    assert [sessions.seat_of(number, each) for each in ("h1", "h2", "h3", "h4", "", "\0")] == [
        "s1", "s2", "s1", None, None, None,
    ]  # fmt: skip
    with pytest.raises(TakenError):
        sessions.put_token(number, "s2", "h3")
    sessions.drop_tokens(number, "s1")
    sessions.drop_tokens(number, "nobody")
    assert [sessions.seat_of(number, each) for each in ("h1", "h2", "h3")] == [None, "s2", None]


def test_a_clock_runs_or_stands_or_is_none(sessions):
    number = filled(sessions)
    deadline = MADE + timedelta(minutes=8)
    for clock in ((deadline, None), (None, 61.25), (None, 0.0), (None, None)):
        sessions.set_clock(number, *clock)
        kept = sessions.by_code("KMRTX")
        assert (kept.deadline, kept.left) == clock
        assert sessions.every() == (kept,)


def test_results_put_twice_are_there_once_as_they_were_first(url, sessions):
    number = filled(sessions)
    sessions.put_results(number, "abc", b"other")
    sessions.put_results(number, "empty", b"")
    assert sessions.results(number, "abc") == b"\0results\xff"
    assert sessions.results(number, "empty") == b""
    for name in ("none", "", "\0", "x" * 300):
        assert sessions.results(number, name) is None
        assert sessions.results_of(number, ["abc", name]) in ({}, {"abc": b"\0results\xff"})
    assert sessions.results_of(number, ["abc", "empty", "none"]) == {"abc": b"\0results\xff", "empty": b""}
    assert sessions.results_of(number, []) == {}
    assert len(rows_of(url, "upstream_session_results")) == 2


def test_one_server_works_for_a_session_until_it_is_not_heard_of_any_more(url, sessions):
    number, other = filled(sessions), filled(sessions, code="OTHER")
    assert sessions.claim(number, "one", 60.0)
    assert not sessions.claim(number, "two", 60.0)
    assert sessions.claim(other, "two", 60.0)
    assert sessions.claim(number, "one", 0.0)  # is heard of, for the last time
    assert sessions.claim(number, "two", 60.0)
    assert not sessions.claim(number, "one", 60.0)
    assert len(rows_of(url, "upstream_session_claims")) == 2


def test_with_a_session_goes_all_that_is_its_own_and_nothing_else(url, sessions):
    gone, stays = filled(sessions), filled(sessions, code="OTHER")
    before = {table: [row for row in rows_of(url, table) if row[0] == str(stays)] for table in OWNED}
    sessions.drop(gone)
    assert {table: rows_of(url, table) for table in OWNED} == before
    assert [each.number for each in sessions.every()] == [stays]
    assert sessions.results(gone, "abc") is None
    assert sessions.seat_of(gone, "h1") is None
    assert sessions.make(workshop()).number > stays  # a number is not given again


def test_sessions_that_are_over_are_deleted(url, sessions):
    numbers = [filled(sessions, code=f"C{day}", until=MADE + timedelta(days=day)) for day in range(4)]
    assert sessions.drop_over(MADE - timedelta(seconds=1)) == 0
    assert sessions.drop_over(MADE + timedelta(days=2)) == 3
    assert [each.number for each in sessions.every()] == numbers[3:]
    assert {row[0] for table in OWNED for row in rows_of(url, table)} == {str(numbers[3])}


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 2**63, 10**30])
def test_what_is_asked_of_no_session_is_gone(sessions, number):
    filled(sessions)
    for call in (
        lambda: sessions.log(number),
        lambda: sessions.append(number, 0, BEGIN),
        lambda: sessions.put_token(number, "s1", "h9"),
        lambda: sessions.set_clock(number, None, 3.0),
        lambda: sessions.put_results(number, "abc", b""),
        lambda: sessions.claim(number, "one", 6.0),
        lambda: sessions.drop(number),
    ):
        with pytest.raises(GoneError):
            call()
    assert sessions.seat_of(number, "h1") is None
    assert sessions.results(number, "abc") is None
    assert sessions.results_of(number, ["abc"]) == {}
    sessions.drop_tokens(number, "s1")


def said(call):
    with pytest.raises(RefusedError) as caught:
        call()
    text = str(caught.value)
    assert re.fullmatch(r"[^{}\n]+\.", text)
    return text


def test_everything_has_an_end_and_says_so(sessions, monkeypatch):
    number = filled(sessions)
    for name, most in {
        "MOST_SESSIONS": 1, "MOST_LINES": 2, "SPARE_LINES": 1, "MOST_TOKENS": 2, "MOST_RESULTS": 1,
        "LARGEST_RESULTS": 9,
    }.items():  # fmt: skip
        monkeypatch.setattr(bounds, name, most)
    assert "1 sessions" in said(lambda: sessions.make(workshop(code="OTHER")))
    assert "2 acts" in said(lambda: sessions.append(number, 2, BEGIN | {"by": "s1"}))
    sessions.append(number, 2, BEGIN)  # the facilitator can bring it to its end
    assert "3 acts" in said(lambda: sessions.append(number, 3, BEGIN))
    assert "2 tokens" in said(lambda: sessions.put_token(number, "s3", "h3"))
    sessions.put_token(number, "s1", "h1")  # is there
    assert "1 runs" in said(lambda: sessions.put_results(number, "def", b""))
    sessions.put_results(number, "abc", b"")
    assert "9 bytes" in said(lambda: sessions.put_results(number, "def", b"x" * 10))
    sessions.drop(number)
    sessions.put_results(sessions.make(workshop()).number, "def", b"x" * 9)


def test_what_is_too_long_or_cannot_be_kept_is_refused(sessions):
    number = filled(sessions)
    assert "50,001 characters" in said(lambda: sessions.make(workshop(text="x" * 50_001)))
    assert sessions.make(workshop(code="LONG", text="😀" * 50_000)).text == "😀" * 50_000
    for bad in ("a\0b", "\ud800"):
        assert "cannot be kept" in said(lambda bad=bad: sessions.make(workshop(code="A", text=bad)))
        assert "cannot be kept" in said(lambda bad=bad: sessions.make(workshop(code=bad)))
        assert "cannot be kept" in said(lambda bad=bad: sessions.put_token(number, bad, "h9"))
        assert "cannot be kept" in said(lambda bad=bad: sessions.put_results(number, bad, b""))
    assert "201 characters" in said(lambda: sessions.make(workshop(code="A", workshop="x" * 201)))
    assert "too long" in said(lambda: sessions.append(number, 2, {"text": "x" * 10_000}))
    for value in (float("nan"), float("inf"), {1, 2}, b"bytes"):
        assert "cannot be kept" in said(lambda value=value: sessions.append(number, 2, {"value": value}))
    assert len(sessions.log(number)) == 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_an_act_is_refused_or_comes_back_as_it_was(sessions, plain):
    found = sessions.every()
    number = found[0].number if found else sessions.make(workshop()).number
    line = len(sessions.log(number))
    try:
        sessions.append(number, line, plain)
    except RefusedError:
        assert len(sessions.log(number)) == line
    else:
        assert sessions.log(number, line) == (plain,)


def test_the_key_stays_the_same(url, sessions):
    key = sessions.key()
    sessions.close()
    assert sessions.key() == Sessions(url).key() == key


def test_what_was_deleted_cannot_be_read_from_the_file(file_url):
    """Names that people chose are overwritten on the disk."""
    sessions = Sessions(file_url)
    number = sessions.make(workshop()).number
    for line in range(50):
        sessions.append(number, line, {"act": "Commit", "by": "s1", "text": f"Ada Lovelace {line} " * 20})
    sessions.drop(number)
    sessions.close()
    path = Path(str(file_url.database))
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert b"Lovelace" not in b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
