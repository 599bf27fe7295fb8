"""What moves without queueing: demand, programmes and money, as frozen states and pure functions."""

from sim.dynamics.books import Books, Entry, LedgerError
from sim.dynamics.demand import Demand
from sim.dynamics.effects import Effects, no_effects
from sim.dynamics.ledger import Ledger, LedgerState, MonthActivity, MonthBooks, MonthPlan
from sim.dynamics.programmes import ProgrammeMonth, Programmes, ProgrammeState

__all__ = [
    "Books", "Demand", "Effects", "Entry", "Ledger", "LedgerError", "LedgerState", "MonthActivity", "MonthBooks",
    "MonthPlan", "ProgrammeMonth", "ProgrammeState", "Programmes", "no_effects",
]  # fmt: skip
