"""A text -> its mentions: where it says words of a table, and whether it denies them or speaks of the past."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from msgspec import Struct

from spasmhelp.core.kept import once_a_table
from spasmhelp.core.model import Table, Word
from spasmhelp.core.reading.finder import Finder, Match
from spasmhelp.core.reading.notes import QUESTIONS, noted
from spasmhelp.core.reading.scope import Clauses, lists, reached, reached_back
from spasmhelp.core.reading.speaker import of_others
from spasmhelp.core.reading.spellings import Joint, Spellings
from spasmhelp.core.reading.together import Pair, combined, pairs
from spasmhelp.core.reading.tokens import Pause, Tokens, tokens_of

QuestionName = Literal["onset", "location", "triggers", "red_flags", "precautions"]


class Mention(Struct, frozen=True, kw_only=True):
    """A part of a sentence that means words of one question; several where it could mean several.

    `start` and `end` count code points. `weak` is what counts only where nothing else of its question was said;
    `listed`, that another mention of its question is joined to it: "my arm and fingers".
    """

    text: str
    start: int
    end: int
    question: QuestionName
    words: tuple[Word, ...]
    negated: bool = False
    past: bool = False
    weak: bool = False
    listed: bool = False


@once_a_table
def spellings_of(table: Table) -> Spellings:
    """Return the spellings of a table; of the built-in one in a wheel as they were noted when that was built."""
    # While another thread imports it, it has no table yet. `overdue` copies a table, and not what stands in it.
    built_in = getattr(sys.modules.get("spasmhelp._table"), "TABLE", None)
    heard = ("reading", "onsets", "locations", "triggers", "red_flags", "precautions")
    if built_in and all(getattr(built_in, name) is getattr(table, name) for name in heard):
        return Spellings(table, import_module("spasmhelp._notes").NOTES)
    return Spellings(table, noted(table))


def mentions_of(table: Table, text: str) -> tuple[Mention, ...]:
    """Return the mentions of a text in its order, each with whether it is denied or past."""
    tokens = tokens_of(text)
    spellings = spellings_of(table)
    finder = Finder(spellings, tokens)
    found = finder.found()
    spelled = [match for question in QUESTIONS for match in found.get(question, ())]
    found |= {role: not_in_idioms(found.get(role, ()), spelled) for role in ("past", "past_after")}
    joined = said_apart(spellings, tokens, finder, found)
    said = with_words(spelled, joined)
    real = sorted((*said, *apart(joined, said)), key=lambda one: one.start)
    clauses = clauses_of(tokens, finder.fillers, found, said)
    others = of_others(tokens.pauses, clauses.ends, found, real)
    covered = {at for match in spelled for at in range(match.start, match.end)}
    before, after = (free(found.get(role, ()), covered) for role in ("negation", "negation_after"))
    negated = spoken_of(clauses, before, after)
    # Only the first of "previous stroke, slurred speech" is past.
    past = spoken_of(clauses, found["past"], found["past_after"], over_commas=False)
    listed = set(lists(clauses))

    def mention(match: Match) -> Mention:
        start, end = tokens.spans[match.start][0], tokens.spans[match.end - 1][1]
        key: tuple[Any, int] = (match.meaning.kind, match.start)
        return Mention(
            text=text[start:end],
            start=start,
            end=end,
            question=key[0],
            words=match.meaning.words,
            negated=key in negated,
            past=key in past,
            weak=match.meaning.weak,
            listed=key in listed,
        )

    return tuple(mention(match) for match in real if (match.meaning.kind, match.start) not in others)


def with_words(spelled: Iterable[Match], joined: Iterable[tuple[Joint, list[Pair]]]) -> list[Match]:
    """Return what means words, in the order of the text; not what lies in a part of an idiom of two parts."""
    idioms: dict[tuple[str, int], int] = {}  # where a part ends, by question and each of its tokens
    for joint, said in joined:
        for part in (part for pair in said for part in pair if not joint.meaning.words):
            idioms |= {(joint.meaning.kind, at): part.end for at in range(part.start, part.end)}
    real = (one for one in spelled if one.meaning.words and one.end > idioms.get((one.meaning.kind, one.start), -1))
    return sorted(real, key=lambda match: match.start)


def said_apart(
    spellings: Spellings, tokens: Tokens, finder: Finder, found: Mapping[str, Sequence[Match]]
) -> list[tuple[Joint, list[Pair]]]:
    """Return the joints whose parts are said, none of them denied or past, each with where."""
    joints = [joint for joint in spellings.joints if all(part in found for part in joint.parts)]
    if not joints:
        return []
    parts = [match for part in {one for joint in joints for one in joint.parts} for match in found[part]]
    clauses = clauses_of(tokens, finder.fillers, found, parts)
    covered = {at for part in parts for at in range(part.start, part.end)}
    before = [*free(found.get("negation", ()), covered), *found.get("past", ())]
    after = [*free(found.get("negation_after", ()), covered), *found.get("past_after", ())]
    denied = {start for _, start in spoken_of(clauses, before, after)}
    return [(joint, said) for joint in joints if (said := pairs(joint, found, denied))]


def apart(joined: Iterable[tuple[Joint, list[Pair]]], real: Sequence[Match]) -> Iterable[Match]:
    """Return what joints mean, each meaning once; not what is also said in one."""
    said = {(match.meaning.kind, word) for match in real for word in match.meaning.words}
    matches = [combined(joint, places) for joint, places in joined if joint.meaning.words]
    return {one.meaning: one for one in matches if (one.meaning.kind, one.meaning.words[0]) not in said}.values()


def spoken_of(
    clauses: Clauses, before: Iterable[Match], after: Iterable[Match], over_commas: bool = True
) -> set[tuple[str, int]]:
    """Return the mentions that cues before or after them speak of, by question and first token."""
    before = list(before)
    begun = frozenset(cue.start for cue in before)  # where the next one speaks, the last one does not
    ahead = {one for cue in before for one in reached(clauses, cue, begun, over_commas)}
    return ahead | {one for cue in after for one in reached_back(clauses, cue)}


def free(cues: Iterable[Match], covered: set[int]) -> list[Match]:
    """Return the cues that do not begin inside a mention or an idiom: "no feeling" denies nothing."""
    return [cue for cue in cues if cue.start not in covered]


def not_in_idioms(cues: Iterable[Match], spelled: Sequence[Match]) -> list[Match]:
    """Return the cues that are not the beginning of a longer idiom: "in the past hour" is now."""
    idioms: dict[int, int] = {}
    for match in spelled:
        if not match.meaning.words:
            idioms[match.start] = max(match.end, idioms.get(match.start, 0))
    return [cue for cue in cues if idioms.get(cue.start, 0) <= cue.end]


def clauses_of(
    tokens: Tokens, fillers: Sequence[bool], found: Mapping[str, Sequence[Match]], real: Sequence[Match]
) -> Clauses:
    """Return the text as scopes see it."""
    mentions: dict[int, dict[str, int]] = {}
    before: dict[int, dict[str, int]] = {}
    for match in real:
        mentions.setdefault(match.start, {})[match.meaning.kind] = match.end
        before.setdefault(match.end, {})[match.meaning.kind] = match.start
    joining = {match.start: match.end for match in found.get("joining", ())}
    alternatives, ends, starts, behind_comma = (
        frozenset(match.start for match in found.get(role, ()))
        for role in ("alternatives", "ends", "starts", "comma_starts")
    )
    starts |= {at for at in behind_comma if tokens.pauses[at] is Pause.comma}
    return Clauses(tokens, fillers, joining, alternatives, ends, starts, mentions, before)
