"""The faults against brute force over every case of random small tables: nothing missed, nothing invented."""

import os
from collections import Counter
from datetime import date
from itertools import product
from random import Random

import pytest
from msgspec.structs import replace

from spasmhelp.core.advise import advise
from spasmhelp.core.model import Case, Level, Table, Verdict
from spasmhelp.core.situation import applies, fitting_flags
from spasmhelp.core.verify import verify
from tests.small_tables import every_case, random_table

TODAY = date(2026, 11, 23)
# `SEEDS=5000 pytest tests/test_verify_exact.py` looks further.
SEEDS = range(int(os.environ.get("SEEDS", "250")))


def found(table: Table, name: str) -> set[str]:
    """Return the paths of the faults of this name."""
    return {fault.path for fault in verify(table, TODAY) if fault.name == name}


def outcome(table: Table, case: Case) -> tuple:
    """Return what taking a rule away could change: the level, the steps given and withheld, and the actions."""
    advice = advise(table, case)
    steps = [given.step.id for given in advice.steps]
    withheld = [(one.step.id, one.precaution) for one in advice.withheld]
    return advice.level, steps, withheld, {advice.warning, advice.headline, *advice.actions}, set(advice.tell)


def without(table: Table, rule: object) -> Table:
    return replace(table, rules=tuple(one for one in table.rules if one is not rule))


@pytest.mark.parametrize("seed", SEEDS)
def test_gaps_are_all_the_places_where_no_rule_with_a_step_applies(seed):
    table = random_table(Random(seed))
    gaps = [
        (fault.case.onset, fault.case.location) for fault in verify(table, TODAY) if fault.name == "gap" and fault.case
    ]
    expected = [
        (onset, location)
        for onset, location in product(table.onsets, table.locations)
        if not any(rule.advise and applies(rule, Case(onset=onset, location=location)) for rule in table.rules)
    ]
    assert sorted(gaps, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("seed", SEEDS)
def test_redundant_rules_are_all_those_without_which_no_case_gets_other_advice(seed):
    table = random_table(Random(seed))
    cases = list(every_case(table))
    before = [outcome(table, case) for case in cases]
    expected = {
        f"rules.{rule.id}"
        for rule in table.rules
        if all(outcome(without(table, rule), case) == advice for case, advice in zip(cases, before, strict=True))
    }
    assert found(table, "redundant") == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_duplicates_are_all_the_rules_that_apply_in_the_same_cases_as_one_above(seed):
    table = random_table(Random(seed))
    cases = list(every_case(table))
    where = [[applies(rule, case) for case in cases] for rule in table.rules]
    expected = {f"rules.{rule.id}" for i, rule in enumerate(table.rules) if where[i] in where[:i]}
    assert found(table, "duplicate") == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_never_and_no_how_are_all_that_trying_every_case_shows(seed):
    table = random_table(Random(seed))
    given = {(one.step, case.location, one.how) for case in every_case(table) for one in advise(table, case).steps}
    steps = {step for step, _, _ in given}
    assert found(table, "never") == {
        f"steps.{step.id}" for step in table.steps if step not in steps and step.sources_say is not Verdict.disagree
    }
    missing = {(step.id, location.id) for step, location, how in given if step.how and not how}
    faults = [fault for fault in verify(table, TODAY) if fault.name == "no_how"]
    assert {(fault.path.split(".")[1], fault.case.location.id) for fault in faults} == missing
    assert len(faults) == len(missing)


@pytest.mark.parametrize("seed", SEEDS)
def test_untested_is_all_that_acts_in_no_case_of_the_table(seed):
    table = random_table(Random(seed))
    advices = [advise(table, case.given) for case in table.cases]
    acting = {f"rules.{rule.id}" for case in table.cases for rule in table.rules if applies(rule, case.given)}
    acting |= {f"red_flags.{flag.id}" for case in table.cases for flag in case.given.red_flags or ()}
    acting |= {f"precautions.{one.precaution.id}" for advice in advices for one in advice.withheld if one.precaution}
    everything = {f"rules.{rule.id}" for rule in table.rules}
    everything |= {f"red_flags.{flag.id}" for flag in table.red_flags}
    everything |= {f"precautions.{precaution.id}" for precaution in table.precautions}
    assert found(table, "untested") == everything - acting


@pytest.mark.parametrize("seed", SEEDS)
def test_long_questions_are_found_at_each_place_that_asks_too_much(seed):
    table = random_table(Random(seed), flags=40)
    crowded = {
        level
        for onset, location in product(table.onsets, table.locations)
        for level in Level
        if sum(flag.level is level for flag in fitting_flags(table, Case(onset=onset, location=location))) > 9
    }
    faults = [fault for fault in verify(table, TODAY) if fault.name == "long_question"]
    assert crowded == {
        flag.level for flag in table.red_flags if f"red_flags.{flag.id}" in {fault.path for fault in faults}
    }
    for fault in faults:
        level = next(flag.level for flag in table.red_flags if fault.path == f"red_flags.{flag.id}")
        asked = sum(flag.level is level for flag in fitting_flags(table, fault.case))
        assert fault.message.startswith(f"{asked} red flags of level {level.name}")
        assert asked > 9


@pytest.mark.parametrize("seed", SEEDS)
def test_every_counter_example_shows_its_fault(seed):
    table = random_table(Random(seed))
    for fault in verify(table, TODAY):
        name = fault.path.split(".")[1] if "." in fault.path else ""
        if fault.name in ("redundant", "duplicate") or (fault.name == "untested" and fault.path.startswith("rules")):
            rule = next(rule for rule in table.rules if rule.id == name)
            assert applies(rule, fault.case)
        if fault.name == "untested" and fault.path.startswith("precautions") and fault.case:
            assert name in {one.precaution.id for one in advise(table, fault.case).withheld if one.precaution}
        if fault.name == "no_how":
            assert any(one.step.id == name and not one.how for one in advise(table, fault.case).steps)


def test_the_random_tables_hold_every_kind_of_fault_many_times():
    tables = [random_table(Random(seed), flags) for seed in SEEDS for flags in (2, 40)]
    found = Counter(fault.name for table in tables for fault in verify(table, TODAY))
    kinds = ("gap", "redundant", "duplicate", "never", "no_how", "untested", "long_question")
    assert {kind: found[kind] for kind in kinds if found[kind] <= 50} == {}
