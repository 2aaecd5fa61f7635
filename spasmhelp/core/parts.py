"""The parts that the JSON of an advice is put together from, each by the few answers that decide it, and encoded."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import level_of, without_steps
from spasmhelp.core.model import Case, Level, Location, Onset, Precaution, RedFlag, Rule, Source, Step, Table
from spasmhelp.core.steps import Candidate, candidate, give, withhold
from spasmhelp.core.wire import advice_out, because_out, ids, sources_out, step_out, withheld_out

Parts = Sequence[bytes]
Item = tuple[bytes, bytes]  # as the first of a list, and behind others


# Compared as objects, not by what they hold: each stands once for the same answers, and is a key that costs little.
class Flags(Struct, frozen=True, eq=False):
    """The red flags of a case, None if they were not asked; as ids, and with why each matters."""

    words: tuple[RedFlag, ...] | None
    ids: bytes
    level: Level
    because: Item
    cited: tuple[str, ...]


class Precautions(Struct, frozen=True, eq=False):
    """The precautions of a case."""

    asked: bool
    names: tuple[str, ...]
    ids: bytes


class Choice(Struct, frozen=True, eq=False):
    """A step that rules advise at a place: as given, precautions asked or not, and as withheld by each."""

    candidate: Candidate
    given: Item
    unasked: Item
    withheld: dict[str, Item]
    cited: tuple[str, ...]


class Cited(Struct, frozen=True, eq=False):
    """Sources by their ids, in the order they are met; as JSON, once each, followed by those that steps cite."""

    ids: tuple[str, ...]
    behind: dict["Cited", bytes]


class Steps(Struct, frozen=True, eq=False):
    """The steps of a case, given and withheld; whether none is left of those advised; the sources of those given."""

    parts: Parts
    none_left: bool
    cited: Cited


class Said(Struct, frozen=True, eq=False):
    """The sentences of an advice: up to the reasons (other ones where no step is left), and behind the steps."""

    before: bytes
    none_left: bytes
    after: bytes


class Head(Struct, frozen=True, eq=False):
    """What red flags make of a situation: what is said, what bars all steps, and the steps that were made so far."""

    said: Said
    because: bytes
    bar: str
    steps: dict[Precautions, Steps]
    cited: Cited


class Situation(Struct, frozen=True, eq=False):
    """An onset, a location and the rules that apply there; `raising` are those that raise the level to `level`."""

    onset: Onset | None
    location: Location | None
    rules: tuple[Rule, ...]
    raising: tuple[Rule, ...]
    level: Level
    because: bytes
    choices: tuple[Choice, ...]
    cited: tuple[str, ...]
    heads: dict[Flags, Head]
    steps: dict[str, dict[Precautions, Steps]]


class Findings(Struct, frozen=True, eq=False):
    """The onset, location and triggers of a case: how its JSON opens, and the situation they make."""

    opening: bytes
    situation: Situation


def flags_part(words: tuple[RedFlag, ...] | None) -> Flags:
    """Return red flags as a part."""
    because = items(because_out(flag, flag.because) for flag in words or ()) + b'],"steps":['
    level = level_of((), words or (), covered=True)
    return Flags(words, encoded(ids(words)) + b',"precautions":', level, (because, b"," + because), cited(words or ()))


def precautions_part(words: tuple[Precaution, ...] | None) -> Precautions:
    """Return precautions as a part."""
    names = ids(words)
    return Precautions(words is not None, tuple(names or ()), encoded(names) + b"},")


def choice_part(
    table: Table, onset: Onset | None, location: Location | None, step: Step, rules: tuple[Rule, ...]
) -> Choice:
    """Return a step that rules advise at an onset and location as a part."""
    one = candidate(step, Case(onset=onset, location=location), rules)
    given, unasked = (item(step_out(give(table, one, asked))) for asked in (True, False))
    withheld = {reason.id: item(withheld_out(withhold(one, reason, ""))) for reason in one.against}
    return Choice(one, given, unasked, withheld, cited((step,)))


def said_part(
    table: Table,
    onset: Onset | None,
    location: Location | None,
    raising: tuple[Rule, ...],
    flags: Flags,
    level: Level,
) -> Said:
    """Return what is said at a level, by the rules of a place that raise it and by red flags, as a part."""
    case = Case(onset=onset, location=location, red_flags=flags.words)

    def cut(none_left: bool) -> list[bytes]:
        advice = replace(without_steps(table, case, raising, level, none_left), because=())
        # Texts have no quotes that are not escaped, so what is looked for is nothing but the keys.
        _, _, from_level = encoded(advice_out(table, advice)).partition(b'},"level":')
        return from_level.removesuffix(b"{}}").split(b'],"steps":[],"withheld":[]')

    (before, after), (none_left, _) = cut(none_left=False), cut(none_left=True)
    return Said(b'"level":' + before, b'"level":' + none_left, b"]" + after)


def source_part(source: Source) -> bytes:
    """Return a source as an item of an object of JSON."""
    return encoded(sources_out((source,)))[1:-1]


def cited(entries: Iterable[Rule | RedFlag | Step]) -> tuple[str, ...]:
    """Return the sources of entries by their ids."""
    return tuple([source.id for entry in entries for source in entry.sources])


def items(values: Iterable[Any]) -> bytes:
    """Return values as they stand in a list of JSON, without its brackets."""
    return b",".join(map(encoded, values))


def item(value: Any) -> Item:
    """Return a value as an item of a list of JSON."""
    one = encoded(value)
    return one, b"," + one


def encoded(value: Any) -> bytes:
    """Return a value as JSON."""
    return msgspec.json.encode(value)
