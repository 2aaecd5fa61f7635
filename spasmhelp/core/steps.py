"""Which steps the rules advise at a place, and which of these are then withheld."""

from collections.abc import Container, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

from spasmhelp.core.model import Case, Level, Location, Phase, Precaution, Rule, Step, Table

PHASES = tuple(Phase)
P = TypeVar("P")


class Candidate(Struct, frozen=True, kw_only=True, eq=False):
    """A step that rules advise: how it is done in this place, and the precautions that rule it out there, and why."""

    step: Step
    how: str
    hold: str
    against: dict[Precaution, str]
    rules: tuple[Rule, ...]


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


def sort_out(
    table: Table, case: Case, rules: tuple[Rule, ...], level: Level
) -> tuple[tuple[GivenStep, ...], tuple[Withheld, ...]]:
    """Part the steps that the rules advise into given and withheld, in the table's order within each phase."""
    bar = barred(table, case, level)
    given, withheld = [], []
    for step, by in advising(table, rules):
        one = candidate(table, step, case, by)
        reported = ruling_out(one.against, case.precautions or ())
        if reported or bar:
            withheld.append(withhold(one, reported, bar))
        else:
            given.append(give(table, one, asked=case.precautions is not None))
    return tuple(given), tuple(withheld)


def barred(table: Table, case: Case, level: Level) -> str:
    """Return why no step at all is given, or nothing: the level, or a guarded place nobody asked red flags for."""
    if level >= Level.urgent_care:
        return table.levels[level].withheld or "No step until someone has examined you."
    if case.location and case.location.guarded and case.red_flags is None:
        return table.questions.red_flags.guarded or "No step here until the safety questions were asked."
    return ""


def advising(table: Table, rules: tuple[Rule, ...]) -> Iterator[tuple[Step, tuple[Rule, ...]]]:
    """Yield the steps that rules advise, each with those that do, in the order to do them."""
    for step in sorted(table.steps, key=lambda step: PHASES.index(step.phase)):
        if by := tuple(rule for rule in rules if step in rule.advise):
            yield step, by


def candidate(table: Table, step: Step, case: Case, rules: tuple[Rule, ...]) -> Candidate:
    """Return a step that rules advise, as it is done at the case's onset and location."""
    return Candidate(
        step=step,
        how=step.how.get(case.location, "") if case.location else "",
        hold=step.hold.get(case.onset, "") if case.onset else "",
        against=ruled_out(table, step, case.location),
        rules=rules,
    )


def ruled_out(table: Table, step: Step, location: Location | None) -> dict[Precaution, str]:
    """Return the precautions that rule a step out at a location, each with its reason."""
    every = {precaution: precaution.because for precaution in table.precautions if precaution.rules_out}
    return every | {
        precaution: unless if isinstance(unless, str) else unless.because
        for precaution, unless in step.unless.items()
        if isinstance(unless, str) or not unless.location or location in unless.location
    }


def ruling_out(against: Container[P], reported: Iterable[P]) -> P | None:
    """Return the first of the precautions reported, which stand in the table's order, that rules a step out."""
    for precaution in reported:
        if precaution in against:
            return precaution
    return None


def withhold(one: Candidate, reported: Precaution | None, bar: str) -> Withheld:
    """Return a step as withheld: a precaution is a reason of its own, and outranks the bar."""
    return Withheld(step=one.step, precaution=reported, because=one.against[reported] if reported else bar)


def give(table: Table, one: Candidate, asked: bool) -> GivenStep:
    """Return a step as given; where precautions were not asked, with those that would rule it out."""
    not_if = () if asked else tuple(precaution for precaution in table.precautions if precaution in one.against)
    return GivenStep(step=one.step, how=one.how, hold=one.hold, not_if=not_if, rules=one.rules)
