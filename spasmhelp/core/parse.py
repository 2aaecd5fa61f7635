"""YAML text -> Table: frozen, references resolved; or every problem that it has."""

import re
from typing import Any, get_args, get_origin

from msgspec.structs import fields

from spasmhelp.core.decoding.case import Vocabulary, unlisted
from spasmhelp.core.decoding.entries import wrong_answers, wrong_levels, wrong_with
from spasmhelp.core.decoding.limits import overfull, too_large
from spasmhelp.core.decoding.placeholders import wrong_placeholders
from spasmhelp.core.decoding.typed import BAD, Enough, Reader, hint, required
from spasmhelp.core.document import Items, Keys, Node, Problem, Scalar, TableError, printable
from spasmhelp.core.language import Reading
from spasmhelp.core.model import (
    Case,
    Entry,
    Fits,
    Level,
    Location,
    Onset,
    Precaution,
    RedFlag,
    Region,
    ShortLine,
    Table,
    TableFile,
    Timer,
    Trigger,
    Unless,
    Watch,
    When,
    Word,
)
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.words import fold, index, meaning, noun, place_index
from spasmhelp.core.yaml_tree import read_yaml

SCHEMA = 2  # of a table
HINTED = 50  # problems of which so many say what may have been meant: it takes long to find out
ANSWERS = (Onset, Region, Location, Trigger, RedFlag, Precaution)  # what is answered with
PREMISES = (When, Fits, ShortLine, Unless, Watch, Timer)


def parse_table(text: str, name: str = "table", sha256: str = "") -> Table:
    """Return the table that a YAML text says.

    `name` is the file's, for messages. Raises TableError with all problems of the text, sorted by place.
    """
    reader = TableReader()
    root, reader.problems = read_yaml(text, name)
    check_schema(root, name)
    check_length(root, name)
    try:
        values = reader.sections(root)
    except Enough:
        raise TableError(
            [*reader.problems, Problem(where="", message="too many problems; no more are told")], name
        ) from None
    if reader.problems:
        raise TableError(reader.problems, name)
    table = Table(**values, file=TableFile(name=name, sha256=sha256, places=reader.places))
    if message := too_large(table):
        raise TableError([Problem(where="", message=message)], name)
    return table


def check_length(root: Node, name: str) -> None:
    """Raise TableError for the sections that hold too much, before they are read."""
    problems = [
        Problem(line=node.line, column=node.column, where=path, message=message)
        for node, path, message in overfull(root)
    ]
    if problems:
        raise TableError(problems, name)


def check_schema(root: Node, name: str) -> None:
    """Raise TableError for a table of another schema: that one problem, not all that follows from it."""
    about = root.values.get("about") if isinstance(root, Keys) else None
    schema = about.values.get("schema") if isinstance(about, Keys) else None
    if isinstance(schema, Scalar) and re.fullmatch("[0-9]{1,6}", schema.text) and int(schema.text) != SCHEMA:
        message = f"expected {SCHEMA}, the form that this version reads, found '{schema.text}'"
        if int(schema.text) < SCHEMA:
            message += f"; docs/table.md says how to move a table of schema {schema.text}"
        raise TableError([Problem(line=schema.line, column=schema.column, where="about.schema", message=message)], name)


