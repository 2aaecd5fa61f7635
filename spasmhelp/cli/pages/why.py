"""How advice came about, for `--why`: complete, and calm enough to be read."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Case, Level, Word

WHY_TITLE = "How this advice came about"
PREMISES = {"trigger": "With another trigger", "location": "In another place", "onset": "With another onset"}


def why_text(why: Explanation) -> Iterator[RenderableType]:
    """How the advice came about: each line, and below it, indented, what belongs to it."""
    yield from [Text(), Text(WHY_TITLE.upper(), style="bold")]
    for line, below in why_lines(why):
        yield Text(line)
        yield from (Padding(Text(one), (0, 0, 0, 2)) for one in below)


def why_lines(why: Explanation) -> Iterator[tuple[str, list[str]]]:
    """The findings, what made the level, the rules that applied, what was withheld, and the rules that came close."""
    yield from ((line, []) for line in reported(why.advice.case))
    yield level(why), []
    if why.applied:
        yield "Rules that applied:", [f"{rule.id}: {rule.because}" for rule in why.applied]
    if why.advice.withheld:
        yield "Withheld:", list(withheld(why))
    if why.near_misses:
        yield "Rules that missed by one premise:", list(missed(why))


def reported(case: Case) -> Iterator[str]:
    """What was reported, question by question."""
    findings = [word for word in (case.onset, case.location, *(case.triggers or ())) if word]
    yield f"You said: {joined_names(findings) or 'nothing of how, where or why'}."
    for label, words in (("Red flags", case.red_flags), ("Precautions", case.precautions)):
        yield f"{label}: {'not asked' if words is None else joined_names(words) or 'none'}."


def level(why: Explanation) -> str:
    """The level, and what raised it."""
    name = why.advice.level.name
    if why.raised_by:
        return f"Level: {name}, raised by {', '.join(entry.id for entry in why.raised_by)}."
    return f"Level: {name}, {'as no rule covers this' if why.advice.level > Level.self_care else 'nothing raised it'}."


def withheld(why: Explanation) -> Iterator[str]:
    """The steps that were ruled out, by what ruled them out."""
    by: dict[str, list[str]] = {}
    for one in why.advice.withheld:
        by.setdefault(one.precaution.id if one.precaution else "the level or the place", []).append(one.step.id)
    for reason, steps in by.items():
        yield f"by {reason}: {', '.join(steps)}"


def missed(why: Explanation) -> Iterator[str]:
    """The rules that missed by one premise, together by the premise that would have had to differ."""
    for premise, label in PREMISES.items():
        rules = [
            f"{miss.rule.id} ({joined_names(miss.wanted, ' or ')})"
            for miss in why.near_misses
            if miss.premise == premise
        ]
        if rules:
            yield f"{label}: {'; '.join(rules)}."


def joined_names(words: Iterable[Word], between: str = ", ") -> str:
    """Join the names of words."""
    return between.join(word.name for word in words)
