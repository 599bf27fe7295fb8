"""Gaps as plain values, for JSON, and as a table."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from sim.experiments.gaps import Gaps, agreement, alike, explanations


def gaps_document(found: Gaps) -> dict[str, object]:
    """Every footprint, how near the model comes, England's sum and the Forward View's."""
    sourced = [place for place in found.places if place.sourced]
    return {
        "facts": found.resolved.facts,
        "replications": found.resolved.question.replications,
        "seeds": len(found.by_seed),
        "alike_over_seeds": alike(found.by_seed),
        "price_index": found.parameters.value("target.gap_price_index"),
        "agreement": asdict(agreement(found.places)),
        "agreement_sourced": asdict(agreement(sourced)),
        "ranks_by_seed": [agreement(places).ranks.mean for places in found.by_seed],
        "ranks_by_seed_sourced": [
            agreement([place for place in places if place.sourced]).ranks.mean for places in found.by_seed
        ],
        "explanations": [asdict(each) for each in explanations(found.places)],
        "england": asdict(found.england),
        "forward_view": asdict(found.forward_view),
        "places": [
            {
                "slug": place.footprint.slug,
                "model": asdict(place.model),
                "nhs": asdict(place.nhs),
                "published": place.published,
                "confidence": place.footprint.gap_confidence,
            }
            for place in found.places
        ],
    }


def gaps_table(found: Gaps) -> pl.DataFrame:
    """A row for each footprint, in pounds of 2015/16 a head a year.

    model, low, high        of all organisations, with the 95 % interval; nhs, nhs_low, nhs_high of the NHS alone
    published, confidence   none where no figure was found; how sure the figure is
    """
    rows = [
        {
            "footprint": place.footprint.slug, "name": place.footprint.name, "people": place.footprint.total,
            "model": place.model.mean, "low": place.model.low, "high": place.model.high,
            "nhs": place.nhs.mean, "nhs_low": place.nhs.low, "nhs_high": place.nhs.high,
            "published": place.published, "confidence": place.footprint.gap_confidence, "sourced": place.sourced,
        }
        for place in found.places
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)
