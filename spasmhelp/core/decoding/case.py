"""Answers become a case that can be advised on: all that is required and nothing wrong, or an emergency."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from spasmhelp.core.decoding.typed import BAD, Enough, Reader
from spasmhelp.core.document import CaseError, Items, Keys, Node, Problem, Scalar
from spasmhelp.core.model import Case, Entry, Level, Location, Onset, Precaution, RedFlag, Table, Trigger, Word
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


def vocabulary(table: Table) -> Vocabulary:
    """Return what an answer to each question may be called in this table."""
    return {
        Onset: index(table.onsets),
        Location: place_index(table.locations),
        Trigger: index(table.triggers),
        RedFlag: index(table.red_flags),
        Precaution: index(table.precautions),
    }


def parse_case(known: Vocabulary, node: Node, flags: Case = NOTHING) -> Case:
    """Return the case that a tree says, its words being ids, names or synonyms; what `flags` answer wins.

    Raises CaseError with every problem: an unknown key, word or type, or a required answer that is missing; but
    where an emergency was reported, the case is what was understood.
    """
    reader = Reader(lambda kind, text: meaning(kind, known[kind], text))
    case: Any = BAD
    with suppress(Enough):
        case = reader.read(Case, node, "")
    case = merge(flags, understood(known, node) if case is BAD else case)
    return accept(case, reader.problems or missing(case))


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


def merge(first: Case, second: Case) -> Case:
    """Return the answers of the first case, and the second's where the first has none."""
    pairs = {name: (getattr(first, name), getattr(second, name)) for name in Case.__struct_fields__}
    return Case(**{name: ours if ours is not None else theirs for name, (ours, theirs) in pairs.items()})


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
