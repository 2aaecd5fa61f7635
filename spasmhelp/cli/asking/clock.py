"""A clock that runs while the machine sleeps, and a keyboard: what the guide waits for, and a test can stand in for."""

import os
import select
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Protocol

from spasmhelp.cli.asking.keys import Decoder
from spasmhelp.cli.signals import signals_raise, stops_with
from spasmhelp.cli.terminal import Stopped

try:
    import termios
    import tty
except ImportError:  # Windows: a key needs Enter there
    termios = None  # type: ignore[assignment]

ESCAPE_WAIT, KEY_WAIT = 0.05, 0.5  # seconds of silence that end a sequence, and that make a letter a key


def seconds_awake_or_not() -> float:
    """Return seconds since some moment, those included in which the machine slept, where the system counts them."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # on macOS it is the second that runs on
        if hasattr(time, name):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()


class Clock(Protocol):
    """Tells the time, and what was typed meanwhile."""

    woken: bool  # whether the program was stopped since, so that all must be drawn again

    @property
    def word(self) -> str:
        """What is being typed and not ended yet, where the terminal does not show it itself."""

    def now(self) -> float:
        """Return seconds since any moment."""

    def read(self, seconds: float | None, keys: str) -> str | None:
        """Return the next line, or one of these keys alone; None after so many seconds, or when a letter was typed.

        Raises Stopped at the end of input.
        """

    def drop(self) -> str:
        """Drop what was typed and not read yet, and return it."""

    def keys(self) -> AbstractContextManager[None]:
        """Within, a key needs no Enter, and is not echoed."""

    def lines(self) -> AbstractContextManager[None]:
        """Within `keys`, lines are typed as ever."""


class Keyboard:
    """The real clock and the real keyboard; `plain` waits for whole lines, as screen readers do better with."""

    def __init__(self, plain: bool) -> None:
        self.plain = plain
        self.woken = False
        self.typed = Decoder()
        self.text = getincrementaldecoder("utf-8")("replace")
        self.before: list[Any] | None = None  # how the terminal was

    @property
    def word(self) -> str:
        return self.typed.word if self.typed.single else ""

    def now(self) -> float:
        return seconds_awake_or_not()

    def read(self, seconds: float | None, keys: str) -> str | None:
        end = None if seconds is None else self.now() + seconds
        while True:
            if self.typed.lines:
                return self.typed.lines.popleft()
            if self.typed.ended:
                raise Stopped
            if self.typed.waiting:
                if not self.filled(ESCAPE_WAIT):
                    self.typed.silence()
            elif self.typed.is_key(keys):
                if not self.filled(KEY_WAIT):
                    return self.typed.key()
            elif self.filled(None if end is None else max(0.0, end - self.now())):
                if not (self.typed.lines or self.typed.ended):
                    return None
            else:
                return None

    def filled(self, seconds: float | None) -> bool:
        """Read what is typed within so many seconds; return whether anything was."""
        with suppress(OSError, ValueError):  # on Windows only sockets can be waited for: reading waits there
            if not select.select([sys.stdin], [], [], seconds)[0]:
                return False
        try:
            data = os.read(sys.stdin.fileno(), 4096)
        except BlockingIOError:
            return False
        except OSError:  # the terminal is gone
            data = b""
        self.typed.ended = self.typed.ended or not data
        self.typed.feed(self.text.decode(data))
        return True

    def drop(self) -> str:
        return self.typed.drop()

    @contextmanager
    def keys(self) -> Iterator[None]:
        with signals_raise("SIGQUIT"), self.single(), stops_with(self.restore, self.set):
            yield

    @contextmanager
    def single(self) -> Iterator[None]:
        """Set the terminal to single keys, and back on every way out."""
        if self.plain or termios is None:
            yield
            return
        self.before = termios.tcgetattr(sys.stdin.fileno())
        self.typed.single = True
        try:
            self.set()
            yield
        finally:
            self.restore()
            self.typed.single, self.before = False, None

    @contextmanager
    def lines(self) -> Iterator[None]:
        single, self.typed.single = self.typed.single, False
        self.restore()
        try:
            yield
        finally:
            self.typed.single = single
            self.set()

    def set(self) -> None:
        """Set the terminal as it is needed now: at the start, and after it was stopped."""
        self.woken = True
        if self.typed.single:
            changed(key_by_key)

    def restore(self) -> None:
        """Set the terminal as it was before the guide."""
        if self.before is not None:
            before = self.before
            changed(lambda: termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before))


def key_by_key() -> None:
    """Have each key at once and unseen; `tty.setcbreak` of Python 3.12.1 also makes Enter another key."""
    mode = termios.tcgetattr(sys.stdin.fileno())
    mode[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON)
    mode[tty.CC][termios.VMIN], mode[tty.CC][termios.VTIME] = 1, 0
    termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, mode)


def changed(change: Callable[[], object]) -> None:
    """Change the terminal, again if a signal came between; one that is gone needs no change."""
    for _ in range(3):
        try:
            change()
        except (termios.error, OSError, ValueError):
            continue
        return
