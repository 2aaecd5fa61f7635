"""What a person is told."""

from datetime import timedelta
from random import Random

import pytest
from msgspec.structs import replace

from spasmhelp import Advice, Case, Table, advise, overdue
from spasmhelp.core.asked import lines_not_put
from spasmhelp.core.model import Fits, Level, Rule, Timer, When
from spasmhelp.core.parse import parse_table
from spasmhelp.core.situation import applies
from spasmhelp.core.steps import limit_of
from tests.small_tables import any_case, random_table
from tests.tables import SMALL, case_of

ANSWERED: dict[str, list[str]] = {"triggers": [], "red_flags": [], "precautions": []}


def steps(advice: Advice) -> list[str]:
    return [given.step.id for given in advice.steps]


def withheld(advice: Advice) -> dict[str, str | None]:
    return {one.step.id: one.precaution.id if one.precaution else None for one in advice.withheld}


def test_every_rule_that_applies_speaks(small: Table) -> None:
    answers = ANSWERED | {"triggers": ["cold_muscle"]}
    advice = advise(small, case_of(small, onset="sudden", location="calf", **answers))
    assert steps(advice) == ["lengthen", "press", "warm_up"]
    assert [entry.id for entry, _ in advice.because] == ["cramp", "cramp_by_hand", "cold"]
    assert advice.level is Level.self_care
    assert (advice.headline, advice.actions) == ("You can start now.", ())


def test_a_step_carries_the_how_and_hold_of_the_place_and_onset(small: Table) -> None:
    lengthen, press = advise(small, case_of(small, onset="sudden", location="calf", **ANSWERED)).steps
    assert (lengthen.how, lengthen.hold) == ("Pull your toes up.", "Hold until it eases.")
    assert (press.how, press.hold) == ("", "")


def test_a_step_without_a_place_or_an_onset_says_no_how_nor_hold(small: Table) -> None:
    everywhere = replace(small, rules=tuple(replace(rule, when=When()) for rule in small.rules))
    calf, sudden = small.locations[0], small.onsets[0]
    for case, expected in (
        (Case(onset=sudden, red_flags=()), ("", "Hold until it eases.")),
        (Case(location=calf, red_flags=()), ("Pull your toes up.", "")),
    ):
        lengthen = advise(everywhere, case).steps[0]
        assert (lengthen.how, lengthen.hold) == expected


def test_a_table_says_that_its_review_is_overdue_from_the_day_after(small: Table) -> None:
    assert overdue(small, small.about.review_by) is small
    late = overdue(small, small.about.review_by + timedelta(days=1))
    said = "Nobody checked it. This table was due for review by 2027-11-23: it may be out of date."
    assert late == replace(small, about=replace(small.about, disclaimer=said))


def test_a_precaution_withholds_its_steps_with_the_reason_of_the_first_in_the_table(small: Table) -> None:
    answers = ANSWERED | {"precautions": ["thin_blood", "torn", "under_16"]}
    advice = advise(small, case_of(small, onset="sudden", location="calf", **answers))
    assert withheld(advice) == {"lengthen": "under_16", "press": "under_16"}
    assert [one.because for one in advice.withheld] == ["Not under 16.", "Not under 16."]


def test_a_precaution_of_one_place_rules_nothing_out_elsewhere(small: Table) -> None:
    for location, expected in (("calf", {"press": "thin_blood"}), ("thigh_back", {})):
        answers = ANSWERED | {"precautions": ["thin_blood"]}
        assert withheld(advise(small, case_of(small, onset="sudden", location=location, **answers))) == expected


def test_where_every_step_was_ruled_out_nobody_is_told_to_start(small: Table) -> None:
    answers = ANSWERED | {"precautions": ["under_16"]}
    advice = advise(small, case_of(small, onset="sudden", location="calf", **answers))
    assert (advice.headline, advice.actions) == ("None of this is for you.", ())


def test_a_red_flag_outranks_every_rule_and_withholds_every_step(small: Table) -> None:
    advice = advise(small, case_of(small, onset="sudden", location="calf", red_flags=["clot"]))
    assert advice.level is Level.urgent_care
    assert steps(advice) == []
    assert withheld(advice) == {"lengthen": None, "press": None}
    assert (advice.headline, advice.actions) == ("Get help today.", ("Do not press.",))
    assert advice.screened


def test_an_emergency_is_advised_when_nothing_else_is_known(small: Table) -> None:
    advice = advise(small, case_of(small, red_flags=["heart_signs"]))
    assert (advice.level, advice.headline, advice.actions, advice.tell) == (
        Level.emergency,
        "Call now.",
        ("Sit down.",),
        ("when it began",),
    )


