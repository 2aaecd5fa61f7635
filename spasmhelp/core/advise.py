"""Table + Case -> Advice: what a person is told, and nothing about how it is shown."""

from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.asked import fitting_flags
from spasmhelp.core.model import Case, Level, RedFlag, Rule, Table, Word
from spasmhelp.core.steps import GivenStep, Withheld, barred, sort_out

W = TypeVar("W", bound=Word)


class Advice(Struct, frozen=True, kw_only=True):
    """What a person is told.

    `actions` opens with the level's sentence; `tell` is what to say to a clinician; `unasked` holds the red flags that
    fit the place when nobody asked them; `safety_net` ends with the disclaimer.
    """

    case: Case
    level: Level
    screened: bool
    unasked: tuple[RedFlag, ...]
    actions: tuple[str, ...]
    tell: tuple[str, ...]
    because: tuple[tuple[Rule | RedFlag, str], ...]
    steps: tuple[GivenStep, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    safety_net: tuple[str, ...]


def advise(table: Table, case: Case) -> Advice:
    """Return the advice of a table for a case.

    Every rule that applies speaks. The level is the highest of the reported red flags', the applying rules', and
    see_clinician where no rule has a step for the onset and location alone. From this follows that a further trigger,
    red flag or precaution never lowers the level and never brings back a step.
    """
    return conclude(table, case, applying(table, case), covered(table, case))


def overdue(table: Table, today: date) -> Table:
    """Return the table; on a day after its `review_by`, with a disclaimer that says so."""
    about = table.about
    if today <= about.review_by:
        return table
    late = f"{about.disclaimer} This table was due for review by {about.review_by}: it may be out of date."
    return replace(table, about=replace(about, disclaimer=late))


def conclude(table: Table, case: Case, rules: tuple[Rule, ...], covered: bool) -> Advice:
    """Return the advice where the rules that apply, and whether place and onset alone are covered, are known."""
    case = in_table_order(table, case)
    level = level_of(rules, case.red_flags or (), covered)
    given, withheld = sort_out(table, case, rules, level)
    advice = without_steps(table, case, rules, level, none_left=bool(withheld) and not given)
    return replace(advice, steps=given, withheld=withheld)


def level_of(rules: tuple[Rule, ...], flags: tuple[RedFlag, ...], covered: bool) -> Level:
    """Return the highest level of what speaks, and what silence has: a clinician where no rule covers the place."""
    silence = Level.self_care if covered else Level.see_clinician
    return max([silence, *(rule.level for rule in rules), *(flag.level for flag in flags)])


def without_steps(table: Table, case: Case, rules: tuple[Rule, ...], level: Level, none_left: bool) -> Advice:
    """Return all of the advice but the steps; `none_left` says that each that was advised was ruled out."""
    flags = case.red_flags or ()
    screened = case.red_flags is not None
    unasked = () if screened else fitting_flags(table, case)
    spoken: tuple[Rule | RedFlag, ...] = (*flags, *rules)
    speaking = [entry for entry in spoken if entry.level is level and level > Level.self_care]
    return Advice(
        case=case,
        level=level,
        screened=screened,
        unasked=unasked,
        actions=(
            *warning(table, unasked),
            opening(table, case, level, none_left),
            *dict.fromkeys(entry.do for entry in speaking if entry.do),
        ),
        tell=tuple(dict.fromkeys(entry.tell for entry in speaking if entry.tell)),
        because=(*((rule, rule.because) for rule in rules), *((flag, flag.because) for flag in flags)),
        safety_net=safety_net(table, case, level),
    )


def opening(table: Table, case: Case, level: Level, none_left: bool) -> str:
    """Return the sentence of the level; where every step was ruled out, it must not say that one can start."""
    words = table.levels[level]
    if level is Level.self_care and none_left:
        return barred(table, case, level) or words.withheld or "None of the steps is for you. Ask a pharmacist."
    return words.do


def applying(table: Table, case: Case) -> tuple[Rule, ...]:
    """Return the rules whose every premise holds, in the table's order."""
    return tuple(rule for rule in table.rules if applies(rule, case))


def applies(rule: Rule, case: Case) -> bool:
    """Whether every premise of a rule holds: one of its words was reported, or it is left out."""
    when = rule.when
    return (
        (not when.onset or case.onset in when.onset)
        and (not when.location or case.location in when.location)
        and (not when.trigger or any(trigger in when.trigger for trigger in case.triggers or ()))
    )


def covered(table: Table, case: Case) -> bool:
    """Whether a rule with a step applies to the onset and location alone, whatever the triggers."""
    alone = Case(onset=case.onset, location=case.location)
    return any(rule.advise and applies(rule, alone) for rule in table.rules)


def warning(table: Table, unasked: tuple[RedFlag, ...]) -> tuple[str, ...]:
    """Return what must be said first when nobody asked the safety questions: that, and the emergencies by name."""
    names = [flag.name for flag in unasked if flag.level is Level.emergency]
    said = table.questions.red_flags.unasked or "Nobody asked the safety questions."
    return (f"{said} {'; '.join(names)}.",) if names else (said,) if unasked else ()


def safety_net(table: Table, case: Case, level: Level) -> tuple[str, ...]:
    """Return what to watch for, and last the disclaimer."""
    lines: list[str] = []
    if level < Level.urgent_care:
        for line in case.location.safety_net if case.location else ():
            if isinstance(line, str):
                lines.append(line)
            elif case.onset in line.onset:
                lines.append(line.say)
        lines += case.onset.safety_net if case.onset else ()
    return (*lines, *table.levels[level].safety_net, table.about.disclaimer)


def in_table_order(table: Table, case: Case) -> Case:
    """Return the same case with its lists in the order of the table, so that equal answers are equal cases."""
    return Case(
        onset=case.onset,
        location=case.location,
        triggers=_ordered(table.triggers, case.triggers),
        red_flags=_ordered(table.red_flags, case.red_flags),
        precautions=_ordered(table.precautions, case.precautions),
    )


def _ordered(words: tuple[W, ...], chosen: tuple[W, ...] | None) -> tuple[W, ...] | None:
    return None if chosen is None else tuple(word for word in words if word in chosen)
