"""Everything there is to choose from: places, levers with their evidence, plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard import surroundings
from dashboard.facts.catalogue import Catalogue, Place, Plan, Replications
from dashboard.facts.levers import Lever, Programme
from dashboard.gateway.evidence import evidence
from dashboard.gateway.looked_up import believed, footprints, moves, parameters_of
from dashboard.surroundings import whole
from dashboard.wording.language import mark
from sim import inputs
from sim.dynamics.demand import growth_by_ageing
from sim.inputs.programmes import PREFIX
from sim.inputs.years import financial_year_name

USUAL = 10
CHOICES = (
    Replications("30", mark("30, for narrower ranges"), 30, 30),
    Replications("narrow", mark("Until ranges are narrow, 100 at most"), 10, 100),
)
ABOUT_A_PROGRAMME = (
    "effect_emergency_overnight", "effect_emergency_same_day", "effect_elective", "effect_length_of_stay",
    "effect_social_care_need", "unit_cost", "max_reach", "lag_years", "fade_years", "displaced_share", "evidence_grade",
)  # fmt: skip
"""What the evidence card of a programme tells: effect, cost, reach, time, and how good the evidence is."""

DO_NOTHING = "do_nothing"
PREFERRED_PLACE = "west-yorkshire-and-harrogate"


def load_catalogue() -> Catalogue:
    """Every place, lever and plan there is to choose from."""
    parameters = believed()
    inputs.load_levers(parameters=parameters)
    levers = {path: _lever(lever, parameters) for path, lever in moves().items()}
    places = {place.slug: _place(place) for place in footprints().values()}
    plans = {name: _plan(name, levers) for name in _plan_names()}
    return Catalogue(
        places=places,
        levers=levers,
        plans={name: plan for name, plan in plans.items() if not plan.begins},
        refused={name: plan for name, plan in plans.items() if plan.begins},
        replications={each.name: each for each in _replications()},
        most_people=whole(surroundings.SAMPLE) or int(parameters.value("run.most_people")),
        default_place=PREFERRED_PLACE if PREFERRED_PLACE in places else next(iter(places)),
        begins=inputs.first_year(parameters),
    )


def _replications() -> list[Replications]:
    usual = whole(surroundings.REPLICATIONS) or USUAL
    return [Replications(str(usual), mark("{count}, as usual"), usual, usual), *CHOICES]


def _place(place: inputs.Footprint) -> Place:
    ageing = growth_by_ageing(believed(), place, Catalogue.default_years)
    return Place(place.slug, place.name, place.region, place.total, place.gap, place.gap_source, ageing)


def _plan_names() -> list[str]:
    return [DO_NOTHING, *(name for name in inputs.scenario_names() if name != DO_NOTHING)]


def _plan(name: str, levers: Mapping[str, Lever]) -> Plan:
    """A scenario as the levers it moves; whatever no lever shows is told in words."""
    scenario, before, after = inputs.load_scenario(name), believed(), parameters_of(name, ())
    changed = inputs.differences(before, after)
    moved = {path: changed[path] for path in levers if path in changed}
    shown = {each for path in moved for each in moves()[path].changes(0) if each not in levers} | moved.keys()
    hidden = before.with_changes({path: value for path, value in changed.items() if path not in shown})
    at_first = inputs.as_of(after, inputs.first_month(after))
    in_phases = inputs.describe_differences(at_first, after)
    also = (*inputs.describe_differences(before, hidden), *_by_year(before, after), *in_phases)
    return Plan(name, scenario.title, scenario.why, moved, also, _begins(before, after))


def _by_year(before: inputs.Parameters, after: inputs.Parameters) -> Iterator[str]:
    """What is given for single years, in words; a lever of the same number has no say in them."""
    leaders_last = sorted(moves().values(), key=lambda lever: not lever.follows)
    labels = {path: lever.label for lever in leaders_last for path in lever.changes(0)}
    for path in inputs.given_by_year(before, after):
        rates = {financial_year_name(year): rate for year, rate in after.yearly(path)}
        (words,) = inputs.describe_differences(before, before.with_years({path: rates}))
        rest = f"; the lever \u201c{labels[path]}\u201d counts in other years only" if path in labels else ""
        yield f"{words} (given year by year{rest})"


def _begins(before: inputs.Parameters, after: inputs.Parameters) -> str:
    """The year a plan begins with, if that is not the one of the page; else nothing."""
    begins, ours = map(inputs.first_year, (after, before))
    return "" if begins == ours else financial_year_name(begins)


def _lever(lever: inputs.Lever, parameters: inputs.Parameters) -> Lever:
    programme = _programme(lever, parameters)
    names = _witnesses(lever, parameters)
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
        follows=lever.follows,
        folder=lever.folder,
        programme=programme,
    )


def _programme(lever: inputs.Lever, parameters: inputs.Parameters) -> Programme | None:
    """What a lever buys that is about one programme."""
    parameter, name = parameters.locate(lever.path)
    if parameter.by != "programme" or name is None:
        return None
    about = f"{PREFIX}{name}."
    return Programme(
        family=parameters.text(f"{about}family"),
        cost=parameters.value(f"{about}unit_cost"),
        lag=parameters.value(f"{about}lag_years"),
        grade=round(parameters.value(f"{about}evidence_grade")),
    )


def _witnesses(lever: inputs.Lever, parameters: inputs.Parameters) -> dict[str, None]:
    """Names of the parameters behind a lever, the one it moves first; of a programme, what is known of it first."""
    own = dict.fromkeys((lever.path, *lever.evidence))
    parameter, name = parameters.locate(lever.path)
    if parameter.by != "programme" or name is None:
        return own
    return dict.fromkeys((*(f"{PREFIX}{name}.{each}" for each in ABOUT_A_PROGRAMME), lever.path))


def decimals(step: float) -> int:
    """Decimals needed to write a number, two at most."""
    text = f"{step:.2f}".rstrip("0")
    return len(text.partition(".")[2])
