"""Where the spellings of a table stand in a text."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from msgspec import Struct

from spasmhelp.core.reading.notes import QUESTIONS
from spasmhelp.core.reading.spellings import Spellings
from spasmhelp.core.reading.tokens import Pause, Tokens
from spasmhelp.core.reading.tree import NUMBER, Branch, Meaning

MOST_FILLERS = 3  # in a row, inside a spelling


class Fit(IntEnum):
    """How closely a text spells something: in other forms, with the same words, or to the letter but for articles."""

    forms = 0
    words = 1
    letter = 2


class Match(Struct, frozen=True):
    """Tokens that spell something: from `start` up to `end`."""

    start: int
    end: int
    meaning: Meaning


class Finder:
    """Finds the spellings of a table in one text."""

    def __init__(self, spellings: Spellings, tokens: Tokens) -> None:
        self.known, self.tokens = spellings, tokens
        self.forms = [spellings.forms.of(word) for word in tokens.words]
        self.fillers = [word in spellings.fillers for word in tokens.words]
        self.ends: dict[tuple[str, int], dict[int, Fit]] = {}
        self.counted: dict[int, list[tuple[int, int]]] = {}  # the numbers at a token: many groups ask for them
        for form in {form for forms in self.forms for form in forms}:
            spellings.begin(form)
        for at in range(len(self.forms)):
            for group in self.groups(spellings.root, at):
                spellings.begin(f"{{{group}}}")

    def found(self) -> dict[str, list[Match]]:
        """Return what is spelled in the text, by kind: what begins first, and of that the longest; none overlap."""
        found: dict[str, list[Match]] = {}
        for at in range(len(self.forms)):
            for kind, match in self.longest(at).items():
                row = found.setdefault(kind, [])
                if not row or row[-1].end <= at:
                    row.append(match)
        return found

    def longest(self, at: int) -> dict[str, Match]:
        """Return the longest match of each kind that begins at a token; an idiom goes before a word spelled alike.

        What is spelled with the same words goes before other forms: "can't feel my leg" is not "can't feel my legs".
        """
        best: dict[str, Match] = {}
        spelled: set[tuple[str, int]] = set()  # what is spelled with the same words, by question and end
        for end, node, fit in sorted(self.walk(self.known.root, at), key=lambda one: -one[2]):
            for one in node.ends:
                if one.kind in QUESTIONS and gives_way(one, fit, (one.kind, end) in spelled):
                    continue
                if fit >= Fit.words:
                    spelled.add((one.kind, end))
                match = Match(at, end, one)
                best[one.kind] = better(best[one.kind], match) if one.kind in best else match
        return best

    def walk(self, root: Branch, at: int) -> Iterator[tuple[int, Branch, Fit]]:
        """Yield each place of a tree where something ends that is spelled from a token on, and how closely."""
        words, pauses, articles = self.tokens.words, self.tokens.pauses, self.known.articles
        todo = [(root, at, 0, Fit.letter)]
        while todo:
            node, here, skipped, fit = todo.pop()
            if node.meanings and not skipped:
                yield here, node, fit
            if here == len(words) or (here > at and pauses[here] not in (Pause.none, Pause.line)):
                continue
            for form in self.forms[here]:
                if form in node.words:
                    todo.append((node.words[form], here + 1, 0, fit if form == words[here] else Fit.forms))
            for group in self.groups(node, here):
                ends = self.group_ends(group, here).items()
                todo += [(node.groups[group], end, 0, min(fit, inner)) for end, inner in ends]
            if here > at and skipped < MOST_FILLERS and self.fillers[here]:
                todo.append((node, here + 1, skipped + 1, fit if words[here] in articles else min(fit, Fit.words)))

    def groups(self, node: Branch, at: int) -> Sequence[str]:
        """Return the groups that may go on from a place of the tree at a token; at the root there are many."""
        if node is not self.known.root:
            return list(node.groups)
        forms = (*self.forms[at], "0") if self.tokens.words[at].isdecimal() else self.forms[at]
        return [group for form in forms for group in self.known.first_groups.get(form, ())]

    def group_ends(self, group: str, at: int) -> dict[int, Fit]:
        """Return where phrases of a group end that begin at a token, and how closely one is spelled there."""
        key = (group, at)
        if key not in self.ends:
            self.ends[key] = {}  # a group that names itself holds nothing more
            number = NUMBER.fullmatch(group)
            if number:
                self.ends[key] = {end: Fit.letter for end, value in self.numbers(at) if fits_number(number, value)}
            else:
                ends = sorted((end, fit) for end, _, fit in self.walk(self.known.groups[group], at))
                self.ends[key] = dict(ends)  # of two that end alike, the closer one is last
        return self.ends[key]

    def numbers(self, at: int) -> list[tuple[int, int]]:
        """Return the numbers that begin at a token, in figures or words, each behind where it ends."""
        if at not in self.counted:
            word = self.tokens.words[at]
            figure = [(at + 1, int(word))] if word.isdecimal() and len(word) <= 6 else []
            spelled = [(end, one.kind) for end, node, _ in self.walk(self.known.numbers, at) for one in node.meanings]
            self.counted[at] = figure + [(end, self.known.values[kind]) for end, kind in spelled]
        return self.counted[at]


def gives_way(meaning: Meaning, fit: Fit, spelled: bool) -> bool:
    """Whether a meaning is none: an idiom that is not to the letter, another form of what the same words spell."""
    return (fit < Fit.words and spelled) if meaning.words else fit < Fit.letter


def fits_number(number: re.Match[str], value: int) -> bool:
    """Whether a value is one that `{n}`, `{11+}`, `{1-15}` or `{2}` asks for."""
    if not number[1]:
        return True
    low = int(number[1])
    return value >= low and (bool(number[3]) or value <= int(number[2] or low))


def better(one: Match, other: Match) -> Match:
    """Return the longer match; of two as long an idiom, then a plain word before a hint, else both in one."""
    if one.end != other.end:
        return max(one, other, key=lambda match: match.end)
    for match in (one, other):
        if not match.meaning.words:
            return match
    if one.meaning.weak != other.meaning.weak:
        return other if one.meaning.weak else one
    words = tuple(dict.fromkeys((*one.meaning.words, *other.meaning.words)))
    return Match(one.start, one.end, Meaning(one.meaning.kind, words, one.meaning.weak))
