"""Which steps the rules advise at a place, and which of these are then withheld."""

from collections.abc import Iterable

from msgspec import Struct

from spasmhelp.core.asked import extent
from spasmhelp.core.model import Case, Extent, Level, Location, Onset, Phase, Precaution, Rule, Step, Table, Timer
from spasmhelp.core.reprs import one_line

PHASES = tuple(Phase)


class GivenStep(Struct, frozen=True, kw_only=True):
    """A step that is advised: how it is done in this place, who should not do it, and the rules that advise it."""

    step: Step
    how: str
    hold: str
    not_if: tuple[Precaution, ...]
    rules: tuple[Rule, ...]
    limit: int | None = None  # minutes after which help is needed instead

    @property
    def text(self) -> str:
        """The sentence to show: how it is done here, or what to do, and how long to hold it."""
        return " ".join(part for part in (self.how or self.step.do, self.hold) if part)

    def __repr__(self) -> str:
        return one_line(self, f"{self.step.id}: {self.text}")


class Withheld(Struct, frozen=True, kw_only=True):
    """A step that was advised and then ruled out; without a precaution, the level or the guarded place did."""

    step: Step
    precaution: Precaution | None
    because: str

    def __repr__(self) -> str:
        return one_line(self, f"{self.step.id}: {self.because}")


class Candidate(Struct, frozen=True, eq=False):
    """A step that rules advise: as given where precautions were asked so far, and why which of them rule it out."""

    step: Step
    given: dict[Extent, GivenStep]
    against: dict[Precaution, str]


def candidate(
    table: Table,
    step: Step,
    onset: Onset | None,
    location: Location | None,
    rules: tuple[Rule, ...],
    early: frozenset[Precaution],
) -> Candidate:
    """Return a step that rules advise, as it is done at an onset and location.

    `early` are the precautions that are asked before the first step there.
    """
    against = ruled_out(table, step, location)
    how = step.how.get(location, "") if location else ""
    hold = step.hold.get(onset, "") if onset else ""
    left: dict[Extent, tuple[Precaution, ...]] = {Extent.none: tuple(against), Extent.all: ()}
    left[Extent.before] = tuple(precaution for precaution in against if precaution not in early)
    limit = limit_of(step.timer, onset, location)
    given = {
        reached: GivenStep(step=step, how=how, hold=hold, not_if=not_if, rules=rules, limit=limit)
        for reached, not_if in left.items()
    }
    return Candidate(step, given, against)


def limit_of(timer: Timer | None, onset: Onset | None, location: Location | None) -> int | None:
    """Return the minutes after which a step that did not help needs help, where its timer has such a limit."""
    if (
        timer is None
        or (timer.onset and onset not in timer.onset)
        or (timer.location and location not in timer.location)
    ):
        return None
    return timer.at_most_minutes


def advised(steps: Iterable[Step], rules: Iterable[Rule]) -> list[tuple[Step, tuple[Rule, ...]]]:
    """Return those of the steps that rules advise, each with the rules that do."""
    by: dict[Step, list[Rule]] = {}
    for rule in rules:
        for step in rule.advise:
            by.setdefault(step, []).append(rule)
    return [(step, tuple(by[step])) for step in steps if step in by]


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps in the order to do them: the table's, phase by phase."""
    return tuple(sorted(steps, key=lambda step: PHASES.index(step.phase)))


class Blocks(Struct, frozen=True):
    """Why steps are not given though no precaution rules them out: a reason for every step, or for some."""

    every: str = ""
    steps: dict[Step, str] = {}


NO_BLOCKS = Blocks()


def sort_out(
    candidates: Iterable[Candidate], precautions: tuple[Precaution, ...], reached: Extent, blocks: Blocks
) -> tuple[tuple[GivenStep, ...], tuple[Withheld, ...]]:
    """Split candidates into given and withheld; a precaution is a reason of its own, and outranks what blocks steps."""
    given, withheld = [], []
    for one in candidates:
        reported = next((each for each in precautions if each in one.against), None)
        because = one.against[reported] if reported else blocks.every or blocks.steps.get(one.step, "")
        if because:
            withheld.append(Withheld(step=one.step, precaution=reported, because=because))
        else:
            given.append(one.given[reached])
    return tuple(given), tuple(withheld)


def blocks_of(table: Table, case: Case, level: Level) -> Blocks:
    """Return what blocks steps: the level, a guarded place where not all was asked, a red flag that stops some."""
    if level >= Level.urgent_care:
        return Blocks(table.levels[level].withheld)
    if case.location and case.location.guarded and extent(case, "red_flags") is not Extent.all:
        return Blocks(table.questions.red_flags.guarded)
    stopping = [flag for flag in case.red_flags or () if flag.stops]
    return (
        Blocks("", {step: flag.because for flag in reversed(stopping) for step in flag.stops})
        if stopping
        else NO_BLOCKS
    )


def ruled_out(table: Table, step: Step, location: Location | None) -> dict[Precaution, str]:
    """Return the precautions that rule a step out at a location, each with its reason, in the table's order."""
    named = {
        precaution: unless if isinstance(unless, str) else unless.because
        for precaution, unless in step.unless.items()
        if isinstance(unless, str) or not unless.location or location in unless.location
    }
    return {
        precaution: named.get(precaution) or precaution.because
        for precaution in table.precautions
        if precaution in named or precaution.rules_out
    }
