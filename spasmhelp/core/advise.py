"""Table + Case -> Advice: what a person is told, and nothing about how it is shown."""

from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.model import (
    Case,
    Level,
    Location,
    Phase,
    Precaution,
    RedFlag,
    Rule,
    Step,
    Table,
    Word,
)

PHASES = tuple(Phase)
W = TypeVar("W", bound=Word)


class GivenStep(Struct, frozen=True, kw_only=True):
    """A step that is advised: how it is done in this place, who should not do it, and the rules that advise it."""

    step: Step
    how: str
    hold: str
    not_if: tuple[Precaution, ...]
    rules: tuple[Rule, ...]


class Withheld(Struct, frozen=True, kw_only=True):
    """A step that was advised and then ruled out; without a precaution, the level or the guarded place did."""

    step: Step
    precaution: Precaution | None
    because: str


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
    steps: tuple[GivenStep, ...]
    withheld: tuple[Withheld, ...]
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
    flags = case.red_flags or ()
    spoken: tuple[Rule | RedFlag, ...] = (*rules, *flags)
    # What silence has: where no rule with a step covers onset and location, a clinician is asked.
    level = max([Level.self_care if covered else Level.see_clinician, *(entry.level for entry in spoken)])
    screened = case.red_flags is not None
    unasked = () if screened else fitting_flags(table, case)
    speaking = [
        entry
        for entry in sorted(spoken, key=lambda entry: isinstance(entry, Rule))
        if entry.level is level and level > Level.self_care
    ]
    given, withheld = sort_out(table, case, rules, level)
    return Advice(
        case=case,
        level=level,
        screened=screened,
        unasked=unasked,
        actions=(
            *warning(table, unasked),
            opening(table, case, level, nothing_left=bool(withheld) and not given),
            *dict.fromkeys(entry.do for entry in speaking if entry.do),
        ),
        tell=tuple(dict.fromkeys(entry.tell for entry in speaking if entry.tell)),
        because=tuple((entry, entry.because) for entry in spoken),
        steps=given,
        withheld=withheld,
        safety_net=safety_net(table, case, level),
    )


def opening(table: Table, case: Case, level: Level, nothing_left: bool) -> str:
    """Return the sentence of the level; where every step was ruled out, it must not say that one can start."""
    words = table.levels[level]
    if level is Level.self_care and nothing_left:
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


def fitting_flags(table: Table, case: Case) -> tuple[RedFlag, ...]:
    """Return the red flags that are asked at the case's onset and location; what is not known fits all."""
    return tuple(
        flag
        for flag in table.red_flags
        if (not flag.when.onset or case.onset is None or case.onset in flag.when.onset)
        and (not flag.when.location or case.location is None or case.location in flag.when.location)
    )


def warning(table: Table, unasked: tuple[RedFlag, ...]) -> tuple[str, ...]:
    """Return what must be said first when nobody asked the safety questions: that, and the emergencies by name."""
    names = [flag.name for flag in unasked if flag.level is Level.emergency]
    said = table.questions.red_flags.unasked or "Nobody asked the safety questions."
    return (f"{said} {'; '.join(names)}.",) if names else (said,) if unasked else ()


def sort_out(
    table: Table, case: Case, rules: tuple[Rule, ...], level: Level
) -> tuple[tuple[GivenStep, ...], tuple[Withheld, ...]]:
    """Part the steps that the rules advise into given and withheld, in the table's order within each phase."""
    bar = barred(table, case, level)
    unasked = table.precautions if case.precautions is None else ()
    given, withheld = [], []
    for step in sorted(table.steps, key=lambda step: PHASES.index(step.phase)):
        advising = tuple(rule for rule in rules if step in rule.advise)
        if not advising:
            continue
        against = ruled_out(step, case.location)
        reported = next((one for one in case.precautions or () if one in against), None)
        if reported:
            withheld.append(Withheld(step=step, precaution=reported, because=against[reported]))
        elif bar:
            withheld.append(Withheld(step=step, precaution=None, because=bar))
        else:
            given.append(
                GivenStep(
                    step=step,
                    how=step.how.get(case.location, "") if case.location else "",
                    hold=step.hold.get(case.onset, "") if case.onset else "",
                    not_if=tuple(one for one in unasked if one in against),
                    rules=advising,
                )
            )
    return tuple(given), tuple(withheld)


def barred(table: Table, case: Case, level: Level) -> str:
    """Return why no step at all is given, or nothing: the level, or a guarded place nobody asked red flags for."""
    if level >= Level.urgent_care:
        return table.levels[level].withheld or "No step until someone has examined you."
    if case.location and case.location.guarded and case.red_flags is None:
        return table.questions.red_flags.guarded or "No step here until the safety questions were asked."
    return ""


def ruled_out(step: Step, location: Location | None) -> dict[Precaution, str]:
    """Return the precautions that rule a step out at a location, each with its reason."""
    return {
        precaution: unless if isinstance(unless, str) else unless.because
        for precaution, unless in step.unless.items()
        if isinstance(unless, str) or not unless.location or location in unless.location
    }


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
