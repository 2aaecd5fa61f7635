"""What two tables say differently, against brute force over every case of random small tables."""

from random import Random

import pytest
from msgspec.structs import replace

from spasmhelp.cli.pages.differences import diff_lines
from spasmhelp.core.advise import advise
from spasmhelp.core.checks.diff import differ
from spasmhelp.core.model import Case, Level, Part, Step, Table
from spasmhelp.core.parse import parse_table
from tests.small_tables import every_case, random_rule, random_step, random_table, some
from tests.tables import SMALL


def outcome(table: Table, case: Case) -> tuple:
    """Return what a case gets, by ids, so that two tables compare; sentences as sets, as their order may differ."""
    advice = advise(table, case)
    steps = [(given.step.id, given.how, given.step.do) for given in advice.steps]
    withheld = {one.step.id: one.precaution and (one.precaution.id, one.because) for one in advice.withheld}
    return advice.level, steps, withheld, {advice.headline, *advice.actions}, set(advice.tell)


def changed(random: Random, table: Table) -> Table:
    """Change one thing of a table, at random: its rules, the level of one, a red flag, a step's precautions."""
    rules, flags, steps = list(table.rules), list(table.red_flags), list(table.steps)
    at = random.randrange(len(rules))
    match random.randrange(7):
        case 0:
            del rules[at]
        case 1:
            rules.append(random_rule(random, 99, table.onsets, table.locations, table.triggers, table.steps))
        case 2:
            rules[at] = replace(rules[at], level=random.choice(tuple(Level)), advise=rules[at].advise or (steps[0],))
        case 3:
            rules[at] = replace(rules[at], when=replace(rules[at].when, trigger=some(random, table.triggers)))
        case 4 if flags:
            flags[0] = replace(flags[0], level=random.choice(tuple(Level)[1:]), do=random.choice(["Rest.", "Run."]))
        case 5:
            rules[at] = replace(rules[at], do=random.choice(["", "Rest.", "Run."]))
        case 6:
            other = random_step(random, 0, table.locations, table.precautions)
            steps[0] = replace(steps[0], unless=other.unless)
            rules = [
                replace(rule, advise=tuple(steps[0] if step.id == steps[0].id else step for step in rule.advise))
                for rule in rules
            ]
    return replace(table, rules=tuple(rules), red_flags=tuple(flags), steps=tuple(steps), cases=())


def in_words_of(table: Table, case: Case) -> Case:
    flags = {flag.id: flag for flag in table.red_flags}
    return replace(case, red_flags=tuple(flags[flag.id] for flag in case.red_flags or ()))


@pytest.mark.parametrize("seed", range(250))
def test_there_is_a_difference_just_where_some_case_gets_other_advice(seed):
    random = Random(seed)
    old = replace(random_table(random), cases=())
    new = changed(random, old)
    differs = [case for case in every_case(new) if outcome(new, case) != outcome(old, in_words_of(old, case))]
    found = [one for one in differ(old, new) if one.kind not in ("because", "asked", "guarded")]
    assert bool(found) == bool(differs)
    for one in found:
        for case in one.cases:
            assert case in differs


def test_half_of_the_random_changes_make_a_difference_and_some_make_none():
    found = []
    for seed in range(250):
        random = Random(seed)
        old = replace(random_table(random), cases=())
        found.append(bool(differ(old, changed(random, old))))
    assert 50 < sum(found) < 220


def test_a_place_that_is_no_longer_guarded_and_a_flag_that_is_asked_elsewhere_are_shown(small):
    text = SMALL.replace("guarded: true, ", "").replace(
        "when: {location: [chest]},\n                level: emergency", "level: emergency"
    )
    found = {(one.kind, one.subject) for one in differ(small, parse_table(text))}
    assert found == {("guarded", "chest"), ("asked", "heart_signs")}


def test_a_word_that_only_one_table_has_is_named_by_its_id(small):
    found = differ(small, replace(small, triggers=small.triggers[:1]))
    assert ("triggers", "exercise", "in the table", None) in [
        (one.kind, one.subject, one.before, one.after) for one in found
    ]


