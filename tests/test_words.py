"""Which word an answer means."""

import pytest
from msgspec.structs import replace

from spasmhelp import Table
from spasmhelp.core.model import Location
from spasmhelp.core.words import beginning, fold, index, meaning, nearest, noun, opens, place_index, separate
from spasmhelp.files import load_table


@pytest.mark.parametrize("text", ["Charley Horse", "charley-horse", "CHARLEY_HORSE", "  charley   horse "])
def test_case_spaces_hyphens_and_underscores_make_no_difference(small: Table, text: str) -> None:
    word = meaning(Location, index(small.locations), text)
    assert isinstance(word, Location)
    assert word.id == "calf"


@pytest.mark.parametrize("text", ["Mollet g\u00ean\u00e9", "mollet ge\u0302ne\u0301", "MOLLET GE\u0302NE\u0301"])
def test_a_letter_and_its_marks_are_one_however_they_are_written(text: str) -> None:
    for name in ("Mollet g\u00ean\u00e9", "Mollet ge\u0302ne\u0301"):
        place = Location(id="calf", name=name)
        assert meaning(Location, index([place]), text) is place


def test_an_id_a_name_and_a_synonym_lead_to_the_same_word(small: Table) -> None:
    known = index(small.locations)
    assert {meaning(Location, known, text).id for text in ("thigh_back", "Back of the thigh", "hamstring")} == {
        "thigh_back"
    }


def test_an_unknown_word_is_answered_with_the_nearest_and_all_that_is_possible(small: Table) -> None:
    assert meaning(Location, index(small.locations), "kalf") == (
        "no location called 'kalf'; did you mean 'calf'?",
        ("calf", "thigh_back", "chest"),
    )


def test_a_spelling_of_two_words_is_never_guessed(small: Table) -> None:
    calf, thigh, _ = small.locations
    known = {"leg": (calf, thigh)}
    assert meaning(Location, known, "leg") == ("'leg' could be calf or thigh_back", ("calf", "thigh_back"))


@pytest.mark.parametrize("text", ["back of my thigh", "thigh back", "ba th", "the back thigh"])
def test_beginnings_of_words_in_any_order_find_a_place(small: Table, text: str) -> None:
    assert [word.id for word in beginning(small.locations, text)] == ["thigh_back"]


def test_beginnings_that_fit_several_places_find_them_all(small: Table) -> None:
    assert [word.id for word in beginning(small.locations, "back")] == ["calf", "thigh_back"]


@pytest.mark.parametrize("text", ["", "the of my", "thigh thigh", "zebra"])
def test_an_answer_without_the_beginning_of_a_word_finds_nothing(small: Table, text: str) -> None:
    assert beginning(small.locations, text) == ()


def test_the_nearest_words_are_named_once(small: Table) -> None:
    assert [word.id for word in nearest(index(small.locations), "charly hors")] == ["calf"]


def test_an_answer_is_tried_whole_before_it_is_split_at_commas(small: Table) -> None:
    known = index(small.locations)
    assert separate(known, "calf, lower") == ["calf, lower"]
    assert separate(known, "calf, chest") == ["calf", "chest"]


def test_types_are_called_as_people_call_them(small: Table) -> None:
    assert noun(type(small.red_flags[0])) == "red flag"


def test_folding_twice_changes_nothing() -> None:
    assert fold(fold(" Back-of  the_Thigh ")) == "back_of_the_thigh"


@pytest.mark.parametrize("text", ["calf", "_calf_", " - calf", "CALF__"])
def test_underscores_and_blanks_around_a_word_make_no_difference(text: str) -> None:
    assert fold(text) == "calf"


def test_a_name_and_a_synonym_are_one_spelling_whatever_stands_between_their_words() -> None:
    assert fold("back__of - the_Thigh") == "back_of_the_thigh"


def test_a_synonym_of_two_words_leads_to_both(small: Table) -> None:
    words = [replace(word, synonyms=("leg", "Leg")) for word in small.locations[:2]]
    assert index(words)["leg"] == tuple(words)


def test_a_mistyped_synonym_is_offered_as_people_write_it(small: Table) -> None:
    message, _ = meaning(Location, index(small.locations), "charly horse")
    assert message == "no location called 'charly horse'; did you mean 'charley horse' (calf)?"


def test_what_is_hardly_like_a_word_is_not_offered(small: Table) -> None:
    known = index(small.locations)
    assert meaning(Location, known, "crust")[0] == "no location called 'crust'"
    assert nearest(known, "crust") == ()
    assert nearest(known, "chst") == (small.locations[2],)


@pytest.mark.parametrize("text", ["pain", "a spasm", "muscle", "help", "hiccups"])
def test_a_common_word_offers_no_place(text: str) -> None:
    locations = load_table().locations
    assert beginning(locations, text) == nearest(place_index(locations), text) == ()


@pytest.mark.parametrize(("text", "place"), [("cafl", "calf"), ("hamstrng", "thigh_back"), ("nek", "neck")])
def test_a_slip_in_a_short_word_is_near_it(text: str, place: str) -> None:
    assert [word.id for word in nearest(place_index(load_table().locations), text)] == [place]


def test_three_near_words_are_offered_at_most(small: Table) -> None:
    words = [replace(small.locations[0], id=f"calf_{n}", name=f"calf {n}", synonyms=()) for n in "abcd"]
    assert len(nearest(index(words), "calf_")) == 3


def test_words_are_found_when_they_are_written_as_one_or_parted(small: Table) -> None:
    sole = replace(small.locations[0], id="sole", name="Sole", synonyms=("underfoot",))
    assert beginning([sole], "under my foot") == (sole,)
    assert [word.id for word in beginning(small.locations, "backofthe")] == ["thigh_back"]


def test_a_near_miss_of_a_region_offers_the_region(table):
    message, _ = meaning(Location, place_index(table.locations), "armm")
    assert message.endswith("did you mean 'arm'?")


def test_one_word_from_the_middle_of_a_name_opens_nothing(table):
    back = next(place for place in table.locations if place.id == "lower_back")
    assert opens(back, "lower")
    assert opens(back, "my back spasm")
    assert not opens(back, "a spasm")
