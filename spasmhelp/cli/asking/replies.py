"""What a typed line means as an answer, before any word of the table is looked for in it."""

import re
from unicodedata import normalize

from msgspec import Struct

from spasmhelp.core.language import Reading
from spasmhelp.core.words import fold

# How people write numbers of lines: "1 3", "1,3", "1.", "1 and 3", "number 1".
NUMBERS = re.compile(r"(?:about |number |line )?\d+\.?(?:(?:[\s,]+|\s*(?:and|&|or)\s*)\d+\.?)*[?!,;]?", re.IGNORECASE)
MORE = re.compile(r"(?:\?\s*(\d{1,3})|(\d{1,3})\s*\?+|\?+)")
ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|\x1b.|[\x00-\x1f\x7f-\x9f]")


class Reply(Struct, frozen=True, kw_only=True):
    """A line as it was typed: the numbers it names, a plain yes, no or doubt, or a wish for more; else its text.

    `rest` is the text without its "not sure"; `more` is the number of a line whose long form is wanted, 0 for all.
    """

    text: str
    rest: str = ""
    numbers: tuple[int, ...] = ()
    none: bool = False
    yes: bool = False
    unsure: bool = False
    more: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text


def reply_to(line: str, reading: Reading) -> Reply:
    """Return what a line means; "not sure about 3" is 3 with a doubt, and a doubtful no is a doubt."""
    text = plain(line) or ("^[" if line.strip() else "")  # a key of the terminal is not Enter
    if asked := MORE.fullmatch(text):
        return Reply(text=text, more=int(asked[1] or asked[2] or 0))
    rest, unsure = without_doubt(text, reading)
    said = fold(rest.strip(" .,;:!"))
    if NUMBERS.fullmatch(rest) and said != "0":
        return Reply(
            text=text, rest=rest, numbers=tuple(int(one[:6]) for one in re.findall(r"\d+", rest)), unsure=unsure
        )
    return Reply(
        text=text,
        rest=rest,
        none=said in as_compared(("0", *reading.none)) and not unsure,
        yes=said in as_compared(reading.yes),
        unsure=unsure,
    )


def plain(line: str) -> str:
    """Return a line without escape sequences and other control characters; apostrophes are straight, letters whole."""
    return normalize("NFC", ESCAPES.sub("", line)).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip()


def without_doubt(text: str, reading: Reading) -> tuple[str, bool]:
    """Return an answer without its "not sure", and whether it had one."""
    doubts = sorted((normalize("NFC", one) for one in reading.unsure), key=len, reverse=True)
    found = doubts and re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, doubts))})(?!\w)", text, re.IGNORECASE)
    if not found:
        return text, False
    return (text[: found.start()] + text[found.end() :]).strip(" ,.?!:"), True


def as_compared(words: tuple[str, ...]) -> frozenset[str]:
    """Return words as answers are compared."""
    return frozenset(map(fold, words))
