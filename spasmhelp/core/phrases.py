"""Every word that the program itself says, outside `--help`, `check` and errors: English, until a table says otherwise.

A field is a phrase, its default the English one. What stands in braces is filled in; a table must keep it.
"""

from collections.abc import Iterator
from string import Formatter

from msgspec import Struct
from msgspec.structs import fields


class Phrases(Struct, frozen=True, kw_only=True):
    """The phrases of a table, each by its name."""

    # Advice.
    now: str = "NOW"
    next: str = "NEXT, if it stays tight or sore"
    prevent: str = "OVER WEEKS, to make it less likely"
    not_asked: str = "Not asked: {lines}."
    tell_them: str = "Tell them: {what}."


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a phrase. Raises ValueError for braces that do not pair."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def wrong_placeholders(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield each phrase whose placeholders are not those of the English one, and what is wrong with it."""
    for field in fields(Phrases):
        wanted = placeholders(field.default)
        try:
            found = placeholders(getattr(phrases, field.name))
        except ValueError as error:
            yield field.name, f"has a brace that does not pair: {error}"
            continue
        if found != wanted:
            listed = " and ".join(f"'{{{name}}}'" for name in sorted(wanted)) or "no placeholder"
            yield field.name, f"needs {listed}, as the English one: '{field.default}'"
