"""A real pseudo-terminal: what a person would see, kept as text, and whether the terminal was left sane."""

import os
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pexpect
import pyte

from tests.program import ROOT

PATIENCE = 60  # seconds until a silent program fails the test; nothing is measured by it
KEPT = ("PATH", "LANG", "VIRTUAL_ENV", "COVERAGE_PROCESS_CONFIG")


def environment(**extra: str | None) -> dict[str, str]:
    """Return what a plain terminal sets: UTF-8, no wish for colour or against it; None takes a variable away."""
    env: dict[str, str | None] = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0", "HOME": "/nonexistent"}
    env |= {"PYTHONPATH": str(ROOT), **extra}
    return {name: value for name, value in env.items() if value is not None}


class Terminal:
    """A program on a pseudo-terminal of some size; every byte it wrote is in `raw`."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        program, *rest = command or (sys.executable, "-m", "spasmhelp")
        self.raw = b""
        self.screen = pyte.Screen(columns, rows)
        self.paper = pyte.Screen(columns, 3000)  # as tall as the dialogue: nothing scrolls off
        self.streams = [pyte.ByteStream(self.screen), pyte.ByteStream(self.paper)]
        self.child = pexpect.spawn(
            program,
            [*rest, *arguments],
            env=dict(env if env is not None else environment()),
            cwd=str(ROOT),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        self.before = self.after = self.modes()

    def modes(self) -> list[object] | None:
        """Return the settings of the terminal: echo, line mode and so on."""
        with suppress(termios.error, OSError):
            return termios.tcgetattr(self.child.child_fd)[:4]
        return None

    def wait(self, for_what: str = r"> $") -> str:
        """Read until the output so far matches, by default until a prompt stands; return the screen."""
        self.child.expect(for_what.encode())
        self.take(self.child.before + self.child.after)
        return self.shown()

    def answer(self, text: str, then: str = r"> $") -> str:
        """Type a line and wait for the next prompt."""
        self.child.sendline(text)
        return self.wait(then)

    def last(self, text: str) -> int:
        """Type a line and wait for the end; return the status."""
        self.child.sendline(text)
        return self.end()

    def press(self, key: str) -> None:
        """Send a key without Enter; "^C" and "^D" are control keys."""
        if key.startswith("^"):
            self.child.sendcontrol(key[1:].lower())
        else:
            self.child.send(key)

    def end(self) -> int:
        """Read until the program ends and return its status; 128 and the signal where a signal killed it."""
        self.child.expect(pexpect.EOF)
        self.after = self.modes()
        self.take(self.child.before)
        return self.close()

    def close(self) -> int:
        """Close the terminal and return the status, as `end` does."""
        for _ in range(100):
            if not self.child.isalive():
                self.child.ptyproc.delayafterclose = 0  # it would wait whether anything is left to wait for or not
                break
            time.sleep(0.002)
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + self.child.signalstatus

    def take(self, data: bytes) -> None:
        self.raw += data
        for stream in self.streams:
            stream.feed(data)

    def shown(self) -> str:
        """Return what is on the screen now."""
        return text_of(self.screen)

    def transcript(self) -> str:
        """Return the whole dialogue as it would stand on endless paper."""
        return text_of(self.paper)


def text_of(screen: pyte.Screen) -> str:
    """Return the text of a screen without the blanks at its right and below."""
    lines = (screen.buffer[y] for y in range(max(screen.buffer, default=-1) + 1))  # `display` makes all 3,000
    texts = ("".join(line[x].data for x in range(screen.columns)).rstrip() for line in lines)
    return "\n".join(texts).rstrip() + "\n"


def dialogue(arguments: Sequence[str], answers: Sequence[str], **size: object) -> tuple[str, int, Terminal]:
    """Run a whole dialogue, one answer a prompt; return what stands on the paper, and the status."""
    terminal = Terminal(*arguments, **size)  # type: ignore[arg-type]
    terminal.wait()
    for text in answers[:-1]:
        terminal.answer(text)
    status = terminal.last(answers[-1])
    return terminal.transcript(), status, terminal
