"""Who is simulated, as it is typed."""

from __future__ import annotations

from sim.experiments.question import People


def sample(text: str) -> People:
    """A number of people, or the word as it is; whether there is such a word is for the question to say."""
    try:
        return float(text)
    except ValueError:
        return text
