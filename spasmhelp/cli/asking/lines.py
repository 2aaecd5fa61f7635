"""Answers from a pipe, one a line, in the order of the five questions; nothing is asked twice, nothing is guessed."""

from typing import Any

from msgspec import Struct

from spasmhelp.cli.asking.flags import complete
from spasmhelp.core.decoding.case import NAMES, REQUIRED, accept, answer_of, combine, section, vocabulary
from spasmhelp.core.document import Problem, printable
from spasmhelp.core.language import Reading
from spasmhelp.core.model import Case, Table, Word
from spasmhelp.core.words import Index, fold, meaning, noun, separate


class Read(Struct, frozen=True, kw_only=True):
    """What one line says: the words that it surely means, "none", or what is wrong with it."""

    words: tuple[Word, ...] = ()
    none: bool = False
    problem: Problem | None = None


def read_lines(table: Table, text: str, options: Case) -> Case:
    """Return the case of one answer a line, those questions that an option answered left out.

    Line 4 answers all red flags, line 5 all precautions, before the first step and after it; so five lines stay five.
    Raises CaseError for the first line that is bad, empty or too many, unless an emergency stands anywhere.
    """
    lines = text.rstrip().replace("\r\n", "\n").split("\n")
    names = [name for name in NAMES if getattr(options, name) is None]
    indexes = vocabulary(table)
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for number, (name, line) in enumerate(zip(names, lines, strict=False), 1):
        read = read_line(name, section(table, name), indexes[NAMES[name]], line.strip(), table.reading)
        answers[name] = answer_of(name, list(read.words), read.none)
        if read.problem:
            where = f"line {number}, {name}"
            problems.append(Problem(where=where, message=read.problem.message, choices=read.problem.choices))
    if len(lines) > len(names):
        message = f"one answer too many: '{printable(lines[len(names)])}'; every question is answered already"
        problems.append(Problem(where=f"line {len(names) + 1}", message=message))
    case, contradictions = combine(options, Case(**answers))
    case = accept(case, problems[:1] + contradictions)
    return complete(case, f"the lines answer, in this order: {', '.join(names)}")


def read_line(name: str, words: tuple[Word, ...], known: Index, text: str, reading: Reading) -> Read:
    """Return what a line says as the answer of a question; the first word for none of the table's language is none."""
    choices = tuple(word.id for word in words)
    required = name in REQUIRED
    if not text:
        note = "" if required else "; write 'none' for none"
        return Read(problem=Problem(where="", message=f"this line is empty{note}", choices=choices))
    if required and text.isdecimal():
        return by_number(NAMES[name], words, text)
    if not required and fold(text) in map(fold, ("none", "0", *reading.none[:1])):
        return Read(none=True)
    if name == "red_flags" and fold(text) in map(fold, ("not sure", *reading.unsure)):
        return Read(problem=Problem(where="", message="'not sure' counts as yes: name the red flag", choices=choices))
    found = [meaning(NAMES[name], known, part) for part in ([text] if required else separate(known, text))]
    wrong = next((one for one in found if isinstance(one, tuple)), None)
    return Read(
        words=tuple(one for one in found if isinstance(one, Word)),
        problem=Problem(where="", message=wrong[0], choices=wrong[1]) if wrong else None,
    )


def by_number(kind: type[Word], words: tuple[Word, ...], text: str) -> Read:
    """Return the word with a number of the list, counted from 1."""
    if len(text) < 6 and 1 <= int(text) <= len(words):
        return Read(words=(words[int(text) - 1],))
    choices = tuple(word.id for word in words)
    message = f"no {noun(kind)} has the number {text}; 1 to {len(words)}"
    return Read(problem=Problem(where="", message=message, choices=choices))
