"""An answer as documents and tables: what is printed as JSON, and what is saved in a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from platform import python_version

import polars as pl

from sim.experiments.compare import Comparison
from sim.experiments.headline import Headline
from sim.experiments.identity import digest
from sim.experiments.network_run import NetworkAnswer
from sim.experiments.question import Resolved
from sim.experiments.run import Answer
from sim.inputs import Parameters, describe_differences
from sim.results.measures import KEY_SERIES
from sim.results.statistics import Interval
from sim.results.store import save
from sim.results.summarise import replications_table


def answer_document(answer: Answer) -> dict[str, object]:
    """An answer as plain values: the question, who was simulated, and every series by year."""
    return _facts(answer.resolved) | {"years": answer.yearly().to_dicts()}


def comparison_document(comparisons: Sequence[Comparison]) -> dict[str, object]:
    """Scenarios against one baseline as plain values: paired changes by year, and the headline of each."""
    return {
        "baseline": _facts(comparisons[0].before.resolved),
        "scenarios": [
            _facts(each.after.resolved)
            | {
                "headline": headline_document(each.headline()),
                "final_year": each.yearly(KEY_SERIES).group_by("series", maintain_order=True).last().to_dicts(),
                "years": each.yearly().to_dicts(),
            }
            for each in comparisons
        ],
    }


def headline_document(headline: Headline) -> dict[str, object]:
    """A headline as plain values, with its words."""
    return {
        "break_even": asdict(headline.break_even) | {"words": headline.break_even.words},
        "dips": [
            {
                "series": dip.series,
                "label": dip.measure.label,
                "month": dip.month,
                "words": dip.words,
                "difference": asdict(dip.difference),
            }
            for dip in headline.dips
        ],
        "gap": asdict(headline.gap),
        "gap_per_head": asdict(headline.gap_per_head),
    }


def network_document(answer: NetworkAnswer) -> dict[str, object]:
    """The answer of a network as plain values."""
    return asdict(answer)


def network_table(answer: NetworkAnswer) -> pl.DataFrame:
    """The answer of a network as a table: mean and 95 % interval by station, kind of people and measure.

    No station: the whole network; no kind: everybody.
    """
    rows: list[tuple[str | None, str | None, str, Interval]] = [
        (None, None, name, found) for name, found in answer.system.items()
    ]
    for station in answer.stations:
        for kind, measures in ((None, station.measures), *station.kinds.items()):
            rows += [(station.name, kind, name, found) for name, found in measures.items()]
    columns = {"station": pl.String, "kind": pl.String, "measure": pl.String}
    return pl.DataFrame(
        [(*names, found.mean, found.low, found.high) for *names, found in rows],
        schema={**columns, "mean": pl.Float64, "low": pl.Float64, "high": pl.Float64},
        orient="row",
    )


def save_answer(answer: Answer, folder: Path) -> None:
    """Save a run: answer.json, yearly.parquet, replications.parquet and the manifest."""
    tables = {"yearly": answer.yearly(), "replications": replications_table(answer.histories)}
    save(folder, tables, {"answer": answer_document(answer)}, _manifest([answer]), _run([answer]))


def save_comparison(comparisons: Sequence[Comparison], folder: Path) -> None:
    """Save a comparison: comparison.json, changes.parquet, replications.parquet and the manifest.

    Both tables have a column `plan`: the position of the scenario as it was named, the baseline being 0.
    """
    answers = [comparisons[0].before, *(each.after for each in comparisons)]
    tables = {
        "changes": _numbered([each.yearly() for each in comparisons], 1),
        "replications": _numbered([replications_table(each.histories) for each in answers], 0),
    }
    documents = {"comparison": comparison_document(comparisons)}
    save(folder, tables, documents, _manifest(answers), _run(answers))


def save_network(answer: NetworkAnswer, facts: Mapping[str, object], run: Mapping[str, object], folder: Path) -> None:
    """Save a run of a network: network.json, measures.parquet and the manifest.

    facts   what the network was made from
    """
    save(folder, {"measures": network_table(answer)}, {"network": network_document(answer)}, facts, run)


def _facts(resolved: Resolved) -> dict[str, object]:
    asked = resolved.question
    return {
        "id": resolved.id,
        "footprint": {
            "slug": resolved.footprint.slug,
            "name": resolved.footprint.name,
            "people": resolved.footprint.total,
        },
        "people_simulated": resolved.people,
        "scenarios": list(asked.scenarios),
        "changes": dict(asked.changes),
        "differs_from_base": list(describe_differences(resolved.base, resolved.parameters)),
        "years_run": asked.years,
        "replications": asked.replications,
        "seed": asked.seed,
    }


def _manifest(answers: Sequence[Answer]) -> dict[str, object]:
    """What was asked, and with which numbers."""
    return {
        "id": digest({"runs": [answer.resolved.id for answer in answers]}),
        "runs": [
            _facts(answer.resolved)
            | answer.resolved.facts
            | {"footprint": _place(answer), "parameters": _values(answer.resolved.parameters)}
            for answer in answers
        ],
    }


def _place(answer: Answer) -> dict[str, object]:
    place = answer.resolved.footprint
    return {"slug": place.slug, "name": place.name, "people": dict(place.people)}


def _values(parameters: Parameters) -> dict[str, object]:
    return {
        name: dict(each.value) if isinstance(each.value, Mapping) else each.value for name, each in parameters.items()
    }


def _run(answers: Sequence[Answer]) -> dict[str, object]:
    """When, how long, and on what: the part of a manifest that differs from run to run."""
    return {
        "began": answers[0].began.isoformat(timespec="seconds"),
        "seconds": round(sum(answer.seconds for answer in answers), 3),
        "workers": answers[0].workers,
        "python": python_version(),
    }


def _numbered(tables: Sequence[pl.DataFrame], first: int) -> pl.DataFrame:
    return pl.concat(
        table.select(pl.lit(plan, dtype=pl.Int32).alias("plan"), pl.all()) for plan, table in enumerate(tables, first)
    )
