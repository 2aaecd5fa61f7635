"""Writes paragraphs and hanging lines to a terminal, and a line that is drawn anew."""

import sys
from typing import TextIO

from msgspec.structs import replace
from rich.console import RenderableType
from rich.text import Text

from spasmhelp.cli.cells import cells, cut, wrapped_lines
from spasmhelp.cli.terminal import MAX_WIDTH, Look, render, size_of, write


class Paper:
    """Writes in one look, to stderr if it is given no other stream."""

    def __init__(self, look: Look, stream: TextIO | None = None) -> None:
        self.look, self.stream = look, stream
        self.drawn = 0  # cells of a line that may be written anew

    def write(self, text: str) -> None:
        """Write a text as it is. Raises Unwritable."""
        write(self.stream or sys.stderr, text)

    def put(self, *parts: RenderableType) -> None:
        """Write rich text."""
        if parts:
            self.write(render(self.look, *parts))

    def say(self, text: str, style: str = "") -> None:
        """Write a paragraph, if there is one."""
        if text:
            self.put(Text(text, style=style))

    def gap(self) -> None:
        """Leave a line free before what comes next."""
        self.write("\n")

    def redraw(self, text: str) -> None:
        """Write a line over the last one; in plain mode below it, since a screen reader cannot follow the other."""
        if self.look.plain:
            self.write(f"{text}\n")
            return
        room = max(1, self.look.columns - 1)  # a full line would wrap, and then stay; so would the blanks after it
        text = cut(text, room)
        blank = " " * min(self.drawn, room) + "\r" if self.drawn > cells(text) else ""
        self.write(f"\r{blank}{text}")
        self.drawn = cells(text)

    def measure(self) -> None:
        """Measure the terminal again: a person may have made it wider or narrower since."""
        if self.look.terminal:
            columns, rows = size_of(self.stream or sys.stderr)
            self.look = replace(self.look, columns=columns, rows=rows, width=min(columns, MAX_WIDTH))

    def end_redraw(self) -> None:
        """Leave the line that was written over."""
        if self.drawn:
            self.gap()
        self.drawn = 0

    def label(self, number: int, width: int) -> str:
        """Return the number of a line, as wide as the widest."""
        return f"{number}. " if self.look.plain else f"  {number:>{width}}. "

    def hanging(self, text: str, label: str) -> list[str]:
        """Return the lines of a text that hangs under its label; where that is too narrow, it does not hang."""
        if self.look.width < len(label) + 10:
            return wrapped_lines(label.lstrip() + text, self.look.width)
        return wrapped_lines(text, self.look.width, label, " " * len(label))
