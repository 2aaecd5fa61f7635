"""What the short run leaves to the deep one, which `make check` does too: `HYPOTHESIS_PROFILE=deep pytest`."""

import os
from collections.abc import Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
deep_only = pytest.mark.skipif(not DEEP, reason="HYPOTHESIS_PROFILE=deep runs it")


def examples(most: int) -> int:
    """Return how many examples to draw: a tenth in the short run."""
    return most if DEEP else max(2, most // 10)


def swept(values: Iterable[T]) -> list[T]:
    """Return what a test sweeps over: every sixth in the short run, from the first on."""
    return list(values)[:: 1 if DEEP else 6]
