"""What each doubtful number, moved alone through its range, does to an answer."""

from sim.experiments.impact.grade import Grade, grade_of_baseline, grade_of_effect
from sim.experiments.impact.measure import Impact, Impacts, Made, Shift, measure_impacts
from sim.experiments.impact.moves import ENDS, End, Move, moves
from sim.experiments.impact.ranking import ranked, shown_in
from sim.experiments.impact.stored import Stored, impact_table, load_impacts, ranges_of, stored_bytes, stored_now

__all__ = [
    "ENDS",
    "End",
    "Grade",
    "Impact",
    "Impacts",
    "Made",
    "Move",
    "Shift",
    "Stored",
    "grade_of_baseline",
    "grade_of_effect",
    "impact_table",
    "load_impacts",
    "measure_impacts",
    "moves",
    "ranges_of",
    "ranked",
    "shown_in",
    "stored_bytes",
    "stored_now",
]
