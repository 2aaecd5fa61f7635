"""Reads a descriptor to its end, whatever it is set to: a pause of who writes is not the end."""

import os
import select
from collections.abc import Iterator

PIECE = 1 << 16


def pieces(number: int) -> Iterator[bytes]:
    """Yield what comes, as it comes. Raises OSError."""
    while True:
        try:
            piece = os.read(number, PIECE)
        except BlockingIOError:  # O_NONBLOCK: nothing is there yet
            wait_to_read(number)
            continue
        if not piece:
            return
        yield piece


def to_end(number: int, most: int) -> bytes:
    """Return all that comes; where that is more than `most` bytes, some of it, longer than that. Raises OSError."""
    data = bytearray()
    for piece in pieces(number):
        data += piece
        if len(data) > most:
            break
    return bytes(data)


def may_pause(number: int) -> bool:
    """Whether a read returns nothing while nothing is there, as at the end."""
    return os.name == "posix" and not os.get_blocking(number)


def wait_to_read(number: int) -> None:
    """Wait until there is something to read, or the end."""
    poll = select.poll()
    poll.register(number, select.POLLIN)
    poll.poll()
