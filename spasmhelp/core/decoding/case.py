"""Answers become a case that can be advised on: all that is required and nothing wrong, or an emergency."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from spasmhelp.core.asked import SCREENED
from spasmhelp.core.decoding.typed import BAD, Enough, Reader
from spasmhelp.core.document import CaseError, Items, Keys, Node, Problem, Scalar
from spasmhelp.core.kept import once_a_table
from spasmhelp.core.model import (
    Asked,
    Case,
    Entry,
    Extent,
    Level,
    Location,
    Onset,
    Precaution,
    RedFlag,
    Table,
    Trigger,
    Word,
)
from spasmhelp.core.words import Index, fold, index, meaning, place_index

NOTHING = Case()
REQUIRED = ("onset", "location")
NAMES: dict[str, type[Word]] = {
    "onset": Onset,
    "location": Location,
    "triggers": Trigger,
    "red_flags": RedFlag,
    "precautions": Precaution,
}


Vocabulary = dict[type[Entry], Index]


def section(table: Table, name: str) -> tuple[Word, ...]:
    """Return the words that answer a question, in the table's order."""
    return getattr(table, f"{name}s" if name in REQUIRED else name)  # type: ignore[no-any-return]


@once_a_table
def vocabulary(table: Table) -> Vocabulary:
    """Return what an answer to each question may be called in this table."""
    return {
        Onset: index(table.onsets),
        Location: place_index(table.locations),
        Trigger: index(table.triggers),
        RedFlag: index(table.red_flags),
        Precaution: index(table.precautions),
    }


def parse_case(known: Vocabulary, node: Node, options: Case = NOTHING) -> Case:
    """Return the case that a tree says, its words being ids, names or synonyms, and what options say beside it.

    Raises CaseError with every problem: an unknown key, word or type, a required answer that is missing, or one that
    contradicts an option; but where an emergency was reported, the case is what was understood.
    """
    reader = Reader(lambda kind, text: meaning(kind, known[kind], text))
    read: Any = BAD
    with suppress(Enough):
        read = reader.read(Case, node, "")
    if read is not BAD:
        unlisted(reader, read, "")
    case, contradictions = combine(options, understood(known, node) if read is BAD else read)
    absent = [one for one in missing(case) if one.where not in {each.where for each in contradictions}]
    return accept(case, (reader.problems or absent) + contradictions)


def unlisted(reader: Reader, case: Case, above: str) -> None:
    """Note a question of which the case says that it was asked, but not what was answered."""
    for name in SCREENED:
        if getattr(case.asked, name) not in (None, Extent.none) and getattr(case, name) is None:
            where = f"{above}asked.{name}"
            message = f"says that {name} were asked, but the list is missing; an empty list means none"
            reader.problem(reader.places.get(where, (0, 0)), where, message)


def accept(case: Case, problems: list[Problem]) -> Case:
    """Return what was understood, if nothing is wrong or an emergency is in it; else raise CaseError.

    The one place that decides what an emergency needs: nothing further, and nothing beside it can spoil it.
    """
    if problems and not has_emergency(case):
        raise CaseError(problems)
    return case


def has_emergency(case: Case) -> bool:
    """Whether an emergency was reported: then nothing further is needed."""
    return any(flag.level is Level.emergency for flag in case.red_flags or ())


def missing(case: Case) -> list[Problem]:
    """Return a problem for each required answer that a case lacks; an emergency needs nothing further."""
    absent = [] if has_emergency(case) else [name for name in REQUIRED if getattr(case, name) is None]
    return [Problem(where=name, message=f"{name} is missing") for name in absent]


Given = tuple[Any, Extent | None]  # an answer, and how far its question got


def combine(options: Case, piped: Case) -> tuple[Case, list[Problem]]:
    """Return what options and a pipe say together, and a problem for each question that they answer differently.

    What contradicts is null, except that a danger that was reported stays reported.
    """
    answers: dict[str, Any] = {}
    reached: dict[str, Extent | None] = {}
    problems = []
    for name in NAMES:
        ours, theirs = ((getattr(case, name), getattr(case.asked, name, None)) for case in (options, piped))
        agreed = agreement(ours, theirs)
        if agreed is None:
            message = f"the option says {by_ids(ours[0])}, the answer beside it says {by_ids(theirs[0])}"
            problems.append(Problem(where=name, message=message))
            both = {*ours[0], *theirs[0]} if name == "red_flags" else ()
            agreed = (tuple(both), Extent.none) if both else (None, None)
        answers[name], reached[name] = agreed
    return Case(**answers, asked=Asked(**{name: reached[name] for name in SCREENED})), problems


def agreement(option: Given, piped: Given) -> Given | None:
    """Return the answer that two answers to one question make together, None where they contradict each other.

    Where both were asked they must say the same; a list that was only reported agrees with any that contains it.
    """
    (first, first_extent), (second, second_extent) = option, piped
    if first is None:
        return piped
    if second is None:  # a script that lists one red flag says that the others are not there, or how far it asked
        return first, second_extent if first_extent is Extent.none else None
    if not isinstance(first, tuple):
        return option if first == second else None
    if Extent.none not in (first_extent, second_extent):
        return option if set(first) == set(second) else None
    if first_extent is second_extent:
        return tuple(dict.fromkeys((*first, *second))), Extent.none
    fewer, more = (option, piped) if first_extent is Extent.none else (piped, option)
    return more if set(fewer[0]) <= set(more[0]) else None


def by_ids(answer: Any) -> str:
    """Return an answer by its ids, as a message says it."""
    words = answer if isinstance(answer, tuple) else (answer,)
    return ", ".join(f"'{word.id}'" for word in words) or "none"


def understood(known: Mapping[type[Entry], Index], node: Node) -> Case:
    """Return the words that a tree with problems surely means; an answer without any was not asked."""
    answers: dict[str, Any] = {}
    for name, value in node.values.items() if isinstance(node, Keys) else ():
        if kind := NAMES.get(name):
            items = value.items if isinstance(value, Items) and name not in REQUIRED else [value]
            found = [known[kind].get(fold(item.text), ()) for item in items if isinstance(item, Scalar)]
            answers[name] = answer_of(name, [words[0] for words in found if len(words) == 1], not items)
    return Case(**answers)


def answer_of(name: str, words: list[Any], none: bool) -> Any:
    """Return the field of a case that words make: one word or several, each once; () for `none`, else None."""
    if not words:
        return () if none else None
    return words[0] if name in REQUIRED else tuple(dict.fromkeys(words))
