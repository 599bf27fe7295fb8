"""A model as a document in XMILE 1.0.

Source: OASIS Standard XML Interchange Language for System Dynamics (XMILE) Version 1.0, 14 December 2015.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sim.experiments.identity import version
from sim.experiments.xmile.parts import Part, written
from sim.experiments.xmile.whole import Model

NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"


def document(model: Model, name: str, says: str) -> bytes:
    """The file, the same bytes for the same model.

    name   of the model
    says   what a reader should know first
    """
    root = Element("xmile", {"version": "1.0", "xmlns": NAMESPACE})
    _header(root, name, says)
    _settings(root, model)
    variables = SubElement(SubElement(root, "model"), "variables")
    for part in model.parts:
        _variable(variables, part)
    indent(root)
    whole: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"


def _header(root: Element, name: str, says: str) -> None:
    header = SubElement(root, "header")
    for tag, text in (("vendor", "Upstream"), ("name", name), ("caption", says)):
        SubElement(header, tag).text = text
    SubElement(header, "product", {"version": version(), "lang": "en"}).text = "Upstream"


def _settings(root: Element, model: Model) -> None:
    """Euler's method: the Runge-Kutta rule stands in the equations, and books are closed in a step of their own."""
    settings = SubElement(root, "sim_specs", {"method": "euler", "time_units": "months"})
    SubElement(settings, "start").text = "0"
    SubElement(settings, "stop").text = str(model.months)
    SubElement(settings, "dt", {"reciprocal": "true"}).text = str(model.steps)


def _variable(variables: Element, part: Part) -> None:
    """The children of a variable stand in the order that the standard's examples have."""
    element = SubElement(variables, part.kind, {"name": part.name})
    SubElement(element, "doc").text = part.says
    SubElement(element, "eqn").text = part.equation
    for tag, names in (("inflow", part.inflows), ("outflow", part.outflows)):
        for name in names:
            SubElement(element, tag).text = name
    SubElement(element, "units").text = part.units
    if part.points:
        function = SubElement(element, "gf")
        SubElement(function, "xpts").text = ",".join(str(place) for place in range(len(part.points)))
        SubElement(function, "ypts").text = ",".join(written(value) for value in part.points)
