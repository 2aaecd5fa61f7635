"""Case and Advice <-> JSON."""

import json
from datetime import date
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from spasmhelp.core.advise import Advice, GivenStep
from spasmhelp.core.document import CaseError, Items, Keys, Literal, Node, Problem, Scalar, printable
from spasmhelp.core.model import Case, Entry, Rule, Source, Table, Word
from spasmhelp.core.parse import NOTHING, Vocabulary, parse_case
from spasmhelp.core.shape import required

SCHEMA = 1


class CaseOut(Struct, frozen=True):
    """A case by its ids; null is "not asked"."""

    onset: str | None
    location: str | None
    triggers: list[str] | None
    red_flags: list[str] | None
    precautions: list[str] | None


class TableOut(Struct, frozen=True):
    """Which table advised."""

    title: str
    reviewed: str
    sha256: str


class StepOut(Struct, frozen=True):
    """A step that is given; `how` and `hold` are null where the step has none."""

    id: str
    phase: str
    do: str
    how: str | None
    hold: str | None
    not_if: list[str]
    origin: str
    sources_say: str
    sources: list[str]
    rules: list[str]


class WithheldOut(Struct, frozen=True):
    """A step that was advised and then ruled out."""

    id: str
    precaution: str | None
    because: str


class SourceOut(Struct, frozen=True):
    """A source that a given step cites."""

    cite: str
    url: str | None


class AdviceOut(Struct, frozen=True):
    """The advice, keys in the order of the contract; `because` holds {"rule" or "red_flag": id, "text": ...}."""

    schema: int
    id: Any
    table: TableOut
    case: CaseOut
    level: str
    screened: bool
    unasked: list[str]
    actions: list[str]
    because: list[dict[str, str]]
    steps: list[StepOut]
    withheld: list[WithheldOut]
    safety_net: list[str]
    sources: dict[str, SourceOut]


def ids(words: tuple[Word, ...] | None) -> list[str] | None:
    """Return the ids of words; None stays None."""
    return None if words is None else [word.id for word in words]


def case_out(case: Case) -> CaseOut:
    """Return a case by its ids."""
    return CaseOut(
        onset=case.onset.id if case.onset else None,
        location=case.location.id if case.location else None,
        triggers=ids(case.triggers),
        red_flags=ids(case.red_flags),
        precautions=ids(case.precautions),
    )


def advice_out(table: Table, advice: Advice, ident: Any = None) -> AdviceOut:
    """Return the advice as it is written to JSON; `ident` is the case's own `id`."""
    return AdviceOut(
        schema=SCHEMA,
        id=ident,
        table=TableOut(table.about.title, table.about.reviewed.isoformat(), table.file.sha256),
        case=case_out(advice.case),
        level=advice.level.name,
        screened=advice.screened,
        unasked=[flag.id for flag in advice.unasked],
        actions=[*advice.actions, *(f"Tell them: {said.rstrip('.')}." for said in advice.tell)],
        because=[
            {"rule" if isinstance(entry, Rule) else "red_flag": entry.id, "text": text}
            for entry, text in advice.because
        ],
        steps=[step_out(given) for given in advice.steps],
        withheld=[
            WithheldOut(one.step.id, one.precaution.id if one.precaution else None, one.because)
            for one in advice.withheld
        ],
        safety_net=list(advice.safety_net),
        sources={source.id: SourceOut(source.cite, source.url) for source in cited(advice)},
    )


def step_out(given: GivenStep) -> StepOut:
    """Return a given step as it is written to JSON."""
    step = given.step
    return StepOut(
        id=step.id,
        phase=step.phase.value,
        do=step.do,
        how=given.how or None,
        hold=given.hold or None,
        not_if=[precaution.name for precaution in given.not_if],
        origin=step.origin.value,
        sources_say=step.sources_say.value,
        sources=[source.id for source in step.sources],
        rules=[rule.id for rule in given.rules],
    )


def cited(advice: Advice) -> tuple[Source, ...]:
    """Return the sources of all that is said, once each, in the order they are met."""
    found = [source for entry, _ in advice.because for source in entry.sources]
    found += [source for given in advice.steps for source in given.step.sources]
    return tuple(dict.fromkeys(found))


