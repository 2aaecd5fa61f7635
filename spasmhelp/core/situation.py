"""What an onset, a location and the rules decide whatever else was reported: made when it is first needed, and kept."""

from functools import lru_cache, partial
from typing import Any

from msgspec import Struct

from spasmhelp.core.model import Case, Level, Location, Onset, RedFlag, Rule, Table, Trigger, Word
from spasmhelp.core.steps import Candidate, advised, candidate, in_order

TABLES = 8  # that are kept prepared: a comparison needs two
KEPT = 4096  # situations, and candidates, of a table; the built-in one has about one thousand of each


class Place(Struct, frozen=True, eq=False):
    """What an onset and a location decide; of its `rules`, a bit each, `always` apply, and others with a trigger."""

    onset: Onset | None
    location: Location | None
    rules: tuple[Rule, ...]
    always: int
    triggered: dict[Trigger, int]
    unasked: tuple[RedFlag, ...]
    warning: str
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
        self.place = lru_cache(KEPT)(self._place)
        self.situation = lru_cache(KEPT)(self._situation)
        self.candidate = lru_cache(KEPT)(partial(candidate, table))

    def in_order(self, case: Case) -> Case:
        """Return the case with its lists in the table's order, so that equal answers are equal cases."""
        return Case(
            onset=case.onset,
            location=case.location,
            triggers=case.triggers and self.ordered("triggers", case.triggers),
            red_flags=case.red_flags and self.ordered("red_flags", case.red_flags),
            precautions=case.precautions and self.ordered("precautions", case.precautions),
        )

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
        case = Case(onset=onset, location=location)
        unasked = fitting_flags(self.table, case)
        warned = warning(self.table, unasked)
        return Place(onset, location, tuple(rules), always, triggered, unasked, warned, watch_for(case))

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


_PREPARED: dict[int, Prepared] = {}  # by the identity of the table, which it keeps alive


def prepared(table: Table) -> Prepared:
    """Return a table prepared, once."""
    known = _PREPARED.get(id(table))
    if known is None:
        if len(_PREPARED) >= TABLES:
            _PREPARED.clear()
        known = _PREPARED[id(table)] = Prepared(table)
    return known


def applies(rule: Rule, case: Case) -> bool:
    """Whether every premise of a rule holds: one of its words was reported, or it is left out."""
    when = rule.when
    return (
        (not when.onset or case.onset in when.onset)
        and (not when.location or case.location in when.location)
        and (not when.trigger or any(trigger in when.trigger for trigger in case.triggers or ()))
    )


def fitting_flags(table: Table, case: Case) -> tuple[RedFlag, ...]:
    """Return the red flags that are asked at the case's onset and location; what is not known fits all."""
    return tuple(
        flag
        for flag in table.red_flags
        if (not flag.when.onset or case.onset is None or case.onset in flag.when.onset)
        and (not flag.when.location or case.location is None or case.location in flag.when.location)
    )


def warning(table: Table, unasked: tuple[RedFlag, ...]) -> str:
    """Return what must be said first when nobody asked the safety questions: that, and the emergencies by name."""
    if not unasked:
        return ""
    names = [flag.name for flag in unasked if flag.level is Level.emergency]
    said = table.questions.red_flags.unasked or "Nobody asked the safety questions."
    return f"{said} {'; '.join(names)}." if names else said


def watch_for(case: Case) -> tuple[str, ...]:
    """Return what to watch for with such an onset in such a place."""
    here = case.location.safety_net if case.location else ()
    lines = [
        line if isinstance(line, str) else line.say
        for line in here
        if isinstance(line, str) or case.onset in line.onset
    ]
    return (*lines, *(case.onset.safety_net if case.onset else ()))
