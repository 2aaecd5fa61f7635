"""Which question comes next, which lines it puts, and what the answers make of the case; nothing is shown here."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import advise, early_steps
from spasmhelp.core.asked import Line, Screened, extent, fitting_lines, places_of_asking, was_put
from spasmhelp.core.decoding.case import has_emergency
from spasmhelp.core.model import (
    Asked,
    Case,
    Extent,
    Fits,
    Level,
    Location,
    Onset,
    Part,
    Precaution,
    RedFlag,
    Table,
    Trigger,
    When,
    Word,
)
from spasmhelp.core.steps import GivenStep, ruled_out

W = TypeVar("W", bound=Word)


class Kind(Enum):
    """The questions, in their order: place and onset, what must be ruled out before the first step, then the rest."""

    what_happened = "what_happened"  # place and onset, in one line
    location = "location"
    onset = "onset"
    first_screen = "first_screen"  # red flags, and the precautions that rule an early step out
    triggers = "triggers"
    precautions = "precautions"
    red_flags = "red_flags"


BEFORE = (Kind.what_happened, Kind.location, Kind.onset, Kind.first_screen)


class Answer(Struct, frozen=True, kw_only=True):
    """The words that were reported, of whatever question, and the lines or triggers that were put and answered by this.

    What was not put is "not asked"; `back` asks the question before this one again.
    """

    words: tuple[Word, ...] = ()
    put: tuple[Line | Trigger, ...] = ()
    back: bool = False


class Question(Struct, frozen=True, kw_only=True):
    """One question: `words` answer it, `lines` are to be put; `early` are the steps that may be shown already.

    `earlier` is the answer that was given before, when a person comes back: a default only where all lines were put.
    """

    kind: Kind
    part: Part
    case: Case
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    early: tuple[GivenStep, ...] = ()
    earlier: Answer | None = None


Ask = Callable[[Question], Answer]
Answers = dict[Kind, Answer]


def interview(table: Table, ask: Ask, known: Case | None = None) -> Case:
    """Return the case that the answers make; `known` are answers that need no asking.

    The only seam for input: `ask` is a person or a test. It may raise to stop the interview. Nothing more is asked once
    an emergency was reported, or a line of today or above was picked on a screen: nobody reads on. A danger stays
    reported whatever is asked again: who goes back corrects something else.
    """
    known = known or Case()
    answers: Answers = {}
    earlier: Answers = {}
    dangers: dict[RedFlag, None] = {}
    case = record(table, known, answers)
    while (kind := next_kind(table, case, answers)) is not None:
        answer = ask(pose(table, case, kind, earlier.get(kind)))
        dangers |= {word: None for word in answer.words if isinstance(word, RedFlag) and is_danger(word)}
        if not answer.back:  # a place or an onset that was not said is asked again, and what was said instead stays
            answers[kind] = replace(answer, words=together(answer.words, answers.get(kind, Answer()).words))
        elif answers:
            last, undone = answers.popitem()
            earlier[last] = undone
        case = record(table, known, answers, dangers)
    return case


def next_kind(table: Table, case: Case, answers: Answers) -> Kind | None:
    """Return the next question that has something to ask; None where enough is known, or nobody would read on."""
    picked = (answer.words for kind, answer in answers.items() if kind in (Kind.first_screen, Kind.red_flags))
    if has_emergency(case) or any(is_danger(word) for words in picked for word in words):
        return None
    required = (Kind.location, Kind.onset)
    return next(
        (kind for kind in Kind if (kind in required or kind not in answers) and is_open(table, case, kind)), None
    )


def is_danger(word: Word) -> bool:
    """Whether a word is a red flag for which help is needed today or at once."""
    return isinstance(word, RedFlag) and word.level >= Level.urgent_care


def is_open(table: Table, case: Case, kind: Kind) -> bool:
    """Whether a question has anything to ask in a case."""
    if kind is Kind.what_happened:
        return case.location is None and case.onset is None
    if kind in (Kind.location, Kind.onset):
        return getattr(case, kind.name) is None
    if kind is Kind.triggers:
        return case.triggers is None and not no_step_left(case) and bool(useful_triggers(table, case))
    return bool(lines_of(table, case, kind))


def no_step_left(case: Case) -> bool:
    """Whether what was reported already rules every step out: then only danger is worth asking about."""
    return any(map(is_danger, case.red_flags or ())) or any(word.rules_out for word in case.precautions or ())


def lines_of(table: Table, case: Case, kind: Kind) -> tuple[Line, ...]:
    """Return the lines that a question puts in a case: those of its part that the case does not say were put."""
    part = Part.before if kind is Kind.first_screen else Part.after
    wanted: dict[Screened, tuple[Line, ...]] = {}
    if kind in (Kind.first_screen, Kind.red_flags):
        wanted["red_flags"] = fitting_lines(table, case, part)
    if kind in (Kind.first_screen, Kind.precautions) and not no_step_left(case):
        wanted["precautions"] = precaution_lines(table, case, part)
    return tuple(
        line
        for name, lines in wanted.items()
        if not was_put(part, extent(case, name))
        for line in lines
        if line.word not in (getattr(case, name) or ())
    )


def pose(table: Table, case: Case, kind: Kind, earlier: Answer | None = None) -> Question:
    """Return a question as it stands after the answers so far."""
    words: dict[Kind, tuple[Word, ...]] = {
        Kind.what_happened: (*table.locations, *table.onsets),
        Kind.location: table.locations,
        Kind.onset: table.onsets,
    }
    if kind is Kind.triggers:
        words[kind] = useful_triggers(table, case)
    screened = kind in (Kind.first_screen, Kind.precautions, Kind.red_flags)
    return Question(
        kind=kind,
        part=Part.before if kind in BEFORE else Part.after,
        case=case,
        words=words.get(kind, ()),
        lines=lines_of(table, case, kind) if screened else (),
        early=() if kind in BEFORE else shown_early(table, case),
        earlier=earlier,
    )


def shown_early(table: Table, case: Case) -> tuple[GivenStep, ...]:
    """Return the early steps that the answers so far leave: none before all was asked that must come before them."""
    if Extent.none in (extent(case, "red_flags"), extent(case, "precautions")):
        return ()
    left = {given.step for given in advise(table, case).steps}
    return tuple(given for given in early_steps(table, case.onset, case.location) if given.step in left)


def record(table: Table, known: Case, answers: Answers, dangers: Iterable[RedFlag] = ()) -> Case:
    """Return the case that answers make: how far each question got follows from the lines that were put, and no other.

    `known` is what needed no asking, `dangers` what was said before an answer was given again.
    """
    said = [*dangers, *(word for answer in answers.values() for word in answer.words)]
    reported: dict[str, Any] = {
        "triggers": added(known.triggers, said, Trigger),
        "red_flags": added(known.red_flags, said, RedFlag),
        "precautions": added(known.precautions, said, Precaution),
    }
    put = {line for answer in answers.values() for line in answer.put}
    if reported["triggers"] is None and any(isinstance(one, Trigger) for one in put):
        reported["triggers"] = ()
    onset, location = last(said, Onset) or known.onset, last(said, Location) or known.location
    case = Case(onset=onset, location=location, **reported)
    # What has no line was not left out; but nobody got so far where place or onset are open, or danger was reported.
    settled = bool(case.onset and case.location) and not any(map(is_danger, case.red_flags or ()))
    reached: dict[str, Extent] = {}
    for name in ("red_flags", "precautions"):
        reached[name] = extent(known, name)
        for part, got in ((Part.before, Extent.before), (Part.after, Extent.all)):
            wanted = fitting_lines(table, case, part) if name == "red_flags" else precaution_lines(table, case, part)
            left = {line for line in wanted if line.word not in (getattr(case, name) or ())} - put
            if was_put(part, reached[name]):
                continue
            if left or not (wanted or settled):
                break
            reached[name] = got
    lists = {
        name: (getattr(case, name) or None) if got is Extent.none else (getattr(case, name) or ())
        for name, got in reached.items()
    }
    return replace(case, **lists, asked=Asked(**reached))


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


def useful_triggers(table: Table, case: Case) -> tuple[Trigger, ...]:
    """Return the triggers that a rule, or a red flag, that fits otherwise still waits for."""
    whens: list[When | Fits] = [rule.when for rule in table.rules]
    whens += [when for flag in table.red_flags for when in places_of_asking(flag)]
    wanted = {
        trigger
        for when in whens
        if (not when.onset or case.onset in when.onset) and (not when.location or case.location in when.location)
        for trigger in when.trigger
    }
    return tuple(trigger for trigger in table.triggers if trigger in wanted)


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
