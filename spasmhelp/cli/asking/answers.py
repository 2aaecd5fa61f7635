"""Answers from flags, from a pipe, or from a person: each is an `Ask` for the one interview."""

import sys
from typing import Any

from spasmhelp.cli.asking.flags import complete
from spasmhelp.cli.terminal import Look, is_terminal
from spasmhelp.core.decoding.case import NAMES, has_emergency
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.interview import interview
from spasmhelp.core.model import Case, Table


def answers(table: Table, flags: Case, no_input: bool, look: Look) -> tuple[Case, Any]:
    """Return the case, and its `id`: flags win; then a person is asked, or standard input is read.

    Nothing is asked or read where the flags say all. Raises CaseError for what is unusable, Stopped if a person stops.
    """
    settled = has_emergency(flags) or all(getattr(flags, name) is not None for name in NAMES)
    if settled or no_input or sys.stdin is None or sys.stdin.closed:
        return complete(flags), None
    if is_terminal(sys.stdin):
        from spasmhelp.cli.asking.person import Person

        person = Person(table, look)
        case = interview(table, person, flags)
        person.end()
        return case, None
    from spasmhelp.cli.asking.pipe import piped, read_all

    try:
        return piped(table, read_all(), flags)
    except MemoryError:
        raise CaseError([Problem(where="standard input", message="needs more memory than there is")]) from None
