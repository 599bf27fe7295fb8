"""Random numbers that belong to people, and the lengths of time drawn with them."""

from sim.randomness.distributions import QuantileTable, mean, quantile_table, residual_table
from sim.randomness.streams import Purpose, Streams, uniform

__all__ = ["Purpose", "QuantileTable", "Streams", "mean", "quantile_table", "residual_table", "uniform"]
