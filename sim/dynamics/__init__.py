"""What moves without queueing: demand, programmes and money, as frozen states and pure functions."""

from sim.dynamics.books import Books, Entry, LedgerError
from sim.dynamics.costs import MonthActivity
from sim.dynamics.demand import Demand
from sim.dynamics.effects import Effects, no_effects
from sim.dynamics.ledger import Ledger
from sim.dynamics.plans import MonthPlan
from sim.dynamics.programmes import Course, Programmes
from sim.dynamics.statements import LedgerState, MonthBooks

__all__ = [
    "Books", "Course", "Demand", "Effects", "Entry", "Ledger", "LedgerError", "LedgerState", "MonthActivity",
    "MonthBooks", "MonthPlan", "Programmes", "no_effects",
]  # fmt: skip
