"""The ways in, each as a function of bytes that raises where a promise is broken; tests run them too."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from spasmhelp import Case, CaseError, Table, TableError, advise
from spasmhelp.cli.asking.pipe import piped
from spasmhelp.core.batch import Batch
from spasmhelp.core.decoding.case import NOTHING, Vocabulary, vocabulary
from spasmhelp.core.decoding.case_json import read_json_case
from spasmhelp.core.document import UNPRINTABLE, Wrong
from spasmhelp.core.model import Level
from spasmhelp.core.parse import parse_table
from spasmhelp.core.wire import advice_out, encode
from tests.generated import printed
from tests.tables import SMALL


@cache
def small() -> tuple[Table, Vocabulary]:
    """Return the small table and what its words may be called."""
    table = parse_table(SMALL, "small.yaml")
    return table, vocabulary(table)


def case_json(data: bytes) -> None:
    """A text is a case in JSON, or is refused."""
    table, known = small()
    text = text_of(data)
    found = usable(lambda: read_json_case(known, text), CaseError)
    if found:
        told(table, *found)
        assert isinstance(plain(text), dict)


def lines(data: bytes) -> None:
    """A piped text is a case in lines, JSON or YAML, or is refused."""
    table, _ = small()
    text = text_of(data)
    found = usable(lambda: piped(table, text, NOTHING), CaseError)
    if found:
        told(table, *found)


def table(data: bytes) -> None:
    """A text is a table, the same again when it is printed and parsed, or its problems are named."""
    text = text_of(data)
    found = usable(lambda: parse_table(text, "fuzz.yaml"), TableError)
    if found:
        assert parse_table(printed(found)) == found
        for onset in found.onsets[:2]:
            for location in found.locations[:2]:
                told(found, Case(onset=onset, location=location))


@cache
def warm() -> Batch:
    """Return a batch that keeps the answers to all that it is fed."""
    return Batch(small()[0])


def batch(data: bytes) -> None:
    """A warm and a cold cache give the same answers, one line for each that is not blank."""
    cold = b"".join(Batch(small()[0]).answers([data]))
    assert b"".join(warm().answers([data])) == cold
    assert cold.count(b"\n") == sum(bool(line.strip()) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


TARGETS = {"case_json": case_json, "lines": lines, "table": table, "batch": batch}


def text_of(data: bytes) -> str:
    """Return the bytes as text; what is no UTF-8 is refused before any of this, and stands here as U+FFFD."""
    return data.decode("utf-8", "replace")


def usable(read: Callable[[], Any], refusal: type[Wrong]) -> Any:
    """Return what is read; None if it is refused in words that a terminal can show. Any other exception is a bug."""
    try:
        return read()
    except refusal as error:
        if not error.problems or any(UNPRINTABLE.search(one.message + one.where) for one in error.problems):
            raise AssertionError(error.problems) from error
        return None


def told(table: Table, case: Case, ident: Any = None) -> None:
    """Fail if the advice for a case cannot be written as JSON, or gives a step where help is needed."""
    advice = advise(table, case)
    out = plain(encode(advice_out(table, advice, ident)))
    assert out["level"] == advice.level.name
    assert not (advice.level >= Level.urgent_care and out["steps"])


def plain(text: str | bytes) -> Any:
    """Return what JSON says; a number of any length stays as it is written, which Python's own reader refuses."""
    return json.loads(text, parse_int=str, parse_float=str)
