"""The body map and `spasmhelp where`: every place has its spot, on any terminal, in any encoding."""

import json
from pathlib import Path

import pytest

from spasmhelp.cli.pages.bodymap import VIEWS, WIDTH, body_map, drawing, places_on_the_map, small_map, view_of
from spasmhelp.cli.terminal import Look, render
from tests.program import process, run
from tests.tables import SHIPPED
from tests.terminal import Terminal, environment

SMALL = str(Path(__file__).with_name("small.yaml"))
TABLE = SHIPPED
SPOTS = [place for place in TABLE.locations if place.id not in ("several_places", "somewhere_else")]


def where(*arguments):
    """Run `spasmhelp where` with its output in a file."""
    return run("where", *arguments)


def test_every_place_of_the_table_is_on_the_map():
    assert {place.id for place in TABLE.locations} == places_on_the_map()


def test_every_place_has_a_spot_for_its_number_in_a_view():
    letters = {letter for view in VIEWS for row in drawing(view)[1] for letter in row if letter.strip()}
    assert all(letter.upper() in letters for letter in letters)


@pytest.mark.parametrize("view", VIEWS)
def test_both_halves_of_the_body_are_alike(view):
    outline, places = drawing(view)
    flip = str.maketrans("/\\()", "\\/)(")
    assert all(row == row[::-1].translate(flip) and len(row) == WIDTH for row in outline)
    assert all(row.lower() == row.lower()[::-1] for row in places)


@pytest.mark.parametrize("view", VIEWS)
def test_no_spot_lies_on_the_outline_of_the_body(view):
    for row, letters in zip(*drawing(view), strict=True):
        drawn = [cell for cell, letter in zip(row, letters, strict=True) if letter.strip()]
        assert set(drawn) <= set(" :_")


def test_the_map_shows_every_number_of_the_list_once_a_view():
    shown = render(Look(columns=80), *body_map(TABLE.locations, TABLE.phrases, Look(columns=80)))
    numbers = {
        int(word) for line in shown.splitlines() for word in "".join(c if c.isdigit() else " " for c in line).split()
    }
    assert numbers == set(range(1, len(TABLE.locations) + 1))


@pytest.mark.parametrize("place", SPOTS, ids=lambda place: place.id)
def test_a_lit_place_is_filled_and_no_other_number_is_shown(place):
    look = Look(columns=80, utf8=False)
    shown = render(look, *body_map(TABLE.locations, TABLE.phrases, look, place))
    number = str(TABLE.locations.index(place) + 1)
    assert "#" in shown
    assert set("".join(c if c.isdigit() else " " for c in shown).split()) == {number}


@pytest.mark.parametrize("place", SPOTS, ids=lambda place: place.id)
def test_the_small_map_shows_the_view_that_has_the_place(place):
    shown = render(Look(), *small_map(place, TABLE.phrases, Look(utf8=False)))
    assert "#" in shown
    assert shown.split()[-1].lower() == view_of(place)


def test_a_place_that_is_no_single_spot_has_no_small_map():
    assert small_map(TABLE.locations[-1], TABLE.phrases, Look()) == []


def test_at_80_columns_the_list_stands_beside_the_map():
    text = where().out
    beside = next(line for line in text.splitlines() if "Arch of the foot" in line)
    assert "/       \\" in beside or "|" in beside
    assert max(map(len, text.splitlines())) <= 80


def test_where_calf_says_its_names_its_muscles_and_what_stretches_it():
    text = " ".join(where("calf", "--plain").out.split())
    assert "charley horse" in text
    assert "gastrocnemius, soleus" in text
    assert "Lengthen the muscle: Straighten your knee." in text


def test_a_guarded_place_is_shown_without_a_stretch():
    text = " ".join(where("neck", "--plain").out.split())
    assert "Lengthen" not in text
    assert "safety questions" in text


def test_a_place_is_found_by_beginnings_of_words():
    assert where("back", "of", "the", "thi", "--plain").out.startswith("Back of the thigh\n")


def test_an_unknown_place_is_refused_with_what_is_possible():
    done = where("xyzzy")
    assert (done.status, done.out) == (2, "")
    assert "somewhere_else" in done.err


def test_a_word_for_several_places_names_them():
    done = where("thigh")
    assert (done.status, done.out) == (2, "")
    assert "thigh_front or thigh_back or inner_thigh" in done.err


def test_the_json_has_every_place_with_the_keys_of_the_contract():
    out = json.loads(where("--json").out)
    assert out["schema"] == 1
    assert [place["id"] for place in out["locations"]] == [place.id for place in TABLE.locations]
    keys = ["id", "name", "region", "synonyms", "muscles", "opposite", "guarded"]
    assert all(list(place) == keys for place in out["locations"])


def test_the_json_of_one_place_is_that_place_alone():
    assert [place["id"] for place in json.loads(where("calf", "--json").out)["locations"]] == ["calf"]


def test_in_plain_mode_no_map_is_drawn():
    text = where("--plain").out
    assert "|" not in text
    assert " 4. Calf" in text


def test_an_ascii_terminal_gets_an_ascii_map():
    done = process("where", "calf", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.status == 0
    assert "####" in done.out
    assert done.out.isascii()


def test_a_table_with_other_places_gets_its_list_without_a_map(tmp_path):
    other = tmp_path / "other.yaml"
    text = Path(SMALL).read_text()
    for old in ("foot_arch", "calf", "thigh_front", "thigh_back", "upper_back", "neck"):
        text = text.replace(f"{old}:", f"my_{old}:").replace(f"[{old}, neck]", "[calf, neck]")
    other.write_text(text)
    done = where("--table", str(other))
    assert done.status == 0, done.err
    assert "2. Calf" in done.out
    assert ".-----." not in done.out


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
def test_at_any_width_nothing_is_cut(columns):
    terminal = Terminal("where", "--no-pager", columns=columns, rows=50)
    assert terminal.end() == 0
    assert "Back of the upper arm" in " ".join(terminal.transcript().split())


def test_the_map_is_part_of_the_question_where_it_has_room():
    terminal = Terminal("advise", columns=80, rows=50)
    terminal.wait()
    assert ".-----." in terminal.answer("?")


def test_the_map_is_left_out_of_the_question_where_it_would_scroll_away():
    terminal = Terminal("advise", columns=80, rows=24)
    terminal.wait()
    shown = terminal.answer("?")
    assert ".-----." not in shown
    assert "Back of the thigh" in terminal.transcript()


def given(columns, **extra):
    """Return the screen of an advice whose answers were given."""
    flags = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")
    terminal = Terminal("advise", *flags, "--table", SMALL, columns=columns, rows=60, env=environment(**extra))
    assert terminal.end() == 0
    return terminal.transcript()


@pytest.mark.parametrize(("columns", "drawn"), [(80, False), (99, False), (100, True), (140, True)])
def test_the_body_stands_beside_the_advice_from_100_columns_up(columns, drawn):
    assert (".-----." in given(columns)) is drawn


def test_the_body_does_not_stand_beside_a_plain_advice():
    assert ".-----." not in given(120, ACCESSIBLE="1")
