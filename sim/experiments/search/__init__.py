"""Searches: the best mix of a shift, the fund it needs, what must be true of it, and how much capacity is right.

In a notebook::

    from sim.experiments import Question, resolve
    from sim.experiments.search import Limits, must_be_true, truth
    from sim.inputs.limits import load_limits

    plan = resolve(Question("devon", ("prevention_shift",), years=10, replications=5, people="typical"))
    limits = Limits(load_limits(), "every", plan.footprint.total)
    before = resolve(plan.question.varied("do_nothing"))
    found = must_be_true(plan, before, truth.Terms("break_even", "effects", limits))
    found.needed.least, found.within_evidence
"""

from sim.experiments.search import truth
from sim.experiments.search.capacity import CapacityAnswer, Found, Service, least_capacity, least_places
from sim.experiments.search.delay import DelayAnswer, NetworkDelay, Prices, network_delay, right_delay
from sim.experiments.search.frontier import Frontier
from sim.experiments.search.fund import FundAnswer, transition_fund
from sim.experiments.search.limits import STATED, Limits, chosen_limits, stated
from sim.experiments.search.mix import Axis, Hunt, Mix, MixAnswer, best_mixes, usual_axes
from sim.experiments.search.needed import Needed
from sim.experiments.search.save import Answer, save_search, search_document
from sim.experiments.search.truth import Truth, must_be_true

__all__ = [
    "STATED",
    "Answer",
    "Axis",
    "CapacityAnswer",
    "DelayAnswer",
    "Found",
    "Frontier",
    "FundAnswer",
    "Hunt",
    "Limits",
    "Mix",
    "MixAnswer",
    "Needed",
    "NetworkDelay",
    "Prices",
    "Service",
    "Truth",
    "best_mixes",
    "chosen_limits",
    "least_capacity",
    "least_places",
    "must_be_true",
    "network_delay",
    "right_delay",
    "save_search",
    "search_document",
    "stated",
    "transition_fund",
    "truth",
    "usual_axes",
]
