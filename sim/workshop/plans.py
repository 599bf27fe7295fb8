"""From a team's decisions to a question: a phase for each round, and cards for everybody, doing nothing included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sim.experiments.question import Question, Resolved, resolve
from sim.inputs import (
    Parameters,
    as_of,
    differences,
    first_month,
    in_phases,
    month_text,
    phase_months,
    scenario_text,
)
from sim.workshop.agreements import shift_of
from sim.workshop.state import Plan, Played, State
from sim.workshop.template import Template

MONTHS_A_YEAR = 12
BEHAVIOUR = "policy.behaviour"
NOTHING = Plan()
"""The plan of a team that decides nothing."""


def question_of(state: State, team: str | None, rounds: int) -> Resolved:
    """What is run for a team, or for doing nothing (None), to the end of so many rounds. Raises Faults."""
    locked = state.teams[team].locked[:rounds] if team is not None else (NOTHING,) * rounds
    return resolved(state.template, locked, state.cards)


def resolved(template: Template, plans: Sequence[Plan], cards: Sequence[Played] = ()) -> Resolved:
    """What is run for one plan a round, one after another. Raises Faults.

    plans   at the end of each round
    """
    start = _start(template)
    base, first = start.parameters, first_month(start.parameters)
    acting = _acting(template, cards, len(plans))
    end = MONTHS_A_YEAR * template.years_before(len(plans))
    turns = {*_begins(template, len(plans)), *(month for begins, ends, _ in acting for month in (begins, ends))}
    months = sorted(month for month in turns if month < end)
    at_each = [(first + month, _at(template, base, plans, acting, month)) for month in months]
    phased = in_phases(at_each[0][1], at_each[1:])
    years = template.years_before(len(plans))
    return replace(start, parameters=phased, question=replace(start.question, years=years))


def as_scenario(state: State, team: str, rounds: int) -> str:
    """A team's plan to the end of so many rounds as a scenario's file, which any command runs. Raises Faults."""
    asked = question_of(state, team, rounds)
    after, first = asked.parameters, first_month(asked.parameters)
    phases = []
    for month in phase_months(after):
        before, then = as_of(after, month - 1), as_of(after, month)
        phases.append((month_text(month), differences(before, then)))
    question = asked.question
    told: dict[str, int | str] = {
        "place": question.footprint, "years": question.years, "seed": question.seed,
        "replications": question.replications,
    }  # fmt: skip
    why = (
        f"What {team} decided in the workshop {state.template.title}, round by round, with the cards that were played."
    )
    return scenario_text(
        f"{state.template.title}: {team}", why, differences(asked.base, as_of(after, first)), asked=told, phases=phases
    )


@lru_cache(maxsize=16)
def _start(template: Template) -> Resolved:
    """The place before anybody has decided anything."""
    return resolve(
        Question(
            template.footprint, (), template.setting, template.years_before(len(template.rounds)),
            template.replications, template.seed, template.people,
        )
    )  # fmt: skip


Acting = tuple[int, int, str]
"""Months from which and until which a card acts, and its name."""


def _begins(template: Template, rounds: int) -> list[int]:
    """The month in which each round begins."""
    return [MONTHS_A_YEAR * template.years_before(number) for number in range(rounds)]


def _acting(template: Template, cards: Sequence[Played], rounds: int) -> list[Acting]:
    """When cards act, as far as these rounds go."""
    end = MONTHS_A_YEAR * template.years_before(rounds)
    found = []
    for played in cards:
        begins = MONTHS_A_YEAR * template.years_before(played.round)
        lasts = template.cards[played.card].years * MONTHS_A_YEAR
        if played.round < rounds:
            found.append((begins, min(begins + lasts, end) if lasts else end, played.card))
    return found


def _at(
    template: Template,
    base: Parameters,
    plans: Sequence[Plan],
    acting: Sequence[Acting],
    month: int,
) -> Parameters:
    """What holds in a month: the round's plan, then what the cards do to it."""
    number = max(n for n, begins in enumerate(_begins(template, len(plans))) if begins <= month)
    way = template.rounds[number].way
    parameters = base.with_changes({BEHAVIOUR: way, **_changes(template, plans[number])})
    for begins, ends, card in acting:
        if begins <= month < ends:
            parameters = template.cards[card].shock.apply(parameters)
    return parameters


def _changes(template: Template, plan: Plan) -> dict[str, float | str]:
    """What a plan changes: its levers, in the order they are offered, and the shift that agreements make."""
    changed: dict[str, float | str] = {}
    for path, span in template.spans.items():
        if path in plan.settings:
            changed |= dict.fromkeys(span.moves, plan.settings[path])
    return (
        changed | shift_of(plan) | {path: plan.settings[path] for path in plan.settings if path not in template.spans}
    )
