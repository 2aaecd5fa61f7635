"""Which question comes next, what is worth asking, and when enough is known."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import advise
from spasmhelp.core.decoding.case import NAMES, REQUIRED, has_emergency
from spasmhelp.core.model import Case, Level, Precaution, QuestionWords, RedFlag, Table, Trigger, Word
from spasmhelp.core.situation import fitting_flags
from spasmhelp.core.steps import ruled_out


class Question(Struct, frozen=True, kw_only=True):
    """One question: `known` are all words that answer it, `fitting` those worth showing to a person now.

    `earlier` is the answer given before, when a person comes back to a question. `last` marks the red flags that were
    put off to the end.
    """

    name: str
    words: QuestionWords
    known: tuple[Word, ...]
    fitting: tuple[Word, ...]
    case: Case
    earlier: tuple[Word, ...] | None = None
    last: bool = False


class Answer(Struct, frozen=True, kw_only=True):
    """The words that were reported; None is "not asked". `later` are words to ask at the end; `back` asks again.

    `danger` are emergencies that were reported where something else was asked.
    """

    words: tuple[Word, ...] | None = None
    danger: tuple[RedFlag, ...] = ()
    later: tuple[Word, ...] = ()
    back: bool = False


Ask = Callable[[Question], Answer]


def interview(table: Table, ask: Ask, known: Case | None = None) -> Case:
    """Return the case that the answers make; `known` are answers that need no asking.

    The only seam for input: `ask` is a person, a pipe or a test. It may raise to stop the interview. Nothing more is
    asked once an emergency was reported.
    """
    case = known or Case()
    todo = [name for name in NAMES if getattr(case, name) is None]
    later: tuple[Word, ...] = ()
    asked: list[int] = []  # where "back" leads: the questions that a person really saw
    at = 0
    while at < len(todo) + bool(later) and not has_emergency(case):
        last = at == len(todo)
        if last and advise(table, case).level >= Level.urgent_care:
            break
        question = put_off(table, case, later) if last else pose(table, case, todo[at])
        answer = ask(question)
        if answer.back:
            at = asked.pop() if asked else at
            continue
        if answer.danger:
            case = replace(case, red_flags=(*(case.red_flags or ()), *answer.danger))
            continue
        if answer.words is not None:
            asked.append(at)
        if question.name == "red_flags" and not last:
            later = answer.later
        case = store(case, question, answer.words)
        at += 1
    return case


def store(case: Case, question: Question, words: tuple[Word, ...] | None) -> Case:
    """Return the case with one more answer."""
    value: Any = words
    if words and question.name in REQUIRED:
        value = words[0]
    elif question.last:
        kept = [flag for flag in case.red_flags or () if flag not in question.fitting]
        value = (*kept, *(words or ()))
    return replace(case, **{question.name: value})


def put_off(table: Table, case: Case, later: tuple[Word, ...]) -> Question:
    """Return the question of the red flags that were left for the end, less those that were reported unasked."""
    fitting = tuple(word for word in later if word not in (case.red_flags or ()))
    return replace(pose(table, case, "red_flags"), fitting=fitting, last=True, earlier=None)


def pose(table: Table, case: Case, name: str) -> Question:
    """Return a question as it stands after the answers so far."""
    earlier: Any = getattr(case, name)
    known: tuple[Word, ...] = getattr(table, name if name.endswith("s") else f"{name}s")
    fitting: tuple[Word, ...] = known
    if name == "triggers":
        fitting = useful_triggers(table, case)
    elif name == "red_flags":
        fitting = fitting_flags(table, case)
    elif name == "precautions":
        fitting = useful_precautions(table, case)
    return Question(
        name=name,
        words=getattr(table.questions, name),
        known=known,
        fitting=fitting,
        case=case,
        earlier=(earlier,) if isinstance(earlier, Word) else earlier,
    )


def useful_triggers(table: Table, case: Case) -> tuple[Trigger, ...]:
    """Return the triggers that a rule still open can use."""
    wanted = {
        trigger
        for rule in table.rules
        if (not rule.when.onset or case.onset in rule.when.onset)
        and (not rule.when.location or case.location in rule.when.location)
        for trigger in rule.when.trigger
    }
    return tuple(trigger for trigger in table.triggers if trigger in wanted)


def useful_precautions(table: Table, case: Case) -> tuple[Precaution, ...]:
    """Return the precautions that would rule out a step now on the list."""
    listed = advise(table, replace(case, precautions=())).steps
    wanted = {precaution for given in listed for precaution in ruled_out(given.step, case.location)}
    return tuple(precaution for precaution in table.precautions if precaution in wanted)


def flags_of(question: Question, *levels: Level) -> tuple[RedFlag, ...]:
    """Return the red flags of a question that are of these levels, in the table's order."""
    return tuple(flag for flag in question.fitting if isinstance(flag, RedFlag) and flag.level in levels)
