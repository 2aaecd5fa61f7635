"""What the shell offers when a word is completed: the words of the table, with their names beside them."""

import os
import re
from collections.abc import Iterable, Iterator, MutableMapping

from spasmhelp.core.document import Wrong
from spasmhelp.core.model import Entry, Table, Word
from spasmhelp.core.reference import sections
from spasmhelp.core.words import fold, spellings
from spasmhelp.files import load_table

# Shells evaluate what they are offered, zsh even the names beside it, and a table may come from anywhere.
harmless = re.compile(r"\w+").fullmatch
HARMFUL = re.compile(r"[^\w ,.-]+")


def offered(table_path: str | None, before: Iterable[str], begun: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what completes a word of these sections of a table, or of all: each with the name of its entry.

    An id where that begins so, else a name or synonym that does, its words joined by underscores; `before` are the
    words of the same answer that stand there already.
    """
    if table_path is not None and not os.path.isfile(table_path):
        return []  # a pipe would be waited for
    try:
        table = load_table(table_path)
    except Wrong:
        return []  # a prompt is no place to tell what is wrong with a table
    start = begins(" ".join([*before, ""]))
    wanted = begins(" ".join([*before, begun]))
    found: dict[str, str] = {}
    for entry in entries(table, names):
        for spelling in map(fold, spellings(entry) if isinstance(entry, Word) else (entry.id, name_of(entry))):
            if spelling.startswith(wanted) and harmless(rest := spelling.removeprefix(start)):
                found.setdefault(rest, " ".join(HARMFUL.sub(" ", name_of(entry)).split()))
                break
    return list(found.items())


def begins(text: str) -> str:
    """Return how the spellings begin that a text may be the beginning of."""
    folded = fold(text)
    return f"{folded}_" if folded and text[-1] in " -_" else folded


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


def joined_to(environment: MutableMapping[str, str]) -> str:
    """Return the option that the word is joined to, as in `--onset=su`: all shells but bash replace that with it."""
    found = re.search(r"(?:^|\s)(--[a-z-]+=)\S*$", environment.get("_TYPER_COMPLETE_ARGS", ""))
    return found[1] if found else ""


def join_options(environment: MutableMapping[str, str]) -> None:
    """Join what bash parts at an equals sign, `--onset`, `=`, `su`: typer would take the sign for the value."""
    words = environment.get("COMP_WORDS", "").split("\n")
    number = environment.get("COMP_CWORD", "")
    at = int(number) if re.fullmatch("[0-9]{1,6}", number) else 0
    joined: list[str] = []
    gone = 0
    for i, word in enumerate(words):
        if joined and joined[-1].startswith("--") and (word == "=" or joined[-1].endswith("=")):
            joined[-1] += word
            gone += i <= at
        else:
            joined.append(word)
    environment.update(COMP_WORDS="\n".join(joined), COMP_CWORD=str(at - gone))
