"""What a stream can show, how typed lines are read, and the one way that anything is written."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from io import StringIO, TextIOWrapper
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from spasmhelp.cli.writing import whole
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.files import reason
from spasmhelp.pieces import may_pause, wait_to_read

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

MAX_WIDTH = 90  # longer lines are hard to read
OFF = ("", "0", "no", "off", "false")  # what ACCESSIBLE may say


class Unwritable(Exception):
    """Output could not be written; the message says why."""


class Stopped(Exception):
    """The person stopped; the message says what they were given."""


class Look(Struct, frozen=True, kw_only=True):
    """How to write to a stream: columns, colour or none, plain (for a screen reader) or not, a terminal or not.

    `columns` are those of the terminal, `width` those that text may fill; `rows` is 0 where nothing scrolls away.
    """

    width: int = 80
    columns: int = 80
    rows: int = 0
    utf8: bool = True
    colour: bool = False
    plain: bool = False
    terminal: bool = False


def look_of(stream: TextIO | None, color: str = "auto", plain: bool = False) -> Look:
    """Return the look of a stream. `--color` outranks NO_COLOR and TERM; ACCESSIBLE is the same as `--plain`."""
    terminal = is_terminal(stream)
    plain = plain or os.environ.get("ACCESSIBLE", "").casefold() not in OFF
    auto = terminal and not plain and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    columns, rows = size_of(stream) if terminal or os.environ.get("COLUMNS") else (80, 0)
    return Look(
        width=min(columns, MAX_WIDTH),
        columns=columns,
        rows=rows,
        utf8="utf" in (getattr(stream, "encoding", None) or "utf-8").lower(),
        colour=color == "always" or (color == "auto" and auto),
        plain=plain,
        terminal=terminal,
    )


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; a closed one is not."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


@contextmanager
def seen(look: Look) -> Iterator[Look]:
    """Within, stderr can be seen by who types, and looks so: where it is closed or leads nowhere, it is their terminal.

    Raises CaseError where that can only be read.
    """
    if not leads_nowhere(sys.stderr):
        yield look
        return
    try:
        os.write(sys.stdin.fileno(), b"")  # most terminals are open for both
    except OSError:
        message = "nobody would see the questions: leave stderr open, answer with options, or give --no-input"
        raise CaseError([Problem(where="stderr", message=message)]) from None
    with redirect_stderr(whole(sys.stdin)):
        yield look_of(sys.stderr, plain=look.plain)


def leads_nowhere(stream: TextIO | None) -> bool:
    """Whether what is written to a stream is lost: it is closed, or /dev/null."""
    try:
        return stream is None or os.path.samestat(os.fstat(stream.fileno()), os.stat(os.devnull))
    except (OSError, ValueError):
        return False


def size_of(stream: TextIO | None) -> tuple[int, int]:
    """Return the columns and rows of a terminal, COLUMNS and LINES first; 80 and 24 where nobody knows."""
    try:
        size = os.get_terminal_size(stream.fileno()) if stream else (80, 24)
    except (OSError, ValueError):
        size = (80, 24)
    wanted = (os.environ.get(name, "") for name in ("COLUMNS", "LINES"))
    columns, rows = (int(one[:6]) if one.isdecimal() else known for one, known in zip(wanted, size, strict=True))
    return max(1, columns or 80), max(1, rows or 24)


def typed() -> str:
    """Return the next line that a person typed, "" at the end of input; in it, a byte that is no text is a mark.

    Raises CaseError if the terminal cannot be read any more.
    """
    if isinstance(sys.stdin, TextIOWrapper) and sys.stdin.errors == "strict":
        sys.stdin.reconfigure(errors="replace")  # nothing was read before: later it would be refused
    try:
        line = sys.stdin.readline()
        while not line.endswith("\n") and may_pause(sys.stdin.fileno()):  # a pause looks like the end
            wait_to_read(sys.stdin.fileno())
            more = sys.stdin.readline()
            if not more:
                break
            line += more
    except OSError as error:
        message = f"cannot be read: {reason(error)}"
        raise CaseError([Problem(where="standard input", message=message)]) from None
    return line


def typed_ahead() -> str:
    """Return the whole lines that were typed and not read yet; where that cannot be known, nothing."""
    lines = []
    try:
        number = sys.stdin.fileno()
        while select.select([number], [], [], 0)[0] and (data := os.read(number, 1 << 16)):
            lines.append(data)
    except (OSError, ValueError, AttributeError):
        pass
    return b"".join(lines).decode("utf-8", "replace")


def render(look: Look, *parts: "RenderableType") -> str:
    """Return rich text as it is written in this look: wrapped, and without one escape byte if it has no colour."""
    console = console_for(look)
    with console.capture() as captured:
        # rich forgets no_wrap of a Text that it prints, and prints many at once in a fraction of the time.
        for whole, several in groupby(parts, lambda part: bool(getattr(part, "no_wrap", False))):
            console.print(*several, sep="\n", no_wrap=whole, overflow="ignore" if whole else None, crop=not whole)
    # rich pads some lines to the full width; blanks at line ends are noise for a script and a screen reader.
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def console_for(look: Look) -> "Console":
    """Return a rich console that neither guesses from the environment nor reads markup in what it is given."""
    from rich.console import Console

    return Console(
        file=StringIO(),  # rich flushes its file even while it captures, and that may be full
        width=look.width,
        height=24,  # without it rich takes both from the environment, and fails on what is no number there
        color_system="standard" if look.colour else None,
        force_terminal=look.colour,
        no_color=not look.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def write(stream: TextIO | None, data: str | bytes | bytearray) -> None:
    """Write all of it and flush. Raises Unwritable if the stream is closed, full, or its reader has left."""
    if stream is None:
        raise Unwritable("it is closed")
    try:
        if isinstance(data, str):
            data = data.encode(stream.encoding or "utf-8", "replace")
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except (OSError, ValueError) as error:
        raise unwritable(stream, error) from None


def unwritable(stream: TextIO | None, error: Exception) -> Unwritable:
    """Silence a stream that failed, and return what there is to say of it: nothing, if its reader has left."""
    if stream is not None:
        silence(stream)
    if isinstance(error, BrokenPipeError):
        return Unwritable("")
    return Unwritable((getattr(error, "strerror", None) or str(error)).lower())


def silence(stream: TextIO) -> None:
    """Point a stream that failed at nothing, so that closing it at exit does not fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(message: str) -> None:
    """Write a line to stderr, if anybody can see it."""
    with suppress(Unwritable):
        write(sys.stderr, message + "\n")
