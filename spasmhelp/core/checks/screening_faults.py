"""Faults of what is asked before the first step: a sign of danger that nobody is asked, a line that is too long."""

from collections.abc import Iterator
from itertools import product

from msgspec.structs import replace

from spasmhelp.core.advise import early_steps
from spasmhelp.core.asked import Line, fits, flag_lines, places_of_asking
from spasmhelp.core.checks.fault import Fault, and_more, place_name
from spasmhelp.core.checks.rule_coverage import RuleCoverage
from spasmhelp.core.model import Case, Level, Part, Precaution, RedFlag, ShortLine, Step, Table

MOST_FLAGS = 9  # more red flags of one level and part are more than one screen
MOST_WORDS, MOST_CHARACTERS = 7, 50  # of a short line: more are not read in haste


def places(table: Table) -> list[Case]:
    """Return the onset and location of every place; nobody knows the triggers yet, so all red flags may fit."""
    return [Case(onset=onset, location=location) for onset, location in product(table.onsets, table.locations)]


def asked_all(case: Case) -> Case:
    """Return a case as an example that was asked all, and reported nothing else."""
    return replace(case, triggers=(), red_flags=(), precautions=())


def no_short(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each red flag without a short line where it is asked, and each early step's precaution without one."""
    table, everywhere = coverage.table, places(coverage.table)
    for flag in table.red_flags:
        bare = [case for case in everywhere if fits(flag, case) and long_lines(flag, case)]
        if bare:
            message = f"has no short line at {place_name(bare[0])}{and_more(len(bare) - 1, 'place')}, where it is asked"
            yield Fault(name="no_short", path=f"red_flags.{flag.id}", message=message, case=asked_all(bare[0]))
    early = {word: case for case in reversed(everywhere) for word in early_precautions(table, case)}
    for word in table.precautions:
        if word in early and not word.short:
            message = f"is asked before the first step at {place_name(early[word])}, and has no short form"
            yield Fault(name="no_short", path=f"precautions.{word.id}", message=message, case=asked_all(early[word]))


def long_lines(flag: RedFlag, case: Case) -> bool:
    """Whether a red flag is put in its long form in a case, for want of a short one."""
    return not flag.short or [line.say for line in flag_lines(flag, case.location)] == [flag.ask]


def early_precautions(table: Table, case: Case) -> tuple[Precaution, ...]:
    """Return the precautions that are asked before the first step in a place."""
    return tuple(word for one in early_steps(table, case.onset, case.location) for word in one.not_if)


def long_short(table: Table) -> Iterator[Fault]:
    """Yield each short line that is longer than is read in haste."""
    for flag in table.red_flags:
        lines = (ShortLine(say=flag.short),) if isinstance(flag.short, str) else flag.short
        for i, line in enumerate(lines):
            path = f"red_flags.{flag.id}.short" + ("" if isinstance(flag.short, str) else f"[{i}].say")
            yield from too_long(path, line.say)
    for word in table.precautions:
        yield from too_long(f"precautions.{word.id}.short", word.short)


def too_long(path: str, text: str) -> Iterator[Fault]:
    """Yield a fault for a text of more words or characters than a short line may have."""
    words = len(text.split())
    if words > MOST_WORDS or len(text) > MOST_CHARACTERS:
        message = f"has {words} words and {len(text)} characters; at most {MOST_WORDS} and {MOST_CHARACTERS}"
        yield Fault(name="long_short", path=path, message=message)


def unscreened_place(table: Table) -> Iterator[Fault]:
    """Yield each location that no emergency names, in a table where some emergency names locations."""
    emergencies = [flag for flag in table.red_flags if flag.level is Level.emergency]
    named = {word for flag in emergencies for when in places_of_asking(flag) for word in when.location}
    for location in table.locations if named else ():
        if location not in named:
            message = "no red flag of level emergency names this location or its region: what is dangerous here?"
            case = asked_all(Case(onset=table.onsets[0], location=location))
            yield Fault(name="unscreened_place", path=f"locations.{location.id}", message=message, case=case)


def early(table: Table) -> Iterator[Fault]:
    """Yield each danger that is not asked before an early step: an emergency, or a red flag that stops that step."""
    everywhere = [(case, {one.step for one in early_steps(table, case.onset, case.location)}) for case in places(table)]
    for flag in table.red_flags:
        late = [case for case, steps in everywhere if steps and is_late(flag, case, steps)]
        if late:
            what = "is an emergency" if flag.level is Level.emergency else "stops the early step"
            message = f"{what}, and has no line before it at {place_name(late[0])}{and_more(len(late) - 1, 'place')}"
            yield Fault(name="early", path=f"red_flags.{flag.id}", message=message, case=asked_all(late[0]))


def is_late(flag: RedFlag, case: Case, steps: set[Step]) -> bool:
    """Whether a red flag that has to be asked before the early steps of a place is not."""
    if not (flag.level is Level.emergency or steps & set(flag.stops)):
        return False
    untriggered = replace(case, triggers=())
    return fits(flag, untriggered) and not any(line.part is Part.before for line in flag_lines(flag, case.location))


def long_question(table: Table) -> Iterator[Fault]:
    """Yield, once a level, part and tenth red flag, that more are asked somewhere than fit one screen."""
    everywhere = places(table)
    for level, part in product(Level, Part):
        flags = [flag for flag in table.red_flags if flag.level is level]
        crowded: dict[RedFlag, list[tuple[Case, int]]] = {}
        for case in everywhere:
            asked = [flag for flag in flags if put_there(flag, case, part)]
            if len(asked) > MOST_FLAGS:
                crowded.setdefault(asked[MOST_FLAGS], []).append((case, len(asked)))
        for flag in flags:
            if flag in crowded:
                case, count = crowded[flag][0]
                others = and_more(len(crowded[flag]) - 1, "place")
                message = (
                    f"{count} red flags of level {level.name} are asked {part.name} the first step at "
                    f"{place_name(case)}{others}; {MOST_FLAGS} at most, so narrow a 'when'"
                )
                yield Fault(name="long_question", path=f"red_flags.{flag.id}", message=message, case=asked_all(case))


def put_there(flag: RedFlag, case: Case, part: Part) -> bool:
    """Whether a red flag has a line in a part at a place."""
    lines: tuple[Line, ...] = flag_lines(flag, case.location) if fits(flag, case) else ()
    return any(line.part is part for line in lines)
