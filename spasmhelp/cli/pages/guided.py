"""What the guide says, as text: a step large and calm with nothing else near it, lists, the advice as it opens."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from spasmhelp.cli.pages.advice import advice_body, body_steps, opening_text, withheld_text
from spasmhelp.cli.pages.wording import origin_words
from spasmhelp.cli.terminal import Look
from spasmhelp.core.advise import Advice
from spasmhelp.core.guiding.states import Say, Show
from spasmhelp.core.model import Table
from spasmhelp.core.steps import GivenStep


def said_text(table: Table, advice: Advice, last: bool, said: Say, look: Look) -> Iterator[RenderableType]:
    """Return one thing that is said; where it is the `last`, the advice is not only opened but given whole."""
    if said.show is Show.card:
        yield from card_text(table, said.text, said.steps[0])
    elif said.show is Show.list:
        yield from body_steps(table, said.steps, look)
    elif said.show is Show.page and last:
        yield from advice_body(table, advice, look)
    elif said.show is Show.page:
        yield from (*opening_text(table, advice), *withheld_text(table, advice))
    else:
        yield Text(said.text, style={Show.loud: "bold", Show.alarm: "bold red"}.get(said.show, ""))


def card_text(table: Table, title: str, given: GivenStep) -> Iterator[RenderableType]:
    """Return one step under its title: what to do, who should not, and where it comes from."""
    text = given.text
    if given.not_if:
        text += " " + table.phrases.not_if.format(what="; ".join(one.name for one in given.not_if))
    yield Text(title, style="bold")
    yield Text()
    yield Text(text, style="bold")
    yield Text(origin_words(table, given.step), style="dim")
    yield Text()
