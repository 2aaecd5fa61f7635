"""What two tables tell differently: for which smallest cases the level, steps, withheld ones or actions change."""

from collections.abc import Iterator
from itertools import product
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.asked import fitting_flags
from spasmhelp.core.model import Case, Entry, Level, Table, Timer, Word
from spasmhelp.core.words import index

E = TypeVar("E", bound=Entry)
Facts = dict[tuple[str, str], str]  # (kind, subject) -> what is said of it
SENTENCES = ("says", "action", "tell", "because", "safety_net")
LEVELS = (("level", ""), ("level without", ""))  # of the case, and of the same case without its red flag
SECTIONS = ("onsets", "locations", "triggers", "red_flags", "precautions", "steps")


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that is told differently; None is "not at all". The cases, of the new table, are the smallest."""

    kind: str
    subject: str
    before: str | None
    after: str | None
    cases: tuple[Case, ...] = ()


def differ(old: Table, new: Table) -> list[Difference]:
    """Return what the new table tells differently, each difference once, with the smallest cases that show it.

    Compared are the cases of every onset, location and no trigger or a single one; then each red flag alone, and each
    precaution alone (with every trigger, so that no step is missing). That suffices: with several triggers the steps
    are the union, the level the highest, and the sentences those of the highest level; a red flag does the same beside
    any rule, and a precaution the same to a step whatever advised it. Words that only one table has are told by their
    ids; where the level changes, the sentences that come with it are not told one by one. Compared besides are what
    each spelling means, and how a red flag or precaution is asked. It does not see the order of steps and sentences,
    which of two reported precautions gives the reason, nor how the five questions and the topics are worded.
    """
    found: dict[tuple[str, str, str | None, str | None], list[Case]] = {}
    for before, after, case in changes(old, new):
        for key in dict.fromkeys([*before, *after]):
            was, now = before.get(key), after.get(key)
            if was != now and not implied(*key, before, after):
                found.setdefault((*key, was, now), []).append(case)
    told = [
        Difference(kind=kind, subject=subject, before=was, after=now, cases=smallest(cases))
        for (kind, subject, was, now), cases in found.items()
    ]
    return [*word_differences(old, new), *asked_differences(old, new), *told]


def implied(kind: str, subject: str, before: Facts, after: Facts) -> bool:
    """Whether a difference is told already: another level has other sentences, and a new step has words of its own."""
    if kind in SENTENCES:
        return any(before.get(key) != after.get(key) for key in LEVELS)
    whose = ("step", subject)
    return kind == LEVELS[1][0] or (kind in ("wording", "timer") and before.get(whose) != after.get(whose))


def smallest(cases: list[Case]) -> tuple[Case, ...]:
    """Return the cases without those that report a trigger or red flag where the difference shows without it."""
    plain = {(case.onset, case.location) for case in cases if not (case.triggers or case.red_flags)}
    return tuple(
        case
        for case in dict.fromkeys(cases)
        if not (case.triggers or case.red_flags) or (case.onset, case.location) not in plain
    )


def word_differences(old: Table, new: Table) -> Iterator[Difference]:
    """Yield the words and steps that only one of the tables has."""
    for section in SECTIONS:
        was, now = ids(getattr(old, section)), ids(getattr(new, section))
        for ident in (ident for ident in {**was, **now} if ident not in was or ident not in now):
            there = "in the table"
            before, after = (there if ident in was else None), (there if ident in now else None)
            yield Difference(kind=section, subject=ident, before=before, after=after)


def asked_differences(old: Table, new: Table) -> Iterator[Difference]:
    """Yield the spellings that mean another word than before, and the red flags and precautions asked otherwise."""
    for section in SECTIONS[:5]:
        was, now = meanings(getattr(old, section)), meanings(getattr(new, section))
        words = ids(getattr(old, section)).keys() & ids(getattr(new, section)).keys()
        for spelling in dict.fromkeys([*was, *now]):
            before, after = was.get(spelling), now.get(spelling)
            if before != after and words & {*(before or ()), *(after or ())}:
                one, other = (" or ".join(several) if several else None for several in (before, after))
                yield Difference(kind="answer", subject=f"{section}: {spelling}", before=one, after=other)
    for section in ("red_flags", "precautions"):
        asked, asks = ({word.id: word.ask for word in getattr(table, section)} for table in (old, new))
        for ident in (ident for ident in asks if asked.get(ident, asks[ident]) != asks[ident]):
            yield Difference(kind="question", subject=f"{section}: {ident}", before=asked[ident], after=asks[ident])


def meanings(words: tuple[Word, ...]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the words that each spelling means."""
    return {spelling.replace("_", " "): tuple(word.id for word in found) for spelling, found in index(words).items()}


def ids(entries: tuple[E, ...]) -> dict[str, E]:
    """Return entries by their ids."""
    return {entry.id: entry for entry in entries}


