"""A YAML or JSON tree that remembers where each value stands, and the problems that point into it."""

import re
from typing import Any

from msgspec import Struct

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
TOO_DEEP = f"is nested over {MAX_DEPTH} deep"
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


class TableError(Wrong):
    """The table called `name` has problems."""


class CaseError(Wrong):
    """The answers cannot be used."""


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


def read_yaml(text: str, name: str = "") -> tuple[Node, list[Problem]]:
    """Return the tree of a YAML text and the problems of its form.

    Raises TableError, with the one problem, where there is no tree: a syntax error, an empty or binary text, several
    documents, more than 1 MiB, or brackets nested over 32 deep. Nothing in the text is executed or expanded.
    """
    import yaml

    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TableError([Problem(where="", message=f"is over {MAX_BYTES >> 20} MiB, the most that is read")], name)
    # Events, not `load` or `compose`: those lose places and duplicate keys, or crash on deep nesting.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        if "nesting" in (error.problem or ""):  # newer libraries look ahead, and end at a depth of their own
            builder.fail(spot, TOO_DEEP)
        else:
            builder.fail(spot, " ".join(part for part in (error.problem, error.context) if part))
    except yaml.reader.ReaderError as error:
        before = text.encode("utf-8", "surrogatepass")[: error.position].decode("utf-8", "replace")
        spot = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        character = error.character if isinstance(error.character, str) else chr(error.character)
        builder.fail(spot, f"character {character!r} is not allowed in YAML")
    except UnicodeEncodeError as error:
        builder.fail((0, 0), f"holds half a character: {text[error.start]!r}")
    except _Stop:
        pass
    if builder.fatal or builder.root is None:
        raise TableError([builder.fatal or Problem(line=1, column=1, where="", message="is empty")], name)
    return builder.root, builder.problems


class _Stop(Exception):
    """No tree can come of this text."""


class _Builder:
    """Builds the tree from the events of the YAML library."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.fatal: Problem | None = None
        self.open: list[Items | Keys] = []
        self.keys: list[Scalar | None] = []  # beside each open node: its last key
        self.values_next: list[bool] = []  # and whether that key still waits for its value

    def fail(self, spot: tuple[int, int], message: str) -> None:
        self.fatal = Problem(line=spot[0], column=spot[1], where="", message=visible(message))

    def take(self, event: Any) -> None:
        """Add one event to the tree; raises _Stop where there is nothing to go on with."""
        spot = (event.start_mark.line + 1, event.start_mark.column + 1)
        match type(event).__name__:
            case "ScalarEvent":
                self.add(Scalar(*spot, event.value, bool(event.implicit[0])), event)
            case "AliasEvent":
                self.problem(spot, f"aliases (*{printable(event.anchor)}) are not allowed; write the value again")
                self.put(Node(*spot))
            case "SequenceStartEvent":
                self.begin(Items(*spot, []), event)
            case "MappingStartEvent":
                self.begin(Keys(*spot, {}, {}), event)
            case "SequenceEndEvent" | "MappingEndEvent":
                self.open.pop(), self.keys.pop(), self.values_next.pop()
            case "DocumentStartEvent" if self.root is not None:
                self.fail(spot, "starts a second document; only one is allowed")
                raise _Stop

    def problem(self, spot: tuple[int, int], message: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            self.fail(spot, f"has over {MAX_PROBLEMS} problems; the last: {message}")
            raise _Stop
        self.problems.append(
            Problem(line=spot[0], column=spot[1], where=printable(self.path()), message=visible(message))
        )

    def path(self) -> str:
        """Return the keys that lead to the next node."""
        parts = []
        for depth, (node, key) in enumerate(zip(self.open, self.keys, strict=True), 1):
            if isinstance(node, Items):
                parts.append(f"[{len(node.items) - (depth < len(self.open))}]")
            elif key and (depth < len(self.open) or self.values_next[-1]):
                parts.append(f".{key.text}")
        return "".join(parts).lstrip(".")

    def begin(self, node: Items | Keys, event: Any) -> None:
        """Open a list or mapping: what comes next belongs in it."""
        self.add(node, event)
        self.open.append(node)
        self.keys.append(None)
        self.values_next.append(False)
        if len(self.open) > MAX_DEPTH:
            self.fail((node.line, node.column), TOO_DEEP)
            raise _Stop

    def add(self, node: Node, event: Any) -> None:
        """Note an anchor or a tag, and hang the node in the tree; what has a tag is not looked at any further."""
        spot = (node.line, node.column)
        if event.anchor:
            self.problem(spot, f"anchors (&{printable(event.anchor)}) are not allowed")
        if event.tag:
            self.problem(spot, f"tags ({printable(event.tag)}) are not allowed")
        tagged_value = event.tag and self.open and (self.values_next[-1] or isinstance(self.open[-1], Items))
        self.put(Node(*spot) if tagged_value else node)

    def put(self, node: Node) -> None:
        """Hang the node where it belongs; in a mapping, keys and values take turns."""
        if not self.open:
            self.root = node
            return
        parent, key = self.open[-1], self.keys[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif not self.values_next[-1]:
            if not isinstance(node, Scalar):
                self.problem((node.line, node.column), "a key must be a word")
            self.keys[-1] = node if isinstance(node, Scalar) else None
            self.values_next[-1] = True
        else:
            if key:
                self.pair(parent, key, node)
            self.values_next[-1] = False

    def pair(self, parent: Keys, key: Scalar, value: Node) -> None:
        if key.text in parent.values:
            first = parent.spots[key.text][0]
            self.problem((key.line, key.column), f"duplicate key '{printable(key.text)}'; first on line {first}")
        else:
            parent.values[key.text] = value
            parent.spots[key.text] = (key.line, key.column)


def visible(text: str) -> str:
    """Return the text with all that could disturb a terminal escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def printable(text: str) -> str:
    """Return the text with all that could disturb a terminal escaped, and cut to 60 characters."""
    text = visible(text[:61])
    return text if len(text) <= 60 else text[:57] + "..."
