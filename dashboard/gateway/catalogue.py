"""Everything there is to choose from: places, levers with their evidence, plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard import surroundings
from dashboard.facts.catalogue import Catalogue, Place, Plan, Replications
from dashboard.facts.levers import Lever
from dashboard.gateway.evidence import evidence
from dashboard.gateway.looked_up import believed, footprints, moves, parameters_of
from dashboard.surroundings import whole
from sim import inputs
from sim.inputs.years import financial_year_name

USUAL = 10
CHOICES = (
    Replications("30", "30, for narrower ranges", 30, 30),
    Replications("narrow", "Until ranges are narrow, 100 at most", 10, 100),
)
DO_NOTHING = "do_nothing"
PREFERRED_PLACE = "west-yorkshire-and-harrogate"


def load_catalogue() -> Catalogue:
    """Every place, lever and plan there is to choose from."""
    parameters = believed()
    levers = {lever.path: _lever(lever, parameters) for lever in inputs.load_levers(parameters=parameters)}
    places = {place.slug: _place(place) for place in footprints().values()}
    plans = {name: _plan(name, levers) for name in _plan_names()}
    return Catalogue(
        places=places,
        levers=levers,
        plans={name: plan for name, plan in plans.items() if not plan.refused},
        refused={name: plan for name, plan in plans.items() if plan.refused},
        replications={each.name: each for each in _replications()},
        most_people=whole(surroundings.SAMPLE) or int(parameters.value("run.most_people")),
        default_place=PREFERRED_PLACE if PREFERRED_PLACE in places else next(iter(places)),
        begins=inputs.first_year(parameters),
    )


def _replications() -> list[Replications]:
    usual = whole(surroundings.REPLICATIONS) or USUAL
    return [Replications(str(usual), f"{usual}, as usual", usual, usual), *CHOICES]


def _place(place: inputs.Footprint) -> Place:
    return Place(place.slug, place.name, place.region, place.total, place.gap, place.gap_source)


def _plan_names() -> list[str]:
    return [DO_NOTHING, *(name for name in inputs.scenario_names() if name != DO_NOTHING)]


def _plan(name: str, levers: Mapping[str, Lever]) -> Plan:
    """A scenario as the levers it moves; whatever no lever shows is told in words."""
    scenario, before, after = inputs.load_scenario(name), believed(), parameters_of(name, ())
    changed = inputs.differences(before, after)
    moved = {path: changed[path] for path in levers if path in changed}
    shown = {each for path in moved for each in moves()[path].changes(0)}
    hidden = before.with_changes({path: value for path, value in changed.items() if path not in shown})
    also = (*inputs.describe_differences(before, hidden), *_by_year(before, after))
    return Plan(name, scenario.title, scenario.why, moved, also, _refused(before, after))


def _by_year(before: inputs.Parameters, after: inputs.Parameters) -> Iterator[str]:
    """What is given for single years, in words; a lever of the same number has no say in them."""
    labels = {path: lever.label for lever in moves().values() for path in lever.changes(0)}
    for path in inputs.given_by_year(before, after):
        rates = {financial_year_name(year): rate for year, rate in after.yearly(path)}
        (words,) = inputs.describe_differences(before, before.with_years({path: rates}))
        rest = f"; the lever \u201c{labels[path]}\u201d counts in other years only" if path in labels else ""
        yield f"{words} (given year by year{rest})"


def _refused(before: inputs.Parameters, after: inputs.Parameters) -> str:
    """Why a plan cannot be asked here; empty if it can."""
    begins, ours = map(inputs.first_year, (after, before))
    if begins == ours:
        return ""
    return (
        f"begins with {financial_year_name(begins)}, and the page compares with doing nothing from "
        f"{financial_year_name(ours)} on; ask it on the command line"
    )


def _lever(lever: inputs.Lever, parameters: inputs.Parameters) -> Lever:
    names = dict.fromkeys((lever.path, *lever.evidence))
    is_choice = lever.kind == "choice"
    step, baseline = (lever.step or 0) * lever.scale, 0 if is_choice else parameters.value(lever.path) * lever.scale
    return Lever(
        path=lever.path,
        label=lever.label,
        unit=lever.unit,
        group=lever.group,
        baseline=parameters.text(lever.path) if is_choice else parameters.value(lever.path),
        low=lever.low or 0,
        high=lever.high or 0,
        step=lever.step or 0,
        scale=lever.scale,
        digits=max(decimals(step), decimals(baseline)),
        help=lever.help,
        choices=tuple(lever.choices.items()) if is_choice else (),
        evidence=tuple(evidence(name, parameters) for name in names),
        headline=lever.headline,
    )


def decimals(step: float) -> int:
    """Decimals needed to write a number, two at most."""
    text = f"{step:.2f}".rstrip("0")
    return len(text.partition(".")[2])
