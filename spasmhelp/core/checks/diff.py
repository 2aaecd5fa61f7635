"""What two tables say differently: for which smallest cases the level, steps, sentences or questions change."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.asked import fitting_flags, flag_lines
from spasmhelp.core.model import Case, Level, Location, Precaution, RedFlag, Table, Timer
from spasmhelp.core.steps import ruled_out
from spasmhelp.core.words import index

Facts = dict[tuple[str, str], str]  # (kind, subject) -> what a table says of it
QUESTIONS = ("onsets", "locations", "triggers", "red_flags", "precautions")


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that two tables say differently; None is "not at all". The cases, of the new one, are the smallest."""

    kind: str
    subject: str
    before: str | None
    after: str | None
    cases: tuple[Case, ...] = ()


def differ(old: Table, new: Table) -> list[Difference]:
    """Return what the new table says differently, each difference once, with the smallest cases that show it.

    Compared are the cases of every onset, location and no trigger or a single one, with the reason of each precaution
    against a step that both tables advise there; then each red flag alone. That suffices: with several triggers the
    steps are the union, the level the highest, and the sentences those of the highest level; a red flag does the same
    beside any rule, and a precaution the same to a step whatever advised it. Words that only one table has are named by
    their ids. Compared besides are what each spelling means, how a red flag or precaution is asked, in which short
    lines before the first step and after it, and which steps a red flag stops. It does not see
    the order of steps and sentences, which of two reported precautions gives the reason, nor how the five questions and
    the topics are worded.
    """
    found: dict[tuple[str, str, str | None, str | None], list[Case]] = {}
    for section in (*QUESTIONS, "steps"):
        for change in changes(section_facts(old, section), section_facts(new, section)):
            found[change] = []
    words, old_words = shared(new, old, new), shared(old, old, new)
    for was, case in zip(small_cases(old_words), small_cases(words), strict=True):
        for change in changes(case_facts(old, was), case_facts(new, case)):
            kind, subject, *_ = change
            reported = [one for one in words["precautions"] if subject.startswith(f"{one.id}: ")]
            for one in [replace(case, precautions=(one,)) for one in reported] if kind == "precaution" else [case]:
                found.setdefault(change, []).append(one)
    return [
        Difference(kind=kind, subject=subject, before=was, after=now, cases=smallest(cases))
        for (kind, subject, was, now), cases in found.items()
    ]


