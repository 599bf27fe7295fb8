"""The month-by-month model written in XMILE, the exchange format of system dynamics, for other tools to run."""

from sim.experiments.xmile.document import document
from sim.experiments.xmile.whole import caption, model_of

__all__ = ["caption", "document", "model_of"]
