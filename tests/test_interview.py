"""Which question comes next, what may be shown early, and that what is recorded follows from what was put."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from spasmhelp import Case, Table
from spasmhelp.core.advise import advise, early_steps, withdrawn
from spasmhelp.core.asked import SCREENED, Line, extent, fitting_lines, was_put
from spasmhelp.core.interview import (
    BEFORE,
    Kind,
    Question,
    interview,
    is_danger,
    lines_of,
    pose,
    shown_early,
    useful_triggers,
)
from spasmhelp.core.model import Asked, Extent, Level, Location, Onset, Part, Phase, RedFlag, Step, Trigger
from spasmhelp.core.parse import parse_table
from spasmhelp.core.record import Answer, precaution_lines, record, together
from spasmhelp.core.steps import ruled_out
from tests.deep import examples
from tests.generated import tables
from tests.tables import SMALL

Said = str | tuple[str, ...]
BACK = Answer(back=True)
PATIENCE = 40  # answers, after which a walk only says what must be said


class Script:
    """Answers each question with the words of the next text; "-" leaves it out, "b" goes back, "0" is none."""

    def __init__(self, table: Table, answers: Iterable[str]) -> None:
        self.words = {
            word.id: word
            for words in (table.onsets, table.locations, table.triggers, table.red_flags, table.precautions)
            for word in words
        }
        self.answers, self.asked = list(answers), list[Question]()

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        text = self.answers.pop(0)
        if text in ("b", "-"):
            return Answer(back=text == "b")
        words = tuple(self.words[one] for one in text.split() if one != "0")
        triggers = tuple(one for one in question.words if isinstance(one, Trigger))
        nobody_reads_on = any(map(is_danger, words))
        return Answer(words=words, put=() if nobody_reads_on else question.lines or triggers)


def held(table: Table, *answers: str, known: Case | None = None) -> tuple[Case, list[Question]]:
    """Return the case that an interview makes, and the questions that were asked."""
    script = Script(table, answers)
    case = interview(table, script, known)
    assert not script.answers, "not every answer was asked for"
    return case, script.asked


def kinds(questions: Iterable[Question]) -> list[str]:
    return [question.kind.value for question in questions]


def test_the_dangers_come_before_the_first_step_and_what_can_wait_after_it(small: Table) -> None:
    case, asked = held(small, "calf sudden", "0", "exercise", "0", "0")
    assert kinds(asked) == ["what_happened", "first_screen", "triggers", "precautions", "red_flags"]
    assert [question.part for question in asked] == [Part.before] * 2 + [Part.after] * 3
    assert case.asked == Asked(red_flags=Extent.all, precautions=Extent.all)
    assert (case.red_flags, case.precautions) == ((), ())


def test_the_first_step_is_there_as_soon_as_the_first_screen_was_answered(small: Table) -> None:
    _, asked = held(small, "calf sudden", "0", "-", "-", "-")
    assert [[given.step.id for given in question.early] for question in asked] == [[], [], *[["lengthen"]] * 3]


def test_a_first_screen_that_was_left_out_shows_nothing_early(small: Table) -> None:
    case, asked = held(small, "calf sudden", "-", "-", "-", "-")
    assert not any(question.early for question in asked)
    assert case.asked == Asked(red_flags=Extent.none, precautions=Extent.none)


def test_what_one_line_leaves_open_is_asked_next(small: Table) -> None:
    assert kinds(held(small, "calf", "sudden", "0", "-", "-", "-")[1])[:3] == ["what_happened", "onset", "first_screen"]
    assert kinds(held(small, "sudden", "calf", "0", "-", "-", "-")[1])[:3] == [
        "what_happened",
        "location",
        "first_screen",
    ]


def test_a_place_that_an_answer_does_not_name_is_asked_again_and_what_it_named_instead_stays(small: Table) -> None:
    case, asked = held(small, "sudden", "often", "calf", "0", "-", "-", "-")
    assert kinds(asked)[1:3] == ["location", "location"]
    assert [flag.id for flag in case.red_flags or ()] == ["often"]


def test_what_is_known_is_not_asked(small: Table) -> None:
    known = Case(onset=small.onsets[0], triggers=(), red_flags=())
    case, asked = held(small, "calf", "0", "0", known=known)
    assert kinds(asked) == ["location", "first_screen", "precautions"]
    assert not any(isinstance(line.word, RedFlag) for question in asked for line in question.lines)
    assert case.onset is small.onsets[0]


def test_enter_after_the_first_step_leaves_before(small: Table) -> None:
    case, _ = held(small, "calf sudden", "0", "-", "-", "-")
    assert case.asked == Asked(red_flags=Extent.before, precautions=Extent.before)
    assert (case.triggers, case.red_flags, case.precautions) == (None, (), ())


def test_a_danger_on_the_first_screen_ends_the_questions_and_leaves_none(table: Table) -> None:
    case, asked = held(table, "calf sudden", "dvt_signs")
    assert kinds(asked) == ["what_happened", "first_screen"]
    assert case.asked.red_flags is Extent.none
    assert [flag.id for flag in case.red_flags or ()] == ["dvt_signs"]


def test_a_danger_on_a_later_screen_ends_the_questions_and_leaves_before(small: Table) -> None:
    case, asked = held(small, "calf sudden", "0", "-", "-", "clot")
    assert kinds(asked)[-1] == "red_flags"
    assert case.asked.red_flags is Extent.before


def test_a_danger_in_the_first_line_leaves_the_other_dangers_to_be_asked_and_nothing_else(small: Table) -> None:
    case, asked = held(small, "calf sudden clot", "0")
    assert kinds(asked) == ["what_happened", "red_flags"]  # the clot's own line is the only one before the first step
    assert "clot" not in [line.word.id for line in asked[1].lines]
    assert all(isinstance(line.word, RedFlag) for line in asked[1].lines)
    assert case.red_flags is not None


def test_where_every_step_is_ruled_out_only_danger_is_asked_about(small: Table) -> None:
    _, asked = held(small, "calf sudden under_16", "0", "-")
    assert kinds(asked) == ["what_happened", "first_screen", "red_flags"]


@pytest.mark.parametrize("before", [[], ["calf sudden"], ["calf sudden", "0"], ["calf sudden", "0", "-", "-"]])
def test_an_emergency_ends_the_questions_wherever_it_is_said(small: Table, before: list[str]) -> None:
    case, asked = held(small, *before, "heart_signs")
    assert len(asked) == len(before) + 1
    assert [flag.id for flag in case.red_flags or ()] == ["heart_signs"]


def test_nothing_is_asked_once_an_emergency_is_known(small: Table) -> None:
    assert held(small, known=Case(red_flags=(small.red_flags[0],)))[1] == []


def test_back_where_nothing_came_before_stays_where_it_is(small: Table) -> None:
    _, asked = held(small, "b", "b", "calf sudden", "0", "-", "-", "-")
    assert kinds(asked)[:3] == ["what_happened"] * 3


def test_back_asks_the_question_before_with_its_answer(small: Table) -> None:
    _, asked = held(small, "calf sudden", "torn", "b", "0", "-", "-", "-")
    assert kinds(asked)[2:4] == ["triggers", "first_screen"]
    earlier = asked[3].earlier
    assert earlier is not None
    assert [word.id for word in earlier.words] == ["torn"]
    assert set(asked[3].lines) == set(earlier.put)


def test_after_another_place_the_earlier_answer_does_not_hold_the_lines_that_are_new(small: Table) -> None:
    script = Script(small, ["calf sudden", "0", "b", "b", "chest sudden", "0", "-", "-", "-"])
    interview(small, script)
    again = script.asked[5]
    assert again.kind is Kind.first_screen
    assert again.earlier is not None
    assert not set(again.lines) <= set(again.earlier.put)


def test_a_danger_stays_reported_though_the_answer_that_said_it_is_given_again(small: Table) -> None:
    case, _ = held(small, "calf sudden", "0", "clot", "b", "0")
    assert [flag.id for flag in case.red_flags or ()] == ["clot"]


def test_triggers_that_nobody_answered_are_not_none(small: Table) -> None:
    assert held(small, "calf sudden", "0", "-", "0", "0")[0].triggers is None
    assert held(small, "calf sudden", "0", "often", "0", "0")[0].triggers == ()
    case, _ = held(small, "calf sudden", "0", "clot", "0")
    assert case.triggers is None


def test_a_precaution_before_the_first_step_withholds_it_and_no_other_takes_its_place(small: Table) -> None:
    case, asked = held(small, "calf sudden", "torn", "-", "-", "-")
    assert not any(question.early for question in asked)
    assert "lengthen" in [one.step.id for one in advise(small, case).withheld]


# What may be shown early


def early_by_definition(table: Table, onset: Onset, location: Location) -> list[Step]:
    """Return the early steps as rule 1 says them, word for word."""
    rules = [
        rule
        for rule in table.rules
        if not rule.when.trigger
        and (not rule.when.onset or onset in rule.when.onset)
        and (not rule.when.location or location in rule.when.location)
    ]
    if location.guarded or any(rule.level >= Level.urgent_care for rule in rules):
        return []
    advised = [step for step in table.steps if any(step in rule.advise for rule in rules)]
    early: list[Step] = []
    for step in advised:
        if step.phase is Phase.now:
            early.append(step)
            if location in step.how:
                return early
    return early[:1]


def check_early(table: Table) -> None:
    """Check the early steps of every onset and place, and what is asked before them."""
    for onset in table.onsets:
        for location in table.locations:
            early = early_steps(table, onset, location)
            assert [given.step for given in early] == early_by_definition(table, onset, location)
            against = {word for given in early for word in ruled_out(table, given.step, location)}
            asked = {line.word for line in precaution_lines(table, Case(onset=onset, location=location), Part.before)}
            assert asked == against
            calm = Case(onset=onset, location=location, red_flags=(), precautions=())
            before = replace(calm, asked=Asked(red_flags=Extent.before, precautions=Extent.before))
            assert shown_early(table, before) == early
            assert not withdrawn(early, advise(table, calm))


def test_the_early_steps_of_the_shipped_table_are_those_of_the_definition(table: Table) -> None:
    check_early(table)


@settings(max_examples=examples(150))
@given(tables())
def test_the_early_steps_of_any_table_are_those_of_the_definition(table: Table) -> None:
    check_early(table)


def test_what_a_later_answer_withholds_is_withdrawn(small: Table) -> None:
    onset, calf, chest = small.onsets[0], small.locations[0], small.locations[2]
    early = early_steps(small, onset, calf)
    calm = Case(onset=onset, location=calf, red_flags=(), precautions=())
    assert [step.id for step in withdrawn(early, advise(small, replace(calm, red_flags=(small.red_flags[1],))))] == [
        "lengthen"
    ]
    assert withdrawn(early, advise(small, replace(calm, precautions=(small.precautions[1],))))
    assert withdrawn(early, advise(small, replace(calm, location=chest)))
    assert withdrawn(early, advise(small, calm)) == ()


# Random walks


class Walk:
    """Answers at random, and keeps what was put in the answers that still stand."""

    def __init__(self, table: Table, chance: random.Random) -> None:
        self.table, self.chance, self.count = table, chance, 0
        self.standing: dict[Kind, Answer] = {}
        self.dangers: set[RedFlag] = set()

    def __call__(self, question: Question) -> Answer:
        self.check(question)
        self.count += 1
        tired = self.count > PATIENCE
        answer = BACK if not tired and self.chance.random() < 0.25 else self.answer(question, tired)
        if answer.back:
            if self.standing:
                self.standing.popitem()
        else:
            before = self.standing.get(question.kind, Answer())
            self.standing[question.kind] = replace(answer, words=(*before.words, *answer.words))
        self.dangers |= {word for word in answer.words if isinstance(word, RedFlag) and is_danger(word)}
        return answer

    def check(self, question: Question) -> None:
        """Check a question: in order, its lines in its part, nothing early before the first screen was answered."""
        assert (question.part is Part.before) is (question.kind in BEFORE)
        assert all(line.part is question.part for line in question.lines)
        if question.early:
            said = {*(question.case.red_flags or ()), *(question.case.precautions or ())}
            left = [line for line in pose_lines(self.table, question.case) if line.word not in said]
            assert Kind.first_screen in self.standing or not left

    def answer(self, question: Question, tired: bool) -> Answer:
        """Return some of the words and some of the lines, whatever is asked; who is tired names what must be known."""
        put = self.some(question.lines)
        triggers = tuple(one for one in question.words if isinstance(one, Trigger))
        words: list[Any] = [*self.some(triggers)]
        if question.kind in (Kind.what_happened, Kind.location, Kind.onset):
            words += self.some(question.words, most=2)
            if tired:
                words += [self.chance.choice(self.table.locations), self.chance.choice(self.table.onsets)]
        if self.chance.random() < 0.2:
            words += self.some([line.word for line in question.lines] or self.table.red_flags, most=2)
        return Answer(words=tuple(words), put=put or (triggers if self.chance.random() < 0.5 else ()))

    def some(self, values: Iterable[Any], most: int = 99) -> tuple[Any, ...]:
        """Return all, none or some of the values."""
        values = list(values)
        return tuple(self.chance.sample(values, self.chance.choice((0, min(most, len(values))))))


def pose_lines(table: Table, case: Case) -> tuple[Line, ...]:
    """Return the lines of the first screen of a case."""
    return pose(table, replace(case, asked=Asked(), red_flags=None, precautions=None), Kind.first_screen).lines


def check_walk(table: Table, walk: Walk, case: Case) -> None:
    """Check that what a case says was put was put, in an answer that stands, and that no danger was lost."""
    put = {line for answer in walk.standing.values() for line in answer.put}
    for name in SCREENED:
        for part in Part:
            if was_put(part, extent(case, name)):
                wanted: Callable[..., tuple[Line, ...]] = fitting_lines if name == "red_flags" else precaution_lines
                assert {
                    line for line in wanted(table, case, part) if line.word not in (getattr(case, name) or ())
                } <= put
        if extent(case, name) is Extent.none:
            assert getattr(case, name) != ()
    if case.triggers == ():
        assert any(isinstance(one, Trigger) for one in put)
    said = {word for answer in walk.standing.values() for word in answer.words}
    assert set(case.red_flags or ()) == {word for word in said if isinstance(word, RedFlag)} | walk.dangers
    if not walk.dangers:
        assert case.location is not None
        assert case.onset is not None


@settings(max_examples=examples(300))
@given(tables(), st.integers(0, 1 << 32))
def test_whatever_is_answered_in_any_order_only_what_was_put_counts_as_asked(table: Table, seed: int) -> None:
    walk = Walk(table, random.Random(seed))
    check_walk(table, walk, interview(table, walk))


@pytest.mark.parametrize("seed", range(examples(120)))
def test_the_same_holds_for_the_shipped_table(table: Table, seed: int) -> None:
    walk = Walk(table, random.Random(seed))
    check_walk(table, walk, interview(table, walk))


def word(table: Table, ident: str) -> Any:
    """Return a word of a table by its id."""
    return Script(table, ()).words[ident]


def test_precautions_that_need_no_asking_stay_in_the_case(small: Table) -> None:
    known = Case(onset=word(small, "sudden"), location=word(small, "calf"), precautions=(word(small, "torn"),))
    assert record(small, known, []).precautions == (word(small, "torn"),)


def test_a_part_without_lines_counts_as_reached_only_where_place_and_onset_are_known_and_no_danger_is(
    small: Table,
) -> None:
    heart = word(small, "heart_signs")
    table = replace(small, red_flags=(heart,))  # nothing is asked after the first step
    chest = Case(onset=word(small, "sudden"), location=word(small, "chest"))
    put = [Answer(put=fitting_lines(table, chest, Part.before))]
    assert extent(record(table, chest, put), "red_flags") is Extent.all
    assert extent(record(table, replace(chest, onset=None), put), "red_flags") is Extent.before
    said = [Answer(words=(heart,))]
    assert extent(record(table, chest, said), "red_flags") is Extent.before


def test_lines_put_after_those_before_the_first_step_were_known_make_all_of_them_known(small: Table) -> None:
    known = Case(onset=word(small, "sudden"), location=word(small, "calf"), red_flags=())
    known = replace(known, asked=Asked(red_flags=Extent.before))
    assert lines_of(small, known, Kind.first_screen) == precaution_lines(small, known, Part.before)
    put = [Answer(put=fitting_lines(small, known, Part.after))]
    assert extent(record(small, known, put), "red_flags") is Extent.all
    assert extent(record(small, known, []), "red_flags") is Extent.before


def test_of_two_places_the_later_counts_and_words_of_another_kind_take_nothing_away(small: Table) -> None:
    calf, chest, cold = (word(small, ident) for ident in ("calf", "chest", "cold_muscle"))
    assert together((chest,), (calf, cold)) == (chest, cold)
    assert together((cold,), (calf,)) == (cold, calf)


def test_a_trigger_is_asked_only_where_a_rule_of_that_onset_and_place_waits_for_it(small: Table) -> None:
    sudden, sustained, calf, chest = (word(small, ident) for ident in ("sudden", "sustained", "calf", "chest"))
    cold = next(rule for rule in small.rules if rule.id == "cold")
    rule = replace(cold, when=replace(cold.when, onset=(sudden,), location=(calf,)))
    table = replace(small, rules=(rule,))
    asked = {
        (onset.id, place.id): len(useful_triggers(table, Case(onset=onset, location=place)))
        for onset in (sudden, sustained)
        for place in (calf, chest)
    }
    assert asked == {("sudden", "calf"): 2, ("sudden", "chest"): 0, ("sustained", "calf"): 0, ("sustained", "chest"): 0}


def test_which_precautions_are_asked_later_depends_on_no_answer_but_onset_and_place(small: Table) -> None:
    calf = Case(onset=word(small, "sudden"), location=word(small, "calf"))
    chest = replace(calf, location=word(small, "chest"))
    danger = (word(small, "heart_signs"),)
    unasked = Asked(red_flags=Extent.none, precautions=Extent.none)
    for case, later in ((calf, ["thin_blood"]), (chest, ["under_16", "torn"])):
        for one in (
            case,
            replace(case, red_flags=danger),
            replace(case, precautions=(word(small, "under_16"), word(small, "torn"), word(small, "thin_blood"))),
            replace(case, red_flags=(), precautions=(), asked=unasked),
        ):
            assert [line.word.id for line in precaution_lines(small, one, Part.after)] == later


def test_a_precaution_is_put_in_its_short_line_else_in_its_question() -> None:
    table = parse_table(SMALL.replace(', short: "On blood thinners"', ""), "long.yaml")
    calf = Case(onset=word(table, "sudden"), location=word(table, "calf"))
    assert [line.say for line in precaution_lines(table, calf, Part.before)] == ["Under 16", "Torn muscle"]
    assert [line.say for line in precaution_lines(table, calf, Part.after)] == ["Blood thinners?"]
