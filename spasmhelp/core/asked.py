"""What was asked: the lines of red flags, which of them fit a case, and which of these were put to the person."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from spasmhelp.core.model import Case, Extent, Fits, Level, Location, Part, Precaution, RedFlag, ShortLine, Table, Word
from spasmhelp.core.phrases import unstopped

Screened = Literal["red_flags", "precautions"]  # the questions that are put in lines, some before the first step
SCREENED: tuple[Screened, ...] = ("red_flags", "precautions")


class Line(Struct, frozen=True, kw_only=True):
    """A line that is put to a person, before the first step or after it, and the word that it reports."""

    word: RedFlag | Precaution
    say: str
    part: Part

    def __hash__(self) -> int:
        """One word never says the same in two parts."""
        return hash((self.word.id, self.say))


class NotPut(Struct, frozen=True, eq=False):
    """The lines that nobody put, their red flags, and what is said of them: to who was not screened, and who was."""

    lines: tuple[Line, ...]
    flags: tuple[RedFlag, ...]
    warning: str
    not_asked: str


ALL_PUT = NotPut((), (), "", "")


def extent(case: Case, name: Screened) -> Extent:
    """Return how far a question got: as the case says, else a list means all of it and None nothing."""
    said = getattr(case.asked, name)
    if said is not None:
        return Extent(said)
    return Extent.none if getattr(case, name) is None else Extent.all


def was_put(part: Part, reached: Extent) -> bool:
    """Whether the lines of a part were put where a question got so far."""
    return reached is Extent.all or (reached is Extent.before and part is Part.before)


def places_of_asking(flag: RedFlag) -> tuple[Fits, ...]:
    """Return where a red flag is asked: any one of these is enough."""
    return flag.when if isinstance(flag.when, tuple) else (flag.when,)


def is_danger(word: Word) -> bool:
    """Whether a word is a red flag for which help is needed today or at once."""
    return isinstance(word, RedFlag) and word.level >= Level.urgent_care


def fits(flag: RedFlag, case: Case) -> bool:
    """Whether a red flag is asked in a case; an onset, location or triggers that nobody knows fit all."""
    return any(
        (not when.onset or case.onset is None or case.onset in when.onset)
        and (not when.location or case.location is None or case.location in when.location)
        and (not when.trigger or case.triggers is None or any(trigger in when.trigger for trigger in case.triggers))
        for when in places_of_asking(flag)
    )


def fitting_flags(table: Table, case: Case) -> tuple[RedFlag, ...]:
    """Return the red flags that are asked in a case, in the table's order."""
    return tuple(flag for flag in table.red_flags if fits(flag, case))


def flag_lines(flag: RedFlag, location: Location | None) -> tuple[Line, ...]:
    """Return the lines that a red flag is put in at a location: its short ones there, else its long form."""
    short = (ShortLine(say=flag.short),) if isinstance(flag.short, str) else flag.short
    lines = tuple(
        Line(word=flag, say=one.say, part=one.asked or flag.asked)
        for one in short
        if not one.location or location is None or location in one.location
    )
    return lines or (Line(word=flag, say=flag.ask, part=flag.asked),)


def fitting_lines(table: Table, case: Case, part: Part) -> tuple[Line, ...]:
    """Return the lines of red flags that are put in a case, in one part, in the table's order."""
    return tuple(
        line for flag in fitting_flags(table, case) for line in flag_lines(flag, case.location) if line.part is part
    )


def lines_not_put(table: Table, case: Case) -> tuple[Line, ...]:
    """Return the fitting lines, of red flags that were not reported, that nobody put to the person."""
    reached, reported = extent(case, "red_flags"), case.red_flags or ()
    if reached is Extent.all:
        return ()
    return tuple(
        line
        for flag in fitting_flags(table, case)
        if flag not in reported
        for line in flag_lines(flag, case.location)
        if not was_put(line.part, reached)
    )


def left_open(table: Table, lines: Sequence[Line]) -> NotPut:
    """Return what is said of lines that nobody put: the emergencies by name, and all of them by their words."""
    if not lines:
        return ALL_PUT
    flags = tuple(dict.fromkeys(line.word for line in lines if isinstance(line.word, RedFlag)))
    names = [flag.name for flag in flags if flag.level is Level.emergency]
    unasked = table.questions.red_flags.unasked
    says = "; ".join(dict.fromkeys(unstopped(line.say) for line in lines))
    return NotPut(
        tuple(lines),
        flags,
        f"{unasked} {'; '.join(names)}." if names else unasked,
        table.phrases.not_asked.format(lines=says),
    )
