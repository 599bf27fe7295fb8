"""A map of tiles, one for each footprint, drawn for each plan: as many small maps as plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isnan
from pathlib import Path

from sim.cli.screen import pounds
from sim.experiments.batch import Batch, PlaceResults
from sim.inputs import Fault, Faults, Footprint, load_footprints
from sim.inputs.folders import default_folder
from sim.inputs.footprints import ENGLAND
from sim.inputs.rows import read_rows
from sim.results.dates import financial_year
from sim.results.statistics import Interval, Paired

SERIES = "gap"
COLUMNS = ("slug", "row", "column")
TILE, GAP, MARGIN, TOP, FOOT = 40, 3, 16, 56, 44
LEVEL = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
BETTER = ("#d0e3f0", "#8fbfdd", "#4292c6", "#08519c")
WORSE = ("#fdd9b5", "#fdae6b", "#e6750c", "#8c3b00")
"""Pale to dark; blue and orange are told apart by the colour-blind too (after ColorBrewer)."""

UNKNOWN = "#e4e4e4"
DARK = frozenset({"#2b8cbe", "#045a8d", "#4292c6", "#08519c", "#e6750c", "#8c3b00"})
"""Fills on which white is read best."""

Value = Interval | Paired


@dataclass(frozen=True, slots=True)
class _Panel:
    """One small map: whose it is, what it shows of each footprint by slug, and what its palest and darkest mean."""

    title: str
    says: str
    values: Mapping[str, Value]
    change: bool
    least: float
    most: float

    def fill(self, slug: str) -> str:
        """The colour of a tile; grey where there is no value, or no detectable change."""
        found = self.values.get(slug)
        if found is None or isnan(found.mean) or (isinstance(found, Paired) and not _shows(found)):
            return UNKNOWN
        colours = (BETTER if found.mean < 0 else WORSE) if self.change else LEVEL
        size = abs(found.mean) if self.change else found.mean
        part = (size - self.least) / (self.most - self.least or 1.0)
        return colours[min(int(part * len(colours)), len(colours) - 1)]


def load_tiles(folder: Path | None = None) -> dict[str, tuple[int, int]]:
    """Row and column of each footprint's tile, from the top left, by slug. Raises Faults."""
    rows = read_rows((folder or default_folder()) / "batches" / "tiles.csv", COLUMNS)
    faults: list[Fault] = []
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        down, right = (row.number(column, row["slug"], faults) for column in COLUMNS[1:])
        found[row["slug"]] = (int(down or 0), int(right or 0))
    if faults:
        raise Faults(faults)
    return found


def tile_map(batch: Batch, places: Sequence[PlaceResults]) -> str:
    """Small maps of money: the gap of the plan that others are set beside, and its change under each of them."""
    tiles, known = load_tiles(), load_footprints()
    wide = (max(column for _, column in tiles.values()) + 1) * (TILE + GAP) + MARGIN
    high = (max(row for row, _ in tiles.values()) + 1) * (TILE + GAP) + TOP + FOOT
    panels = list(_panels(batch, places))
    columns = min(2, len(panels))
    lines = -(-len(panels) // columns)
    drawn = "\n".join(
        f'<g transform="translate({MARGIN + place % columns * wide} {place // columns * high})">\n'
        + "\n".join(_drawn(panel, tiles, known))
        + "\n</g>"
        for place, panel in enumerate(panels)
    )
    what = f"{batch.plan.title}: maps of tiles, one for each footprint"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MARGIN + columns * wide} {lines * high}" role="img" '
        f'font-family="system-ui, sans-serif" aria-label="{escape(what)}">\n'
        f'<title>{escape(what)}</title>\n<rect width="100%" height="100%" fill="#ffffff"/>\n{drawn}\n</svg>\n'
    )


