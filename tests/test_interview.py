"""Which question comes next, and when enough is known."""

from collections.abc import Iterable

from spasmhelp import Case, Table
from spasmhelp.core.interview import Answer, Question, interview
from tests.tables import case_of


class Script:
    """Answers from a list, and keeps what was asked."""

    def __init__(self, table: Table, answers: Iterable[str]) -> None:
        self.table, self.answers, self.asked = table, list(answers), list[Question]()

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        text = self.answers.pop(0)
        if text == "b":
            return Answer(back=True)
        if text == "-":
            return Answer()
        later = [word for word in question.fitting if word.id == "often" and not question.last]
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
    assert "red_flags at the end" not in held(small, "sudden", "calf", "", "clot", "-")[1]


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


def test_only_triggers_that_a_rule_still_open_can_use_are_shown(small: Table) -> None:
    script = Script(small, ["sudden", "calf", "", "", "", ""])
    interview(small, script)
    assert [word.id for word in script.asked[2].fitting] == ["cold_muscle", "exercise"]
