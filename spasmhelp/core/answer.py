"""One line of JSON -> one line of JSON: what `advise --json` says of the same case."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import replace

from spasmhelp.core.advise import advise, in_table_order
from spasmhelp.core.compose import Composer
from spasmhelp.core.decoding.case import Vocabulary, vocabulary
from spasmhelp.core.decoding.case_json import read_ident, read_json_case
from spasmhelp.core.document import MAX_BYTES, CaseError, Problem
from spasmhelp.core.model import Case, Entry, Level, Location, Onset, Precaution, RedFlag, Table, Trigger
from spasmhelp.core.parts import Parts
from spasmhelp.core.plain import Known, opened, plain_ident
from spasmhelp.core.wire import SCHEMA, advice_out, encode, problem_out
from spasmhelp.core.words import fold, spellings

MOST_BYTES = 48 << 20  # of what is kept to put answers together, about
TOO_LONG = CaseError([Problem(where="", message=f"is over {MAX_BYTES >> 20} MiB, the most that a line may be")])
BEFORE_IDENT = b'{"schema":%d,"id":' % SCHEMA


class CaseIn(Struct, forbid_unknown_fields=True):
    """A case as it mostly comes in; a line that does not fit goes the slow way, which says why."""

    id: Raw | UnsetType = UNSET
    onset: str | UnsetType | None = UNSET
    location: str | UnsetType | None = UNSET
    triggers: list[str] | UnsetType | None = UNSET
    red_flags: list[str] | UnsetType | None = UNSET
    precautions: list[str] | UnsetType | None = UNSET


Shape = Callable[[Case, Any], Any]


class Answerer:
    """Answers lines; of `count` lines `bad` were no case; `highest` is the highest level that was given.

    `shape` may add to an advice before it is written. What is kept is bounded, whatever comes in: see `tidy`.
    """

    def __init__(self, table: Table, shape: Shape | None = None) -> None:
        self.table, self.shape = table, shape
        self.vocabulary = vocabulary(table)
        self.exact = exact_words(self.vocabulary)
        self.decode = msgspec.json.Decoder(CaseIn).decode
        self.count, self.blank, self.bad = 0, 0, 0
        self.composer = Composer(table)
        self.known = Known(self.composer)

    @property
    def highest(self) -> Level:
        """The highest level that was given."""
        return self.composer.highest

    def tidy(self, number: int) -> None:
        """Count after so many lines, and forget all that was kept if it got too much."""
        self.count = number - self.blank
        if self.composer.size > MOST_BYTES:
            self.composer.forget()
            self.known = Known(self.composer)

    def answer(self, line: bytes, number: int) -> Parts:
        """Return, in parts, the line of JSON that answers a line, its advice or its problems; none for a blank line."""
        if not line or line.isspace():
            self.blank += 1
            return ()
        try:
            if len(line) > MAX_BYTES:
                raise TOO_LONG
            ident, answer = self.advised(line)
        except CaseError as error:
            self.bad += 1
            return (problems_line(line, number, error),)
        return BEFORE_IDENT, ident, answer

    def advised(self, line: bytes) -> tuple[bytes, bytes]:
        """Return the `id` of a line, and what stands after it in its advice. Raises CaseError with every problem."""
        ident, rest = opened(line)
        answer = self.known.whole.get(rest)
        if answer is None:
            quick = self.quick_case(line)
            case, given = quick or self.slow_case(line)
            answer = self.said(case)
            if ident or not given:  # so that the rest has no `id` in it
                self.known.keep(rest, (answer,))
                if quick and not self.shape:
                    self.known.learn(rest, case)
            ident = ident or given
        return ident or b"null", answer

    def quick_case(self, line: bytes) -> tuple[Case, bytes] | None:
        """Return the case of a plain line and its `id`, empty if it has none; None where only the slow way is sure."""
        try:
            given = self.decode(line)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return None
        values = (given.id, given.onset, given.location, given.triggers, given.red_flags, given.precautions)
        # The decoder takes the last of duplicate keys. A line with as many colons as it has known keys has none twice.
        if line.count(b":") != sum(value is not UNSET for value in values):
            return None
        ident = b"" if given.id is UNSET else bytes(given.id)
        if not (ident in (b"", b"null") or plain_ident(ident)):
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
        return in_table_order(self.table, case), ident

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
        case, ident = read_json_case(self.vocabulary, text)
        return in_table_order(self.table, case), msgspec.json.encode(ident)

    def said(self, case: Case) -> bytes:
        """Return what stands after the `id` in the advice for a case, whose lists are in the table's order."""
        if self.shape is None:
            return b"".join(self.composer.of(case))
        advice = advise(self.table, case)
        self.composer.highest = max(self.composer.highest, advice.level)
        return encode(self.shape(case, advice_out(self.table, advice))).removeprefix(BEFORE_IDENT + b"null")


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
