"""Answers from a pipe: one case in JSON or YAML, or one answer a line."""

import re
import sys
from typing import Any

from msgspec import Raw
from msgspec.structs import replace

from spasmhelp.cli.asking.flags import complete
from spasmhelp.core.decoding.case import (
    NAMES,
    NOTHING,
    REQUIRED,
    Vocabulary,
    accept,
    answer_of,
    has_emergency,
    merge,
    parse_case,
    vocabulary,
)
from spasmhelp.core.decoding.case_json import read_json_case
from spasmhelp.core.document import MAX_BYTES, CaseError, Keys, Problem, Scalar, TableError, printable, read_yaml, utf8
from spasmhelp.core.interview import Answer, Question, interview, pose
from spasmhelp.core.model import Case, Table, Word
from spasmhelp.core.words import fold, index, meaning, noun, separate


def read_all() -> str:
    """Return all of standard input. Raises CaseError if it is not UTF-8, or over 1 MiB."""
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        problem = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise CaseError([Problem(where="standard input", message=problem)]) from None
    if len(data) > MAX_BYTES:
        message = "is over 1 MiB; `spasmhelp batch` takes many cases, one JSON object a line"
        raise CaseError([Problem(where="standard input", message=message)])
    return utf8(data, "standard input")


def piped(table: Table, text: str, flags: Case) -> tuple[Case, Any]:
    """Return the case that a piped text says, and its `id`: JSON, YAML, or one answer a line; flags win.

    Raises CaseError with what is wrong and where.
    """
    if not text.strip("\ufeff \t\r\n"):
        return complete(flags), None
    known = vocabulary(table)
    start = re.sub(r"\A\ufeff?(?:[^\S\n]*(?:#[^\n]*)?\n)*\s*", "", text)
    if start.startswith("["):
        message = "expected one case, found a list; `spasmhelp batch` takes many, one JSON object a line"
        raise CaseError([Problem(where="standard input", message=message)])
    if start.startswith("{"):
        return one_json(known, text.removeprefix("\ufeff"), flags)
    if re.match(r"---|[A-Za-z_]+[ \t]*:", start):
        return read_yaml_case(known, text.removeprefix("\ufeff"), flags)
    return piped_lines(table, text.removeprefix("\ufeff"), flags), None


def one_json(known: Vocabulary, text: str, flags: Case) -> tuple[Case, Any]:
    """Read a case as JSON, below any comment lines; a second object is refused by name."""
    text = re.sub(r"\A(?:\s*#[^\n]*\n)+", lambda head: "\n" * head[0].count("\n"), text)
    try:
        return read_json_case(known, text, flags)
    except CaseError as error:
        first = error.problems[0]
        if first.message == "not JSON: Extra data":
            message = "expected one case, found more; `spasmhelp batch` takes many, one JSON object a line"
            raise CaseError([replace(first, message=message)]) from None
        raise


def read_yaml_case(known: Vocabulary, text: str, flags: Case) -> tuple[Case, Any]:
    """Return the case of a YAML mapping, and its `id`."""
    try:
        node, problems = read_yaml(text)
    except TableError as error:
        raise CaseError(
            [replace(problem, message=f"not YAML: {problem.message}") for problem in error.problems]
        ) from None
    ident = node.values.pop("id", None) if isinstance(node, Keys) else None
    try:
        case = parse_case(known, node, flags)
    except CaseError as error:
        problems += error.problems
    if problems:
        raise CaseError(problems)
    if ident and not isinstance(ident, Scalar):
        message = "expected a text, a number, true, false or null"
        case = accept(case, [Problem(line=ident.line, column=ident.column, where="id", message=message)])
    return case, plain_ident(ident) if isinstance(ident, Scalar) else None


def plain_ident(ident: Scalar) -> Any:
    """Return an `id` in YAML as JSON has it: a plain number, true, false or null as such, else a text."""
    if ident.bare and ident.text in ("null", "~", ""):
        return None
    if ident.bare and re.fullmatch(r"true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", ident.text, re.ASCII):
        return Raw(ident.text.encode())
    return ident.text


def piped_lines(table: Table, text: str, flags: Case) -> Case:
    """Return the case of one answer a line, in the order of the questions, those that a flag answered left out."""
    lines = Lines(text)
    try:
        case = interview(table, lines, flags)
        if not has_emergency(case):
            lines.finish()
    except CaseError as error:
        return accept(merge(flags, understood_lines(table, lines.lines, flags)), error.problems)
    asked = ", ".join(name for name in NAMES if getattr(flags, name) is None)
    return complete(case, f"the lines answer, in this order: {asked}")


def understood_lines(table: Table, lines: list[str], flags: Case) -> Case:
    """Return the words that lines with problems surely mean, each line the answer of its question."""
    answers: dict[str, Any] = {}
    for name, text in zip([name for name in NAMES if getattr(flags, name) is None], lines, strict=False):
        question = pose(table, NOTHING, name)
        found = [line_words(question, part) for part in separate(index(question.known), text)]
        words = [word for one in found if isinstance(one, tuple) for word in one]
        answers[name] = answer_of(name, words, none=found == [()])
    return Case(**answers)


class Lines:
    """Answers each question with the next line; nothing is asked twice, nothing is guessed."""

    def __init__(self, text: str) -> None:
        self.lines = text.rstrip().replace("\r\n", "\n").split("\n")
        self.at = 0

    def __call__(self, question: Question) -> Answer:
        """Return the answer of the next line, or "not asked" at the end. Raises CaseError for a bad line."""
        if self.at == len(self.lines):
            return Answer()
        text = self.lines[self.at]
        self.at += 1
        words = line_words(question, text)
        if isinstance(words, tuple):
            return Answer(words=words)
        where = f"line {self.at}, {question.name}"
        raise CaseError([Problem(line=0, where=where, message=words.message, choices=words.choices)])

    def finish(self) -> None:
        """Raise CaseError if lines are left."""
        if self.at < len(self.lines):
            message = f"one answer too many: '{printable(self.lines[self.at])}'; every question is answered already"
            raise CaseError([Problem(where=f"line {self.at + 1}", message=message)])


def line_words(question: Question, text: str) -> tuple[Word, ...] | Problem:
    """Return the words that a piped line reports, () for none, or what is wrong with it."""
    text = text.strip()
    kind, choices = NAMES[question.name], tuple(word.id for word in question.known)
    required = question.name in REQUIRED
    if not text:
        note = "" if required else "; write 'none' for none"
        return Problem(where="", message=f"this line is empty{note}", choices=choices)
    if required and text.isdecimal():
        return by_number(question.known, text, kind)
    if not required and fold(text) in ("none", "0"):
        return ()
    if question.name == "red_flags" and fold(text) == "not_sure":
        return Problem(where="", message="'not sure' counts as yes: name the red flag", choices=choices)
    known = index(question.known)
    words = []
    for part in [text] if required else separate(known, text):
        found = meaning(kind, known, part)
        if not isinstance(found, Word):
            return Problem(where="", message=found[0], choices=found[1])
        words.append(found)
    return tuple(words)


def by_number(words: tuple[Word, ...], text: str, kind: type[Word]) -> tuple[Word, ...] | Problem:
    """Return the word with a number of the list, counted from 1."""
    if len(text) < 6 and 1 <= int(text) <= len(words):
        return (words[int(text) - 1],)
    choices = tuple(word.id for word in words)
    return Problem(where="", message=f"no {noun(kind)} has the number {text}; 1 to {len(words)}", choices=choices)
