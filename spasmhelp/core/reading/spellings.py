"""Every spelling of a table, in a tree of words.

A spelling may hold a group, written `{cannot}`: any of the phrases that section `reading` lists for it. `{n}` is any
number, `{11+}` one of at least eleven, `{1-15}` one between. ` + ` joins two parts that may stand apart, in any order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import asdict

from spasmhelp.core.model import Table, Word
from spasmhelp.core.reading.forms import Forms
from spasmhelp.core.reading.tokens import tokens_of
from spasmhelp.core.words import by_region, spellings

QUESTIONS = ("onset", "location", "triggers", "red_flags", "precautions")
ROLES = ("negation", "negation_after", "past", "past_after", "joining", "ends", "starts")
NUMBER = re.compile(r"(\d+)(?:-(\d+)|(\+))?|n")
PART = re.compile(r"(\{[^{}]*\})")
PLAIN = re.compile("[a-z ]+")
TOGETHER = " + "
JOINED = 8  # letters from which a name of two words is also known as one: "shoulderblade"


class Meaning(Struct, frozen=True):
    """What a spelling is for: a question and the words that it may mean; an idiom, taken to the letter, means none."""

    kind: str
    words: tuple[Word, ...] = ()
    weak: bool = False


class Joint(Struct, frozen=True):
    """A spelling of two parts that may stand apart: "{stiff_neck} + {fever}"; each is found as a kind of its own."""

    parts: tuple[str, str]
    meaning: Meaning


class Branch:
    """A place in the tree: the words and groups that go on from here, and all that is spelled if it ends here."""

    __slots__ = ("groups", "meanings", "settled", "words")

    def __init__(self) -> None:
        self.words: dict[str, Branch] = {}
        self.groups: dict[str, Branch] = {}
        self.meanings: list[Meaning] = []
        self.settled = False

    @property
    def ends(self) -> list[Meaning]:
        """One meaning for each kind; what only suggests a word gives way to nothing else there."""
        if not self.settled and self.meanings:
            self.settled = True
            weak = {one.kind for one in self.meanings if one.weak}
            merged: dict[tuple[str, bool], Meaning] = {}
            for one in self.meanings:
                if one.weak or not one.words or one.kind not in weak:
                    key = (one.kind, bool(one.words))
                    words = merged[key].words if key in merged else ()
                    merged[key] = Meaning(one.kind, tuple(dict.fromkeys((*words, *one.words))), one.weak)
            self.meanings = list(merged.values())
        return self.meanings


class Spellings:
    """All that a table can hear."""

    def __init__(self, table: Table) -> None:
        reading = table.reading
        self.vocabulary: set[str] = set()
        self.articles = frozenset(word for article in reading.articles for word in parts(article))
        self.fillers = self.articles | {word for filler in reading.fillers for word in parts(filler)}
        self.root = Branch()
        self.joints: list[Joint] = []
        for kind, words, weak, spelling in known(table):
            self.learn(spelling, Meaning(kind, words, weak))
        self.groups = {name: self.tree(phrases) for name, phrases in reading.groups.items()}
        self.numbers, self.values = self.tree(reading.numbers), reading.numbers
        self.forms = Forms(self.vocabulary, reading.language)

    def learn(self, spelling: str, meaning: Meaning) -> None:
        """Put a spelling of the table into the tree, or both its parts."""
        one, together, other = spelling.partition(TOGETHER)
        if not together:
            self.add(self.root, spelling, meaning)
            return
        known = {part for joint in self.joints for part in joint.parts}
        for part in {one, other}:
            if TOGETHER + part not in known:
                self.add(self.root, part, Meaning(TOGETHER + part))
        self.joints.append(Joint((TOGETHER + one, TOGETHER + other), meaning))

    def tree(self, phrases: Iterable[str]) -> Branch:
        """Return a tree of phrases."""
        root = Branch()
        for phrase in phrases:
            self.add(root, phrase, Meaning(phrase))
        return root

    def add(self, root: Branch, spelling: str, meaning: Meaning) -> None:
        """Put a spelling into the tree; a word of a question without its articles, and two words also as one."""
        path = parts(spelling)
        if meaning.words:
            path = [part for part in path if part not in self.articles] or path
            if len(path) == 2 and len(spelling) > JOINED and "{" not in spelling:
                self.put(root, ["".join(path)], meaning)
        if path:
            self.put(root, path, meaning)

    def put(self, root: Branch, path: list[str], meaning: Meaning) -> None:
        """Put a path of words and groups into the tree."""
        node = root
        for part in path:
            if part[0] == "{":
                branch, key = node.groups, part[1:-1]
            else:
                branch, key = node.words, part
                self.vocabulary.add(part)
            if key not in branch:
                branch[key] = Branch()
            node = branch[key]
        node.meanings.append(meaning)

    @cached_property
    def first_groups(self) -> dict[str, list[str]]:
        """The groups that a spelling may begin with, by the words that they begin with; "0" stands for any figure."""
        found: dict[str, list[str]] = {}
        for group in self.root.groups:
            for word in self.first_words(group, set()):
                found.setdefault(word, []).append(group)
        return found

    def first_words(self, group: str, seen: set[str]) -> set[str]:
        """Return the words that the phrases of a group begin with, those of a group inside it too."""
        if group in seen:
            return set()
        if NUMBER.fullmatch(group):
            return {"0", *self.numbers.words}
        root = self.groups.get(group, Branch())
        inner = (self.first_words(one, seen | {group}) for one in root.groups)
        return set(root.words).union(*inner)


def parts(spelling: str) -> list[str]:
    """Return the words and groups of a spelling, a group with its braces."""
    if PLAIN.fullmatch(spelling):
        return spelling.split()
    pieces = [[part] if PART.fullmatch(part) else words_in(part) for part in PART.split(spelling)]
    return [one for piece in pieces for one in piece]


def words_in(text: str) -> list[str]:
    """Return the words of what is no group; a brace without its other is a mark like any other."""
    return tokens_of(text.replace("_", " ")).words


def known(table: Table) -> Iterator[tuple[str, tuple[Word, ...], bool, str]]:
    """Yield every spelling of a table, last, behind its kind, its words and whether it is a hint."""
    sections: Mapping[str, tuple[Word, ...]] = {
        "onset": table.onsets,
        "location": table.locations,
        "triggers": table.triggers,
        "red_flags": table.red_flags,
        "precautions": table.precautions,
    }
    for question, words in sections.items():
        for word in words:
            one = (word,)
            yield from ((question, one, False, spelling) for spelling in (*spellings(word), *word.cues))
            yield from ((question, one, True, hint) for hint in word.hints)
    for region, places in by_region(table.locations).items():
        if region:
            yield from (("location", places, False, spelling) for spelling in (*spellings(region), *region.cues))
    for role in ROLES:
        yield from ((role, (), False, phrase) for phrase in getattr(table.reading, role))
    for question, phrases in asdict(table.reading.idioms).items():
        for name in QUESTIONS if question == "every" else (question,):
            yield from ((name, (), False, phrase) for phrase in phrases)
