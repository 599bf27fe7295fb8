"""Codes, tokens and the seal on cookies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.tokens import (
    LETTERS,
    LONG,
    LONGEST_SEALED,
    Seal,
    as_code,
    fits,
    hashed,
    new_code,
    new_token,
)

pytestmark = pytest.mark.unit


def seal(key="one key"):
    return Seal(lambda: key)


def test_a_code_has_no_letters_that_look_alike_and_spells_no_word():
    assert not set("ILOAEU0158") & set(LETTERS)
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(as_code(code) == code for code in codes)


@pytest.mark.parametrize("typed", ["bcdfgh", " BCD FGH ", "bcd-fgh", "B C D F G H"])
def test_a_code_may_be_typed_as_people_type(typed):
    assert as_code(typed) == "BCDFGH"


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "BCDFGI", "бвгдеж", "../../", "BCDFG\0", "x" * 10_000])
def test_what_can_be_no_code_is_none(typed):
    assert as_code(typed) == ""


def test_guessing_a_code_is_hopeless():
    assert len(LETTERS) ** LONG >= 64_000_000


def test_a_token_is_kept_as_its_hash_alone():
    token = new_token()
    assert fits(token, hashed(token))
    assert not fits(f"{token} ", hashed(token))
    assert token not in hashed(token)


def test_what_is_sealed_for_one_purpose_holds_for_no_other():
    sealed = seal().put("seat/1", "value")
    assert seal().read("seat/1", sealed, 60) == "value"
    assert seal().read("seat/2", sealed, 60) is None
    assert seal("another key").read("seat/1", sealed, 60) is None


def test_a_seal_grows_old(monkeypatch):
    sealed = seal().put("seat/1", "value")
    monkeypatch.setattr("dashboard.workshop.keeping.tokens.now", lambda: now() + timedelta(seconds=61))
    assert seal().read("seat/1", sealed, 60) is None
    assert seal().read("seat/1", sealed, 120) == "value"


def test_a_clock_that_was_put_right_turns_nobody_out(monkeypatch):
    """A laptop without internet may be hours ahead; seals of then hold when it is put back."""
    sealed = seal().put("seat/1", "value")
    monkeypatch.setattr("dashboard.workshop.keeping.tokens.now", lambda: now() - timedelta(hours=5))
    assert seal().read("seat/1", sealed, 60) == "value"


@pytest.mark.parametrize("sealed", ["", ".", "..", "a.b.c", "\udcff", "é.é.é", "x" * 100_000, ".eJw.aaaa.bbbb"])
def test_what_was_never_sealed_is_nothing(sealed):
    assert seal().read("seat/1", sealed, 60) is None


def test_a_seal_cannot_be_bent():
    sealed = seal().put("seat/1", "value")
    for at in range(len(sealed)):
        other = "A" if sealed[at] != "A" else "B"
        bent = sealed[:at] + other + sealed[at + 1 :]
        assert seal().read("seat/1", bent, 60) in (None, "value")  # the last sign has bits that say nothing
        assert at > len(sealed) - 2 or seal().read("seat/1", bent, 60) is None


def test_a_longer_value_than_ours_is_not_looked_at():
    long = seal().put("seat/1", "".join(new_token() for _ in range(LONGEST_SEALED // 40)))
    assert len(long) > LONGEST_SEALED
    assert seal().read("seat/1", long, 60) is None
