"""What an onset, a location and the rules decide whatever else was reported: made when it is first needed, and kept."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from spasmhelp.core.asked import SCREENED, NotPut, extent, left_open, lines_not_put, places_of_asking
from spasmhelp.core.kept import once_a_table
from spasmhelp.core.model import (
    Asked,
    Case,
    Extent,
    Level,
    Location,
    Onset,
    Phase,
    Precaution,
    Rule,
    Step,
    Table,
    Trigger,
    Word,
)
from spasmhelp.core.steps import Candidate, advised, candidate, in_order, ruled_out

KEPT = 4096  # situations, and candidates, of a table; the built-in one has about one thousand of each


class Place(Struct, frozen=True, eq=False):
    """What an onset and a location decide; of its `rules`, a bit each, `always` apply, and others with a trigger.

    `early` are the steps that may be shown before the end of the questions, `before` what must be asked before them.
    """

    onset: Onset | None
    location: Location | None
    rules: tuple[Rule, ...]
    always: int
    triggered: dict[Trigger, int]
    early: tuple[Step, ...]
    before: frozenset[Precaution]
    watch: tuple[str, ...]


class Situation(Struct, frozen=True, eq=False):
    """What the rules that apply at a place decide."""

    rules: tuple[Rule, ...]
    level: Level
    because: tuple[tuple[Rule, str], ...]
    candidates: tuple[Candidate, ...]


def met(place: Place, triggers: tuple[Trigger, ...]) -> int:
    """Return as bits which rules of a place apply with these triggers."""
    bits = place.always
    for trigger in triggers:
        bits |= place.triggered.get(trigger, 0)
    return bits


class Prepared:
    """A table, and what of its advice depends on few answers, made when it is first needed."""

    def __init__(self, table: Table) -> None:
        self.table, self.steps = table, in_order(table.steps)
        self.positions = {
            words: {word.id: at for at, word in enumerate(getattr(table, words))}
            for words in ("triggers", "red_flags", "precautions")
        }
        self.located: dict[Location | None, list[int]] = {}  # the rules of a location, and of none
        for at, rule in enumerate(table.rules):
            for location in rule.when.location or (None,):
                self.located.setdefault(location, []).append(at)
        self.asked_with = {
            trigger for flag in table.red_flags for when in places_of_asking(flag) for trigger in when.trigger
        }
        self.place = lru_cache(KEPT)(self._place)
        self.situation = lru_cache(KEPT)(self._situation)
        self.candidate = lru_cache(KEPT)(self._candidate)
        self.lines = lru_cache(KEPT)(self._lines)

    def in_order(self, case: Case) -> Case:
        """Return the case with its lists in the table's order, so that equal answers are equal cases.

        An empty list of which nothing was asked is no list.
        """
        lists: dict[str, Any] = {}
        for name in ("triggers", "red_flags", "precautions"):
            words = getattr(case, name)
            lists[name] = self.ordered(name, words) if words else words
        for name in SCREENED:
            if lists[name] == () and extent(case, name) is Extent.none:
                lists[name] = None
        return Case(onset=case.onset, location=case.location, asked=case.asked, **lists)

    def ordered(self, name: str, words: tuple[Word, ...]) -> Any:
        """Return those of the words that the table has, each once, in its order."""
        positions, known = self.positions[name], getattr(self.table, name)
        found = {positions[word.id] for word in words if word.id in positions}
        return tuple([known[at] for at in sorted(found)])

    def _place(self, onset: Onset | None, location: Location | None) -> Place:
        here = sorted({*self.located.get(location, ()), *self.located.get(None, ())})
        rules = [self.table.rules[at] for at in here]
        rules = [rule for rule in rules if not rule.when.onset or onset in rule.when.onset]
        triggered: dict[Trigger, int] = {}
        for at, rule in enumerate(rules):
            for trigger in rule.when.trigger:
                triggered[trigger] = triggered.get(trigger, 0) | 1 << at
        always = sum(1 << at for at, rule in enumerate(rules) if not rule.when.trigger)
        steps = [step for step, _ in advised(self.steps, [rule for rule in rules if not rule.when.trigger])]
        guarded = bool(location and location.guarded) or any(level_blocks(rule) for rule in rules)
        early = () if location is None or guarded else first_steps(steps, location)
        before = frozenset(word for one in early for word in ruled_out(self.table, one, location))
        return Place(onset, location, tuple(rules), always, triggered, early, before, watch_for(onset, location))

    def not_put(self, case: Case) -> NotPut:
        """Return the lines that nobody put to a person, of red flags that were not reported."""
        triggers = None if case.triggers is None else tuple(word for word in case.triggers if word in self.asked_with)
        found = self.lines(case.onset, case.location, triggers, extent(case, "red_flags"))
        if not (case.red_flags and found.lines):
            return found
        return left_open(self.table, [line for line in found.lines if line.word not in case.red_flags])

    def _lines(
        self,
        onset: Onset | None,
        location: Location | None,
        triggers: tuple[Trigger, ...] | None,
        reached: Extent,
    ) -> NotPut:
        case = Case(onset=onset, location=location, triggers=triggers, asked=Asked(red_flags=reached))
        return left_open(self.table, lines_not_put(self.table, case))

    def _candidate(self, step: Step, onset: Onset | None, location: Location | None, by: tuple[Rule, ...]) -> Candidate:
        before = self.place(onset, location).before
        return candidate(self.table, step, onset, location, by, before)

    def _situation(self, place: Place, bits: int) -> Situation:
        rules = tuple([rule for at, rule in enumerate(place.rules) if bits >> at & 1])
        covered = any(rule.advise and not rule.when.trigger for rule in rules)
        silence = Level.self_care if covered else Level.see_clinician
        return Situation(
            rules,
            level=max([silence, *[rule.level for rule in rules]]),
            because=tuple([(rule, rule.because) for rule in rules]),
            candidates=tuple(
                [self.candidate(step, place.onset, place.location, by) for step, by in advised(self.steps, rules)]
            ),
        )


@once_a_table
def prepared(table: Table) -> Prepared:
    """Return a table prepared."""
    return Prepared(table)


def applies(rule: Rule, case: Case) -> bool:
    """Whether every premise of a rule holds: one of its words was reported, or it is left out."""
    when = rule.when
    return (
        (not when.onset or case.onset in when.onset)
        and (not when.location or case.location in when.location)
        and (not when.trigger or any(trigger in when.trigger for trigger in case.triggers or ()))
    )


def level_blocks(rule: Rule) -> bool:
    """Whether a rule that needs no trigger forbids every step where it applies."""
    return not rule.when.trigger and rule.level >= Level.urgent_care


def first_steps(steps: Sequence[Step], location: Location) -> tuple[Step, ...]:
    """Return, of the steps for now, those up to the first that says how it is done at a place; else the first."""
    now = [step for step in steps if step.phase is Phase.now]
    ends = [at for at, step in enumerate(now, 1) if location in step.how]
    return tuple(now[: ends[0] if ends else 1])


def watch_for(onset: Onset | None, location: Location | None) -> tuple[str, ...]:
    """Return what to watch for with such an onset in such a place."""
    lines = [
        line if isinstance(line, str) else line.say
        for line in (location.safety_net if location else ())
        if isinstance(line, str) or onset in line.onset
    ]
    return (*lines, *(onset.safety_net if onset else ()))
