"""What is kept of answers with problems, and what an emergency needs."""

import pytest
from msgspec.structs import replace

from spasmhelp import Case, CaseError, Table
from spasmhelp.core.decoding.case import has_emergency, merge, missing, parse_case, vocabulary
from tests.tables import case_of, tree


def test_the_answers_of_the_first_case_win_in_a_merge(small: Table) -> None:
    first = case_of(small, onset="sudden", location="calf", red_flags=[])
    second = case_of(small, onset="sustained", location="chest", red_flags=["clot"], precautions=["torn"])
    merged = merge(first, second)
    assert (merged.onset, merged.red_flags) == (first.onset, ())
    assert merged.precautions == second.precautions


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


def test_an_option_wins_over_what_a_broken_case_says(small: Table) -> None:
    options = Case(red_flags=(small.red_flags[0],), onset=small.onsets[1])
    case = parse_case(vocabulary(small), tree({"onset": "sudden", "location": "calf", "x": "y"}), options)
    assert (case.onset, case.location) == (small.onsets[1], small.locations[0])


def test_only_an_emergency_needs_neither_onset_nor_location(small: Table) -> None:
    heart, clot, _ = small.red_flags
    assert has_emergency(Case(red_flags=(clot, heart)))
    assert missing(Case(red_flags=(heart,))) == []
    assert not has_emergency(Case(red_flags=(clot,)))
    assert [one.message for one in missing(Case(red_flags=(clot,)))] == ["onset is missing", "location is missing"]
