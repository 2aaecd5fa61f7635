"""Case sets against all the cases that they stand for."""

from random import Random

import pytest

from spasmhelp.core.checks.case_sets import CaseSets
from spasmhelp.core.situation import applies
from tests.small_tables import every_case, random_table


@pytest.mark.parametrize("seed", range(10))
def test_the_small_cases_are_each_onset_and_location_with_no_trigger_or_one(seed):
    table = random_table(Random(seed), flags=0)
    cases = CaseSets(table)
    expected = [case for case in every_case(table) if len(case.triggers) <= 1 and not case.precautions]
    found = list(cases.each(cases.all))
    assert found == expected
    assert [case for case in found if not case.triggers] == list(cases.each(cases.untriggered))


@pytest.mark.parametrize("seed", range(10))
def test_the_case_set_of_a_rule_holds_the_cases_where_it_applies(seed):
    table = random_table(Random(seed))
    cases = CaseSets(table)
    for rule in table.rules:
        expected = [case for case in cases.each(cases.all) if applies(rule, case)]
        assert list(cases.each(cases.where(rule.when))) == expected


def test_a_smallest_case_has_no_trigger_where_that_is_possible():
    tables = [table for table in (random_table(Random(seed)) for seed in range(20)) if table.triggers]
    for table in tables:
        cases = CaseSets(table)
        assert cases.smallest(cases.all).triggers == ()
        assert len(cases.smallest(cases.all - cases.untriggered).triggers) == 1
        assert cases.smallest(frozenset()) is None
