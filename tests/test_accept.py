"""What is kept of answers with problems, and what an emergency needs."""

from typing import Any

import pytest
from msgspec.structs import replace

from spasmhelp import Case, CaseError, Table
from spasmhelp.core.asked import extent
from spasmhelp.core.decoding.case import combine, has_emergency, missing, parse_case, vocabulary
from spasmhelp.core.document import Problem
from spasmhelp.core.model import Asked, Extent
from tests.tables import case_of, tree

Given = tuple[Any, str | None]  # the red flags of a case, and how far their question got


def said(problems: list[Problem]) -> dict[str, str]:
    return {one.where: one.message for one in problems}


def test_what_options_and_a_pipe_say_of_different_questions_lies_side_by_side(small: Table) -> None:
    first = case_of(small, onset="sudden", location="calf", red_flags=[])
    second = replace(case_of(small, onset="sudden", location="calf", precautions=["torn"]), onset=None)
    case, problems = combine(first, second)
    assert problems == []
    assert (case.onset, case.location, case.red_flags, case.triggers) == (first.onset, first.location, (), None)
    assert case.precautions == second.precautions


@pytest.mark.parametrize(
    ("option", "piped", "flags", "reached"),
    [
        ((["clot"], None), (["clot"], None), ["clot"], "all"),
        ((["clot", "often"], None), (["often", "clot"], "all"), ["clot", "often"], "all"),
        ((["clot"], "none"), (["often", "clot"], None), ["clot", "often"], "all"),
        ((["clot"], "none"), (["often", "clot"], "before"), ["clot", "often"], "before"),
        ((["often", "clot"], None), (["clot"], "none"), ["clot", "often"], "all"),
        ((["clot"], "none"), (["often"], "none"), ["clot", "often"], "none"),
        ((["clot"], "none"), (None, None), ["clot"], "all"),
        ((["clot"], "none"), (None, "none"), ["clot"], "none"),
        (([], None), (None, "none"), [], "all"),
        ((None, None), (["clot"], "before"), ["clot"], "before"),
        (([], "before"), ([], "before"), [], "before"),
        ((["clot"], "none"), ([], None), None, None),
        (([], None), (["clot"], "none"), None, None),
        (([], None), (["clot"], None), None, None),
        ((["clot"], None), (["often"], None), None, None),
        ((["clot"], "none"), (["often"], None), None, None),
        ((["clot"], "before"), (["often"], "all"), None, None),
    ],
)
def test_where_both_were_asked_they_agree_and_what_was_only_reported_lies_in_the_other(
    small: Table, option: Given, piped: Given, flags: list[str] | None, reached: str | None
) -> None:
    """No flags expected: they contradict each other, which is told; what was reported stays."""
    case, problems = combine(*[given_case(small, *one) for one in (option, piped)])
    ids = sorted(flag.id for flag in case.red_flags or ())
    if flags is None:
        assert list(said(problems)) == ["red_flags"]
        assert ids == sorted({*option[0], *piped[0]})
        assert extent(case, "red_flags") is Extent.none
    else:
        assert problems == []
        assert ids == flags
        assert extent(case, "red_flags").name == reached


def given_case(small: Table, flags: list[str] | None, reached: str | None) -> Case:
    """Return a case of some red flags, asked so far."""
    words = {flag.id: flag for flag in small.red_flags}
    found = None if flags is None else tuple(words[one] for one in flags)
    return Case(red_flags=found, asked=Asked(red_flags=None if reached is None else Extent[reached]))


def test_a_contradiction_is_told_with_both_answers_and_what_it_is_about_is_null(small: Table) -> None:
    sudden, sustained = small.onsets
    torn, thin = small.precautions[1:]
    options = Case(onset=sudden, location=small.locations[0], triggers=(), precautions=(torn,))
    piped = Case(onset=sustained, location=small.locations[0], triggers=small.triggers, precautions=(thin,))
    case, problems = combine(options, piped)
    assert said(problems) == {
        "onset": "the option says 'sudden', the answer beside it says 'sustained'",
        "triggers": "the option says none, the answer beside it says 'cold_muscle', 'exercise'",
        "precautions": "the option says 'torn', the answer beside it says 'thin_blood'",
    }
    assert case == Case(location=small.locations[0])