def test_only_what_made_the_level_what_it_is_says_what_to_do(small: Table) -> None:
    answers = ANSWERED | {"red_flags": ["clot", "often"]}
    advice = advise(small, case_of(small, onset="sudden", location="chest", **answers))
    assert (advice.headline, advice.actions) == ("Get help today.", ("Do not press.",))


def test_a_rule_of_place_raises_the_level_and_keeps_its_steps(small: Table) -> None:
    advice = advise(small, case_of(small, onset="sudden", location="chest", **ANSWERED))
    assert (advice.level, steps(advice)) == (Level.see_clinician, ["lengthen"])
    assert (advice.headline, advice.actions) == ("Ask a doctor.", ("Ask soon.",))


def test_what_no_rule_covers_goes_to_a_clinician(small: Table) -> None:
    for triggers in ([], ["cold_muscle"]):
        answers = ANSWERED | {"triggers": triggers}
        advice = advise(small, case_of(small, onset="sustained", location="calf", **answers))
        assert advice.level is Level.see_clinician


def test_unasked_red_flags_are_named_and_the_emergencies_come_first(small: Table) -> None:
    advice = advise(small, case_of(small, onset="sudden", location="chest"))
    assert not advice.screened
    assert [flag.id for flag in advice.unasked] == ["heart_signs", "often"]
    assert advice.warning == "Nobody asked the safety questions: signs of the heart."


def test_a_guarded_place_gets_no_step_until_the_red_flags_were_asked(small: Table) -> None:
    unasked = advise(small, case_of(small, onset="sudden", location="chest"))
    assert withheld(unasked) == {"lengthen": None}
    assert unasked.withheld[0].because == "Not here before they were asked."
    asked = advise(small, case_of(small, onset="sudden", location="chest", red_flags=[]))
    assert steps(asked) == ["lengthen"]


def test_precautions_that_were_not_asked_stand_beside_each_step(small: Table) -> None:
    lengthen, press = advise(small, case_of(small, onset="sudden", location="calf", red_flags=[])).steps
    assert [one.id for one in lengthen.not_if] == ["under_16", "torn"]
    assert [one.id for one in press.not_if] == ["under_16", "thin_blood"]
    asked = advise(small, case_of(small, onset="sudden", location="calf", precautions=[]))
    assert [given.not_if for given in asked.steps] == [(), ()]


def test_the_safety_net_is_of_place_onset_and_level_and_the_disclaimer_stands_apart(small: Table) -> None:
    chest = advise(small, case_of(small, onset="sudden", location="chest", **ANSWERED))
    assert (chest.safety_net, chest.disclaimer) == (("Tight chest: call.", "Most cramps pass."), "Nobody checked it.")
    emergency = advise(small, case_of(small, onset="sudden", location="chest", red_flags=["heart_signs"]))
    assert (emergency.safety_net, emergency.disclaimer) == (("Call again.",), "Nobody checked it.")


def test_the_order_of_the_answers_changes_nothing(small: Table) -> None:
    one = case_of(small, onset="sudden", location="calf", triggers=["exercise", "cold_muscle"])
    other = case_of(small, onset="sudden", location="calf", triggers=["cold_muscle", "exercise"])
    assert advise(small, one) == advise(small, other)


def test_a_precaution_of_one_place_withholds_with_its_own_reason(small: Table) -> None:
    answers = ANSWERED | {"precautions": ["thin_blood"]}
    advice = advise(small, case_of(small, onset="sudden", location="calf", **answers))
    assert [one.because for one in advice.withheld] == ["It can bruise."]


def test_where_only_some_steps_were_ruled_out_one_can_start(small: Table) -> None:
    answers = ANSWERED | {"precautions": ["thin_blood"]}
    advice = advise(small, case_of(small, onset="sudden", location="calf", **answers))
    assert steps(advice) == ["lengthen"]
    assert (advice.headline, advice.actions) == ("You can start now.", ())


def test_what_a_rule_says_to_do_is_not_said_at_self_care(small: Table) -> None:
    table = replace(small, rules=(replace(small.rules[0], do="Ask soon."), *small.rules[1:]))
    assert advise(table, case_of(table, onset="sudden", location="calf", **ANSWERED)).actions == ()


def test_a_red_flag_of_one_onset_fits_it_and_what_is_not_known(small: Table) -> None:
    sudden, sustained = small.onsets
    flags = tuple(replace(flag, when=Fits(onset=(sudden,))) for flag in small.red_flags)
    table = replace(small, red_flags=flags)
    asked = [
        advise(table, Case(onset=onset, location=small.locations[0])).unasked for onset in (sudden, sustained, None)
    ]
    assert asked == [flags, (), flags]


