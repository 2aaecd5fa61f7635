"""Table + Case -> Advice: what a person is told, and nothing about how it is shown."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.model import Case, Level, RedFlag, Rule, Table
from spasmhelp.core.situation import met, prepared
from spasmhelp.core.steps import GivenStep, Withheld, block_reason, sort_out


class Advice(Struct, frozen=True, kw_only=True):
    """What a person is told, in the order to say it.

    `warning` is said where nobody asked the red flags that fit the place, which are `unasked`; `headline` is the
    sentence of the level; `actions` are those of the red flags and rules of that level; `tell` is for a clinician.
    """

    case: Case
    level: Level
    screened: bool
    unasked: tuple[RedFlag, ...]
    warning: str
    headline: str
    actions: tuple[str, ...]
    tell: tuple[str, ...]
    because: tuple[tuple[Rule | RedFlag, str], ...]
    steps: tuple[GivenStep, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    safety_net: tuple[str, ...]
    disclaimer: str


def advise(table: Table, case: Case) -> Advice:
    """Return the advice of a table for a case.

    Every rule that applies speaks. The level is the highest of the reported red flags', the applying rules', and
    see_clinician where no rule has a step for the onset and location alone. From this follows that a further trigger,
    red flag or precaution never lowers the level and never brings back a step.
    """
    known = prepared(table)
    case = known.in_order(case)
    place = known.place(case.onset, case.location)
    found = known.situation(place, met(place, case.triggers or ()))
    flags, screened = case.red_flags or (), case.red_flags is not None
    level = max([found.level, *[flag.level for flag in flags]])
    block = block_reason(table, case, level)
    given, withheld = sort_out(found.candidates, case.precautions, block)
    words = table.levels[level]
    spoken: tuple[Rule | RedFlag, ...] = (*flags, *found.rules)
    speaking = [entry for entry in spoken if entry.level is level] if level > Level.self_care else []
    headline = words.do
    if level is Level.self_care and withheld and not given:  # it must not say that one can start
        headline = block or words.withheld or "None of the steps is for you. Ask a pharmacist."
    return Advice(
        case=case,
        level=level,
        screened=screened,
        unasked=() if screened else place.unasked,
        warning="" if screened else place.warning,
        headline=headline,
        actions=tuple(dict.fromkeys([entry.do for entry in speaking if entry.do])),
        tell=tuple(dict.fromkeys([entry.tell for entry in speaking if entry.tell])),
        because=(*found.because, *[(flag, flag.because) for flag in flags]),
        steps=given,
        withheld=withheld,
        safety_net=(*(place.watch if level < Level.urgent_care else ()), *words.safety_net),
        disclaimer=table.about.disclaimer,
    )


def in_table_order(table: Table, case: Case) -> Case:
    """Return the same case with its lists in the order of the table."""
    return prepared(table).in_order(case)


def overdue(table: Table, today: date) -> Table:
    """Return the table; on a day after its `review_by`, with a disclaimer that says so."""
    about = table.about
    if today <= about.review_by:
        return table
    late = f"{about.disclaimer} This table was due for review by {about.review_by}: it may be out of date."
    return replace(table, about=replace(about, disclaimer=late))
