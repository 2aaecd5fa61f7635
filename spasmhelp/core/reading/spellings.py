"""Every spelling of a table, in a tree of words; ` + ` joins two parts that may stand apart, in any order."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import asdict

from spasmhelp.core.model import Table, Word
from spasmhelp.core.reading.forms import Forms
from spasmhelp.core.reading.tokens import TOKEN, folded
from spasmhelp.core.reading.tree import NUMBER, PART, Branch, Meaning, Trees, first_part, is_plain, parts, tree
from spasmhelp.core.words import by_region, spellings

QUESTIONS = ("onset", "location", "triggers", "red_flags", "precautions")
ROLES = (
    *("negation", "negation_after", "past", "past_after", "joining", "alternatives", "ends", "starts", "comma_starts"),
    *("others", "own"),
)
TOGETHER = " + "
JOINED = 8  # letters from which a name of two words is also known as one: "shoulderblade"


class Joint(Struct, frozen=True):
    """A spelling of two parts that may stand apart: "{stiff_neck} + {fever}"; each is found as a kind of its own."""

    parts: tuple[str, str]
    meaning: Meaning


class Spellings:
    """All that a table can hear; a spelling is taken apart when a sentence has the word that it begins with."""

    def __init__(self, table: Table) -> None:
        reading = table.reading
        self.articles = frozenset(word for article in reading.articles for word in parts(article))
        self.fillers = self.articles | {word for filler in reading.fillers for word in parts(filler)}
        self.root = Branch()
        self.waiting: dict[str, list[tuple[str, Meaning]]] = {}
        self.vocabulary: set[str] = set()
        self.joints: list[Joint] = []
        texts = [*reading.numbers, *(phrase for phrases in reading.groups.values() for phrase in phrases)]
        for meaning, spelling in known(table):
            texts.append(spelling)
            self.learn(spelling, meaning)
        self.groups = Trees(reading.groups)
        self.numbers, self.values = tree(reading.numbers), reading.numbers
        chunks = set(PART.sub(" ", "\n".join(texts)).split())  # each once: it takes a quarter of the time
        self.forms = Forms(self.vocabulary.union(map(folded, TOKEN.findall("\n".join(chunks)))), reading.language)

    def learn(self, spelling: str, meaning: Meaning) -> None:
        """Note a spelling of the table, or both its parts."""
        one, together, other = spelling.partition(TOGETHER)
        if together:
            self.joints.append(Joint((TOGETHER + one, TOGETHER + other), meaning))
            for part in {one, other}:
                self.note(part, Meaning(TOGETHER + part))
        else:
            self.note(spelling, meaning)

    def note(self, spelling: str, meaning: Meaning) -> None:
        """Note a spelling by the word or group that it begins with; two words of a question by both in one, too."""
        first, _, rest = spelling.partition(" ")
        headed = bool(meaning.words) and first in self.articles
        if headed or not is_plain(first):
            first = next(iter(self.path(spelling, meaning)), "")
        if first:
            self.waiting.setdefault(first, []).append((spelling, meaning))
        if meaning.words and len(spelling) > JOINED and rest and not headed and " " not in rest and "{" not in spelling:
            joined = first + rest if is_plain(rest) else "".join(self.path(spelling, meaning))
            self.waiting.setdefault(joined, []).append((joined, meaning))
            self.vocabulary.add(joined)

    def path(self, spelling: str, meaning: Meaning) -> list[str]:
        """Return the words and groups of a spelling; of a question without its articles."""
        path = parts(spelling)
        return [part for part in path if part not in self.articles] or path if meaning.words else path

    def begin(self, first: str) -> None:
        """Put into the tree what begins with a word or a group. Done twice at once, it makes the same branch twice."""
        branches, key = (self.root.groups, first[1:-1]) if first[0] == "{" else (self.root.words, first)
        if key not in branches and first in self.waiting:
            branch = Branch()
            for spelling, meaning in self.waiting[first]:
                branch.put(self.path(spelling, meaning)[1:], meaning)
            branches[key] = branch

    @cached_property
    def first_groups(self) -> dict[str, list[str]]:
        """The groups that a spelling may begin with, by the words that they begin with; "0" stands for any figure."""
        found: dict[str, list[str]] = {}
        for group in [first[1:-1] for first in self.waiting if first[0] == "{"]:
            for word in self.first_words(group, set()):
                found.setdefault(word, []).append(group)
        return found

    def first_words(self, group: str, seen: set[str]) -> set[str]:
        """Return the words that the phrases of a group begin with, those of a group inside it too."""
        if group in seen:
            return set()
        if NUMBER.fullmatch(group):
            return {"0", *self.numbers.words}
        firsts = set(map(first_part, self.groups.phrases.get(group, ())))
        groups = {first for first in firsts if first[:1] == "{"}
        return (firsts - groups).union(*(self.first_words(one[1:-1], seen | {group}) for one in groups))


def known(table: Table) -> Iterator[tuple[Meaning, str]]:
    """Yield every spelling of a table behind what it means."""
    sections: Mapping[str, tuple[Word, ...]] = {
        "onset": table.onsets,
        "location": table.locations,
        "triggers": table.triggers,
        "red_flags": table.red_flags,
        "precautions": table.precautions,
    }
    for question, words in sections.items():
        for word in words:
            said, hinted = Meaning(question, (word,)), Meaning(question, (word,), weak=True)
            yield from ((said, spelling) for spelling in (*spellings(word), *word.cues))
            yield from ((hinted, hint) for hint in word.hints)
    for region, places in by_region(table.locations).items():
        if region:
            several = Meaning("location", places)
            yield from ((several, spelling) for spelling in (*spellings(region), *region.cues))
    for role in ROLES:
        yield from ((Meaning(role), phrase) for phrase in getattr(table.reading, role))
    for question, phrases in asdict(table.reading.idioms).items():
        for name in QUESTIONS if question == "every" else (question,):
            yield from ((Meaning(name), phrase) for phrase in phrases)
