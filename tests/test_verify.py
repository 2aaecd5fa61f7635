"""Faults one by one, where a broken table would not show the fine point."""

from datetime import date

import pytest

from spasmhelp.core.parse import parse_table
from spasmhelp.core.verify import verify
from tests.broken import FOLDER

GOOD = (FOLDER / "good.yaml").read_text(encoding="utf-8")


def faults(*changes: tuple[str, str], today: date = date(2026, 11, 23)) -> list[str]:
    """Return the faults of the good table after some changes, as name and path."""
    text = GOOD
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return [f"{fault.name}: {fault.path}" for fault in verify(parse_table(text), today)]


CHEST = "  chest_pain:\n    when: {location: [chest]}\n"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("level: see_clinician, do: Ask soon.", ["redundant: rules.again"]),
        ("level: see_clinician, do: Sit down.", []),
        ("level: see_clinician, do: Ask soon., tell: since when", []),
        ("level: urgent_care", []),
        ("advise: [rest], do: Never said at self_care.", ["redundant: rules.again"]),
        ("advise: [press], level: see_clinician", []),
    ],
)
def test_a_rule_is_redundant_only_if_its_level_and_sentences_are_said_as_well(rule, expected):
    again = f"  again: {{when: {{onset: [sustained], location: [chest]}}, because: Again., {rule}}}\n"
    found = faults((CHEST, again + CHEST))
    assert [one for one in found if one.startswith("redundant")] == expected


def test_a_sentence_of_a_rule_that_a_higher_level_always_silences_is_redundant():
    quiet = "  quiet: {when: {location: [chest]}, level: see_clinician, do: Never heard., because: Again.}\n"
    loud = "  loud: {when: {location: [chest]}, level: urgent_care, because: Loud.}\n"
    assert "redundant: rules.quiet" in faults((CHEST, quiet + loud + CHEST))


def test_a_rule_that_names_every_onset_has_the_premises_of_one_that_names_none():
    named = "  named: {when: {onset: [sustained, sudden], location: [chest]}, level: urgent_care, because: Named.}\n"
    assert "duplicate: rules.chest_pain" in faults((CHEST, named + CHEST))


def test_a_rule_that_names_every_trigger_still_needs_one():
    named = "  named: {when: {location: [chest], trigger: [cold, night]}, level: urgent_care, because: Named.}\n"
    assert "duplicate: rules.chest_pain" not in faults((CHEST, named + CHEST))


def test_a_precaution_is_tested_where_it_holds_back_a_step_not_where_it_is_only_reported():
    found = faults(
        ("precautions: [torn, thinners]}", "precautions: [thinners]}"),
        ("red_flags: [heart], precautions: []}", "red_flags: [heart], precautions: [torn]}"),
        ("steps: []\n      withheld: {lengthen: torn, press", "steps: [lengthen]\n      withheld: {press"),
    )
    assert found == ["untested: precautions.torn"]


def test_a_table_is_stale_the_day_after_its_review_is_due():
    assert faults(today=date(2099, 11, 23)) == []
    assert faults(today=date(2099, 11, 24)) == ["stale: about.review_by"]


@pytest.mark.parametrize("who", ["no clinician yet", "No clinician", "nobody", "not reviewed"])
def test_a_table_that_nobody_reviewed_says_so(who):
    assert faults(("reviewed_by: a nurse", f"reviewed_by: {who}")) == ["unreviewed: about.reviewed_by"]


def test_the_faults_stand_in_the_order_of_the_file():
    text = GOOD.replace("sources: [guide]", "sources: []").replace("    sources: []\n", "", 1)
    table = parse_table(text)
    places = [table.file.places[fault.path] for fault in verify(table, date(2026, 11, 23))]
    assert len(places) > 3
    assert places == sorted(places)
