"""What each rule of a table says in which cells, and who else says it there."""

from collections import defaultdict
from collections.abc import Iterator

from spasmhelp.core.checks.case_sets import Cells, Tally
from spasmhelp.core.model import Level, Rule, Step, Table

# A step, ("level", at least this), or a sentence: ("do" or "tell", level, text).
Said = Step | tuple[str, Level] | tuple[str, Level, str]


class Reach:
    """For everything a rule can say: the cells where one rule says it, and those where two or more do.

    A red flag can only raise the level: it silences rules or speaks beside them, so what taking a rule away changes
    shows in a case without one. A precaution or a guarded place looks at a step, not at the rule that advised it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.cells = Cells(table)
        self.rules = {rule: self.cells.where(rule.when) for rule in table.rules}
        self.tallies: dict[Said, Tally] = defaultdict(Tally)
        for rule, cells in self.rules.items():
            for said in says(rule):
                self.tallies[said].add(cells)
        self.gaps = self.cells.untriggered & ~self.covered()
        # Silence has a level of its own. Where taking a rule away leaves a new gap, its step is missed as well, so the
        # gaps of the whole table are enough to know.
        self.tallies["level", Level.see_clinician].add(self.cells.with_any_trigger(self.gaps))
        self.open = self.cells.everywhere & ~self.tallies["level", Level.urgent_care].at_least[1]

    def covered(self) -> int:
        """Return the cells where a rule with a step applies whatever the trigger."""
        cells = 0
        for rule, where in self.rules.items():
            if rule.advise and not rule.when.trigger:
                cells |= where
        return cells

    def advised(self, step: Step) -> int:
        """Return the cells where any rule advises a step."""
        return self.tallies[step].at_least[1]

    def given(self, step: Step) -> int:
        """Return the cells where a step can be given: it is advised, and no rule sends the person to urgent care."""
        return self.advised(step) & self.open

    def heard(self, rule: Rule, said: Said) -> int:
        """Return the cells where a rule says something that is heard: sentences of a lower level are not."""
        cells = self.rules[rule]
        if isinstance(said, tuple) and said[0] != "level" and said[1] < Level.emergency:
            cells &= ~self.tallies["level", Level(said[1] + 1)].at_least[1]
        return cells

    def alone(self, rule: Rule) -> int:
        """Return the cells where taking a rule away would change a step, the level, or an action."""
        cells = 0
        for said in says(rule):
            cells |= self.heard(rule, said) & ~self.tallies[said].at_least[2]
        return cells

    def instead(self, rule: Rule) -> tuple[Rule, ...]:
        """Return rules that together say all that a redundant rule says."""
        others: set[Rule] = set()
        for said in says(rule):
            left = self.heard(rule, said)
            for other, cells in self.rules.items():
                if left & cells and other is not rule and said in says(other):
                    others.add(other)
                    left &= ~cells
        return tuple(other for other in self.rules if other in others)


def says(rule: Rule) -> Iterator[Said]:
    """Yield all that a rule says where it applies: its steps, its level and those below, its sentences."""
    yield from dict.fromkeys(rule.advise)
    for level in Level:
        if Level.self_care < level <= rule.level:
            yield "level", level
    if rule.level > Level.self_care:  # a rule without a level of its own has no moment to say a sentence
        for name, text in (("do", rule.do), ("tell", rule.tell)):
            if text:
                yield name, rule.level, text
