"""The pages of `explain`: the background as a person would want to read it, and all that is known of one entry."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from spasmhelp.cli.pages.labelled import labelled, section_title, title_of
from spasmhelp.cli.pages.wording import closing_words
from spasmhelp.core.model import Entry, Origin, Seen, Source, Table, Topic, Verdict
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.reference import SectionEntry


def background(table: Table) -> Iterator[RenderableType]:
    """Every topic, then the sources, then the disclaimer."""
    yield Text(table.about.title, style="bold")
    for topic in table.topics:
        yield Text()
        yield from topic_page(topic, table.phrases)
    yield Text()
    yield Text(table.phrases.sources_heading, style="bold")
    cited = {source for topic in table.topics for source in topic.sources}
    for source in table.sources:
        if source in cited:
            yield source_line(source, table.phrases)
    yield Text()
    yield Text(closing_words(table, table.about.disclaimer))


def topic_page(topic: Topic, phrases: Phrases) -> Iterator[RenderableType]:
    """A heading, the paragraphs, and where the claim comes from."""
    yield Text(topic.title.upper(), style="bold")
    for paragraph in topic.text.split("\n\n"):
        yield Text(" ".join(paragraph.split()))
    yield Text(topic_origin(topic, phrases), style="dim")


def topic_origin(topic: Topic, phrases: Phrases) -> str:
    """Say where the claim of a page comes from, and what sources say of it."""
    names = ", ".join(dict.fromkeys(source.name or source.id for source in topic.sources))
    verdict = {
        Verdict.agree: phrases.trusted_agree,
        Verdict.partly: phrases.trusted_partly,
        Verdict.nothing: phrases.trusted_nothing,
        Verdict.disagree: phrases.trusted_disagree,
    }[topic.sources_say]
    origin = {
        Origin.article: phrases.article_says,
        Origin.reply: phrases.reply_says,
        Origin.reader: phrases.reader_says,
        Origin.guideline: phrases.guideline_says,
    }[topic.origin]
    return phrases.topic_from.format(origin=origin, verdict=verdict, sources=names)


def source_line(source: Source, phrases: Phrases) -> RenderableType:
    """How a source is cited; a copy says that it is one."""
    copy = f" {phrases.read_in_a_copy}" if source.seen is Seen.copy else ""
    return Text(f"{source.cite}{copy}" + (f", {source.url}" if source.url else ""))


def list_page(found: Iterable[SectionEntry], phrases: Phrases) -> Iterator[RenderableType]:
    """Every word there is, by section: the id, and what it is called."""
    section = ""
    for one in found:
        if one.section != section:
            yield from [Text()] if section else []
            section = one.section
            yield Text(section_title(section, phrases).upper(), style="bold")
        yield Text(id_and_name(one.entry))


def id_and_name(entry: Entry) -> str:
    """Return the id of an entry and what it is called, if it is called anything."""
    name = getattr(entry, "name", "") or getattr(entry, "title", "")
    return f"{entry.id}: {name}" if name else entry.id


def entry_pages(found: Iterable[SectionEntry], phrases: Phrases) -> Iterator[RenderableType]:
    """All that is known of each entry, and where it is used."""
    for number, one in enumerate(found):
        yield from [Text()] if number else []
        if isinstance(one.entry, Topic):
            yield from topic_page(one.entry, phrases)
        else:
            yield Text(title_of(one, phrases), style="bold")
            for label, value in labelled(one.entry, phrases, without=("name",)):
                yield from field_lines(label, value)
        if one.used_by:
            cases = sum(path.startswith("cases[") for path in one.used_by)
            users = [path for path in one.used_by if not path.startswith("cases[")]
            users += [phrases.cases_of_table.format(number=cases)] if cases else []
            yield Text(phrases.used_by.format(what=", ".join(users)))


def field_lines(label: str, value: Any) -> Iterator[RenderableType]:
    """One key of an entry; what has keys of its own stands below, indented."""
    label = label[:1].upper() + label[1:]
    if isinstance(value, tuple):
        if value:
            yield from [Text(f"{label}:")] if label else []
            for key, part in value:
                for line in field_lines(key, part):
                    yield Padding(line, (0, 0, 0, 2 if label else 0))
    elif isinstance(value, list) and any(isinstance(part, tuple) or part.endswith(".") for part in value):
        yield Text(f"{label}:")
        for part in value:  # sentences, or what has keys of its own
            for line in field_lines("", part) if isinstance(part, tuple) else [Text(part)]:
                yield Padding(line, (0, 0, 0, 2))
    elif isinstance(value, list):
        yield Text(f"{label}: {', '.join(value)}")
    elif value:
        yield Text(f"{label}: {value}")
