"""Self-care advice for muscle spasms, from one article, with what trusted health sources say of it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spasmhelp.api import advice_json, advise, explain, overdue, read_case, read_sentence, withdrawn
    from spasmhelp.core.advise import Advice
    from spasmhelp.core.document import CaseError, Problem, TableError
    from spasmhelp.core.explain import Explanation
    from spasmhelp.core.model import Case, Level, Table
    from spasmhelp.core.sentence import Heard
    from spasmhelp.files import load_table

__version__ = "0.2.0"
__all__ = [
    "Advice",
    "Case",
    "CaseError",
    "Explanation",
    "Heard",
    "Level",
    "Problem",
    "Table",
    "TableError",
    "advice_json",
    "advise",
    "explain",
    "load_table",
    "overdue",
    "read_case",
    "read_sentence",
    "withdrawn",
]

_HOMES = {
    "Advice": "core.advise",
    "Case": "core.model",
    "CaseError": "core.document",
    "Explanation": "core.explain",
    "Heard": "core.sentence",
    "Level": "core.model",
    "Problem": "core.document",
    "Table": "core.model",
    "TableError": "core.document",
    "load_table": "files",
}  # the others: in `api`


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562): `spasmhelp --version` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'api')}"), name)


def __dir__() -> list[str]:
    """Return the public names, which are not there until they are used."""
    return sorted([*__all__, *[name for name in globals() if name.startswith("__")]])
