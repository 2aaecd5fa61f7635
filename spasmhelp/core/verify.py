"""Table -> faults: what is wrong with a table as a whole, each with its place and a case that shows it."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import fields, replace

from spasmhelp.core.checks.case_faults import advise_cases, broken_cases, case_coverage, untested
from spasmhelp.core.checks.fault import Fault, position
from spasmhelp.core.checks.rule_coverage import RuleCoverage
from spasmhelp.core.checks.rule_faults import duplicates, gaps, redundant
from spasmhelp.core.checks.screening_faults import early, long_question, long_short, no_short, unscreened_place
from spasmhelp.core.checks.sentence_faults import unclear_cues, unheard, unused_groups
from spasmhelp.core.checks.step_faults import disputed, never, no_how
from spasmhelp.core.checks.word_faults import ambiguous, unclear_ids, unsourced, unused
from spasmhelp.core.model import Case, Table, Word
from spasmhelp.core.phrases import Phrases

__all__ = ["Fault", "verify"]

ANSWERS = ("reading.yes", "reading.none", "reading.unsure", "reading.guide")  # what is typed, in a language of its own


def verify(table: Table, today: date) -> list[Fault]:
    """Return the faults of a table, in the order of the file, then its warnings. An empty list is a sound table.

    Exact, not sampled: every fault there is, and none that is not, each with a smallest case that shows it where one
    exists. The cost is at most that of the rules times the words.
    """
    coverage, advice = RuleCoverage(table), advise_cases(table)
    faults = [
        *gaps(coverage),
        *unused(coverage),
        *duplicates(coverage),
        *redundant(coverage),
        *untested(coverage, case_coverage(table, advice)),
        *never(coverage),
        *ambiguous(table),
        *disputed(coverage),
        *unsourced(coverage),
        *no_how(coverage),
        *broken_cases(table, advice),
        *no_short(coverage),
        *long_short(table),
        *unscreened_place(table),
        *early(table),
        *long_question(table),
        *unheard(table),
        *unclear_cues(table),
        *unused_groups(table),
    ]
    unclear = unclear_ids(table)
    shown = [
        replace(fault, case=None) if fault.case and unclear & words_in_case(fault.case) else fault for fault in faults
    ]
    return sorted(shown, key=lambda fault: position(table, fault.path)) + list(warnings(table, today))


def words_in_case(case: Case) -> set[Word]:
    """Return all that a case reports."""
    lists = (case.triggers or (), case.red_flags or (), case.precautions or ())
    return {word for word in (case.onset, case.location) if word}.union(*lists)


def warnings(table: Table, today: date) -> Iterator[Fault]:
    """Yield what is not wrong, but should be known: no clinician's review, or one that is due."""
    if table.about.review_by < today:
        message = f"was due for review by {table.about.review_by}"
        yield Fault(name="stale", path="about.review_by", message=message, warning=True)
    if table.about.reviewed_by.casefold().startswith(("no ", "nobody", "none", "not ")):
        yield Fault(name="unreviewed", path="about.reviewed_by", message="no clinician reviewed it", warning=True)
    given = {field.name for field in fields(Phrases) if f"phrases.{field.name}" in table.file.places}
    missing = [field.name for field in fields(Phrases) if field.name not in given]
    missing += [path for path in ANSWERS if path not in table.file.places]
    if given and missing:
        message = f"some phrases are given, so these stay English: {', '.join(missing)}"
        yield Fault(name="untranslated", path="phrases", message=message, warning=True)
