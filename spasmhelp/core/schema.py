"""The JSON Schemas of a case, of advice, of what is heard and of a table: made from the types of each."""

import ast
import inspect
import sys
import types
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct, UnsetType
from msgspec.structs import fields

from spasmhelp.core.decoding.typed import required
from spasmhelp.core.heard_json import HeardOut
from spasmhelp.core.model import Case, Entry, Table, TableFile
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.wire import AdviceOut

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ID = {"pattern": "^[a-z][a-z0-9_]*$"}
PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    types.NoneType: {"type": "null"},
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
# Onset and location are required, unless an emergency was reported: that needs nothing further.
ENOUGH: list[dict[str, Any]] = [
    {"required": ["onset", "location"], "properties": {"onset": {"type": "string"}, "location": {"type": "string"}}},
    {"required": ["red_flags"], "properties": {"red_flags": {"type": "array", "minItems": 1}}},
]


def case_schema() -> dict[str, Any]:
    """Return the schema of a case as it comes in; which words there are is for the table to say."""
    made = Schema(strict=True)
    schema = made.of_struct(Case)
    schema["properties"] = {"id": {"description": "Echoed as it came."}} | schema["properties"]
    # The reader takes null for a list, or an answer, that was left out; `id` is not in the model.
    return {"$schema": DRAFT, "title": "A case for spasmhelp"} | schema | {"anyOf": ENOUGH, "$defs": made.defs}


def advice_schema() -> dict[str, Any]:
    """Return the schema of advice; keys may be added to it without a new `schema`, so more are allowed."""
    made = Schema(strict=False)
    return {"$schema": DRAFT, "title": "Advice of spasmhelp"} | made.of_struct(AdviceOut) | {"$defs": made.defs}


def heard_schema() -> dict[str, Any]:
    """Return the schema of what a sentence says; more keys are allowed, as in advice."""
    made = Schema(strict=False)
    return {"$schema": DRAFT, "title": "What spasmhelp hears"} | made.of_struct(HeardOut) | {"$defs": made.defs}


def table_schema() -> dict[str, Any]:
    """Return the schema of a table: its sections in their order, their entries by their ids."""
    made = Schema(strict=True)
    schema = made.of_struct(Table)
    return {"$schema": DRAFT, "title": "A table of spasmhelp"} | schema | {"$defs": dict(sorted(made.defs.items()))}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "case": case_schema,
    "advice": advice_schema,
    "heard": heard_schema,
    "table": table_schema,
}


class Schema:
    """Makes schemas of types; each structure once, in `defs`. A strict one allows no unknown keys."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.defs: dict[str, Any] = {}

    def of_struct(self, kind: type[Struct]) -> dict[str, Any]:
        """Return the schema of a structure: an object with a key for each field."""
        keys = [
            field
            for field in fields(kind)
            if field.type is not TableFile and not (is_entry(kind) and field.name == "id")
        ]
        schema: dict[str, Any] = {"description": described(kind), "type": "object"}
        schema["properties"] = {
            field.name: self.of_entries(field.type) if kind is Table else self.of(field.type) for field in keys
        }
        if kind is Phrases:  # who translates them reads the English ones here
            schema["properties"] = {field.name: {"type": "string", "default": field.default} for field in keys}
        schema["required"] = [field.name for field in keys if required(field)]
        if self.strict:
            schema["additionalProperties"] = False
        return schema

    def of_entries(self, kind: Any) -> dict[str, Any]:
        """Return the schema of a section: entries by their ids, or what its type says."""
        of = get_args(kind)[0] if get_origin(kind) is tuple else None
        if of is None or not is_entry(of):
            return self.of(kind)
        return {"type": "object", "propertyNames": ID, "additionalProperties": self.reference(of)}

    def reference(self, kind: type[Struct]) -> dict[str, Any]:
        """Return a reference to the schema of a structure."""
        if kind.__name__ not in self.defs:
            self.defs[kind.__name__] = {}
            self.defs[kind.__name__] = self.of_struct(kind)
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def of(self, kind: Any) -> dict[str, Any]:
        """Return the schema of any type; an entry inside another stands there as one word."""
        origin, parts = get_origin(kind), get_args(kind)
        if kind in PLAIN:
            return PLAIN[kind]
        if origin is Annotated:  # Raw, and what is encoded in it
            return self.of(parts[1])
        if origin in (Union, types.UnionType):
            *others, last = [part for part in parts if part is not UnsetType]  # unset is a key left out
            return {"anyOf": [self.of(part) for part in (*others, last)]} if others else self.of(last)
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (tuple, list):
            twice = {"uniqueItems": True} if origin is tuple and (parts[0] is str or is_entry(parts[0])) else {}
            return {"type": "array", "items": self.of(parts[0])} | twice
        if origin is dict:
            return {"type": "object", "propertyNames": self.of(parts[0]), "additionalProperties": self.of(parts[1])}
        if is_entry(kind):
            return {"type": "string"}
        return self.reference(kind) if issubclass(kind, Struct) else self.of_enum(kind)

    def of_enum(self, kind: type[Enum]) -> dict[str, Any]:
        """Return the schema of an enum: its names."""
        return {"description": described(kind), "enum": list(kind.__members__)}


def described(kind: type) -> str:
    """Return what a type says of itself, in one line."""
    return " ".join(docstrings(kind.__module__)[kind.__name__].split())


@cache
def docstrings(module: str) -> dict[str, str]:
    """Return the docstrings of a module's types, from its source: `python -OO` keeps none of them."""
    top = ast.parse(inspect.getsource(sys.modules[module])).body
    return {node.name: ast.get_docstring(node) or "" for node in top if isinstance(node, ast.ClassDef)}


def is_entry(kind: Any) -> bool:
    """Whether a type is one of the table's entries, which have an id."""
    return isinstance(kind, type) and issubclass(kind, Entry)
