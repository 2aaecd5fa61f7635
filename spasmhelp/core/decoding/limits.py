"""The most that a table may hold: within it, any table is checked in seconds, and in little memory."""

from collections.abc import Iterator, Mapping, Sequence

from spasmhelp.core.asked import places_of_asking
from spasmhelp.core.document import Items, Keys, Node
from spasmhelp.core.model import Rule, Table
from spasmhelp.core.reading.tree import PART

MOST_ENTRIES = 1_000  # of a section
MOST_NAMES = 10_000  # synonyms, cues and hints of all words
MOST_CASES = 3_000  # of those that the table is tested with
MOST_SMALL_CASES = 50_000  # onsets x locations x (triggers and none)
MOST_COVERED = 500_000  # small cases, counted once for everything that every rule does in them
MOST_ASKED = 100_000  # onsets x locations x (all that is looked at in each: lines, steps, what rules them out, rules)
MOST_NESTED = 10  # groups of section 'reading' inside one another


NAMES = ("synonyms", "cues", "hints")


def overfull(root: Node) -> Iterator[tuple[Node, str, str]]:
    """Yield each section of a tree that holds too much, or makes the words too many: its node, its name, a message."""
    names = 0
    for name, node in root.values.items() if isinstance(root, Keys) else ():
        names += (found := names_in(node))
        if names > MOST_NAMES >= names - found:
            yield node, name, f"makes it {names:,} synonyms, cues and hints; {MOST_NAMES:,} are the most"
        size = len(node.items) if isinstance(node, Items) else len(node.values) if isinstance(node, Keys) else 0
        most = MOST_CASES if name == "cases" else MOST_ENTRIES
        if size > most:
            yield node, name, f"holds {size:,} entries; {most:,} are the most"


def names_in(section: Node) -> int:
    """Return the number of synonyms, cues and hints in a section of a tree."""
    entries = section.values.values() if isinstance(section, Keys) else ()
    lists = (entry.values.get(key) for entry in entries if isinstance(entry, Keys) for key in NAMES)
    return sum(len(one.items) for one in lists if isinstance(one, Items))


def too_large(table: Table) -> str:
    """Return how a table as a whole is more than can be checked or read in good time; nothing if it is not."""
    places = len(table.onsets) * len(table.locations)
    small = places * (len(table.triggers) + 1)
    covered = sum(covered_by(table, rule) * (len(rule.advise) + 1) for rule in table.rules)
    lines = sum(
        len(places_of_asking(flag)) + (1 if isinstance(flag.short, str) else len(flag.short))
        for flag in table.red_flags
    )
    reasons = sum(1 + len(step.unless) for step in table.steps)
    asked = places * (lines + reasons + len(table.precautions) + len(table.rules))
    for size, most, what in (
        (small, MOST_SMALL_CASES, "small cases: onsets x locations x (triggers and none)"),
        (covered, MOST_COVERED, "effects of rules: small cases where a rule applies x its steps"),
        (asked, MOST_ASKED, "looks at places: onsets x locations x (lines, steps, their 'unless', precautions, rules)"),
    ):
        if size > most:
            return f"is too large to be checked: {size:,} {what}; {most:,} are the most"
    if is_too_nested(table.reading.groups):
        return f"has groups in section 'reading' that hold one another over {MOST_NESTED} deep, or in a circle"
    return ""


def is_too_nested(groups: Mapping[str, Sequence[str]]) -> bool:
    """Whether groups hold one another too deep, or in a circle, which has no end."""
    inside = {f"{{{name}}}": {part for one in groups[name] for part in PART.findall(one)} for name in groups}
    level = set(inside)
    for _ in range(MOST_NESTED + 1):
        level = {part for name in level for part in inside.get(name, ())}
    return not level.isdisjoint(inside)


def covered_by(table: Table, rule: Rule) -> int:
    """Return the number of small cases in which a rule applies."""
    when = rule.when
    triggers = len(when.trigger) or len(table.triggers) + 1
    return (len(when.onset) or len(table.onsets)) * (len(when.location) or len(table.locations)) * triggers
