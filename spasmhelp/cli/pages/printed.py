"""A page to hand out or send on, as Markdown or as HTML: always in UTF-8, whatever the terminal speaks."""

from collections.abc import Iterable
from datetime import date

from spasmhelp.cli.options import PageFormat
from spasmhelp.cli.pages.bodysvg import body_figure
from spasmhelp.cli.pages.handout import hand_out
from spasmhelp.cli.pages.html_page import html_page
from spasmhelp.cli.pages.leaflet import leaflet, word_list
from spasmhelp.cli.pages.markdown import document
from spasmhelp.core.advise import Advice
from spasmhelp.core.explain import Explanation
from spasmhelp.core.model import Step, Table
from spasmhelp.core.reference import SectionEntry


def printed_advice(
    table: Table,
    advice: Advice,
    written: PageFormat,
    *,
    sentence: str,
    today: date,
    stopped: Iterable[Step],
    why: Explanation | None,
) -> bytes:
    """Return advice as a hand-out."""
    parts = hand_out(table, advice, sentence, today, stopped, why)
    if written == "markdown":
        return in_utf8(document(parts))
    figure = body_figure(table, advice.case.location)
    return in_utf8(html_page(parts, table.about.title, table.phrases, advice.level.name, figure))


def printed_leaflet(
    table: Table, entries: tuple[SectionEntry, ...], word: str, everything: bool, written: PageFormat
) -> bytes:
    """Return the background, the list of all words, or the entries of a word, as a leaflet."""
    title = f"{word[:1].upper()}{word[1:]}" or table.about.title
    parts = word_list(table, entries, title) if everything and not word else leaflet(table, entries, title)
    if written == "markdown":
        return in_utf8(document(parts))
    return in_utf8(html_page(parts, table.about.title, table.phrases))


def in_utf8(text: str) -> bytes:
    """Return a text in the encoding that HTML declares; half a character, which has none, as a question mark."""
    return text.encode("utf-8", "replace")
