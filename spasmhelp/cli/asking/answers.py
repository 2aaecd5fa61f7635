"""Answers from options, from a person at the terminal, or from standard input."""

import sys
from typing import Any

from msgspec import Struct

from spasmhelp.cli.asking.flags import alone, complete
from spasmhelp.cli.terminal import Look, is_terminal, seen
from spasmhelp.core.asked import Line
from spasmhelp.core.decoding.case import NAMES, has_emergency
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.model import Case, Table
from spasmhelp.core.steps import GivenStep
from spasmhelp.files import NO_MEMORY, read_all


class Answered(Struct, frozen=True, kw_only=True):
    """A case, the `id` that it came with, what a sentence said (as JSON), and the steps that were shown early.

    `since` is when these were shown; `in_person` whether anything was asked; `put` the lines that a person answered.
    """

    case: Case
    case_id: Any = None
    heard: list[Any] | None = None
    shown: tuple[GivenStep, ...] = ()
    since: float | None = None
    in_person: bool = False
    put: tuple[Line, ...] = ()


def answers(table: Table, options: Case, sentence: str, no_input: bool, look: Look) -> Answered:
    """Return the case that options, a sentence, and a person or standard input make together.

    Nothing is asked or read where the options say all, and beside a sentence standard input is not read. Raises
    CaseError for unusable answers, Stopped if one stops.
    """
    settled = has_emergency(options) or all(getattr(options, name) is not None for name in NAMES)
    if not no_input and is_terminal(sys.stdin) and not has_emergency(options):
        from spasmhelp.cli.asking.person import ask_person  # rich: 40 ms

        with seen(look) as here:
            case, person = ask_person(table, options, sentence, here)
        return Answered(case=case, shown=person.shown, since=person.since, in_person=person.welcomed, put=person.put)
    if sentence:
        from spasmhelp.cli.asking.said import case_said_with  # 5 ms

        case, heard = case_said_with(table, options, sentence)
        return Answered(case=case, heard=heard)
    if settled or no_input or sys.stdin is None or sys.stdin.closed:
        return Answered(case=complete(alone(options)))
    from spasmhelp.cli.asking.pipe import piped  # yaml: 10 ms

    try:
        case, case_id = piped(table, read_all(), options)
    except MemoryError:
        raise CaseError([Problem(where="standard input", message=NO_MEMORY)]) from None
    return Answered(case=case, case_id=case_id)
