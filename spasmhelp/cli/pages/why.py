"""How advice came about, for `--why`: complete, and calm enough to be read."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from spasmhelp.cli.pages.wording import joined_names
from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Case
from spasmhelp.core.phrases import Phrases


def why_text(why: Explanation, phrases: Phrases) -> Iterator[RenderableType]:
    """How the advice came about: each line, and below it, indented, what belongs to it."""
    yield from [Text(), Text(phrases.came_about.upper(), style="bold")]
    for line, below in why_lines(why, phrases):
        yield Text(line)
        yield from (Padding(Text(one), (0, 0, 0, 2)) for one in below)


def why_lines(why: Explanation, phrases: Phrases) -> Iterator[tuple[str, list[str]]]:
    """The findings, what made the level, the rules that applied, what was withheld, and the rules that came close."""
    yield from ((line, []) for line in reported(why.advice.case, phrases))
    yield level(why, phrases), []
    if why.applied:
        yield phrases.rules_applied, [f"{rule.id}: {rule.because}" for rule in why.applied]
    if why.advice.withheld:
        yield phrases.withheld, list(withheld(why, phrases))
    if why.near_misses:
        yield phrases.rules_missed, list(missed(why, phrases))


def reported(case: Case, phrases: Phrases) -> Iterator[str]:
    """What was reported, question by question."""
    findings = [word for word in (case.onset, case.location, *(case.triggers or ())) if word]
    yield phrases.you_said.format(findings=joined_names(findings) or phrases.said_nothing)
    for phrase, words in ((phrases.red_flags, case.red_flags), (phrases.precautions, case.precautions)):
        yield phrase.format(words=phrases.was_not_asked if words is None else joined_names(words) or phrases.none)


def level(why: Explanation, phrases: Phrases) -> str:
    """The level, and what raised it."""
    name = why.advice.level.name
    if why.raised_by:
        return phrases.raised_level.format(level=name, what=", ".join(entry.id for entry in why.raised_by))
    return (phrases.uncovered_level if why.uncovered else phrases.plain_level).format(level=name)


def withheld(why: Explanation, phrases: Phrases) -> Iterator[str]:
    """The steps that were ruled out, by what ruled them out."""
    by: dict[str, list[str]] = {}
    for one in why.advice.withheld:
        by.setdefault(one.precaution.id if one.precaution else phrases.level_or_place, []).append(one.step.id)
    for reason, steps in by.items():
        yield phrases.withheld_by.format(what=reason, steps=", ".join(steps))


def missed(why: Explanation, phrases: Phrases) -> Iterator[str]:
    """The rules that missed by one premise, together by the premise that would have had to differ."""
    labels = {"trigger": phrases.other_trigger, "location": phrases.other_place, "onset": phrases.other_onset}
    for premise, phrase in labels.items():
        rules = [f"{miss.rule.id} ({joined_names(miss.wanted)})" for miss in why.near_misses if miss.premise == premise]
        if rules:
            yield phrase.format(rules="; ".join(rules))
