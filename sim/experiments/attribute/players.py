"""The players of a plan, and what the world is like with some of them in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.experiments.attribute import shift
from sim.experiments.attribute.parts import FAMILY_NAMES, Family, Part
from sim.experiments.attribute.shapley import members
from sim.inputs import Parameter, Parameters, as_of, at_last, describe_differences, first_month, in_phases, phase_months
from sim.inputs.table import Table


@dataclass(frozen=True, slots=True)
class Player:
    """What is switched as one: a family of parts, or one part.

    families   one for a family; those that a part is counted in
    """

    name: str
    label: str
    families: tuple[Family, ...]
    parts: tuple[Part, ...]


def by_family(parts: Sequence[Part]) -> tuple[Player, ...]:
    """A player for each family that a plan has parts of."""
    found = {name: tuple(part for part in parts if name in part.families) for name in FAMILY_NAMES}
    return tuple(Player(name, name, (name,), those) for name, those in found.items() if those)


def by_part(parts: Sequence[Part]) -> tuple[Player, ...]:
    """A player for each part."""
    return tuple(Player(part.name, part.label, part.families, (part,)) for part in parts)


@dataclass(frozen=True, slots=True)
class Switchboard:
    """A baseline and a plan, with players that switch from one to the other."""

    before: Parameters
    after: Parameters
    players: tuple[Player, ...]

    def parameters(self, coalition: int) -> Parameters:
        """The baseline with what these players change; all of them make the plan, digit for digit."""
        on = {part for player in members(coalition) for part in self.players[player].parts}
        everything = {part for player in self.players for part in player.parts}
        if on == everything:
            return self.after
        months = sorted({*phase_months(self.before), *phase_months(self.after)})
        if months:
            return self._in_phases(coalition, months)
        moving = {part for part in everything if part.receivers}
        paths = [path for part in on for path in part.paths]
        if not moving & on:
            return _switched(self.before, self.after, paths)
        if moving <= on:
            shifted = (path for path in self.after.paths() if shift.is_of_shift(path))
            return _switched(self.before, self.after, [*paths, *shifted])
        receivers = {each for part in moving & on for each in part.receivers}
        onto = _switched(self.before, self.after, paths)
        return shift.with_some(self.before, self.after, receivers, onto)

    def _in_phases(self, coalition: int, months: Sequence[int]) -> Parameters:
        """The same of plans that change in mid-run: what these players do at the start, and in each phase."""
        at_each = (
            Switchboard(as_of(self.before, month), as_of(self.after, month), self.players).parameters(coalition)
            for month in (first_month(self.before), *months)
        )
        first, *then = at_each
        return in_phases(first, list(zip(months, then, strict=True)))

    def describe(self, part: Part) -> tuple[str, ...]:
        """What a part changes, in words."""
        if part.receivers:
            both = (shift.sums(at_last(self.before)), shift.sums(at_last(self.after)))
            known, wanted = (sum(each[to] for to in part.receivers) for each in both)
            return (f"{part.label}: from {100 * known:.3g} to {100 * wanted:.3g} % of the acute budget",)
        return describe_differences(self.before, _switched(self.before, self.after, part.paths))


def _switched(before: Parameters, after: Parameters, paths: Iterable[str]) -> Parameters:
    """The first with the second's values of some paths, single years included."""
    keys: dict[str, set[str]] = {}
    for path in paths:
        parameter, key = before.locate(path)
        keys.setdefault(parameter.name, set()).add(key or "")
    return Parameters(
        _mixed(each, after[each.name], keys[each.name]) if each.name in keys else each for each in before.values()
    )


def _mixed(was: Parameter, now: Parameter, keys: set[str]) -> Parameter:
    """The first with some keys of the second; a value that is not kept by key has the key ""."""
    years = {key: each for key, each in was.by_year.items() if key not in keys}
    years |= {key: each for key, each in now.by_year.items() if key in keys}
    later = {key: each for key, each in was.later.items() if key not in keys}
    later |= {key: each for key, each in now.later.items() if key in keys}
    if not isinstance(was.value, Mapping) or not isinstance(now.value, Mapping):
        return replace(was, value=now.value, by_year=Table(years), later=Table(later))
    value = {key: (now.value if key in keys else was.value)[key] for key in was.value}
    return replace(was, value=Table(value), by_year=Table(years), later=Table(later))
