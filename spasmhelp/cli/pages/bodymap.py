"""The body map: front and back in text, numbered as the list of places is, one place lit up if that is wanted."""

from collections.abc import Sequence

from rich.text import Text

from spasmhelp.cli.cells import cells, centred
from spasmhelp.cli.pages.bodyart import BACK, BACK_ROWS, BESIDE, FRONT, OUTLINE, PLACES
from spasmhelp.cli.terminal import Look
from spasmhelp.core.model import Location
from spasmhelp.core.phrases import Phrases

HALF = 13  # columns of a half, the axis included
WIDTH = 2 * HALF - 1
GAP = 3
MAP_WIDTH = 2 * WIDTH + GAP
LIT = "bold red"
VIEWS = {"front": FRONT, "back": BACK}
FLIP = str.maketrans("/\\()", "\\/)(")


def places_on_the_map() -> frozenset[str]:
    """Return the ids of all places that the drawing knows."""
    return frozenset((*PLACES.values(), *BESIDE))


def halves(art: str) -> list[str]:
    """Return the rows of a half drawing, all of one width."""
    return [row.ljust(HALF)[:HALF] for row in art.strip("\n").split("\n")]


def mirrored(rows: Sequence[str]) -> list[str]:
    """Return the rows mirrored at their last column; capitals, which begin a number, stand on one side only."""
    return [row + row[-2::-1].translate(FLIP).lower() for row in rows]


def drawing(view: str) -> tuple[list[str], list[str]]:
    """Return the outline of a view, and a letter for each cell that belongs to a place."""
    rows = halves(OUTLINE)
    if view == "back":
        rows = [BACK_ROWS.get(i, row).ljust(HALF) for i, row in enumerate(rows)]
    mask = VIEWS[view].removeprefix("\n").removesuffix("\n").split("\n")
    return mirrored(rows), mirrored([row.ljust(HALF) for row in mask])


def figure(
    view: str, locations: Sequence[Location], phrases: Phrases, look: Look, lit: Location | None = None
) -> list[Text]:
    """Return a view of the body with its caption; all numbers, or only the lit place filled."""
    numbers = {location.id: str(i) for i, location in enumerate(locations, 1)}
    fill = "\N{MEDIUM SHADE}" if look.utf8 else "#"
    lines = []
    for row, letters in zip(*drawing(view), strict=True):
        line = Text()
        number = ""
        for drawn, letter in zip(row, letters, strict=True):
            place = PLACES.get(letter.lower(), "")
            if letter.isupper() and (lit is None or place == lit.id):
                number = numbers.get(place, "")
            if number:
                line.append(number[0], style="bold")
                number = number[1:]
            elif lit and place == lit.id:
                line.append(fill, style=LIT)
            else:
                line.append(drawn, style="dim")
        lines.append(line)
    return [*lines, Text(centred(phrases.front if view == "front" else phrases.back, WIDTH))]


def body_map(locations: Sequence[Location], phrases: Phrases, look: Look, lit: Location | None = None) -> list[Text]:
    """Return both views side by side, and below them the places that are no single spot."""
    views = [figure(view, locations, phrases, look, lit) for view in VIEWS]
    lines = [front + Text(" " * GAP) + back for front, back in zip(*views, strict=True)]
    numbers = {location.id: i for i, location in enumerate(locations, 1)}
    named = {location.id: location.name for location in locations}
    beside = [f"{numbers[place_id]} {named[place_id]}" for place_id in BESIDE if place_id in named and lit is None]
    if beside:
        lines.append(Text())
        lines += [Text(centred(line, MAP_WIDTH)) for line in in_lines(beside, MAP_WIDTH)]
    return lines


def in_lines(items: Sequence[str], width: int) -> list[str]:
    """Return items in as few lines as they fit, side by side."""
    lines = [items[0]]
    for item in items[1:]:
        if cells(f"{lines[-1]}   {item}") > width:
            lines.append(item)
        else:
            lines[-1] += f"   {item}"
    return lines


def around(lines: list[Text], most: int) -> list[Text]:
    """Return the rows of a view, or of both, around the place that is lit, and the caption: so many in all."""
    lit = [i for i, line in enumerate(lines) if any(span.style == LIT for span in line.spans)]
    if len(lines) <= most or not lit:
        return lines
    rows = max(most - 1, len(lit))
    start = min(max(0, (lit[0] + lit[-1] + 1 - rows) // 2), len(lines) - 1 - rows)
    return [*lines[start : start + rows], lines[-1]]


def view_of(location: Location) -> str:
    """Return the view that shows a place, the front if both do; nothing where the drawing has no spot for it."""
    letter = next((letter for letter, place in PLACES.items() if place == location.id), None)
    return next((view for view, mask in VIEWS.items() if letter and letter in mask), "")


def small_map(location: Location | None, phrases: Phrases, look: Look) -> list[Text]:
    """Return the one view that shows a place, lit and without its number; no lines where there is none."""
    view = view_of(location) if location and not look.plain else ""
    return figure(view, (), phrases, look, location) if view else []
