"""Whom a sentence speaks of, after ConText (Harkema 2009, doi 10.1016/j.jbi.2009.05.002).

What somebody else has counts, for one may ask for them, but not beside what one has oneself: "my sister takes statins,
I have a calf cramp".
"""

from collections.abc import Collection, Mapping, Sequence

from spasmhelp.core.reading.finder import Match
from spasmhelp.core.reading.tokens import Pause

NEAR = 2  # words from a deed to whom it was done to: "my mate kicked me"
DANGERS = ("red_flags", "precautions")


def of_others(
    pauses: Sequence[Pause],
    ends: Collection[int],
    cues: Mapping[str, Sequence[Match]],
    mentions: Sequence[Match],
) -> set[tuple[str, int]]:
    """Return the dangers that are somebody else's, by question and first token; none if no place is one's own.

    `cues` holds what speaks of others and of oneself. A clause speaks of whom it named last.
    """
    others, own = ({cue.start: cue.end for cue in cues.get(role, ())} for role in ("others", "own"))
    if not others:
        return set()
    whose = spoken_of_at(pauses, ends, others, own)
    told = any(whose[one.start] == "own" and one.meaning.kind == "location" for one in mentions)
    to_oneself = own.keys() - others.keys()
    return {
        (one.meaning.kind, one.start)
        for one in mentions
        if told and one.meaning.kind in DANGERS and whose[one.start] == "others"
        if to_oneself.isdisjoint(with_its_object(one, pauses))
    }


def spoken_of_at(
    pauses: Sequence[Pause], ends: Collection[int], others: Mapping[int, int], own: Mapping[int, int]
) -> list[str]:
    """Return for each token whom its clause speaks of: "others", "own" or, while it has named nobody, ""."""
    whose, now, busy = [], "", 0
    for at, pause in enumerate(pauses):
        if now == "others" and (pause >= Pause.line or at in ends):
            now = ""
        if at >= busy:  # "my" in "my sister" is not oneself
            if at in others and others[at] >= own.get(at, 0):
                now, busy = "others", others[at]
            elif at in own:
                now, busy = "own", own[at]
        whose.append(now)
    return whose


def with_its_object(match: Match, pauses: Sequence[Pause]) -> range:
    """Return the tokens of a mention and the next few of its part of the sentence."""
    end = match.end
    while end < min(match.end + NEAR, len(pauses)) and not pauses[end]:
        end += 1
    return range(match.start, end)
