"""How far "no" and "years ago" reach in a sentence, after NegEx (Chapman 2001, doi 10.1006/jbin.2001.1029)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct

from spasmhelp.core.reading.finder import Match
from spasmhelp.core.reading.tokens import Pause, Tokens

REACH = 3  # words that are neither fillers nor spelled in the table, between a cue and what it speaks of


class Clauses(Struct, frozen=True):
    """A text as scopes see it: its tokens, its mentions by their first token, and what joins, ends and says nothing.

    `mentions` and `before` hold the questions and the far end of each: by first token, and by the token behind it.
    """

    tokens: Tokens
    fillers: Sequence[bool]
    joining: Mapping[int, int]
    alternatives: frozenset[int]
    ends: frozenset[int]
    starts: frozenset[int]
    mentions: Mapping[int, Mapping[str, int]]
    before: Mapping[int, Mapping[str, int]]


def reached(
    clauses: Clauses, cue: Match, cues: frozenset[int] = frozenset(), over_commas: bool = True
) -> Iterator[tuple[str, int]]:
    """Yield the mentions, by question and first token, that a cue in front of them speaks of.

    A list goes on over joining words as long as one of the same questions follows at once, and over an alternative
    whatever follows, which is then its last: "no leg pain or numbness". A comma goes on with it only if such a word
    does further on: "no redness, swelling or warmth", but "no swelling, chest pain"; without `over_commas` each comma
    ends it. Where another of the `cues` begins, that speaks instead.
    """
    # "No signs of" may be a cue where "signs of a stroke" is a name.
    at = next((one for one in range(cue.start + 1, cue.end) if one in clauses.mentions), cue.end)
    left, kinds, joined = REACH, frozenset[str](), Joined.not_yet
    unsure: list[tuple[str, int]] = []
    inside = 0  # where the mention ends that is being read; others may begin in it
    while at < len(clauses.tokens.words) and (at < inside or at not in clauses.ends) and left >= 0:
        pause, begin = clauses.tokens.pauses[at], at
        if pause >= Pause.line or (pause is Pause.comma and not over_commas):
            return
        if at >= inside and (pause is Pause.comma or at in clauses.joining):
            at = after_joining(clauses, at)
            if not cues.isdisjoint(range(begin, at)):
                return
            joined = how_joined(clauses, kinds, range(begin, at), joined)
            if joined is Joined.ended:
                return
            kinds = frozenset() if joined is Joined.alternative else kinds
        if at in cues and at > cue.start:
            return
        here = clauses.mentions.get(at, {})
        spoken = [(kind, at) for kind in here if is_meant(kind, kinds, joined)]
        kinds |= {kind for kind, _ in spoken}
        unsure += spoken
        if joined is not Joined.comma:
            yield from unsure
            unsure.clear()
        inside = max(inside, *here.values()) if here else inside
        left -= at >= inside and not clauses.fillers[at]
        at += 1


class Joined(Enum):
    """How a list has gone on: not yet, behind a comma alone, with more of it, with an alternative; or it has ended."""

    not_yet = 0
    comma = 1
    more = 2
    alternative = 3
    ended = 4


def how_joined(clauses: Clauses, kinds: Collection[str], between: range, before: Joined) -> Joined:
    """Return how a list goes on over commas and joining words: behind a comma alone only with one of its questions."""
    at = between.stop
    anew = not clauses.starts.isdisjoint(range(between.start, at + 1))  # "no chest pain, and I am coughing blood"
    if anew or at == len(clauses.fillers):
        return Joined.ended
    if not clauses.alternatives.isdisjoint(between):
        # "No pain or numbness", "no pain or x", but not "no stretch or massage eases the pain".
        whole = at in clauses.mentions or at + 1 == len(clauses.fillers) or clauses.tokens.pauses[at + 1]
        return Joined.alternative if whole or at + 1 in clauses.ends else Joined.ended
    here, mine, how = set(clauses.mentions.get(at, ())), set(kinds), Joined.comma
    if not clauses.joining.keys().isdisjoint(between):
        here, mine, how = set(map(family, here)), set(map(family, mine)), Joined.more
    return Joined.ended if before is Joined.alternative or here.isdisjoint(mine) else how


def is_meant(kind: str, kinds: Collection[str], joined: Joined) -> bool:
    """Whether a cue that spoke of these questions speaks of a mention of another, too.

    "No swelling in my calf" denies the swelling, not the calf; "no calf swelling" both; "no chest pain, calf cramp" not
    the cramp.
    """
    if not kinds or set(kinds) == {kind} or (set(kinds) == {"location"} and joined is Joined.not_yet):
        return True
    return family(kind) in set(map(family, kinds)) - {"location"}


def family(question: str) -> str:
    """Return what a question is listed with: "no numbness or weakness" names a precaution and a red flag."""
    return "red_flags" if question == "precautions" else question


def after_joining(clauses: Clauses, at: int) -> int:
    """Return the token behind joining words and fillers, and one unknown word of a list: no numbness, x or weakness."""
    passed = False
    while at < len(clauses.fillers) and clauses.tokens.pauses[at] < Pause.line and at not in clauses.mentions:
        if at in clauses.joining:
            at = clauses.joining[at]
        elif clauses.fillers[at]:
            at += 1
        elif not passed and at + 1 in clauses.joining:
            passed, at = True, at + 1
        else:
            break
    return at


def reached_back(clauses: Clauses, cue: Match) -> Iterable[tuple[str, int]]:
    """Yield the mentions that a cue behind them speaks of: those that end last before it in its part of the sentence.

    A place is passed over: "an operation on my knee ten years ago".
    """
    at, left = cue.start, REACH
    while at > 0 and left >= 0 and (at == cue.start or at not in clauses.ends) and not clauses.tokens.pauses[at]:
        if at in clauses.joining:  # "my face is numb and my arm is fine"
            return
        here = clauses.before.get(at, {})
        yield from here.items()
        if here.keys() - {"location"}:
            return
        at -= 1
        left -= not clauses.fillers[at]


def lists(clauses: Clauses) -> Iterable[tuple[str, int]]:
    """Yield the mentions, by question and first token, that a comma or a joining word binds to another of theirs."""
    for start, here in clauses.mentions.items():
        for kind, end in here.items():
            behind = after_joining(clauses, end)
            joined = any(
                clauses.tokens.pauses[at] or at in clauses.joining
                for at in range(end, min(behind + 1, len(clauses.fillers)))
            )
            if joined and kind in clauses.mentions.get(behind, {}):
                yield kind, start
                yield kind, behind
