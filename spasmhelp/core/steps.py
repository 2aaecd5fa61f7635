"""Which steps the rules advise at a place, and which of these are then withheld."""

from collections.abc import Iterable

from msgspec import Struct

from spasmhelp.core.model import Case, Level, Location, Onset, Phase, Precaution, Rule, Step, Table

PHASES = tuple(Phase)


class GivenStep(Struct, frozen=True, kw_only=True):
    """A step that is advised: how it is done in this place, who should not do it, and the rules that advise it."""

    step: Step
    how: str
    hold: str
    not_if: tuple[Precaution, ...]
    rules: tuple[Rule, ...]

    @property
    def text(self) -> str:
        """The sentence to show: how it is done here, or what to do, and how long to hold it."""
        return " ".join(part for part in (self.how or self.step.do, self.hold) if part)


class Withheld(Struct, frozen=True, kw_only=True):
    """A step that was advised and then ruled out; without a precaution, the level or the guarded place did."""

    step: Step
    precaution: Precaution | None
    because: str


class Candidate(Struct, frozen=True, eq=False):
    """A step that rules advise: as given, precautions asked or not, and why which precautions (ids) rule it out."""

    given: GivenStep
    unasked: GivenStep
    against: dict[str, str]


def candidate(
    table: Table, step: Step, onset: Onset | None, location: Location | None, rules: tuple[Rule, ...]
) -> Candidate:
    """Return a step that rules advise, as it is done at an onset and location."""
    against = ruled_out(step, location)
    how = step.how.get(location, "") if location else ""
    hold = step.hold.get(onset, "") if onset else ""
    not_if = tuple(precaution for precaution in table.precautions if precaution in against)
    given, unasked = (GivenStep(step=step, how=how, hold=hold, not_if=who, rules=rules) for who in ((), not_if))
    return Candidate(given, unasked, {precaution.id: because for precaution, because in against.items()})


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


def sort_out(
    candidates: Iterable[Candidate], precautions: tuple[Precaution, ...] | None, block: str
) -> tuple[tuple[GivenStep, ...], tuple[Withheld, ...]]:
    """Part candidates into given and withheld; a precaution is a reason of its own, and outranks what blocks all."""
    given, withheld = [], []
    for one in candidates:
        ruling = [each for each in precautions or () if each.id in one.against]  # the first gives the reason
        if ruling:
            because = one.against[ruling[0].id]
            withheld.append(Withheld(step=one.given.step, precaution=ruling[0], because=because))
        elif block:
            withheld.append(Withheld(step=one.given.step, precaution=None, because=block))
        else:
            given.append(one.unasked if precautions is None else one.given)
    return tuple(given), tuple(withheld)


def block_reason(table: Table, case: Case, level: Level) -> str:
    """Return why no step at all is given, or nothing: the level, or a guarded place nobody asked red flags for."""
    if level >= Level.urgent_care:
        return table.levels[level].withheld or "No step until someone has examined you."
    if case.location and case.location.guarded and case.red_flags is None:
        return table.questions.red_flags.guarded or "No step here until the safety questions were asked."
    return ""


def ruled_out(step: Step, location: Location | None) -> dict[Precaution, str]:
    """Return the precautions that rule a step out at a location, each with its reason."""
    return {
        precaution: unless if isinstance(unless, str) else unless.because
        for precaution, unless in step.unless.items()
        if isinstance(unless, str) or not unless.location or location in unless.location
    }
