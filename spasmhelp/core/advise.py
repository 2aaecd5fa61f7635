"""Table + Case -> Advice: what a person is told, and nothing about how it is shown."""

from collections.abc import Container
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.asked import Line, extent, is_danger, left_open
from spasmhelp.core.model import Case, Extent, Level, Location, Onset, Phase, RedFlag, Rule, Step, Table
from spasmhelp.core.phrases import said_day, unstopped
from spasmhelp.core.reprs import bulleted, literal, one_line
from spasmhelp.core.situation import met, prepared
from spasmhelp.core.steps import GivenStep, Withheld, blocks_of, sort_out


class Advice(Struct, frozen=True, kw_only=True):
    """What a person is told, in the order to say it.

    `warning` is said where nobody asked the red flags that fit the place; `headline` is the sentence of the level;
    `actions` are those of the red flags and rules of that level; `tell` is for a clinician. `unasked` are the red flags
    of which a line was not put, `not_put` these lines, and `not_asked` says them where others were. `table` gave it.
    """

    table: Table
    case: Case
    level: Level
    screened: bool
    unasked: tuple[RedFlag, ...]
    not_put: tuple[Line, ...] = ()
    warning: str
    headline: str
    actions: tuple[str, ...]
    tell: tuple[str, ...]
    because: tuple[tuple[Rule | RedFlag, str], ...]
    steps: tuple[GivenStep, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    not_asked: str = ""
    safety_net: tuple[str, ...]
    disclaimer: str

    @property
    def at_worst(self) -> Level:
        """The highest level that is given, or that nobody ruled out."""
        return max([self.level, *[flag.level for flag in self.unasked]])

    def __repr__(self) -> str:
        screened = "" if self.screened else ", not screened"
        counts = f"{len(self.steps)} steps, {len(self.withheld)} withheld"
        return one_line(self, f"{self.level.name}{screened}: {counts}: {self.headline}")

    def _repr_markdown_(self) -> str:
        phrases = self.table.phrases
        warning = phrases.warning.format(what=self.warning) if self.warning else ""
        parts = [f"**{literal(said)}**" for said in (warning, self.headline, *self.actions) if said]
        parts += [literal(phrases.tell_them.format(what=unstopped(said))) for said in self.tell]
        parts += [literal(self.not_asked)]
        for phase in Phase:
            steps = [step_line(self.table, given) for given in self.steps if given.step.phase is phase]
            parts += [literal(getattr(phrases, phase.name)), bulleted(steps, "1.")] if steps else []
        left_out = [f"{one.step.name}: {one.because}" for one in self.withheld]
        parts += [literal(phrases.left_out), bulleted(left_out)] if left_out else []
        parts += [bulleted(self.safety_net), literal(self.disclaimer)]
        return "\n\n".join(part for part in parts if part)


def step_line(table: Table, given: GivenStep) -> str:
    """Return a step in one paragraph: what to do, and who should not."""
    names = ", ".join(precaution.name for precaution in given.not_if)
    return f"{given.text} {table.phrases.not_if.format(what=names)}" if names else given.text


def advise(table: Table, case: Case) -> Advice:
    """Return the advice of a table for a case.

    Every rule that applies speaks. The level is the highest of the reported red flags', the applying rules', and
    see_clinician where no rule has a step for the onset and location alone. From this follows, with `asked` held
    fixed, that a further trigger, red flag or precaution never lowers the level and never brings back a step.
    """
    known = prepared(table)
    case = known.in_order(case)
    place = known.place(case.onset, case.location)
    found = known.situation(place, met(place, case.triggers or ()))
    flags, not_put = case.red_flags or (), known.not_put(case)
    level = max([found.level, *[flag.level for flag in flags]])
    screened = extent(case, "red_flags") is not Extent.none or any(map(is_danger, flags))
    blocks = blocks_of(table, case, level)
    given, withheld = sort_out(found.candidates, case.precautions or (), extent(case, "precautions"), blocks)
    words = table.levels[level]
    spoken: tuple[Rule | RedFlag, ...] = (*flags, *found.rules)
    speaking = [entry for entry in spoken if entry.level is level] if level > Level.self_care else []
    headline = words.do
    if level is Level.self_care and withheld and not given:  # it must not say that one can start
        headline = blocks.every or words.withheld
    return Advice(
        table=table,
        case=case,
        level=level,
        screened=screened,
        unasked=not_put.flags,
        not_put=not_put.lines,
        warning="" if screened else not_put.warning,
        headline=headline,
        actions=tuple(dict.fromkeys([entry.do for entry in speaking if entry.do])),
        tell=tuple(dict.fromkeys([entry.tell for entry in speaking if entry.tell])),
        because=(*found.because, *[(flag, flag.because) for flag in flags]),
        steps=given,
        withheld=withheld,
        not_asked=not_put.not_asked if screened and level < Level.emergency else "",
        safety_net=(*(place.watch if level < Level.urgent_care else ()), *words.safety_net),
        disclaimer=table.about.disclaimer,
    )


def early_steps(table: Table, onset: Onset | None, location: Location | None) -> tuple[GivenStep, ...]:
    """Return the steps that may be shown before the end of the questions, for an onset and a place alone.

    The steps for now in the table's order, up to the first that says how it is done there, else the first; none at a
    guarded place. `not_if` are the precautions that must be asked before.
    """
    known = prepared(table)
    place = known.place(onset, location)
    candidates = known.situation(place, place.always).candidates
    return tuple(one.given[Extent.none] for one in candidates if one.step in place.early)


def withdrawn(shown: tuple[GivenStep, ...], advice: Advice) -> tuple[Step, ...]:
    """Return the steps that were shown early and are not in the advice, or no longer done in that way."""
    left = {(given.step, given.text) for given in advice.steps}
    return tuple(given.step for given in shown if (given.step, given.text) not in left)


def without_put(advice: Advice, put: Container[Line]) -> Advice:
    """Return advice that names no line as not asked that was put, though its question was not answered to its end."""
    left = tuple(line for line in advice.not_put if line not in put)
    said = left_open(advice.table, left).not_asked if advice.not_asked else ""
    return replace(advice, not_put=left, not_asked=said)


def in_table_order(table: Table, case: Case) -> Case:
    """Return the same case with its lists in the order of the table."""
    return prepared(table).in_order(case)


def overdue(table: Table, today: date) -> Table:
    """Return the table; on a day after its `review_by`, with a disclaimer that says so."""
    about = table.about
    if today <= about.review_by:
        return table
    late = table.phrases.overdue.format(review_by=said_day(table.phrases, about.review_by))
    return replace(table, about=replace(about, disclaimer=f"{about.disclaimer} {late}"))
