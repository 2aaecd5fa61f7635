"""Answers from options, from a person at the terminal, or from standard input."""

import sys
from typing import Any

from msgspec import Struct

from spasmhelp.cli.asking.flags import alone, complete
from spasmhelp.cli.asking.pipe import piped, read_all
from spasmhelp.cli.terminal import Look, is_terminal
from spasmhelp.core.decoding.case import NAMES, has_emergency
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.interview import interview
from spasmhelp.core.model import Case, Table
from spasmhelp.core.steps import GivenStep


class Answered(Struct, frozen=True, kw_only=True):
    """A case, the `id` that it came with, and the steps that were shown before all was asked."""

    case: Case
    case_id: Any = None
    shown: tuple[GivenStep, ...] = ()


def answers(table: Table, options: Case, no_input: bool, look: Look) -> Answered:
    """Return the case that options and a person, or standard input, make together.

    Nothing is asked or read where the options say all. Raises CaseError for unusable answers, Stopped if one stops.
    """
    settled = has_emergency(options) or all(getattr(options, name) is not None for name in NAMES)
    person_there = not no_input and is_terminal(sys.stdin)
    if person_there and not has_emergency(options):
        from spasmhelp.cli.asking.person import Person  # rich: 40 ms

        person = Person(table, look)
        case = interview(table, person, options)
        person.end()
        return Answered(case=case, shown=person.shown)
    if settled or no_input or sys.stdin is None or sys.stdin.closed:
        return Answered(case=complete(alone(options)))
    try:
        case, case_id = piped(table, read_all(), options)
    except MemoryError:
        raise CaseError([Problem(where="standard input", message="needs more memory than there is")]) from None
    return Answered(case=case, case_id=case_id)
