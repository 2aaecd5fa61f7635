"""Which rules apply, for many cases: one bit a rule, one AND a premise, however many rules there are."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from spasmhelp.core.model import Case, Rule, Table

PREMISES = ("onset", "location", "trigger")


class Matcher:
    """Says of any case what `applying` and `covered` of core/advise.py say, at a cost that hardly grows with rules."""

    def __init__(self, table: Table) -> None:
        self.rules = table.rules
        self.with_step = bits(rule for rule in enumerate(table.rules) if rule[1].advise)
        self.open = {name: bits(one for one in enumerate(table.rules) if not words(one[1], name)) for name in PREMISES}
        self.named: dict[str, dict[Any, int]] = {name: {} for name in PREMISES}
        for i, rule in enumerate(table.rules):
            for name in PREMISES:
                for word in words(rule, name):
                    self.named[name][word] = self.named[name].get(word, 0) | 1 << i

    def meeting(self, name: str, reported: Iterable[Any]) -> int:
        """Return the rules, as bits, of which one premise is met by any of the words that were reported."""
        named = self.named[name]
        return reduce(or_, (named.get(word, 0) for word in reported), self.open[name])

    def applying(self, case: Case) -> tuple[Rule, ...]:
        """Return the rules whose every premise holds, in the table's order."""
        found = (
            self.meeting("onset", (case.onset,))
            & self.meeting("location", (case.location,))
            & self.meeting("trigger", case.triggers or ())
        )
        rules = []
        while found:
            lowest = found & -found
            rules.append(self.rules[lowest.bit_length() - 1])
            found ^= lowest
        return tuple(rules)

    def covered(self, case: Case) -> bool:
        """Whether a rule with a step applies to the onset and location alone."""
        found = self.meeting("onset", (case.onset,)) & self.meeting("location", (case.location,))
        return bool(found & self.open["trigger"] & self.with_step)


def words(rule: Rule, name: str) -> tuple[Any, ...]:
    """Return the words of one premise of a rule; none if it is left out."""
    return getattr(rule.when, name)  # type: ignore[no-any-return]


def bits(numbered: Iterable[tuple[int, Rule]]) -> int:
    """Return the rules, each with its number, as bits."""
    return sum(1 << i for i, _ in numbered)
