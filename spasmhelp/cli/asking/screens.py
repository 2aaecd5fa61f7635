"""A screen of lines to answer at once: groups under their headings, numbered through, in pages that fit the rows."""

from collections.abc import Sequence
from textwrap import wrap

from msgspec import Struct

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


def pages_of(screen: Screen, paper: Paper) -> list[str]:
    """Return a screen as pages, each with room for the prompt below it; no heading stands alone at an end."""
    free = paper.look.rows - 1 if paper.look.rows else 0
    pages: list[list[str]] = [wrap(screen.title, paper.look.width)]
    number, width = 1, len(str(len(screen.choices)))
    for group in screen.groups:
        heading = wrap(group.heading, paper.look.width) if group.heading else []
        for label in group.labels:
            rows = [*heading, *paper.hanging(label, paper.label(number, width))]
            if free and len(pages[-1]) + len(rows) > free and pages[-1]:
                pages.append([])
            pages[-1] += rows
            number, heading = number + 1, []
    return ["".join(f"{row}\n" for row in page) for page in pages]


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


def long_form(choice: Line | Word) -> str:
    """Return what a line says at length."""
    word = choice.word if isinstance(choice, Line) else choice
    return word.ask if isinstance(word, RedFlag | Precaution) else word.name
