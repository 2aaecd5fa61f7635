"""JSON Lines -> JSON Lines: each line is answered as `advise --json` answers it; what came before, from a cache."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain

from msgspec import Raw
from msgspec.structs import replace

from spasmhelp.core.advise import advise
from spasmhelp.core.decoding.case import vocabulary
from spasmhelp.core.decoding.case_json import read_ident, read_json_case
from spasmhelp.core.document import MAX_BYTES, CaseError, Problem, utf8
from spasmhelp.core.model import Case, Level, Table
from spasmhelp.core.wire import AdviceOut, advice_out, encode, problem_out

KEPT = 40 << 20  # bytes of answers that are kept, about
FULL = 1 << 16  # bytes of answers that are given away at once
LONG = 1 << 10  # bytes of a line that is not kept
TOO_LONG = f"is over {MAX_BYTES >> 20} MiB, the most that a line may be"
HOLE = b"\0"  # stands for the id in an answer that is kept: no JSON has this byte
# A line, and the id that it opens with if that can be echoed byte for byte: null, a whole number, or printable ASCII
# without quotes and backslashes. What follows it alone decides the advice.
match_line = re.compile(rb'\{(?:"id": ?(null|-?(?:0|[1-9][0-9]*)|"[ !#-\[\]-~]*"), ?(?="))?(.*)', re.DOTALL).match


class Batch:
    """Answers lines: `count` so far, `bad` of them no cases, `shape` adds to advice.

    `highest` is the highest level that was given, or not ruled out.
    """

    def __init__(self, table: Table, shape: Callable[[Case, AdviceOut], AdviceOut] = lambda _case, out: out) -> None:
        self.table, self.shape, self.vocabulary = table, shape, vocabulary(table)
        self.count, self.bad, self.highest = 0, 0, Level.self_care
        # The longest answers are about those to cases of which nothing but the findings was asked.
        long = [Case(onset=table.onsets[0], location=location) for location in table.locations]
        size = max(len(encode(advice_out(table, advise(table, case)))) for case in long)
        self.kept = lru_cache(KEPT // size)(self.without_id)

    def answers(self, pieces: Iterable[bytes]) -> Iterator[bytearray]:
        """Yield the answers to the lines of an input, whole lines: after each piece of it, and when there are many."""
        number, begun = 0, b""
        for piece in chain(pieces, [b"\n"]):
            out = bytearray()
            *lines, begun = (begun + piece).split(b"\n")
            begun = begun[: MAX_BYTES + 1]  # one byte tells that it is too long
            for line in lines:
                number += 1
                out += self.answer(line if number > 1 else line.removeprefix(b"\xef\xbb\xbf"), number)
                if len(out) > FULL:
                    yield out
                    out = bytearray()
            yield out

    def answer(self, line: bytes, number: int) -> bytes:
        """Return the line of JSON that answers a line, its advice or its problems; nothing for a blank line."""
        if not line or line.isspace():
            return b""
        self.count += 1
        if len(line) < LONG and (found := match_line(line)):
            ident, rest = found.groups(b"null")
            if answer := self.kept(rest):
                return answer.replace(HOLE, ident, 1)
        try:
            if len(line) > MAX_BYTES:
                raise CaseError([Problem(where="", message=TOO_LONG)])
            return self.written(*read_json_case(self.vocabulary, utf8(line)))
        except CaseError as error:
            self.bad += 1
            problems = [problem_out(replace(one, line=number) if one.line else one) for one in error.problems]
            return encode({"line": number, "id": read_ident(line.decode("utf-8", "replace")), "problems": problems})

    def without_id(self, rest: bytes) -> bytes | None:
        """Return the answer to a line by what follows its brace, and id; None if it is no case, or may have an id."""
        if b'"id"' in rest or b"\\" in rest:
            return None
        with suppress(CaseError):
            return self.written(read_json_case(self.vocabulary, utf8(b"{" + rest))[0], Raw(HOLE))
        return None

    def written(self, case: Case, ident: object = None) -> bytes:
        """Return what is advised on a case."""
        advice = advise(self.table, case)
        self.highest = max(self.highest, advice.at_worst)
        return encode(self.shape(case, advice_out(self.table, advice, ident)))
