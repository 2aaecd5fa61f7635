"""What keeps a YAML text from being a tree: the library's words become ours, at the place where the mistake begins."""

import re
from bisect import bisect_left
from typing import Any

Spot = tuple[int, int]  # line and column, both from 1

# For the YAML library these end a line; for editors, and for who counts lines, they mostly do not.
LINE_END = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
# The two halves in which JSON writes a character beyond U+FFFF; a backslash before them is none of another escape.
HALVES = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
OPENERS = {"sequence": ("list", "[", "]"), "mapping": ("mapping", "{", "}")}


def line_ends(text: str) -> list[tuple[Spot, str]]:
    """Return each character that would end a line for some readers only, and what to say of it."""
    found, line, last = [], 1, 0
    for match in LINE_END.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        spot = (line, last - text.rfind("\n", 0, last))
        found.append((spot, f"U+{ord(match.group()):04X} is not allowed: only a line feed ends a line"))
    return found


def halves_joined(text: str) -> tuple[str, dict[int, list[int]]]:
    r"""Return the text with halves of characters as one escape, "\ud83d\ude00" as "\U0001f600", which is two shorter.

    With it, the columns where these begin now in each line, both counted from 0.
    """
    lines, starts = text.split("\n"), dict[int, list[int]]()
    for number, line in enumerate(lines):
        for before, match in enumerate(HALVES.finditer(line)):
            starts.setdefault(number, []).append(match.end(1) - 2 * before)
        lines[number] = HALVES.sub(one_escape, line)
    return "\n".join(lines), starts


def one_escape(match: re.Match[str]) -> str:
    """Return the escape of the character that two halves make."""
    high, low = int(match[2], 16), int(match[3], 16)
    return f"{match[1]}\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}"


def spot_of(mark: Any, starts: dict[int, list[int]]) -> Spot:
    """Return the place of a mark in the text before halves of characters were joined."""
    return mark.line + 1, mark.column + 1 + 2 * bisect_left(starts.get(mark.line, ()), mark.column)


def mistake(error: Any, last: Any, text: str, starts: dict[int, list[int]]) -> tuple[Spot, str]:
    """Return where a mistake begins, and what to say of it; `last` is the event before it."""
    problem, context = error.problem or "", error.context or ""
    mark, begun = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    if mark is None:  # pragma: no cover - every error of the parser has a place today
        return (0, 0), problem
    spot, beginning = spot_of(mark, starts), spot_of(begun, starts)
    scalar = last if hasattr(last, "value") else None
    if any(said in problem for said in ("a tab", "cannot start any token", "node content")):
        first = character(text, mark)
        return spot, "a tab cannot indent: use blanks" if first == "\t" else unstarted(first)
    if "quoted scalar" in context:
        return (
            (spot, wrong_escape(problem))
            if "escape" in problem
            else (beginning, "a quote opens here and is not closed")
        )
    if "mapping values" in problem:
        if scalar and scalar.start_mark.line == mark.line:
            return spot_of(scalar.start_mark, starts), "a text with a colon and a blank in it must stand in quotes"
        return spot, "a value cannot begin here: mend the indentation, or put the text in quotes"
    if scalar and scalar.style in ("'", '"') and scalar.end_mark.line == mark.line:
        return spot_of(scalar.start_mark, starts), left_over(scalar.style, spot_of(scalar.end_mark, starts))
    if "could not find expected ':'" in problem:
        return beginning, "expected a key with a colon and a blank behind it"
    if "flow" in context:
        return beginning, unclosed(context, spot)
    if any(what in context for what in ("block mapping", "block collection", "block sequence")):
        what = "a key" if "mapping" in context else "'- '"
        return spot, f"expected {what} here, as on line {begun.line + 1}: mend the indentation"
    return spot, " ".join(part for part in (problem, context) if part)


def character(text: str, mark: Any) -> str:
    """Return the character at a mark."""
    lines = text.split("\n", mark.line + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1]


def unstarted(first: str) -> str:
    """Say that a text cannot begin so."""
    return f"a text cannot begin with '{first}': put it in quotes"


def wrong_escape(problem: str) -> str:
    """Say what is wrong with an escape."""
    if "Unicode" in problem:
        return "this escape is no character"
    return 'this escape is not known: between " and " a backslash is written twice'


def left_over(quote: str, end: Spot) -> str:
    """Say that a text in quotes ended early, or late: a quote is missing, or stands inside."""
    inside = "''" if quote == "'" else '\\"'
    closed = f"closed at line {end[0]}, column {end[1] - 1}"
    return f"a quote opens here and is {closed}, where more follows; inside a text it is written {inside}"


def unclosed(context: str, spot: Spot) -> str:
    """Say that a list or a mapping is not closed."""
    what, opening, closing = OPENERS["sequence" if "sequence" in context else "mapping"]
    return f"a {what} opens here with {opening}; expected ',' or '{closing}' at line {spot[0]}, column {spot[1]}"
