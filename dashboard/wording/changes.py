"""What differs from doing nothing, in words."""

from __future__ import annotations

from dashboard.facts.answers import Answer, Change
from dashboard.wording.choices import lever_in_words, setting_in_words
from dashboard.wording.language import _


def moved_in_words(answer: Answer) -> tuple[str, ...]:
    """Everything that differs: levers, and what else the plan changes, which is told as the model tells it."""
    return (*map(change_of_lever, answer.moved), *answer.also)


def change_of_lever(change: Change) -> str:
    """One lever, such as "Growth in admissions at 3% a year instead of 3.6%"."""
    lever = lever_in_words(change.lever)
    before = lever.bare(change.before) if not lever.is_choice else setting_in_words(lever, change.before)
    return _(
        "{lever} at {now} instead of {before}",
        lever=lever.label,
        now=setting_in_words(lever, change.now),
        before=before,
    )
