"""Markdown in which no text can be more than text: what a table or a person says is escaped, and stands in one line."""

import re
from collections.abc import Iterable

from msgspec import Struct

from spasmhelp.core.document import visible

SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
LIST_MARK = re.compile(r"^(\d*)([-+=.)])")  # at the start of a line these begin a list, or underline a heading
ADDRESS = re.compile(r"https?://[^\s<>\\]+", re.ASCII)
BLANK_LINE = "_" * 60  # Markdown draws it as a rule; on paper it is a line to write on


class PagePart(Struct, frozen=True):
    """A part of a page, and what kind of part it is."""

    kind: str
    markdown: str


def escaped(text: str) -> str:
    """Return a text so that Markdown shows it as it stands."""
    text = visible(" ".join(text.split()))
    return LIST_MARK.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", text))


def titled(level: int, text: str) -> str:
    """Return a heading."""
    return f"{'#' * level} {escaped(text)}"


def bullet_list(texts: Iterable[str]) -> str:
    """Return a list of texts."""
    return "\n".join(f"- {escaped(text)}" for text in texts)


def linked(text: str, address: str | None) -> str:
    """Return a text as a link, where its address is one of the web."""
    if address is None or not ADDRESS.fullmatch(address):
        return escaped(text)
    return f"[{escaped(text)}](<{address}>)"


def blocks(*texts: str) -> str:
    """Join blocks of Markdown with the blank line that must stand between them; an empty one is left out."""
    return "\n\n".join(filter(None, texts))


def document(parts: Iterable[PagePart]) -> str:
    """Return the parts of a page as one text."""
    return blocks(*(part.markdown for part in parts)) + "\n"
