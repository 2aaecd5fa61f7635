"""What is known of a table before a sentence is read, as plain data: a wheel has that of the built-in table."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import asdict

from spasmhelp.core.model import Table, Word
from spasmhelp.core.reading.forms import by_beginning
from spasmhelp.core.reading.tree import NUMBER, Path, parts
from spasmhelp.core.words import by_region, spellings

QUESTIONS = ("onset", "location", "triggers", "red_flags", "precautions")
ROLES = (
    *("negation", "negation_after", "past", "past_after", "joining", "alternatives", "ends", "starts", "comma_starts"),
    *("others", "own", "contrast"),
)
TOGETHER = " + "
JOINED = 8  # letters from which a name of two words is also known as one: "shoulderblade"

Sense = tuple[str, tuple[int, ...], bool]  # a question or a role, its words by their numbers, and whether it is a hint


class Notes(NamedTuple):
    """The spellings of a table.

    `begun` holds, by the word or group that a spelling begins with, what follows it and the number of its sense;
    `joints` the two parts of what may be said apart, and its sense; `groups` the phrases of each; `first_groups` the
    groups by the words that they begin with ("0" for any figure); `words` all words by their first letters.
    """

    begun: Mapping[str, tuple[tuple[Path, int], ...]]
    senses: tuple[Sense, ...]
    joints: tuple[tuple[str, str, int], ...]
    groups: Mapping[str, tuple[Path, ...]]
    first_groups: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]


def words_of(table: Table) -> dict[str, tuple[Word, ...]]:
    """Return the words of each question, by which a sense has their numbers."""
    sections = (table.onsets, table.locations, table.triggers, table.red_flags, table.precautions)
    return dict(zip(QUESTIONS, sections, strict=True))


def noted(table: Table) -> Notes:
    """Return the notes of a table."""
    articles = {word for article in table.reading.articles for word in parts(article)}
    begun: dict[str, list[tuple[Path, int]]] = {}
    numbers: dict[Sense, int] = {}
    joints = []
    for sense, spelling in known(table):
        one, together, other = spelling.partition(TOGETHER)
        if together:
            joints.append((TOGETHER + one, TOGETHER + other, numbers.setdefault(sense, len(numbers))))
        for part in dict.fromkeys((one, other)) if together else (spelling,):
            meant: Sense = (TOGETHER + part, (), False) if together else sense
            for path in paths(part, meant, articles):
                begun.setdefault(path[0], []).append((path[1:], numbers.setdefault(meant, len(numbers))))
    groups = {name: phrases(table.reading.groups[name]) for name in table.reading.groups}
    figures = phrases(table.reading.numbers)
    spelled = [(first, *rest) for first, following in begun.items() for rest, _ in following]
    all_paths = [*spelled, *figures, *(path for of_group in groups.values() for path in of_group)]
    return Notes(
        begun={first: tuple(following) for first, following in begun.items()},
        senses=tuple(numbers),
        joints=tuple(joints),
        groups=groups,
        first_groups=first_groups(begun, groups, {"0", *(path[0] for path in figures)}),
        words=by_beginning({part for path in all_paths for part in path if part[0] != "{"}),
    )


def known(table: Table) -> Iterator[tuple[Sense, str]]:
    """Yield every spelling of a table behind its sense."""
    for question, words in words_of(table).items():
        for number, word in enumerate(words):
            yield from (((question, (number,), False), spelling) for spelling in (*spellings(word), *word.cues))
            yield from (((question, (number,), True), hint) for hint in word.hints)
    for region, places in by_region(table.locations).items():
        if region:
            several = ("location", tuple(map(table.locations.index, places)), False)
            yield from ((several, spelling) for spelling in (*spellings(region), *region.cues))
    for role in ROLES:
        yield from (((role, (), False), phrase) for phrase in getattr(table.reading, role))
    for question, idioms in asdict(table.reading.idioms).items():
        for name in QUESTIONS if question == "every" else (question,):
            yield from (((name, (), False), phrase) for phrase in idioms)


def paths(spelling: str, sense: Sense, articles: set[str]) -> Iterator[Path]:
    """Yield the words and groups of a spelling; of words of a question without articles, and two words in one, too."""
    whole = parts(spelling)
    path = tuple(part for part in whole if part not in articles) or whole if sense[1] else whole
    if path:
        yield path
    two = spelling.count(" ") == 1 and len(spelling) > JOINED and "{" not in spelling
    if sense[1] and two and whole == path:
        yield ("".join(path),)


def phrases(texts: Iterable[str]) -> tuple[Path, ...]:
    """Return the words and groups of phrases."""
    return tuple(path for path in map(parts, texts) if path)


def first_groups(
    begun: Iterable[str], groups: Mapping[str, tuple[Path, ...]], figures: set[str]
) -> dict[str, tuple[str, ...]]:
    """Return the groups that a spelling may begin with, by the words that they begin with."""
    found: dict[str, list[str]] = {}
    for group in [first[1:-1] for first in begun if first[0] == "{"]:
        for word in sorted(first_words(group, groups, figures)):
            found.setdefault(word, []).append(group)
    return {word: tuple(names) for word, names in found.items()}


def first_words(group: str, groups: Mapping[str, tuple[Path, ...]], figures: set[str]) -> set[str]:
    """Return the words that the phrases of a group begin with, those of the groups inside it too."""
    words, todo, seen = set[str](), [group], set[str]()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            firsts = figures if NUMBER.fullmatch(name) else {path[0] for path in groups.get(name, ())}
            words |= {first for first in firsts if first[0] != "{"}
            todo += [first[1:-1] for first in firsts if first[0] == "{"]
    return words
