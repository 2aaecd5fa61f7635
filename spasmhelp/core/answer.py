"""One line of JSON -> one line of JSON: what `advise --json` says of the same case, kept for when it comes again."""

import re
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import replace

from spasmhelp.core.advise import conclude
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.match import Matcher
from spasmhelp.core.model import Case, Entry, Level, Location, Onset, Precaution, RedFlag, Table, Trigger
from spasmhelp.core.parse import Vocabulary, vocabulary
from spasmhelp.core.reading import read_ident, read_json_case
from spasmhelp.core.wire import SCHEMA, advice_out, encode, problem_out
from spasmhelp.core.words import fold, spellings

KEPT_BYTES = 32 << 20
# An id that is echoed byte for byte: a whole number, or printable ASCII without quotes and backslashes.
IDENT = rb'-?(?:0|[1-9][0-9]{0,17})|"[ !#-\[\]-~]{0,200}"'
SIMPLE_IDENT = re.compile(IDENT)
# How a line opens that has such an id first; the rest of the line alone decides the advice.
OPENING = re.compile(rb'\{"id": ?(' + IDENT + rb'), ?(?=")')
BEFORE_IDENT = b'{"schema":%d,"id":' % SCHEMA
BEFORE_REST = BEFORE_IDENT + b"null"


class CaseIn(Struct, forbid_unknown_fields=True):
    """A case as it mostly comes in; a line that does not fit goes through core/reading.py, which says why."""

    id: Raw | UnsetType = UNSET
    onset: str | UnsetType | None = UNSET
    location: str | UnsetType | None = UNSET
    triggers: list[str] | UnsetType | None = UNSET
    red_flags: list[str] | UnsetType | None = UNSET
    precautions: list[str] | UnsetType | None = UNSET


Shape = Callable[[Case, Any], Any]


class Answerer:
    """Answers lines; of `count` lines `bad` were no case; `highest` is the highest level that was given.

    `shape` may add to an advice before it is written. What is kept is bounded, whatever comes in.
    """

    def __init__(self, table: Table, shape: Shape | None = None) -> None:
        self.table, self.shape = table, shape
        self.known, self.matcher = vocabulary(table), Matcher(table)
        self.exact = exact_words(self.known)
        self.decode = msgspec.json.Decoder(CaseIn).decode
        self.count, self.bad, self.highest = 0, 0, Level.self_care
        # Apart, as what follows an `id` can also be a whole line, of which it is no JSON.
        self.kept: dict[bytes, bytes] = {}  # by what follows the `id`
        self.kept_whole: dict[bytes | Case, bytes] = {}  # by lines without such an `id`, and by cases
        self.kept_bytes = 0

    def answer(self, line: bytes, number: int) -> tuple[bytes, ...]:
        """Return the parts of the one line of JSON that answers a line: its advice, or its problems."""
        opening = OPENING.match(line)
        ident = opening[1] if opening else b"null"
        rest = self.kept.get(line[opening.end() :]) if opening else self.kept_whole.get(line)
        if rest is None:
            try:
                case, ident = self.quick_case(line) or self.slow_case(line)
            except CaseError as error:
                self.bad += 1
                return (problems_line(line, number, error),)
            rest = self.rest_of(case)
            if opening:
                self.keep(self.kept, line[opening.end() :], rest)
            elif ident == b"null":
                self.keep(self.kept_whole, line, rest)
        return BEFORE_IDENT, ident, rest

    def quick_case(self, line: bytes) -> tuple[Case, bytes] | None:
        """Return the case of a plain line and its `id`, or None where only the slow way can be sure."""
        try:
            given = self.decode(line)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return None
        values = (given.id, given.onset, given.location, given.triggers, given.red_flags, given.precautions)
        # The decoder takes the last of duplicate keys. A line with as many colons as it has known keys has none twice.
        if line.count(b":") != sum(value is not UNSET for value in values):
            return None
        ident = b"null" if given.id is UNSET else bytes(given.id)
        if not (ident == b"null" or SIMPLE_IDENT.fullmatch(ident)):
            return None
        try:
            case = Case(
                onset=self.exact[Onset][given.onset],
                location=self.exact[Location][given.location],
                triggers=self.words(Trigger, given.triggers),
                red_flags=self.words(RedFlag, given.red_flags),
                precautions=self.words(Precaution, given.precautions),
            )
        except KeyError:
            return None
        return case, ident

    def words(self, kind: type[Entry], texts: Any) -> Any:
        """Return the words of a list, None if it was left out. Raises KeyError for one unknown, or there twice."""
        if not texts:
            return () if texts == [] else None
        exact = self.exact[kind]
        found = tuple([exact[text] for text in texts])
        if len(found) > 1 and len(set(found)) < len(found):
            raise KeyError
        return found

    def slow_case(self, line: bytes) -> tuple[Case, bytes]:
        """Return the case of a line and its `id`. Raises CaseError with every problem."""
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 text: byte 0x{line[error.start]:02x} at {error.start}"
            raise CaseError([Problem(where="", message=message)]) from None
        case, ident = read_json_case(self.known, text)
        return case, msgspec.json.encode(ident)

    def rest_of(self, case: Case) -> bytes:
        """Return what stands after the `id` in the advice for a case."""
        rest = self.kept_whole.get(case)
        if rest is None:
            advice = conclude(self.table, case, self.matcher.applying(case), self.matcher.covered(case))
            self.highest = max(self.highest, advice.level)
            said = advice_out(self.table, advice)
            rest = encode(self.shape(case, said) if self.shape else said).removeprefix(BEFORE_REST)
            self.keep(self.kept_whole, case, rest)
        return rest

    def keep(self, where: dict[Any, bytes], key: bytes | Case, rest: bytes) -> None:
        """Remember an answer; when there is too much to remember, forget all."""
        self.kept_bytes += len(rest) + (len(key) if isinstance(key, bytes) else 0)
        if self.kept_bytes > KEPT_BYTES:
            self.kept.clear()
            self.kept_whole.clear()
            self.kept_bytes = len(rest)
        where[key] = rest


def exact_words(known: Vocabulary) -> dict[type[Entry], dict[Any, Any]]:
    """Return the words by each spelling, letter for letter, that only one of them has."""
    return {
        kind: {
            spelling: words[0]
            for words in index.values()
            if len(words) == 1
            for spelling in spellings(words[0])
            if len(index[fold(spelling)]) == 1
        }
        for kind, index in known.items()
    }


def problems_line(line: bytes, number: int, error: CaseError) -> bytes:
    """Return the line of JSON that says what is wrong with a line, under its `id` if that can be read."""
    problems = [problem_out(replace(one, line=number) if one.line else one) for one in error.problems]
    ident = read_ident(line.decode("utf-8", "replace"))
    return encode({"line": number, "id": ident, "problems": problems})