class TableReader(Reader):
    """Reads the sections in their order, each entry known to the sections below it."""

    def __init__(self) -> None:
        super().__init__(self.defined)
        self.above: dict[type[Entry], dict[str, Any]] = {Region: {}}  # a table may have none
        self.cases: Vocabulary | None = None
        self.levels = frozenset(Level)

    def defined(self, kind: type[Entry], text: str) -> Any:
        """Look up an id among the entries above; inside a case, a name or synonym too."""
        if kind not in self.above:
            return BAD  # its whole section is missing, or has a problem
        entries = self.above[kind]
        if text in entries:
            return entries[text]
        hinted = len(self.problems) < HINTED
        if self.cases and kind in self.cases and (hinted or fold(text) in self.cases[kind]):
            word = meaning(kind, self.cases[kind], text)
            # Below an entry with a problem, an unknown word may well be one of its names.
            return BAD if isinstance(word, tuple) and BAD in entries.values() else word
        near = hint(text, entries) if hinted else ""
        return f"no {noun(kind)} called '{printable(text)}'{near}", tuple(entries)

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
        self.check_order(root, [name for name in sections if name in root.values])
        # A red flag may stop a step, so steps are read first, though they stand below.
        order = sorted(sections, key=lambda name: name == "red_flags")
        order.sort(key=lambda name: name in ("rules", "topics", "cases"))
        for name in order:
            if name in root.values:
                values[name] = self.section(name, sections[name].type, root.values[name])
        self.check_answers(values.get("reading", Reading()))
        return values

    def check_answers(self, reading: Any) -> None:
        """Note each word for yes, none or not sure that means something else, where it is written, else at that."""
        words = [word for kind in ANSWERS for word in self.above.get(kind, {}).values() if word is not BAD]
        for paths, message in wrong_answers(reading, words) if reading is not BAD else ():
            path = next(one for one in paths if one in self.places)
            self.problem(self.places[path], path, message)

    def check_order(self, root: Keys, names: list[str]) -> None:
        """Note each section that stands above one whose words it may use."""
        lowest, above = (0, 0), ""
        for name in names:
            spot = self.places[name] = root.spots[name]
            if spot < lowest:
                self.problem(spot, name, f"must stand below '{above}', whose words it may use")
            else:
                lowest, above = spot, name

    def items(self, kind: Any, node: Node, where: str) -> Any:
        """Read a list; a region in a list of locations stands for each of its places, if no place has its id."""
        regions = self.above[Region] if kind is Location else {}
        regions = {ident: one for ident, one in regions.items() if ident not in self.above.get(Location, {})}
        if not isinstance(node, Items) or not regions:
            return super().items(kind, node, where)
        known = list(self.above.get(Location, {}).values())
        items: list[Node] = []
        others: list[Node] = []
        for item in node.items:
            region = regions.get(item.text) if isinstance(item, Scalar) else None
            if region is BAD or (region and BAD in known):
                items.append(Node(item.line, item.column))  # its problem, or that of a place, is told already
                continue
            places = [Scalar(item.line, item.column, one.id, True) for one in known if region and one.region is region]
            items.append(places[0] if places else item)
            others += places[1:]
        # The others come last, so that what was written keeps its number in messages.
        return super().items(kind, Items(node.line, node.column, [*items, *others]), where)

    def struct(self, kind: Any, node: Node, where: str, **given: Any) -> Any:
        """Read a structure; an emptied list of premises would mean anything, which is not what was meant."""
        for name, value in node.values.items() if kind in PREMISES and isinstance(node, Keys) else ():
            if isinstance(value, Items) and not value.items:
                self.problem(value, f"{where}.{name}", "names nothing; leave the key out where anything will do")
        value = super().struct(kind, node, where, **given)
        if isinstance(value, Case):
            unlisted(self, value, f"{where}.")
        return value

    def section(self, name: str, kind: Any, node: Node) -> Any:
        """Read one section: entries by their ids, or a single structure."""
        if get_origin(kind) is tuple and issubclass(get_args(kind)[0], Entry):
            return self.entries(get_args(kind)[0], node, name)
        if name == "cases":
            sound = {kind: [one for one in entries.values() if one is not BAD] for kind, entries in self.above.items()}
            self.cases = {kind: index(words) for kind, words in sound.items() if issubclass(kind, Word)}
            self.cases[Location] = place_index(sound.get(Location, ()))
        value = self.read(kind, node, name)
        for i in range(len(value)) if name == "cases" and value is not BAD else ():
            if not value[i].sentence and f"cases[{i}].given" not in self.places:
                self.problem(self.places[f"cases[{i}]"], f"cases[{i}]", "missing key 'given', or a sentence")
        if name == "levels" and value is not BAD:
            self.levels = frozenset(value)
            for level, message in wrong_levels(value):
                path = f"{name}.{level}" if level else name
                self.problem(self.places[path] if level else node, path, message)
        if isinstance(value, Phrases):
            for phrase, message in wrong_placeholders(value):
                self.problem(self.places[f"{name}.{phrase}"], f"{name}.{phrase}", message)
        return value

    def entries(self, kind: type[Entry], node: Node, where: str) -> Any:
        """Read a section whose keys are ids."""
        if type(node) is Node:
            return BAD
        if not isinstance(node, Keys):
            return self.problem(node, where, "expected entries by their ids")
        if not node.values and kind in (Onset, Location):
            self.problem(node, where, f"names nothing; a table needs one {noun(kind)} at least")
        entries = self.above.setdefault(kind, {})
        for key, value in node.values.items():
            path = f"{where}.{key}"
            spot = self.places[path] = node.spots[key]
            if not re.fullmatch("[a-z][a-z0-9_]*", key):
                self.problem(spot, path, "an id is small letters, digits and underscores, such as 'foot_arch'")
            entries[key] = entry = self.struct(kind, value, path, id=key)
            for part, message in wrong_with(entry, self.levels) if entry is not BAD else ():
                self.problem(spot, path + part, message)
        return tuple(entries.values())
