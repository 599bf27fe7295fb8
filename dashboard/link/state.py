"""The state of the page as a link: the place, the plan, and only those levers that differ from it.

Whatever a link says, `read` returns a state the model can run: known names, numbers inside their ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Setting, as_number

LONGEST_LINK = 8192
MOST_PAIRS = 256
LARGEST_SEED = 2**31 - 1
RESERVED = ("place", "plan", "years", "seed", "replications")


@dataclass(frozen=True, slots=True)
class State:
    """What is being asked; `settings` holds only levers that differ from the plan, in stored units."""

    place: str
    plan: str
    years: int
    seed: int
    replications: str
    settings: Mapping[str, Setting] = field(default_factory=dict)


def read(link: str, catalogue: Catalogue) -> State:
    """The state a link stands for: numbers clamped, unknown names and nonsense dropped."""
    given = pairs(link)
    plan = _known(given.get("plan"), catalogue.plans, catalogue.default_plan)
    return State(
        place=_known(given.get("place"), catalogue.places, catalogue.default_place),
        plan=plan,
        years=_whole(given.get("years"), 1, catalogue.most_years, catalogue.default_years),
        seed=_whole(given.get("seed"), 0, LARGEST_SEED, catalogue.default_seed),
        replications=_known(given.get("replications"), catalogue.replications, catalogue.default_replications),
        settings=_settings(given, plan, catalogue),
    )


def write(state: State, catalogue: Catalogue) -> str:
    """The link of a state, without the question mark; empty for the page as it opens."""
    defaults = {
        "place": catalogue.default_place,
        "plan": catalogue.default_plan,
        "years": catalogue.default_years,
        "seed": catalogue.default_seed,
        "replications": catalogue.default_replications,
    }
    parts = {name: getattr(state, name) for name in RESERVED if getattr(state, name) != defaults[name]}
    return urlencode(parts | {path: _plain(value) for path, value in sorted(state.settings.items())})


def full(state: State) -> str:
    """The link of a state with nothing left to defaults, which another version may have changed."""
    parts = {name: str(getattr(state, name)) for name in RESERVED}
    return urlencode(parts | {path: _plain(value) for path, value in sorted(state.settings.items())})


def settings(state: State, catalogue: Catalogue) -> dict[str, Setting]:
    """Every lever's setting: the plan's, with the state's own on top."""
    return catalogue.settings_of(state.plan, state.settings)


def moved(state: State, catalogue: Catalogue) -> tuple[str, ...]:
    """Paths of the levers that stand elsewhere than when nothing is done, in the order of the page.

    A lever that follows another is counted where it stands elsewhere than that one.
    """
    now, levers = settings(state, catalogue), catalogue.levers
    usual = {path: now[lever.follows] if lever.follows else lever.baseline for path, lever in levers.items()}
    return tuple(path for path in levers if now[path] != usual[path])


def canonical(link: str, catalogue: Catalogue) -> str:
    """The one link that stands for the same state."""
    return write(read(link, catalogue), catalogue)


def pairs(link: str) -> dict[str, str]:
    """Last value of each name; a link that is too long, or has too many parts, says nothing at all."""
    try:
        return dict(parse_qsl(link[:LONGEST_LINK].lstrip("?"), max_num_fields=MOST_PAIRS))
    except ValueError:
        return {}


def _settings(given: Mapping[str, str], plan: str, catalogue: Catalogue) -> dict[str, Setting]:
    levers = catalogue.levers
    clamped = {path: lever.clamp(given[path]) for path, lever in levers.items() if path in given}
    wanted = {path: value for path, value in clamped.items() if value is not None}
    standing = catalogue.settings_of(plan)
    own = {path: each for path, each in wanted.items() if not levers[path].follows and each != standing[path]}
    led = catalogue.settings_of(plan, own)
    return own | {path: each for path, each in wanted.items() if levers[path].follows and each != led[path]}


def _known(name: str | None, among: Mapping[str, object], otherwise: str) -> str:
    return name if name is not None and name in among else otherwise


def _whole(text: str | None, low: int, high: int, otherwise: int) -> int:
    number = as_number(text)
    return otherwise if number is None else int(min(max(number, low), high))


def _plain(value: Setting) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"
