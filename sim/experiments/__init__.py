"""Ask: questions, replications, comparisons and headlines.

In a notebook::

    from sim.experiments import ask, compare

    base = ask("greater-manchester", people=20_000, years=2, replications=4)
    plan = ask("greater-manchester", ["prevention_shift"], people=20_000, years=2, replications=4)
    compare(base, plan).headline().break_even.words
"""

from sim.experiments.compare import Change, Comparison, change_in_year, changes_table, compare
from sim.experiments.headline import BreakEven, Dip, Headline, headline
from sim.experiments.kept import Kept, cache_folder
from sim.experiments.network_run import NetworkAnswer, run_network
from sim.experiments.question import Question, Resolved, resolve
from sim.experiments.replicate import Way, replicate
from sim.experiments.run import Answer, PlaceTask, ask, run, task_of
from sim.experiments.save import answer_document, save_answer, save_comparison

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
