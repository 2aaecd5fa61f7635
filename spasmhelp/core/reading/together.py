"""What two things make that are said apart: "neck stiff, and I have a fever"."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from spasmhelp.core.reading.finder import Match
from spasmhelp.core.reading.spellings import Joint

FARTHEST = 15  # words from the first to the last: further apart they hardly speak of one thing


Pair = tuple[Match, Match]


def pairs(joint: Joint, found: Mapping[str, Sequence[Match]], denied: Collection[int]) -> list[Pair]:
    """Return where the two parts of a joint are said close by, in any order, and neither denied."""
    one, other = ([match for match in found.get(part, ()) if match.start not in denied] for part in joint.parts)
    return [(a, b) for a in one for b in near(a, other)]


def combined(joint: Joint, said: Sequence[Pair]) -> Match:
    """Return the shortest of the places where a joint is said."""
    spans = [(min(a.start, b.start), max(a.end, b.end)) for a, b in said]
    return Match(*min(spans, key=lambda span: (span[1] - span[0], span)), joint.meaning)


def near(match: Match, others: Sequence[Match]) -> Iterator[Match]:
    """Yield those of a row of matches that stand close to another and share no word with it."""
    start = attrgetter("start")
    low = bisect_left(others, match.end - FARTHEST, key=start)
    high = bisect_left(others, match.start + FARTHEST, key=start)
    for other in others[low:high]:
        apart = match.end <= other.start or other.end <= match.start
        if apart and max(match.end, other.end) - min(match.start, other.start) <= FARTHEST:
            yield other
