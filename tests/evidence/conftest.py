"""What is shipped, read once for all tests of the evidence."""

from __future__ import annotations

import pytest

from sim.inputs import load_footprints, load_parameters, load_sources, load_studies

from .base_year import BaseYear, age_mix


@pytest.fixture(scope="session")
def parameters():
    return load_parameters()


@pytest.fixture(scope="session")
def footprints():
    return load_footprints()


@pytest.fixture(scope="session")
def sources():
    return load_sources()


@pytest.fixture(scope="session")
def studies():
    return load_studies()


@pytest.fixture(scope="session")
def base_year(parameters, footprints):
    return BaseYear(parameters, age_mix(footprints["england"]))
