"""Turns SIGINT, SIGTERM and SIGHUP into a clean exit."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Signalled(BaseException):
    """A signal asked the program to end; `status` is 128 and its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


def _raise(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)  # asked again while it ends, it ends at once
    raise Signalled(number)


def _end(number: int, _frame: FrameType | None) -> None:
    # Raised in the middle of an import, an exception may be swallowed or printed; nothing is begun that needs an end.
    os._exit(128 + number)


@contextmanager
def clean_exit(starting: bool = False) -> Iterator[None]:
    """Within, SIGINT, SIGTERM and SIGHUP raise Signalled or, while starting, end the process with the same status.

    A signal that is ignored (nohup) stays so.
    """
    before: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, _end if starting else _raise)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