@pytest.mark.parametrize("where", ["option", "pipe"])
def test_an_emergency_wins_wherever_it_stands_and_what_contradicts_is_null(small: Table, where: str) -> None:
    heart, sudden = small.red_flags[0], small.onsets[0]
    options = Case(onset=sudden, red_flags=(heart,) if where == "option" else ())
    piped = {"onset": "sustained", "location": "calf", "red_flags": ["heart_signs"] if where == "pipe" else []}
    case = parse_case(vocabulary(small), tree(piped), options)
    assert (case.onset, case.location, case.red_flags) == (None, small.locations[0], (heart,))
    with pytest.raises(CaseError) as refused:
        parse_case(vocabulary(small), tree(piped | {"red_flags": []}), Case(onset=sudden, red_flags=()))
    assert [one.where for one in refused.value.problems] == ["onset"]


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"asked": {"red_flags": "before"}}, ["asked.red_flags"]),
        ({"asked": {"red_flags": "all", "precautions": "before"}}, ["asked.red_flags", "asked.precautions"]),
        ({"asked": {"red_flags": "all"}, "red_flags": None}, ["asked.red_flags"]),
        ({"asked": {"red_flags": "half"}}, ["asked.red_flags"]),
        ({"asked": {"triggers": "all"}}, ["asked.triggers"]),
        ({"asked": "all"}, ["asked"]),
        ({"red_flags": ["clot", "clot"]}, ["red_flags[1]"]),
        ({"precautions": ["torn", "Torn muscle"]}, ["precautions[1]"]),
        ({"location": "leg"}, ["location"]),
        ({"location": "lower limb"}, ["location"]),
    ],
)
def test_how_far_a_question_got_is_refused_where_it_says_nothing_and_so_is_a_word_named_twice(
    small: Table, answers: dict[str, object], where: list[str]
) -> None:
    with pytest.raises(CaseError) as refused:
        case_of(small, **{"onset": "sudden", "location": "calf"} | answers)
    assert [one.where for one in refused.value.problems] == where


def test_a_region_is_no_answer_and_its_places_are_named(small: Table) -> None:
    with pytest.raises(CaseError) as refused:
        case_of(small, onset="sudden", location="Lower-limb")
    (problem,) = refused.value.problems
    assert problem.message == "'Lower-limb' could be calf or thigh_back"
    assert problem.choices == ("calf", "thigh_back")
    assert case_of(small, onset="sudden", location="front").location == small.locations[2]  # it has but one place


@pytest.mark.parametrize("reached", ["none", "before", "all"])
def test_a_red_flag_that_is_asked_late_may_be_reported_however_far_the_question_got(small: Table, reached: str) -> None:
    case = case_of(small, onset="sudden", location="calf", red_flags=["often"], asked={"red_flags": reached})
    assert extent(case, "red_flags").name == reached


@pytest.mark.parametrize(
    ("answers", "onset", "location", "triggers", "precautions"),
    [
        ({"onset": "Cramp", "location": "charley horse"}, "sudden", "calf", None, None),
        ({"onset": "x", "location": "chest"}, None, "chest", None, None),
        ({"onset": ["sudden"], "location": ["calf"]}, None, None, None, None),
        ({"triggers": [], "precautions": ["x"]}, None, None, [], None),
        ({"triggers": ["exercise", "x"], "precautions": "torn"}, None, None, ["exercise"], ["torn"]),
        ({"triggers": ["exercise", ["x"], "Exercise"]}, None, None, ["exercise"], None),
        ({"weather": "cold"}, None, None, None, None),
    ],
)
def test_beside_an_emergency_each_word_that_is_understood_is_kept_and_none_is_guessed(
    small: Table, answers: dict[str, object], onset: str, location: str, triggers: list[str], precautions: list[str]
) -> None:
    case = case_of(small, red_flags=["heart_signs", "wrong"], **answers)
    assert case.red_flags == (small.red_flags[0],)
    assert (case.onset and case.onset.id, case.location and case.location.id) == (onset, location)
    for found, expected in ((case.triggers, triggers), (case.precautions, precautions)):
        assert (found if found is None else [word.id for word in found]) == expected


def test_a_word_of_two_meanings_is_not_taken_for_one_beside_an_emergency(small: Table) -> None:
    calf, thigh, chest = small.locations
    legs = (replace(calf, synonyms=("leg",)), replace(thigh, synonyms=("leg",)), chest)
    assert case_of(replace(small, locations=legs), red_flags=["heart_signs"], location="leg").location is None


@pytest.mark.parametrize("answers", [["heart_signs"], "heart_signs"])
def test_an_emergency_that_stands_under_no_question_is_refused_not_guessed(small: Table, answers: object) -> None:
    with pytest.raises(CaseError):
        parse_case(vocabulary(small), tree(answers))


def test_what_a_broken_case_says_beside_an_emergency_among_the_options_is_kept(small: Table) -> None:
    options = Case(red_flags=(small.red_flags[0],), onset=small.onsets[0])
    case = parse_case(vocabulary(small), tree({"onset": "sudden", "location": "calf", "x": "y"}), options)
    assert (case.onset, case.location) == (small.onsets[0], small.locations[0])


def test_only_an_emergency_needs_neither_onset_nor_location(small: Table) -> None:
    heart, clot, _ = small.red_flags
    assert has_emergency(Case(red_flags=(clot, heart)))
    assert missing(Case(red_flags=(heart,))) == []
    assert not has_emergency(Case(red_flags=(clot,)))
    assert [one.message for one in missing(Case(red_flags=(clot,)))] == ["onset is missing", "location is missing"]
