"""What was ever fed to a fuzzer as a seed, or was found by one, keeps every promise."""

from pathlib import Path

import pytest

from tests.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
SEEDS = [(target, path) for target in TARGETS for path in sorted((CORPUS / target).iterdir())]


@pytest.mark.parametrize(("target", "path"), SEEDS, ids=lambda value: getattr(value, "name", value))
def test_a_seed_is_read_or_refused_and_nothing_else(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


def test_every_way_in_has_seeds_of_its_own() -> None:
    assert {target for target, _ in SEEDS} == set(TARGETS)
    assert {path.parent.name for path in CORPUS.rglob("*.*")} == set(TARGETS)
