"""What is put on the shelf is there, in SQLite and in Postgres alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from dashboard.shelf import store, tables
from dashboard.shelf.connected import ready
from dashboard.shelf.kept import LONGEST_NAME, LONGEST_NOTE, clean_name, clean_note, clean_words, folded
from dashboard.shelf.store import Shelf
from dashboard.shelf.trouble import ChangedError, GoneError, OutOfOrderError, RefusedError, TakenError
from tests.unit.dashboard.shelf.conftest import draft

pytestmark = pytest.mark.unit


def names(found):
    return [each.draft.name for each in found.scenarios]


def test_what_is_kept_is_found_again_by_another_program(url, shelf):
    kept = shelf.keep(draft())
    assert (kept.number, kept.revision, kept.draft) == (1, 1, draft())
    assert abs(datetime.now(UTC) - kept.created) < timedelta(minutes=5)
    other = Shelf(url)
    assert other.one(1) == kept
    assert other.find().scenarios == (kept,)
    other.close()


def test_every_sign_and_every_number_comes_back(shelf):
    odd = draft("Zoë's “plan” 日本 😀 %_\\'\"; DROP TABLE", note="a\n\n<b>&amp;", changes={"x": 0.1 + 0.2, "y": 1e-9})
    assert shelf.one(shelf.keep(odd).number).draft == odd


def test_a_name_is_given_once_however_it_is_written(shelf):
    shelf.keep(draft("Straße first"))
    with pytest.raises(TakenError, match="already"):
        shelf.keep(draft("STRASSE FIRST"))
    other = shelf.keep(draft("Other"))
    with pytest.raises(TakenError):
        shelf.change(other.number, 1, draft("straße FIRST"))
    assert sorted(names(shelf.find())) == ["Other", "Straße first"]


def test_a_change_counts_and_nobody_overwrites_what_they_have_not_seen(shelf):
    number = shelf.keep(draft()).number
    changed = shelf.change(number, 1, draft(note="mine"))
    assert (changed.revision, shelf.one(number).draft.note) == (2, "mine")
    with pytest.raises(ChangedError, match="Home first"):
        shelf.change(number, 1, draft(note="theirs"))
    with pytest.raises(ChangedError):
        shelf.drop(number, 1)
    assert shelf.one(number) == changed


def test_what_is_deleted_is_gone_and_its_number_is_not_given_again(shelf):
    first, second = shelf.keep(draft("A")), shelf.keep(draft("B"))
    shelf.drop(second.number, 1)
    assert names(shelf.find()) == ["A"]
    for call in (lambda: shelf.one(second.number), lambda: shelf.drop(second.number, 1)):
        with pytest.raises(GoneError):
            call()
    with pytest.raises(GoneError):
        shelf.change(second.number, 1, draft("C"))
    assert shelf.keep(draft("B")).number > second.number > first.number


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 10**30])
def test_no_number_is_too_strange(shelf, number):
    for call in (lambda: shelf.one(number), lambda: shelf.drop(number, 1), lambda: shelf.change(number, 1, draft())):
        with pytest.raises(GoneError):
            call()


def test_a_search_reads_names_and_notes_and_takes_every_sign_as_itself(shelf):
    for name, note in (("Ärzte 50%", ""), ("Beds_up", "Winter"), ("bedsXup", "50 of them")):
        shelf.keep(draft(name, note=note))
    found = {
        words: sorted(names(shelf.find(words))) for words in ("ärzte", "50%", "50", "beds_up", "WINTER", "\\", "'")
    }
    assert found == {
        "ärzte": ["Ärzte 50%"], "50%": ["Ärzte 50%"], "50": ["bedsXup", "Ärzte 50%"], "beds_up": ["Beds_up"],
        "WINTER": ["Beds_up"], "\\": [], "'": [],
    }  # fmt: skip


def test_a_list_comes_in_pages_latest_change_first(shelf):
    for number in range(5):
        shelf.keep(draft(f"Plan {number}"))
    assert shelf.find(most=2).total == 5
    assert names(shelf.find(most=2)) == ["Plan 4", "Plan 3"]
    assert names(shelf.find(most=2, skip=4)) == ["Plan 0"]


def test_a_shelf_has_an_end(shelf, monkeypatch):
    monkeypatch.setattr(store, "MOST_KEPT", 2)
    shelf.keep(draft("A"))
    shelf.keep(draft("B"))
    with pytest.raises(RefusedError, match="Delete some"):
        shelf.keep(draft("C"))


def with_one_more(*statements):
    """The steps there are, and one more."""

    def step(connection):
        for statement in statements:
            connection.execute(text(statement))

    return {**tables.STEPS, tables.newest() + 1: step}


def test_an_older_database_is_brought_up_to_date_with_all_it_holds(url, shelf, monkeypatch):
    """The step is made up, as one after the newest."""
    kept = shelf.keep(draft())
    shelf.close()
    monkeypatch.setattr(tables, "STEPS", with_one_more("ALTER TABLE upstream_scenarios ADD COLUMN owner TEXT"))
    engine = ready(url)
    assert "owner" in {each["name"] for each in inspect(engine).get_columns("upstream_scenarios")}
    engine.dispose()
    assert Shelf(url).one(kept.number) == kept


def test_a_step_that_fails_leaves_the_database_as_it_was(url, shelf, monkeypatch):
    kept = shelf.keep(draft())
    shelf.close()
    half = ("DELETE FROM upstream_scenarios", "ALTER TABLE no_such_table ADD COLUMN owner TEXT")
    with monkeypatch.context() as patch:
        patch.setattr(tables, "STEPS", with_one_more(*half))
        with pytest.raises(OutOfOrderError):
            ready(url)
    assert Shelf(url).find().scenarios == (kept,)


def test_a_database_of_a_newer_version_is_left_alone(url, shelf, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(tables, "STEPS", with_one_more())
        shelf.keep(draft())
        shelf.close()
    with pytest.raises(OutOfOrderError, match="newer Upstream"):
        Shelf(url).find()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(), st.text())
def test_a_name_and_a_note_are_refused_or_come_back_as_they_were_cleaned(tmp_path_factory, name, note):
    try:
        cleaned, words = clean_name(name), clean_note(note)
    except RefusedError:
        return
    assert clean_name(cleaned) == cleaned
    assert clean_note(words) == words
    assert 0 < len(cleaned) <= LONGEST_NAME
    assert len(words) <= LONGEST_NOTE
    (cleaned + words + folded(cleaned)).encode()


@pytest.mark.parametrize(
    "name", [None, 3, [], "", "  \n", "a\0b", "a\x1bb", "\ud800", "x" * 121, "\u202egpj.exe", "\ufdfa" * 100]
)
def test_a_name_that_cannot_be_is_refused_in_one_sentence(name):
    with pytest.raises(RefusedError, match=r"^The name .*\.$|^A scenario needs a name"):
        clean_name(name)


@pytest.mark.parametrize("note", [3, ["a"], "\0", "x" * 2001])
def test_a_note_that_cannot_be_is_refused(note):
    with pytest.raises(RefusedError):
        clean_note(note)


def test_blanks_and_lines_are_put_in_order():
    assert clean_name("  Home \t first\n") == "Home first"
    assert clean_note(" a \r\nb\rc\t ") == "a\nb\nc"
    assert clean_note(None) == ""
    assert clean_words("  bed  up ") == "bed up"
