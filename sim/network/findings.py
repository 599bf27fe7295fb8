"""What a check found, before it is known on which line of which file it stands."""

from __future__ import annotations

from dataclasses import dataclass

from sim.inputs.document import Document, Steps
from sim.inputs.faults import Fault


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a network, at a path of keys such as ("groups", "stroke", "routes", "ward")."""

    path: Steps
    found: str
    rule: str
    suggestion: str | None = None


def fault_from(finding: Finding, document: Document) -> Fault:
    """The finding with its file and line; what a group takes for a station from the defaults is found there."""
    template = tuple(template_of(step) for step in finding.path)
    candidates = [finding.path, template]
    if len(finding.path) > 3:
        candidates.append(("defaults", *finding.path[2:]))
    path = min(candidates, key=lambda path: len(path) - len(document.known_part(path)))
    hint = finding.suggestion
    if hint is not None and ("groups", hint) not in document.lines:
        hint = str(template_of(hint))
    name = ".".join(map(str, path))
    return Fault(document.name, document.line(path), name, finding.found, finding.rule, hint)


def template_of(name: str | int) -> str | int:
    """The name in the file of a group that a template wrote out for one age band: "elective[85+]" is "elective"."""
    return name.split("[")[0] if isinstance(name, str) else name
