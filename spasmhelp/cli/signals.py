"""Turns SIGINT, SIGTERM and SIGHUP into a clean exit."""

import os
import signal
from collections.abc import Callable, Iterator
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
    with handled(_end if starting else _raise):
        yield


@contextmanager
def held() -> Iterator[None]:
    """Within, such a signal waits; it comes when that is left."""
    waiting: list[int] = []
    with handled(lambda number, _frame: waiting.append(number)):
        yield
    for number in waiting:
        signal.raise_signal(number)


@contextmanager
def handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Within, the signals that ask the program to end go to a handler, unless they are ignored."""
    before: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


@contextmanager
def signals_raise(name: str) -> Iterator[None]:
    """Within, this signal too raises Signalled, where the system has it and nobody ignores it."""
    number = getattr(signal, name, None)
    if number is None or signal.getsignal(number) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(number, _raise)
    try:
        yield
    finally:
        signal.signal(number, before)


@contextmanager
def stops_with(before: Callable[[], None], after: Callable[[], None]) -> Iterator[None]:
    """Within, Ctrl-Z runs `before` and stops the program; once it goes on, however it was stopped, `after` runs."""
    names = ("SIGTSTP", "SIGCONT")
    if not all(hasattr(signal, name) for name in names):  # Windows
        yield
        return
    handlers = [signal.getsignal(getattr(signal, name)) for name in names]

    def stop(number: int, _frame: FrameType | None) -> None:
        before()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, stop)
        after()

    def go_on(_number: int, _frame: FrameType | None) -> None:
        after()

    if handlers[0] is not signal.SIG_IGN:  # a shell without jobs lets nobody stop
        signal.signal(signal.SIGTSTP, stop)
    signal.signal(signal.SIGCONT, go_on)
    try:
        yield
    finally:
        for name, handler in zip(names, handlers, strict=True):
            signal.signal(getattr(signal, name), handler)
