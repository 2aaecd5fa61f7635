"""Case and Advice -> JSON."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from spasmhelp.core.advise import Advice
from spasmhelp.core.decoding.typed import required
from spasmhelp.core.document import Problem
from spasmhelp.core.model import Case, Entry, Origin, Phase, RedFlag, Rule, Source, Table, Verdict, Word
from spasmhelp.core.steps import GivenStep, Withheld

SCHEMA: Literal[1] = 1


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
    phase: Phase
    do: str
    how: str | None
    hold: str | None
    not_if: list[str]
    origin: Origin
    sources_say: Verdict
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


class RuleOut(Struct, frozen=True):
    """Why a rule that applied says what it does."""

    rule: str
    text: str


class RedFlagOut(Struct, frozen=True):
    """Why a red flag that was reported matters."""

    red_flag: str
    text: str


class AdviceOut(Struct, frozen=True):
    """The advice, keys in the order of the contract."""

    schema: Literal[1]
    id: Any
    table: TableOut
    case: CaseOut
    level: Literal["self_care", "see_clinician", "urgent_care", "emergency"]
    screened: bool
    unasked: list[str]
    actions: list[str]
    because: list[RuleOut | RedFlagOut]
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
        table=table_out(table),
        case=case_out(advice.case),
        level=advice.level.name,  # type: ignore[arg-type]  # the names of the levels
        screened=advice.screened,
        unasked=[flag.id for flag in advice.unasked],
        actions=[*advice.actions, *(f"Tell them: {said.rstrip('.')}." for said in advice.tell)],
        because=[because_out(*reason) for reason in advice.because],
        steps=[step_out(given) for given in advice.steps],
        withheld=[withheld_out(one) for one in advice.withheld],
        safety_net=list(advice.safety_net),
        sources=sources_out(
            source
            for entry in (*(entry for entry, _ in advice.because), *(given.step for given in advice.steps))
            for source in entry.sources
        ),
    )


def table_out(table: Table) -> TableOut:
    """Return which table advised."""
    return TableOut(table.about.title, table.about.reviewed.isoformat(), table.file.sha256)


def because_out(entry: Rule | RedFlag, text: str) -> RuleOut | RedFlagOut:
    """Return why a rule or red flag says what it does, as it is written to JSON."""
    return RuleOut(entry.id, text) if isinstance(entry, Rule) else RedFlagOut(entry.id, text)


def step_out(given: GivenStep) -> StepOut:
    """Return a given step as it is written to JSON."""
    step = given.step
    return StepOut(
        id=step.id,
        phase=step.phase,
        do=step.do,
        how=given.how or None,
        hold=given.hold or None,
        not_if=[precaution.name for precaution in given.not_if],
        origin=step.origin,
        sources_say=step.sources_say,
        sources=[source.id for source in step.sources],
        rules=[rule.id for rule in given.rules],
    )


def withheld_out(one: Withheld) -> WithheldOut:
    """Return a withheld step as it is written to JSON."""
    return WithheldOut(one.step.id, one.precaution.id if one.precaution else None, one.because)


def sources_out(sources: Iterable[Source]) -> dict[str, SourceOut]:
    """Return the sources of all that is said as they are written to JSON, once each, in the order they are met."""
    return {source.id: SourceOut(source.cite, source.url) for source in sources}


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
