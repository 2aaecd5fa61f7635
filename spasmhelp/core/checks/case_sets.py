"""Sets of cases as the bits of one number: one cell for each onset, location, and no trigger or a single one."""

from collections.abc import Iterator, Mapping, Sequence

from spasmhelp.core.model import Case, Fits, Location, Onset, Table, Trigger, When, Word


class Cells:
    """The cells of a table. Bit 0 of each block of triggers is "no trigger".

    No sampling and no more cells are needed: whatever a rule says when several triggers were reported, it says when one
    of them was (or none), and fewer other rules speak then (docs/decisions.md).
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.width = 1 + len(table.triggers)
        self.onsets = _places(table.onsets)
        self.locations = _places(table.locations)
        self.triggers = _places(table.triggers)
        self.block = len(table.locations) * self.width
        self.everywhere = (1 << len(table.onsets) * self.block) - 1
        self.untriggered = _every(len(table.onsets) * len(table.locations), self.width)
        self.any_location = _every(len(table.locations), self.width)
        self.any_onset = _every(len(table.onsets), self.block)

    def where(self, when: When | Fits) -> int:
        """Return the cells in which every premise holds; one that is left out always does."""
        triggers: tuple[Trigger, ...] = when.trigger if isinstance(when, When) else ()
        cells = sum(2 << self.triggers[word] for word in triggers) or (1 << self.width) - 1
        # Blocks do not overlap, so a product of sets is a product of numbers.
        cells *= _chosen(self.locations, when.location, self.width) or self.any_location
        return cells * (_chosen(self.onsets, when.onset, self.block) or self.any_onset)

    def with_any_trigger(self, untriggered: int) -> int:
        """Return the cells of the same onsets and locations, whatever the trigger."""
        return untriggered * ((1 << self.width) - 1)

    def each(self, cells: int) -> Iterator[Case]:
        """Yield the case of every cell: asked all, and nothing else reported."""
        while cells:
            lowest = cells & -cells
            cells ^= lowest
            yield self.case(lowest.bit_length() - 1)

    def smallest(self, cells: int) -> Case | None:
        """Return a case with as few findings as any of the cells, or None for no cells."""
        cells = cells & self.untriggered or cells
        return next(self.each(cells), None)

    def case(self, number: int) -> Case:
        """Return the case of one cell."""
        place, trigger = divmod(number, self.width)
        onset, location = divmod(place, len(self.locations))
        return Case(
            onset=self.table.onsets[onset],
            location=self.table.locations[location],
            triggers=(self.table.triggers[trigger - 1],) if trigger else (),
            red_flags=(),
            precautions=(),
        )


class Tally:
    """Counts cell by cell, up to a limit, how many of the sets added hold it: `at_least[2]` is by two or more."""

    def __init__(self, limit: int = 2) -> None:
        self.at_least = [0] * (limit + 1)

    def add(self, cells: int) -> None:
        for count in range(len(self.at_least) - 1, 1, -1):
            self.at_least[count] |= self.at_least[count - 1] & cells
        self.at_least[1] |= cells


def _places(words: Sequence[Word]) -> Mapping[Word, int]:
    return {word: place for place, word in enumerate(words)}


def _every(count: int, stride: int) -> int:
    """Return a number with `count` bits set, one every `stride` bits."""
    return ((1 << count * stride) - 1) // ((1 << stride) - 1) if stride else 0


def _chosen(places: Mapping[Word, int], words: Sequence[Onset | Location], stride: int) -> int:
    """Return a number with one bit for each of the words."""
    return sum(1 << places[word] * stride for word in dict.fromkeys(words))
