"""Describe: a care network as frozen values, read from a file or built for a footprint, and its expected load."""

from sim.network.describe import Description, Edge, Node, describe
from sim.network.footprint import build_footprint
from sim.network.load import find_network, load_network, network_files
from sim.network.model import (
    Arrivals,
    CareNetwork,
    Census,
    Cost,
    Distribution,
    Escalation,
    Group,
    Readmission,
    Route,
    Settings,
    Station,
)
from sim.network.traffic import Traffic, expected_load

__all__ = [
    "Arrivals",
    "CareNetwork",
    "Census",
    "Cost",
    "Description",
    "Distribution",
    "Edge",
    "Escalation",
    "Group",
    "Node",
    "Readmission",
    "Route",
    "Settings",
    "Station",
    "Traffic",
    "build_footprint",
    "describe",
    "expected_load",
    "find_network",
    "load_network",
    "network_files",
]
