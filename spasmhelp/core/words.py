"""Which word an answer means, and what words are called."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from spasmhelp.core.document import printable
from spasmhelp.core.model import Entry, Location, Region, Word

# Answers with a meaning of their own, as they are compared: no word of a table can be called so.
NONE = ("none", "0", "no", "n", "nope", "nothing", "none_of_these")
YES = ("yes", "y")
KEYS = ("b", "q", "?")
RESERVED = (*NONE, *YES, "not_sure", *KEYS)
# Left out when a person describes a place: "under my foot", "the back of the thigh". "Pain" alone is no period pain.
FILLERS = frozenset({"a", "an", "at", "in", "it", "is", "left", "my", "of", "on", "right", "the", "to"})
FILLERS |= {"bit", "one", "part"}  # "Which part?" "The lower one."
FILLERS |= {"ache", "cramp", "cramps", "hurts", "muscle", "muscles", "pain", "pains", "sore", "spasm"}

Index = Mapping[str, tuple[Word, ...]]


def fold(text: str) -> str:
    """Return the text as answers are compared: case ignored; space, hyphen and underscore are one.

    So are a letter with its marks and the two written one after the other.
    """
    text = text.casefold()
    if not text.isascii():
        from unicodedata import normalize  # a library of its own, which English does without

        text = normalize("NFC", text)
    return "_".join(text.replace("-", " ").replace("_", " ").split())


def spellings(word: Word) -> Iterable[str]:
    """Return all that a word may be called: id, name, synonyms."""
    return (word.id, word.name, *word.synonyms)


def index(words: Iterable[Word]) -> Index:
    """Return the words by each folded spelling; a spelling of two words leads to both."""
    found: dict[str, tuple[Word, ...]] = {}
    for word in words:
        for spelling in dict.fromkeys(map(fold, spellings(word))):
            found[spelling] = (*found.get(spelling, ()), word)
    return found


def place_index(locations: Iterable[Location]) -> Index:
    """Return the places by each folded spelling; what only a region is called leads to all its places."""
    found = dict(index(locations))
    for region, places in by_region(locations).items():
        for spelling in map(fold, spellings(region)) if region else ():
            found.setdefault(spelling, places)
    return found


def by_region(locations: Iterable[Location]) -> dict[Region | None, tuple[Location, ...]]:
    """Return the places of each region, regions in the order they are first met."""
    found: dict[Region | None, tuple[Location, ...]] = {}
    for place in locations:
        found[place.region] = (*found.get(place.region, ()), place)
    return found


def ids_of(words: tuple[Word, ...] | None) -> list[str] | None:
    """Return the ids of words; None stays None."""
    return None if words is None else [word.id for word in words]


def noun(kind: type[Entry]) -> str:
    """Return what a type of entry is called in a message: RedFlag is "red flag"."""
    return re.sub("(?<!^)([A-Z])", r" \1", kind.__name__).lower()


def meaning(kind: type[Entry], known: Index, text: str) -> Word | tuple[str, tuple[str, ...]]:
    """Return the one word of an index that the text means, or a message and the ids that were possible."""
    words = known.get(fold(text), ())
    if len(words) == 1:
        return words[0]
    if words:
        ids = tuple(word.id for word in words)
        return f"'{printable(text)}' could be {' or '.join(ids)}", ids
    ids = tuple(dict.fromkeys(word.id for several in known.values() for word in several))
    return f"no {noun(kind)} called '{printable(text)}'{offer(known, text)}", ids


def offer(known: Index, text: str) -> str:
    """Return "; did you mean 'calf'?", a synonym with its id behind it, or nothing."""
    close = get_close_matches(fold(text), known, n=1, cutoff=0.7)
    if not close:
        return ""
    if len(known[close[0]]) > 1:
        return f"; did you mean '{close[0].replace('_', ' ')}'?"
    ident = known[close[0]][0].id
    said = f"'{ident}'" if ident == close[0] else f"'{close[0].replace('_', ' ')}' ({ident})"
    return f"; did you mean {said}?"


def nearest(known: Index, text: str) -> tuple[Word, ...]:
    """Return the words with a spelling close to a mistyped one, best first, three at most; "cafl" is near "calf"."""
    said = fold(text)
    if FILLERS.issuperset(said.split("_")):
        return ()
    close = get_close_matches(said, known, n=3, cutoff=0.8)
    close = close or [spelling for spelling in known if sorted(spelling) == sorted(said)][:3]
    return tuple(dict.fromkeys(word for spelling in close for word in known[spelling]))


def beginning(words: Iterable[Word], text: str) -> tuple[Word, ...]:
    """Return the words with a spelling of which the text gives the beginnings of words, in any order."""
    parts = [part for part in fold(text).split("_") if part and part not in FILLERS]
    if not parts:
        return ()
    return tuple(word for word in words if any(_begins(parts, fold(name)) for name in spellings(word)))


def opens(word: Word, text: str) -> bool:
    """Whether a text gives the beginning of a spelling, or several of its words: "spasm" alone opens no back spasm."""
    parts = [part for part in fold(text).split("_") if part not in FILLERS]
    firsts = (next((part for part in fold(one).split("_") if part not in FILLERS), "") for one in spellings(word))
    return len(parts) > 1 or any(first.startswith(part) for first in firsts for part in parts)


def _begins(parts: list[str], spelling: str) -> bool:
    rest = spelling.split("_")
    if "".join(rest).startswith("".join(parts)):  # "under my foot" is "underfoot"
        return True
    for part in parts:
        match = next((name for name in rest if name.startswith(part)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def separate(known: Index, text: str) -> list[str]:
    """Return the words that an answer names: the whole of it if that is a word, else what its commas part."""
    return [text] if fold(text) in known else [part.strip() for part in text.split(",")]
