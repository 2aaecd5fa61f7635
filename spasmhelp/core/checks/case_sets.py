"""Sets of small cases: an onset, a location, and no trigger or a single one; each is known by its number."""

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import product

from spasmhelp.core.model import Case, Fits, Table, When, Word

# A case by its number: words are hashed by a Python function, three for a case, and that took most of the time.
CaseSet = frozenset[int]


class CaseSets:
    """The small cases of a table, numbered in its order, and the sets of those that meet some premises.

    No sampling and no larger cases are needed: whatever a rule says when several triggers were reported, it says when
    one of them was (or none), and fewer other rules apply then (docs/decisions.md).
    """

    def __init__(self, table: Table) -> None:
        self.cases = list(product(table.onsets, table.locations, (None, *table.triggers)))
        self.all: CaseSet = frozenset(range(len(self.cases)))
        self.having: defaultdict[Word | None, set[int]] = defaultdict(set)
        for number, words in enumerate(self.cases):
            for word in words:
                self.having[word].add(number)
        self.untriggered: CaseSet = frozenset(self.having[None])

    def where(self, when: When | Fits) -> CaseSet:
        """Return the cases in which every premise holds; one that is left out always does.

        {onset: [sudden], location: [calf, shin]} holds in the cases that have sudden and (calf or shin).
        """
        cases = self.all
        for words in (when.onset, when.location, when.trigger):
            if words:
                cases &= set().union(*(self.having[word] for word in words))
        return cases

    def with_any_trigger(self, untriggered: CaseSet) -> CaseSet:
        """Return the cases of the same onsets and locations, whatever the trigger."""
        places = (self.cases[number][:2] for number in untriggered)
        return frozenset().union(*(self.having[onset] & self.having[location] for onset, location in places))

    def each(self, numbers: Set[int]) -> Iterator[Case]:
        """Yield cases in the table's order, as answers: asked all, and nothing else reported."""
        for number in sorted(numbers):
            onset, location, trigger = self.cases[number]
            triggers = (trigger,) if trigger else ()
            yield Case(onset=onset, location=location, triggers=triggers, red_flags=(), precautions=())

    def smallest(self, numbers: Set[int]) -> Case | None:
        """Return a case with as few findings as any of these, or None if there are none."""
        return next(self.each(numbers & self.untriggered or numbers), None)
