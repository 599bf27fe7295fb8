"""Couple: one replication of a place, in which demand, flow and money answer each other month by month."""

from sim.system.coupling import simulate
from sim.system.memory import Memory
from sim.system.place import Place, prepare

__all__ = ["Memory", "Place", "prepare", "simulate"]
