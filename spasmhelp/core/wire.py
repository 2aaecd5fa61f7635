"""Values of the core -> JSON: a case, advice, a problem, an entry of the table."""

import re
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import fields

from spasmhelp.core.advise import Advice
from spasmhelp.core.decoding.typed import required
from spasmhelp.core.document import UNPRINTABLE, Problem
from spasmhelp.core.model import (
    About,
    Asked,
    Case,
    Entry,
    Extent,
    Origin,
    Phase,
    RedFlag,
    Rule,
    Step,
    Table,
    Verdict,
)
from spasmhelp.core.phrases import unstopped
from spasmhelp.core.steps import GivenStep, Withheld
from spasmhelp.core.words import ids_of

SCHEMA: Literal[1] = 1
NOTHING_SAID = Asked()
KEPT = 2048  # encoded steps, reasons and lists of sources: what many cases have in common is encoded once


class AskedOut(Struct, frozen=True):
    """How far questions got, where the case said so."""

    red_flags: Extent | UnsetType = UNSET
    precautions: Extent | UnsetType = UNSET


class CaseOut(Struct, frozen=True):
    """A case by its ids; null is "not asked"."""

    onset: str | None
    location: str | None
    triggers: list[str] | None
    red_flags: list[str] | None
    precautions: list[str] | None
    asked: AskedOut | UnsetType = UNSET


class TableOut(Struct, frozen=True):
    """Which table advised."""

    title: str
    reviewed: str
    sha256: str


class StepOut(Struct, frozen=True):
    """A step that is given; `text` is the sentence to show, `how` and `hold` are null where the step has none."""

    id: str
    phase: Phase
    text: str
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

    name: str
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


# A Raw is encoded already: what many cases are told. The schema looks through it.
class AdviceOut(Struct, frozen=True):
    """The advice, keys in the order of the contract."""

    schema: Literal[1]
    id: Any
    table: Annotated[Raw, TableOut]
    case: CaseOut
    level: Literal["self_care", "see_clinician", "urgent_care", "emergency"]
    screened: bool
    unasked: list[str]
    actions: list[str]
    because: list[Annotated[Raw, RuleOut | RedFlagOut]]
    steps: list[Annotated[Raw, StepOut]]
    withheld: list[WithheldOut]
    safety_net: list[str]
    sources: dict[str, Annotated[Raw, SourceOut]]


def case_out(case: Case) -> CaseOut:
    """Return a case by its ids."""
    return CaseOut(
        onset=case.onset.id if case.onset else None,
        location=case.location.id if case.location else None,
        triggers=ids_of(case.triggers),
        red_flags=ids_of(case.red_flags),
        precautions=ids_of(case.precautions),
        asked=UNSET
        if case.asked == NOTHING_SAID
        else AskedOut(case.asked.red_flags or UNSET, case.asked.precautions or UNSET),
    )


def advice_out(table: Table, advice: Advice, ident: Any = None) -> AdviceOut:
    """Return the advice as it is written to JSON; `ident` is the case's own `id`."""
    sources: dict[str, Raw] = {}
    for entry, _ in advice.because:
        sources |= sources_out(entry)
    for given in advice.steps:
        sources |= sources_out(given.step)
    return AdviceOut(
        schema=SCHEMA,
        id=ident,
        table=table_out(table.about, table.file.sha256),
        case=case_out(advice.case),
        level=advice.level.name,  # type: ignore[arg-type]  # the names of the levels
        screened=advice.screened,
        unasked=[flag.id for flag in advice.unasked],
        actions=[
            *([advice.warning] if advice.warning else ()),
            advice.headline,
            *advice.actions,
            *[table.phrases.tell_them.format(what=unstopped(said)) for said in advice.tell],
            *([advice.not_asked] if advice.not_asked else ()),
        ],
        because=[because_out(entry) for entry, _ in advice.because],
        steps=[step_out(given) for given in advice.steps],
        withheld=[withheld_out(one) for one in advice.withheld],
        safety_net=[*advice.safety_net, advice.disclaimer],
        sources=sources,
    )


@lru_cache(8)
def table_out(about: About, sha256: str) -> Raw:
    """Return which table advised."""
    return raw(TableOut(about.title, about.reviewed.isoformat(), sha256))


@lru_cache(KEPT)
def because_out(entry: Rule | RedFlag) -> Raw:
    """Return why a rule or red flag says what it does, as it is written to JSON."""
    make = RuleOut if isinstance(entry, Rule) else RedFlagOut
    return raw(make(entry.id, entry.because))


@lru_cache(KEPT)
def step_out(given: GivenStep) -> Raw:
    """Return a given step as it is written to JSON."""
    step = given.step
    return raw(
        StepOut(
            id=step.id,
            phase=step.phase,
            text=given.text,
            do=step.do,
            how=given.how or None,
            hold=given.hold or None,
            not_if=[precaution.name for precaution in given.not_if],
            origin=step.origin,
            sources_say=step.sources_say,
            sources=[source.id for source in step.sources],
            rules=[rule.id for rule in given.rules],
        )
    )


def withheld_out(one: Withheld) -> WithheldOut:
    """Return a withheld step as it is written to JSON."""
    return WithheldOut(one.step.id, one.precaution.id if one.precaution else None, one.because)


@lru_cache(KEPT)
def sources_out(entry: Rule | RedFlag | Step) -> dict[str, Raw]:
    """Return the sources of what is said as they are written to JSON, in the order they are met."""
    return {source.id: raw(SourceOut(source.name or source.id, source.cite, source.url)) for source in entry.sources}


def raw(value: Any) -> Raw:
    """Return a value as JSON that is copied into any other."""
    return Raw(msgspec.json.encode(value))


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


def encode_typed(value: Any) -> bytes:
    """Return a value that repeats what a person typed as a line of JSON; what a terminal would act on is escaped."""
    return UNPRINTABLE.sub(json_escape, encode(value).decode()).encode()


def json_escape(found: re.Match[str]) -> str:
    """Return a character as JSON escapes it: in one or two halves."""
    return "".join(f"\\u{half}" for half in found[0].encode("utf-16-be").hex(" ", 2).split())
