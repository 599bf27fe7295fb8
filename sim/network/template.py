"""Fill in a template: numbers for references, and one group for each age band where a group asks for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.inputs.document import Document, Steps
from sim.inputs.faults import Fault, Faults, raise_any
from sim.network.findings import Finding, fault_from
from sim.network.load import FOR_EACH
from sim.network.references import AGE_BAND, References, UnresolvedError

LOCALITY = "locality"
BY = "by"
TOTAL = "includes_readmissions"
"""Says that a rate of arrivals counts readmissions too, so that fewer come from outside."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with everything filled in.

    data      as in a network file that stands by itself
    origins   by group: the template and the age band it was written out from (None: all ages)
    totals    groups whose rate of arrivals counts readmissions too
    """

    data: dict[str, Any]
    origins: dict[str, tuple[str, str | None]]
    totals: tuple[str, ...]


def fill(document: Document, references: References) -> Filled:
    """Fill in a template for the people of one locality. Raises Faults."""
    if not isinstance(document.data, Mapping) or document.data.get(FOR_EACH) != LOCALITY:
        raise Faults([Fault(document.name, 1, FOR_EACH, "a template", f"needs {FOR_EACH}: {LOCALITY}")])
    filler = _Filler(references)
    filled = filler.whole(document.data)
    raise_any([fault_from(finding, document) for finding in filler.findings])
    return filled


@dataclass(slots=True)
class _Filler:
    """Fills in, and collects what cannot be filled in."""

    references: References
    findings: list[Finding] = field(default_factory=list)

    def whole(self, data: Mapping[str, Any]) -> Filled:
        filled = {key: self.part(entry, (key,), None) for key, entry in data.items() if key not in (FOR_EACH, "groups")}
        templates = data.get("groups")
        origins = self._origins(templates if isinstance(templates, Mapping) else {})
        titles = {origin: title for title, origin in origins.items()}
        filled["groups"] = {
            title: self._group(data["groups"][name], name, band, titles) for title, (name, band) in origins.items()
        }
        totals = [title for title, group in filled["groups"].items() if _pop_total(group)]
        return Filled(filled, origins, tuple(totals))

    def _origins(self, templates: Mapping[str, Any]) -> dict[str, tuple[str, str | None]]:
        """By group to be made: its template and age band."""
        origins: dict[str, tuple[str, str | None]] = {}
        for name, template in templates.items():
            by = template.get(BY) if isinstance(template, Mapping) else None
            if by not in (None, AGE_BAND):
                self.findings.append(Finding(("groups", name, BY), f'"{by}"', "is not read here", AGE_BAND))
            for band in self.references.people if by == AGE_BAND else (None,):
                origins[f"{name}[{band}]" if band else name] = (name, band)
        return origins

    def _group(self, template: Any, name: str, band: str | None, titles: Mapping[tuple[str, str | None], str]) -> Any:
        """One group; what it comes back as, if not itself, is the group of the same age band."""
        group = self.part(template, ("groups", name), band)
        if not isinstance(group, dict) or band is None:
            return group
        group.pop(BY, None)
        group.setdefault("kind", name)
        group["label"] = f"{group.get('label', name)}, {band}"
        again = group.get("readmission")
        if isinstance(again, dict) and (str(again.get("group")), band) in titles:
            again["group"] = titles[again["group"], band]
        return group

    def part(self, data: Any, path: Steps, band: str | None) -> Any:
        """Data with every reference in it replaced by its number."""
        if isinstance(data, Mapping):
            return {key: self.part(entry, (*path, key), band) for key, entry in data.items()}
        if isinstance(data, list):
            return [self.part(entry, (*path, place), band) for place, entry in enumerate(data)]
        if isinstance(data, str) and data.startswith("="):
            return self._number(data, path, band)
        return data

    def _number(self, text: str, path: Steps, band: str | None) -> Any:
        try:
            found = self.references.resolve(text, band)
        except UnresolvedError as error:
            self.findings.append(Finding(path, error.found, error.rule, error.suggestion))
            return 1
        return _whole(found) if "places" in path and isinstance(found, float) else found


def _whole(number: float) -> int:
    """The nearest whole number of places, but at least one where there is to be any."""
    return max(int(number + 0.5), 1) if number > 0 else 0


def _pop_total(group: Any) -> bool:
    arrivals = group.get("arrivals") if isinstance(group, dict) else None
    return bool(arrivals.pop(TOTAL, False)) if isinstance(arrivals, dict) else False
