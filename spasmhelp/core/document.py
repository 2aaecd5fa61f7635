"""The tree of a YAML or JSON text, which remembers where each value stands, and the problems that point into it."""

import re

from msgspec import Struct

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_PROBLEMS = 1000  # nobody reads more, and a hostile text must not cost more

# C0 and C1 controls but the line feed, line separators, bidirectional controls, zero-width blanks, lone surrogates.
UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """One wrong entry: where it stands (line and column from 1, or 0), what was expected, what is possible."""

    line: int = 0
    column: int = 0
    where: str
    message: str
    choices: tuple[str, ...] = ()


class Wrong(Exception):
    """Something could not be read; `problems` names all that is wrong with it, sorted by place."""

    def __init__(self, problems: list[Problem], name: str = "") -> None:
        super().__init__(problems, name)
        self.problems, self.name = sorted(problems, key=lambda one: (one.line, one.column)), name

    def __str__(self) -> str:
        return "\n".join(visible(line_of(one, self.name)) for one in self.problems)


class TableError(Wrong):
    """The table called `name` has problems."""


class CaseError(Wrong):
    """The answers cannot be used."""


def line_of(problem: Problem, name: str) -> str:
    """Return a problem behind its place, in the form that editors jump to."""
    place = f"{problem.line}:{problem.column}" if problem.line else ""
    said = f"{problem.where}: {problem.message}" if problem.where else problem.message
    return f"{':'.join(filter(None, (name, place)))}: {said}" if name or place else said


def utf8(data: bytes, where: str = "") -> str:
    """Return bytes as text. Raises CaseError where they are none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text: byte 0x{data[error.start]:02x} at {error.start}"
        raise CaseError([Problem(where=where, message=message)]) from None


class Node(Struct):
    """A value and where it stands; a bare Node is a value whose problem was noted already."""

    line: int
    column: int


class Scalar(Node):
    """A text; `bare` when it was written without quotes, so that it may also be a number, true, false or null."""

    text: str
    bare: bool


class Literal(Node):
    """A number, true or false of JSON, as it was written; YAML has only texts until a type is known."""

    text: str


class Items(Node):
    """A list."""

    items: list[Node]


class Keys(Node):
    """A mapping; `spots` says where each key stands."""

    values: dict[str, Node]
    spots: dict[str, tuple[int, int]]


def visible(text: str) -> str:
    """Return the text with all that could disturb a terminal escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def printable(text: str) -> str:
    """Return the text with all that could disturb a terminal escaped, and cut to 60 characters."""
    text = visible(text[:61])
    return text if len(text) <= 60 else text[:57] + "..."
