"""Heard -> JSON."""

from typing import Literal

from msgspec import Struct

from spasmhelp.core.model import Case
from spasmhelp.core.reading.mentions import QuestionName
from spasmhelp.core.sentence import Heard
from spasmhelp.core.words import ids_of


class AskedNone(Struct, frozen=True):
    """How far the safety questions got in a sentence: nobody put any."""

    red_flags: Literal["none"] = "none"
    precautions: Literal["none"] = "none"


class HeardCaseOut(Struct, frozen=True):
    """What is said for sure, by its ids; null for the rest. It goes into `advise` as it is."""

    onset: str | None
    location: str | None
    triggers: list[str] | None
    red_flags: list[str] | None
    precautions: list[str] | None
    asked: AskedNone


class MentionOut(Struct, frozen=True):
    """A part of the sentence that means words of the table; several ids where it could mean several."""

    text: str
    start: int
    end: int
    question: QuestionName
    ids: list[str]
    negated: bool
    past: bool


class HeardOut(Struct, frozen=True):
    """What a sentence says; `ask` names the required questions that it leaves open."""

    schema: Literal[1]
    text: str
    case: HeardCaseOut
    mentions: list[MentionOut]
    ask: list[QuestionName]


def heard_out(heard: Heard) -> HeardOut:
    """Return what was heard as it is written to JSON."""
    return HeardOut(1, heard.text, heard_case_out(heard.case), mentions_out(heard), list(heard.ask))


def mentions_out(heard: Heard) -> list[MentionOut]:
    """Return the mentions of a sentence as they are written to JSON."""
    return [
        MentionOut(one.text, one.start, one.end, one.question, [word.id for word in one.words], one.negated, one.past)
        for one in heard.mentions
    ]


def heard_case_out(case: Case) -> HeardCaseOut:
    """Return the case that a sentence says as it is written to JSON."""
    return HeardCaseOut(
        onset=case.onset.id if case.onset else None,
        location=case.location.id if case.location else None,
        triggers=ids_of(case.triggers),
        red_flags=ids_of(case.red_flags),
        precautions=ids_of(case.precautions),
        asked=AskedNone(),
    )