def changes(before: Facts, after: Facts) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield the facts that differ, with both values, and that no other difference implies."""
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if was != now and not implied(*key, before, after):
            yield *key, was, now


def implied(kind: str, subject: str, before: Facts, after: Facts) -> bool:
    """Whether a difference follows from another: a level brings its sentences, a new step or word its own words."""

    def differs(*keys: tuple[str, str]) -> bool:
        return any(before.get(key) != after.get(key) for key in keys)

    owner, _, of = subject.partition(": ")
    match kind:
        case "says" | "action" | "tell" | "because" | "safety_net":
            return differs(("level", ""), ("level without", ""))
        case "wording" | "timer":
            return differs(("step", subject))
        case "precaution":
            return ("step", of) not in before or ("step", of) not in after
        case "question" | "short":
            return differs((owner, of))
        case "stops":
            return differs(("red_flags", owner), ("steps", of))
        case "answer":
            meant = f"{before.get((kind, subject))} or {after.get((kind, subject))}".split(" or ")
            return not any((owner, word) in before and (owner, word) in after for word in meant)
    return kind == "level without"


def smallest(cases: list[Case]) -> tuple[Case, ...]:
    """Return the cases without those that report a trigger or red flag where the difference shows without it."""
    showing = set(cases)
    return tuple(
        case
        for case in cases
        if not any(
            less != case and less in showing for less in (replace(case, triggers=()), replace(case, red_flags=()))
        )
    )


def section_facts(table: Table, section: str) -> Facts:
    """Return which entries a section has, what each spelling of them means, and how they are asked."""
    entries = getattr(table, section)
    facts: Facts = {(section, entry.id): "in the table" for entry in entries}
    if section in QUESTIONS:
        for spelling, words in index(entries).items():
            facts["answer", f"{section}: {spelling.replace('_', ' ')}"] = " or ".join(word.id for word in words)
    for entry in entries:
        if isinstance(entry, RedFlag | Precaution):
            facts["question", f"{section}: {entry.id}"] = entry.ask
        if isinstance(entry, Precaution):
            facts["short", f"{section}: {entry.id}"] = entry.short
        if isinstance(entry, RedFlag):
            facts |= {("stops", f"{entry.id}: {step.id}"): "stopped" for step in entry.stops}
    return facts


def shared(table: Table, old: Table, new: Table) -> dict[str, list[Any]]:
    """Return the words of a table that both have, by question, in the order of the new one."""
    found = {}
    for section in QUESTIONS:
        own, other = ({word.id: word for word in getattr(one, section)} for one in (table, old))
        found[section] = [own[word.id] for word in getattr(new, section) if word.id in other]
    return found


def small_cases(words: dict[str, list[Any]]) -> Iterator[Case]:
    """Yield the cases to compare, of the words that answer each question."""
    for onset, location in product(words["onsets"], words["locations"]):
        place = Case(onset=onset, location=location, triggers=(), red_flags=(), precautions=())
        yield place
        yield from (replace(place, triggers=(trigger,)) for trigger in words["triggers"])
        yield replace(place, red_flags=None)
        yield from (replace(place, red_flags=(flag,)) for flag in words["red_flags"])


def case_facts(table: Table, case: Case) -> Facts:
    """Return what a table says to a case, as far as a smaller case does not show it already."""
    if case.red_flags is None:
        asked: Facts = {("asked", flag.id): asked_text(flag, case.location) for flag in fitting_flags(table, case)}
        guarded = case.location if case.location and case.location.guarded else None
        return asked | ({("guarded", guarded.id): "no step before the red flags were asked"} if guarded else {})
    advice = advise(table, case)
    if case.red_flags:
        without = advise(table, replace(case, red_flags=())).level.name
        return sentences(table, advice) | {("level without", ""): without}
    return sentences(table, advice) | step_facts(table, advice)


def sentences(table: Table, advice: Advice) -> Facts:
    """Return the level of the advice and its sentences."""
    opening = table.levels[advice.level].do
    facts: Facts = {("level", ""): advice.level.name, ("says", advice.level.name): opening}
    facts |= {("action", text): "said" for text in (advice.headline, *advice.actions) if text != opening}
    facts |= {("tell", text): "said" for text in advice.tell}
    if advice.level > Level.self_care:
        facts |= {("because", text): "said" for entry, text in advice.because if entry.level is advice.level}
    return facts


def step_facts(table: Table, advice: Advice) -> Facts:
    """Return the steps, how they are worded and timed, what rules them out, and what to watch for."""
    facts: Facts = {("step", one.step.id): "withheld" for one in advice.withheld}
    for one in advice.steps:
        facts["step", one.step.id] = "given"
        facts["wording", one.step.id] = one.text
        if one.step.timer:
            facts["timer", one.step.id] = timer_text(one.step.timer)
    for step in (*(one.step for one in advice.steps), *(one.step for one in advice.withheld)):
        for precaution, because in ruled_out(table, step, advice.case.location).items():
            facts["precaution", f"{precaution.id}: {step.id}"] = because
    return facts | {("safety_net", line): "said" for line in advice.safety_net}


def asked_text(flag: RedFlag, location: Location | None) -> str:
    """Return how a red flag is asked at a place: "emergency, before: Heavy chest"."""
    return ", ".join([flag.level.name, *(f"{line.part.name}: {line.say}" for line in flag_lines(flag, location))])


def timer_text(timer: Timer) -> str:
    """Return what a timer says, key by key: "at_most_minutes 10, then urgent_care"."""
    values = {name: getattr(timer, name) for name in timer.__struct_fields__}
    values |= {"onset": " ".join(one.id for one in timer.onset), "location": " ".join(one.id for one in timer.location)}
    return ", ".join(f"{name} {getattr(value, 'name', value)}" for name, value in values.items() if value)
