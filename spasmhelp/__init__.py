"""Self-care advice for muscle spasms, from one article, with what trusted health sources say of it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spasmhelp.core.advise import Advice, advise, overdue
    from spasmhelp.core.decoding.case_json import read_case
    from spasmhelp.core.document import CaseError, TableError
    from spasmhelp.core.model import Case, Table
    from spasmhelp.files import load_table

__version__ = "0.1.0"
__all__ = ["Advice", "Case", "CaseError", "Table", "TableError", "advise", "load_table", "overdue", "read_case"]

_HOMES = {
    "Advice": "core.advise",
    "Case": "core.model",
    "CaseError": "core.document",
    "Table": "core.model",
    "TableError": "core.document",
    "advise": "core.advise",
    "load_table": "files",
    "overdue": "core.advise",
    "read_case": "core.decoding.case_json",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562): `spasmhelp --version` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
