"""Which question comes next, and when enough is known."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from spasmhelp import Case, Table
from spasmhelp.core.interview import Answer, Question, flags_of, interview, pose
from spasmhelp.core.model import Level, When
from tests.tables import case_of


class Script:
    """Answers from a list, and keeps what was asked; "!" reports an emergency, `later` are put off to the end."""

    def __init__(self, table: Table, answers: Iterable[str], later: Iterable[str] = ("often",)) -> None:
        self.table, self.answers, self.asked, self.later = table, list(answers), list[Question](), set(later)

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        text = self.answers.pop(0)
        if text == "b":
            return Answer(back=True)
        if text == "-":
            return Answer()
        if text == "!":
            return Answer(danger=self.table.red_flags[:1])
        later = [word for word in question.fitting if word.id in self.later and not question.last]
        words = {word.id: word for word in question.known}
        return Answer(words=tuple(words[one] for one in text.split()), later=tuple(later))


def held(table: Table, *answers: str, known: Case | None = None) -> tuple[Case, list[str]]:
    """Return the case that an interview makes, and the names of the questions asked."""
    script = Script(table, answers)
    case = interview(table, script, known)
    assert not script.answers, "not every answer was asked for"
    return case, [question.name + (" at the end" if question.last else "") for question in script.asked]


def test_the_questions_come_in_order_and_what_can_wait_comes_last(small: Table) -> None:
    case, asked = held(small, "sudden", "calf", "exercise", "", "torn", "often")
    assert asked == ["onset", "location", "triggers", "red_flags", "precautions", "red_flags at the end"]
    answers = {"triggers": ["exercise"], "red_flags": ["often"], "precautions": ["torn"]}
    assert case == case_of(small, onset="sudden", location="calf", **answers)


def test_what_is_known_is_not_asked(small: Table) -> None:
    known = Case(onset=small.onsets[0], red_flags=(), triggers=())
    case, asked = held(small, "calf", "", known=known)
    assert asked == ["location", "precautions"]
    assert case.onset is small.onsets[0]


def test_an_emergency_ends_the_questions(small: Table) -> None:
    case, asked = held(small, "sudden", "chest", "", "heart_signs")
    assert asked[-1] == "red_flags"
    assert case.precautions is None


def test_nothing_is_asked_once_an_emergency_is_known(small: Table) -> None:
    assert held(small, known=Case(red_flags=(small.red_flags[0],)))[1] == []


def test_what_can_wait_is_not_asked_where_help_is_needed_today(small: Table) -> None:
    case, asked = held(small, "sudden", "calf", "", "clot", "-")
    assert "red_flags at the end" not in asked
    assert case.red_flags == (small.red_flags[1],)


@pytest.mark.parametrize("before", [[], ["sudden"], ["sudden", "calf", "", "often"]])
def test_an_emergency_is_heard_at_any_question_and_lies_beside_what_was_said(small: Table, before: list[str]) -> None:
    case, asked = held(small, *before, "!")
    heart, _, often = small.red_flags
    assert case.red_flags == ((often, heart) if "often" in before else (heart,))
    assert case.onset is (small.onsets[0] if before else None)
    assert len(asked) == len(before) + 1


def test_at_the_end_only_what_was_put_off_and_not_said_is_asked_and_what_was_said_stays(small: Table) -> None:
    often = small.red_flags[2]
    numb = replace(often, id="numb", name="numb")
    table = replace(small, red_flags=(*small.red_flags, numb))
    script = Script(table, ["sudden", "calf", "", "often", "", "numb"], later=("often", "numb"))
    case = interview(table, script)
    end = script.asked[-1]
    assert (end.last, end.fitting, end.earlier) == (True, (numb,), None)
    assert case.red_flags == (often, numb)


def test_what_was_put_off_and_is_not_so_leaves_the_other_red_flags(small: Table) -> None:
    often = small.red_flags[2]
    table = replace(small, red_flags=(*small.red_flags, replace(often, id="numb", name="numb")))
    case = interview(table, Script(table, ["sudden", "calf", "", "often", "", ""], later=("numb",)))
    assert case.red_flags == (often,)


def test_each_question_has_its_words_and_the_answers_so_far(small: Table) -> None:
    script = Script(small, ["sudden", "calf", "-", "-", "-"])
    interview(small, script)
    assert [question.words.ask for question in script.asked[:2]] == ["How did it begin?", "Where is it?"]
    assert [question.case.onset for question in script.asked[:2]] == [None, small.onsets[0]]


def test_back_leads_to_the_last_question_that_was_asked_with_its_answer(small: Table) -> None:
    script = Script(small, ["sudden", "calf", "-", "b", "chest", "-", "-", "-", "-"])
    case = interview(small, script)
    names = [(question.name, question.earlier and [word.id for word in question.earlier]) for question in script.asked]
    assert names[3:5] == [("red_flags", None), ("location", ["calf"])]
    assert case.location is small.locations[2]


def test_back_at_the_first_question_asks_it_again(small: Table) -> None:
    assert held(small, "b", "sudden", "calf", "-", "-", "-")[1][:2] == ["onset", "onset"]


def test_back_from_the_end_changes_what_was_answered_there(small: Table) -> None:
    case, asked = held(small, "sudden", "calf", "", "", "", "b", "torn", "often")
    assert asked[-3:] == ["red_flags at the end", "precautions", "red_flags at the end"]
    assert [word.id for word in case.precautions or ()] == ["torn"]


def test_only_red_flags_that_fit_the_place_are_shown_but_any_may_be_reported(small: Table) -> None:
    script = Script(small, ["sudden", "calf", "", "heart_signs"])
    interview(small, script)
    assert [word.id for word in script.asked[-1].fitting] == ["clot", "often"]
    assert [word.id for word in script.asked[-1].known] == ["heart_signs", "clot", "often"]


def test_only_precautions_that_would_rule_out_a_step_on_the_list_are_shown(small: Table) -> None:
    shown = {}
    for location in ("calf", "thigh_back"):
        script = Script(small, ["sudden", location, "", "", "", ""])
        interview(small, script)
        shown[location] = [word.id for word in script.asked[4].fitting]
    assert shown == {"calf": ["under_16", "torn", "thin_blood"], "thigh_back": ["under_16", "torn"]}


def test_coming_back_to_the_precautions_shows_them_all_again(small: Table) -> None:
    script = Script(small, ["sudden", "calf", "", "", "torn under_16", "b", "torn", "-"])
    interview(small, script)
    (first, again) = [question for question in script.asked if question.name == "precautions"]
    assert [word.id for word in again.earlier or ()] == ["torn", "under_16"]
    assert again.fitting == first.fitting


@pytest.mark.parametrize(
    ("onset", "location", "shown"),
    [
        ([], [], True),
        (["sudden"], [], True),
        ([], ["calf"], True),
        (["sudden"], ["chest", "calf"], True),
        (["sustained"], [], False),
        ([], ["chest"], False),
        (["sudden"], ["chest"], False),
        (["sustained"], ["calf"], False),
    ],
)
def test_only_triggers_that_a_rule_still_open_can_use_are_shown(
    small: Table, onset: list[str], location: list[str], shown: bool
) -> None:
    when = When(
        onset=tuple(word for word in small.onsets if word.id in onset),
        location=tuple(word for word in small.locations if word.id in location),
        trigger=small.triggers[1:],
    )
    table = replace(small, rules=(*small.rules[:2], replace(small.rules[2], when=when)))
    script = Script(table, ["sudden", "calf", "", "", "", ""])
    interview(table, script)
    assert [word.id for word in script.asked[2].fitting] == (["exercise"] if shown else [])


def test_red_flags_are_sorted_out_by_level(small: Table) -> None:
    question = pose(small, Case(), "red_flags")
    heart, clot, often = small.red_flags
    assert flags_of(question, Level.urgent_care) == (clot,)
    assert flags_of(question, Level.emergency, Level.see_clinician) == (heart, often)
