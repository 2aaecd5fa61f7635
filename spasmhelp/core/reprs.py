"""How a value looks in a Python prompt, a line, and in a notebook, where no text of a table is markup."""

import re
from collections.abc import Iterable

LONGEST = 120
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&-])")


def one_line(value: object, text: str) -> str:
    """Return a line for a value: its type, and a text that is cut where it is too long."""
    text = " ".join(text.split())
    line = f"<{type(value).__name__} {text if text.isprintable() else repr(text)[1:-1]}>"
    return line if len(line) <= LONGEST else line[: LONGEST - 4].rstrip() + "...>"


def literal(text: str) -> str:
    """Return a text as Markdown that shows it as it is, in one paragraph."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def bulleted(texts: Iterable[str], mark: str = "-") -> str:
    """Return texts as a list in Markdown; the mark `1.` numbers them."""
    return "\n".join(f"{mark} {literal(text)}" for text in texts)
