"""Whatever a link says, it means a state that the model can run."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.link.state import LARGEST_SEED, canonical, moved, read, settings, write
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, STANCE, fake_catalogue

pytestmark = pytest.mark.unit
CATALOGUE = fake_catalogue()
NAMES = ("place", "plan", "years", "seed", "replications", "detail", *CATALOGUE.levers)
numbers = st.one_of(st.floats().map(str), st.integers().map(str), st.sampled_from(["1e999", "-0", "0x10", "", "1_000"]))
words = st.sampled_from(
    [*CATALOGUE.places, *CATALOGUE.plans, *CATALOGUE.replications, "cautious", "hopeful", "fortress"]
)
pairs = st.tuples(st.one_of(st.sampled_from(NAMES), st.text()), st.one_of(numbers, words, st.text()))
links = st.one_of(st.text(), st.lists(pairs).map(urlencode))


def valid(state):
    assert state.place in CATALOGUE.places
    assert state.plan in CATALOGUE.plans
    assert state.replications in CATALOGUE.replications
    assert 1 <= state.years <= CATALOGUE.most_years
    assert 0 <= state.seed <= LARGEST_SEED
    for path, value in settings(state, CATALOGUE).items():
        lever = CATALOGUE.levers[path]
        if lever.is_choice:
            assert value in dict(lever.choices)
        else:
            assert lever.low <= value <= lever.high


@given(links)
def test_any_link_means_a_state_that_can_be_run(link):
    valid(read(link, CATALOGUE))


@given(links)
def test_writing_and_reading_again_changes_nothing(link):
    state = read(link, CATALOGUE)
    assert read(write(state, CATALOGUE), CATALOGUE) == state
    assert canonical(write(state, CATALOGUE), CATALOGUE) == write(state, CATALOGUE)


@pytest.mark.parametrize(
    "link", ["", "?", "?plan=do_nothing&years=5", "place=Atlantis", "%ff%00=%zz", "&&&===", "years=NaN"]
)
def test_nonsense_and_defaults_are_the_page_as_it_opens(link):
    assert canonical(link, CATALOGUE) == ""


def test_numbers_outside_their_range_are_brought_back():
    state = read(f"{GROWTH}=99&{SHIFT}=-3&years=500&seed=-9", CATALOGUE)
    assert state.settings == {GROWTH: 6.0}
    assert (state.years, state.seed) == (20, 0)


def test_a_lever_that_stands_where_the_plan_puts_it_is_left_out():
    assert canonical(f"plan=prevention_shift&{SHIFT}=0.05", CATALOGUE) == "plan=prevention_shift"


def test_a_lever_put_back_against_the_plan_is_kept():
    state = read(f"plan=prevention_shift&{SHIFT}=0", CATALOGUE)
    assert settings(state, CATALOGUE)[SHIFT] == 0
    assert moved(state, CATALOGUE) == ()


def test_levers_moved_are_those_that_differ_from_doing_nothing():
    assert moved(read(f"plan=prevention_shift&{STANCE}=hopeful", CATALOGUE), CATALOGUE) == (SHIFT, STANCE)


@pytest.mark.parametrize("detail", ["sketch", "locality", "anything"])
def test_links_from_before_everybody_was_simulated_still_open(detail):
    assert canonical(f"place=dorset&detail={detail}&{GROWTH}=3", CATALOGUE) == f"place=dorset&{GROWTH}=3"


def test_a_link_without_end_says_nothing():
    assert canonical("&".join(f"a{n}=1" for n in range(10_000)), CATALOGUE) == ""
