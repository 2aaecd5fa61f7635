"""What a fault is; and the faults of words and red flags: unused, ambiguous, unsourced, too many at once."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.checks.case_sets import Tally
from spasmhelp.core.checks.rule_coverage import Reach
from spasmhelp.core.model import (
    Case,
    Entry,
    Fits,
    Level,
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
from spasmhelp.core.words import fold, noun, spellings

MOST_FLAGS = 9  # more red flags of one level are more than one screen


class Fault(Struct, frozen=True, kw_only=True):
    """Something wrong in the whole table: its name, the path of keys, and a smallest case that shows it."""

    name: str
    path: str
    message: str
    case: Case | None = None
    warning: bool = False


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
        found.update(flag.when.onset, flag.when.location)
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


def unused(reach: Reach) -> Iterator[Fault]:
    """Yield each word, source, precaution or step that makes no difference, as nothing names it."""
    table, used = reach.table, named(reach.table)
    somewhere = reach.cells.smallest(reach.cells.everywhere) or Case()
    for source in table.sources:
        if source not in used:
            yield Fault(name="unused", path=f"sources.{source.id}", message="nothing cites this source")
    places: tuple[Onset | Location, ...] = (*table.onsets, *table.locations)
    for word in places:
        if word not in used and not own_words(word):
            kind = noun(type(word))
            message = f"no rule, red flag or step names this {kind}, and it has no words of its own"
            case = reach.cells.smallest(place_of(reach, word))
            yield Fault(name="unused", path=f"{kind}s.{word.id}", message=message, case=case)
    for trigger in table.triggers:
        if trigger not in used:
            case = replace(somewhere, triggers=(trigger,))
            message = "no rule's 'when' names this trigger"
            yield Fault(name="unused", path=f"triggers.{trigger.id}", message=message, case=case)
    for precaution in table.precautions:
        if precaution not in used:
            case = replace(somewhere, precautions=(precaution,))
            message = "no step names this precaution under 'unless'"
            yield Fault(name="unused", path=f"precautions.{precaution.id}", message=message, case=case)
    for step in table.steps:
        if step not in used and step.sources_say is not Verdict.disagree:
            yield Fault(name="unused", path=f"steps.{step.id}", message="no rule advises this step")


def own_words(word: Onset | Location) -> bool:
    """Whether an onset or location changes the advice by itself."""
    return bool(word.safety_net or (isinstance(word, Location) and word.guarded))


def place_of(reach: Reach, word: Onset | Location) -> int:
    """Return the cells of an onset or a location."""
    return reach.cells.where(Fits(onset=(word,)) if isinstance(word, Onset) else Fits(location=(word,)))


def ambiguous(table: Table) -> Iterator[Fault]:
    """Yield each spelling of two words of one question, at the later of the two."""
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


def unsourced(reach: Reach) -> Iterator[Fault]:
    """Yield each red flag, and each step that we added from a guideline, that cites nothing."""
    for flag in reach.table.red_flags:
        if not flag.sources:
            message = "a red flag needs a source: add 'sources'"
            yield Fault(name="unsourced", path=f"red_flags.{flag.id}", message=message, case=reporting(reach, flag))
    for step in reach.table.steps:
        if step.origin is Origin.guideline and not step.sources:
            case = reach.cells.smallest(reach.given(step))
            message = "a step of origin guideline needs the guideline: add 'sources'"
            yield Fault(name="unsourced", path=f"steps.{step.id}", message=message, case=case)


def reporting(reach: Reach, flag: RedFlag) -> Case | None:
    """Return a smallest case, where it would be asked, that reports a red flag."""
    place = reach.cells.smallest(reach.cells.where(flag.when))
    return place and replace(place, red_flags=(flag,))


def long_question(reach: Reach) -> Iterator[Fault]:
    """Yield, once a level and tenth red flag, that more are asked somewhere than fit one screen."""
    for level in Level:
        flags = [flag for flag in reach.table.red_flags if flag.level is level]
        tally, told = Tally(MOST_FLAGS + 1), 0
        for flag in flags:
            tally.add(reach.cells.where(flag.when) & reach.cells.untriggered)
            crowded = tally.at_least[MOST_FLAGS + 1] & ~told
            if crowded:
                told |= crowded
                case = next(reach.cells.each(crowded))
                asked = sum(bool(reach.cells.where(one.when) & crowded & -crowded) for one in flags)
                others = more(crowded.bit_count() - 1, "place")
                message = (
                    f"{asked} red flags of level {level.name} are asked at {spot(case)}{others}; "
                    f"{MOST_FLAGS} at most, so narrow a 'when'"
                )
                yield Fault(name="long_question", path=f"red_flags.{flag.id}", message=message, case=case)


def spot(case: Case) -> str:
    """Return the onset and location of a case."""
    return ", ".join(word.id for word in (case.onset, case.location) if word)


def more(count: int, what: str) -> str:
    """Return " and 3 more places", or nothing for none."""
    return f" and {count} more {what}{'s' * (count > 1)}" if count else ""
