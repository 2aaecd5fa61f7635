"""Every spelling of a table, in a tree of words, and where they stand in a text.

A spelling may hold a group, written `{cannot}`: any of the phrases that section `reading` lists for it. `{n}` is any
number, `{11+}` one of at least eleven, `{1-15}` one between.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import asdict

from spasmhelp.core.model import Table, Word
from spasmhelp.core.reading.forms import Forms
from spasmhelp.core.reading.tokens import Tokens, tokens_of
from spasmhelp.core.words import by_region, spellings

QUESTIONS = ("onset", "location", "triggers", "red_flags", "precautions")
ROLES = ("negation", "negation_after", "past", "past_after", "joining", "ends")
NUMBER = re.compile(r"(\d+)(?:-(\d+)|(\+))?|n")
PART = re.compile(r"\{([^{}]*)\}")
MOST_FILLERS = 3  # in a row, inside a spelling
JOINED = 8  # letters from which a spelling of several words is also known as one word: "shoulderblade"


class Meaning(Struct, frozen=True):
    """What a spelling is for: a question and the words that it may mean; an idiom, taken to the letter, means none."""

    kind: str
    words: tuple[Word, ...] = ()
    weak: bool = False


class Match(Struct, frozen=True):
    """Tokens that spell something: from `start` up to `end`."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


