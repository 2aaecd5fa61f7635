"""Small tables for tests, made without a file: random ones, and the answers of every person there could be."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, product
from random import Random

from msgspec.structs import replace

from spasmhelp.core.model import (
    About,
    Asked,
    Case,
    Expect,
    Extent,
    Fits,
    Level,
    LevelWords,
    Location,
    Onset,
    Origin,
    Part,
    Phase,
    Precaution,
    Questions,
    QuestionWords,
    RedFlag,
    RedFlagQuestion,
    Region,
    Rule,
    RulesOut,
    Seen,
    ShortLine,
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
DANGER = RedFlagQuestion(ask="?", because="So.", unasked="Nobody asked:", guarded="Not here yet.")
REGION = Region(id="r", name="r")
SHORT = ("", "A sign", "A sign of seven words, no more", "A sign of eight words or one more", "A" * 51)
SOURCE = Source(id="book", kind=SourceKind.guideline, cite="A book", seen=Seen.original)


def about() -> About:
    day = date(2026, 11, 23)
    return About(schema=2, title="T", reviewed=day, review_by=day, reviewed_by="nurse", disclaimer="May be wrong.")


def some(random: Random, words: tuple, chance: float = 0.5) -> tuple:
    """Choose each word with a chance; often none at all, which means any."""
    return tuple(word for word in words if random.random() < chance) if random.random() < 0.7 else ()


def words(random: Random, kind: type, letter: str, least: int, most: int, **more) -> tuple:
    return tuple(kind(id=f"{letter}{i}", name=f"{letter}{i}", **more) for i in range(random.randint(least, most)))


def random_table(random: Random, flags: int = 2) -> Table:
    """Return a table of a few words, steps and rules, often a wrong one."""
    onsets = words(random, Onset, "o", 1, 2)
    locations = tuple(
        Location(id=f"l{i}", name=f"l{i}", region=random.choice([REGION, None]), guarded=random.random() < 0.3)
        for i in range(random.randint(1, 3))
    )
    triggers = words(random, Trigger, "t", 0, 3)
    precautions = tuple(random_precaution(random, i) for i in range(random.randint(0, 2)))
    steps = tuple(random_step(random, i, locations, precautions) for i in range(random.randint(1, 3)))
    spots = (onsets, locations, triggers)
    red_flags = tuple(random_flag(random, i, spots, steps) for i in range(random.randint(0, flags)))
    rules = tuple(random_rule(random, i, onsets, locations, triggers, steps) for i in range(random.randint(1, 6)))
    table = Table(
        about=about(),
        sources=(SOURCE,),
        regions=(REGION,),
        levels={level: LevelWords(name=level.name, do=f"Level {level.name}.", withheld="No step.") for level in Level},
        questions=Questions(onset=ASK, location=ASK, triggers=ASK, red_flags=DANGER, precautions=ASK),
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


def random_flag(random: Random, i: int, spots: tuple, steps: tuple) -> RedFlag:
    """Return a red flag that is asked somewhere or anywhere, in short lines or for want of them in its long form."""
    onsets, locations, triggers = spots
    whens = tuple(
        Fits(onset=some(random, onsets), location=some(random, locations), trigger=some(random, triggers, 0.3))
        for _ in range(random.choice([1, 1, 2]))
    )
    lines = tuple(
        ShortLine(
            say=random.choice(SHORT[1:]) + "!" * n,
            location=some(random, locations, 0.3),
            asked=random.choice([None, *Part]),
        )
        for n in range(random.randint(1, 3))
    )
    return RedFlag(
        id=f"f{i}",
        name=f"f{i}",
        ask="?",
        short=random.choice([random.choice(SHORT[1:]), lines, lines, ()]),
        asked=random.choice(tuple(Part)),
        when=whens if len(whens) > 1 else whens[0],
        level=random.choice(tuple(Level)[1:]),
        do=random.choice(["Rest.", "Wait."]),
        because="So.",
        stops=some(random, steps, 0.3) if random.random() < 0.5 else (),
        sources=(SOURCE,),
    )


def random_precaution(random: Random, i: int) -> Precaution:
    every = random.random() < 0.3
    return Precaution(
        id=f"p{i}",
        name=f"p{i}",
        ask="?",
        short=random.choice(SHORT),
        rules_out=RulesOut.every_step if every else None,
        because="Not you." if every else "",
    )


def random_case(random: Random, table: Table) -> Case:
    return Case(
        onset=random.choice(table.onsets),
        location=random.choice(table.locations),
        triggers=some(random, table.triggers),
        red_flags=some(random, table.red_flags),
        precautions=some(random, table.precautions),
    )


def any_case(random: Random, table: Table) -> Case:
    """Return any case: what was not answered, and how far its questions got, is left to chance too."""
    case = random_case(random, table)
    case = replace(case, **{name: None for name in case.__struct_fields__[:5] if random.random() < 0.2})
    asked = {}
    for name in ("red_flags", "precautions"):
        extents = (
            [None, Extent.none, Extent.before, Extent.all] if getattr(case, name) is not None else [None, Extent.none]
        )
        asked[name] = random.choice(extents)
    return replace(case, asked=Asked(**asked))


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
