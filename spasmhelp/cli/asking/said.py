"""Answers from a sentence where nobody can be asked: a danger that it asserts is told, what is open is refused."""

from typing import Any

from spasmhelp.core.asked import is_danger
from spasmhelp.core.decoding.case import accept, combine
from spasmhelp.core.document import Problem
from spasmhelp.core.heard_json import mentions_out
from spasmhelp.core.model import Case, RedFlag, Table
from spasmhelp.core.sentence import open_problems, read_sentence


def case_said_with(table: Table, options: Case, sentence: str) -> tuple[Case, list[Any]]:
    """Return the case that options and a sentence make, and the mentions of the sentence as they are written to JSON.

    Raises CaseError, with the choices, where onset or location is open, with what to do for a danger that was said, and
    where the options say otherwise.
    """
    heard = read_sentence(table, sentence)
    case, contradictions = combine(options, heard.case)
    open_questions = [one for one in open_problems(table, heard) if getattr(case, one.where) is None]
    dangers = [danger_problem(table, flag) for flag in case.red_flags or () if is_danger(flag)]
    return accept(case, open_questions + (dangers if open_questions else []) + contradictions), mentions_out(heard)


def danger_problem(table: Table, flag: RedFlag) -> Problem:
    """Return what must be said of a danger where no advice is given."""
    return Problem(
        where="red_flags", message=f"this can be a sign of danger ({flag.name}). {table.levels[flag.level].do}"
    )
