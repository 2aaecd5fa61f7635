"""Table + Case -> Explanation, how an advice came about; table + word -> what is known of it."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import asdict, fields, replace

from spasmhelp.core.advise import Advice, advise, applies, in_table_order
from spasmhelp.core.document import CaseError, Problem, printable
from spasmhelp.core.model import Case, Entry, Level, RedFlag, Rule, Table, TableCase, Topic, Word
from spasmhelp.core.wire import SCHEMA, as_data, ids
from spasmhelp.core.words import fold, spellings


class NearMiss(Struct, frozen=True, kw_only=True):
    """A rule that missed by one premise, and the words that would have met it."""

    rule: Rule
    premise: str
    wanted: tuple[Word, ...]


class Explanation(Struct, frozen=True, kw_only=True):
    """How an advice came about; `raised_by` are the red flags and rules that made the level what it is."""

    advice: Advice
    findings: tuple[Word, ...]
    applied: tuple[Rule, ...]
    near_misses: tuple[NearMiss, ...]
    raised_by: tuple[RedFlag | Rule, ...]
    uncovered: bool


class Known(Struct, frozen=True, kw_only=True):
    """An entry of the table, the section it stands in, and the paths of all that refers to it."""

    section: str
    entry: Entry
    used_by: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What one entry of the section is called: "red_flag"."""
        return self.section.removesuffix("s")


class LevelEntry(Entry, frozen=True, kw_only=True):
    """A level with its words, as an entry like any other."""

    name: str
    do: str
    ask: str = ""
    safety_net: tuple[str, ...] = ()
    withheld: str = ""


def explain(table: Table, case: Case) -> Explanation:
    """Return how the advice for a case came about."""
    case = in_table_order(table, case)
    advice = advise(table, case)
    applied = tuple(rule for rule in table.rules if applies(rule, case))
    raised = tuple(
        entry for entry, _ in advice.because if entry.level is advice.level and advice.level > Level.self_care
    )
    findings = tuple(word for word in (case.onset, case.location, *(case.triggers or ())) if word)
    return Explanation(
        advice=advice,
        findings=findings,
        applied=applied,
        near_misses=tuple(miss for rule in table.rules for miss in near_miss(rule, case)),
        raised_by=raised,
        uncovered=advice.level is Level.see_clinician and not raised,
    )


def explanation_out(explanation: Explanation) -> dict[str, Any]:
    """Return how an advice came about, for the last key of `--why --json`."""
    return {
        "findings": ids(explanation.findings),
        "rules": [rule.id for rule in explanation.applied],
        "near_misses": [
            {"rule": miss.rule.id, "premise": miss.premise, "wanted": ids(miss.wanted)}
            for miss in explanation.near_misses
        ],
        "raised_by": [entry.id for entry in explanation.raised_by],
        "uncovered": explanation.uncovered,
    }


def near_miss(rule: Rule, case: Case) -> Iterator[NearMiss]:
    """Yield the one premise that kept a rule from applying, if it is one only."""
    premises = [name for name in rule.when.__struct_fields__ if not applies(only(rule, name), case)]
    if len(premises) == 1:
        yield NearMiss(rule=rule, premise=premises[0], wanted=getattr(rule.when, premises[0]))


def only(rule: Rule, premise: str) -> Rule:
    """Return the rule with no other premise than this one."""
    return replace(rule, when=type(rule.when)(**{premise: getattr(rule.when, premise)}))


def sections(table: Table) -> dict[str, tuple[Entry, ...]]:
    """Return the sections that hold entries, by their names, in the table's order."""
    found: dict[str, tuple[Entry, ...]] = {}
    for field in fields(Table):
        if field.name == "levels":
            found["levels"] = tuple(LevelEntry(id=level.name, **asdict(words)) for level, words in table.levels.items())
        elif get_origin(field.type) is tuple and issubclass(get_args(field.type)[0], Entry):
            found[field.name] = getattr(table, field.name)
    return found


def all_known(table: Table, section: str = "") -> tuple[Known, ...]:
    """Return every entry of a section, or of all."""
    return tuple(
        Known(section=name, entry=entry, used_by=used_by(table, entry))
        for name, entries in sections(table).items()
        if section in ("", name)
        for entry in entries
    )


def look_up(table: Table, text: str) -> tuple[Known, ...]:
    """Return all that has this id, name or synonym, in any section.

    Raises CaseError, with the nearest words as its choices, where nothing has.
    """
    entries = [(name, entry) for name, several in sections(table).items() for entry in several]
    wanted = fold(text)
    found = [(name, entry) for name, entry in entries if wanted in map(fold, called(entry))]
    if not found:
        spelled = {fold(spelling): entry.id for _, entry in entries for spelling in called(entry)}
        close = dict.fromkeys(spelled[one] for one in get_close_matches(wanted, spelled, n=5))
        parts = set(wanted.split("_"))
        close |= dict.fromkeys(ident for one, ident in spelled.items() if parts <= set(one.split("_")))
        message = f"nothing is called '{printable(text)}'; `spasmhelp explain --list` lists all there is"
        raise CaseError([Problem(where="", message=message, choices=tuple(close)[:5])])
    return tuple(Known(section=name, entry=entry, used_by=used_by(table, entry)) for name, entry in found)


def entries_out(known: tuple[Known, ...]) -> dict[str, Any]:
    """Return entries as they are written to JSON: kind, id, their keys, and what uses them."""
    return {
        "schema": SCHEMA,
        "entries": [
            # A source has a kind of its own.
            {"kind": one.kind}
            | {"source_kind" if key == "kind" else key: value for key, value in as_data(one.entry).items()}
            | {"used_by": list(one.used_by)}
            for one in known
        ],
    }


def called(entry: Entry) -> tuple[str, ...]:
    """Return all that an entry may be called."""
    if isinstance(entry, Word):
        return tuple(spellings(entry))
    if isinstance(entry, Topic):
        return (entry.id, entry.title, *entry.synonyms)
    return tuple(name for name in (entry.id, getattr(entry, "name", "")) if name)


def used_by(table: Table, entry: Entry) -> tuple[str, ...]:
    """Return the paths of the entries and cases that refer to an entry, in the table's order."""
    users = [
        f"{name}.{other.id}" for name, entries in sections(table).items() for other in entries if refers(other, entry)
    ]
    users += [f"cases[{i}]" for i, case in enumerate(table.cases) if refers(case, entry)]
    return tuple(users)


def refers(user: Entry | TableCase, entry: Entry) -> bool:
    """Whether a value refers to an entry anywhere inside, itself left out."""
    wanted = Level[entry.id] if isinstance(entry, LevelEntry) else entry
    return any(part is wanted for part in parts(user))


def parts(value: Any) -> Iterator[Any]:
    """Yield what a value refers to, without going into the entries that it names."""
    if isinstance(value, Struct):
        inner: Any = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, dict):
        inner = [*value, *value.values()]
    else:
        inner = value if isinstance(value, tuple) else ()
    for item in inner:
        if isinstance(item, Entry | Level):
            yield item
        else:
            yield from parts(item)
