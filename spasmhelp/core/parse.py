"""YAML text -> Table: frozen, references resolved; or every problem that it has."""

import re
from typing import Any, get_args, get_origin

from msgspec.structs import fields

from spasmhelp.core.decoding.case import Vocabulary
from spasmhelp.core.decoding.typed import BAD, Enough, Reader, hint, required
from spasmhelp.core.document import Items, Keys, Node, Problem, TableError, printable, read_yaml
from spasmhelp.core.model import (
    About,
    Entry,
    Fits,
    Level,
    Rule,
    Table,
    TableFile,
    Timer,
    Unless,
    Watch,
    When,
    Word,
)
from spasmhelp.core.words import RESERVED, fold, index, meaning, noun, spellings

SCHEMA = 1  # of a table
PREMISES = (When, Fits, Unless, Watch, Timer)
TIMERS = ({"minutes"}, {"minutes", "check_at", "check"}, {"at_most_minutes", "then"})  # what is said together


def parse_table(text: str, name: str = "table", sha256: str = "") -> Table:
    """Return the table that a YAML text says.

    `name` is the file's, for messages. Raises TableError with all problems of the text, sorted by place.
    """
    reader = TableReader()
    root, reader.problems = read_yaml(text, name)
    try:
        values = reader.sections(root)
    except Enough:
        raise TableError(
            [*reader.problems, Problem(where="", message="too many problems; no more are told")], name
        ) from None
    if reader.problems:
        raise TableError(reader.problems, name)
    return Table(**values, file=TableFile(name=name, sha256=sha256, places=reader.places))


class TableReader(Reader):
    """Reads the sections in their order, each entry known to the sections below it."""

    def __init__(self) -> None:
        super().__init__(self.defined)
        self.above: dict[type[Entry], dict[str, Any]] = {}
        self.cases: Vocabulary | None = None
        self.levels = frozenset(Level)

    def defined(self, kind: type[Entry], text: str) -> Any:
        """Look up an id among the entries above; inside a case, a name or synonym too."""
        if kind not in self.above:
            return BAD  # its whole section is missing, or has a problem
        entries = self.above[kind]
        if text in entries:
            return entries[text]
        if self.cases and kind in self.cases:
            word = meaning(kind, self.cases[kind], text)
            # Below an entry with a problem, an unknown word may well be one of its names.
            return BAD if isinstance(word, tuple) and BAD in entries.values() else word
        return f"no {noun(kind)} called '{printable(text)}'{hint(text, entries)}", tuple(entries)

    def sections(self, root: Node) -> dict[str, Any]:
        """Return the fields of the table; what had a problem is BAD. What is no table at all is one problem."""
        sections = {field.name: field for field in fields(Table) if field.name != "file"}
        if not isinstance(root, Keys) or not sections.keys() & root.values.keys():
            del self.problems[1:]
            if not self.problems:
                self.problem(root, "", f"expected the sections of a table: {', '.join(sections)}")
            return {}
        self.unknown_keys(root, sections, "")
        absent = [f"'{name}'" for name, field in sections.items() if required(field) and name not in root.values]
        if absent:
            self.problem(root, "", f"missing section{'s' * (len(absent) > 1)} {', '.join(absent)}")
        values = {}
        lowest, above = (0, 0), ""
        for name, field in sections.items():
            if name not in root.values:
                continue
            spot = self.places[name] = root.spots[name]
            if spot < lowest:
                self.problem(spot, name, f"must stand below '{above}', whose words it may use")
            else:
                lowest, above = spot, name
            values[name] = self.section(name, field.type, root.values[name])
        return values

    def struct(self, kind: Any, node: Node, where: str, **given: Any) -> Any:
        """Read a structure; an emptied list of premises would mean anything, which is not what was meant."""
        for name, value in node.values.items() if kind in PREMISES and isinstance(node, Keys) else ():
            if isinstance(value, Items) and not value.items:
                self.problem(value, f"{where}.{name}", "names nothing; leave the key out where anything will do")
        return super().struct(kind, node, where, **given)

    def section(self, name: str, kind: Any, node: Node) -> Any:
        """Read one section: entries by their ids, or a single structure."""
        if get_origin(kind) is tuple and issubclass(get_args(kind)[0], Entry):
            return self.entries(get_args(kind)[0], node, name)
        if name == "cases":
            self.cases = {
                kind: index(entry for entry in entries.values() if entry is not BAD)
                for kind, entries in self.above.items()
                if issubclass(kind, Word)
            }
        value = self.read(kind, node, name)
        if isinstance(value, About) and isinstance(node, Keys) and value.schema != SCHEMA:
            message = f"expected {SCHEMA}, the form that this version reads, found '{value.schema}'"
            self.problem(node.values["schema"], "about.schema", message)
        if name == "levels" and value is not BAD:
            self.levels = frozenset(value)
            for level in (Level.self_care, Level.see_clinician):
                if level not in value:
                    self.problem(node, name, f"missing key '{level.name}'")
        return value

    def entries(self, kind: type[Entry], node: Node, where: str) -> Any:
        """Read a section whose keys are ids."""
        if type(node) is Node:
            return BAD
        if not isinstance(node, Keys):
            return self.problem(node, where, "expected entries by their ids")
        entries = self.above.setdefault(kind, {})
        for key, value in node.values.items():
            path = f"{where}.{key}"
            spot = self.places[path] = node.spots[key]
            if not re.fullmatch("[a-z][a-z0-9_]*", key):
                self.problem(spot, path, "an id is small letters, digits and underscores, such as 'foot_arch'")
            entries[key] = entry = self.struct(kind, value, path, id=key)
            if entry is not BAD:
                self.check(entry, spot, path)
        return tuple(entries.values())

    def check(self, entry: Entry, spot: tuple[int, int], path: str) -> None:
        """Note what the types alone cannot say."""
        if isinstance(entry, Word):
            for spelling in spellings(entry):
                if fold(spelling) in RESERVED or fold(spelling).isdigit() or ":" in spelling:
                    self.problem(spot, path, f"'{printable(spelling)}' cannot be a name: it has a meaning of its own")
        if isinstance(entry, Rule) and not entry.advise and entry.level is Level.self_care:
            self.problem(spot, path, "a rule needs steps to advise, or a level above self_care")
        for name in ("level", "timer"):
            value = getattr(entry, name, None)
            level = value.then if isinstance(value, Timer) else value
            if isinstance(level, Level) and level not in self.levels:
                self.problem(spot, path, f"the level '{level.name}' has no words in the section 'levels'")
        if isinstance(timer := getattr(entry, "timer", None), Timer):
            self.check_timer(timer, spot, f"{path}.timer")

    def check_timer(self, timer: Timer, spot: tuple[int, int], path: str) -> None:
        """A timer either counts down (minutes) or up to a limit (at_most_minutes, then)."""
        if {name for name in set().union(*TIMERS) if getattr(timer, name) not in (None, "")} not in TIMERS:
            self.problem(spot, path, "needs 'at_most_minutes' and 'then', or 'minutes' (with 'check_at' and 'check')")
        elif min(n for n in (timer.minutes, timer.check_at, timer.at_most_minutes) if n is not None) < 1:
            self.problem(spot, path, "a time is one minute at least")
        elif timer.then is Level.self_care:
            self.problem(spot, path, "at the limit help is needed: 'then' must be a level above self_care")
        elif timer.check_at is not None and timer.minutes is not None and timer.check_at >= timer.minutes:
            self.problem(spot, path, "the check comes before the end: 'check_at' must be less than 'minutes'")
