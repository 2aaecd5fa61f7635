"""A person at the interview without a terminal: lines are typed, what is shown is kept, the code is the same."""

import os
import sys
from collections.abc import Callable, Iterable
from io import BytesIO, TextIOWrapper
from unittest.mock import patch

from msgspec import Struct

from spasmhelp import Case, Table
from spasmhelp.cli.asking.person import Person
from spasmhelp.cli.pages.advice import advice_page
from spasmhelp.cli.terminal import Look, Stopped
from spasmhelp.core.advise import Advice, advise, withdrawn
from spasmhelp.core.asked import Line
from spasmhelp.core.interview import interview
from spasmhelp.core.steps import GivenStep

CONVERSATION = "spasmhelp.cli.asking.conversation"


NOWHERE = os.open(os.devnull, os.O_RDONLY)


class Turn(Struct, frozen=True):
    """What was shown since the line before, and the line that was typed below it."""

    shown: str
    typed: str


class Talked(Struct, frozen=True, kw_only=True):
    """A whole interview: its turns, what was shown after the last, and the case.

    Where the person stopped there is no case, and `stopped` is what that says.
    """

    table: Table
    turns: tuple[Turn, ...]
    rest: str
    case: Case | None
    early: tuple[GivenStep, ...]
    put: tuple[Line, ...]
    columns: int
    stopped: str = ""

    @property
    def text(self) -> str:
        """All that stands on the screen, what was typed included."""
        return "".join(f"{turn.shown}{turn.typed}\n" for turn in self.turns) + self.rest

    @property
    def words(self) -> str:
        """All of it in one line, however it was wrapped."""
        return one_line(self.text)

    @property
    def given(self) -> Case:
        """The case; there must be one."""
        assert self.case is not None, self.text
        return self.case

    @property
    def advice(self) -> Advice:
        """The advice for the case."""
        return advise(self.table, self.given)

    @property
    def page(self) -> str:
        """The advice as it is then printed."""
        look = Look(width=min(self.columns, 90), columns=self.columns, rows=24, terminal=True)
        return advice_page(self.table, self.advice, look, [], stopped=withdrawn(self.early, self.advice))


Typist = Callable[[str], str | None]


class Keyboard:
    """Standard input: each line is typed once what came before it was shown."""

    def __init__(self, type_next: Typist, screen: BytesIO) -> None:
        self.type_next, self.screen, self.read_so_far = type_next, screen, 0
        self.turns: list[Turn] = []

    def shown(self) -> str:
        """Return what was shown since it was last looked at."""
        text = self.screen.getvalue()[self.read_so_far :].decode()
        self.read_so_far += len(self.screen.getvalue()) - self.read_so_far
        return text

    def fileno(self) -> int:
        """Return a descriptor that never pauses."""
        return NOWHERE

    def readline(self) -> str:
        """Return the next line; "" at the end of input."""
        shown = self.shown()
        line = self.type_next(shown)
        self.turns.append(Turn(shown, "" if line is None else line))
        return "" if line is None else f"{line}\n"


def talk(
    table: Table,
    *lines: str,
    known: Case | None = None,
    type_next: Typist | None = None,
    ahead: Callable[[], str] = lambda: "",
    columns: int = 80,
    rows: int = 24,
    plain: bool = False,
) -> Talked:
    """Hold an interview: the lines are typed one after the other, then input ends; or `type_next` says each."""
    screen = BytesIO()
    keyboard = Keyboard(type_next or typist(lines), screen)
    look = Look(width=min(columns, 90), columns=columns, rows=rows, plain=plain, terminal=True)
    person = Person(table, look, read_line=keyboard.readline)
    size = {"COLUMNS": str(columns), "LINES": str(rows)}
    stopped = ""
    with (
        patch.object(sys, "stdin", keyboard),
        patch.object(sys, "stderr", TextIOWrapper(screen, "utf-8")) as written,
        patch(f"{CONVERSATION}.typed_ahead", ahead),
        patch.dict(os.environ, size),
    ):
        try:
            case = interview(table, person, known)
        except Stopped as error:
            case, stopped = None, str(error)
        rest = keyboard.shown()
        written.detach()
    return Talked(
        table=table,
        turns=tuple(keyboard.turns),
        rest=rest,
        case=case,
        early=person.shown,
        put=person.put,
        stopped=stopped,
        columns=columns,
    )


def typist(lines: Iterable[str]) -> Typist:
    """Type these lines, whatever is shown."""
    left = iter(lines)
    return lambda _: next(left, None)


def one_line(text: str) -> str:
    """Return a text however it was wrapped."""
    return " ".join(text.split())
