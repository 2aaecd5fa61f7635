"""Phrases in a tree of words: what a spelling or a group is taken apart to.

A phrase may hold a group, written `{cannot}`: any of the phrases that section `reading` lists for it. `{n}` is any
number, `{11+}` one of at least eleven, `{1-15}` one between.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from spasmhelp.core.model import Word
from spasmhelp.core.reading.tokens import TOKEN, folded

NUMBER = re.compile(r"(\d+)(?:-(\d+)|(\+))?|n")
PART = re.compile(r"\{[^{}]*\}")
PIECE = re.compile(rf"{PART.pattern}|{TOKEN.pattern}")

Path = tuple[str, ...]  # words and groups, one after the other


class Meaning(Struct, frozen=True):
    """What a spelling is for: a question and the words that it may mean; an idiom, taken to the letter, means none."""

    kind: str
    words: tuple[Word, ...] = ()
    weak: bool = False


class Branch:
    """A place in the tree: the words and groups that go on from here, and all that is spelled if it ends here."""

    __slots__ = ("groups", "meanings", "settled", "words")

    def __init__(self) -> None:
        self.words: dict[str, Branch] = {}
        self.groups: dict[str, Branch] = {}
        self.meanings: list[Meaning] = []
        self.settled = False

    def put(self, path: Sequence[str], meaning: Meaning) -> None:
        """Put what is spelled by a path of words and groups below here."""
        node = self
        for part in path:
            branches, key = (node.groups, part[1:-1]) if part[0] == "{" else (node.words, part)
            if key not in branches:
                branches[key] = Branch()
            node = branches[key]
        node.meanings.append(meaning)

    @property
    def ends(self) -> list[Meaning]:
        """One meaning for each kind; what only suggests a word gives way to nothing else there."""
        if not self.settled and self.meanings:
            weak = {one.kind for one in self.meanings if one.weak}
            merged: dict[tuple[str, bool], Meaning] = {}
            for one in self.meanings:
                if one.weak or not one.words or one.kind not in weak:
                    key = (one.kind, bool(one.words))
                    words = merged[key].words if key in merged else ()
                    merged[key] = Meaning(one.kind, tuple(dict.fromkeys((*words, *one.words))), one.weak)
            self.meanings = list(merged.values())
            self.settled = True  # last: another thread may ask meanwhile
        return self.meanings


class Trees(dict[str, Branch]):
    """The groups of a table by their names; the tree of one is made when it is asked for, an empty one for no group."""

    def __init__(self, groups: Mapping[str, Sequence[Path]]) -> None:
        super().__init__()
        self.phrases = groups

    def __missing__(self, group: str) -> Branch:
        self[group] = made = tree(self.phrases.get(group, ()))
        return made


def tree(phrases: Iterable[Path]) -> Branch:
    """Return a tree of phrases; each ends in itself."""
    root = Branch()
    for path in phrases:
        root.put(path, Meaning(" ".join(path)))
    return root


def parts(spelling: str) -> Path:
    """Return the words and groups of a spelling, a group with its braces; any other mark only parts words."""
    return tuple(one if one[0] == "{" else folded(one) for one in PIECE.findall(spelling))
