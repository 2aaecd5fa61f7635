"""Faults of words and red flags: unused, ambiguous, unsourced."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from spasmhelp.core.asked import places_of_asking
from spasmhelp.core.checks.fault import Fault
from spasmhelp.core.checks.rule_coverage import RuleCoverage
from spasmhelp.core.model import (
    Case,
    Entry,
    Location,
    Onset,
    Origin,
    RedFlag,
    Table,
    Unless,
    Verdict,
    Watch,
    Word,
)
from spasmhelp.core.words import fold, index, noun, spellings


def questions(table: Table) -> dict[str, Sequence[Word]]:
    """Return the words that answer each question, by section."""
    return {
        "onsets": table.onsets,
        "locations": table.locations,
        "triggers": table.triggers,
        "red_flags": table.red_flags,
        "precautions": table.precautions,
    }


def named(table: Table) -> set[Entry]:
    """Return every word, source, precaution and step that an entry of the table names."""
    found: set[Entry] = set()
    for citing in (table.red_flags, table.precautions, table.steps, table.rules, table.topics):
        found.update(source for entry in citing for source in entry.sources)
    for flag in table.red_flags:
        found.update(flag.stops)
        for when in places_of_asking(flag):
            found.update(when.onset, when.location, when.trigger)
    for step in table.steps:
        found.update(step.how, step.hold, step.unless)
        for unless in step.unless.values():
            found.update(unless.location if isinstance(unless, Unless) else ())
        if step.timer:
            found.update(step.timer.onset, step.timer.location)
    for location in table.locations:
        for line in location.safety_net:
            found.update(line.onset if isinstance(line, Watch) else ())
    for rule in table.rules:
        found.update(rule.when.onset, rule.when.location, rule.when.trigger, rule.advise)
    return found


def unused(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each word, source, precaution or step that makes no difference, as nothing names it."""
    table, cases, used = coverage.table, coverage.cases, named(coverage.table)
    somewhere = cases.smallest(cases.all) or Case()
    for source in table.sources:
        if source not in used:
            yield Fault(name="unused", path=f"sources.{source.id}", message="nothing cites this source")
    places: tuple[Onset | Location, ...] = (*table.onsets, *table.locations)
    for word in places:
        if word not in used and not own_words(word):
            kind = noun(type(word))
            message = f"no rule, red flag or step names this {kind}, and it has no words of its own"
            case = cases.smallest(cases.having[word])
            yield Fault(name="unused", path=f"{kind}s.{word.id}", message=message, case=case)
    regions = {location.region for location in table.locations}
    for region in table.regions:
        if region not in regions:
            yield Fault(name="unused", path=f"regions.{region.id}", message="no location is in this region")
    for trigger in table.triggers:
        if trigger not in used:
            case = replace(somewhere, triggers=(trigger,))
            message = "no 'when' of a rule or red flag names this trigger"
            yield Fault(name="unused", path=f"triggers.{trigger.id}", message=message, case=case)
    for precaution in table.precautions:
        if precaution not in used and precaution.rules_out is None:
            case = replace(somewhere, precautions=(precaution,))
            message = "no step names this precaution under 'unless'"
            yield Fault(name="unused", path=f"precautions.{precaution.id}", message=message, case=case)
    for step in table.steps:
        if step not in used and step.sources_say is not Verdict.disagree:
            yield Fault(name="unused", path=f"steps.{step.id}", message="no rule advises this step")


def own_words(word: Onset | Location) -> bool:
    """Whether an onset or location changes the advice by itself."""
    return bool(word.safety_net or (isinstance(word, Location) and word.guarded))


def ambiguous(table: Table) -> Iterator[Fault]:
    """Yield each spelling of two words of one question, at the later of the two; of a region, one that a place has."""
    places = index(table.locations)
    for region in table.regions:
        for key, spelling in spelled(region):
            if fold(spelling) in places:
                message = f"'{spelling}' also means '{places[fold(spelling)][0].id}', so it cannot mean a region"
                yield Fault(name="ambiguous", path=f"regions.{region.id}{key}", message=message)
    for section, words in questions(table).items():
        first: dict[str, Word] = {}
        for word in words:
            for key, spelling in spelled(word):
                other = first.setdefault(fold(spelling), word)
                if other is not word:
                    message = f"'{spelling}' also means '{other.id}', so nobody can answer with it"
                    yield Fault(name="ambiguous", path=f"{section}.{word.id}{key}", message=message)


def spelled(word: Word) -> Iterator[tuple[str, str]]:
    """Yield all that a word may be called, each with the rest of its path; what folds to the same once."""
    keys = ["", ".name", *(f".synonyms[{i}]" for i in range(len(word.synonyms)))]
    seen = set()
    for key, spelling in zip(keys, spellings(word), strict=True):
        if fold(spelling) not in seen:
            seen.add(fold(spelling))
            yield key, spelling


def unclear_ids(table: Table) -> set[Word]:
    """Return the words whose id is also a spelling of another: no answer can name them by it."""
    unclear: set[Word] = set()
    for words in questions(table).values():
        by_spelling = index(words)
        unclear.update(word for word in words if len(by_spelling[fold(word.id)]) > 1)
    return unclear


def unsourced(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each red flag, and each step that we added from a guideline, that cites nothing."""
    for flag in coverage.table.red_flags:
        if not flag.sources:
            message = "a red flag needs a source: add 'sources'"
            yield Fault(name="unsourced", path=f"red_flags.{flag.id}", message=message, case=reporting(coverage, flag))
    for step in coverage.table.steps:
        if step.origin is Origin.guideline and not step.sources:
            case = coverage.cases.smallest(coverage.given(step))
            message = "a step of origin guideline needs the guideline: add 'sources'"
            yield Fault(name="unsourced", path=f"steps.{step.id}", message=message, case=case)


def reporting(coverage: RuleCoverage, flag: RedFlag) -> Case | None:
    """Return a smallest case, where it would be asked, that reports a red flag."""
    fitting = frozenset().union(*map(coverage.cases.where, places_of_asking(flag)))
    place = coverage.cases.smallest(fitting)
    return place and replace(place, red_flags=(flag,))
