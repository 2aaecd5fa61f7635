"""Whom a sentence speaks of, after ConText (Harkema 2009, doi 10.1016/j.jbi.2009.05.002).

What somebody else has counts, for one may ask for them; but not where one sets oneself against them: "my sister takes
statins, mine is just a calf cramp".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from spasmhelp.core.reading.finder import Match
from spasmhelp.core.reading.tokens import Pause

NEAR = 2  # words from a deed to whom it was done to: "my mate kicked me"


def of_others(
    pauses: Sequence[Pause], ends: Collection[int], cues: Mapping[str, Sequence[Match]], mentions: Sequence[Match]
) -> set[tuple[str, int]]:
    """Return the dangers that are somebody else's, by question and first token.

    Precautions, with which nobody would get a step, where one names a place of one's own: "lifted my toddler, my back
    is stiff". Red flags only where a contrast follows in the sentence, with a place or an onset: "mine is a cramp".
    """
    if not cues.get("others"):
        return set()
    others, named = cues["others"], {cue.start for cue in cues["others"]}
    own = [cue for cue in cues.get("own", ()) if named.isdisjoint(range(cue.start, cue.end + 1))]  # not "my" sister
    to_oneself = {cue.start for cue in own}
    theirs = clauses_about(pauses, ends, others, to_oneself)
    places = {one.start for one in mentions if one.meaning.kind == "location"}
    told = places | {one.start for one in mentions if one.meaning.kind == "onset"}
    # "Mine is just a cramp": what ends a denial does not end that.
    contrast = cues.get("contrast", ())
    ended = theirs | {cue.start for cue in contrast}
    claims = [cue.start for cue in contrast if told & clauses_about(pauses, (), [cue], ended)]
    apart = bool(claims) or bool(places & clauses_about(pauses, ends, own, theirs))
    dangers = [one for one in mentions if one.meaning.kind in ("red_flags", "precautions") and one.start in theirs]
    return {
        (one.meaning.kind, one.start)
        for one in dangers
        if (apart if one.meaning.kind == "precautions" else contrasted(one, claims, pauses))
        if to_oneself.isdisjoint(with_its_object(one, pauses, ends))
    }


def contrasted(match: Match, claims: Sequence[int], pauses: Sequence[Pause]) -> bool:
    """Whether a contrast follows a mention in the same sentence."""
    at = next((at for at in claims if match.end <= at), None)
    return at is not None and Pause.stop not in pauses[match.end : at + 1]


def clauses_about(
    pauses: Sequence[Pause], ends: Collection[int], cues: Iterable[Match], others: Collection[int]
) -> set[int]:
    """Return the tokens from each cue to where its clause ends, or speaks of somebody else."""
    found = set[int]()
    for cue in cues:
        found.update(range(cue.start, cue.end))
        for at in range(cue.end, len(pauses)):
            if at in found or at in ends or at in others or pauses[at] >= Pause.line:
                break
            found.add(at)
    return found


def with_its_object(match: Match, pauses: Sequence[Pause], ends: Collection[int]) -> range:
    """Return the tokens of a mention and the next few of its part of the sentence."""
    end = match.end
    while end < min(match.end + NEAR, len(pauses)) and not pauses[end] and end not in ends:
        end += 1
    return range(match.start, end)
