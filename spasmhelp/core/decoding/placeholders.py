"""What stands in braces in the phrases of a table, and is filled in."""

from collections.abc import Iterator
from string import Formatter

from msgspec.structs import fields

from spasmhelp.core.phrases import Phrases


def placeholders(text: str) -> frozenset[str]:
    """Return what stands in braces in a phrase. Raises ValueError for braces that do not pair.

    A width or a conversion counts as part of the name: `{what:>999999999}` must not fill the memory.
    """
    return frozenset(
        name + (f"!{conversion}" if conversion else "") + (f":{width}" if width else "")
        for _, name, width, conversion in Formatter().parse(text)
        if name is not None
    )


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
