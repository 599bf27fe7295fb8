"""A plan's change divided among what the plan does: demand, flow and money, or lever by lever."""

from sim.experiments.attribute.measure import BYS, Attribution, By, attribute
from sim.experiments.attribute.parts import FAMILY_NAMES, Family, Part, parts_between
from sim.experiments.attribute.players import Player
from sim.experiments.attribute.save import attribution_document, save_attribution

__all__ = [
    "BYS",
    "FAMILY_NAMES",
    "Attribution",
    "By",
    "Family",
    "Part",
    "Player",
    "attribute",
    "attribution_document",
    "parts_between",
    "save_attribution",
]
