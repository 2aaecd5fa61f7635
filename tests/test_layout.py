"""Text is laid out by the cells that it takes, whatever its letters: from right to left, of two cells, with marks."""

import re
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unicodedata import normalize

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from spasmhelp import Table, load_table
from spasmhelp.cli.asking.replies import reply_to
from spasmhelp.cli.asking.status import status_text
from spasmhelp.cli.cells import centred, cut, wrapped_lines
from spasmhelp.cli.pages.bodymap import MAP_WIDTH, body_map
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look
from spasmhelp.core.advise import advise
from spasmhelp.core.guiding.hearing import hear
from spasmhelp.core.guiding.moves import begin
from spasmhelp.core.guiding.states import Event, Stage
from spasmhelp.core.language import GuideWords, Reading
from spasmhelp.core.phrases import Phrases
from tests.guide import case, guided
from tests.program import run
from tests.pseudo import Translator, hebrew, pseudo_text, read_once, wide
from tests.talking import talk
from tests.terminal import Terminal

TONGUES = {"he": hebrew, "ja": wide}


@pytest.fixture(scope="module", autouse=True)
def tables_are_read_once() -> Iterator[None]:
    """Read each table once for all tests."""
    with read_once():
        yield


@pytest.fixture(scope="module", params=TONGUES)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a translated table in `t.yaml`, named by its language."""
    folder = tmp_path_factory.mktemp("tables") / request.param
    folder.mkdir()
    text = pseudo_text(TONGUES[request.param], language_tag=request.param)
    folder.joinpath("t.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def table(folder: Path) -> Table:
    """Return the translated table."""
    return load_table(str(folder / "t.yaml"))


@pytest.fixture(scope="module")
def say(folder: Path) -> Translator:
    """Return what translates a text as the table is."""
    return TONGUES[folder.name]


def too_wide(text: str, columns: int) -> Iterator[str]:
    """Yield the lines that take more cells than a terminal has; what is drawn over a line stands behind a return."""
    for line in re.split("[\r\n]", text):
        if cell_len(line) > columns:
            yield line


RUNS = [
    ("advise", "--onset", "sudden", "--location", "calf", "--trigger", "exercise", "--no-red-flags", "--why"),
    ("advise", "--onset", "sustained", "--location", "chest", "--precaution", "torn_muscle"),
    ("where",),
    ("where", "calf"),
    ("explain", "lengthen"),
    ("explain",),
]


@pytest.mark.parametrize("columns", [80, 40])
def test_no_line_of_a_page_takes_more_cells_than_there_are(folder: Path, columns: int) -> None:
    for arguments in RUNS:
        ran = run(*arguments, "--table", "t.yaml", env={"COLUMNS": str(columns)}, cwd=folder)
        assert ran.status == 0, ran.err
        assert list(too_wide(ran.out, columns)) == [], arguments
        assert max(map(cell_len, ran.out.splitlines())) > columns - 4


@pytest.mark.parametrize("columns", [80, 40])
def test_no_line_of_the_interview_takes_more_cells_than_there_are(table: Table, say: Translator, columns: int) -> None:
    calf = f"{say('charley horse')}, {say('cramp')}"
    for lines in (("?", "", "", calf, "?", "", "", "", "0", "", "", ""), (calf, say("blood clot"), say("yes"))):
        talked = talk(table, *lines, columns=columns, rows=16)
        assert len(talked.turns) >= len(lines)
        shown = "\n".join([*(turn.shown for turn in talked.turns), talked.rest, talked.page if talked.case else ""])
        assert list(too_wide(shown, columns)) == []
        assert max(map(cell_len, shown.splitlines())) > columns - 4


@pytest.mark.parametrize("columns", [80, 40])
def test_the_time_of_the_guide_is_drawn_in_one_line(table: Table, columns: int) -> None:
    shown = guided(table, case(table, onset="sustained"), ("n", "", (65, "+"), "p", "p", (300, "q")), columns=columns)
    assert list(too_wide(shown.raw, columns)) == []
    assert shown.raw.count("\r") > 60


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_list_beside_the_map_begins_in_one_column(tmp_path: Path, tongue: str) -> None:
    tmp_path.joinpath("t.yaml").write_text(pseudo_text(TONGUES[tongue], language_tag=tongue), encoding="utf-8")
    ran = run("where", "--table", "t.yaml", env={"COLUMNS": "90"}, cwd=tmp_path)
    lines = [line for line in ran.out.split("\n\n")[0].splitlines() if "." not in line]
    starts = [cell_len(line[: found.start(1)]) for line in lines if (found := re.search(r".{50}  ?(\d+) \D+$", line))]
    assert len(starts) > 20
    assert set(starts) <= {55, 56}  # a number of two figures, or of one


def test_where_a_step_comes_from_stands_at_the_right_edge(folder: Path) -> None:
    ran = run(*RUNS[0], "--table", "t.yaml", env={"COLUMNS": "80"}, cwd=folder)
    assert sum(cell_len(line) == 80 for line in ran.out.splitlines() if "   " in line) >= 2


def test_a_page_says_in_which_direction_it_is_read(folder: Path) -> None:
    ran = run(*RUNS[0], "--table", "t.yaml", "--format", "html", cwd=folder)
    direction = {"he": "rtl", "ja": "ltr"}[folder.name]
    assert f'<html lang="{folder.name}" dir="{direction}">' in ran.out
    assert "-left" not in ran.out


def test_a_wide_table_on_a_terminal_stands_as_it_was_measured(folder: Path, say: Translator) -> None:
    if folder.name != "ja":
        pytest.skip("one terminal is enough")
    terminal = Terminal("where", "--no-pager", "--table", str(folder / "t.yaml"), columns=90, rows=60)
    assert terminal.end() == 0
    assert say("Calf") in terminal.transcript().replace(" ", "")


def test_the_bar_leaves_room_for_wide_words_and_what_is_typed(table: Table) -> None:
    phrases = replace(table.phrases, guide_time_left="{time}はまだのこっています")
    state, _ = begin(table, advise(table, case(table)), 0.0)
    state = replace(state, stage=Stage.timer, ends=60.0, length=60.0)
    drawn = status_text(replace(table, phrases=phrases), state, 0.0, Look(columns=50, width=50))
    assert "░" in drawn
    assert cell_len(drawn) + 14 <= 50


def test_a_line_that_is_drawn_anew_keeps_what_was_typed_last() -> None:
    stream = TextIOWrapper(BytesIO(), "utf-8")
    Paper(Look(columns=10, width=10), stream).redraw("> ふくらはぎがいたい")
    assert stream.buffer.getvalue().decode() == "\rがいたい"


def test_a_line_that_is_drawn_anew_leaves_nothing_of_a_wider_one() -> None:
    stream = TextIOWrapper(BytesIO(), "utf-8")
    paper = Paper(Look(columns=10, width=10), stream)
    paper.redraw("ふくら")
    paper.redraw("ふ")
    assert stream.buffer.getvalue().decode() == f"\rふくら\r{' ' * 6}\rふ"


def test_places_that_are_no_single_spot_stand_in_as_many_lines_as_they_need(table: Table) -> None:
    long = tuple(replace(place, name="ながい" * 9) for place in table.locations)
    below = body_map(long, table.phrases, Look(columns=80))[-2:]
    assert [line.plain.strip()[:2] for line in below] == ["33", "34"]
    assert all(cell_len(line.plain) == MAP_WIDTH for line in below)


def test_examples_keep_the_capitals_of_a_language_whose_names_have_them(table: Table) -> None:
    questions = replace(table.questions, location=replace(table.questions.location, examples=()))
    onsets = (replace(table.onsets[0], name="Von Jetzt auf Gleich", synonyms=()),)
    places = (replace(table.locations[0], name="Große Zehe"), *table.locations[1:])
    german = replace(table, questions=questions, onsets=onsets, locations=places)
    for tag, example in (("de", "Große Zehe, Von Jetzt auf Gleich"), ("fr", "große Zehe, von Jetzt auf Gleich")):
        shown = talk(replace(german, phrases=Phrases(language_tag=tag)), "q").words
        assert f"({example})" in shown


# The measures themselves.


@pytest.mark.parametrize("width", [8, 9, 20])
def test_a_wide_text_is_broken_between_letters_and_no_line_begins_with_a_full_stop(width: int) -> None:
    text = "ふくらはぎをゆっくり伸ばす。NHSの助言、痛みが増したらやめる。"
    lines = wrapped_lines(text, width, " 1 ", "   ")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(line[3:] for line in lines) == text
    assert not [line for line in lines if line[3:].startswith(("。", "、"))]


def test_blanks_stay_where_a_line_is_not_broken() -> None:
    assert wrapped_lines("ふく らは NHS ぎ", 40) == ["ふく らは NHS ぎ"]
    assert wrapped_lines("ふく らは", 6) == ["ふく", "らは"]
    assert wrapped_lines("", 6) == []
    assert wrapped_lines("a b", 6) == ["a b"]


def test_a_mark_takes_no_cell_and_stays_on_its_letter() -> None:
    marked = normalize("NFD", "が") * 6
    assert wrapped_lines(marked, 4) == [normalize("NFD", "がが")] * 3
    assert centred("שָׁ", 5) == "  שָׁ  "
    assert cell_len(centred("ふくらはぎ", 5)) == 5
    assert cut("ふくら", 3) == "ら"


def test_letters_and_marks_are_one_however_they_are_typed() -> None:
    reading = Reading(none=("non", "niente già"), unsure=("não sei", "¿y si?"), guide=GuideWords(let_go=("è passato",)))
    for form in ("NFC", "NFD"):
        assert reply_to(normalize(form, "niente già"), reading).none
        assert reply_to(normalize(form, "não sei, 3"), reading).unsure
        assert reply_to(normalize(form, "¿y si? 3"), reading).numbers == (3,)


def test_the_guide_hears_letters_however_they_are_typed(table: Table) -> None:
    words = GuideWords(let_go=("è passatò", "がん"))
    spoken = replace(table, reading=replace(table.reading, guide=words))
    state, _ = begin(spoken, advise(spoken, case(spoken)), 0.0)
    for said in ("è passatò", "がん"):
        assert [hear(spoken, state, normalize(form, said)) for form in ("NFC", "NFD")] == [Event.let_go] * 2
