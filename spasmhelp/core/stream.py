"""JSON Lines in, JSON Lines out: pieces of bytes become blocks of whole lines, one for each line that is not blank."""

from collections.abc import Iterable, Iterator

from spasmhelp.core.answer import BEFORE_IDENT, Answerer
from spasmhelp.core.document import MAX_BYTES
from spasmhelp.core.plain import plain_ident, taken_apart

FULL = 960  # parts of a block: one writev takes 1024, and an answer has some twenty
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZERO = ord("0")


def answer_stream(answerer: Answerer, pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the answers to the lines of an input as they can be given: after each piece, and when a block is full.

    A block is whole lines in parts: to put them together would be to copy each answer once more.
    """
    number = 0
    for lines in whole_lines(pieces):
        out: list[bytes] = []
        whole, compose, keep = answerer.known.whole.get, answerer.known.compose, answerer.known.keep
        spacing, items = taken_apart(lines if number else lines.removeprefix(BYTE_ORDER_MARK))
        for item in items:
            ident, _, rest = item.partition(spacing.comma)
            plain = (ident.isdigit() and ident[0] != ZERO) or plain_ident(ident)
            if plain and (answer := whole(rest)):
                number += 1
                out += (BEFORE_IDENT, ident, answer)
            elif plain and (parts := compose(rest, spacing)):
                number += 1
                out += (BEFORE_IDENT, ident)
                out += parts
                keep(rest, parts)
            else:
                for line in (spacing.opening + item + spacing.closing).split(b"\n"):
                    number += 1
                    out += answerer.answer(line, number)
            if len(out) > FULL:
                yield out
                out = []
        answerer.tidy(number)
        yield out


def whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield, for each piece of the input, the lines that end in it, as one; a line that is too long is cut short."""
    begun = bytearray()
    for piece in pieces:
        lines, newline, rest = piece.rpartition(b"\n")
        if newline:
            yield bytes(begun) + lines
            begun = bytearray(rest)
        elif len(begun) <= MAX_BYTES:
            begun += rest
    if begun:
        yield bytes(begun)
