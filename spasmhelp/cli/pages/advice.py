"""Advice as a person reads it: the action first, then steps that can be done while reading, then when to get help."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from msgspec.structs import replace
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spasmhelp.cli.pages.bodymap import GAP, WIDTH, small_map
from spasmhelp.cli.pages.command import wrapped
from spasmhelp.cli.pages.why import why_text
from spasmhelp.cli.terminal import MAX_WIDTH, Look, render
from spasmhelp.core.advise import Advice
from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Level, Origin, Phase, SourceKind, Step, Table, Verdict
from spasmhelp.core.steps import GivenStep

PHASES = {
    Phase.now: "Now",
    Phase.next: "Next, if it stays tight or sore",
    Phase.prevent: "Over weeks, to make it less likely",
}
WITH_MAP = 100  # columns from which the body stands beside the advice
ORIGINS = {Origin.article: "Article", Origin.reply: "Author's reply", Origin.reader: "A reader's tip"}


def advice_page(table: Table, advice: Advice, look: Look, again: list[str], why: Explanation | None = None) -> str:
    """Return advice as it is written; `again` is the command that gives it again, `why` how it came about."""
    end = advice_end(table, advice, look, again, why)
    if look.terminal and look.columns >= WITH_MAP:
        return beside_map(table, advice, look) + render(look, *end)
    return render(look, *advice_body(table, advice, look), *end)


def beside_map(table: Table, advice: Advice, look: Look) -> str:
    """Return the advice with the body beside it, the place lit; alone where the place is not on the map."""
    from rich.table import Table as Grid  # 3 ms that only a wide terminal needs

    figure = small_map(advice.case.location, look)
    if not figure:
        return render(look, *advice_body(table, advice, look))
    narrow = replace(look, width=min(look.columns - WIDTH - GAP, MAX_WIDTH))
    grid = Grid.grid()
    grid.add_column(width=narrow.width + GAP)
    grid.add_column(width=WIDTH, no_wrap=True)
    text = Padding(Group(*advice_body(table, advice, narrow)), (0, GAP, 0, 0))
    grid.add_row(text, Text("\n").join(figure))
    return render(replace(look, width=look.columns), grid)


def advice_body(table: Table, advice: Advice, look: Look) -> Iterator[RenderableType]:
    """The action, the steps, and when to get help."""
    yield from opening_text(table, advice)
    yield from body_steps(advice.steps, look)
    yield from withheld_text(advice)
    yield Text()
    for line in advice.safety_net:
        yield Text(line)


def body_steps(steps: Iterable[GivenStep], look: Look) -> Iterator[RenderableType]:
    """The steps, numbered, under the name of their phase."""
    phase = None
    for number, given in enumerate(steps, 1):
        if given.step.phase is not phase:
            phase = given.step.phase
            yield Text()
            yield Text(PHASES[phase].upper(), style="bold")
        yield from step_text(given, number, look)


def phase_title(phase: Phase) -> str:
    """Return what a phase is called."""
    return PHASES[phase]


def advice_end(
    table: Table, advice: Advice, look: Look, again: list[str], why: Explanation | None
) -> Iterator[RenderableType]:
    """How it came about, if that is wanted; the command that gives it again, if one does; the disclaimer, its dates."""
    if why:
        yield from why_text(why)
    if again:
        yield Text()
        # A shell has to read this: no line of it may be broken where there is no backslash.
        yield Text(wrapped(again, look.width, "Again:"), style="dim", no_wrap=True)
    if look.terminal and advice.steps:
        yield Text("Step by step, with a timer: the same command with --guide.", style="dim")
    yield Text()
    about = table.about
    # Who reviewed it is for the disclaimer to say, so that it is said once.
    yield Text(f"{advice.disclaimer} As of {about.reviewed}; next review by {about.review_by}.")


def opening_text(table: Table, advice: Advice) -> Iterator[RenderableType]:
    """The action, its reason, and what to tell the clinician."""
    if advice.warning:
        yield Text(f"Warning: {advice.warning}", style="bold")
        yield Text()
    heading = advice.headline
    if advice.level >= Level.urgent_care:
        heading = f"{table.levels[advice.level].name}: {heading}"
    elif advice.level is Level.self_care and advice.steps and advice.case.location:
        heading = f"{heading.rstrip('.')}: {advice.case.location.name[:1].lower()}{advice.case.location.name[1:]}."
    yield Text(heading, style="bold red" if advice.level >= Level.urgent_care else "bold")
    for action in advice.actions:
        yield Text(action)
    if advice.level > Level.self_care:
        reasons = [text for entry, text in advice.because if entry.level is advice.level]
        if reasons:
            yield Text()
            yield Text(f"Why: {' '.join(dict.fromkeys(reasons))}")
        for said in advice.tell:
            yield Text(f"Tell them: {said.rstrip('.')}.")


def step_text(given: GivenStep, number: int, look: Look) -> Iterator[RenderableType]:
    """One step: what to do here, who should not, and where it comes from, to the right where there is room."""
    step = given.step
    said = given.text
    if given.not_if:
        said += f" Not if: {'; '.join(precaution.name for precaution in given.not_if)}."
    if look.plain:
        yield Text(f"{number}. {said} ({origin_words(step)})")
        return
    label = f"{number}. ".ljust(3)
    lines = wrap(said, max(10, look.width - len(label)))
    origin = origin_words(step)
    for i, line in enumerate(lines):
        text = Text.assemble((label if i == 0 else " " * len(label), "bold"), line)
        if i == len(lines) - 1 and look.width - len(text) - len(origin) >= 2:
            text.append(" " * (look.width - len(text) - len(origin)))
            text.append(origin, style="dim")
            origin = ""
        yield text
    for line in wrap(origin, max(10, look.width - len(label))):
        yield Text(line.rjust(look.width), style="dim")


def origin_words(step: Step) -> str:
    """Say in a few words where a step comes from and what sources say of it: "Article; NHS agrees."."""
    others = [source.name or source.id for source in step.sources if source.kind is not SourceKind.article]
    names = " and ".join(list(dict.fromkeys(others))[:2])
    if step.origin is Origin.guideline:
        return f"Added from {names}."
    verdict = {
        Verdict.agree: f"{names} agree{'' if ' and ' in names else 's'}" if names else "sources agree",
        Verdict.partly: "sources partly agree",
        Verdict.nothing: "sources say nothing of it",
        Verdict.disagree: "sources disagree",
    }[step.sources_say]
    return f"{ORIGINS[step.origin]}; {verdict}."


def withheld_text(advice: Advice) -> Iterator[RenderableType]:
    """What was left out, and why; one line where one reason holds for all."""
    reasons: dict[str, list[str]] = {}
    for one in advice.withheld:
        reasons.setdefault(one.because, []).append(one.step.name[:1].lower() + one.step.name[1:])
    if advice.level >= Level.urgent_care:  # nobody has to read seven reasons now
        reasons = {one.because: [] for one in sorted(advice.withheld, key=lambda one: one.precaution is not None)[:1]}
    if not reasons or (len(reasons) == 1 and next(iter(reasons)) in (advice.headline, *advice.actions)):
        return
    yield Text()
    if not advice.steps and len(reasons) == 1:
        yield Text(f"No steps are given: {next(iter(reasons))}")
        return
    yield Text("LEFT OUT", style="bold")
    for because, names in reasons.items():
        yield Text(f"{because} Left out: {', '.join(names)}.")
