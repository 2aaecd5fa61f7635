"""Every spelling of a table, in a tree of words; ` + ` joins two parts that may stand apart, in any order."""

from msgspec import Struct

from spasmhelp.core.model import Table
from spasmhelp.core.reading.forms import Forms
from spasmhelp.core.reading.notes import Notes, Sense, phrases, words_of
from spasmhelp.core.reading.tree import Branch, Meaning, Trees, parts, tree


class Joint(Struct, frozen=True):
    """A spelling of two parts that may stand apart: "{stiff_neck} + {fever}"; each is found as a kind of its own."""

    parts: tuple[str, str]
    meaning: Meaning


class Spellings:
    """All that a table can hear; a spelling goes into the tree when a sentence has the word that it begins with."""

    def __init__(self, table: Table, notes: Notes) -> None:
        reading, words = table.reading, words_of(table)

        def meaning(sense: Sense) -> Meaning:
            kind, numbers, weak = sense
            return Meaning(kind, tuple(words[kind][number] for number in numbers), weak)

        self.articles = frozenset(word for article in reading.articles for word in parts(article))
        self.fillers = self.articles | {word for filler in reading.fillers for word in parts(filler)}
        self.begun, self.first_groups = notes.begun, notes.first_groups
        self.meanings = list(map(meaning, notes.senses))
        self.joints = [Joint((one, other), self.meanings[number]) for one, other, number in notes.joints]
        self.root = Branch()
        self.groups = Trees(notes.groups)
        self.numbers = tree(phrases(reading.numbers))
        self.values = {" ".join(parts(phrase)): value for phrase, value in reading.numbers.items()}
        self.forms = Forms(notes.words, reading.language)

    def begin(self, first: str) -> None:
        """Put into the tree what begins with a word or a group. Done twice at once, it makes the same branch twice."""
        branches, key = (self.root.groups, first[1:-1]) if first[0] == "{" else (self.root.words, first)
        if key not in branches and first in self.begun:
            branch = Branch()
            for rest, number in self.begun[first]:
                branch.put(rest, self.meanings[number])
            branches[key] = branch
