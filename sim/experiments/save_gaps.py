"""Gaps as plain values, for JSON."""

from __future__ import annotations

from dataclasses import asdict

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
