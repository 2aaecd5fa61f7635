"""Reads a tree as values of the model's types: the types are the format, so there is one reader for all of them."""

import re
import types
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import Any, Union, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from spasmhelp.core.document import (
    MAX_PROBLEMS,
    UNPRINTABLE,
    Items,
    Keys,
    Literal,
    Node,
    Problem,
    Scalar,
    printable,
    visible,
)
from spasmhelp.core.model import Entry

# (type of entry, text) -> the entry, or a message and the choices.
Lookup = Callable[[type[Entry], str], Entry | tuple[str, tuple[str, ...]]]
BAD: Any = object()  # stands for a value that had a problem, so that reading goes on
ONE_LINE = frozenset({"name", "title", "synonyms", "cues", "hints", "reviewed_by"})  # what lists and messages show

MOST_CHARACTERS = 200  # of such a line


class Enough(Exception):
    """So many problems that reading on tells nobody anything."""


class Reader:
    """Reads nodes by type annotation, collecting every problem and the place of every path."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.problems: list[Problem] = []
        self.places: dict[str, tuple[int, int]] = {}

    def problem(self, spot: Node | tuple[int, int], where: str, message: str, choices: Iterable[str] = ()) -> Any:
        """Note a problem and return BAD. Raises Enough after MAX_PROBLEMS."""
        if len(self.problems) >= MAX_PROBLEMS:
            raise Enough
        line, column = (spot.line, spot.column) if isinstance(spot, Node) else spot
        where, message, said = printable(where), visible(message), tuple(map(visible, choices))
        self.problems.append(Problem(line=line, column=column, where=where, message=message, choices=said))
        return BAD

    def read(self, kind: Any, node: Node, where: str) -> Any:
        """Return the node as a value of `kind`, or BAD after noting why it is none."""
        self.places.setdefault(where, (node.line, node.column))
        if type(node) is Node:
            return BAD
        origin, parts = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self.either(parts, node, where)
        if origin is tuple:
            return self.items(parts[0], node, where)
        if origin is dict:
            return self.mapping(parts[0], parts[1], node, where)
        if issubclass(kind, Entry):
            return self.reference(kind, node, where)
        if issubclass(kind, Struct):
            return self.struct(kind, node, where)
        return self.scalar(kind, node, where)

    def either(self, kinds: tuple[Any, ...], node: Node, where: str) -> Any:
        """An optional value may be null; a text, a list or keys may stand for one another where the type says so."""
        if isinstance(node, Scalar) and node.bare and node.text in ("null", "~", "") and types.NoneType in kinds:
            return None
        kinds = tuple(kind for kind in kinds if kind is not types.NoneType)
        fitting = [kind for kind in kinds if stands_as(kind) is type(node)]
        return self.read((fitting or kinds)[0], node, where)

    def items(self, kind: Any, node: Node, where: str) -> Any:
        if not isinstance(node, Items):
            return self.problem(node, where, f"expected a list, found {found(node)}")
        values = [self.read(kind, item, f"{where}[{i}]") for i, item in enumerate(node.items)]
        seen = set()
        for i, value in enumerate(values):
            if isinstance(value, str | Entry):  # by its value, as a list may hold sentences and structures
                if value in seen:
                    return self.problem(node.items[i], f"{where}[{i}]", "names the same thing twice")
                seen.add(value)
        return BAD if BAD in values else tuple(values)

    def mapping(self, key_kind: Any, kind: Any, node: Node, where: str) -> Any:
        if not isinstance(node, Keys):
            return self.problem(node, where, f"expected keys with values, found {found(node)}")
        read = {}
        for text, value in node.values.items():
            spot, path = node.spots[text], f"{where}.{text}"
            self.places[path] = spot
            key = self.read(key_kind, Scalar(*spot, text, True), path)
            read[key] = self.read(kind, value, path)
        return BAD if BAD in read or BAD in read.values() else read

    def reference(self, kind: type[Entry], node: Node, where: str) -> Any:
        text = self.scalar(str, node, where)
        if text is BAD:
            return BAD
        entry = self.lookup(kind, text)
        return self.problem(node, where, *entry) if isinstance(entry, tuple) else entry

    def struct(self, kind: Any, node: Node, where: str, **given: Any) -> Any:
        """Read a structure field by field; `given` are fields that do not stand in the node, such as an id."""
        if type(node) is Node:
            return BAD
        if not isinstance(node, Keys):
            return self.problem(node, where, f"expected keys with values, found {found(node)}")
        known = {field.name: field for field in fields(kind) if field.name not in given}
        self.unknown_keys(node, known, where)
        values = dict(given)
        for name, field in known.items():
            path = f"{where}.{name}" if where else name
            if name in node.values:
                self.places[path] = node.spots[name]
                values[name] = self.read(field.type, node.values[name], path)
                if name in ONE_LINE and values[name] is not BAD and (message := wrong_line(values[name])):
                    values[name] = self.problem(node.values[name], path, message)
            elif required(field):
                values[name] = self.problem(node, where, f"missing key '{name}'")
        return BAD if BAD in values.values() else kind(**values)

    def unknown_keys(self, node: Keys, known: Iterable[str], where: str) -> None:
        for key in node.values:
            if key not in known:
                path = f"{where}.{key}" if where else key
                self.problem(node.spots[key], path, f"unknown key '{printable(key)}'{hint(key, known)}", known)

    def scalar(self, kind: Any, node: Node, where: str) -> Any:
        """Read a text, a number, true or false, a date, or one of the names of an enum."""
        if not isinstance(node, Scalar):
            return self.problem(node, where, f"expected {EXPECTED.get(kind, 'a word')}, found {found(node)}")
        if UNPRINTABLE.search(node.text):
            return self.problem(node, where, f"holds a control character: '{printable(node.text)}'")
        if issubclass(kind, Enum):
            if node.text in kind.__members__:
                return kind[node.text]
            message = f"expected one of {', '.join(kind.__members__)}; found '{printable(node.text)}'"
            return self.problem(node, where, message + hint(node.text, kind.__members__), kind.__members__)
        try:
            return FROM_TEXT[kind](node)
        except ValueError:
            return self.problem(node, where, f"expected {EXPECTED[kind]}, found {found(node)}")


def wrong_line(value: Any) -> str:
    """Return what is wrong with what lists and messages show in a line; nothing if it is one, and not too long."""
    if any("\n" in text for text in texts(value)):
        return "must be one line"
    longest = max(map(len, texts(value)), default=0)
    return f"has {longest:,} characters; {MOST_CHARACTERS} are the most" if longest > MOST_CHARACTERS else ""


def stands_as(kind: Any) -> type[Node]:
    """Return the sort of node that a value of this type is written as."""
    if get_origin(kind) is tuple:
        return Items
    return Keys if isinstance(kind, type) and issubclass(kind, Struct) and not issubclass(kind, Entry) else Scalar


def a_text(node: Scalar) -> str:
    """Return a text, blanks around it dropped. Raises ValueError for an empty one."""
    if not node.text.strip() or (node.bare and node.text in ("null", "~")):
        raise ValueError
    return node.text.strip()


def a_number(node: Scalar) -> int:
    """Return a whole number below a million. Raises ValueError."""
    if not (node.bare and re.fullmatch("0|[1-9][0-9]{0,5}", node.text)):
        raise ValueError
    return int(node.text)


def a_bool(node: Scalar) -> bool:
    """Return true or false. Raises ValueError; `no` and `off` are words here."""
    if not (node.bare and node.text in ("true", "false")):
        raise ValueError
    return node.text == "true"


def a_date(node: Scalar) -> date:
    """Return a date written as year, month, day. Raises ValueError."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):  # nor 20261122, nor a day of a week
        raise ValueError
    return date.fromisoformat(node.text)


FROM_TEXT: dict[Any, Callable[[Scalar], Any]] = {str: a_text, int: a_number, bool: a_bool, date: a_date}
EXPECTED = {str: "a text", int: "a whole number", bool: "true or false", date: "a date such as 2026-11-22"}


def texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return a text, or those of a list, as a list."""
    return (value,) if isinstance(value, str) else value


def required(field: FieldInfo) -> bool:
    """Whether a field has no default."""
    return field.default is NODEFAULT and field.default_factory is NODEFAULT


def found(node: Node) -> str:
    """Say what a node is, for the end of a message."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Keys):
        return "keys with values"
    assert isinstance(node, Scalar | Literal)
    return f"'{printable(node.text)}'" if node.text.strip() else "nothing"


def hint(text: str, choices: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" where a choice is close to the text, else nothing."""
    close = get_close_matches(text.casefold(), list(choices), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
