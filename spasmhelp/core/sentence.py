"""A sentence -> what it says: mentions of the table's words, the case they make, and what must still be asked.

It never guesses: what could be two things is left open. Only a danger that could be two counts as the higher one.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from spasmhelp.core.asked import fits
from spasmhelp.core.document import Problem, printable
from spasmhelp.core.kept import once_a_table
from spasmhelp.core.model import Asked, Case, Extent, RedFlag, Table, TableCase, Word
from spasmhelp.core.reading.mentions import Mention, QuestionName, mentions_of
from spasmhelp.core.reading.notes import QUESTIONS
from spasmhelp.core.reprs import one_line

UNASKED = Asked(red_flags=Extent.none, precautions=Extent.none)  # whatever was said, nobody was asked
REQUIRED_ANSWERS: tuple[QuestionName, ...] = ("onset", "location")


class Heard(Struct, frozen=True, kw_only=True):
    """What a sentence says: its mentions, the case that is said for sure, and the required questions left open."""

    text: str
    mentions: tuple[Mention, ...]
    case: Case
    ask: tuple[QuestionName, ...]

    def __repr__(self) -> str:
        return one_line(self, f"ask {', '.join(self.ask) or 'nothing'}; {len(self.mentions)} mentions: {self.text!r}")


def read_sentence(table: Table, text: str) -> Heard:
    """Return what a sentence says, in the words of a table."""
    mentions = mentions_of(table, text)
    case = case_said(table, mentions)
    ask = tuple(name for name in REQUIRED_ANSWERS if getattr(case, name) is None)
    return Heard(text=text, mentions=mentions, case=case, ask=ask)


@once_a_table
def heard_in_cases(table: Table) -> dict[str, Heard]:
    """Return what the sentences of a table's cases say: several checks ask, and each is read once."""
    return {case.sentence: read_sentence(table, case.sentence) for case in table.cases if case.sentence}


def given_in(table: Table, case: TableCase) -> Case:
    """Return what a case of the table gives: its answers, or what its sentence says where it has no other."""
    return heard_in_cases(table)[case.sentence].case if case.sentence and case.given == Case() else case.given


def case_said(table: Table, mentions: Sequence[Mention]) -> Case:
    """Return the case that mentions say for sure; null for the rest, and nothing counts as asked."""
    said = {name: [one for one in mentions if one.question == name and not one.negated] for name in QUESTIONS}
    onset, place = the_one(said["onset"]), the_one(said["location"])
    known: Any = {"onset": onset, "location": place}
    dangers = [one for one in said["red_flags"] if not one.past]
    flags = [highest(table, one.words, Case(**known)) for one in dangers]
    return Case(
        **known,
        triggers=sure(table.triggers, said["triggers"]),
        red_flags=tuple(flag for flag in table.red_flags if flag in flags) or None,
        precautions=sure(table.precautions, said["precautions"]),
        asked=UNASKED,
    )


def sure(words: Sequence[Any], mentions: Sequence[Mention]) -> Any:
    """Return the words of a section that are mentioned for sure, in its order; None for none."""
    single = {one.words[0] for one in mentions if len(one.words) == 1}
    return tuple(word for word in words if word in single) or None


def meant(mentions: Sequence[Mention]) -> list[tuple[Word, ...]]:
    """Return the words of each mention that says something of its own.

    A hint says nothing beside a plain word; "leg" says nothing beside "calf", which is a part of it, unless it is one
    of a list.
    """
    plain = {one.words: False for one in mentions if not one.weak} or {one.words: False for one in mentions}
    plain |= {one.words: True for one in mentions if one.listed and one.words in plain}
    return [words for words, listed in plain.items() if listed or not any(set(one) < set(words) for one in plain)]


def the_one(mentions: Sequence[Mention]) -> Word | None:
    """Return the word that is said, if it is one."""
    words = meant(mentions)
    return words[0][0] if len(words) == 1 and len(words[0]) == 1 else None


def highest(table: Table, words: Sequence[Any], case: Case) -> RedFlag:
    """Return the red flag of the highest level that a danger could mean, of those asked in such a case if any is."""
    flags: Sequence[RedFlag] = words
    fitting = [flag for flag in flags if fits(flag, case)] or flags
    return max(fitting, key=lambda flag: (flag.level, -table.red_flags.index(flag)))


def open_choices(table: Table, heard: Heard, question: QuestionName) -> tuple[Word, ...]:
    """Return the words that an open question may be answered with: those that the sentence could mean, else all."""
    named = [one for one in heard.mentions if one.question == question and not one.negated]
    could = {word for words in meant(named) for word in words}
    words: tuple[Any, ...] = table.locations if question == "location" else table.onsets
    return tuple(word for word in words if word in could or not could)


def open_problems(table: Table, heard: Heard) -> list[Problem]:
    """Return a problem for each required question that a sentence leaves open, with its choices."""
    return [open_problem(table, heard, name) for name in heard.ask]


def open_problem(table: Table, heard: Heard, name: QuestionName) -> Problem:
    """Return the problem of one question: nothing was said, or what was said could be several things."""
    choices = tuple(word.id for word in open_choices(table, heard, name))
    said = [one.text for one in heard.mentions if one.question == name and not one.negated]
    if not said:
        return Problem(where=name, message="the sentence does not say it", choices=choices)
    quoted = " and ".join(f"'{printable(text)}'" for text in dict.fromkeys(said))
    return Problem(where=name, message=f"{quoted} could be {' or '.join(choices)}", choices=choices)
