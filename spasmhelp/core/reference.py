"""Table + word -> what is known of the entries that it names, and what uses them."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import asdict, fields

from spasmhelp.core.document import CaseError, Problem, printable
from spasmhelp.core.model import Entry, Level, Table, Topic, Word
from spasmhelp.core.wire import SCHEMA, as_data
from spasmhelp.core.words import fold, spellings


class SectionEntry(Struct, frozen=True, kw_only=True):
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


def sections(table: Table) -> dict[str, tuple[Entry, ...]]:
    """Return the sections that hold entries, by their names, in the table's order."""
    found: dict[str, tuple[Entry, ...]] = {}
    for field in fields(Table):
        if field.name == "levels":
            found["levels"] = tuple(LevelEntry(id=level.name, **asdict(words)) for level, words in table.levels.items())
        elif get_origin(field.type) is tuple and issubclass(get_args(field.type)[0], Entry):
            found[field.name] = getattr(table, field.name)
    return found


def all_entries(table: Table, section: str = "") -> tuple[SectionEntry, ...]:
    """Return every entry of a section, or of all."""
    return with_users(
        table,
        [(name, entry) for name, entries in sections(table).items() if section in ("", name) for entry in entries],
    )


def with_users(table: Table, entries: list[tuple[str, Entry]]) -> tuple[SectionEntry, ...]:
    """Return entries, each given with its section, with the paths of what uses them."""
    paths = users(table)
    return tuple(
        SectionEntry(
            section=section,
            entry=entry,
            used_by=paths.get(Level[entry.id] if isinstance(entry, LevelEntry) else entry, ()),
        )
        for section, entry in entries
    )


def look_up(table: Table, text: str) -> tuple[SectionEntry, ...]:
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
        close |= dict.fromkeys(spelled[one] for one in spelled if parts <= set(one.split("_")))
        message = f"nothing is called '{printable(text)}'; `spasmhelp explain --list` lists all there is"
        raise CaseError([Problem(where="", message=message, choices=tuple(close)[:5])])
    return with_users(table, found)


def entries_out(entries: tuple[SectionEntry, ...]) -> dict[str, Any]:
    """Return entries as they are written to JSON: kind, id, their keys, and what uses them."""
    return {
        "schema": SCHEMA,
        "entries": [
            # A source has a kind of its own.
            {"kind": one.kind}
            | {"source_kind" if key == "kind" else key: value for key, value in as_data(one.entry).items()}
            | {"used_by": list(one.used_by)}
            for one in entries
        ],
    }


def called(entry: Entry) -> tuple[str, ...]:
    """Return all that an entry may be called."""
    if isinstance(entry, Word):
        return tuple(spellings(entry))
    if isinstance(entry, Topic):
        return (entry.id, entry.title, *entry.synonyms)
    return tuple(name for name in (entry.id, getattr(entry, "name", "")) if name)


def users(table: Table) -> dict[Entry | Level, tuple[str, ...]]:
    """Return, for all that is referred to, the paths of the entries and cases that do, in the table's order."""
    found: defaultdict[Entry | Level, dict[str, None]] = defaultdict(dict)
    using = [(f"{name}.{entry.id}", entry) for name, entries in sections(table).items() for entry in entries]
    for path, user in [*using, *((f"cases[{i}]", case) for i, case in enumerate(table.cases))]:
        for used in references(user):
            found[used][path] = None
    return {used: tuple(paths) for used, paths in found.items()}


def references(value: Any) -> Iterator[Any]:
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
            yield from references(item)
