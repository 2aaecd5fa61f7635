"""The ways in, each as a function of bytes that raises where a promise is broken; tests run them too."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from spasmhelp import Case, CaseError, Table, TableError, advise, load_table
from spasmhelp.cli.asking.pipe import piped
from spasmhelp.core.batch import Batch
from spasmhelp.core.decoding.case import NOTHING, Vocabulary, has_emergency, vocabulary
from spasmhelp.core.decoding.case_json import read_json_case
from spasmhelp.core.document import UNPRINTABLE, Wrong, utf8
from spasmhelp.core.heard_json import heard_out
from spasmhelp.core.interview import Answer, Question, interview
from spasmhelp.core.model import Level, RedFlag
from spasmhelp.core.parse import parse_table
from spasmhelp.core.sentence import read_sentence
from spasmhelp.core.wire import advice_out, encode
from tests.generated import printed
from tests.guide_target import guide
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
    """A warm and a cold cache give the same answers, however the input is cut: one line for each that is not blank."""
    table, known = small()
    cold = b"".join(Batch(table).answers([data]))
    assert b"".join(warm().answers([data])) == cold
    assert b"".join(Batch(table).answers(data[at : at + 7] for at in range(0, len(data), 7))) == cold
    lines = [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    answers = cold.splitlines(keepends=True)
    assert len(answers) == len(lines)
    for line, answer in zip(lines, answers, strict=True):
        with suppress(CaseError):  # refused: its problems stand in the answer
            case, ident = read_json_case(known, utf8(line))
            assert answer == encode(advice_out(table, advise(table, case), ident))


@cache
def built_in() -> Table:
    """Return the table that comes with the program: the small one says little in sentences."""
    return load_table()


def sentence(data: bytes) -> None:
    """A mention is a part of the text, a danger in the case is asserted, and a denial is no answer."""
    text = text_of(data)[:2_000]
    heard = read_sentence(built_in(), text)
    assert all(text[one.start : one.end] == one.text and one.words for one in heard.mentions)
    asserted = {word for one in heard.mentions if not (one.negated or one.past) for word in one.words}
    assert set(heard.case.red_flags or ()) <= asserted
    assert () not in (heard.case.red_flags, heard.case.precautions)
    assert plain(encode(heard_out(heard)))["text"] == text
    if has_emergency(heard.case) or (heard.case.onset and heard.case.location):
        told(built_in(), heard.case)


class Enough(Exception):
    """The bytes are used up: whoever was asked has left."""


def asked(data: bytes) -> None:
    """Whatever is answered, in whatever order and with whatever way back, a danger that was reported stays reported."""
    left, reported = iter(data[:200]), set()

    def ask(question: Question) -> Answer:
        choice, picked = next(left, None), next(left, 0)
        if choice is None:
            raise Enough
        if choice % 5 == 0:
            return Answer(back=True)
        lines = question.lines[: None if choice % 5 < 4 else 2]
        words = [*question.words, *(line.word for line in lines)]
        answer = tuple(dict.fromkeys(words[i % len(words)] for i in range(picked % 3))) if words else ()
        answer = (words[picked % len(words)], *answer[: choice % 2]) if words and picked % 4 else answer
        reported.update(word for word in answer if isinstance(word, RedFlag) and word.level >= Level.urgent_care)
        put = lines if choice % 5 < 4 else lines[:1]
        return Answer(words=tuple(dict.fromkeys(answer)), put=put)

    try:
        case = interview(built_in(), ask)
    except Enough:
        return
    assert (
        has_emergency(case)
        or any(word.level >= Level.urgent_care for word in reported)
        or (case.onset and case.location)
    )
    assert reported <= set(case.red_flags or ())
    told(built_in(), case)
    if reported:
        assert advise(built_in(), case).level >= max(word.level for word in reported)


TARGETS = {
    "case_json": case_json,
    "lines": lines,
    "table": table,
    "batch": batch,
    "sentence": sentence,
    "asked": asked,
    "guide": guide,
}


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
