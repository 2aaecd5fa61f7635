"""How far questions got: what was put, what is left open, and what a person is told of that."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from spasmhelp import Advice, Case, Table, advise
from spasmhelp.core.advise import early_steps, withdrawn
from spasmhelp.core.asked import extent, fits, fitting_lines, flag_lines, was_put
from spasmhelp.core.model import Asked, Extent, Fits, Level, Part, Rule, ShortLine, Step, When
from spasmhelp.core.wire import advice_out, encode
from tests.tables import case_of


def told(table: Table, **answers: Any) -> Advice:
    """Return the advice for a sudden cramp of the calf, or what else is said."""
    return advise(table, case_of(table, **{"onset": "sudden", "location": "calf"} | answers))


def steps(advice: Advice) -> list[str]:
    return [given.step.id for given in advice.steps]


def reached(red_flags: str | None = None, precautions: str | None = None) -> dict[str, str]:
    """Return `asked` as a case says it."""
    said = {"red_flags": red_flags, "precautions": precautions}
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize(
    ("flags", "said", "expected"),
    [
        (None, None, Extent.none),
        ((), None, Extent.all),
        ((), Extent.before, Extent.before),
        ((), Extent.none, Extent.none),
        (None, Extent.none, Extent.none),
    ],
)
def test_a_list_was_asked_and_null_was_not_unless_the_case_says_how_far_it_got(flags, said, expected):
    assert extent(Case(red_flags=flags, asked=Asked(red_flags=said)), "red_flags") is expected


@pytest.mark.parametrize("part", Part)
def test_a_line_was_put_where_its_part_was_reached(part):
    assert [was_put(part, one) for one in Extent] == [False, part is Part.before, True]


def test_a_red_flag_is_asked_where_any_of_its_whens_fits(small: Table) -> None:
    sudden, sustained = small.onsets
    calf, thigh, chest = small.locations
    flag = replace(small.red_flags[1], when=(Fits(location=(calf,)), Fits(onset=(sustained,), location=(thigh,))))
    assert fits(flag, Case(onset=sudden, location=calf))
    assert fits(flag, Case(onset=sustained, location=thigh))
    assert not fits(flag, Case(onset=sudden, location=thigh))
    assert not fits(flag, Case(onset=sustained, location=chest))
    assert fits(flag, Case(location=thigh))  # the onset is not known
    assert fits(flag, Case(onset=sudden))


def test_a_red_flag_of_a_trigger_is_asked_once_that_is_reported_and_where_nobody_asked(small: Table) -> None:
    cold, exercise = small.triggers
    flag = replace(small.red_flags[1], when=Fits(trigger=(cold,)))
    assert fits(flag, Case())
    assert not fits(flag, Case(triggers=()))
    assert not fits(flag, Case(triggers=(exercise,)))
    assert fits(flag, Case(triggers=(exercise, cold)))


def test_a_line_of_a_place_is_put_there_and_where_nobody_knows_the_place(small: Table) -> None:
    calf, thigh, chest = small.locations
    lines = (
        ShortLine(say="At the calf", location=(calf,)),
        ShortLine(say="On the leg", location=(calf, thigh), asked=Part.after),
    )
    flag = replace(small.red_flags[1], short=lines)
    assert [(line.say, line.part) for line in flag_lines(flag, calf)] == [
        ("At the calf", Part.before),
        ("On the leg", Part.after),
    ]
    assert [line.say for line in flag_lines(flag, thigh)] == ["On the leg"]
    assert [line.say for line in flag_lines(flag, chest)] == ["Is it swollen?"]
    assert [line.say for line in flag_lines(flag, None)] == ["At the calf", "On the leg"]
    late = replace(flag, asked=Part.after)
    assert {line.part for place in (calf, chest) for line in flag_lines(late, place)} == {Part.after}


def test_the_lines_of_a_part_come_in_the_order_of_the_table(small: Table) -> None:
    case = Case(onset=small.onsets[0], location=small.locations[0])
    put = {part: [line.say for line in fitting_lines(small, case, part)] for part in Part}
    assert put == {Part.before: ["Swollen leg"], Part.after: ["Throbs between cramps", "It spoils your sleep"]}


def test_who_was_not_asked_is_warned_first_and_the_emergencies_of_the_place_are_named(small: Table) -> None:
    for answers in ({}, {"asked": reached("none")}, {"red_flags": ["often"], "asked": reached("none")}):
        advice = told(small, location="chest", **answers)
        assert not advice.screened
        assert advice.warning == "Nobody asked the safety questions: signs of the heart."
        assert advice.not_asked == ""


@pytest.mark.parametrize(
    ("answers", "unasked", "not_asked"),
    [
        ({}, ["clot", "often"], ""),
        ({"red_flags": [], "asked": reached("none")}, ["clot", "often"], ""),
        (
            {"red_flags": [], "asked": reached("before")},
            ["clot", "often"],
            "Not asked: Throbs between cramps; It spoils your sleep.",
        ),
        ({"red_flags": ["often"], "asked": reached("before")}, ["clot"], "Not asked: Throbs between cramps."),
        ({"red_flags": ["clot"], "asked": reached("before")}, ["often"], "Not asked: It spoils your sleep."),
        ({"red_flags": ["clot"], "asked": reached("none")}, ["often"], "Not asked: It spoils your sleep."),
        ({"red_flags": ["heart_signs"], "asked": reached("none")}, ["clot", "often"], ""),
        ({"red_flags": []}, [], ""),
        ({"red_flags": ["often"]}, [], ""),
        ({"red_flags": [], "asked": reached("all")}, [], ""),
    ],
)
def test_what_was_not_put_is_left_open_and_said_in_its_short_lines(
    small: Table, answers: dict[str, Any], unasked: list[str], not_asked: str
) -> None:
    advice = told(small, **answers)
    assert [flag.id for flag in advice.unasked] == unasked
    assert advice.not_asked == not_asked
    actions = json.loads(encode(advice_out(small, advice)))["actions"]
    assert (not_asked in actions[-1:]) == bool(not_asked)


@pytest.mark.parametrize(
    ("answers", "screened"),
    [
        ({}, False),
        ({"red_flags": ["often"], "asked": reached("none")}, False),
        ({"red_flags": ["clot"], "asked": reached("none")}, True),
        ({"red_flags": ["heart_signs"], "asked": reached("none")}, True),
        ({"red_flags": [], "asked": reached("before")}, True),
        ({"red_flags": []}, True),
    ],
)
def test_a_danger_that_needs_help_today_or_the_first_screen_is_screening_enough(
    small: Table, answers: dict[str, Any], screened: bool
) -> None:
    advice = told(small, **answers)
    assert advice.screened == screened
    assert bool(advice.warning) != screened


def test_a_guarded_place_gets_no_step_before_the_last_question_was_asked(small: Table) -> None:
    for asked in ("none", "before"):
        advice = told(small, location="chest", red_flags=[], asked=reached(asked))
        assert steps(advice) == []
        assert [one.because for one in advice.withheld] == ["Not here before they were asked."]
    assert steps(told(small, location="chest", red_flags=[], asked=reached("all"))) == ["lengthen"]


def test_not_if_names_the_precautions_that_were_not_put(small: Table) -> None:
    found = {}
    for asked in ("none", "before", "all"):
        advice = told(small, red_flags=[], precautions=[], asked=reached(precautions=asked))
        found[asked] = {given.step.id: [one.id for one in given.not_if] for given in advice.steps}
    assert found == {
        "none": {"lengthen": ["under_16", "torn"], "press": ["under_16", "thin_blood"]},
        "before": {"lengthen": [], "press": ["thin_blood"]},
        "all": {"lengthen": [], "press": []},
    }


def test_a_precaution_that_was_reported_withholds_its_steps_however_far_the_question_got(small: Table) -> None:
    for asked in ("none", "before", "all"):
        advice = told(small, red_flags=[], precautions=["thin_blood"], asked=reached(precautions=asked))
        assert steps(advice) == ["lengthen"]
        assert [(one.step.id, one.because) for one in advice.withheld] == [("press", "It can bruise.")]


def test_a_precaution_of_every_step_withholds_steps_that_do_not_name_it(small: Table) -> None:
    advice = told(small, triggers=["cold_muscle"], red_flags=[], precautions=["under_16"])
    assert [(one.step.id, one.because) for one in advice.withheld] == [
        (step, "Not under 16.") for step in ("lengthen", "press", "warm_up")
    ]


def test_a_step_says_in_its_own_words_why_a_precaution_of_every_step_rules_it_out(small: Table) -> None:
    lengthen, press, warm_up = small.steps
    own = replace(lengthen, unless={small.precautions[0]: "Growing bones."})
    rules = (replace(small.rules[0], advise=(own,)), *small.rules[1:])
    table = replace(small, steps=(own, press, warm_up), rules=rules)
    advice = told(table, red_flags=[], precautions=["under_16"])
    assert [one.because for one in advice.withheld] == ["Growing bones.", "Not under 16."]


def stopping(small: Table, *steps: Step) -> Table:
    """Return the table, the red flag of many cramps stopping some steps."""
    *others, often = small.red_flags
    return replace(small, red_flags=(*others, replace(often, stops=steps)))


def test_a_red_flag_stops_the_steps_that_it_names_and_no_other(small: Table) -> None:
    table = stopping(small, small.steps[0])
    advice = told(table, red_flags=["often"], precautions=[])
    assert (advice.level, steps(advice)) == (Level.see_clinician, ["press"])
    assert [(one.step.id, one.precaution, one.because) for one in advice.withheld] == [
        ("lengthen", None, "It can be helped.")
    ]
    assert steps(told(table, red_flags=[], precautions=[])) == ["lengthen", "press"]


def test_a_precaution_outranks_a_red_flag_that_stops_a_step_and_a_level_outranks_both_flags(small: Table) -> None:
    table = stopping(small, *small.steps)
    advice = told(table, red_flags=["often"], precautions=["torn"])
    assert [one.because for one in advice.withheld] == ["It can tear more.", "It can be helped."]
    today = told(table, red_flags=["clot", "often"], precautions=[])
    assert {one.because for one in today.withheld} == {"Not before help."}


def test_the_first_red_flag_of_the_table_that_stops_a_step_says_why(small: Table) -> None:
    table = stopping(small, small.steps[0])
    again = replace(table.red_flags[-1], id="again", because="The other reason.")
    both = replace(table, red_flags=(*table.red_flags, again))
    assert [one.because for one in told(both, red_flags=["again", "often"], precautions=[]).withheld] == [
        "It can be helped."
    ]


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({}, "urgent_care"),
        ({"red_flags": []}, "self_care"),
        ({"red_flags": [], "asked": reached("before")}, "urgent_care"),
        ({"red_flags": ["clot"], "asked": reached("before")}, "urgent_care"),
        ({"location": "chest"}, "emergency"),
        ({"location": "chest", "red_flags": [], "asked": reached("before")}, "see_clinician"),
        ({"red_flags": ["heart_signs"]}, "emergency"),
    ],
)
def test_at_worst_is_the_highest_level_that_nobody_ruled_out(small: Table, answers: dict[str, Any], level: str) -> None:
    assert told(small, **answers).at_worst is Level[level]


def test_how_far_the_questions_got_stands_in_the_advice_as_the_case_said_it(small: Table) -> None:
    def case(**answers: Any) -> dict[str, Any]:
        return json.loads(encode(advice_out(small, told(small, **answers))))["case"]

    assert "asked" not in case(red_flags=[])
    assert case(red_flags=["often"], asked=reached("none"))["asked"] == {"red_flags": "none"}
    both = case(red_flags=[], precautions=[], asked=reached("before", "all"))
    assert both["asked"] == {"red_flags": "before", "precautions": "all"}


def test_an_empty_list_of_which_nothing_was_asked_is_null(small: Table) -> None:
    advice = told(small, red_flags=[], precautions=[], asked=reached("none", "none"))
    assert (advice.case.red_flags, advice.case.precautions) == (None, None)
    out = json.loads(encode(advice_out(small, advice)))["case"]
    assert (out["red_flags"], out["precautions"]) == (None, None)


def early(table: Table, onset: str = "sudden", location: str = "calf") -> list[str]:
    """Return the steps that may be shown before the end of the questions."""
    case = case_of(table, onset=onset, location=location)
    return [given.step.id for given in early_steps(table, case.onset, case.location)]


def test_early_steps_are_those_for_now_up_to_the_first_that_says_how(small: Table) -> None:
    lengthen, press, warm_up = small.steps
    assert early(small) == ["lengthen"]
    turned = replace(small, steps=(press, lengthen, warm_up))
    assert early(turned) == ["press", "lengthen"]
    bare = tuple(replace(step, how={}) for step in turned.steps)
    assert early(replace(small, steps=bare)) == ["press"]


def test_no_step_is_early_in_a_guarded_place_or_where_nothing_is_for_now_or_where_help_is_needed(small: Table) -> None:
    calf = small.locations[0]
    urgent = Rule(id="urgent", when=When(location=(calf,)), level=Level.urgent_care, because="So.")
    assert early(small, location="chest") == []
    assert early(small, onset="sustained") == []
    assert early(replace(small, rules=(*small.rules, urgent))) == []
    assert early_steps(small, small.onsets[0], None) == ()


def test_what_needs_a_trigger_is_not_early(small: Table) -> None:
    triggered = tuple(replace(rule, when=replace(rule.when, trigger=small.triggers)) for rule in small.rules[:2])
    assert early(replace(small, rules=(*triggered, *small.rules[2:]))) == []


def test_an_early_step_says_which_precautions_rule_it_out_there(small: Table) -> None:
    (step,) = early_steps(small, small.onsets[0], small.locations[0])
    assert [one.id for one in step.not_if] == ["under_16", "torn"]


def test_what_was_shown_early_is_withdrawn_where_the_advice_withholds_it_or_another_place_changes_it(
    small: Table,
) -> None:
    shown = early_steps(small, small.onsets[0], small.locations[0])
    assert withdrawn(shown, told(small, red_flags=[], precautions=[])) == ()
    assert withdrawn(shown, told(small)) == ()
    for answers in ({"red_flags": ["clot"]}, {"precautions": ["torn"]}, {"location": "thigh_back"}):
        assert [step.id for step in withdrawn(shown, told(small, **answers))] == ["lengthen"]
