"""What the cases of a table exercise, and a case that would exercise what they do not."""

from datetime import date

import pytest
from msgspec.structs import replace

from spasmhelp.core.advise import advise
from spasmhelp.core.checks.case_faults import CaseCoverage, SectionCoverage, advise_cases, case_coverage
from spasmhelp.core.parse import parse_table
from spasmhelp.core.verify import verify
from tests.broken import changed


def of_cases(*numbers: int) -> CaseCoverage:
    """Return what these cases of the good table exercise."""
    table = parse_table(changed())
    table = replace(table, cases=tuple(table.cases[number] for number in numbers))
    return case_coverage(table, advise_cases(table))


def ids(entries) -> list[str]:
    return [entry.id for entry in entries]


def test_a_case_exercises_what_applies_is_reported_holds_back_and_is_given():
    found = of_cases(0)
    assert found.cases == 1
    assert {name: (part.total, ids(part.missing)) for name, part in found.sections.items()} == {
        "rules": (4, ["lasting", "chest_pain"]),
        "red_flags": (2, ["heart", "clot"]),
        "precautions": (2, ["torn", "thinners"]),
        "steps": (4, ["rest"]),
    }
    assert {name: ids(words) for name, words in found.words.items()} == {
        "onset": ["sustained"],
        "location": ["thigh", "chest"],
        "trigger": ["night"],
    }


@pytest.mark.parametrize(
    ("cases", "enough"),
    [((0, 1, 2, 3), True), ((1, 2, 3), True), ((0, 1, 2), False), ((0, 2, 3), False), ((0, 1), False)],
)
def test_enough_is_every_rule_red_flag_and_precaution_though_not_every_step(cases, enough):
    assert of_cases(*cases).enough is enough


@pytest.mark.parametrize(
    ("total", "missing", "percent"), [(0, 0, 100), (4, 0, 100), (4, 1, 75), (300, 1, 99), (3, 3, 0)]
)
def test_a_hundred_percent_is_all_of_them(total, missing, percent):
    entries = parse_table(changed()).steps
    assert SectionCoverage(total=total, missing=entries[:missing]).percent == percent


def test_the_case_of_an_untested_precaution_is_where_it_holds_back_a_step():
    table = parse_table(
        changed(
            ("unless: {thinners: It can bruise.}", "unless: {thinners: {because: So., location: [thigh]}}"),
            ("    do: Do not push.", "    do: Do not push.\n    unless: {thinners: No., torn: No.}"),
        )
    )
    faults = {fault.path: fault for fault in verify(replace(table, cases=()), date(2026, 11, 23))}
    for precaution, places in (("torn", {"calf", "thigh"}), ("thinners", {"thigh"})):
        case = faults[f"precautions.{precaution}"].case
        assert case.location.id in places
        assert precaution in [one.precaution.id for one in advise(table, case).withheld if one.precaution]
