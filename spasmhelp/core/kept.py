"""What follows from a table alone is made when it is first needed, and kept for the last few tables."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from spasmhelp.core.model import Table

Made = TypeVar("Made")
TABLES = 8  # a comparison needs two


def once_a_table(make: Callable[[Table], Made]) -> Callable[[Table], Made]:
    """Return a function that makes its value once a table, told apart by identity: to hash a table takes long."""
    kept: dict[int, tuple[Table, Made]] = {}  # with the table, so that no other takes its identity

    @wraps(make)
    def made(table: Table) -> Made:
        if found := kept.get(id(table)):
            return found[1]
        if len(kept) >= TABLES:
            kept.clear()
        kept[id(table)] = table, (value := make(table))
        return value

    return made
