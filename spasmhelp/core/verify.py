"""Table -> faults: what is wrong with a table as a whole, each with its place and a case that shows it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from spasmhelp.core.advise import Advice, advise, applies
from spasmhelp.core.model import Case, Table, TableCase


class Fault(Struct, frozen=True, kw_only=True):
    """Something wrong in the whole table: its name, the path of keys, and a smallest case that shows it."""

    name: str
    path: str
    message: str
    case: Case | None = None
    warning: bool = False


def verify(table: Table, today: date) -> list[Fault]:
    """Return the faults of a table, in the order of the file, then its warnings. An empty list is a sound table."""
    faults = [*gaps(table), *broken_cases(table)]
    return sorted(faults, key=lambda fault: table.file.places.get(fault.path, (0, 0))) + list(warnings(table, today))


def gaps(table: Table) -> Iterator[Fault]:
    """Yield each onset and location where no rule with a step applies."""
    for location in table.locations:
        for onset in table.onsets:
            case = Case(onset=onset, location=location)
            if not any(rule.advise and applies(rule, case) for rule in table.rules):
                message = f"no rule with a step applies to {onset.id}, {location.id}"
                yield Fault(name="gap", path=f"locations.{location.id}", message=message, case=case)


def broken_cases(table: Table) -> Iterator[Fault]:
    """Yield each case of the table that is told something else than it expects."""
    for i, case in enumerate(table.cases):
        for key, expected, actual in differences(case, advise(table, case.given)):
            message = f"{case.name}: expected {key} {expected}, got {actual}"
            yield Fault(name="broken_case", path=f"cases[{i}]", message=message, case=case.given)


def differences(case: TableCase, advice: Advice) -> Iterator[tuple[str, str, str]]:
    """Yield what differs between what a case expects and what it is told: the key, expected, actual."""
    expect = case.expect
    if expect.level is not advice.level:
        yield "level", expect.level.name, advice.level.name
    steps = tuple(given.step for given in advice.steps)
    if expect.steps is not None and expect.steps != steps:
        yield "steps", str([step.id for step in expect.steps]), str([step.id for step in steps])
    withheld = {one.step: one.precaution for one in advice.withheld}
    if expect.withheld is not None and expect.withheld != withheld:
        shown = [{step.id: by.id if by else None for step, by in each.items()} for each in (expect.withheld, withheld)]
        yield "withheld", str(shown[0]), str(shown[1])


def warnings(table: Table, today: date) -> Iterator[Fault]:
    """Yield what is not wrong, but should be known: no clinician's review, or one that is due."""
    if table.about.review_by < today:
        message = f"was due for review by {table.about.review_by}"
        yield Fault(name="stale", path="about.review_by", message=message, warning=True)
    if table.about.reviewed_by.startswith("no "):
        yield Fault(name="unreviewed", path="about.reviewed_by", message="no clinician reviewed it", warning=True)
