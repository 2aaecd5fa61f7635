"""Writes blocks of whole lines to stdout: a signal neither tears a line nor waits for who never reads."""

import os
import select
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from spasmhelp.cli.signals import Signalled
from spasmhelp.cli.terminal import unwritable, write

GRACE = 0.5  # seconds that a reader has, after a signal, to take the rest of a line
PIPE_BUF = getattr(select, "PIPE_BUF", 512)


def block_writer() -> Callable[[list[bytes]], None]:
    """Return what writes blocks, whole lines in parts, to stdout; it raises Unwritable."""
    try:
        number = sys.stdout.fileno()
        mode = os.fstat(number).st_mode
    except (AttributeError, OSError, ValueError):
        return lambda block: write(sys.stdout, b"".join(block))  # which says why
    if sys.platform == "win32" or not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(number)):
        return lambda block: write_file(number, block)
    try:  # A descriptor of our own: not to block is a property that others who hold this one would share.
        own, most = os.open(f"/proc/self/fd/{number}", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY), sys.maxsize
    except OSError:
        own, most = number, PIPE_BUF  # where there is room at all, there is room for so much
    return lambda block: write_pipe(own, most, block)


def write_file(number: int, block: list[bytes]) -> None:
    """Write a block where nobody has to read for it to be written. A signal waits. Raises Unwritable."""
    with masked():
        written = write_parts(number, block)
        if written < sum(map(len, block)):
            write(sys.stdout, b"".join(block)[written:])


def write_parts(number: int, block: list[bytes]) -> int:
    """Write what can be written of the parts without putting them together, and return how many bytes that was."""
    try:
        return os.writev(number, block)
    except (AttributeError, OSError, ValueError):  # too many parts, or what `write` says better
        return 0


def write_pipe(number: int, most: int, block: list[bytes]) -> None:
    """Write a block as a reader takes it; a signal ends that, the line that was begun ends too. Raises Unwritable."""
    at, size = 0, sum(map(len, block))
    try:
        if most > PIPE_BUF:  # mostly there is room for all of it, and nothing needs to be put together
            with masked():
                at = write_parts(number, block)
        data = memoryview(b"".join(block) if at < size else b"")
        while at < size:
            select.select([], [number], [])
            with masked():
                at += write_some(number, data[at : at + most])
    except Signalled:
        begun, rest = b"".join(block)[:at], b"".join(block)[at:]
        if begun and not begun.endswith(b"\n"):
            end_line(number, rest.partition(b"\n")[0] + b"\n")
        raise
    except OSError as error:
        raise unwritable(sys.stdout, error) from None


def write_some(number: int, data: memoryview) -> int:
    """Write what there is room for, and return how many bytes that was."""
    try:
        return os.write(number, data)
    except BlockingIOError:
        return 0


def end_line(number: int, rest: bytes) -> None:
    """Write the rest of a line, if somebody still reads."""
    end = time.monotonic() + GRACE
    try:
        while rest and (left := end - time.monotonic()) > 0:
            if select.select([], [number], [], left)[1]:
                rest = rest[write_some(number, memoryview(rest)[:PIPE_BUF]) :]
    except OSError:
        return


@contextmanager
def masked() -> Iterator[None]:
    """Within, signals that end the program wait."""
    mask = getattr(signal, "pthread_sigmask", None)  # Windows has none
    before = mask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)) if mask else ()
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)