def problem_out(problem: Problem, name: str = "") -> dict[str, Any]:
    """Return a problem as it is written to JSON; place and file only where it has one."""
    out: dict[str, Any] = {"where": problem.where, "message": problem.message, "choices": list(problem.choices)}
    if name:
        out["file"] = name
    if problem.line:
        out |= {"line": problem.line, "column": problem.column}
    return out


def as_data(value: Any, top: bool = True) -> Any:
    """Return a value of the model as it stands in a table: entries below the top by their ids, defaults left out."""
    if isinstance(value, Entry) and not top:
        return value.id
    if isinstance(value, Struct):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: as_data(part, False) for field, part in pairs if required(field) or part != field.default}
    if isinstance(value, dict):
        return {as_data(key, False): as_data(part, False) for key, part in value.items()}
    if isinstance(value, tuple):
        return [as_data(part, False) for part in value]
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def encode(value: Any) -> bytes:
    """Return a value as one line of JSON."""
    return msgspec.json.encode(value) + b"\n"


def read_json_case(known: Vocabulary, text: str, flags: Case = NOTHING) -> tuple[Case, Any]:
    """Return the case of a JSON object and its `id`; what `flags` answer wins. Raises CaseError with every problem."""
    pairs = load_json(text)
    if not isinstance(pairs, _Pairs):
        raise CaseError([Problem(where="", message="expected one JSON object, a case")])
    problems: list[Problem] = []
    node = _keys(pairs, "", problems)
    ident = node.values.pop("id", None)
    value = _plain(ident, problems) if ident else None
    try:
        case = parse_case(known, node, flags)
    except CaseError as error:
        raise CaseError(problems + error.problems) from None
    if problems:
        raise CaseError(problems)
    return case, value


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with its keys as they stood, duplicates included."""


class _Number(str):
    """A JSON number as it was written, so that none is too large."""


def load_json(text: str) -> Any:
    """Return JSON with objects as pairs. Raises CaseError where it is not JSON, NaN and deep nesting included."""
    try:
        return json.loads(
            text, object_pairs_hook=_Pairs, parse_constant=_constant, parse_int=_Number, parse_float=_Number
        )
    except json.JSONDecodeError as error:
        problem = Problem(line=error.lineno, column=error.colno, where="", message=f"not JSON: {error.msg}")
    except RecursionError:
        problem = Problem(where="", message="not a case: nested too deep")
    except ValueError as error:
        problem = Problem(where="", message=f"not JSON: {error}")
    raise CaseError([problem])


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not allowed")


def _keys(pairs: _Pairs, where: str, problems: list[Problem]) -> Keys:
    node = Keys(0, 0, {}, {})
    for key, value in pairs:
        path = f"{where}.{key}" if where else key
        if key in node.values:
            problems.append(Problem(where=printable(path), message=f"duplicate key '{printable(key)}'"))
        else:
            node.values[key] = _node(value, path, problems)
            node.spots[key] = (0, 0)
    return node


def _node(value: Any, where: str, problems: list[Problem]) -> Node:
    """Return a JSON value as a tree; JSON says what is a text, so nothing but null is bare."""
    if isinstance(value, _Pairs):
        return _keys(value, where, problems)
    if isinstance(value, list):
        return Items(0, 0, [_node(item, f"{where}[{i}]", problems) for i, item in enumerate(value)])
    if value is None:
        return Scalar(0, 0, "null", True)
    if isinstance(value, str) and not isinstance(value, _Number):
        return Scalar(0, 0, value, False)
    return Literal(0, 0, {True: "true", False: "false"}.get(value, str(value)))


def _plain(node: Node, problems: list[Problem]) -> Any:
    """Return the value of an `id`, to be echoed as it came."""
    match node:
        case Keys():
            return {key: _plain(value, problems) for key, value in node.values.items()}
        case Items():
            return [_plain(item, problems) for item in node.items]
        case Literal():
            return msgspec.Raw(node.text.encode())
        case Scalar() if node.bare:
            return None
        case Scalar():
            if any("\ud800" <= character <= "\udfff" for character in node.text):
                problems.append(Problem(where="id", message="holds half a character (a lone surrogate)"))
            return node.text
    raise AssertionError(node)
