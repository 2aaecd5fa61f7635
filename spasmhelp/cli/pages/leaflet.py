"""The background as a leaflet, in Markdown: the topics, or all that is known of the entries of a word."""

from collections.abc import Iterable, Iterator
from typing import Any

from spasmhelp.cli.pages.entries import id_and_name, topic_origin
from spasmhelp.cli.pages.handout import citations
from spasmhelp.cli.pages.labelled import labelled, section_title, title_of
from spasmhelp.cli.pages.markdown import PagePart, blocks, bullet_list, escaped, linked, titled
from spasmhelp.cli.pages.wording import closing_words
from spasmhelp.core.model import Source, Table, Topic
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.reference import SectionEntry

# The name heads the entry, the sources end the page; the others are for the reader of sentences.
NOT_FOR_A_LEAFLET = ("id", "name", "cues", "hints", "sources")


def leaflet(table: Table, entries: Iterable[SectionEntry], title: str) -> Iterator[PagePart]:
    """Yield the parts of a leaflet: its title, each entry, the sources of them, and the disclaimer."""
    entries = tuple(entries)
    yield PagePart("action", titled(1, title))
    for one in entries:
        yield PagePart(
            "topic",
            topic_part(one.entry, table.phrases) if isinstance(one.entry, Topic) else entry_part(one, table.phrases),
        )
    cited = dict.fromkeys(source for one in entries for source in getattr(one.entry, "sources", ()))
    lines = [f"{escaped(table.phrases.sources)} {citations(cited)}"] if cited else []
    yield PagePart(
        "origins",
        blocks(titled(2, table.phrases.where_from), *lines, escaped(closing_words(table, table.about.disclaimer))),
    )


def word_list(table: Table, entries: Iterable[SectionEntry], title: str) -> Iterator[PagePart]:
    """Yield the parts of a list of all words: the sections of the table."""
    yield PagePart("action", titled(1, title))
    sections: dict[str, list[str]] = {}
    for one in entries:
        sections.setdefault(one.section, []).append(id_and_name(one.entry))
    for section, names in sections.items():
        yield PagePart("topic", blocks(titled(2, section_title(section, table.phrases)), bullet_list(names)))


def topic_part(topic: Topic, phrases: Phrases) -> str:
    """Return a page of the background, with where its claim comes from."""
    origin = f"*{escaped(topic_origin(topic, phrases))}*"
    return blocks(titled(2, topic.title), *map(escaped, topic.text.split("\n\n")), origin)


def entry_part(one: SectionEntry, phrases: Phrases) -> str:
    """Return all that is known of an entry, as a list."""
    entry = one.entry
    if isinstance(entry, Source):
        return blocks(titled(2, entry.name or entry.id), linked(entry.cite, entry.url))
    pairs = labelled(entry, phrases, without=NOT_FOR_A_LEAFLET)
    lines = [line for label, value in pairs for line in value_lines(label, value, "")]
    return blocks(titled(2, title_of(one, phrases)), "\n".join(lines))


def value_lines(label: str, value: Any, indent: str) -> Iterator[str]:
    """Yield a key of an entry as items of a list; what has keys of its own is a list below it."""
    label = escaped(label[:1].upper() + label[1:])
    if isinstance(value, list) and not any(isinstance(part, tuple) for part in value):
        value = (" " if any(part.endswith(".") for part in value) else ", ").join(value)
    if isinstance(value, tuple | list) and value:
        yield f"{indent}- {label}"
        pairs = value if isinstance(value, tuple) else ((f"{n}", part) for n, part in enumerate(value, 1))
        for key, part in pairs:
            yield from value_lines(key, part, indent + "  ")
    elif value:
        yield f"{indent}- {label}: {escaped(value)}"
