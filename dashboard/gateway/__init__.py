"""The only door to the model: what may be chosen, how to run a task, how to read what comes back."""

from dashboard.gateway.catalogue import decimals, load_catalogue
from dashboard.gateway.opening import open_gateway, shipped_model, shipped_studies
from dashboard.gateway.replications import key
from sim.inputs import Faults

__all__ = [
    "Faults", "decimals", "key", "load_catalogue", "open_gateway", "shipped_model",
    "shipped_studies",
]  # fmt: skip
