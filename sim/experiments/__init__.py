"""Ask: questions, replications, comparisons and headlines.

In a notebook::

    from dashboard.notebook import plot
    from sim.experiments import ask, compare

    base = ask("greater-manchester", people=20_000, years=2, replications=4)
    plan = ask("greater-manchester", "prevention_shift", people=20_000, years=2, replications=4)
    found = compare(base, plan)
    found.words, found.table(), plot(found, "delayed")

Every `ask_...` is one question in one call; its module is read when it is first used, for they bring much along.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.experiments.compare import Change, Comparison, change_in_year, changes_table, compare
from sim.experiments.headline import BreakEven, Dip, Headline, headline
from sim.experiments.kept import Kept, cache_folder
from sim.experiments.network_run import NetworkAnswer, run_network
from sim.experiments.question import Question, Resolved, resolve
from sim.experiments.replicate import Way, replicate
from sim.experiments.run import Answer, PlaceTask, ask, run, task_of
from sim.experiments.save import answer_document, save_answer, save_comparison

if TYPE_CHECKING:
    from sim.experiments.asked import ask_attribution, ask_sensitivity, ask_stress, ask_strongest
    from sim.experiments.asked_doubts import ask_gap, ask_impact, ask_uncertainty
    from sim.experiments.asked_networks import ask_network, ask_network_capacity, ask_network_delay
    from sim.experiments.asked_searches import ask_batch, ask_capacity, ask_delay, ask_fund, ask_mix, ask_truth

__all__ = [
    "Answer",
    "BreakEven",
    "Change",
    "Comparison",
    "Dip",
    "Headline",
    "Kept",
    "NetworkAnswer",
    "PlaceTask",
    "Question",
    "Resolved",
    "Way",
    "answer_document",
    "ask",
    "ask_attribution",
    "ask_batch",
    "ask_capacity",
    "ask_delay",
    "ask_fund",
    "ask_gap",
    "ask_impact",
    "ask_mix",
    "ask_network",
    "ask_network_capacity",
    "ask_network_delay",
    "ask_sensitivity",
    "ask_stress",
    "ask_strongest",
    "ask_truth",
    "ask_uncertainty",
    "cache_folder",
    "change_in_year",
    "changes_table",
    "compare",
    "headline",
    "replicate",
    "resolve",
    "run",
    "run_network",
    "save_answer",
    "save_comparison",
    "task_of",
]

_LATER = {
    **dict.fromkeys(("ask_attribution", "ask_sensitivity", "ask_stress", "ask_strongest"), "asked"),
    **dict.fromkeys(("ask_gap", "ask_impact", "ask_uncertainty"), "asked_doubts"),
    **dict.fromkeys(("ask_network", "ask_network_capacity", "ask_network_delay"), "asked_networks"),
    **dict.fromkeys(("ask_batch", "ask_capacity", "ask_delay", "ask_fund", "ask_mix", "ask_truth"), "asked_searches"),
}
"""Modules of names that are read when they are first used."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
