"""Which words of the table a word of a sentence may be a form of: another ending, or a typing error in a long one."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

LONG = 6  # letters from which a typing error is looked for: "chin" is not "shin", "ear" no "leg"
VERY_LONG = 8  # from which one letter may stand for another: "strike" is not "stroke"
BUCKET = 3  # letters that a stemmer leaves alone

Stem = Callable[[str], str]

MOST_STEMS = 1 << 16  # words whose stem is kept: a batch of sentences must not fill the memory


class Forms:
    """The words of all spellings by their first letters; one is stemmed only when a sentence has a word like it."""

    def __init__(self, words: Mapping[str, Sequence[str]], language: str) -> None:
        self.buckets = words
        self.language = language
        self.of = lru_cache(maxsize=4096)(self._of)
        self.stems: dict[str, str] = {}

    def _of(self, word: str) -> tuple[str, ...]:
        """Return the words of the table that a word may be, itself first."""
        bucket = self.buckets.get(word[:BUCKET], ())
        same: tuple[str, ...] = (word,) if word in bucket else ()
        if word.isdigit() or len(word) > 40:
            return same
        if bucket:
            stem = self.stem(word)
            same += tuple(other for other in bucket if other != word and self.stem(other) == stem)
        return same or (tuple(self.mistyped(word)) if len(word) >= LONG else ())

    def stem(self, word: str) -> str:
        """Return a word without its ending."""
        known = self.stems.get(word)
        if known is None:
            if len(self.stems) > MOST_STEMS:
                self.stems.clear()
            known = self.stems[word] = stemmer(self.language)(word)
        return known

    def mistyped(self, word: str) -> Iterator[str]:
        """Yield the long words of the table that differ by one letter, or by two letters changing places."""
        for length in (len(word) - 1, len(word), len(word) + 1):
            for other in self.long_words.get((word[0], length), ()):
                if one_slip(word, other):
                    yield other

    @cached_property
    def long_words(self) -> dict[tuple[str, int], list[str]]:
        """The long words by their first letter, which nobody mistypes, and their length."""
        found: dict[tuple[str, int], list[str]] = {}
        for bucket in self.buckets.values():
            for word in bucket:
                if len(word) >= LONG:
                    found.setdefault((word[0], len(word)), []).append(word)
        return found


def by_beginning(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words by their first letters, in order."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word[:BUCKET], []).append(word)
    return {letters: tuple(bucket) for letters, bucket in found.items()}


def one_slip(word: str, other: str) -> bool:
    """Whether a letter too many or too few, two that changed places, or in a very long word a wrong one, is all."""
    at = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, other_rest = word[at:], other[at:]
    if len(word) != len(other):
        return rest[1:] == other_rest if len(word) > len(other) else rest == other_rest[1:]
    swapped = rest[2:] == other_rest[2:] and rest[:2] == other_rest[:2][::-1]
    return swapped or (len(word) >= VERY_LONG and rest[1:] == other_rest[1:])


@lru_cache(maxsize=4)
def stemmer(language: str) -> Stem:
    """Return the Snowball stemmer of a language, or one that leaves words as they are where there is none.

    Raises ModuleNotFoundError where the library itself is missing: to read fewer dangers in silence would be worse.
    """
    # The package imports all its languages (36 ms); under a name of its own it is loaded with the one alone (1 ms).
    name = f"{__name__}_snowball"
    spec = find_spec("snowballstemmer")
    if name not in sys.modules and spec:
        package = ModuleType(name)
        package.__path__ = list(spec.submodule_search_locations or ())
        sys.modules[name] = package  # last: another thread may look for it meanwhile
    try:
        module = import_module(f"{name}.{language}_stemmer")
    except ModuleNotFoundError:
        if not spec:
            raise
        return lambda word: word
    made = getattr(module, f"{language.capitalize()}Stemmer")
    # One for each word, which costs nothing: it holds the word, and threads that share one get each other's stems.
    return lambda word: str(made().stemWord(word))
