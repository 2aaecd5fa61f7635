"""Answers from a pipe: one case in JSON or YAML, or one answer a line."""

import re
from typing import Any

from msgspec import Raw
from msgspec.structs import replace

from spasmhelp.cli.asking.flags import alone, complete
from spasmhelp.cli.asking.lines import read_lines
from spasmhelp.core.decoding.case import (
    Vocabulary,
    accept,
    parse_case,
    vocabulary,
)
from spasmhelp.core.decoding.case_json import read_json_case
from spasmhelp.core.document import CaseError, Keys, Problem, Scalar, TableError
from spasmhelp.core.model import Case, Table
from spasmhelp.core.yaml_tree import read_yaml


def piped(table: Table, text: str, options: Case) -> tuple[Case, Any]:
    """Return the case that a piped text says, and its `id`: JSON, YAML, or one answer a line.

    Raises CaseError with what is wrong and where, and where options contradict it.
    """
    if not text.strip("\ufeff \t\r\n"):
        return complete(alone(options)), None
    known = vocabulary(table)
    start = re.sub(r"\A\ufeff?(?:[^\S\n]*(?:#[^\n]*)?\n)*\s*", "", text)
    if start.startswith("["):
        message = "expected one case, found a list; `spasmhelp batch` takes many, one JSON object a line"
        raise CaseError([Problem(where="standard input", message=message)])
    if re.match(r"\{\s*[\"}]|\{\s*\Z", start):
        return one_json(known, text.removeprefix("\ufeff"), options)
    if is_yaml(start):
        return read_yaml_case(known, text.removeprefix("\ufeff"), options)
    return read_lines(table, text.removeprefix("\ufeff"), options), None


def is_yaml(start: str) -> bool:
    """Whether a text opens as YAML does: with a mark of its own, a brace, or a key, which may be quoted."""
    return bool(re.match(r"""---|%|\{|\?\s|([^\W\d][\w-]*|"[^"\n]*"|'[^'\n]*')[ \t]*:""", start))


def one_json(known: Vocabulary, text: str, options: Case) -> tuple[Case, Any]:
    """Read a case as JSON, below any comment lines; a second object is refused by name."""
    text = re.sub(r"\A(?:\s*#[^\n]*\n)+", lambda head: "\n" * head[0].count("\n"), text)
    try:
        return read_json_case(known, text, options)
    except CaseError as error:
        first = error.problems[0]
        if first.message == "not JSON: Extra data":
            message = "expected one case, found more; `spasmhelp batch` takes many, one JSON object a line"
            raise CaseError([replace(first, message=message)]) from None
        raise


def read_yaml_case(known: Vocabulary, text: str, options: Case) -> tuple[Case, Any]:
    """Return the case of a YAML mapping, and its `id`."""
    try:
        node, problems = read_yaml(text)
    except TableError as error:
        raise CaseError(
            [replace(problem, message=f"not YAML: {problem.message}") for problem in error.problems]
        ) from None
    ident = node.values.pop("id", None) if isinstance(node, Keys) else None
    try:
        case = parse_case(known, node, options)
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
