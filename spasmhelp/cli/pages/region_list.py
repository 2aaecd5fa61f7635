"""The list of places that a question is answered from: by region, in pages that fit the terminal."""

from collections.abc import Sequence

from spasmhelp.cli.cells import cells, left, right
from spasmhelp.cli.pages.places import map_and_list, region_name
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look, render
from spasmhelp.core.model import Location
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.words import by_region

MAP_AND_LIST, MAP_ROWS = 80, 37  # what the body map needs with the list of places beside it
COMPACT = 60  # columns from which the places of a region stand side by side


def place_pages(paper: Paper, places: tuple[Location, ...], phrases: Phrases) -> list[str]:
    """Return the pages of the list: numbered in the table's order, together by region; the body map where it fits."""
    look = paper.look
    if map_fits(look, places):
        return [render(look, map_and_list(places, phrases, look))]
    compact = look.width >= COMPACT and not look.plain
    numbers = {place: number for number, place in enumerate(places, 1)}
    lines: list[list[str]] = []
    for region, those in by_region(places).items():
        name = region_name(region, phrases)
        if compact:
            lines.append(side_by_side(name, [f"{numbers[place]} {place.name}" for place in those], look.width))
        else:
            listed = [paper.hanging(place.name, paper.label(numbers[place], 2)) for place in those]
            lines += [[f"{name}:", *listed[0]], *listed[1:]]  # no heading at the end of a page
    # Nothing scrolls away from who listens.
    return in_pages(lines, look.rows - 3 if look.rows and not look.plain else 0)


def map_fits(look: Look, places: Sequence[Location]) -> bool:
    """Whether the body map has room beside the list of places, in columns and in rows."""
    high = len(places) + len(by_region(places)) + 4
    return not look.plain and look.columns >= MAP_AND_LIST and (not look.rows or look.rows >= max(high, MAP_ROWS))


def side_by_side(name: str, items: list[str], width: int) -> list[str]:
    """Return a region in as few lines as fit, each item whole."""
    lines = [f"  {left(name, 6)}"]
    for item in items:
        if cells(lines[-1]) + 3 + cells(item) > width and lines[-1].strip():
            lines.append(" " * 8)
        lines[-1] += f"{right(item, cells(item) + (2 if item[1] == ' ' else 1))}   "
    return [line.rstrip() for line in lines]


def in_pages(blocks: Sequence[Sequence[str]], rows: int) -> list[str]:
    """Join blocks of lines to pages of at most so many rows (0: one page), no block split."""
    pages = [""]
    for block in blocks:
        text = "".join(f"{line}\n" for line in block)
        if rows and pages[-1] and (pages[-1] + text).count("\n") > rows:
            pages.append("")
        pages[-1] += text
    return pages
