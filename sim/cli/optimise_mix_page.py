"""The best mixes of a shift in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.cli.optimise_words import who
from sim.cli.page import Block, Heading, Table
from sim.cli.screen import amount, counted, span, unit
from sim.experiments.search import MixAnswer
from sim.experiments.search.mix import LEVERS
from sim.experiments.search.words import level_span, limits_in_words, mix_sentence
from sim.results.measures import measure_of

SHARE, START, RAMP, *PARTS_OF_SHIFT = LEVERS
COLUMNS = ("", "share moved", "starts after", "ramp", "to programmes, community, social care")


def blocks(found: MixAnswer) -> Iterator[Block]:
    """The answer, the front with its ties, and how the search went."""
    hunt = found.hunt
    yield who(found.plan)
    aims = ", ".join(f"{measure_of(each).label} ({each})" for each in hunt.aims)
    yield f"To be low, each a mean over all years: {aims}. {limits_in_words(hunt.limits)}"
    yield mix_sentence(found)
    yield Heading("The front" if found.feasible else "The nearest")
    yield (
        f"{'What nothing tried beats' if found.feasible else 'What breaks the limits least'}, run anew "
        f"{counted(hunt.confirmed, 'time')} with other people: change against no shift with those people, 95 % for all "
        "at once. A mix is tied with those that cannot be told from it in any aim, looking at all pairs at once."
    )
    yield _changes(found)
    yield _levels(found)


def _changes(found: MixAnswer) -> Table:
    columns = (
        *COLUMNS,
        *(f"{each}, {unit(measure_of(each))}" for each in found.hunt.aims),
        "on the front still",
        "tied with",
    )
    rows = []
    for place, mix in enumerate(found.mixes):
        changes = (_change(found, place, aim) for aim in found.hunt.aims)
        tied = ", ".join(str(other + 1) for other in found.tied(place)) or "-"
        rows.append((str(place + 1), *_values(mix.values), *changes, "yes" if found.still[place] else "no", tied))
    return Table("Mixes, and what they change", columns, rows)


def _change(found: MixAnswer, place: int, aim: str) -> str:
    change, measure = found.change(place, aim), measure_of(aim)
    if change.verdict == "no difference":
        return "0"
    told = f"{amount(change.mean, measure)} ({span(change, measure)})"
    return told if change.verdict in {"better", "worse"} else f"{told}, not told from 0"


def _levels(found: MixAnswer) -> Table:
    hunt = found.hunt
    rows = []
    for label, mix in (("no shift", found.unmoved), *((str(n + 1), each) for n, each in enumerate(found.mixes))):
        levels = hunt.limits.levels(mix.runs)
        kept = "surely" if mix.verdict.surely else "on the mean" if mix.verdict.holds else "no"
        rows.append((label, *(level_span(levels[each.name], each) for each in hunt.limits.limits), kept))
    columns = ("", *(each.name for each in hunt.limits.limits), "kept")
    return Table("Limits with other people, each in its worst year, 95 %", columns, rows)


def _values(values: Mapping[str, float]) -> tuple[str, ...]:
    """A mix in words; parts are taken of their sum, as the model does."""
    if not values[SHARE]:
        return "none", "-", "-", "-"
    parts = [values[each] for each in PARTS_OF_SHIFT]
    whole = sum(parts)
    mix = " / ".join(f"{100 * each / whole:.0f} %" for each in parts) if whole > 0 else "nobody"
    return f"{100 * values[SHARE]:.2f} %", f"{values[START]:g} years", f"{values[RAMP]:g} years", mix
