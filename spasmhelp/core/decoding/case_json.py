"""JSON -> Case: every problem is named, duplicate keys and NaN included, and an `id` is echoed as it came."""

import json
from typing import Any

import msgspec
from msgspec import Struct

from spasmhelp.core.decoding.case import NOTHING, REQUIRED, Vocabulary, accept, parse_case
from spasmhelp.core.document import MAX_DEPTH, CaseError, Items, Keys, Literal, Node, Problem, Scalar, printable
from spasmhelp.core.model import Case, Location, Onset, Precaution, RedFlag, Trigger
from spasmhelp.core.words import Index

TOO_DEEP = f"nested too deep: over {MAX_DEPTH} levels"


class CaseIn(Struct, forbid_unknown_fields=True):
    """A case as it mostly comes in, but for its id; any other is read the slow way, which says what is wrong."""

    onset: str
    location: str
    triggers: list[str] | None = None
    red_flags: list[str] | None = None
    precautions: list[str] | None = None


decode_case = msgspec.json.Decoder(CaseIn).decode


def read_json_case(known: Vocabulary, text: str, flags: Case = NOTHING) -> tuple[Case, Any]:
    """Return the case of a JSON object and its `id`; what `flags` answer wins. Raises CaseError with every problem."""
    if flags is NOTHING and (plain := plain_case(known, text)):
        return plain, None
    pairs = load_json(text)
    if not isinstance(pairs, _Pairs):
        raise CaseError([Problem(where="", message="expected one JSON object, a case")])
    if too_deep(pairs, MAX_DEPTH):
        raise CaseError([Problem(where="", message=TOO_DEEP)])
    problems: list[Problem] = []
    root = mapping(pairs, "", problems)
    ident = root.values.pop("id", None)
    unechoed: list[Problem] = []
    value = echoed_id(ident, unechoed) if ident else None
    try:
        case = parse_case(known, root, flags)
    except CaseError as error:
        raise CaseError(problems + unechoed + error.problems) from None
    if problems:
        raise CaseError(problems + unechoed)
    return accept(case, unechoed), None if unechoed else value


def plain_case(known: Vocabulary, text: str) -> Case | None:
    """Return the case of a text that names its words by their ids; None where only the slow way is sure."""
    try:
        given = decode_case(text)
        one: tuple[Any, Any] = (known[Onset][given.onset], known[Location][given.location])
        (onset,), (location,) = one
        case = Case(
            onset=onset,
            location=location,
            triggers=words(known[Trigger], given.triggers),
            red_flags=words(known[RedFlag], given.red_flags),
            precautions=words(known[Precaution], given.precautions),
        )
    except (msgspec.MsgspecError, RecursionError, ValueError, KeyError):
        return None
    # The decoder takes the last of duplicate keys. A text with as many colons as known keys has none twice.
    lists = (given.triggers, given.red_flags, given.precautions)
    return case if text.count(":") == len(REQUIRED) + sum([each is not None for each in lists]) else None


def words(index: Index, texts: list[str] | None) -> Any:
    """Return the words of a list, None if it was left out. Raises KeyError for one unknown, or there twice."""
    if not texts:
        return None if texts is None else ()
    found = tuple([word for text in texts for word in index[text]])
    if len(found) != len(texts) or (len(texts) > 1 and len(set(found)) < len(texts)):
        raise KeyError
    return found


def read_ident(text: str) -> Any:
    """Return the `id` of a JSON object that may be no case, so that its problems can name it; None if it has none."""
    try:
        pairs = load_json(text)
    except CaseError:
        return None
    if not isinstance(pairs, _Pairs) or too_deep(pairs, MAX_DEPTH):
        return None
    problems: list[Problem] = []
    ident = next((node(value, "id", problems) for key, value in pairs if key == "id"), None)
    value = echoed_id(ident, problems) if ident else None
    return None if problems else value


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with its keys as they stood, duplicates included."""


class _Constant(str):
    """NaN or Infinity, which are no JSON."""


class _Number(str):
    """A JSON number as it was written, so that none is too large."""


def load_json(text: str) -> Any:
    """Return JSON with objects as pairs. Raises CaseError where it is not JSON, deep nesting included."""
    try:
        return json.loads(
            text, object_pairs_hook=_Pairs, parse_constant=_Constant, parse_int=_Number, parse_float=_Number
        )
    except json.JSONDecodeError as error:
        message = "a byte order mark (U+FEFF) stands before it" if text.startswith("\ufeff") else error.msg
        problem = Problem(line=error.lineno, column=error.colno, where="", message=f"not JSON: {message}")
    except RecursionError:
        problem = Problem(where="", message=TOO_DEEP)
    raise CaseError([problem])


def too_deep(value: Any, most: int) -> bool:
    """Whether lists and objects are nested more than `most` deep."""
    inner = [each for _, each in value] if isinstance(value, _Pairs) else value if isinstance(value, list) else ()
    return most < 0 or any(too_deep(each, most - 1) for each in inner)


def mapping(pairs: _Pairs, where: str, problems: list[Problem]) -> Keys:
    """Return an object as a tree, noting each key that stands in it twice."""
    keys = Keys(0, 0, {}, {})
    for key, value in pairs:
        path = f"{where}.{key}" if where else key
        if key in keys.values:
            problems.append(Problem(where=printable(path), message=f"duplicate key '{printable(key)}'"))
        else:
            keys.values[key] = node(value, path, problems)
            keys.spots[key] = (0, 0)
    return keys


def node(value: Any, where: str, problems: list[Problem]) -> Node:
    """Return a JSON value as a tree; JSON says what is a text, so nothing but null is bare."""
    if isinstance(value, _Pairs):
        return mapping(value, where, problems)
    if isinstance(value, list):
        return Items(0, 0, [node(item, f"{where}[{i}]", problems) for i, item in enumerate(value)])
    if value is None:
        return Scalar(0, 0, "null", True)
    if isinstance(value, _Constant):
        problems.append(Problem(where=printable(where), message=f"not JSON: {value} is not allowed"))
        return Node(0, 0)
    if isinstance(value, str) and not isinstance(value, _Number):
        return Scalar(0, 0, value, False)
    return Literal(0, 0, {True: "true", False: "false"}.get(value, str(value)))


def echoed_id(node: Node, problems: list[Problem]) -> Any:
    """Return the value of an `id`, to be echoed as it came."""
    match node:
        case Keys():
            for key in node.values:
                refuse_surrogates(key, problems)
            return {key: echoed_id(value, problems) for key, value in node.values.items()}
        case Items():
            return [echoed_id(item, problems) for item in node.items]
        case Literal():
            return msgspec.Raw(node.text.encode())
        case Scalar() if node.bare:
            return None
        case Scalar():
            refuse_surrogates(node.text, problems)
            return node.text
    return None  # its problem was noted


def refuse_surrogates(text: str, problems: list[Problem]) -> None:
    """Note a text that cannot be echoed."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        problems.append(Problem(where="id", message="holds half a character (a lone surrogate)"))
