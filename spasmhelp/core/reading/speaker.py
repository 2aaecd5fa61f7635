"""Whom a sentence speaks of, after ConText (Harkema 2009, doi 10.1016/j.jbi.2009.05.002).

What somebody else has counts, for one may ask for them; but not where one sets oneself against them: "my sister takes
statins, mine is just a calf cramp".
"""

from collections.abc import Collection, Mapping, Sequence

from spasmhelp.core.reading.finder import Match
from spasmhelp.core.reading.tokens import Pause

NEAR = 2  # words from a deed to whom it was done to: "my mate kicked me"
DANGERS = ("red_flags", "precautions")


def of_others(
    pauses: Sequence[Pause], ends: Collection[int], cues: Mapping[str, Sequence[Match]], mentions: Sequence[Match]
) -> set[tuple[str, int]]:
    """Return the dangers that are somebody else's, by question and first token; none where nothing sets one apart."""
    if not (cues.get("others") and cues.get("contrast")):
        return set()
    own = {cue.start for cue in cues.get("own", ())}
    theirs = tokens_of_others(pauses, ends, cues["others"], own)
    return {
        (one.meaning.kind, one.start)
        for one in mentions
        if one.meaning.kind in DANGERS and one.start in theirs and own.isdisjoint(with_its_object(one, pauses))
    }


def tokens_of_others(
    pauses: Sequence[Pause], ends: Collection[int], others: Sequence[Match], own: Collection[int]
) -> set[int]:
    """Return the tokens from where a clause names somebody else to where it ends, or speaks of oneself."""
    theirs = set[int]()
    for cue in others:
        theirs.update(range(cue.start, cue.end))
        for at in range(cue.end, len(pauses)):
            if at in theirs or at in ends or at in own or pauses[at] >= Pause.line:
                break
            theirs.add(at)
    return theirs


def with_its_object(match: Match, pauses: Sequence[Pause]) -> range:
    """Return the tokens of a mention and the next few of its part of the sentence."""
    end = match.end
    while end < min(match.end + NEAR, len(pauses)) and not pauses[end]:
        end += 1
    return range(match.start, end)
