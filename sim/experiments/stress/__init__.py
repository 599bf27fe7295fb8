"""A plan against many futures: whether it stays workable, what breaks it, and what another plan would have spared.

In a notebook::

    from sim.experiments import Question, resolve
    from sim.experiments.stress import Trial, stress

    asked = Question("devon", ("do_nothing",), replications=3, people="typical")
    plans = [resolve(asked), resolve(asked.varied("prevention_shift"))]
    found = stress(plans, Trial.usual(plans[0].base, draws=50))
    found.workable(1).share
"""

from sim.experiments.stress.answers import Break, Regret, Single, Stress
from sim.experiments.stress.futures import Futures, draw_futures
from sim.experiments.stress.measure import stress
from sim.experiments.stress.save import save_stress, stress_document
from sim.experiments.stress.trial import DRAWS, WHENS, Trial, When

__all__ = [
    "DRAWS",
    "WHENS",
    "Break",
    "Futures",
    "Regret",
    "Single",
    "Stress",
    "Trial",
    "When",
    "draw_futures",
    "save_stress",
    "stress",
    "stress_document",
]
