"""What the cases of a table exercise: its rules, red flags, precautions and steps, and the words of its premises."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.checks.rule_coverage import Reach
from spasmhelp.core.checks.word_faults import Fault, reporting
from spasmhelp.core.model import Case, Entry, Fits, Precaution, Table, Unless, Verdict

NEEDED = ("rules", "red_flags", "precautions")  # of these every one; a step may be there for a precaution's sake


class Covered(Struct, frozen=True, kw_only=True):
    """How many entries of a section there are, and those that no case exercises."""

    total: int
    missing: tuple[Entry, ...]

    @property
    def percent(self) -> int:
        """How many of a hundred are exercised; 100 only for all of them."""
        return (self.total - len(self.missing)) * 100 // self.total if self.total else 100


class Coverage(Struct, frozen=True, kw_only=True):
    """What the cases exercise; `words` are those that a rule names under a premise and no case reports."""

    cases: int
    sections: dict[str, Covered]
    words: dict[str, tuple[Entry, ...]]

    @property
    def enough(self) -> bool:
        """Whether every rule, red flag and precaution is exercised."""
        return not any(self.sections[name].missing for name in NEEDED)


def tried(table: Table) -> list[Advice]:
    """Return the advice for each of the table's cases, in their order."""
    return [advise(table, case.given) for case in table.cases]


def coverage(table: Table, advices: Sequence[Advice]) -> Coverage:
    """Return what these advices exercise.

    A rule is exercised where it applies, a red flag where it is reported, a precaution where it holds back a step, a
    step where it is given. Steps that sources disagree with are never given, so they are not counted.
    """
    spoken = {entry for advice in advices for entry, _ in advice.because}
    against = {one.precaution for advice in advices for one in advice.withheld}
    given = {one.step for advice in advices for one in advice.steps}
    return Coverage(
        cases=len(advices),
        sections={
            "rules": covered(table.rules, spoken),
            "red_flags": covered(table.red_flags, spoken),
            "precautions": covered(table.precautions, against),
            "steps": covered([step for step in table.steps if step.sources_say is not Verdict.disagree], given),
        },
        words=unreported(table, [advice.case for advice in advices]),
    )


def covered(entries: Sequence[Entry], exercised: Any) -> Covered:
    """Return how many of the entries are among those exercised."""
    return Covered(total=len(entries), missing=tuple(entry for entry in entries if entry not in exercised))


def unreported(table: Table, cases: Sequence[Case]) -> dict[str, tuple[Entry, ...]]:
    """Return the words of premises that no case reports, by premise."""
    reported = {case.onset for case in cases} | {case.location for case in cases}
    triggers = {trigger for case in cases for trigger in case.triggers or ()}
    whens = [rule.when for rule in table.rules]
    named: dict[str, dict[Entry, None]] = {
        "onset": {word: None for when in whens for word in when.onset},
        "location": {word: None for when in whens for word in when.location},
        "trigger": {word: None for when in whens for word in when.trigger},
    }
    return {
        premise: tuple(word for word in words if word not in reported and word not in triggers)
        for premise, words in named.items()
    }


def untested(reach: Reach, coverage: Coverage) -> Iterator[Fault]:
    """Yield each rule, red flag and precaution that no case exercises, with a smallest case that would."""
    sections = coverage.sections
    for rule, cells in reach.rules.items():
        if rule in sections["rules"].missing:
            message = "no case of the table applies this rule"
            case = reach.cells.smallest(cells)
            yield Fault(name="untested", path=f"rules.{rule.id}", message=message, case=case)
    for flag in reach.table.red_flags:
        if flag in sections["red_flags"].missing:
            message = "no case of the table reports this red flag"
            yield Fault(name="untested", path=f"red_flags.{flag.id}", message=message, case=reporting(reach, flag))
    for precaution in reach.table.precautions:
        if precaution in sections["precautions"].missing:
            message = "no case of the table has a step held back by this precaution"
            case = holding_back(reach, precaution)
            yield Fault(name="untested", path=f"precautions.{precaution.id}", message=message, case=case)


def holding_back(reach: Reach, precaution: Precaution) -> Case | None:
    """Return a smallest case in which a precaution holds back a step, or None if it never does."""
    cells = 0
    for step in reach.table.steps:
        unless = step.unless.get(precaution)
        if unless:
            where = Fits(location=unless.location) if isinstance(unless, Unless) else Fits()
            cells |= reach.advised(step) & reach.cells.where(where)
    place = reach.cells.smallest(cells)
    return place and replace(place, precautions=(precaution,))
