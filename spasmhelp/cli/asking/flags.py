"""Answers from the options of a command line."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.cli.pages.command import OPTIONS
from spasmhelp.core.asked import SCREENED
from spasmhelp.core.decoding.case import (
    NAMES,
    NOTHING,
    REQUIRED,
    Vocabulary,
    accept,
    answer_of,
    combine,
    missing,
)
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.model import Asked, Case, Extent, Word
from spasmhelp.core.words import meaning


class Flags(Struct, frozen=True, kw_only=True):
    """The answers among the options, as they were typed; `no_...`: this was asked, and there is none.

    Onset and location are lists too, so that an answer given twice can be refused; typer would take the last.
    """

    onset: list[str] | None = None
    location: list[str] | None = None
    triggers: list[str] | None = None
    red_flags: list[str] | None = None
    precautions: list[str] | None = None
    no_triggers: bool = False
    no_red_flags: bool = False
    no_precautions: bool = False


def flagged(vocabulary: Vocabulary, flags: Flags) -> Case:
    """Return the case that the options say; a red flag or precaution among them is reported, the others open.

    Raises CaseError with every unknown or ambiguous word, every answer given twice where one is possible, and every
    list that was both given and said to be empty.
    """
    problems: list[Problem] = []
    answers: dict[str, Any] = {}
    for name, kind in NAMES.items():
        texts, none = getattr(flags, name) or (), getattr(flags, f"no_{name}", False)
        found = [meaning(kind, vocabulary[kind], text) for text in texts]
        problems += [
            Problem(where=OPTIONS[name], message=one[0], choices=one[1]) for one in found if isinstance(one, tuple)
        ]
        if none and texts:
            option = f"--no-{name.replace('_', '-')}"
            problems.append(Problem(where=option, message=f"contradicts {OPTIONS[name]}"))
        elif name in REQUIRED and len(texts) > 1:
            problems.append(Problem(where=OPTIONS[name], message="given twice; a case has one"))
        else:
            answers[name] = answer_of(name, [one for one in found if isinstance(one, Word)], none)
    asked = Asked(**{name: Extent.none for name in SCREENED if answers.get(name)})
    return accept(Case(**answers, asked=asked), problems)


def alone(options: Case) -> Case:
    """Return what options say where nothing else does: a list of red flags or precautions is then all of them."""
    return combine(options, NOTHING)[0]


def complete(case: Case, note: str = "") -> Case:
    """Return the case. Raises CaseError, saying how to give it, if a required answer is missing."""
    problems = [
        replace(one, message=f"{one.message}; {note or f'give {OPTIONS[one.where]} WORD, or answer through a pipe'}")
        for one in missing(case)
    ]
    if problems:
        raise CaseError(problems)
    return case
