"""What a fault is, and the words in which faults name a case or a number of things."""

from msgspec import Struct

from spasmhelp.core.model import Case, Table


class Fault(Struct, frozen=True, kw_only=True):
    """Something wrong in the whole table: its name, the path of keys, and a smallest case that shows it."""

    name: str
    path: str
    message: str
    case: Case | None = None
    warning: bool = False


def position(table: Table, path: str) -> tuple[int, int]:
    """Return the line and column of a path of keys; (0, 0) without a file."""
    return table.file.places.get(path, (0, 0))


def place_name(case: Case) -> str:
    """Return the onset and location of a case: "sudden, calf"."""
    return ", ".join(word.id for word in (case.onset, case.location) if word)


def and_more(count: int, what: str) -> str:
    """Return " and 3 more places", or nothing for none."""
    return f" and {count} more {what}{'s' * (count > 1)}" if count else ""
