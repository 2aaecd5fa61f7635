"""Tables and cases that hypothesis makes up, and the printer that turns a table into YAML again."""

from typing import Any

import yaml
from hypothesis import strategies as st
from msgspec.structs import fields

from spasmhelp import Case, Table
from spasmhelp.core.asked import SCREENED
from spasmhelp.core.document import UNPRINTABLE
from spasmhelp.core.language import Reading
from spasmhelp.core.model import Asked, Extent, Word
from spasmhelp.core.parse import parse_table
from spasmhelp.core.reference import sections
from spasmhelp.core.wire import as_data
from spasmhelp.core.words import RESERVED, fold

Data = dict[str, Any]
LISTS = ("triggers", "red_flags", "precautions")
# Texts that a careless reader would take for something else: YAML, markup, numbers, dates, JSON, a shell's words.
ODD = (
    """[red]x[/] null no 012 1e3 2026-11-23 {a:b} # ' " &a *a !t %a `a` $(a) a\\nb é \U0001f4a9 e\u0301 [/] ? --- ..."""
)
TRICKY = [*ODD.split(), "- a", "# a", "a: b", "!t a", "a, b", "{a: b}"]


def usable(text: str) -> bool:
    return bool(text.strip()) and not UNPRINTABLE.search(text)


# The words for none, yes and not sure belong to no word of a table.
TAKEN = {*RESERVED, *map(fold, (*Reading().none, *Reading().yes, *Reading().unsure))}


def nameable(text: str) -> bool:
    return (
        usable(text) and bool(fold(text)) and fold(text) not in TAKEN and ":" not in text and not fold(text).isdigit()
    )


# YAML has no way to write what is no character: unassigned code points, surrogates, U+FFFE and U+FFFF.
letters = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff")
free_texts = st.text(letters, min_size=1, max_size=12).filter(usable)
texts = st.sampled_from(TRICKY)  # most fields: drawing letters takes long
names = st.one_of(st.sampled_from([text for text in TRICKY if nameable(text)]), free_texts.filter(nameable))
idents = st.from_regex("[a-z][a-z0-9_]{0,5}", fullmatch=True).filter(nameable)


def subset(values: Any, **limits: Any) -> st.SearchStrategy[list[Any]]:
    """Return lists of some of these values, in any order, none twice."""
    values = list(values)
    return st.lists(st.sampled_from(values), unique=True, **limits) if values else st.just([])


@st.composite
def some(draw: Any, entry: st.SearchStrategy[Data], low: int, high: int) -> dict[str, Data]:
    """Return a section: entries by ids, in which no spelling belongs to two words."""
    taken: set[str] = set()
    section = {}
    for ident in draw(st.lists(idents, min_size=low, max_size=high, unique_by=fold)):
        taken.add(fold(ident))
        section[ident] = draw(entry)
    for value in section.values():
        if "synonyms" in value:
            free = [name for name in draw(st.lists(names, max_size=3, unique_by=fold)) if fold(name) not in taken]
            value["name"], *value["synonyms"] = free or [next(fresh(taken))]
            taken.update(map(fold, [value["name"], *value["synonyms"]]))
    return section


def fresh(taken: set[str]) -> Any:
    """Yield names that nothing has."""
    return (f"name {n}" for n in range(10_000) if f"name_{n}" not in taken)


def entry(required: Data, optional: Data | None = None) -> st.SearchStrategy[Data]:
    """Return the keys of an entry; a name or synonyms are filled in by `some`."""
    return st.fixed_dictionaries(required, optional=optional or {})


def findings(places: Data) -> st.SearchStrategy[Data]:
    """Return a `when`: for each key some of its words, or the key left out."""
    return st.fixed_dictionaries({}, optional={key: subset(ids, min_size=1) for key, ids in places.items() if ids})