class Node:
    """A place in the tree: the words and groups that go on from here, and what is spelled if it ends here."""

    __slots__ = ("ends", "groups", "meanings", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.groups: dict[str, Node] = {}
        self.meanings: dict[tuple[str, bool, bool], tuple[Word, ...]] = {}
        self.ends: tuple[Meaning, ...] = ()


class Spellings:
    """All that a table can hear."""

    def __init__(self, table: Table) -> None:
        reading = table.reading
        self.root = Node()
        self.vocabulary: set[str] = set()
        self.articles = frozenset(word for article in reading.articles for word in tokens_of(article).words)
        self.fillers = self.articles | {word for filler in reading.fillers for word in tokens_of(filler).words}
        self.groups = {name: self.tree((phrase, ()) for phrase in phrases) for name, phrases in reading.groups.items()}
        self.numbers = self.tree((phrase, (value,)) for phrase, value in reading.numbers.items())
        for meaning, spelling in known(table):
            self.add(self.root, spelling, meaning)
        self.forms = Forms(self.vocabulary, reading.language)
        settle(self.root)

    def tree(self, phrases: Iterable[tuple[str, tuple[int, ...]]]) -> Node:
        """Return a tree of phrases; what ends there are their values."""
        root = Node()
        for phrase, values in phrases:
            self.add(root, phrase, Meaning("value", values))  # type: ignore[arg-type]  # numbers, not words
        settle(root)
        return root

    def add(self, root: Node, spelling: str, meaning: Meaning) -> None:
        """Put a spelling into the tree, without its articles, and also as one long word where it is several."""
        path = list(parts(spelling))
        if meaning.words:
            path = [part for part in path if part not in self.articles] or path
        paths = [path]
        if len(paths[0]) > 1 and "{" not in spelling and len("".join(paths[0])) >= JOINED:
            paths.append(["".join(paths[0])])
        for path in paths if paths[0] else ():
            node = root
            for part in path:
                if part.startswith("{"):
                    node = node.groups.setdefault(part[1:-1], Node())
                else:
                    self.vocabulary.add(part)
                    node = node.words.setdefault(part, Node())
            key = (meaning.kind, meaning.weak, bool(meaning.words))
            node.meanings[key] = tuple(dict.fromkeys((*node.meanings.get(key, ()), *meaning.words)))


def parts(spelling: str) -> Iterator[str]:
    """Yield the words and groups of a spelling, a group with its braces."""
    last = 0
    for match in PART.finditer(spelling):
        yield from tokens_of(spelling[last : match.start()].replace("_", " ")).words
        yield match.group()
        last = match.end()
    yield from tokens_of(spelling[last:].replace("_", " ")).words


def settle(node: Node) -> None:
    """Fix what each place of the tree spells; what only suggests a word gives way to nothing else there."""
    nodes = [node]
    while nodes:
        node = nodes.pop()
        nodes += [*node.words.values(), *node.groups.values()]
        if node.meanings:
            weak = {kind for kind, is_weak, _ in node.meanings if is_weak}
            node.ends = tuple(
                Meaning(kind, words, is_weak)
                for (kind, is_weak, _), words in node.meanings.items()
                if is_weak or kind not in weak
            )


def known(table: Table) -> Iterator[tuple[Meaning, str]]:
    """Yield every spelling of a table with its meaning."""
    sections: Mapping[str, tuple[Word, ...]] = {
        "onset": table.onsets,
        "location": table.locations,
        "triggers": table.triggers,
        "red_flags": table.red_flags,
        "precautions": table.precautions,
    }
    for question, words in sections.items():
        for word in words:
            yield from said(Meaning(question, (word,)), word)
            for hint in word.hints:
                yield Meaning(question, (word,), weak=True), hint
    for region, places in by_region(table.locations).items():
        if region:
            yield from said(Meaning("location", places), region)
    for role in ROLES:
        for phrase in getattr(table.reading, role):
            yield Meaning(role), phrase
    for question, phrases in asdict(table.reading.idioms).items():
        for phrase in phrases:
            for name in QUESTIONS if question == "every" else (question,):
                yield Meaning(name), phrase


def said(meaning: Meaning, word: Word) -> Iterator[tuple[Meaning, str]]:
    """Yield the names and cues of a word."""
    for spelling in (*spellings(word), *word.cues):
        yield meaning, spelling


class Finder:
    """Finds the spellings of a table in one text."""

    def __init__(self, spellings: Spellings, tokens: Tokens) -> None:
        self.known, self.tokens = spellings, tokens
        self.forms = [spellings.forms.of(word) for word in tokens.words]
        self.ends: dict[tuple[str, int], tuple[int, ...]] = {}

    def matches(self) -> Iterator[Match]:
        """Yield what is spelled from each token on, in the order of the text, short before long."""
        for at in range(len(self.tokens.words)):
            found: dict[int, tuple[Meaning, ...]] = {}
            for end, node, exact in self.walk(self.known.root, at):
                meanings = tuple(one for one in node.ends if one.words or one.kind not in QUESTIONS or exact)
                if meanings:
                    found[end] = (*found.get(end, ()), *meanings)
            yield from (Match(at, end, found[end]) for end in sorted(found))

    def walk(self, root: Node, at: int) -> Iterator[tuple[int, Node, bool]]:
        """Yield each place of a tree where something ends that is spelled from a token on, and if to the letter."""
        todo = [(root, at, 0, True)]
        while todo:
            node, here, skipped, exact = todo.pop()
            if node.ends and not skipped:
                yield here, node, exact
            if here == len(self.forms) or (here > at and self.tokens.pauses[here]):
                continue
            for form in self.forms[here]:
                if form in node.words:
                    todo.append((node.words[form], here + 1, 0, exact and form == self.tokens.words[here]))
            for group, after in node.groups.items():
                todo += [(after, end, 0, exact) for end in self.group_ends(group, here)]
            if here > at and skipped < MOST_FILLERS and self.tokens.words[here] in self.known.fillers:
                todo.append((node, here + 1, skipped + 1, exact))

    def group_ends(self, group: str, at: int) -> tuple[int, ...]:
        """Return where phrases of a group end that begin at a token."""
        key = (group, at)
        if key not in self.ends:
            self.ends[key] = ()  # a group that names itself holds nothing more
            number = NUMBER.fullmatch(group)
            if number:
                self.ends[key] = tuple(end for end, value in self.numbers(at) if fits(number, value))
            elif group in self.known.groups:
                self.ends[key] = tuple(end for end, _, _ in self.walk(self.known.groups[group], at))
        return self.ends[key]

    def numbers(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the numbers that begin at a token, in figures or words, with where they end."""
        word = self.tokens.words[at]
        if word.isdecimal() and len(word) <= 6:
            yield at + 1, int(word)
        for end, node, _ in self.walk(self.known.numbers, at):
            yield from ((end, value) for meaning in node.ends for value in meaning.words)  # type: ignore[misc]


def fits(number: re.Match[str], value: int) -> bool:
    """Whether a value is one that `{n}`, `{11+}`, `{1-15}` or `{2}` asks for."""
    if not number[1]:
        return True
    low = int(number[1])
    return value >= low and (bool(number[3]) or value <= int(number[2] or low))
