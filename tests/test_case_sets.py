"""The cells of a table against all the cases that they stand for."""

from random import Random

import pytest

from spasmhelp.core.advise import applies
from spasmhelp.core.checks.case_sets import Cells
from tests.small_tables import every_case, random_table


@pytest.mark.parametrize("seed", range(10))
def test_there_is_a_cell_for_each_onset_and_location_with_no_trigger_or_one(seed):
    table = random_table(Random(seed), flags=0)
    cells = Cells(table)
    expected = [case for case in every_case(table) if len(case.triggers) <= 1 and not case.precautions]
    found = list(cells.each(cells.everywhere))
    assert sorted(map(str, found)) == sorted(map(str, expected))
    assert [case for case in found if not case.triggers] == list(cells.each(cells.untriggered))


@pytest.mark.parametrize("seed", range(10))
def test_the_cells_of_a_rule_are_the_cases_where_it_applies(seed):
    table = random_table(Random(seed))
    cells = Cells(table)
    for rule in table.rules:
        expected = [case for case in cells.each(cells.everywhere) if applies(rule, case)]
        assert list(cells.each(cells.where(rule.when))) == expected
