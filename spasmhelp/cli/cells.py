"""Text measured in the cells of a terminal: a Japanese letter takes two of them, a mark on a letter none."""

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from rich.cells import cell_len, chop_cells, get_character_cell_size, set_cell_size

# A line may be broken at a blank, and beside a letter of two cells; none begins with what ends a sentence, or a mark.
CLOSING = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\u300d\u300f\uff09\u30fc\u3099\u309a"
PIECE = re.compile(f"[^\u1100-\U0010ffff]+|.[{CLOSING}]*")


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrapped_lines(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """Return the lines of a text, none wider than so many cells; the first begins with `first`, the rest `others`."""
    if text.isascii() or all(get_character_cell_size(one) == 1 for one in text):
        return wrap(text, width, initial_indent=first, subsequent_indent=others)
    lines: list[str] = []
    line = ""
    for blank, piece in pieces_of(text, max(2, width - max(cells(first), cells(others)))):
        start = others if lines else first
        if line and cells(start + line + blank + piece) > width:
            lines.append(start + line)
            line = ""
        line += f"{blank}{piece}" if line else piece
    return [*lines, (others if lines else first) + line] if line else lines


def pieces_of(text: str, most: int) -> Iterator[tuple[str, str]]:
    """Yield what no line is broken in, none over so many cells, each behind the blank that parts it from the last."""
    for word in text.split():
        pieces = [part for piece in PIECE.findall(word) for part in chop_cells(piece, most)]
        yield from zip([" ", *[""] * len(pieces)], pieces, strict=False)


def cut(text: str, width: int) -> str:
    """Return the end of a text that fits so many cells."""
    while cells(text) > width:
        text = text[1:]
    return text


def left(text: str, width: int) -> str:
    """Return a text with blanks behind it, so that it takes so many cells at least."""
    return text + " " * (width - cells(text))


def right(text: str, width: int) -> str:
    """Return a text with blanks before it, so that it takes so many cells at least."""
    return " " * (width - cells(text)) + text


def centred(text: str, width: int) -> str:
    """Return a text in the middle of so many cells, cut to them."""
    text = set_cell_size(text, width) if cells(text) > width else text
    before = (width - cells(text) + 1) // 2
    return left(" " * before + text, width)


def wrapped(words: Iterable[str], width: int, start: str = "") -> str:
    """Join the parts of a command after `start`, with a backslash at the end of each full line, as a shell allows."""
    lines = [start]
    for word in words:
        if lines[-1] and cells(lines[-1]) + cells(word) + 3 > width:
            lines[-1] += " \\"
            lines.append("  " + word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)
