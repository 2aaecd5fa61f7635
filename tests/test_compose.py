"""What is put together from parts is what was decided as a whole, whatever was put together before."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from spasmhelp import Case, Table, advise
from spasmhelp.core.advise import in_table_order
from spasmhelp.core.answer import BEFORE_IDENT
from spasmhelp.core.compose import Composer
from spasmhelp.core.model import Level
from spasmhelp.core.wire import advice_out, encode
from tests.deep import examples
from tests.generated import tables_and_cases
from tests.small_tables import random_case, random_table


def whole(table: Table, case: Case) -> bytes:
    """Return what `advise --json` writes for a case."""
    return encode(advice_out(table, advise(table, case)))


def composed(composer: Composer, case: Case) -> bytes:
    """Return the same, put together from parts."""
    return BEFORE_IDENT + b"null" + b"".join(composer.of(in_table_order(composer.table, case)))


def any_case(random: Random, table: Table) -> Case:
    """Return a case of which some answers may be missing."""
    case = random_case(random, table)
    return replace(case, **{name: None for name in case.__struct_fields__ if random.random() < 0.15})


@pytest.mark.parametrize("seed", range(150))
def test_cases_of_a_small_table_are_told_the_same_in_parts(seed: int) -> None:
    random = Random(seed)
    table = random_table(random, flags=4)
    composer = Composer(table)
    for _ in range(100):
        case = any_case(random, table)
        assert composed(composer, case) == whole(table, case), case


def test_cases_of_the_shipped_table_are_told_the_same_in_parts(table: Table) -> None:
    composer, random = Composer(table), Random(2026)
    for _ in range(3_000):
        case = few_flags(random, any_case(random, table))
        assert composed(composer, case) == whole(table, case), case


def few_flags(random: Random, case: Case) -> Case:
    """Return the case with a red flag at most, so that not each of them is an emergency."""
    return replace(case, red_flags=case.red_flags and case.red_flags[: random.randint(0, 1)])


def test_the_cases_of_the_table_are_told_the_same_in_parts(table: Table) -> None:
    composer = Composer(table)
    for case in table.cases:
        assert composed(composer, case.given) == whole(table, case.given), case.name


@given(pair=tables_and_cases())
@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
def test_texts_that_look_like_json_do_not_tear_the_parts(pair: tuple[Table, Case]) -> None:
    table, case = pair
    assert composed(Composer(table), case) == whole(table, case)


def test_the_highest_level_of_all_is_remembered(table: Table) -> None:
    composer = Composer(table)
    levels = []
    for case in table.cases:
        levels.append(advise(table, case.given).level)
        composer.of(in_table_order(table, case.given))
        assert composer.highest == max(levels)
    assert set(levels) == set(Level)