def mapped(keys: Any, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    """Return mappings from some of these keys."""
    return st.dictionaries(st.sampled_from(list(keys)), values, max_size=3) if keys else st.just({})


WORD = {"name": texts, "synonyms": st.just([])}
ORIGIN = {
    "origin": st.sampled_from(["article", "reply", "reader", "guideline"]),
    "sources_say": st.sampled_from(["agree", "partly", "nothing", "disagree"]),
}
ASKED = {"ask": texts, "because": texts}
NETS = st.lists(texts, max_size=2, unique=True)


def sources() -> st.SearchStrategy[Data]:
    kind = st.sampled_from(["article", "study"])
    return some(entry({"kind": kind, "cite": texts, "seen": st.just("copy")}, {"name": texts, "url": texts}), 1, 2)


def red_flags(levels: list[str], places: Data, steps: Data, cited: Any) -> st.SearchStrategy[Data]:
    """A red flag may be asked in several cases, in several lines, and late; and it may stop steps."""
    part = st.sampled_from(["before", "after"])
    line = entry({"say": texts}, {"location": subset(places["location"], min_size=1, max_size=2), "asked": part})
    flag = {**WORD, **ASKED, "level": st.sampled_from(levels), "do": texts}
    when = st.one_of(findings(places), st.lists(findings(places), min_size=1, max_size=2))
    more = {"when": when, "tell": texts, "sources": cited, "asked": part, "stops": subset(steps, max_size=2)}
    more["short"] = st.one_of(texts, st.lists(line, min_size=1, max_size=3))
    return some(entry(flag, more), 0, 4)


def precautions() -> st.SearchStrategy[Data]:
    """Some rule out every step, and say why."""
    asked = {**WORD, "ask": texts}
    every = asked | {"rules_out": st.just("every_step"), "because": texts}
    return some(st.one_of(entry(asked, {"short": texts}), entry(every, {"short": texts})), 0, 3)


def steps(levels: list[str], places: Data, precautions: Data, cited: Any) -> st.SearchStrategy[Data]:
    unless = st.one_of(
        texts, entry({"because": texts}, {"location": subset(places["location"], min_size=1, max_size=2)})
    )
    timer = st.one_of(
        entry({"at_most_minutes": st.integers(1, 99), "then": st.sampled_from(levels[1:])}),
        entry({"minutes": st.just(9), "check_at": st.integers(1, 8), "check": texts}),
        entry({"minutes": st.integers(1, 99)}),
    )
    more = {"how": mapped(places["location"], texts), "hold": mapped(places["onset"], texts), "timer": timer}
    more |= {"unless": mapped(precautions, unless), "because": texts, "sources": cited}
    phase = st.sampled_from(["now", "next", "prevent"])
    return some(entry({**WORD, **ORIGIN, "phase": phase, "do": free_texts}, more), 1, 4)


def rules(levels: list[str], findable: Data, advised: Data, cited: Any) -> st.SearchStrategy[Data]:
    """A rule has steps, or a level above self_care, or both."""
    more = {"when": findings(findable), "do": texts, "tell": texts, "sources": cited}
    advising = {"advise": subset(advised, min_size=1, max_size=3), "because": texts}
    raising = {"level": st.sampled_from(levels[1:]), "because": texts}
    return some(st.one_of(entry(advising, more | {"level": st.sampled_from(levels)}), entry(raising, more)), 0, 5)


@st.composite
def table_data(draw: Any) -> Data:
    """Return a table as plain data: nothing in it is a problem, though much may be a fault."""
    levels = ["self_care", "see_clinician", *draw(subset(["urgent_care", "emergency"]))]
    data: Data = {
        "about": {"schema": 2, "reviewed": "2026-11-23", "review_by": "2027-11-23"}
        | {name: draw(free_texts) for name in ("title", "reviewed_by", "disclaimer")},
        "sources": draw(sources()),
        "levels": {
            name: draw(entry({"name": texts, "do": texts, "withheld": texts}, {"safety_net": NETS})) for name in levels
        },
        "questions": {
            name: draw(entry(ASKED | ({"unasked": texts, "guarded": texts} if name == "red_flags" else {})))
            for name in ("onset", "location", *LISTS)
        },
        "onsets": draw(some(entry(WORD, {"safety_net": NETS}), 1, 2)),
        "regions": draw(some(entry(WORD), 0, 2)),
    }
    region = {"region": st.sampled_from(list(data["regions"]))} if data["regions"] else {}
    data |= {
        "locations": draw(some(entry(WORD, region | {"guarded": st.booleans(), "safety_net": NETS}), 1, 3)),
        "triggers": draw(some(entry(WORD), 0, 3)),
    }
    cited = subset(data["sources"], max_size=2)
    places = {"onset": list(data["onsets"]), "location": list(data["locations"])}
    findable = places | {"trigger": list(data["triggers"])}
    data["red_flags"] = {}  # they stand above the steps that they may stop
    data["precautions"] = draw(precautions())
    if phrases := draw(st.sampled_from([{}, {"now": "JETZT", "not_asked": "Nicht gefragt: {lines}."}])):
        data["phrases"] = phrases
    data["steps"] = draw(steps(levels, places, data["precautions"], cited))
    data["red_flags"] = draw(red_flags(levels, findable, data["steps"], cited))
    data["rules"] = draw(rules(levels, findable, data["steps"], cited))
    used = {place["region"] for place in data["locations"].values() if "region" in place} - set(data["locations"])
    for entries in (data["red_flags"], data["rules"]):
        for one in entries.values():
            if used and isinstance(one.get("when"), dict) and draw(st.booleans()):
                one["when"]["location"] = [draw(st.sampled_from(sorted(used)))]  # its places, in a word
    data["topics"] = draw(some(entry(ORIGIN | {"title": texts, "text": texts}, {"sources": cited}), 0, 1))
    return data


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes equal values each in full: a table may hold no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(data: Data) -> str:
    """Return plain data as YAML text, every key where it stands."""
    return yaml.dump(data, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def printed(table: Table) -> str:
    """Return a table as the YAML text that says it."""
    data: Data = {}
    entries = sections(table)
    for field in fields(Table):
        if field.name in entries:
            parts = [(entry.id, as_data(entry)) for entry in entries[field.name]]
            data[field.name] = {ident: {k: v for k, v in part.items() if k != "id"} for ident, part in parts}
        elif field.name != "file":
            data[field.name] = as_data(getattr(table, field.name), top=False)
    return as_yaml(data)


def tables() -> st.SearchStrategy[Table]:
    """Return tables that were printed as YAML and parsed."""
    return table_data().map(lambda data: parse_table(as_yaml(data), "generated.yaml"))


def chosen(words: tuple[Word, ...]) -> st.SearchStrategy[tuple[Word, ...]]:
    """Return some of these words, in any order, as an answer to a question that was asked."""
    return subset(words, max_size=4).map(tuple)


@st.composite
def cases(draw: Any, table: Table, complete: bool = False) -> Case:
    """Return any case that can be made of a table, its questions asked so far or so; a complete one has a place."""
    missing = [] if complete else [st.none()]
    answers = {name: draw(st.one_of(st.none(), chosen(getattr(table, name)))) for name in LISTS}
    extents = {name: [None, Extent.none, *([] if answers[name] is None else [*Extent])] for name in SCREENED}
    return Case(
        onset=draw(st.one_of(st.sampled_from(table.onsets), *missing)),
        location=draw(st.one_of(st.sampled_from(table.locations), *missing)),
        **answers,
        asked=Asked(**{name: draw(st.sampled_from(extents[name])) for name in SCREENED}),
    )


@st.composite
def tables_and_cases(draw: Any, complete: bool = False) -> tuple[Table, Case]:
    """Return a table and a case of it."""
    table = draw(tables())
    return table, draw(cases(table, complete))


def case_ids(case: Case) -> Data:
    """Return a case as JSON says it, what was not asked left out."""
    return {key: value for key, value in as_data(case).items() if value is not None}
