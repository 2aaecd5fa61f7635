"""Advice as a person reads it: the action first, then steps that can be done while reading, then when to get help."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spasmhelp.cli.cells import cells, right, wrapped, wrapped_lines
from spasmhelp.cli.pages.bodymap import GAP, WIDTH, small_map
from spasmhelp.cli.pages.why import why_text
from spasmhelp.cli.pages.wording import (
    closing_words,
    heading_of,
    left_out,
    not_asked_words,
    origin_words,
    phase_title,
    reasons_of,
    step_words,
    stop_words,
    to_tell,
)
from spasmhelp.cli.terminal import MAX_WIDTH, Look, render
from spasmhelp.core.advise import Advice
from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Level, Step, Table
from spasmhelp.core.steps import GivenStep

WITH_MAP = 100  # columns from which the body stands beside the advice


def advice_page(
    table: Table,
    advice: Advice,
    look: Look,
    again: list[str],
    why: Explanation | None = None,
    stopped: Iterable[Step] = (),
) -> str:
    """Return advice as it is written.

    `again` is the command that gives it again, `why` how it came about; `stopped` are steps that were shown early, and
    that a later answer withheld.
    """
    stop = render(look, *[stop_text(table, step) for step in stopped]) if stopped else ""
    end = advice_end(table, advice, look, again, why)
    if look.terminal and look.columns >= WITH_MAP:
        return stop + beside_map(table, advice, look) + render(look, *end)
    return stop + render(look, *advice_body(table, advice, look), *end)


def beside_map(table: Table, advice: Advice, look: Look) -> str:
    """Return the advice with the body beside it, the place lit; alone where the place is not on the map."""
    from rich.table import Table as Grid  # 3 ms that only a wide terminal needs

    figure = small_map(advice.case.location, table.phrases, look)
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
    yield from body_steps(table, advice.steps, look)
    yield from withheld_text(table, advice)
    yield Text()
    for line in advice.safety_net:
        yield Text(line)
    if not_asked := not_asked_words(table, advice):
        yield Text(not_asked)


def body_steps(table: Table, steps: Iterable[GivenStep], look: Look) -> Iterator[RenderableType]:
    """The steps, numbered, under the name of their phase."""
    phase = None
    for number, given in enumerate(steps, 1):
        if given.step.phase is not phase:
            phase = given.step.phase
            yield Text(phase_title(table, phase), style="bold")
        yield from step_text(table, given, number, look)


def stop_text(table: Table, step: Step) -> Text:
    """Say to stop what was shown too early, so that it is seen."""
    return Text(stop_words(table, step), style="bold red")


def first_step_text(table: Table, early: Iterable[GivenStep]) -> Iterator[RenderableType]:
    """The first steps, to be done while the rest is asked, and when to get help instead."""
    phrases = table.phrases
    yield Text(phrases.start_now, style="bold")
    limits = []
    for given in early:
        yield Text.assemble((given.text, "bold"), f" {origin_words(table, given.step)}")
        limits += [given.limit] if given.limit else []
    limit = [phrases.early_limit.format(minutes=limits[0])] if limits else []
    yield Text(" ".join([*limit, phrases.early_help]))


def advice_end(
    table: Table, advice: Advice, look: Look, again: list[str], why: Explanation | None
) -> Iterator[RenderableType]:
    """How it came about, if that is wanted; the command that gives it again, if one does; the disclaimer, its dates."""
    if why:
        yield from why_text(why, table.phrases)
    if again:
        yield Text()
        # A shell has to read this: no line of it may be broken where there is no backslash.
        yield Text(wrapped(again, look.width, table.phrases.again), style="dim", no_wrap=True)
        yield Text()
    timer = f" {table.phrases.with_a_timer}" if look.terminal and advice.steps else ""
    yield Text(f"{closing_words(table, advice.disclaimer)}{timer}")


def opening_text(table: Table, advice: Advice) -> Iterator[RenderableType]:
    """The action, its reason, and what to tell the clinician."""
    if advice.warning:
        yield Text(table.phrases.warning.format(what=advice.warning), style="bold")
        yield Text()
    yield Text(heading_of(table, advice), style="bold red" if advice.level >= Level.urgent_care else "bold")
    for action in advice.actions:
        yield Text(action)
    if reasons := reasons_of(table, advice):
        yield Text(reasons)
    for said in to_tell(table, advice):
        yield Text(said)


def step_text(table: Table, given: GivenStep, number: int, look: Look) -> Iterator[RenderableType]:
    """One step: what to do here, who should not, and where it comes from, to the right where there is room."""
    step = given.step
    said = step_words(table, given)
    if look.plain:
        yield Text(f"{number}. {said} ({origin_words(table, step)})")
        return
    label = f"{number}. ".ljust(3)
    lines = wrapped_lines(said, max(10, look.width - len(label)))
    room = look.width - len(label) - cells(lines[-1]) - 2
    origins = [origin_words(table, step, most) for most in (2, 1)]
    beside = next((origin for origin in origins if cells(origin) <= room), "")  # one source less may save a row
    for i, line in enumerate(lines):
        text = Text.assemble((label if i == 0 else " " * len(label), "bold"), line)
        if beside and i == len(lines) - 1:
            text.append(right(beside, look.width - cells(text.plain)), style="dim")
        yield text
    for line in wrapped_lines("" if beside else origins[0], max(10, look.width - len(label))):
        yield Text(right(line, look.width), style="dim")


def withheld_text(table: Table, advice: Advice) -> Iterator[RenderableType]:
    """What was left out, and why."""
    title, lines = left_out(table, advice)
    if title:
        yield Text(title, style="bold")
    yield from map(Text, lines)
