"""Advice as a hand-out, in Markdown: what was answered, what to do, when to get help, and room for a note."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from spasmhelp.cli.pages.markdown import BLANK_LINE, PagePart, blocks, bullet_list, escaped, linked, titled
from spasmhelp.cli.pages.why import why_lines
from spasmhelp.cli.pages.wording import (
    closing_words,
    heading_of,
    left_out,
    origin_words,
    phase_title,
    reasons_of,
    step_words,
    stop_words,
    to_tell,
)
from spasmhelp.core.advise import Advice
from spasmhelp.core.asked import SCREENED, extent
from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Case, Extent, Level, Source, Step, Table, Word
from spasmhelp.core.phrases import Phrases, said_day

NOTE_LINES = 3


def hand_out(
    table: Table,
    advice: Advice,
    sentence: str,
    today: date,
    stopped: Iterable[Step] = (),
    why: Explanation | None = None,
) -> Iterator[PagePart]:
    """Yield the parts of a hand-out.

    `stopped` are steps that were shown early, and that a later answer withheld; `why` is how the advice came about.
    """
    yield PagePart("action", action(table, advice, stopped))
    yield PagePart(
        "answers", blocks(titled(2, table.phrases.answered), bullet_list(answer_lines(table, advice.case, sentence)))
    )
    numbered = enumerate(advice.steps, 1)
    for phase, several in groupby(numbered, lambda one: one[1].step.phase):
        steps = "\n".join(
            f"{number}. {escaped(step_words(table, given))}\\\n   *{escaped(origin_words(table, given.step))}*"
            for number, given in several
        )
        yield PagePart("steps", blocks(titled(2, phase_title(table, phase)), steps))
    title, lines = left_out(table, advice)
    if title:
        yield PagePart("left_out", blocks(titled(2, title), bullet_list(lines)))
    yield PagePart("help", blocks(titled(2, table.phrases.when_to_get_help), bullet_list(help_lines(table, advice))))
    if why:
        yield PagePart("why", blocks(titled(2, table.phrases.came_about), account(why, table.phrases)))
    yield PagePart("note", blocks(titled(2, table.phrases.note), *[BLANK_LINE] * NOTE_LINES))
    yield PagePart("origins", blocks(titled(2, table.phrases.where_from), *origins(table, advice, today)))


def account(why: Explanation, phrases: Phrases) -> str:
    """Return how the advice came about, as a list; what belongs to a line is a list below it."""
    return "\n".join(
        "\n".join([f"- {escaped(line)}", *(f"  - {escaped(one)}" for one in below)])
        for line, below in why_lines(why, phrases)
    )


def action(table: Table, advice: Advice, stopped: Iterable[Step]) -> str:
    """Return what to do at once, and why: where nobody asked the safety questions, the warning of it comes first."""
    title, lines = left_out(table, advice)
    warning = f"**{escaped(table.phrases.warning.format(what=advice.warning))}**" if advice.warning else ""
    stops = [f"**{escaped(stop_words(table, step))}**" for step in stopped]
    said = [*advice.actions, reasons_of(table, advice), *to_tell(table, advice), *([] if title else lines)]
    return blocks(titled(1, heading_of(table, advice)), warning, *stops, *map(escaped, said))


def answer_lines(table: Table, case: Case, sentence: str) -> Iterator[str]:
    """Yield what was answered, question by question, in the person's own words first."""
    phrases = table.phrases
    if sentence:
        yield phrases.own_words.format(what=sentence)
    yield phrases.answered_onset.format(what=case.onset.name if case.onset else phrases.not_answered)
    yield phrases.answered_location.format(what=case.location.name if case.location else phrases.not_answered)
    reached = Extent.none if case.triggers is None else Extent.all
    yield phrases.answered_triggers.format(what=names_of(table, case.triggers, reached))
    said = {"red_flags": phrases.answered_red_flags, "precautions": phrases.answered_precautions}
    for name in SCREENED:
        yield said[name].format(what=names_of(table, getattr(case, name), extent(case, name)))


def help_lines(table: Table, advice: Advice) -> Iterator[str]:
    """Yield when to get help; on paper the emergency number must stand, where the action does not say it."""
    if table.about.emergency and advice.level is not Level.emergency:
        yield table.about.emergency
    yield from advice.safety_net
    if advice.not_asked:
        yield advice.not_asked


def names_of(table: Table, words: tuple[Word, ...] | None, reached: Extent) -> str:
    """Return words by their names; where nobody asked for more, that is said."""
    names = "; ".join(word.name for word in words or ())
    if reached is Extent.all:
        return names or table.phrases.none
    if reached is Extent.none and not names:
        return table.phrases.not_answered
    return f"{names or table.phrases.none}; {table.phrases.asked_in_part}"


def origins(table: Table, advice: Advice, today: date) -> Iterator[str]:
    """Yield what is cited, the disclaimer, and of what day and which table the page is."""
    entries = [*(entry for entry, _ in advice.because), *(given.step for given in advice.steps)]
    cited = dict.fromkeys(source for entry in entries for source in entry.sources)
    if cited:
        yield f"{escaped(table.phrases.sources)} {citations(cited)}"
    yield escaped(closing_words(table, advice.disclaimer))
    day = said_day(table.phrases, today)
    yield escaped(table.phrases.made_from.format(day=day, title=table.about.title, number=table.file.sha256[:12]))


def citations(sources: Iterable[Source]) -> str:
    """Return how sources are cited, in one line."""
    return "; ".join(linked(source.cite, source.url) for source in sources) + "."