def test_a_step_names_every_rule_that_advises_it(small: Table) -> None:
    rules = (*small.rules, replace(small.rules[0], id="again"))
    table = replace(small, rules=rules)
    lengthen, press = advise(table, case_of(table, onset="sudden", location="calf", **ANSWERED)).steps
    assert ([rule.id for rule in lengthen.rules], [rule.id for rule in press.rules]) == (
        ["cramp", "again"],
        ["cramp_by_hand"],
    )


def test_emergencies_that_nobody_asked_about_are_named_one_after_the_other(small: Table) -> None:
    heart = small.red_flags[0]
    two = replace(small, red_flags=(heart, replace(heart, id="lungs", name="signs of the lungs")))
    assert advise(two, case_of(two, onset="sudden", location="chest")).warning == (
        "Nobody asked the safety questions: signs of the heart; signs of the lungs."
    )
    none = replace(small, red_flags=small.red_flags[2:])
    assert advise(none, case_of(none, onset="sudden", location="calf")).warning == (
        "Nobody asked the safety questions:"
    )


def test_a_warning_is_said_only_where_nobody_asked(small: Table) -> None:
    assert advise(small, case_of(small, onset="sudden", location="chest", red_flags=[])).warning == ""
    calf = replace(small, red_flags=())
    assert advise(calf, case_of(calf, onset="sudden", location="calf")).warning == ""


@pytest.mark.parametrize("seed", range(40))
def test_what_a_table_keeps_prepared_is_what_its_rules_and_red_flags_say_one_by_one(seed: int) -> None:
    random = Random(seed)
    table = random_table(random, flags=4)
    for _ in range(50):
        case = any_case(random, table)
        advice = advise(table, case)
        rules = tuple(entry for entry, _ in advice.because if isinstance(entry, Rule))
        assert rules == tuple(rule for rule in table.rules if applies(rule, case))
        assert advice.unasked == tuple(dict.fromkeys(line.word for line in lines_not_put(table, case)))
        covered = any(rule.advise and not rule.when.trigger for rule in rules)
        silence = Level.self_care if covered else Level.see_clinician
        assert advice.level == max([silence, *(each.level for each in (*rules, *(case.red_flags or ())))])
        advised = {step.id for rule in rules for step in rule.advise}
        assert set(steps(advice)) | withheld(advice).keys() == advised
        for given in advice.steps:
            assert given.rules == tuple(rule for rule in rules if given.step in rule.advise)


def test_a_table_that_differs_a_little_is_prepared_for_itself(small: Table) -> None:
    for n in range(20):
        table = replace(small, about=replace(small.about, disclaimer=f"Number {n}."))
        assert advise(table, case_of(table, onset="sudden", location="calf")).disclaimer == f"Number {n}."


def test_a_limit_of_time_holds_at_its_onset_and_places_alone(small: Table) -> None:
    (sudden, sustained), (calf, thigh, _) = small.onsets, small.locations
    everywhere = Timer(at_most_minutes=10, then=Level.urgent_care)
    somewhere = replace(everywhere, onset=(sudden,), location=(calf,))
    assert limit_of(None, sudden, calf) is None
    assert limit_of(everywhere, sustained, thigh) == limit_of(everywhere, None, None) == 10
    assert limit_of(somewhere, sudden, calf) == 10
    assert limit_of(somewhere, sudden, thigh) is limit_of(somewhere, sustained, calf) is None
    assert limit_of(somewhere, None, calf) is limit_of(somewhere, sudden, None) is None


def test_a_step_is_given_with_the_limit_of_its_place(small: Table) -> None:
    text = SMALL.replace("then: urgent_care}", "then: urgent_care, onset: [sudden], location: [calf]}")
    table = parse_table(text, "limited.yaml")
    limits = {
        place: [
            given.limit for given in advise(table, case_of(table, onset="sudden", location=place, **ANSWERED)).steps
        ]
        for place in ("calf", "hamstring")
    }
    assert limits == {"calf": [10, None], "hamstring": [None, None]}


def test_what_is_given_and_what_is_withheld_are_told_in_a_line(small: Table) -> None:
    answers = ANSWERED | {"precautions": ["torn"]}
    advice = advise(small, case_of(small, onset="sudden", location="calf", **answers))
    assert "press: Press gently." in repr(advice.steps[0])
    assert "GivenStep" in repr(advice.steps[0])
    assert "lengthen: It can tear more." in repr(advice.withheld[0])
    assert "Withheld" in repr(advice.withheld[0])
