"""A screen of lines to answer at once: groups under their headings, numbered through, in pages that fit the rows."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.cli.cells import wrapped_lines
from spasmhelp.cli.paper import Paper
from spasmhelp.core.asked import Line
from spasmhelp.core.model import Level, Precaution, RedFlag, Word


class Group(Struct, frozen=True, kw_only=True):
    """Lines under a heading; `labels` is what is read, `choices` what each reports."""

    heading: str
    labels: tuple[str, ...]
    choices: tuple[Line | Word, ...]


class Screen(Struct, frozen=True, kw_only=True):
    """A question with all its lines; where `optional`, Enter on the last page leaves it out."""

    title: str
    groups: tuple[Group, ...]
    optional: bool = False

    @property
    def choices(self) -> tuple[Line | Word, ...]:
        """What each numbered line reports, in order."""
        return tuple(choice for group in self.groups for choice in group.choices)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of red flags and precautions that this screen puts."""
        return tuple(choice for choice in self.choices if isinstance(choice, Line))


def pages_of(screen: Screen, paper: Paper, kept: int = 0) -> list[str]:
    """Return a screen as pages, with room for the prompt and for so many rows more below the last.

    A page that begins inside a group repeats its heading. Nothing scrolls away from who listens: that is one page.
    """
    free = max(1, paper.look.rows - 1 - kept) if paper.look.rows and not paper.look.plain else 0
    pages: list[list[str]] = [wrapped_lines(screen.title, paper.look.width)]
    number, digits = 1, len(str(len(screen.choices)))
    for group in screen.groups:
        heading = wrapped_lines(group.heading, paper.look.width)
        above = heading
        for label in group.labels:
            rows = paper.hanging(label, number_label(number, digits, paper))
            if free and pages[-1] and len(pages[-1]) + len(above) + len(rows) > free:
                pages.append([])
                above = heading
            pages[-1] += [*above, *rows]
            number, above = number + 1, []
    high = free or max(map(len, pages))
    cut = [page[at : at + high] for page in pages for at in range(0, len(page), high)]
    return ["".join(f"{row}\n" for row in page) for page in cut]


def number_label(number: int, digits: int, paper: Paper) -> str:
    """Return the number of a line, as wide as the widest of the screen; read aloud it needs its dot."""
    return f"{number}. " if paper.look.plain else f" {number:>{digits}} "


def grouped(lines: Sequence[Line], headings: dict[Level | None, str]) -> tuple[Group, ...]:
    """Return lines under the heading of their level, worst first; precautions, which have none, last."""
    levels: tuple[Level | None, ...] = (*sorted(Level, reverse=True), None)
    groups = []
    for level in levels:
        found = tuple(line for line in lines if level_of_line(line) is level)
        if found:
            labels = tuple(line.say for line in found)
            groups.append(Group(heading=headings.get(level, ""), labels=labels, choices=found))
    return tuple(groups)


def level_of_line(line: Line) -> Level | None:
    """Return the level of the red flag that a line reports; None for a precaution."""
    return line.word.level if isinstance(line.word, RedFlag) else None


def word_group(words: Sequence[Word]) -> tuple[Group, ...]:
    """Return words as one group without a heading."""
    return (Group(heading="", labels=tuple(word.name for word in words), choices=tuple(words)),)


def at_length(screen: Screen) -> Screen:
    """Return the same screen with the long form of each line; what two lines say at length is said once."""
    said: set[str] = set()
    groups = []
    for group in screen.groups:
        labels = []
        for label, text in zip(group.labels, map(long_form, group.choices), strict=True):
            labels.append(label if text in said else text)
            said.add(text)
        groups.append(replace(group, labels=tuple(labels)))
    return replace(screen, groups=tuple(groups))


def long_form(choice: Line | Word) -> str:
    """Return what a line says at length."""
    word = choice.word if isinstance(choice, Line) else choice
    return word.ask if isinstance(word, RedFlag | Precaution) else word.name
