"""In which cases each rule of a table applies, and which of its effects no other rule has there."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from spasmhelp.core.checks.case_sets import CaseSet, CaseSets
from spasmhelp.core.model import Level, Rule, Step, Table


class Sentence(NamedTuple):
    """A sentence that a rule adds at a level: what to do, or what to tell a clinician."""

    key: str
    level: Level
    text: str


Effect = Step | Level | Sentence  # a level means "at least this one"


class RuleCoverage:
    """For each rule the cases where it applies; for each effect the cases where rules have it, one or several.

    A red flag can only raise the level: it silences sentences or adds some, so what taking a rule away changes shows
    in a case without one. A precaution or a guarded place looks at a step, not at the rule that advised it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.cases = CaseSets(table)
        self.rules = {rule: self.cases.where(rule.when) for rule in table.rules}
        self.having: defaultdict[Effect, list[Rule]] = defaultdict(list)
        self.by_any: defaultdict[Effect, CaseSet] = defaultdict(frozenset)
        self.by_several: defaultdict[Effect, CaseSet] = defaultdict(frozenset)
        for rule, cases in self.rules.items():
            for effect in effects(rule):
                self.having[effect].append(rule)
                self._count(effect, cases)
        steps = (cases for rule, cases in self.rules.items() if rule.advise and not rule.when.trigger)
        self.gaps = self.cases.untriggered.difference(*steps)
        # A gap has a level of its own. Where taking a rule away leaves a new gap, its step is missed as well, so the
        # gaps of the whole table are enough to know.
        self._count(Level.see_clinician, self.cases.with_any_trigger(self.gaps))
        self.below_urgent_care = self.cases.all - self.by_any[Level.urgent_care]

    def _count(self, effect: Effect, cases: CaseSet) -> None:
        self.by_several[effect] |= self.by_any[effect] & cases
        self.by_any[effect] |= cases

    def given(self, step: Step) -> CaseSet:
        """Return the cases where a step can be given: it is advised, and no rule sends the person to urgent care."""
        return self.by_any[step] & self.below_urgent_care

    def reported(self, rule: Rule, effect: Effect) -> CaseSet:
        """Return the cases where an effect of a rule shows in the advice: sentences of a lower level do not."""
        cases = self.rules[rule]
        if isinstance(effect, Sentence) and effect.level < Level.emergency:
            cases -= self.by_any[Level(effect.level + 1)]
        return cases

    def needed(self, rule: Rule) -> bool:
        """Whether taking a rule away would change a step, the level, or an action of any case."""
        return any(self.reported(rule, effect) - self.by_several[effect] for effect in effects(rule))

    def replacing(self, rule: Rule) -> tuple[Rule, ...]:
        """Return rules that together have all the effects of one that is not needed."""
        others: set[Rule] = set()
        for effect in effects(rule):
            left = self.reported(rule, effect)
            for other in self.having[effect] if left else ():
                cases = self.rules[other]
                if other is not rule and not left.isdisjoint(cases):
                    others.add(other)
                    left -= cases
                    if not left:
                        break
        return tuple(other for other in self.rules if other in others)


def effects(rule: Rule) -> Iterator[Effect]:
    """Yield all that a rule changes where it applies: its steps, its level and those below, its sentences."""
    yield from dict.fromkeys(rule.advise)
    if rule.level > Level.self_care:  # a rule without a level of its own has no moment to say a sentence
        yield from (level for level in Level if Level.self_care < level <= rule.level)
        yield from (Sentence(key, rule.level, text) for key, text in (("do", rule.do), ("tell", rule.tell)) if text)
