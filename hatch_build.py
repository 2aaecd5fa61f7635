"""Compiles the table and its spellings to Python when a wheel is built; one that `check` would refuse is not built."""

import sys
from datetime import date
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from msgspec.structs import replace

HEAD = [
    '"""The built-in table, compiled from data/remedies.yaml when this wheel was built."""',
    "from datetime import date",
    "from spasmhelp.core.language import *",
    "from spasmhelp.core.model import *",
]


class CompiledTable(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `_table.py` and `_notes.py` to a wheel; a checkout and an editable install read the YAML instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the modules where the wheel's builder picks it up. Raises SystemExit for a table that is wrong."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        self.folder = TemporaryDirectory()
        table = sound_table(Path(self.root, "data", "remedies.yaml"))
        for name, text in (("_table.py", compiled(table)), ("_notes.py", compiled_notes(table))):
            path = Path(self.folder.name, name)
            path.write_text(text, encoding="utf-8")
            build_data["force_include"][str(path)] = f"spasmhelp/{name}"


def sound_table(path: Path) -> Any:
    """Return the table of a YAML file. Raises SystemExit, naming all that is wrong, if `check` would refuse it."""
    from spasmhelp.core.document import TableError
    from spasmhelp.core.verify import verify
    from spasmhelp.files import load_table

    try:
        table = load_table(str(path))
        wrong = [
            f"{fault.name}: {fault.path}: {fault.message}" for fault in verify(table, date.today()) if not fault.warning
        ]
    except TableError as error:
        wrong = [f"{one.line}:{one.column}: {one.where}: {one.message}" for one in error.problems]
    if wrong:
        raise SystemExit("\n".join(f"{path.name}: {line}" for line in wrong))
    return replace(table, file=replace(table.file, name="data/remedies.yaml"))  # wherever it was built


def compiled(table: Any) -> str:
    """Return the source of a module whose TABLE equals a table; each entry is made once, and named by its section."""
    lines, names = list(HEAD), dict[Any, str]()
    for section in table.__struct_fields__:
        entries = getattr(table, section)
        for i, entry in enumerate(entries) if isinstance(entries, tuple) else ():
            if hasattr(entry, "id"):
                lines.append(f"{section}_{i} = {source(entry, names)}")
                names[type(entry), entry.id] = f"{section}_{i}"
    lines.append(f"TABLE = {source(table, names)}")
    return "\n".join(lines) + "\n"


def compiled_notes(table: Any) -> str:
    """Return the source of a module whose NOTES are the spellings of a table."""
    from spasmhelp.core.reading.notes import noted

    head = '"""The spellings of the built-in table, as they were noted when this wheel was built."""'
    return f"{head}\nfrom spasmhelp.core.reading.notes import Notes\nNOTES = {noted(table)!r}\n"


def source(value: Any, names: dict[Any, str]) -> str:
    """Return a value of the model as a Python expression; an entry that has a name already, by that name."""
    if (type(value), getattr(value, "id", None)) in names:
        return names[type(value), value.id]
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{source(key, names)}: {source(each, names)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + "".join(f"{source(each, names)}, " for each in value) + ")"
    if hasattr(value, "__struct_fields__"):
        # A file's places are for `check`, which reads the YAML.
        pairs = ((name, getattr(value, name)) for name in value.__struct_fields__ if name != "places")
        return f"{type(value).__name__}({', '.join(f'{name}={source(each, names)}' for name, each in pairs)})"
    return f"date({value.year}, {value.month}, {value.day})" if isinstance(value, date) else repr(value)
