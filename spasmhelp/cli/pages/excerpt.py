"""What `check` found as a person at a terminal reads it: the line of the file, with a caret under the exact place."""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from spasmhelp.cli.cells import wrapped
from spasmhelp.cli.pages.command import example_of
from spasmhelp.cli.pages.report import Found, Report, count
from spasmhelp.cli.terminal import Look
from spasmhelp.core.document import UNPRINTABLE

STYLES = {"warning": "bold yellow"}
WRONG = "bold red"
TOKEN = re.compile(r""" "[^"]*" | '[^']*' | [^\s:,\[\]{}'"]+ | . """, re.VERBOSE)


def excerpts(report: Report, look: Look, path: str | None) -> Iterator[Text]:
    """Yield each thing found with its line of the file and a smallest case, and a last line that counts."""
    lines = report.text.split("\n")
    for one in report.found:
        yield heading(one)
        yield from excerpt(one, report.file, lines, look)
        if one.case:
            yield Text(wrapped(example_of(one.case, path), look.width, "  shown by:"))
        yield Text()
    yield Text(count(report), style="bold")


def heading(one: Found) -> Text:
    """Return what is wrong, its name first."""
    name = {"problem": "problem", "warning": f"warning: {one.name}"}.get(one.kind, one.name)
    return Text.assemble((name, STYLES.get(one.kind, WRONG)), ": ", (one.message, "bold"))


def excerpt(one: Found, file: str, lines: list[str], look: Look) -> Iterator[Text]:
    """Yield the place, the line of the file, and a caret under the word."""
    at = f"{file}:{one.line}:{one.column}" if one.line else file
    margin = " " * len(str(one.line))
    yield Text(f"{margin}--> {at}" + (f"  {one.path}" if one.path else ""), style="dim")
    if not 0 < one.line <= len(lines):
        return
    before, token, after = split_at(lines[one.line - 1], one.column, look.width - len(margin) - 4)
    style = STYLES.get(one.kind, WRONG)
    yield Text(f"{margin} |", style="dim")
    yield Text.assemble((f"{one.line} | ", "dim"), before, (token, style), after)
    yield Text.assemble((f"{margin} | ", "dim"), " " * cell_len(before), ("^" * max(1, cell_len(token)), style))


def split_at(line: str, column: int, room: int) -> tuple[str, str, str]:
    """Return a line before, at and after a place, cut to the room there is so that the place stays in sight."""
    room = max(room, 8)
    start = min(max(column - 1, 0), len(line))
    cut = max(0, start - 2 * room)  # a whole table may stand on one line
    line = UNPRINTABLE.sub("?", line[cut : start + 2 * room].rstrip("\r"))
    before, rest = line[: start - cut], line[start - cut :]
    found = TOKEN.match(rest)
    token = found[0] if found else ""
    token = token[: room // 2] if cell_len(token) > room // 2 else token
    after = rest[len(token) :]
    before = "..." + before[3:] if cut else before
    while cell_len(before) + cell_len(token) > room:
        before = "..." + before[4 + 3 * before.startswith("...") :]
    while after and cell_len(before) + cell_len(token) + cell_len(after) > room:
        after = after[:-1]
    return before, token, after
