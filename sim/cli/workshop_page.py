"""What is expected of a ready workshop, as blocks for the screen or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sim.cli.page import Block, Heading, Table
from sim.cli.screen import amount, counted, millions, number, span, unit
from sim.inputs import ORGANISATIONS
from sim.results.measures import measure_of
from sim.workshop import RoundResults, TeamRound, Template
from sim.workshop.results import BOOKS, SHOWN

PERCENT = 100


def introduction(template: Template) -> Iterator[Block]:
    """What is played, and how it was run."""
    yield template.why
    way = ", ".join(f"{each.title} ({counted(each.years, 'year')}, {each.way})" for each in template.rounds)
    yield (
        f"{template.footprint}, {counted(template.replications, 'replication')}, seed {template.seed}. "
        f"Rounds: {way}. Every play is a team, with the same people. Changes are against doing nothing under the same "
        "cards, in the last year of the round, with 95 % intervals over replications."
    )
    yield Table("Plays", ("Play", "What it does"), [(name, play.says) for name, play in template.plays.items()], 2)
    if template.lesson:
        yield template.lesson


def start(begins: TeamRound) -> Block:
    """Where every team starts: the first year, if nobody does anything."""
    rows = []
    for each in begins.headlines:
        measure = measure_of(each.series)
        rows.append((measure.label, unit(measure), amount(each.value.mean, measure)))
    return Table("Where every team starts, doing nothing", ("Measure", "Unit", "First year"), rows, 2)


def blocks(template: Template, results: Sequence[RoundResults]) -> Iterator[Block]:
    """Each round: measures, books, and who did best."""
    for each in results:
        yield Heading(f"Round {each.number + 1}: {template.rounds[each.number].title}")
        cards = template.before[each.number] if each.number < len(template.before) else ()
        if cards:
            yield f"Before it: {', '.join(template.cards[card].title for card in cards)}."
        yield Table("Levels", ("Measure", "Unit", *_teams(each)), list(_levels(each)), 2)
        yield Table("Against doing nothing", ("Measure", "Unit", *_teams(each)), list(_changes(each)), 2)
        yield Table("Books of the round", ("Team", "Line", *ORGANISATIONS), list(_books(each)), 2)
        yield Table("All rounds so far", ("Team", "Gap", "Promises kept"), list(_whole(each)), 1)
        yield (
            "Best, or not to be told from the best: "
            + "; ".join(f"{won.win}: {', '.join(won.teams) or 'nobody'}" for won in each.won)
            + "."
        )


def _teams(found: RoundResults) -> Iterable[str]:
    return tuple(team.team for team in found.teams)


def _levels(found: RoundResults) -> Iterator[tuple[str, ...]]:
    for at, series in enumerate(SHOWN):
        measure = measure_of(series)
        yield measure.label, unit(measure), *(amount(t.headlines[at].value.mean, measure) for t in found.teams)


def _changes(found: RoundResults) -> Iterator[tuple[str, ...]]:
    for at, series in enumerate(SHOWN):
        measure = measure_of(series)
        changes = [team.headlines[at].change for team in found.teams]
        told = (f"{amount(each.mean, measure)} ({span(each, measure)})" for each in changes)
        yield measure.label, unit(measure), *told


def _books(found: RoundResults) -> Iterator[tuple[str, ...]]:
    for team in found.teams:
        for line in BOOKS:
            yield team.team, line, *(millions(team.books[name][line]) for name in ORGANISATIONS)


def _whole(found: RoundResults) -> Iterator[tuple[str, ...]]:
    for team in found.teams:
        share = team.promises.share
        kept = "none made" if share is None else f"{number(PERCENT * share, 0)} %"
        yield team.team, millions(team.gap.mean), kept
