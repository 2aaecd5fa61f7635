"""How advice came about, and what is known of a word."""

import pytest

from spasmhelp import CaseError, Table
from spasmhelp.core.explain import explain
from spasmhelp.core.model import Level
from spasmhelp.core.reference import all_entries, entries_out, look_up
from tests.tables import case_of

ANSWERED: dict[str, list[str]] = {"triggers": [], "red_flags": [], "precautions": []}


def test_the_findings_and_the_rules_that_applied_are_named(small: Table) -> None:
    explanation = explain(small, case_of(small, onset="sudden", location="calf", **ANSWERED))
    assert [word.id for word in explanation.findings] == ["sudden", "calf"]
    assert [rule.id for rule in explanation.applied] == ["cramp", "cramp_by_hand"]


def test_a_rule_that_missed_by_one_premise_says_which_and_one_that_missed_by_two_is_left_out(small: Table) -> None:
    explanation = explain(small, case_of(small, onset="sustained", location="calf", **ANSWERED))
    missed = {miss.rule.id: (miss.premise, [word.id for word in miss.wanted]) for miss in explanation.near_misses}
    assert missed == {
        "cramp": ("onset", ["sudden"]),
        "cramp_by_hand": ("onset", ["sudden"]),
        "cold": ("trigger", ["cold_muscle", "exercise"]),
        "chest_pain": ("location", ["chest"]),
    }
    far = explain(small, case_of(small, onset="sustained", location="chest", **ANSWERED))
    assert "cramp_by_hand" not in {miss.rule.id for miss in far.near_misses}


def test_what_raised_the_level_is_named_and_a_place_that_no_rule_covers_is_reported_as_such(small: Table) -> None:
    chest = explain(small, case_of(small, onset="sudden", location="chest", **ANSWERED))
    assert [entry.id for entry in chest.raised_by] == ["chest_pain"]
    assert not chest.uncovered
    nothing = explain(small, case_of(small, onset="sustained", location="calf", **ANSWERED))
    assert nothing.raised_by == ()
    assert nothing.uncovered


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("lengthen", ["steps.lengthen"]),
        ("Charley Horse", ["locations.calf"]),
        ("signs of a clot", ["red_flags.clot"]),
        ("what is a spasm", []),
        ("what a spasm is", ["topics.spasms"]),
        ("guide", ["sources.guide"]),
        ("cold", ["rules.cold"]),
    ],
)
def test_anything_in_the_table_is_found_by_id_name_or_synonym(small: Table, word: str, expected: list[str]) -> None:
    try:
        found = [f"{one.section}.{one.entry.id}" for one in look_up(small, word)]
    except CaseError:
        found = []
    assert found == expected


def test_every_entry_says_where_it_is_used(small: Table) -> None:
    assert look_up(small, "calf")[0].used_by == (
        "red_flags.clot",
        "steps.lengthen",
        "steps.press",
        "rules.cramp_by_hand",
        "cases[0]",
    )


def test_an_unknown_word_is_answered_with_the_nearest_ones(small: Table) -> None:
    with pytest.raises(CaseError) as caught:
        look_up(small, "lenghten")
    assert caught.value.problems[0].choices == ("lengthen",)
    with pytest.raises(CaseError) as caught:
        look_up(small, "muscle")
    assert set(caught.value.problems[0].choices) == {"cold_muscle", "torn"}


def test_an_entry_in_json_has_the_keys_of_the_table_with_references_by_id(small: Table) -> None:
    (entry,) = entries_out(look_up(small, "cramp_by_hand"))["entries"]
    assert entry == {
        "kind": "rule",
        "id": "cramp_by_hand",
        "when": {"onset": ["sudden"], "location": ["calf", "thigh_back"]},
        "advise": ["press"],
        "because": "Hands can help.",
        "used_by": [],
    }


def test_an_entry_of_each_section_says_in_json_what_kind_of_entry_it_is(table: Table) -> None:
    kinds = {one.section: entries_out((one,))["entries"][0]["kind"] for one in all_entries(table)}
    assert kinds == {
        "sources": "source",
        "levels": "level",
        "onsets": "onset",
        "regions": "region",
        "locations": "location",
        "triggers": "trigger",
        "red_flags": "red_flag",
        "precautions": "precaution",
        "steps": "step",
        "rules": "rule",
        "topics": "topic",
    }
    (source,) = entries_out(look_up(table, "nhs_leg_cramps"))["entries"]
    assert (source["kind"], source["id"], source["source_kind"]) == ("source", "nhs_leg_cramps", "guideline")


def test_a_level_is_found_by_id_and_name_with_what_has_it(small: Table) -> None:
    (level,) = entries_out(look_up(small, "urgent_care"))["entries"]
    assert (level["kind"], level["id"], level["do"]) == ("level", "urgent_care", small.levels[Level.urgent_care].do)
    assert [user for user in level["used_by"] if user.startswith(("levels", "red"))] == ["red_flags.clot"]
    assert [one.entry.id for one in look_up(small, small.levels[Level.emergency].name)] == ["emergency"]


def test_the_list_holds_every_entry_once(table: Table) -> None:
    listed = [(one.section, one.entry.id) for one in all_entries(table)]
    assert len(listed) == len(set(listed))
    assert len(listed) > 150