def _panels(batch: Batch, places: Sequence[PlaceResults]) -> Iterator[_Panel]:
    """What others are set beside, then every other plan; changes are all drawn to one scale."""
    year, against = financial_year(batch.plan.years - 1, batch.resolved[0].first_year), batch.plan.against
    gaps: dict[str, Value] = {each.footprint: _a_head(each.mean(against, SERIES), each.people) for each in places}
    means = [each.mean for slug, each in gaps.items() if slug != ENGLAND and not isnan(each.mean)]
    ends = min(means, default=0.0), max(means, default=0.0)
    yield _Panel(against, f"money gap, £ a head, {year}", gaps, False, *ends)
    changes: dict[str, dict[str, Value]] = {
        plan: {each.footprint: _a_head(each.change(plan, SERIES), each.people) for each in places}
        for plan in batch.plan.plans
        if plan != against
    }
    sizes = (abs(each.mean) for those in changes.values() for each in those.values() if not isnan(each.mean))
    most = max(sizes, default=0.0)
    for plan, values in changes.items():
        yield _Panel(plan, f"change of the gap, £ a head, {year}", values, True, 0.0, most)


def _a_head(found: Value, people: float) -> Value:
    ends = found.mean / people, found.low / people, found.high / people
    if isinstance(found, Paired):
        return Paired(*ends, found.n, found.verdict)
    return Interval(*ends, found.n)


def _shows(found: Paired) -> bool:
    return found.low > 0 or found.high < 0


def _drawn(panel: _Panel, tiles: Mapping[str, tuple[int, int]], known: Mapping[str, Footprint]) -> Iterator[str]:
    yield f'<text x="0" y="24" font-size="15" font-weight="600" fill="#1b1b1b">{escape(panel.title)}</text>'
    england = panel.values.get(ENGLAND)
    says = panel.says if england is None else f"{panel.says}; England {_told(england)}"
    yield f'<text x="0" y="44" font-size="12" fill="#444444">{escape(says)}</text>'
    for slug, (row, column) in tiles.items():
        yield _tile(panel, known[slug], column * (TILE + GAP), TOP + row * (TILE + GAP))
    bottom = TOP + (max(row for row, _ in tiles.values()) + 1) * (TILE + GAP) + 8
    yield from _legend(panel, bottom)


def _tile(panel: _Panel, place: Footprint, x: int, y: int) -> str:
    found, fill = panel.values.get(place.slug), panel.fill(place.slug)
    ink = "#ffffff" if fill in DARK else "#1b1b1b"
    value = "" if found is None or isnan(found.mean) else pounds(found.mean).replace("£", "")
    told = f"{place.name}: {'not run' if found is None else _told(found)}"
    return (
        f'<g><title>{escape(told)}</title><rect x="{x}" y="{y}" width="{TILE}" height="{TILE}" rx="4" fill="{fill}"/>'
        f'<text x="{x + TILE // 2}" y="{y + 17}" font-size="11" text-anchor="middle" fill="{ink}">{place.id}</text>'
        f'<text x="{x + TILE // 2}" y="{y + 31}" font-size="11" text-anchor="middle" fill="{ink}" '
        f'font-weight="600">{value}</text></g>'
    )


def _told(found: Value) -> str:
    return f"{pounds(found.mean)} ({pounds(found.low)} to {pounds(found.high)})"


def _legend(panel: _Panel, y: int) -> Iterator[str]:
    """The scale, from what is best to what is worst, and what grey means."""
    colours = (*reversed(BETTER), UNKNOWN, *WORSE) if panel.change else LEVEL
    for place, colour in enumerate(colours):
        yield f'<rect x="{place * 18}" y="{y}" width="16" height="10" fill="{colour}"/>'
    ends = f"{pounds(-panel.most if panel.change else panel.least)} to {pounds(panel.most)}"
    grey = "; grey: no detectable change" if panel.change else ""
    yield f'<text x="0" y="{y + 26}" font-size="12" fill="#444444">{escape(ends + grey)}</text>'
