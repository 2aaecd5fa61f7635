"""Starts the guide at the real terminal, and asks the red flags again for it."""

import sys
from collections.abc import Callable

from msgspec.structs import replace

from spasmhelp.cli.asking.clock import Keyboard
from spasmhelp.cli.asking.guide import Begun, Guide
from spasmhelp.cli.asking.person import Person
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look, Stopped
from spasmhelp.core.advise import Advice
from spasmhelp.core.asked import extent, is_danger
from spasmhelp.core.interview import Question, interview, shown_early
from spasmhelp.core.model import Asked, Case, Extent, Table
from spasmhelp.core.record import Answer
from spasmhelp.core.steps import GivenStep


def guide_at_terminal(
    table: Table,
    advice: Advice,
    shown: tuple[GivenStep, ...],
    since: float | None,
    printed: bool,
    out: Look,
    err: Look,
) -> Advice:
    """Guide a person through advice, or offer it where that was printed; return it, as it then is. Raises Stopped."""

    def screen(case: Case, said: str, read_line: Callable[[], str]) -> Case:
        return ask_red_flags_again(table, Person(table, err, welcomed=True, read_line=read_line), case, said)

    guide = Guide(table, Paper(out, sys.stdout), Paper(err), Keyboard(err.plain), screen)
    begun = Begun(shown=shown, since=since, printed=printed)
    return guide.offer(advice, begun) if printed else guide.run(advice, begun)


def ask_red_flags_again(table: Table, person: Person, case: Case, said: str) -> Case:
    """Return the case after the red flags for today and now were asked again; what was reported before still counts."""
    flags = person.talk.dangers(said) if said else ()
    asked = Asked(red_flags=Extent.none, precautions=Extent.all)
    known = replace(
        case, red_flags=flags or None, triggers=case.triggers or (), precautions=case.precautions or (), asked=asked
    )
    # The first step is on the screen already, and not to be shown as a new one.
    person.shown = shown_early(table, replace(known, red_flags=(), asked=Asked()))

    def ask(question: Question) -> Answer:
        lines = tuple(line for line in question.lines if is_danger(line.word))
        return person(replace(question, lines=lines)) if lines else Answer()

    try:
        found = interview(table, ask, known)
    except Stopped:
        if not flags:
            raise
        found = known  # who leaves after a sign of danger is told what it needs
    reported = {*(case.red_flags or ()), *(found.red_flags or ())}
    reached = max(extent(case, "red_flags"), extent(found, "red_flags"), key=list(Extent).index)
    return replace(
        case,
        triggers=found.triggers or case.triggers,
        precautions=found.precautions or case.precautions,
        red_flags=tuple(flag for flag in table.red_flags if flag in reported) or case.red_flags,
        asked=replace(case.asked, red_flags=reached),
    )
