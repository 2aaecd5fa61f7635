"""Answers from options, from a person at the terminal, or from standard input."""

import sys
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from spasmhelp.cli.asking.flags import alone, complete
from spasmhelp.cli.asking.pipe import piped, read_all
from spasmhelp.cli.terminal import Look, is_terminal
from spasmhelp.core.decoding.case import NAMES, accept, combine, has_emergency
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.model import Case, Table
from spasmhelp.core.steps import GivenStep

if TYPE_CHECKING:
    from spasmhelp.core.sentence import Heard


class Answered(Struct, frozen=True, kw_only=True):
    """A case, the `id` that it came with, what was heard in a sentence, and the steps that were shown early."""

    case: Case
    case_id: Any = None
    heard: "Heard | None" = None
    shown: tuple[GivenStep, ...] = ()


def answers(table: Table, options: Case, sentence: str, no_input: bool, look: Look) -> Answered:
    """Return the case that options, a sentence, and a person or standard input make together.

    Nothing is asked or read where the options say all, and beside a sentence standard input is not read. Raises
    CaseError for unusable answers, Stopped if one stops.
    """
    settled = has_emergency(options) or all(getattr(options, name) is not None for name in NAMES)
    if not no_input and is_terminal(sys.stdin) and not has_emergency(options):
        return asked(table, options, sentence, look)
    if sentence:
        return said(table, options, sentence)
    if settled or no_input or sys.stdin is None or sys.stdin.closed:
        return Answered(case=complete(alone(options)))
    try:
        case, case_id = piped(table, read_all(), options)
    except MemoryError:
        raise CaseError([Problem(where="standard input", message="needs more memory than there is")]) from None
    return Answered(case=case, case_id=case_id)


def asked(table: Table, options: Case, sentence: str, look: Look) -> Answered:
    """Ask a person at the terminal what options and a sentence leave open; a danger in the sentence is confirmed."""
    from spasmhelp.cli.asking.person import Person  # rich: 40 ms
    from spasmhelp.core.interview import interview
    from spasmhelp.core.sentence import read_sentence

    person = Person(table, look, sentence)
    case = interview(table, person, person.known(options))
    person.end()
    return Answered(case=case, shown=person.shown, heard=read_sentence(table, sentence) if sentence else None)


def said(table: Table, options: Case, sentence: str) -> Answered:
    """Return the case that options and a sentence make where nobody can be asked: a danger that it asserts counts."""
    from spasmhelp.core.sentence import open_problems, read_sentence  # 5 ms

    heard = read_sentence(table, sentence)
    case, contradictions = combine(options, heard.case)
    open_questions = [one for one in open_problems(table, heard) if getattr(case, one.where) is None]
    return Answered(case=accept(case, open_questions + contradictions), heard=heard)
