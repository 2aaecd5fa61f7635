"""JSON Lines in, JSON Lines out: pieces of bytes become blocks of whole lines, one for each line that is not blank."""

from collections.abc import Iterable, Iterator

from spasmhelp.core.answer import BEFORE_IDENT, OPENING, Answerer, problems_line
from spasmhelp.core.document import MAX_BYTES, CaseError, Problem

BLOCK = 1 << 18  # smaller ones are written too often, larger ones have more parts than one writev takes
TOO_LONG = CaseError([Problem(where="", message=f"is over {MAX_BYTES >> 20} MiB, the most that a line may be")])
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def answer_stream(answerer: Answerer, pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the answers to the lines of an input as they can be given: after each piece, and when a block is full.

    A block is whole lines in parts: to put them together would be to copy each answer once more.
    """
    out: list[bytes] = []
    size = number = 0
    opening, kept = OPENING.match, answerer.kept.get
    for lines in whole_lines(pieces):
        for line in lines:
            number += 1
            # The way of nearly all lines, without a call: what follows the `id` came before.
            opened = opening(line) if line else None
            rest = kept(line[opened.end() :]) if line and opened else None
            if opened and rest is not None:
                parts: tuple[bytes, ...] = (BEFORE_IDENT, opened[1], rest)
            elif line is None:
                answerer.bad += 1
                parts = (problems_line(b"", number, TOO_LONG),)
            elif line and not line.isspace():
                parts = answerer.answer(line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line, number)
            else:
                continue
            answerer.count += 1
            out += parts
            size += len(parts[-1])
            if size > BLOCK:
                yield out
                out, size = [], 0
        yield out
        out, size = [], 0


def whole_lines(pieces: Iterable[bytes]) -> Iterator[list[bytes | None]]:
    """Yield, for each piece of the input, the lines that end in it; None for one that is too long to be kept."""
    begun, too_long = bytearray(), False
    for piece in pieces:
        lines: list[bytes | None] = []
        first, *others = piece.split(b"\n")
        begun += first
        too_long = too_long or len(begun) > MAX_BYTES
        if others:
            lines = [None if too_long else bytes(begun), *others[:-1]]
            begun, too_long = bytearray(others[-1]), False
        elif too_long:
            begun.clear()
        yield lines
    if begun or too_long:
        yield [None if too_long else bytes(begun)]
