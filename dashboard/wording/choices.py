"""What there is to choose from, in the language spoken: levers and plans are named in English in their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.facts.catalogue import Catalogue, Plan, Replications
from dashboard.facts.levers import Lever, Setting
from dashboard.wording.language import ENGLISH, _, spoken


def in_words(catalogue: Catalogue) -> Catalogue:
    """The catalogue as the page shows it. Names, numbers and evidence stay as they are."""
    asked = {name: _replications(each) for name, each in catalogue.replications.items()}
    refused = {name: _refused(plan, catalogue) for name, plan in _plans(catalogue.refused).items()}
    if spoken() == ENGLISH:
        return replace(catalogue, replications=asked, refused=refused)
    return replace(
        catalogue,
        levers={path: lever_in_words(lever) for path, lever in catalogue.levers.items()},
        plans=_plans(catalogue.plans),
        refused=refused,
        replications=asked,
    )


def lever_in_words(lever: Lever) -> Lever:
    """A lever with its label, unit, help and choices in the language spoken."""
    return replace(
        lever,
        label=_(lever.label),
        unit=_(lever.unit),
        help=_(lever.help),
        choices=tuple((word, _(says)) for word, says in lever.choices),
    )


def setting_in_words(lever: Lever, setting: Setting) -> str:
    """A setting of a lever that is in words already, such as 3% a year; a choice is called as its button is."""
    return f"\u201c{choice_in_words(str(setting))}\u201d" if lever.is_choice else lever.words(setting)


def choice_in_words(word: str) -> str:
    """One of the words of a choice as a reader would say it."""
    return _(label_of_choice(word))


def label_of_choice(word: str) -> str:
    """One of the words of a choice in English, as on its button."""
    return word.replace("_", " ").capitalize()


def _plans(plans: Mapping[str, Plan]) -> dict[str, Plan]:
    return {name: replace(plan, title=_(plan.title), why=_(plan.why)) for name, plan in plans.items()}


def _refused(plan: Plan, catalogue: Catalogue) -> Plan:
    why = _(
        "begins with {begins}, and the page compares with doing nothing from {ours} on; ask it on the command line",
        begins=plan.begins,
        ours=f"{catalogue.begins}/{(catalogue.begins + 1) % 100:02d}",
    )
    return replace(plan, refused=why)


def _replications(asked: Replications) -> Replications:
    return replace(asked, label=_(asked.label, count=asked.most))
