"""Faults of a table's cases: they expect other advice than they get, or leave something untested."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.checks.case_sets import CaseSet
from spasmhelp.core.checks.fault import Fault
from spasmhelp.core.checks.rule_coverage import RuleCoverage
from spasmhelp.core.checks.word_faults import reporting
from spasmhelp.core.model import Case, Entry, Fits, Precaution, Step, Table, TableCase, Unless, Verdict
from spasmhelp.core.sentence import given_in

NEEDED = ("rules", "red_flags", "precautions")  # of these every one; a step may be there for a precaution's sake


class SectionCoverage(Struct, frozen=True, kw_only=True):
    """How many entries of a section there are, and those that no case exercises."""

    total: int
    missing: tuple[Entry, ...]

    @property
    def percent(self) -> int:
        """How many of a hundred are exercised; 100 only for all of them."""
        return (self.total - len(self.missing)) * 100 // self.total if self.total else 100


class CaseCoverage(Struct, frozen=True, kw_only=True):
    """What the cases exercise; `words` are those that a rule names under a premise and no case reports."""

    cases: int
    sections: dict[str, SectionCoverage]
    words: dict[str, tuple[Entry, ...]]

    @property
    def enough(self) -> bool:
        """Whether every rule, red flag and precaution is exercised."""
        return not any(self.sections[name].missing for name in NEEDED)


def advise_cases(table: Table) -> list[Advice]:
    """Return the advice for each of the table's cases, in their order."""
    return [advise(table, given_in(table, case)) for case in table.cases]


def case_coverage(table: Table, advice: Sequence[Advice]) -> CaseCoverage:
    """Return what the cases that got this advice exercise.

    A rule is exercised where it applies, a red flag where it is reported, a precaution where it holds back a step, a
    step where it is given. Steps that sources disagree with are never given, so they are not counted.
    """
    reasons = {entry for one in advice for entry, _ in one.because}
    against = {withheld.precaution for one in advice for withheld in one.withheld if withheld.precaution}
    given = {given.step for one in advice for given in one.steps}
    return CaseCoverage(
        cases=len(advice),
        sections={
            "rules": section_coverage(table.rules, reasons),
            "red_flags": section_coverage(table.red_flags, reasons),
            "precautions": section_coverage(table.precautions, against),
            "steps": section_coverage(
                [step for step in table.steps if step.sources_say is not Verdict.disagree], given
            ),
        },
        words=unreported(table, [one.case for one in advice]),
    )


def section_coverage(entries: Sequence[Entry], exercised: Collection[Entry]) -> SectionCoverage:
    """Return how many of the entries are among those exercised."""
    return SectionCoverage(total=len(entries), missing=tuple(entry for entry in entries if entry not in exercised))


def unreported(table: Table, cases: Sequence[Case]) -> dict[str, tuple[Entry, ...]]:
    """Return the words of premises that no case reports, by premise."""
    reported = {word for case in cases for word in (case.onset, case.location, *(case.triggers or ()))}
    return {
        premise: tuple(
            word
            for word in dict.fromkeys(word for rule in table.rules for word in getattr(rule.when, premise))
            if word not in reported
        )
        for premise in ("onset", "location", "trigger")
    }


def untested(coverage: RuleCoverage, exercised: CaseCoverage) -> Iterator[Fault]:
    """Yield each rule, red flag and precaution that no case exercises, with a smallest case that would."""
    table, sections = coverage.table, exercised.sections
    for rule in table.rules:
        if rule in sections["rules"].missing:
            message = "no case of the table applies this rule"
            case = coverage.cases.smallest(coverage.rules[rule])
            yield Fault(name="untested", path=f"rules.{rule.id}", message=message, case=case)
    for flag in table.red_flags:
        if flag in sections["red_flags"].missing:
            message = "no case of the table reports this red flag"
            yield Fault(name="untested", path=f"red_flags.{flag.id}", message=message, case=reporting(coverage, flag))
    for precaution in table.precautions:
        if precaution in sections["precautions"].missing:
            message = "no case of the table has a step held back by this precaution"
            case = holding_back(coverage, precaution)
            yield Fault(name="untested", path=f"precautions.{precaution.id}", message=message, case=case)


def holding_back(coverage: RuleCoverage, precaution: Precaution) -> Case | None:
    """Return a smallest case in which a precaution holds back a step, or None if it never does."""
    cases: CaseSet = frozenset()
    for step in coverage.table.steps:
        unless = step.unless.get(precaution)
        if unless:
            where = Fits(location=unless.location) if isinstance(unless, Unless) else Fits()
            cases |= coverage.by_any[step] & coverage.cases.where(where)
    case = coverage.cases.smallest(cases)
    return case and replace(case, precautions=(precaution,))


def broken_cases(table: Table, advice: Sequence[Advice]) -> Iterator[Fault]:
    """Yield each key of a case's `expect` that differs from the advice it gets."""
    for i, (case, actual) in enumerate(zip(table.cases, advice, strict=True)):
        for key, expected, got in mismatches(case, actual):
            message = f"{case.name.removesuffix('.')}: expected {expected}, got {got}"
            yield Fault(
                name="broken_case", path=f"cases[{i}].expect.{key}", message=message, case=given_in(table, case)
            )


def mismatches(case: TableCase, advice: Advice) -> Iterator[tuple[str, str, str]]:
    """Yield where the advice is not what a case expects: the key, expected, actual."""
    expect = case.expect
    if expect.level is not advice.level:
        yield "level", expect.level.name, advice.level.name
    steps = tuple(given.step for given in advice.steps)
    if expect.steps is not None and expect.steps != steps:
        yield "steps", *expected_and_actual([step.id for step in expect.steps], [step.id for step in steps])
    withheld = {one.step: one.precaution for one in advice.withheld}
    if expect.withheld is not None and expect.withheld != withheld:
        yield "withheld", *expected_and_actual(as_written(expect.withheld), as_written(withheld))


def as_written(withheld: dict[Step, Precaution | None]) -> list[str]:
    """Return withheld steps as the table writes them: "rub: null"."""
    return [f"{step.id}: {by.id if by else 'null'}" for step, by in withheld.items()]


def expected_and_actual(expected: list[str], actual: list[str]) -> tuple[str, str]:
    """Return two lists as texts, the second followed by what is missing from it and what is too many."""
    notes = []
    for label, items, others in (("missing", expected, actual), ("not expected", actual, expected)):
        only = [item for item in items if item not in others]
        notes += [f"{label}: {', '.join(only)}"] if only else []
    note = "; ".join(notes) or "the same in another order"
    return f"[{', '.join(expected)}]", f"[{', '.join(actual)}] ({note})"
