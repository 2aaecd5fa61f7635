"""Text -> tokens: words and numbers as they are compared, with their places and the pauses between them."""

import re
from enum import IntEnum
from unicodedata import is_normalized, normalize

from msgspec import Struct

# A letter keeps the marks put on it; an apostrophe inside a word belongs to it, but says nothing: "cant" is "can't".
TOKEN = re.compile(r"\d+|[^\W\d_][\u0300-\u036f]*(?:['\u2019]?[^\W\d_][\u0300-\u036f]*)*")
APOSTROPHES = str.maketrans("", "", "'\u2019")
# What parts two sentences, but for a point between figures or single letters. A dash does only with a blank beside it.
STOP = re.compile(r"[;!?()\u2026\u2014]|\n\s*\n|[.:](?:\s|$)|\s[-\u2013]|[-\u2013]\s")
COMMA = re.compile(r"[,/&+\uff0c\u3001]")


class Pause(IntEnum):
    """What stands before a token: nothing, a comma or the like, the end of a line, or of a sentence.

    A wrapped text goes on behind the end of a line; a denial does not.
    """

    none = 0
    comma = 1
    line = 2
    stop = 3


class Tokens(Struct, frozen=True):
    """The tokens of a text: each as it is compared, its place in the text, and the pause before it."""

    words: list[str]
    spans: list[tuple[int, int]]
    pauses: list[Pause]


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text; places are code points of the text as it was given."""
    words: list[str] = []
    spans, pauses, last = [], [], 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        gap = text[last:start]
        inside = gap == "." and bool(words) and joins(words[-1], match.group())
        pauses.append(Pause.none if gap in (" ", "") or inside else pause(gap))
        words.append(folded(match.group()))
        spans.append((start, end))
        last = end
    return Tokens(words, spans, pauses)


def joins(word: str, other: str) -> bool:
    """Whether a point between two tokens parts nothing: "1.5", "a.m."."""
    return (word.isdecimal() and other.isdecimal()) or (word.isalpha() and len(word) == len(other) == 1)


def pause(gap: str) -> Pause:
    """Return what the characters between two tokens say."""
    if STOP.search(gap):
        return Pause.stop
    if "\n" in gap:
        return Pause.line
    return Pause.comma if COMMA.search(gap) else Pause.none


def folded(word: str) -> str:
    """Return a word as it is compared: case and apostrophes ignored, marks and letters made one."""
    word = word.casefold()
    if word.isascii():
        return word.replace("'", "")
    return (word if is_normalized("NFC", word) else normalize("NFC", word)).translate(APOSTROPHES)
