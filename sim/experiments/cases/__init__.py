"""Published cases: networks with figures that a simulator must reproduce, each a file.

In a notebook::

    from sim.experiments.cases import find_case, load_case, run_case

    result = run_case(load_case(find_case("erlang_clinic")))
    [row.state for row in result.figures]
"""

from sim.experiments.cases.case import Case
from sim.experiments.cases.load import case_files, find_case, load_case
from sim.experiments.cases.results import CaseResult, FigureResult, State, tally
from sim.experiments.cases.run import run_case, validate

__all__ = [
    "Case",
    "CaseResult",
    "FigureResult",
    "State",
    "case_files",
    "find_case",
    "load_case",
    "run_case",
    "tally",
    "validate",
]
