"""Answers from the options of a command line."""

from typing import Any

from msgspec.structs import replace

from spasmhelp.core.decoding.case import NAMES, REQUIRED, Vocabulary, accept, answer_of, missing
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.model import Case, Word
from spasmhelp.core.words import meaning

OPTIONS = {
    "onset": "--onset",
    "location": "--location",
    "triggers": "--trigger",
    "red_flags": "--red-flag",
    "precautions": "--precaution",
}


def flagged(known: Vocabulary, given: dict[str, list[str]], none: dict[str, bool]) -> Case:
    """Return the case that the command line says; `none` holds the lists that were "asked, none".

    Raises CaseError with every unknown or ambiguous word, every answer given twice where one is possible, and every
    list that was both given and said to be empty.
    """
    problems: list[Problem] = []
    answers: dict[str, Any] = {}
    for name, kind in NAMES.items():
        texts = given.get(name, [])
        found = [meaning(kind, known[kind], text) for text in texts]
        problems += [
            Problem(where=OPTIONS[name], message=one[0], choices=one[1]) for one in found if isinstance(one, tuple)
        ]
        if none.get(name) and texts:
            option = f"--no-{name.replace('_', '-')}"
            problems.append(Problem(where=option, message=f"contradicts {OPTIONS[name]}"))
        else:
            words = [one for one in found if isinstance(one, Word)]
            if name in REQUIRED and len(texts) > 1:
                problems.append(Problem(where=OPTIONS[name], message="given twice; a case has one"))
                continue
            answers[name] = answer_of(name, words, none.get(name, False))
    return accept(Case(**answers), problems)


def complete(case: Case, note: str = "") -> Case:
    """Return the case. Raises CaseError, saying how to give it, if a required answer is missing."""
    problems = [
        replace(one, message=f"{one.message}; {note or f'give {OPTIONS[one.where]} WORD, or answer through a pipe'}")
        for one in missing(case)
    ]
    if problems:
        raise CaseError(problems)
    return case
