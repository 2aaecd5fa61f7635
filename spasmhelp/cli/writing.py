"""Writes all of it to a descriptor, whatever it is set to: one write is not the whole, and "full" may pass."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import BufferedWriter, RawIOBase, TextIOWrapper
from typing import Any, TextIO


def write_all(number: int, data: bytes | bytearray | memoryview) -> None:
    """Write all of it. Raises OSError."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(number, rest) :]  # a disk that fills up, or ulimit -f, may take a part
        except BlockingIOError:  # O_NONBLOCK: the reader is slow
            wait_to_write(number)


def wait_to_write(number: int) -> None:
    """Wait until the reader has taken something, or has left."""
    poll = select.poll()
    poll.register(number, select.POLLOUT)
    poll.poll()


class Whole(RawIOBase):
    """A descriptor as a raw stream that takes all it is given: Python's own takes a part, and says so to nobody."""

    def __init__(self, stream: TextIO) -> None:
        self.number = stream.fileno()

    def fileno(self) -> int:
        return self.number

    def isatty(self) -> bool:
        return os.isatty(self.number)

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        write_all(self.number, data)
        return len(data)


@contextmanager
def whole_streams() -> Iterator[None]:
    """Within, all that is written to stdout and stderr arrives, typer's help included; or OSError is raised."""
    with redirect_stdout(whole(sys.stdout)), redirect_stderr(whole(sys.stderr)):
        yield


def whole(stream: TextIO) -> TextIO:
    """Return a stream to the same descriptor that writes all; one that is closed, or has none, stays as it is."""
    try:
        raw = Whole(stream)
    except (AttributeError, OSError, ValueError):
        return stream
    return TextIOWrapper(BufferedWriter(raw), stream.encoding, stream.errors, write_through=True)
