"""What a Python program calls: every argument is looked at first, then the core does the work."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Raw

from spasmhelp.core import advise as advising
from spasmhelp.core import explain as explaining
from spasmhelp.core import sentence as reading
from spasmhelp.core.advise import Advice
from spasmhelp.core.decoding.case import NAMES, REQUIRED, section, vocabulary
from spasmhelp.core.decoding.case_json import TOO_DEEP, read_json_case
from spasmhelp.core.document import CaseError, Problem, printable
from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Asked, Case, Entry, Step, Table
from spasmhelp.core.sentence import Heard
from spasmhelp.core.steps import GivenStep
from spasmhelp.core.wire import advice_out, encode


def read_case(table: Table, answers: Mapping[str, Any]) -> Case:
    """Return the case that answers make: keys and words as in JSON, so ids, names or synonyms; an `id` is passed over.

    Raises CaseError with every problem; TypeError for what is no mapping, and for a value that JSON does not have.
    """
    require(table, Table, "table")
    require(answers, Mapping, "answers", 'a mapping such as {"onset": "sudden", "location": "calf"}')
    return read_json_case(vocabulary(table), as_json(dict(answers), "", "the answers"))[0]


def read_sentence(table: Table, text: str) -> Heard:
    """Return what a sentence says: its mentions, the case that is said for sure, and what must still be asked."""
    require(table, Table, "table")
    require(text, str, "text")
    return reading.read_sentence(table, text)


def advise(table: Table, case: Case | Mapping[str, Any]) -> Advice:
    """Return the advice of a table for a case, or for answers as `read_case` takes them.

    Raises CaseError with every problem of the answers, or where the case is one of another table.
    """
    return advising.advise(table, case_of(table, case))


def explain(table: Table, case: Case | Mapping[str, Any]) -> Explanation:
    """Return how the advice for a case, or for answers, came about, and which rules missed by one premise."""
    return explaining.explain(table, case_of(table, case))


def advice_json(advice: Advice, case_id: Any = None) -> str:
    """Return advice as `advise --json` writes it, one line of JSON; `case_id` is its `id`.

    Raises TypeError or CaseError for an id that JSON does not have.
    """
    require(advice, Advice, "advice")
    ident = Raw(as_json(case_id, "id", "the id").encode())
    return encode(advice_out(advice.table, advice, ident)).decode().rstrip("\n")


def withdrawn(shown: Iterable[GivenStep], advice: Advice) -> tuple[Step, ...]:
    """Return the steps that were shown, as `steps` of an earlier advice, and are not given any more."""
    require(advice, Advice, "advice")
    require(shown, Iterable, "shown", "the steps of an advice")
    steps = tuple(shown)
    for given in steps:
        require(given, GivenStep, "each of shown")
    return advising.withdrawn(steps, advice)


def overdue(table: Table, today: date) -> Table:
    """Return the table; on a day after its `review_by`, with a disclaimer that says so."""
    require(table, Table, "table")
    require(today, date, "today")
    return advising.overdue(table, date(today.year, today.month, today.day))  # a datetime is a date, but not comparable


def require(value: object, kind: type, name: str, wanted: str = "") -> None:
    """Raise TypeError, saying what was wanted, for an argument of another type."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be {wanted or f'of the type {kind.__name__}'}, not {type(value).__name__}")


def as_json(value: object, where: str, name: str) -> str:
    """Return a value as JSON. Raises TypeError for a type that JSON does not have, CaseError for any other reason."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text.encode()
    except RecursionError:
        message = TOO_DEEP
    except UnicodeEncodeError:
        message = "holds half a character (a lone surrogate)"
    except ValueError as error:  # what holds itself, and numbers of thousands of digits
        message = f"cannot be JSON: {error}"
    except TypeError as error:
        raise TypeError(f"{name} cannot be JSON: {error}") from None
    else:
        return text
    raise CaseError([Problem(where=where, message=message)])


def case_of(table: Table, case: Case | Mapping[str, Any]) -> Case:
    """Return the case that is given, or that answers make. Raises CaseError for one that the table cannot advise on."""
    require(table, Table, "table")
    if not isinstance(case, Case):
        require(case, Mapping, "case", "a Case, or answers as read_case takes them")
        return read_case(table, case)
    require(case.asked, Asked, "case.asked")
    problems = []
    for name in NAMES:
        answer, known = getattr(case, name), section(table, name)
        if name not in REQUIRED and answer is not None:
            require(answer, tuple, f"case.{name}")
        for word in answer if isinstance(answer, tuple) else (answer,):
            if word not in known and not (word is None and answer is None):
                said = word.id if isinstance(word, Entry) else word if isinstance(word, str) else repr(word)
                message = f"'{printable(said)}' is no entry of this table; read_case makes a case of words"
                problems.append(Problem(where=name, message=message))
    if problems:
        raise CaseError(problems)
    return case
