"""Scenario files: the page writes what the command line reads, and reads it back; anything else is refused."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.answering.runs import Task
from dashboard.gateway import key, load_catalogue, shipped_model
from dashboard.gateway.exchange import NO_NOTE, exchange
from dashboard.gateway.looked_up import resolved
from dashboard.link import state
from dashboard.link.state import State
from dashboard.shelf.routes import LONGEST_FILE
from sim.experiments.question import Question, resolve
from sim.inputs import load_scenario

pytestmark = pytest.mark.unit
CATALOGUE = load_catalogue()
FILES = exchange()
HEAD = "title: Mine\nwhy: Because\n"


def setting(lever):
    if lever.is_choice:
        return st.sampled_from([word for word, _ in lever.choices])
    return st.floats(lever.low, lever.high).map(lever.clamp)


chosen = st.fixed_dictionaries({}, optional={path: setting(lever) for path, lever in CATALOGUE.levers.items()})


@st.composite
def states(draw):
    plan = draw(st.sampled_from([*CATALOGUE.plans]))
    standing = CATALOGUE.settings_of(plan)
    any_state = State(
        draw(st.sampled_from([*CATALOGUE.places])),
        plan,
        draw(st.integers(1, CATALOGUE.most_years)),
        draw(st.integers(0, state.LARGEST_SEED)),
        draw(st.sampled_from([*CATALOGUE.replications])),
        {path: value for path, value in draw(chosen).items() if value != standing[path]},
    )
    return state.read(state.write(any_state, CATALOGUE), CATALOGUE)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=60)
@given(states(), words, words)
def test_every_state_of_the_page_survives_its_file(now, title, why):
    text = FILES.write(now, CATALOGUE, title, why)
    opened = FILES.read(text, CATALOGUE)
    assert (opened.faults, opened.title, opened.why) == ((), title, why)
    assert opened.state == now


@settings(max_examples=15, deadline=None)
@given(states())
def test_the_command_line_asks_the_very_same_question(tmp_path_factory, now):
    """Same parameters, place, people and code: the same facts, so the same numbers."""
    path = tmp_path_factory.mktemp("file") / "kept.yaml"
    path.write_text(FILES.write(now, CATALOGUE, "Kept", ""), encoding="utf-8")
    asked = resolve(Question(now.place, (str(path),), years=now.years, seed=now.seed))
    people = CATALOGUE.simulated(CATALOGUE.places[now.place])
    ours = resolved(Task(now.place, now.years, people, now.seed, 0, now.plan, tuple(sorted(now.settings.items()))))
    assert asked.facts == ours.facts


def test_a_kept_link_replays_to_the_last_bit():
    """Two models opened apart, the second knowing nothing of the first but the link."""
    link = state.full(state.read("place=dorset&plan=prevention_shift&years=1&seed=9&policy.shift_share=0.1", CATALOGUE))
    runs, keys = [], []
    for _ in range(2):
        model = shipped_model()
        now = state.read(link, model.catalogue)
        task = Task(now.place, now.years, 8_000, now.seed, 0, now.plan, tuple(sorted(now.settings.items())))
        runs.append(model.run(task, Event()))
        keys.append(key(task))
    assert keys[0] == keys[1]
    assert runs[0].keys() == runs[1].keys()
    assert all(np.array_equal(runs[0][name], runs[1][name]) for name in runs[0])


def test_the_file_is_written_for_people_too():
    now = state.read("place=dorset&plan=prevention_shift&years=9&policy.shift_share=0.08", CATALOGUE)
    assert FILES.write(now, CATALOGUE, "Home first", "") == (
        "# Run it with: upstream run dorset --scenario FILE --years 9 --seed 1 --replications 10\n"
        f'title: "Home first"\nwhy: "{NO_NOTE}"\nbuilds_on: ["prevention_shift"]\n'
        "change:\n  policy.shift_share: 0.08\n"
        'asked:\n  place: "dorset"\n  years: 9\n  seed: 1\n  replications: "10"\n'
    )


def test_a_hand_written_file_may_leave_out_what_was_asked():
    opened = FILES.read(f"{HEAD}change:\n  finance.budget_growth: {{social_care: 0}}\n", CATALOGUE)
    assert opened.state == state.read("finance.budget_growth.social_care=0", CATALOGUE)


def test_several_plans_below_become_levers():
    both = FILES.read(f"{HEAD}builds_on: [do_nothing, do_nothing]\nchange: {{policy.shift_share: 0.1}}\n", CATALOGUE)
    assert both.state == state.read("policy.shift_share=0.1", CATALOGUE)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "is empty"),
        ("- a\n- b\n", 1, "must hold keys"),
        (f"{HEAD}foo: 1\n", 3, "is not one we know"),
        (f"{HEAD}change: {{nonsense: 1}}\n", 3, "not one we know"),
        (f"{HEAD}change:\n  policy.shift_share: lots\n", 4, "must be a number"),
        (f"{HEAD}change:\n  policy.shift_share: .inf\n", 4, "not a finite number"),
        (f"{HEAD}change:\n  policy.shift_share: 1{'0' * 400}\n", 4, "not a finite number"),
        (f"{HEAD}change:\n  policy.shift_share: 0.9\n", 4, "lies outside"),
        (f"{HEAD}change:\n  capacity.acute_beds: 3\n", 4, "no lever of this page"),
        (f"{HEAD}by_year:\n  capacity.growth.acute: {{2016/17: 0.2}}\n", 4, "single years"),
        (f"{HEAD}phases:\n  - {{from: 2018-04, change: {{policy.shift_share: 0.1}}}}\n", 4, "a change in mid-run"),
        (f"{HEAD}builds_on: [prevention_shif]\n", 3, 'Did you mean "prevention_shift"'),
        (f"{HEAD}builds_on: [/etc/passwd.yaml]\n", 3, "is not a plan of this page"),
        (f"{HEAD}asked: {{place: atlantis}}\n", 3, "not one we know"),
        (f"{HEAD}asked:\n  years: 99\n", 4, "from 1 to 20"),
        (f"{HEAD}asked:\n  seed: -1\n", 4, "whole number"),
        (f"{HEAD}asked:\n  replications: 7\n", 4, "not one we know"),
        (f"{HEAD}change: !!python/object/apply:os.system [ls]\n", 3, "tag"),
        (f"{HEAD}change: !!python/object:os.system {{}}\n", 3, "tag"),
        ("title: !!python/name:os.system x\nwhy: y\n", 1, "tag"),
        (f"{HEAD}change: &a {{policy.shift_share: 0.1}}\nby_year: *a\n", 4, "an alias is not read"),
        ("title: a\ntitle: b\nwhy: c\n", 2, "stands twice"),
        ("title: \0\n", 0, "not YAML"),
    ],
)
def test_what_is_no_scenario_is_refused_in_its_line(text, line, says):
    opened = FILES.read(text, CATALOGUE)
    assert opened.state is None
    assert [each for each in opened.faults if each.line == line and says in each.says], opened.faults


def test_every_fault_comes_at_once():
    text = f"{HEAD}builds_on: [x]\nasked: {{place: y, years: 0, seed: -1}}\n"
    assert len(FILES.read(text, CATALOGUE).faults) == 4


PAIRS = ("ab", "bc", "cd", "de", "ef", "fg", "gh", "hi")
LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in PAIRS)
BOMBS = (LAUGHS, "[" * LONGEST_FILE, "{" * LONGEST_FILE, '["]",' * 4_000, "- " * 9_000, "? " * 9_000, "a: " * 6_000)


@pytest.mark.parametrize("text", BOMBS)
def test_a_file_made_to_exhaust_the_server_is_refused(text):
    opened = FILES.read(text, CATALOGUE)
    assert opened.state is None
    assert all(len(each.says) < 500 for each in opened.faults)


def test_the_largest_scenario_there_can_be_is_not_too_long():
    changed = {path: lever.choices[0][0] if lever.is_choice else lever.high for path, lever in CATALOGUE.levers.items()}
    now = State("england", "prevention_shift", 20, state.LARGEST_SEED, "narrow", changed)
    assert len(FILES.write(now, CATALOGUE, '"' * 120, '"\n' * 1000)) < LONGEST_FILE


def test_a_scenario_that_only_says_what_was_asked_runs_on_the_command_line(tmp_path):
    path = tmp_path / "kept.yaml"
    path.write_text(f"{HEAD}asked: {{place: dorset, years: 3, seed: 4, replications: narrow}}\n", encoding="utf-8")
    assert dict(load_scenario(str(path)).asked) == {"place": "dorset", "years": 3, "seed": 4, "replications": "narrow"}
