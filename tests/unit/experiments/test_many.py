"""Many questions at once: what cannot be is an outcome, and what goes wrong in a run is an error."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest

from sim.experiments import Question, resolve
from sim.experiments.many import run_many

pytestmark = pytest.mark.unit

QUESTION = Question("devon", ("do_nothing",), years=1, replications=2, people=20_000)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    return tmp_path


def test_a_place_that_cannot_be_made_is_an_outcome_and_is_kept(cache):
    place = resolve(QUESTION)
    none = replace(place, parameters=place.parameters.with_changes({"capacity.acute_beds": 0}))
    ((first, second),) = run_many(lambda _: none, 1, ["gap"])
    assert "a place without hospital beds cannot be simulated" in first.impossible
    assert first == second
    assert len(list((cache / "many").iterdir())) == 2


@pytest.mark.parametrize("error", [ValueError, ArithmeticError])
def test_what_goes_wrong_in_a_run_is_raised_and_nothing_of_it_is_kept(cache, monkeypatch, error):
    """Else a mistake in the program would be counted as a future that cannot be, now and whenever it is asked again."""

    def broken(*_):
        raise error("no number comes of this month")

    monkeypatch.setattr(import_module("sim.experiments.run"), "simulate", broken)
    with pytest.raises(error, match="no number comes of this month"):
        run_many(lambda _: resolve(QUESTION), 1, ["gap"])
    assert list(cache.rglob("*.years")) == []
