"""What the shell offers when a word is completed: the words of the table, with their names beside them."""

from collections.abc import Iterator

from spasmhelp.core.document import Wrong
from spasmhelp.core.model import Entry, Table
from spasmhelp.core.reference import sections
from spasmhelp.core.words import fold
from spasmhelp.files import load_table


def offered(table_path: str | None, begun: str, sections: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what completes a word of these sections of a table, or of all: ids, each with its name."""
    try:
        table = load_table(table_path)
    except Wrong:
        return []  # a prompt is no place to tell what is wrong with a table
    return [(entry.id, name_of(entry)) for entry in entries(table, sections) if entry.id.startswith(fold(begun))]


def entries(table: Table, names: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the entries of some sections, or of all, each id once."""
    seen = set()
    for name, found in sections(table).items():
        for entry in found:
            if (not names or name in names) and entry.id not in seen:
                seen.add(entry.id)
                yield entry


def name_of(entry: Entry) -> str:
    """Return what an entry is called, for beside its id."""
    return getattr(entry, "name", "") or getattr(entry, "title", "")
