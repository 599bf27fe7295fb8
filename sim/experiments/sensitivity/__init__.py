"""Which numbers and levers an answer is sensitive to: Morris screening, Sobol indices and a tornado.

In a notebook::

    from sim.experiments import Question, resolve
    from sim.experiments.sensitivity import Plan, movers_of, sensitivity

    place = resolve(Question("devon", ("prevention_shift",), replications=2, people="typical"))
    found = sensitivity(place, movers_of(place), Plan("morris", 10))
    found.screened("gap")[:5]

Any function of numbers between 0 and 1 can be asked in the same way: `screen` and `decompose`.
"""

from sim.experiments.sensitivity.answers import METHODS, Bar, Method, Sensitivity
from sim.experiments.sensitivity.designs import Design, Index, Screened, decompose, screen
from sim.experiments.sensitivity.measure import Plan, sensitivity, strongest
from sim.experiments.sensitivity.movers import AMONG, Among, Mover, movers_of
from sim.experiments.sensitivity.save import save_sensitivity, sensitivity_document

__all__ = [
    "AMONG",
    "METHODS",
    "Among",
    "Bar",
    "Design",
    "Index",
    "Method",
    "Mover",
    "Plan",
    "Screened",
    "Sensitivity",
    "decompose",
    "movers_of",
    "save_sensitivity",
    "screen",
    "sensitivity",
    "sensitivity_document",
    "strongest",
]
