"""Table -> faults: what is wrong with a table as a whole, each with its place and a case that shows it."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from spasmhelp.core.advise import Advice
from spasmhelp.core.checks.case_faults import coverage, tried, untested
from spasmhelp.core.checks.rule_coverage import Reach
from spasmhelp.core.checks.rule_faults import duplicates, gaps, redundant
from spasmhelp.core.checks.step_faults import disputed, never, no_how
from spasmhelp.core.checks.word_faults import (
    Fault,
    ambiguous,
    long_question,
    questions,
    unsourced,
    unused,
)
from spasmhelp.core.model import Case, Precaution, Step, Table, TableCase, Word
from spasmhelp.core.words import fold, index

__all__ = ["Fault", "place", "verify"]


def verify(table: Table, today: date) -> list[Fault]:
    """Return the faults of a table, in the order of the file, then its warnings. An empty list is a sound table.

    Exact, not sampled: every fault there is, and none that is not, each with a smallest case that shows it where one
    exists. The cost is at most that of the rules times the words.
    """
    reach, advices = Reach(table), tried(table)
    faults = [
        *gaps(reach),
        *unused(reach),
        *duplicates(reach),
        *redundant(reach),
        *untested(reach, coverage(table, advices)),
        *never(reach),
        *ambiguous(table),
        *disputed(reach),
        *unsourced(reach),
        *no_how(reach),
        *broken_cases(table, advices),
        *long_question(reach),
    ]
    unclear = unclear_ids(table)
    shown = [replace(fault, case=None) if fault.case and unclear & words_of(fault.case) else fault for fault in faults]
    return sorted(shown, key=lambda fault: place(table, fault.path)) + list(warnings(table, today))


def place(table: Table, path: str) -> tuple[int, int]:
    """Return the line and column of a path of keys; (0, 0) without a file."""
    return table.file.places.get(path, (0, 0))


def unclear_ids(table: Table) -> set[Word]:
    """Return the words whose id is also a spelling of another: no answer can name them by it."""
    unclear: set[Word] = set()
    for words in questions(table).values():
        known = index(words)
        unclear.update(word for word in words if len(known[fold(word.id)]) > 1)
    return unclear


def words_of(case: Case) -> set[Word]:
    """Return all that a case reports."""
    lists = (case.triggers or (), case.red_flags or (), case.precautions or ())
    return {word for word in (case.onset, case.location) if word}.union(*lists)


def broken_cases(table: Table, advices: Sequence[Advice]) -> Iterator[Fault]:
    """Yield each key of a case's `expect` that differs from what the case is told."""
    for i, (case, advice) in enumerate(zip(table.cases, advices, strict=True)):
        for key, expected, actual in differences(case, advice):
            message = f"{case.name.removesuffix('.')}: expected {expected}, got {actual}"
            yield Fault(name="broken_case", path=f"cases[{i}].expect.{key}", message=message, case=case.given)


def differences(case: TableCase, advice: Advice) -> Iterator[tuple[str, str, str]]:
    """Yield what differs between what a case expects and what it is told: the key, expected, actual."""
    expect = case.expect
    if expect.level is not advice.level:
        yield "level", expect.level.name, advice.level.name
    steps = tuple(given.step for given in advice.steps)
    if expect.steps is not None and expect.steps != steps:
        yield "steps", *apart([step.id for step in expect.steps], [step.id for step in steps])
    withheld = {one.step: one.precaution for one in advice.withheld}
    if expect.withheld is not None and expect.withheld != withheld:
        yield "withheld", *apart(held(expect.withheld), held(withheld))


def held(withheld: dict[Step, Precaution | None]) -> list[str]:
    """Return withheld steps as the table writes them."""
    return [f"{step.id}: {by.id if by else 'null'}" for step, by in withheld.items()]


def apart(expected: list[str], actual: list[str]) -> tuple[str, str]:
    """Return two lists as texts, the second followed by what is missing from it and what is too many."""
    notes = []
    for label, items, others in (("missing", expected, actual), ("not expected", actual, expected)):
        only = [item for item in items if item not in others]
        notes += [f"{label}: {', '.join(only)}"] if only else []
    note = "; ".join(notes) or "the same in another order"
    return f"[{', '.join(expected)}]", f"[{', '.join(actual)}] ({note})"


def warnings(table: Table, today: date) -> Iterator[Fault]:
    """Yield what is not wrong, but should be known: no clinician's review, or one that is due."""
    if table.about.review_by < today:
        message = f"was due for review by {table.about.review_by}"
        yield Fault(name="stale", path="about.review_by", message=message, warning=True)
    if table.about.reviewed_by.casefold().startswith(("no ", "nobody", "none", "not ")):
        yield Fault(name="unreviewed", path="about.reviewed_by", message="no clinician reviewed it", warning=True)
