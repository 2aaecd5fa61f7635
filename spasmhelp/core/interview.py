"""Which question comes next, and which lines it puts; nothing is shown here."""

from collections.abc import Callable
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import advise, early_steps
from spasmhelp.core.asked import Line, Screened, extent, fitting_lines, is_danger, places_of_asking, was_put
from spasmhelp.core.decoding.case import has_emergency
from spasmhelp.core.model import Case, Extent, Fits, Part, RedFlag, Table, Trigger, When, Word
from spasmhelp.core.record import Answer, precaution_lines, record, together
from spasmhelp.core.steps import GivenStep


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
    case = record(table, known, answers.values())
    while (kind := next_kind(table, case, answers)) is not None:
        answer = ask(pose(table, case, kind, earlier.get(kind)))
        dangers |= {word: None for word in answer.words if isinstance(word, RedFlag) and is_danger(word)}
        if not answer.back:  # a place or an onset that was not said is asked again, and what was said instead stays
            answers[kind] = replace(answer, words=together(answer.words, answers.get(kind, Answer()).words))
        elif answers:
            last, undone = answers.popitem()
            earlier[last] = undone
        case = record(table, known, answers.values(), dangers)
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
