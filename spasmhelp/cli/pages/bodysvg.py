"""The body as a picture in SVG, made from the cells of the text map, its corners rounded."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from spasmhelp.cli.pages.bodyart import PLACES
from spasmhelp.cli.pages.bodymap import VIEWS, WIDTH, drawing, view_of
from spasmhelp.core.model import Location, Table

Cell = tuple[int, int]
GAP = 4  # rows: a knee and an ankle belong to no place
SIZE = (8, 16)  # of a cell: a character is twice as high as wide


def body_figure(table: Table, location: Location | None) -> str:
    """Return the view that shows a place, with a name and the place lit; nothing where it is no spot of the map."""
    view = view_of(location) if location else ""
    if not view or location is None:
        return ""
    rows, letters = drawing(view)
    lit = {
        (x, y) for y, row in enumerate(letters) for x, one in enumerate(row) if PLACES.get(one.lower()) == location.id
    }
    spine = [y for y, row in enumerate(rows) if row[WIDTH // 2] == ":"]
    phrases = table.phrases
    phrase = phrases.body_from_the_front if view == "front" else phrases.body_from_behind
    name = escape(phrase.format(place=location.name))
    middle = (WIDTH // 2) * SIZE[0] + SIZE[0] // 2
    line = f'<path class="spine" d="M{middle} {spine[0] * SIZE[1]}V{(spine[-1] + 1) * SIZE[1]}"/>' if spine else ""
    return (
        f'<figure><svg role="img" viewBox="-2 -2 {WIDTH * SIZE[0] + 4} {len(rows) * SIZE[1] + 4}"><title>{name}</title>'
        f'<path class="body" d="{"".join(map(curve, borders(body_cells())))}"/>{line}'
        f'<path class="lit" d="{"".join(map(curve, borders(lit)))}"/></svg>'
        f'<figcaption aria-hidden="true">{name}</figcaption></figure>'
    )


def body_cells() -> set[Cell]:
    """Return the cells of the body: what either view draws or gives to a place, and the short gaps below each other."""
    drawn = [picture for view in VIEWS for picture in drawing(view)]
    cells = {(x, y) for rows in drawn for y, row in enumerate(rows) for x, one in enumerate(row) if one != " "}
    for x in range(WIDTH):
        column = sorted(y for at, y in cells if at == x)
        cells |= {(x, y) for above, below in pairwise(column) if below - above <= GAP for y in range(above, below)}
    return cells


def borders(cells: set[Cell]) -> Iterator[list[Cell]]:
    """Yield the corners along each border of cells, in order, the cells always at the right hand."""
    following: dict[Cell, list[Cell]] = {}
    for x, y in sorted(cells):
        for beside, start, end in (
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        ):
            if beside not in cells:
                following.setdefault(start, []).append(end)
    while following:
        corner = next(iter(following))
        border = []
        while corner in following:
            border.append(corner)
            ends = following[corner]
            corner = ends.pop()
            if not ends:
                del following[border[-1]]
        yield border


def curve(border: list[Cell]) -> str:
    """Return a closed curve that rounds the corners of a border."""
    points = [(x * SIZE[0], y * SIZE[1]) for x, y in border]
    middles = between(points)
    ends = between(middles)
    start = ends[-1]
    bends = "".join(f"Q{cx} {cy} {x} {y}" for (cx, cy), (x, y) in zip(middles, ends, strict=True))
    return f"M{start[0]} {start[1]}{bends}Z"


def between(points: list[Cell]) -> list[Cell]:
    """Return the point halfway from each to the next, the last to the first."""
    return [
        ((ax + bx) // 2, (ay + by) // 2) for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True)
    ]
