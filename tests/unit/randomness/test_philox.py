"""The generator: published known answers, addresses, and numbers that look random where people need them to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.randomness.philox import MASK, philox, philox_many
from sim.randomness.streams import Purpose, Streams, at_station, uniform

pytestmark = pytest.mark.unit

KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((MASK,) * 4, (MASK,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""From the known-answer vectors of the Random123 library, philox 4 x 32, 10 rounds."""


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert philox(counter, key) == answer
    many = philox_many(tuple(np.array([word], dtype=np.uint64) for word in counter), key)
    assert tuple(int(word) for word in many[:, 0]) == answer


word = st.integers(0, MASK)


@given(
    seed=word,
    replication=word,
    stream=st.integers(0, 2**20 - 1),
    block=st.integers(-(2**31), 2**31),
    index=st.integers(0, 65_535),
    spell=st.integers(0, 3),
    station=st.integers(0, 500),
)
def test_one_draw_equals_the_same_address_among_many(seed, replication, stream, block, index, spell, station):
    streams = Streams(seed, replication)
    purposes = (Purpose.THIN, at_station(Purpose.STAY, station), at_station(Purpose.DEATH, station))
    many = streams.many(stream, np.array([7, block]), np.array([9, index]), spell, *purposes)
    for row, purpose in zip(many, purposes, strict=True):
        one = uniform(seed, replication, stream, block, index, spell, purpose)
        assert row[1] == one == streams.one(stream, block, index, spell, purpose)
        assert 0.0 < one < 1.0


@pytest.mark.parametrize("varies", ["stream", "block", "index", "spell", "purpose", "replication", "seed"])
def test_numbers_are_uniform_and_uncorrelated_along_every_part_of_the_address(varies):
    """Kolmogorov-Smirnov and lag-one correlation of 4,000 neighbours; false alarm one in ten thousand."""
    address = {"seed": 5, "replication": 3, "stream": 11, "block": 40, "index": 2, "spell": 0, "purpose": 8}
    drawn = np.array([uniform(**(address | {varies: number})) for number in range(4_000)])
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4
    assert stats.pearsonr(drawn[:-1], drawn[1:]).pvalue > 1e-4


@pytest.mark.parametrize(("name", "wrong"), [("seed", -1), ("seed", 2**32), ("replication", -3)])
def test_a_key_out_of_range_is_refused_by_name(name, wrong):
    with pytest.raises(ValueError, match=f"{name} is {wrong}; it must lie between 0 and 4294967295"):
        Streams(**({"seed": 1, "replication": 0} | {name: wrong}))


def test_purposes_of_different_stations_never_collide():
    station_purposes = [p for p in Purpose if p >= Purpose.STAY]
    numbers = [at_station(p, s) for s in range(400) for p in station_purposes]
    assert len(set(numbers)) == len(numbers)
    assert not {p.value for p in Purpose if p < Purpose.STAY} & set(numbers)


def test_the_last_station_has_numbers_of_its_own_and_the_next_is_refused():
    from sim.engines.reference import ReferenceEngine
    from sim.randomness.streams import MOST_STATIONS
    from tests.long_run import exponential, line, station

    at_last = uniform(1, 0, 0, 5, 3, 0, at_station(Purpose.RESIDUAL, MOST_STATIONS - 1))
    assert at_last != uniform(1, 0, 1, 5, 3, 0, Purpose.COUNT)
    many = [station(f"s{number}", 1) for number in range(MOST_STATIONS + 1)]
    with pytest.raises(ValueError, match="4,096 stations; at most 4,095"):
        ReferenceEngine(line(1.0, many, [exponential(1.0)] * len(many)), 1, 0)
