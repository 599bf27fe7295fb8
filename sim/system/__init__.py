"""Couple: one replication of a place, in which demand, flow and money answer each other month by month."""

from sim.system.coupling import simulate
from sim.system.place import Place, prepare

__all__ = ["Place", "prepare", "simulate"]
