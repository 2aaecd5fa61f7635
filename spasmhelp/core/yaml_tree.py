"""A YAML text -> its tree; every mistake in its form is named at its place."""

from typing import Any

import yaml
from msgspec import Struct

from spasmhelp.core.document import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_PROBLEMS,
    Items,
    Keys,
    Node,
    Problem,
    Scalar,
    TableError,
    printable,
    visible,
)
from spasmhelp.core.syntax import HALVES, Spot, halves_joined, line_ends, mistake, spot_of

TOO_DEEP = f"is nested over {MAX_DEPTH} deep"


def read_yaml(text: str, name: str = "") -> tuple[Node, list[Problem]]:
    """Return the tree of a YAML text and the problems of its form.

    Raises TableError where there is no tree: a syntax error, an empty or binary text, several documents, more than
    1 MiB, brackets nested over 32 deep, or lines that end in several ways. Nothing in it is executed or expanded.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TableError([Problem(where="", message=f"is over {MAX_BYTES >> 20} MiB, the most that is read")], name)
    if ends := line_ends(text)[:MAX_PROBLEMS]:
        raise TableError([Problem(line=spot[0], column=spot[1], where="", message=said) for spot, said in ends], name)
    builder = _Builder(text, {})
    builder.read()
    if builder.fatal and HALVES.search(text):  # of which the library knows nothing
        builder = _Builder(*halves_joined(text))
        builder.read()
    if builder.fatal or builder.root is None:
        raise TableError([builder.fatal or Problem(line=1, column=1, where="", message="is empty")], name)
    return builder.root, builder.problems


class _Stop(Exception):
    """No tree can come of this text."""


class _Frame(Struct):
    """A list or mapping that is still open; in a mapping, its last key, and whether that waits for its value."""

    node: Items | Keys
    key: Scalar | None = None
    value_next: bool = False


class _Builder:
    """Builds the tree from the events of the YAML library."""

    def __init__(self, text: str, joints: dict[int, list[int]]) -> None:
        self.text, self.joints = text, joints
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.fatal: Problem | None = None
        self.open: list[_Frame] = []

    def read(self) -> None:
        """Take all events; what ends the text early is `fatal`."""
        # Events, not `load` or `compose`: those lose places and duplicate keys, or crash on deep nesting.
        loader, event = getattr(yaml, "CSafeLoader", yaml.SafeLoader), None
        try:
            for event in yaml.parse(self.text, loader):
                self.take(event)
        except yaml.MarkedYAMLError as error:
            spot, message = mistake(error, event, self.text, self.joints)
            # Newer libraries look ahead, and end at a depth of their own.
            self.fail(spot, TOO_DEEP if "nesting" in (error.problem or "") else message)
        except yaml.reader.ReaderError as error:
            before = self.text.encode("utf-8", "surrogatepass")[: error.position].decode("utf-8", "replace")
            spot = (before.count("\n") + 1, len(before) - before.rfind("\n"))
            character = error.character if isinstance(error.character, str) else chr(error.character)
            self.fail(spot, f"character {character!r} is not allowed in YAML")
        except UnicodeEncodeError as error:
            self.fail((0, 0), f"holds half a character: {self.text[error.start]!r}")
        except _Stop:
            pass

    def fail(self, spot: Spot, message: str) -> None:
        self.fatal = Problem(line=spot[0], column=spot[1], where="", message=visible(message))

    def take(self, event: Any) -> None:
        """Add one event to the tree; raises _Stop where there is nothing to go on with."""
        spot = spot_of(event.start_mark, self.joints)
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
                self.open.pop()
            case "DocumentStartEvent" if self.root is not None:
                self.fail(spot, "starts a second document; only one is allowed")
                raise _Stop

    def problem(self, spot: Spot, message: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            self.fail(spot, f"has over {MAX_PROBLEMS} problems; the last: {message}")
            raise _Stop
        where = printable(self.path())
        self.problems.append(Problem(line=spot[0], column=spot[1], where=where, message=visible(message)))

    def path(self) -> str:
        """Return the keys that lead to the next node."""
        parts = []
        for frame in self.open:
            inner = frame is not self.open[-1]  # the next node then stands in its last one
            if isinstance(frame.node, Items):
                parts.append(f"[{len(frame.node.items) - inner}]")
            elif frame.key and (inner or frame.value_next):
                parts.append(f".{frame.key.text}")
        return "".join(parts).lstrip(".")

    def begin(self, node: Items | Keys, event: Any) -> None:
        """Open a list or mapping: what comes next belongs in it."""
        self.add(node, event)
        self.open.append(_Frame(node))
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
        tagged_value = event.tag and self.open and (self.open[-1].value_next or isinstance(self.open[-1].node, Items))
        self.put(Node(*spot) if tagged_value else node)

    def put(self, node: Node) -> None:
        """Hang the node where it belongs; in a mapping, keys and values take turns."""
        if not self.open:
            self.root = node
            return
        frame = self.open[-1]
        if isinstance(frame.node, Items):
            frame.node.items.append(node)
        elif frame.value_next:
            if frame.key:
                self.pair(frame.node, frame.key, node)
            frame.value_next = False
        else:
            if not isinstance(node, Scalar):
                self.problem((node.line, node.column), "a key must be a word")
            frame.key = node if isinstance(node, Scalar) else None
            frame.value_next = True

    def pair(self, parent: Keys, key: Scalar, value: Node) -> None:
        if key.text in parent.values:
            first = parent.spots[key.text][0]
            self.problem((key.line, key.column), f"duplicate key '{printable(key.text)}'; first on line {first}")
        else:
            parent.values[key.text] = value
            parent.spots[key.text] = (key.line, key.column)
