"""Sets of cases: an onset, a location, and no trigger or a single one."""

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import product

from spasmhelp.core.model import Case, Fits, Location, Onset, Table, Trigger, When, Word

SmallCase = tuple[Onset, Location, Trigger | None]
CaseSet = frozenset[SmallCase]


class CaseSets:
    """The small cases of a table, and the sets of those that have a word or meet some premises.

    No sampling and no larger cases are needed: whatever a rule says when several triggers were reported, it says when
    one of them was (or none), and fewer other rules apply then (docs/decisions.md).
    """

    def __init__(self, table: Table) -> None:
        every = product(table.onsets, table.locations, (None, *table.triggers))
        self.numbers = {case: number for number, case in enumerate(every)}
        self.all: CaseSet = frozenset(self.numbers)
        self.untriggered: CaseSet = frozenset(case for case in self.numbers if case[2] is None)
        self.having: defaultdict[Word | None, set[SmallCase]] = defaultdict(set)
        for case in self.numbers:
            for word in case:
                self.having[word].add(case)

    def where(self, when: When | Fits) -> CaseSet:
        """Return the cases in which every premise holds; one that is left out always does.

        {onset: [sudden], location: [calf, shin]} holds in the cases that have sudden and (calf or shin).
        """
        cases = self.all
        for words in (when.onset, when.location, when.trigger if isinstance(when, When) else ()):
            if words:
                cases &= set().union(*(self.having[word] for word in words))
        return cases

    def each(self, cases: Set[SmallCase]) -> Iterator[Case]:
        """Yield cases in the table's order, as answers: asked all, and nothing else reported."""
        for onset, location, trigger in sorted(cases, key=self.numbers.__getitem__):
            triggers = (trigger,) if trigger else ()
            yield Case(onset=onset, location=location, triggers=triggers, red_flags=(), precautions=())

    def smallest(self, cases: Set[SmallCase]) -> Case | None:
        """Return a case with as few findings as any of these, or None if there are none."""
        return next(self.each(cases & self.untriggered or cases), None)
