"""What we believe: parameters, programmes, places, levers and scenarios, read with every fault at once."""

from sim.inputs.behaviour import Behaviour, load_behaviour
from sim.inputs.calibration import Free, Goal, Method, Plan, load_plan
from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.fit import Fit, load_fit
from sim.inputs.footprints import Footprint, find_footprint, load_footprints
from sim.inputs.keys import (
    AGE_BANDS,
    BUDGET_HOLDERS,
    DELAY_OWNERS,
    EMPLOYERS,
    FAMILIES,
    KEY_SETS,
    MONTHS,
    NEXT_STATIONS,
    ORGANISATIONS,
    STANCES,
    STATIONS,
    STREAMS,
    WEEKDAYS,
)
from sim.inputs.levers import Lever, load_levers, one_each
from sim.inputs.load import load_parameters, load_studies, load_written
from sim.inputs.local_targets import LocalTargets, load_local_targets
from sim.inputs.parameter import Parameter
from sim.inputs.parameters import Parameters
from sim.inputs.phases import (
    Phase,
    as_of,
    at_last,
    first_month,
    in_phases,
    month_of,
    month_text,
    month_words,
    phase_months,
)
from sim.inputs.population import PopulationIndex, load_population_index
from sim.inputs.programme_rows import Study
from sim.inputs.programmes import Effect, Programme, programmes
from sim.inputs.reads import remembered_by_reads
from sim.inputs.scenario import (
    Scenario,
    describe_differences,
    differences,
    given_by_year,
    given_in_phases,
    load_scenario,
    read_scenario,
    resolve_scenarios,
    scenario_names,
)
from sim.inputs.scenario_text import scenario_text
from sim.inputs.sources import Source, load_sources
from sim.inputs.table import Table
from sim.inputs.units import UNITS, Unit, convert
from sim.inputs.years import first_year

__all__ = [
    "AGE_BANDS", "BUDGET_HOLDERS", "DELAY_OWNERS", "EMPLOYERS", "FAMILIES", "KEY_SETS", "MONTHS", "NEXT_STATIONS",
    "ORGANISATIONS", "STANCES", "STATIONS", "STREAMS", "UNITS", "WEEKDAYS", "Behaviour", "Document", "Effect",
    "Fault", "Faults", "Fit", "Footprint", "Free", "Goal", "Lever", "LocalTargets", "Method", "Parameter",
    "Parameters", "Phase", "Plan", "PopulationIndex", "Programme", "Scenario", "Source", "Study", "Table", "Unit",
    "as_of", "at_last", "convert", "describe_differences", "differences", "faults_from_validation", "find_footprint",
    "first_month", "first_year", "given_by_year", "given_in_phases", "in_phases", "keys_of", "load_behaviour",
    "load_fit", "load_footprints", "load_levers", "load_local_targets", "load_parameters", "load_plan",
    "load_population_index", "load_scenario", "load_sources", "load_studies", "load_written", "month_of",
    "month_text", "month_words", "nearest", "one_each", "phase_months", "programmes", "raise_any", "read_scenario",
    "read_yaml", "remembered_by_reads", "resolve_scenarios", "scenario_names", "scenario_text",
]  # fmt: skip
