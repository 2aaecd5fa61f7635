"""The guide without a terminal: a clock that stands still until somebody waits, and what would stand on paper."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

import pyte
from msgspec.structs import replace

from spasmhelp.cli.asking.guide import Begun, Guide
from spasmhelp.cli.asking.guiding import ask_red_flags_again
from spasmhelp.cli.asking.person import Person
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look, Stopped
from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.model import Case, Table
from tests.terminal import text_of

BEGINNING = 1000.0
Typed = str | tuple[float, str | BaseException]
END = Stopped()  # Ctrl-D


def case(table: Table, onset: str = "sudden", place: str = "calf", trigger: str = "", **more: object) -> Case:
    """Return a case in which all was asked."""
    words = {word.id: word for word in (*table.onsets, *table.locations, *table.triggers)}
    found = Case(onset=words[onset], location=words[place], triggers=(), red_flags=(), precautions=())
    return replace(found, triggers=(words[trigger],) if trigger else (), **more)


class Script:
    """A clock that moves only while somebody waits, and what is typed: at once, or so many seconds later."""

    def __init__(self, typed: Sequence[Typed], echo: Callable[[str, bool], object]) -> None:
        self.typed = [(0.0, one) if isinstance(one, str) else one for one in typed]
        self.time, self.woken, self.word, self.dropped = BEGINNING, False, "", ""
        self.echo = echo

    def now(self) -> float:
        return self.time

    def read(self, seconds: float | None, keys: str) -> str | None:
        assert self.time < BEGINNING + 100_000, "it goes on without end"
        if not self.typed:
            assert seconds is not None, "nobody will ever type a key"
            self.time += seconds
            return None
        after, text = self.typed[0]
        if seconds is not None and after > seconds:
            self.typed[0] = (after - seconds, text)
            self.time += seconds
            return None
        self.typed.pop(0)
        self.time += after
        if isinstance(text, BaseException):
            raise text
        text, _, self.dropped = text.partition("\n")  # more lines were typed ahead
        self.echo(text, bool(keys))
        return text

    def drop(self) -> str:
        dropped, self.dropped = self.dropped, ""
        return dropped

    @contextmanager
    def keys(self) -> Iterator[None]:
        yield

    @contextmanager
    def lines(self) -> Iterator[None]:
        yield


class Shown:
    """What came of a guide: what stands on endless paper, every character, the clock, the advice, the error."""

    def __init__(self, raw: str, columns: int, clock: Script) -> None:
        paper = pyte.Screen(columns, 3000)
        pyte.Stream(paper).feed(raw.replace("\n", "\r\n"))
        self.raw, self.text, self.clock = raw, text_of(paper), clock
        self.advice: Advice | None = None
        self.error: BaseException | None = None


def guided(
    table: Table, case: Case, typed: Sequence[Typed], columns: int = 80, plain: bool = False, begun: Begun | None = None
) -> Shown:
    """Go through the guide for a case, offered where the advice was printed; the red flags are asked as ever."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    look = Look(width=columns, columns=columns, rows=24, plain=plain)
    paper = Paper(look, stream)

    # A terminal shows lines as they are typed, and keys not.
    clock = Script(typed, lambda text, is_key: paper.write(f"{text}\n") if plain or not is_key else None)

    def screen(case: Case, said: str, read_line: Callable[[], str]) -> Case:
        return ask_red_flags_again(table, Person(table, look, welcomed=True, read_line=read_line), case, said)

    guide = Guide(table, paper, paper, clock, screen)
    advice, error = None, None
    with patch.object(sys, "stderr", stream):
        try:
            go = guide.offer if begun and begun.printed else guide.run
            advice = go(advise(table, case), begun or Begun())
        except BaseException as one:  # what ends the program is what is asked about
            error = one
    stream.flush()
    shown = Shown(stream.buffer.getvalue().decode(), columns, clock)  # type: ignore[attr-defined]
    shown.advice, shown.error = advice, error
    if isinstance(error, AssertionError):
        raise error
    return shown