def test_a_synonym_that_moved_to_another_place_is_shown_as_is_one_that_is_gone_or_new(small):
    calf, *others = small.locations
    moved = (replace(calf, synonyms=()), replace(others[0], synonyms=("Charley-Horse", "new one")), *others[1:])
    found = {one.subject: (one.before, one.after) for one in differ(small, replace(small, locations=moved))}
    assert found["locations: charley horse"] == ("calf", others[0].id)
    assert found["locations: new one"] == (None, others[0].id)


@pytest.mark.parametrize("section", ["red_flags", "precautions"])
def test_a_red_flag_or_precaution_that_is_asked_in_other_words_is_shown(small, section):
    first, *others = getattr(small, section)
    (one,) = differ(small, replace(small, **{section: (replace(first, ask="Is it?"), *others)}))
    assert (one.kind, one.subject, one.before, one.after) == (
        "question",
        f"{section}: {first.id}",
        first.ask,
        "Is it?",
    )


def test_a_precaution_that_no_longer_holds_back_is_shown_with_a_smallest_case(small):
    press = next(step for step in small.steps if step.id == "press")
    freed = replace(press, unless={one: why for one, why in press.unless.items() if one.id != "thin_blood"})
    rules = tuple(
        replace(rule, advise=tuple(freed if step is press else step for step in rule.advise)) for rule in small.rules
    )
    new = replace(small, steps=tuple(freed if step is press else step for step in small.steps), rules=rules)
    (one,) = differ(small, new)
    assert (one.kind, one.subject, one.before, one.after) == ("precaution", "thin_blood: press", "It can bruise.", None)
    assert [(case.location.id, case.triggers, len(case.precautions)) for case in one.cases] == [("calf", (), 1)]


def with_step(small: Table, step: Step) -> Table:
    """Return the table with another step of this id, in its rules too."""
    steps = tuple(step if one.id == step.id else one for one in small.steps)
    rules = tuple(
        replace(rule, advise=tuple(step if one.id == step.id else one for one in rule.advise)) for rule in small.rules
    )
    return replace(small, steps=steps, rules=rules)


def test_a_precaution_of_a_step_that_takes_a_trigger_is_shown_with_each_such_trigger(small):
    warm_up, torn = small.steps[2], small.precautions[1]
    old = with_step(small, replace(warm_up, unless={torn: "Rest it."}))
    (one,) = differ(old, small)
    assert (one.kind, one.subject, one.before, one.after) == ("precaution", "torn: warm_up", "Rest it.", None)
    assert {tuple(trigger.id for trigger in case.triggers) for case in one.cases} == {("cold_muscle",), ("exercise",)}


def test_a_precaution_that_rules_out_every_step_no_longer_is_shown_with_each_step(small):
    young, *others = small.precautions
    new = replace(small, precautions=(replace(young, rules_out=None, because=""), *others))
    found = {(one.kind, one.subject): (one.before, one.after) for one in differ(small, new)}
    assert found == {
        ("precaution", f"under_16: {step}"): ("Not under 16.", None) for step in ("lengthen", "press", "warm_up")
    }


def test_a_line_that_is_put_later_or_in_other_words_is_shown_with_its_part(small):
    heart, clot, often = small.red_flags
    late = replace(small, red_flags=(replace(heart, asked=Part.after), replace(clot, short="Swelling"), often))
    found = {one.subject: (one.kind, one.before, one.after) for one in differ(small, late)}
    assert found == {
        "heart_signs": ("asked", "emergency, before: Heavy chest", "emergency, after: Heavy chest"),
        "clot": (
            "asked",
            "urgent_care, before: Swollen leg, after: Throbs between cramps",
            "urgent_care, before: Swelling",
        ),
    }


def test_the_short_line_of_a_precaution_and_a_step_that_a_red_flag_stops_are_shown(small):
    young, *others = small.precautions
    *flags, often = small.red_flags
    new = replace(
        small,
        precautions=(replace(young, short="A child"), *others),
        red_flags=(*flags, replace(often, stops=small.steps[:1])),
    )
    assert [(one.kind, one.subject, one.before, one.after) for one in differ(small, new)] == [
        ("stops", "often: lengthen", None, "stopped"),
        ("short", "precautions: under_16", "Under 16", "A child"),
    ]
    lines = list(diff_lines(differ(small, new), "old.yaml", "new.yaml", "new.yaml"))
    assert "+ stopped by often: lengthen" in lines
    assert "~ short line of precautions: under_16" in lines
