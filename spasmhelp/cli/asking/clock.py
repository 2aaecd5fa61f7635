"""A clock and a keyboard: what the guide waits for, and what a test can stand in for."""

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from spasmhelp.cli.terminal import Stopped, typed


class Clock(Protocol):
    """Tells the time, and what was typed meanwhile."""

    def now(self) -> float:
        """Return seconds since any moment."""

    def line(self) -> str:
        """Return the next line. Raises Stopped at the end of input."""

    def key(self, seconds: float | None) -> str:
        """Return the next key, a line feed for Enter, or nothing after so many seconds. Raises Stopped at the end."""

    @contextmanager
    def keys(self) -> Iterator[None]:
        """Within, a key needs no Enter, and is not echoed."""


class Terminal:
    """The real clock and the real keyboard; `plain` waits for whole lines, as screen readers do better with."""

    def __init__(self, plain: bool) -> None:
        self.plain = plain
        self.single = False

    def now(self) -> float:
        return time.monotonic()

    def line(self) -> str:
        line = typed()
        if not line:
            raise Stopped("Stopped.")
        return line

    def key(self, seconds: float | None) -> str:
        if not select.select([sys.stdin], [], [], seconds)[0]:
            return ""
        if not self.single:
            return self.line().strip()[:1] or "\n"
        key = os.read(sys.stdin.fileno(), 1)
        if key in (b"", b"\x04"):
            raise Stopped("Stopped.")
        return "\n" if key in (b"\r", b"\n") else key.decode("ascii", "replace")

    @contextmanager
    def keys(self) -> Iterator[None]:
        try:
            import termios
            import tty
        except ImportError:  # Windows: a key needs Enter there
            yield
            return
        if self.plain:
            yield
            return
        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
        try:
            tty.setcbreak(fd)
            self.single = True
            yield
        finally:
            self.single = False
            termios.tcsetattr(fd, termios.TCSADRAIN, before)
