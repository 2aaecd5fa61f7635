"""How far "no" and "years ago" reach in a sentence, after NegEx (Chapman 2001, doi 10.1006/jbin.2001.1029)."""

from collections.abc import Iterable, Mapping, Sequence

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


def reached(clauses: Clauses, cue: Match) -> Iterable[tuple[str, int]]:
    """Yield the mentions, by question and first token, that a cue in front of them speaks of.

    A list goes on over commas and joining words as long as one of the same questions follows at once, and over an
    alternative whatever follows: "no leg pain or numbness".
    """
    # "No signs of" may be a cue where "signs of a stroke" is a name.
    at = next((one for one in range(cue.start + 1, cue.end) if one in clauses.mentions), cue.end)
    left, kinds = REACH, set[str]()
    while at < len(clauses.tokens.words) and at not in clauses.ends:
        pause = clauses.tokens.pauses[at]
        if pause >= Pause.line:
            return
        if pause is Pause.comma or at in clauses.joining:
            joined, at = at, after_joining(clauses, at)
            anew = not clauses.starts.isdisjoint(range(joined, at + 1))  # "no chest pain, and I am coughing blood"
            if not clauses.alternatives.isdisjoint(range(joined, at)):
                kinds = set()
            elif kinds.isdisjoint(map(family, clauses.mentions.get(at, ()))):
                return
            if anew or at == len(clauses.fillers):
                return
        here = clauses.mentions.get(at, {})
        # "No swelling in my calf" denies the swelling, not the calf; "no calf swelling" both; "no chest pain, calf
        # cramp" not the cramp.
        spoken = [
            kind for kind in here if kinds in (set(), {"location"}, {kind}) or family(kind) in kinds - {"location"}
        ]
        yield from ((kind, at) for kind in spoken)
        kinds |= set(map(family, spoken))
        if here:
            at = max(here.values())
        else:
            left -= not clauses.fillers[at]
            at += 1
        if left < 0:
            return


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
    while at > 0 and left >= 0 and at not in clauses.ends and not clauses.tokens.pauses[at]:
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
