"""Answers from a sentence where nobody can be asked: a danger that it asserts counts, what is open is refused."""

from typing import Any

from spasmhelp.core.decoding.case import accept, combine
from spasmhelp.core.heard_json import mentions_out
from spasmhelp.core.model import Case, Table
from spasmhelp.core.sentence import open_problems, read_sentence


def case_said_with(table: Table, options: Case, sentence: str) -> tuple[Case, list[Any]]:
    """Return the case that options and a sentence make, and the mentions of the sentence as they are written to JSON.

    Raises CaseError, with the choices, where onset or location is open, and where the options say otherwise.
    """
    heard = read_sentence(table, sentence)
    case, contradictions = combine(options, heard.case)
    open_questions = [one for one in open_problems(table, heard) if getattr(case, one.where) is None]
    return accept(case, open_questions + contradictions), mentions_out(heard)
