"""`--why` in text: everything the explanation holds, grouped so that it can be read."""

from spasmhelp import Table
from spasmhelp.core.explain import explain
from spasmhelp.core.model import Case
from tests.program import run

CALF = ("advise", "--onset", "sudden", "--location", "calf", "--no-triggers")


def why(*arguments: str) -> str:
    """Return what `--why` adds to an advice for a calf cramp, in one line."""
    ran = run(*CALF, *arguments, "--why", "--plain")
    assert ran.status == 0
    return " ".join(ran.out.split("HOW THIS ADVICE CAME ABOUT")[1].split("Again:")[0].split())


def test_every_rule_that_applied_or_missed_by_one_premise_is_named_once(table: Table) -> None:
    onset = next(one for one in table.onsets if one.id == "sudden")
    calf = next(one for one in table.locations if one.id == "calf")
    explanation = explain(table, Case(onset=onset, location=calf, triggers=(), red_flags=(), precautions=()))
    text = why("--no-red-flags", "--no-precautions")
    for rule in (*explanation.applied, *(miss.rule for miss in explanation.near_misses)):
        assert text.count(f" {rule.id}: ") + text.count(f" {rule.id} (") == 1, rule.id


def test_the_rules_that_missed_stand_together_by_premise() -> None:
    assert why("--no-red-flags").count("With another trigger:") == 1


def test_what_was_not_asked_is_told_as_such() -> None:
    assert "Red flags: not asked. Precautions: not asked." in why()


def test_what_raised_the_level_is_named() -> None:
    assert "Level: urgent_care, raised by dvt_signs." in why("--red-flag", "dvt_signs")


def test_withheld_steps_stand_beside_what_ruled_them_out() -> None:
    assert "by pregnant: press_and_hold" in why("--no-red-flags", "--precaution", "pregnant")
