"""Results as Markdown tables."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from statistics import fmean, variance

from benchmarks.batch_tables import batch, batch_foreseen, batch_overhead
from benchmarks.cells import number, spread, table
from benchmarks.engines import LABELS
from benchmarks.pairing import LABELS as SCENARIOS
from benchmarks.pairing import MEASURES
from benchmarks.summary import (
    Found,
    Results,
    Rounds,
    Spread,
    failures,
    find,
    per_patient,
    section,
    targets,
    times_faster,
)

MILLION = 1_000_000


def report(results: Results) -> str:
    """Every table that can be made of these results, each under its title."""
    made = {name: make(results) for name, make in TABLES.items()}
    return "\n\n".join(f"**{name.replace('_', ' ').capitalize()}**\n\n{text}" for name, text in made.items() if text)


def machine(results: Results) -> str:
    """Where and when."""
    m = results["machine"]
    rest = ("processor", "cores", "memory_gb", "system", "python")
    packages = ", ".join(f"{name} {number}" for name, number in m.items() if name not in rest)
    rows = [
        ("processor", f"{m['processor']}, {m['cores']} cores"),
        ("memory", f"{m['memory_gb']} GB"),
        ("system", f"{m['system']}, Python {m['python']}"),
        ("packages", packages),
        ("measured", f"{results['measured']}, in {results['seconds'] / 60:.0f} minutes{_load(results)}"),
        *((f"not measured: {name}", why) for name, why in (results["missing"] | failures(results)).items()),
    ]
    if results["load"][1] > m["cores"] + 1:  # a measurement with two threads alone brings the load up to the cores
        rows.append(("**busy**", "others worked on this machine meanwhile: wall times and threads mean little here"))
    return table(("", ""), rows)


def reached(results: Results) -> str:
    """Targets and what was found."""
    rows = [
        (each.says, f"{each.at_least:,g}", f"{each.go_for:,g}", each.unit, spread(each.found), each.verdict)
        for each in targets(results)
        if each.found
    ]
    return table(("Target", "at least", "aim", "", "measured", ""), rows)


def same_network(results: Results) -> str:
    """Engines on R1."""
    return _engines(results, "same_network")


def constant_places(results: Results) -> str:
    """Engines on the constant case."""
    return _engines(results, "constant_places")


def footprint(results: Results) -> str:
    """Our two engines on the network of a footprint; in the section of the large one the slow engine counts."""
    found = [("footprint", each) for each in section(results, "footprint")]
    found += [("footprint_large", each) for each in section(results, "footprint_large") if not _is_ours(each)]
    rows = []
    for where, each in sorted(found, key=lambda one: one[1].asked["people"]):
        fast = find(results, where, name="compiled", people=each.asked["people"])
        ratio = "1" if _is_ours(each) else spread(times_faster(each, fast) if fast else None)
        event = spread(each.spread(_per_event)) if _is_ours(each) else "–"
        size, label = f"{each.asked['people'] / MILLION:g}", LABELS[each.asked["name"]]
        rows.append((size, label, spread(each.spread("cpu")), spread(each.spread(per_patient)), event, ratio))
    columns = ("million people", "", "CPU s", "µs a patient", "ns an event", "times the compiled engine's CPU")
    return table(columns, rows)


def people(results: Results) -> str:
    """The compiled engine, by size of the place."""
    rows = [
        (
            f"{rounds.asked['people'] / MILLION:g}",
            spread(rounds.spread("cpu")),
            spread(rounds.spread(per_patient)),
            spread(rounds.spread(_per_event)),
            f"{rounds.found[0]['state_bytes'] / 1e6:.2f}",
            spread(rounds.spread(lambda found: found["more_memory"] / 1e6)),
        )
        for rounds in section(results, "people")
        if rounds.asked["name"] == "compiled"
    ]
    return table(("million people", "CPU s", "µs a patient", "ns an event", "state, MB", "memory more, MB"), rows)


def simpy_by_people(results: Results) -> str:
    """The SimPy models, by size of the place."""
    found = [
        rounds
        for name in ("people", "same_network", "large")
        for rounds in section(results, name)
        if rounds.asked["name"] in ("reference", "simpy")
    ]
    rows = []
    for rounds in found:
        of = {name: rounds.asked[name] for name in ("people", "years")}
        fast = next(fast for name in SPEEDS if (fast := find(results, name, name="compiled", **of)))
        cells = (spread(rounds.spread(per_patient)), _median_ratio(rounds, fast))
        rows.append((f"{of['people'] / MILLION:g}", LABELS[rounds.asked["name"]], *cells))
    return table(("million people", "", "µs a patient", "compiled is faster"), rows)


ASKED = {
    "asked": "baseline and plan",
    "known": "plan alone",
    "remembered": "plan, after the baseline in the same process",
}
SPEEDS = ("same_network", "people", "large")


def years(results: Results) -> str:
    """The compiled engine, by length of the run."""
    rows = [
        (rounds.asked["years"], spread(rounds.spread("cpu")), spread(rounds.spread(_per_event)))
        for rounds in section(results, "years")
    ]
    return table(("years", "CPU s", "ns an event"), rows)


def threads(results: Results) -> str:
    """Replications on one thread and on two."""
    found = section(results, "threads")
    rows = []
    for one in (each for each in found if each.asked["workers"] == 1):
        two = next((each for each in found if each.asked == one.asked | {"workers": 2}), None)
        pairs = zip(one.found, two.found, strict=True) if two else []
        gain = [first["wall"] / second["wall"] for first, second in pairs]
        cells = (_ms(one, "wall"), _ms(two, "wall") if two else "–", spread(Spread.of(gain)) if gain else "–")
        rows.append((one.asked["runs"], *cells))
    return table(("replications", "one thread, ms", "two threads, ms", "times faster"), rows)


def start(results: Results) -> str:
    """From nothing to the end of a first small run."""
    words = {False: "first ever: everything is compiled", True: "later: compiled code is on disk"}
    rows = [
        (words[each.asked["compiled_before"]], spread(each.spread("process_wall")), spread(each.spread("process_cpu")))
        for each in section(results, "start")
    ]
    return table(("start of a process", "wall s", "CPU s"), rows)


def answers(results: Results) -> str:
    """What a user waits for."""
    rows = [
        (
            f"{each.found[0]['people'] / MILLION:.1f}",
            ASKED[each.asked["baseline"]],
            each.found[0]["replications"],
            _ms(each, "wall"),
            _ms(each, "cpu"),
            _ms(each, "one_preparation"),
        )
        for each in section(results, "answers")
    ]
    return table(("million people", "", "replications in all", "wall ms", "CPU ms", "one preparation, ms"), rows)


def agreement(results: Results) -> str:
    """Means of every engine, with standard errors."""
    blocks = []
    for case, title in (("constant", "Constant places"), ("reference", "R1")):
        found = [each for each in section(results, "agreement") if each.asked["case"] == case]
        if found:
            headings = (title, *(LABELS[each.asked["name"]] for each in found))
            rows = [(measure, *(_mean(each, measure) for each in found)) for measure in found[0].found[0]["outcomes"]]
            blocks.append(table(headings, rows))
    return "\n\n".join(blocks)


def pairing(results: Results) -> str:
    """Variances of a difference, independent against paired."""
    rows = [
        (SCENARIOS[each.asked["scenario"]], *(_variance_ratio(each.found[0]["measures"][name]) for name in MEASURES))
        for each in section(results, "pairing")
    ]
    return table(("Change", *MEASURES.values()), rows)


TABLES: dict[str, Callable[[Results], str]] = {
    each.__name__: each
    for each in (
        machine,
        reached,
        same_network,
        footprint,
        constant_places,
        people,
        simpy_by_people,
        years,
        threads,
        start,
        answers,
        agreement,
        pairing,
        batch,
        batch_overhead,
        batch_foreseen,
    )
}


def _engines(results: Results, name: str) -> str:
    found = section(results, name)
    fast = next((each for each in found if each.asked["name"] == "compiled"), None)
    rows = []
    for each in found:
        ratio = spread(times_faster(each, fast)) if fast and each is not fast else "1"
        event = spread(each.spread(lambda one: one["cpu"] / one["patients"] / _events_a_patient(fast) * 1e9))
        rows.append((LABELS[each.asked["name"]], spread(each.spread(per_patient)), event, ratio))
    return table(("Engine", "µs a patient", "ns an event", "times the compiled engine's CPU"), rows)


def _events_a_patient(fast: Rounds | None) -> float:
    return fast.found[0]["events"] / fast.found[0]["patients"] if fast else float("nan")


def _is_ours(rounds: Rounds) -> bool:
    return bool(rounds.asked["name"] == "compiled")


def _per_event(found: Found) -> float:
    return found["cpu"] / found["events"] * 1e9


def _median_ratio(slow: Rounds, fast: Rounds) -> str:
    return f"{number(slow.spread(per_patient).median / fast.spread(per_patient).median)} times"


def _ms(rounds: Rounds, name: str) -> str:
    return spread(rounds.spread(lambda found: found[name] * 1000))


def _mean(rounds: Rounds, measure: str) -> str:
    values = rounds.found[0]["outcomes"][measure]
    return f"{fmean(values):.3g} ± {sqrt(variance(values) / len(values)):.2g}"


def _variance_ratio(found: dict[str, float | None]) -> str:
    if found["ratio"] is None:
        return "no difference in any pair"
    return spread(Spread(found["ratio"], found["low"] or 0.0, found["high"] or 0.0))


def _load(results: Results) -> str:
    before, most = results["load"]
    return f"; processes that wanted a core: {before:g} before, {most:g} at most"
