"""Writes whole lines to stdout: a signal neither tears a line nor waits for who never reads."""

import os
import select
import signal
import stat
import sys
from contextlib import suppress

from spasmhelp.cli.signals import Signalled
from spasmhelp.cli.terminal import unwritable, write

GRACE = 500  # milliseconds that a reader has, after a signal, to take the next piece of the line that was begun
SIGNALS = {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}


def write_lines(lines: bytearray) -> None:
    """Write lines as their reader takes them; a signal ends that, but not within a line. Raises Unwritable."""
    try:
        number, poll = sys.stdout.fileno(), select.poll()
        mode = os.fstat(number).st_mode
    except (AttributeError, OSError, ValueError):  # no descriptor, or a system without poll
        return write(sys.stdout, lines)
    poll.register(number, select.POLLOUT)
    slow = stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(number)
    most = select.PIPE_BUF if slow else len(lines)  # where there is room at all, there is room for so much
    at = 0

    def write_to(end: int, patience: int | None) -> None:
        nonlocal at
        while at < end and poll.poll(patience):
            before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # a signal waits until `at` is true again
            try:
                with suppress(BlockingIOError):
                    at += os.write(number, lines[at : min(at + most, end)])
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    try:
        write_to(len(lines), None)
    except Signalled:
        with suppress(OSError):
            write_to(lines.find(b"\n", at - 1) + 1 if at else 0, GRACE)
        raise
    except OSError as error:
        raise unwritable(sys.stdout, error) from None
