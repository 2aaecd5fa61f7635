"""The pages of `where`: the places on the body map, and all that is known of one of them."""

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from spasmhelp.cli.pages.bodymap import MAP_WIDTH, VIEWS, WIDTH, around, body_map, figure, places_on_the_map, view_of
from spasmhelp.cli.terminal import Look, render
from spasmhelp.core.document import CaseError, Problem, printable
from spasmhelp.core.model import Location, Region, Step, Table
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.wire import SCHEMA
from spasmhelp.core.words import beginning, by_region, index, meaning

BESIDE = 27  # columns that the list of places needs beside the map


def find_place(table: Table, text: str) -> Location:
    """Return the place that a text names, by name, synonym or beginnings. Raises CaseError with what is possible."""
    found = meaning(Location, index(table.locations), text)
    if isinstance(found, Location):
        return found
    fitting = beginning(table.locations, text)
    if len(fitting) == 1 and isinstance(fitting[0], Location):
        return fitting[0]
    message, choices = found if isinstance(found, tuple) else ("", ())
    if fitting:
        choices = tuple(place.id for place in fitting)
        message = f"'{printable(text)}' could be {' or '.join(choices)}"
    raise CaseError([Problem(where="", message=message, choices=choices)])


def places_out(places: tuple[Location, ...]) -> dict[str, Any]:
    """Return places as they are written to JSON."""
    names = ("id", "name", "region", "synonyms", "muscles", "opposite", "guarded")
    return {
        "schema": SCHEMA,
        "locations": [
            {name: getattr(place, name) for name in names}
            | {"region": place.region.id if place.region else None, "opposite": place.opposite or None}
                      for place in places],
    }  # fmt: skip


def all_places(table: Table, look: Look) -> Iterator[RenderableType]:
    """Every place: on the map and in a list beside it, then with other names and muscles."""
    if look.plain or look.columns < WIDTH or not drawn(table.locations):
        yield from place_list(table.locations, table.phrases)
    elif look.columns < MAP_WIDTH + BESIDE:
        yield from stacked(table, look)
        yield Text()
        yield from place_list(table.locations, table.phrases)
    else:
        yield map_and_list(table.locations, table.phrases, look)
    yield Text()
    yield Text(table.phrases.other_names, style="bold")
    for place in table.locations:
        others = "; ".join(names_and_muscles(place, table.phrases)) or table.phrases.no_other_name
        yield Text(f"{place.name}: {others}.")
    yield Text()
    command = f"spasmhelp where {table.locations[0].id.replace('_', ' ')}"
    yield Text(table.phrases.more_of_one.format(command=command), style="dim")


def drawn(locations: tuple[Location, ...]) -> bool:
    """Whether the map shows any of these places: another table may have others."""
    return any(place.id in places_on_the_map() for place in locations)


def map_and_list(locations: tuple[Location, ...], phrases: Phrases, look: Look) -> RenderableType:
    """Return the body map with the list of places beside it; the list alone where the map knows none of them."""
    if not drawn(locations):
        return Text("\n").join(place_list(locations, phrases))
    return beside(body_map(locations, phrases, look), place_list(locations, phrases, ""), MAP_WIDTH)


def region_name(region: Region | None, phrases: Phrases) -> str:
    """Return what a group of places is called; places of no region are the others."""
    return region.name if region else phrases.other_places


def names_and_muscles(place: Location, phrases: Phrases) -> list[str]:
    """Return what else a place is called and which muscles it has, as parts of a sentence."""
    parts = [", ".join(place.synonyms)] if place.synonyms else []
    return parts + ([phrases.muscles_are.format(muscles=", ".join(place.muscles))] if place.muscles else [])


def place_list(locations: tuple[Location, ...], phrases: Phrases, dot: str = ".") -> list[Text]:
    """Return the list of places by region, numbered in the table's order as everywhere."""
    numbers = {place: number for number, place in enumerate(locations, 1)}
    lines = []
    for region, places in by_region(locations).items():
        lines.append(Text(region_name(region, phrases), style="bold"))
        lines += [Text(f"{numbers[place]:>2}{dot} {place.name}") for place in places]
    return lines


def beside(left: list[Text], right: list[Text], width: int) -> RenderableType:
    """Return two blocks of lines side by side."""
    grid = Grid.grid()
    grid.add_column(width=width + 2, no_wrap=True)
    grid.add_column()
    grid.add_row(Text("\n").join(left), Text("\n").join(right))
    return grid


def stacked(table: Table, look: Look) -> Iterator[RenderableType]:
    """The map, its views side by side, or one below the other on a narrow terminal."""
    if look.columns >= MAP_WIDTH:
        yield from body_map(table.locations, table.phrases, look)
        return
    for view in VIEWS:
        yield from figure(view, table.locations, table.phrases, look)
        yield Text()


def one_place(table: Table, place: Location, look: Look) -> Iterator[RenderableType]:
    """One place lit up on the map, and beside or below it its names, muscles and what stretches it.

    Where the rows of the terminal are fewer than those of the map, the map is that of the part around the place.
    """
    about = list(about_place(table, place))
    view = view_of(place)
    rows = look.rows - 2 if look.rows else 1000  # the prompt comes below it
    if look.plain or look.columns < WIDTH or not view:
        yield from about
    elif look.columns < MAP_WIDTH + BESIDE:
        below = render(look, *about).count("\n")
        yield from around(figure(view, table.locations, table.phrases, look, place), rows - below - 1)
        yield Text()
        yield from about
    else:
        yield beside(around(body_map(table.locations, table.phrases, look, place), rows), about, MAP_WIDTH)


def about_place(table: Table, place: Location) -> Iterator[Text]:
    """What a place is called, which muscles it has, and what stretches it; where it is guarded, why not."""
    phrases = table.phrases
    yield Text(place.name, style="bold")
    if place.synonyms:
        yield Text(phrases.also_called.format(names=", ".join(place.synonyms)))
    if place.muscles:
        yield Text(phrases.muscles.format(muscles=", ".join(place.muscles)))
    if place.opposite:
        yield Text(phrases.opposite.format(muscles=place.opposite))
    yield Text()
    if place.guarded:
        yield Text(table.questions.red_flags.guarded)
    else:
        for step in stretches(table, place):
            yield Text(f"{step.name}: {step.how[place]}")
        yield Text(table.questions.red_flags.because)
    yield Text(phrases.first_advise.format(command=f"spasmhelp advise --location {place.id}"), style="bold")


def stretches(table: Table, place: Location) -> list[Step]:
    """Return the steps for now that say how this place is stretched: those that a stretch may be called."""
    called = index(table.steps)
    wanted = called.get("stretch", ()) or called.get("lengthen", ())
    return [step for step in table.steps if step in wanted and place in step.how]
