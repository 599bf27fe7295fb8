"""What surprised, by a rule that is told with it; and what came from demand, flow and money, in a sentence each."""

from __future__ import annotations

from math import inf

from dashboard.wording.language import _
from dashboard.wording.numbers import listed
from dashboard.wording.workshop import FAMILIES
from dashboard.workshop.divided import Divided
from dashboard.workshop.screens.compared import SPLIT, TOGETHER, split_part
from dashboard.workshop.screens.told import change_words, direction, measure_name, size, value
from sim.experiments.attribute import FAMILY_NAMES
from sim.workshop import Headline, TeamRound

TWICE = 2.0
"""From how many times doing nothing on a share says less than "more than twice"."""


def surprise(team: TeamRound) -> str:
    """The headline measure that went furthest the wrong way, of those that can be told from chance."""
    if all(each.change.verdict == "no difference" for each in team.headlines):
        return _("Your plan came out exactly as doing nothing did.")
    worse = [each for each in team.headlines if each.change.verdict == "worse"]
    if worse:
        return _worst(max(worse, key=_wrong))
    same = [measure_name(each.series) for each in team.headlines if each.change.verdict != "better"]
    if same:
        return _(
            "Nothing got worse that can be told from chance. Hoped for, and not to be told from chance: {measures}.",
            measures=listed(same),
        )
    return _("Every headline measure got better than with doing nothing.")


def _wrong(found: Headline) -> float:
    """How far a measure went the wrong way, as a share of doing nothing."""
    nothing = found.value.mean - found.change.mean
    return abs(found.change.mean) / abs(nothing) if nothing else inf


def _worst(found: Headline) -> str:
    nothing, share = found.value.mean - found.change.mean, _wrong(found)
    how = _("more than twice as much") if share >= TWICE else f"{share:.0%}"
    return _(
        "{measure}: {size} {direction} than with doing nothing ({value} instead of {nothing}; {share} of it).",
        measure=measure_name(found.series),
        size=size(found.series, found.change.mean),
        direction=direction(found.series, found.change.mean),
        value=value(found.series, found.value.mean),
        nothing=value(found.series, nothing),
        share=how,
    )


def divided(found: Divided) -> list[str]:
    """For delays and for money: the change of the last year, and what of it came from where."""
    told = []
    for series in SPLIT:
        parts = [
            f"{_(FAMILIES[name])} {change_words(series, split_part(found, name, series))}" for name in FAMILY_NAMES
        ]
        whole = change_words(series, split_part(found, TOGETHER, series))
        told.append(
            _(
                "{measure}: {whole}. Of that: {parts}.",
                measure=measure_name(series),
                whole=whole,
                parts="; ".join(parts),
            )
        )
    return told
