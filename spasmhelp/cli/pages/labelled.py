"""An entry of the table as labels and values: what is called by a key there has a label here, an entry its name."""

from typing import Any

from msgspec.structs import fields

from spasmhelp.core.decoding.typed import required
from spasmhelp.core.model import Entry
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.reference import SectionEntry
from spasmhelp.core.wire import as_data

Pairs = tuple[tuple[str, Any], ...]


def labelled(entry: Any, phrases: Phrases, without: tuple[str, ...] = ()) -> Pairs:
    """Return the keys of an entry, or of a part of one, by their labels, but for what is left at its default.

    A value is a text, a list of texts or of pairs, or pairs; what is referred to is its id.
    """
    given = ((field, getattr(entry, field.name)) for field in fields(entry) if field.name not in without)
    return tuple(
        (getattr(phrases, f"label_{field.name}"), value_of(value, phrases))
        for field, value in given
        if required(field) or value != field.default
    )


def value_of(value: Any, phrases: Phrases) -> Any:
    """Return a value as it is shown."""
    if hasattr(value, "__struct_fields__") and not isinstance(value, Entry):
        return labelled(value, phrases)
    if isinstance(value, dict):
        return tuple((name_of_entry(key), value_of(part, phrases)) for key, part in value.items())
    if isinstance(value, tuple):
        return [value_of(part, phrases) for part in value]
    if isinstance(value, bool):
        return phrases.label_yes if value else ""
    return "" if value is None else str(as_data(value, top=False))


def name_of_entry(entry: Any) -> str:
    """Return what an entry is called, by its id where it has no name."""
    return getattr(entry, "name", "") or getattr(entry, "title", "") or str(entry.id)


def title_of(one: SectionEntry, phrases: Phrases) -> str:
    """Return what an entry is called, and what kind of entry it is."""
    name = getattr(one.entry, "name", "") or one.entry.id
    return phrases.titled.format(name=name, kind=getattr(phrases, f"kind_{one.kind}"))


def section_title(section: str, phrases: Phrases) -> str:
    """Return what a section is called."""
    title: str = getattr(phrases, f"section_{section}")
    return title
