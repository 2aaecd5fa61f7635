"""Writes paragraphs and numbered lists to a terminal, in pages that fit its height."""

import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import TextIO

from msgspec.structs import replace
from rich.console import RenderableType
from rich.text import Text

from spasmhelp.cli.terminal import MAX_WIDTH, Look, render, size_of, write
from spasmhelp.core.model import Precaution, RedFlag, Word


class Paper:
    """Writes paragraphs and numbered lines in one look, to stderr if it is given no other stream."""

    def __init__(self, look: Look, stream: TextIO | None = None) -> None:
        self.look, self.stream = look, stream
        self.drawn = 0  # characters of a line that may be written anew

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

    def prompt(self, text: str) -> None:
        """Write what stands before an answer, on the same line."""
        *above, last = wrap(text, self.look.width) or [""]
        self.write("".join(f"{line}\n" for line in above) + last + " ")

    def redraw(self, text: str) -> None:
        """Write a line over the last one; in plain mode below it, since a screen reader cannot follow the other."""
        if self.look.plain:
            self.write(f"{text}\n")
            return
        room = max(1, self.look.columns - 1)  # a full line would wrap, and then stay; so would the blanks after it
        text = text if len(text) <= room else text[-room:]
        blank = " " * min(self.drawn, room) + "\r" if self.drawn > len(text) else ""
        self.write(f"\r{blank}{text}")
        self.drawn = len(text)

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

    def numbered(self, words: Sequence[Word], first: int = 1) -> str:
        """Return the lines of a list, numbered from `first`."""
        width = len(str(first + len(words) - 1))
        return "".join(
            "".join(f"{line}\n" for line in self.hanging(label_of(word), self.label(number, width)))
            for number, word in enumerate(words, first)
        )

    def label(self, number: int, width: int) -> str:
        """Return the number of a line, as wide as the widest."""
        return f"{number}. " if self.look.plain else f"  {number:>{width}}. "

    def hanging(self, text: str, label: str) -> list[str]:
        """Return the lines of a text that hangs under its label; where that is too narrow, it does not hang."""
        if self.look.width < len(label) + 10:
            return wrap(label.lstrip() + text, self.look.width)
        return wrap(text, self.look.width, initial_indent=label, subsequent_indent=" " * len(label))

    def pages(self, title: str, words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
        """Split the words so that a title, a page and its prompt fit the rows of the terminal; one word at least.

        In plain mode nothing is split: a screen reader goes back by itself.
        """
        free = self.look.rows - len(wrap(title, self.look.width)) - 4
        label = self.label(len(words), len(str(len(words))))
        pages: list[list[Word]] = []
        used = 0
        for word in words:
            height = len(self.hanging(label_of(word), label))
            if not pages or (self.look.rows and not self.look.plain and used + height > free):
                pages.append([])
                used = 0
            pages[-1].append(word)
            used += height
        return [tuple(page) for page in pages]


class List:
    """A list that is shown page by page."""

    def __init__(self, pages: Sequence[str]) -> None:
        self.pages, self.at = pages, 0

    @property
    def begun(self) -> bool:
        """Whether any of it was shown."""
        return self.at > 0

    @property
    def more(self) -> bool:
        """Whether a page is left."""
        return self.at < len(self.pages)

    def restart(self) -> None:
        """Show the first page again."""
        self.at = 0
        self.next_page()

    def next_page(self) -> None:
        """Show the next page."""
        write(sys.stderr, self.pages[self.at])
        self.at += 1


def label_of(word: Word) -> str:
    """Return what a line of a list says: the question, where the word has one."""
    return word.ask if isinstance(word, RedFlag | Precaution) else word.name
