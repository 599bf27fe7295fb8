"""Calibration: what no source gives is fitted to how the base year looked, for England or for a place of one's own."""

from sim.experiments.calibration.asking import Local, as_fit, ask_england, ask_place, differing, scenario_of
from sim.experiments.calibration.fitting import Asked, Fitted, fit

__all__ = ["Asked", "Fitted", "Local", "as_fit", "ask_england", "ask_place", "differing", "fit", "scenario_of"]
