"""Small tables for tests, made without a file: random ones, and the answers of every person there could be."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, product
from random import Random

from msgspec.structs import replace

from spasmhelp.core.model import (
    About,
    Case,
    Expect,
    Fits,
    Level,
    LevelWords,
    Location,
    Onset,
    Origin,
    Phase,
    Precaution,
    Questions,
    QuestionWords,
    RedFlag,
    Rule,
    Seen,
    Source,
    SourceKind,
    Step,
    Table,
    TableCase,
    Trigger,
    Unless,
    Verdict,
    When,
)

ASK = QuestionWords(ask="?", because="So.")
SOURCE = Source(id="book", kind=SourceKind.guideline, cite="A book", seen=Seen.original)


def about() -> About:
    day = date(2026, 11, 23)
    return About(schema=1, title="T", reviewed=day, review_by=day, reviewed_by="nurse", disclaimer="May be wrong.")


def some(random: Random, words: tuple, chance: float = 0.5) -> tuple:
    """Choose each word with a chance; often none at all, which means any."""
    return tuple(word for word in words if random.random() < chance) if random.random() < 0.7 else ()


def words(random: Random, kind: type, letter: str, least: int, most: int, **more) -> tuple:
    return tuple(kind(id=f"{letter}{i}", name=f"{letter}{i}", **more) for i in range(random.randint(least, most)))


def random_table(random: Random, flags: int = 2) -> Table:
    """Return a table of a few words, steps and rules, often a wrong one."""
    onsets = words(random, Onset, "o", 1, 2)
    locations = tuple(
        Location(id=f"l{i}", name=f"l{i}", region="r", guarded=random.random() < 0.3)
        for i in range(random.randint(1, 3))
    )
    triggers = words(random, Trigger, "t", 0, 3)
    red_flags = tuple(
        RedFlag(
            id=f"f{i}",
            name=f"f{i}",
            ask="?",
            when=Fits(onset=some(random, onsets), location=some(random, locations)),
            level=random.choice(tuple(Level)[1:]),
            do=random.choice(["Rest.", "Wait."]),
            because="So.",
            sources=(SOURCE,),
        )
        for i in range(random.randint(0, flags))
    )
    precautions = words(random, Precaution, "p", 0, 1, ask="?")
    steps = tuple(random_step(random, i, locations, precautions) for i in range(random.randint(1, 3)))
    rules = tuple(random_rule(random, i, onsets, locations, triggers, steps) for i in range(random.randint(1, 6)))
    table = Table(
        about=about(),
        sources=(SOURCE,),
        levels={level: LevelWords(name=level.name, do=f"Level {level.name}.") for level in Level},
        questions=Questions(onset=ASK, location=ASK, triggers=ASK, red_flags=ASK, precautions=ASK),
        onsets=onsets,
        locations=locations,
        triggers=triggers,
        red_flags=red_flags,
        precautions=precautions,
        steps=steps,
        rules=rules,
    )
    cases = tuple(
        TableCase(name="A case.", given=random_case(random, table), expect=Expect(level=Level.self_care))
        for _ in range(random.randint(0, 4))
    )
    return replace(table, cases=cases)


def random_case(random: Random, table: Table) -> Case:
    return Case(
        onset=random.choice(table.onsets),
        location=random.choice(table.locations),
        triggers=some(random, table.triggers),
        red_flags=some(random, table.red_flags),
        precautions=some(random, table.precautions),
    )


def random_step(random: Random, i: int, locations: tuple, precautions: tuple) -> Step:
    return Step(
        id=f"s{i}",
        name=f"s{i}",
        phase=random.choice(tuple(Phase)),
        do="Do.",
        how=dict.fromkeys(some(random, locations, 0.7), "So."),
        unless={
            one: random.choice(["No.", Unless(because="No.", location=some(random, locations))])
            for one in some(random, precautions)
        },
        origin=random.choice(tuple(Origin)),
        sources_say=random.choice([Verdict.agree, Verdict.agree, Verdict.agree, Verdict.disagree]),
    )


def random_rule(random: Random, i: int, onsets: tuple, locations: tuple, triggers: tuple, steps: tuple) -> Rule:
    advise = some(random, steps)
    raised = random.random() < 0.4 or not advise
    return Rule(
        id=f"r{i}",
        when=When(onset=some(random, onsets), location=some(random, locations), trigger=some(random, triggers)),
        advise=advise,
        level=random.choice(tuple(Level)[1:]) if raised else Level.self_care,
        do=random.choice(["", "Rest.", "Wait."]),
        tell=random.choice(["", "", "all"]),
        because="So.",
    )


def subsets(words: tuple) -> Iterator[tuple]:
    return chain.from_iterable(combinations(words, size) for size in range(len(words) + 1))


def every_case(table: Table) -> Iterator[Case]:
    """Every case with an onset and a location: all subsets of all the rest, asked."""
    lists = (subsets(table.triggers), subsets(table.red_flags), subsets(table.precautions))
    for onset, location, triggers, flags, precautions in product(table.onsets, table.locations, *lists):
        yield Case(onset=onset, location=location, triggers=triggers, red_flags=flags, precautions=precautions)
