"""What the answers make of the case: how far each question got follows from the lines that were put."""

from collections.abc import Iterable, Set
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import advise, early_steps
from spasmhelp.core.asked import SCREENED, Line, Screened, extent, fitting_lines, is_danger, was_put
from spasmhelp.core.model import (
    Asked,
    Case,
    Extent,
    Location,
    Onset,
    Part,
    Precaution,
    RedFlag,
    Table,
    Trigger,
    Word,
)
from spasmhelp.core.steps import ruled_out

W = TypeVar("W", bound=Word)


class Answer(Struct, frozen=True, kw_only=True):
    """The words that were reported, of whatever question, and the lines or triggers that were put and answered by this.

    What was not put is "not asked"; `back` asks the question before this one again.
    """

    words: tuple[Word, ...] = ()
    put: tuple[Line | Trigger, ...] = ()
    back: bool = False


def record(table: Table, known: Case, answers: Iterable[Answer], dangers: Iterable[RedFlag] = ()) -> Case:
    """Return the case that answers make: how far each question got follows from the lines that were put, and no other.

    `known` is what needed no asking, `dangers` what was said before an answer was given again.
    """
    answers = tuple(answers)
    said = [*dangers, *(word for answer in answers for word in answer.words)]
    put = {line for answer in answers for line in answer.put}
    triggers = added(known.triggers, said, Trigger)
    case = Case(
        onset=last(said, Onset) or known.onset,
        location=last(said, Location) or known.location,
        triggers=() if triggers is None and any(isinstance(one, Trigger) for one in put) else triggers,
        red_flags=added(known.red_flags, said, RedFlag),
        precautions=added(known.precautions, said, Precaution),
    )
    reached = {name: reached_with(table, case, name, extent(known, name), put) for name in SCREENED}
    lists = {
        name: (getattr(case, name) or None) if got is Extent.none else (getattr(case, name) or ())
        for name, got in reached.items()
    }
    return replace(case, **lists, asked=Asked(**reached))


def reached_with(table: Table, case: Case, name: Screened, before: Extent, put: Set[Line | Trigger]) -> Extent:
    """Return how far a question got that was `before` so far, once these lines were put."""
    # What has no line was not left out; but nobody got so far where place or onset are open, or danger was reported.
    settled = bool(case.onset and case.location) and not any(map(is_danger, case.red_flags or ()))
    reached = before
    for part, got in ((Part.before, Extent.before), (Part.after, Extent.all)):
        if was_put(part, reached):
            continue
        wanted = lines_of_part(table, case, name, part)
        left = {line for line in wanted if line.word not in (getattr(case, name) or ())} - put
        if left or not (wanted or settled):
            break
        reached = got
    return reached


def lines_of_part(table: Table, case: Case, name: Screened, part: Part) -> tuple[Line, ...]:
    """Return the lines that a question has in a part, whether they were put or not."""
    return fitting_lines(table, case, part) if name == "red_flags" else precaution_lines(table, case, part)


def precaution_lines(table: Table, case: Case, part: Part) -> tuple[Line, ...]:
    """Return the lines of precautions that are put in a part, in the table's order.

    Before the first step those that rule an early step out, after it those that rule out any other step listed.
    """
    early = {word for one in early_steps(table, case.onset, case.location) for word in one.not_if}
    if part is Part.before:
        wanted = early
    else:
        calm = replace(case, red_flags=(), precautions=(), asked=Asked())
        listed = advise(table, calm).steps
        wanted = {word for one in listed for word in ruled_out(table, one.step, case.location)} - early
    return tuple(Line(word=word, say=word.short or word.ask, part=part) for word in table.precautions if word in wanted)


def together(words: Iterable[Word], before: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words and what was said before them; a place or an onset is one, and the later word counts."""
    words = tuple(words)
    kinds = {type(word) for word in words} & {Location, Onset}
    return tuple(dict.fromkeys((*words, *(word for word in before if type(word) not in kinds))))


def last(words: Iterable[Word], kind: type[W]) -> W | None:
    """Return the last word of a kind that was said."""
    return next((word for word in reversed(tuple(words)) if isinstance(word, kind)), None)


def added(known: tuple[W, ...] | None, said: Iterable[Word], kind: type[W]) -> tuple[W, ...] | None:
    """Return what was known and what was said of a kind, each once; None where there is neither."""
    found = tuple(dict.fromkeys((*(known or ()), *(word for word in said if isinstance(word, kind)))))
    return found or known
