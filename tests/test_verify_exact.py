"""The faults against brute force over every case of random small tables: nothing missed, nothing invented."""

import os
from collections import Counter
from datetime import date
from itertools import product
from random import Random

import pytest
from msgspec.structs import replace

from spasmhelp.core.advise import advise
from spasmhelp.core.model import Case, Level, Location, Part, Phase, RedFlag, Step, Table, Verdict
from spasmhelp.core.situation import applies
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


def is_asked(flag: RedFlag, case: Case, triggers: tuple | None = None) -> bool:
    """Whether a red flag is asked at a place with these triggers; None: nobody knows them yet."""
    whens = flag.when if isinstance(flag.when, tuple) else (flag.when,)
    return any(
        case.onset in (when.onset or anything(case.onset))
        and case.location in (when.location or anything(case.location))
        and (not when.trigger or triggers is None or not set(when.trigger).isdisjoint(triggers))
        for when in whens
    )


def anything(word: object) -> tuple:
    """Return what a premise that is left out means: anything."""
    return (word,)


def said(flag: RedFlag, location: Location) -> dict[str, Part]:
    """Return the short lines of a red flag at a place, each with its part."""
    if isinstance(flag.short, str):
        return {flag.short: flag.asked}
    return {one.say: one.asked or flag.asked for one in flag.short if location in (one.location or anything(location))}


def shown_first(table: Table, case: Case) -> list[Step]:
    """Return the steps that a place shows before the end of the questions, from the whole advice there."""
    if case.location.guarded:
        return []
    calm = replace(case, triggers=(), red_flags=(), precautions=())
    now = [one for one in advise(table, calm).steps if one.step.phase is Phase.now]
    ends = [i for i, one in enumerate(now) if one.how]
    return [one.step for one in now[: ends[0] + 1 if ends else 1]]


def everywhere(table: Table) -> list[Case]:
    return [Case(onset=onset, location=location) for onset, location in product(table.onsets, table.locations)]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_short_is_every_word_that_some_place_puts_in_its_long_form(seed):
    table = random_table(Random(seed))
    flags = {
        f"red_flags.{flag.id}"
        for flag in table.red_flags
        if any(is_asked(flag, case) and not said(flag, case.location) for case in everywhere(table))
    }
    precautions = {
        f"precautions.{word.id}"
        for case in everywhere(table)
        for step in shown_first(table, case)
        for word in table.precautions
        if not word.short and rules_out(word, step, case.location)
    }
    assert found(table, "no_short") == flags | precautions


def rules_out(word: object, step: Step, location: Location) -> bool:
    """Whether a precaution rules a step out at a place."""
    unless = step.unless.get(word)
    named = unless is not None and (isinstance(unless, str) or location in (unless.location or anything(location)))
    return named or word.rules_out is not None


@pytest.mark.parametrize("seed", SEEDS)
def test_long_short_is_every_short_line_of_over_seven_words_or_fifty_characters(seed):
    table = random_table(Random(seed))
    texts = {f"precautions.{word.id}.short": word.short for word in table.precautions}
    for flag in table.red_flags:
        path = f"red_flags.{flag.id}.short"
        lines = {path: flag.short} if isinstance(flag.short, str) else {}
        texts |= lines or {f"{path}[{i}].say": one.say for i, one in enumerate(flag.short)}
    assert found(table, "long_short") == {path for path, text in texts.items() if text.count(" ") > 6 or len(text) > 50}


@pytest.mark.parametrize("seed", SEEDS)
def test_unscreened_places_are_all_that_no_emergency_names_where_some_are_named(seed):
    table = random_table(Random(seed), flags=4)
    emergencies = [flag for flag in table.red_flags if flag.level is Level.emergency]
    named: set[Location] = set()
    for flag in emergencies:
        for when in flag.when if isinstance(flag.when, tuple) else (flag.when,):
            named.update(when.location)
    unnamed = [place for place in table.locations if place not in named] if named else []
    assert found(table, "unscreened_place") == {f"locations.{place.id}" for place in unnamed}


@pytest.mark.parametrize("seed", SEEDS)
def test_early_is_every_danger_that_is_asked_too_late_for_a_step_shown_before_the_end(seed):
    table = random_table(Random(seed), flags=4)
    assert found(table, "early") == {
        f"red_flags.{flag.id}"
        for flag in table.red_flags
        for case in everywhere(table)
        if (steps := shown_first(table, case))
        and (flag.level is Level.emergency or set(flag.stops) & set(steps))
        and is_asked(flag, case, triggers=())
        and Part.before not in (said(flag, case.location) or {flag.ask: flag.asked}).values()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_long_questions_are_found_at_each_place_that_asks_too_much_in_one_part(seed):
    table = random_table(Random(seed), flags=80)
    levels = {f"red_flags.{flag.id}": flag.level for flag in table.red_flags}

    def put(level: Level, part: Part, case: Case) -> int:
        return sum(
            flag.level is level
            and is_asked(flag, case)
            and part in (said(flag, case.location) or {flag.ask: flag.asked}).values()
            for flag in table.red_flags
        )

    crowded = {
        (level, part.name)
        for case in everywhere(table)
        for level in Level
        for part in Part
        if put(level, part, case) > 9
    }
    faults = [fault for fault in verify(table, TODAY) if fault.name == "long_question"]
    assert crowded == {(levels[fault.path], part_of(fault.message)) for fault in faults}
    for fault in faults:
        level, part = levels[fault.path], Part[part_of(fault.message)]
        asked = put(level, part, fault.case)
        assert fault.message.startswith(f"{asked} red flags of level {level.name} are asked {part.name} ")
        assert asked > 9


def part_of(message: str) -> str:
    """Return the part that a fault of a long question names."""
    return next(part.name for part in Part if f"asked {part.name} " in message)


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
        if fault.name in ("no_short", "early") and fault.path.startswith("red_flags"):
            flag = next(flag for flag in table.red_flags if flag.id == name)
            assert is_asked(flag, fault.case)
            assert fault.name == "early" or not said(flag, fault.case.location)
            assert fault.name == "no_short" or shown_first(table, fault.case)
        if fault.name == "unscreened_place":
            assert fault.case.location.id == name
        if fault.name == "no_how":
            assert any(one.step.id == name and not one.how for one in advise(table, fault.case).steps)


def test_the_random_tables_hold_every_kind_of_fault_many_times():
    tables = [random_table(Random(seed), flags) for seed in SEEDS for flags in (2, 4, 80)]
    found = Counter(fault.name for table in tables for fault in verify(table, TODAY))
    kinds = ("gap", "redundant", "duplicate", "never", "no_how", "untested", "long_question")
    kinds += ("no_short", "long_short", "unscreened_place", "early")
    assert {kind: found[kind] for kind in kinds if found[kind] <= 50} == {}