def changes(old: Table, new: Table) -> Iterator[tuple[Facts, Facts, Case]]:
    """Yield what is told before and after, and the case of the new table, for every case that matters."""
    twin = Twin(old)
    onsets, locations, triggers, flags, precautions = (
        [word for word in getattr(new, section) if word.id in ids(getattr(old, section))] for section in SECTIONS[:5]
    )
    for onset, location in product(onsets, locations):
        place = Case(onset=onset, location=location, triggers=(), red_flags=(), precautions=())
        for reported in ((), *((trigger,) for trigger in triggers)):
            case = replace(place, triggers=reported)
            yield plain_facts(old, twin.of(case)), plain_facts(new, case), case
        unasked = replace(place, red_flags=None)
        yield unasked_facts(old, twin.of(unasked)), unasked_facts(new, unasked), unasked
        for flag in flags:
            case = replace(place, red_flags=(flag,))
            yield flag_facts(old, twin.of(place), twin.of(case)), flag_facts(new, place, case), case
        many = replace(place, triggers=tuple(triggers))
        for precaution in precautions:
            yield from held_back(old, new, twin, replace(many, precautions=(precaution,)))


class Twin:
    """Finds the words of one table that have the ids of another's."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.words = {section: ids(getattr(table, section)) for section in SECTIONS}

    def of(self, case: Case) -> Case:
        """Return the same case in the words of this table."""
        assert case.onset
        assert case.location
        lists = {
            name: None if words is None else tuple(self.words[name][word.id] for word in words)
            for name, words in (
                ("triggers", case.triggers),
                ("red_flags", case.red_flags),
                ("precautions", case.precautions),
            )
        }
        onset, location = self.words["onsets"][case.onset.id], self.words["locations"][case.location.id]
        return Case(onset=onset, location=location, **lists)


def plain_facts(table: Table, case: Case) -> Facts:
    """Return all that a case without red flags and precautions is told."""
    advice = advise(table, case)
    facts = said(table, advice)
    for given in advice.steps:
        facts["step", given.step.id] = "given"
        facts["wording", given.step.id] = " ".join(part for part in (given.how or given.step.do, given.hold) if part)
        if timer := given.step.timer:
            facts["timer", given.step.id] = ", ".join(f"{name} {value}" for name, value in set_fields(timer))
    for one in advice.withheld:
        facts["step", one.step.id] = "withheld"
    facts |= {("safety_net", line): "said" for line in advice.safety_net[:-1]}
    return facts


def set_fields(timer: Timer) -> Iterator[tuple[str, str]]:
    """Yield what a timer says, key by key."""
    for name in timer.__struct_fields__:
        value = getattr(timer, name)
        if value:
            yield (
                name,
                " ".join(word.id for word in value) if isinstance(value, tuple) else getattr(value, "name", value),
            )


def flag_facts(table: Table, place: Case, case: Case) -> Facts:
    """Return the level and sentences of a case with a red flag, beside the level of the same place without it."""
    return said(table, advise(table, case)) | {LEVELS[1]: advise(table, place).level.name}


def said(table: Table, advice: Advice) -> Facts:
    """Return the level and the sentences of an advice."""
    opening = table.levels[advice.level].do
    facts: Facts = {("level", ""): advice.level.name, ("says", advice.level.name): opening}
    facts |= {("action", text): "said" for text in advice.actions if text != opening}
    facts |= {("tell", text): "said" for text in advice.tell}
    if advice.level > Level.self_care:
        facts |= {("because", text): "said" for entry, text in advice.because if entry.level is advice.level}
    return facts


def unasked_facts(table: Table, case: Case) -> Facts:
    """Return which red flags are asked in a place, and whether steps are given before that."""
    facts = {("asked", flag.id): flag.level.name for flag in fitting_flags(table, case)}
    if case.location and case.location.guarded:
        facts["guarded", case.location.id] = "no step before the red flags were asked"
    return facts


def held_back(old: Table, new: Table, twin: Twin, case: Case) -> Iterator[tuple[Facts, Facts, Case]]:
    """Yield what one precaution holds back in each table, of the steps that both advise, in a smallest case each."""
    pairs = []
    for table, same in ((old, twin.of(case)), (new, case)):
        advice = advise(table, same)
        held = {one.step.id: one.because for one in advice.withheld if one.precaution}
        pairs.append((held, {given.step.id for given in advice.steps} | {one.step.id for one in advice.withheld}))
    (was, before), (now, after) = pairs
    assert case.precautions
    for step in sorted(before & after):
        if was.get(step) != now.get(step):
            key = ("precaution", f"{case.precautions[0].id}: {step}")
            small = next(one for one in single_triggers(case) if advises(new, one, step))
            yield {key: was[step]} if step in was else {}, {key: now[step]} if step in now else {}, small


def single_triggers(case: Case) -> list[Case]:
    """Return a case without its triggers, then with each of them alone."""
    return [replace(case, triggers=reported) for reported in ((), *((trigger,) for trigger in case.triggers or ()))]


def advises(table: Table, case: Case, step: str) -> bool:
    """Whether a step is given or withheld in a case."""
    advice = advise(table, case)
    return step in {given.step.id for given in advice.steps} | {one.step.id for one in advice.withheld}
