"""The house itself: what the rules of the rooms, the names and the imports can be held to by reading the sources."""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import spasmhelp

ROOT = Path(__file__).parents[1]
MODULES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "spasmhelp").rglob("*.py"))
    if path.name not in ("_table.py", "_notes.py")  # generated
}
INSIDE = 24  # imports inside functions: only where start-up, measured, pays for them
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def named(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the functions and classes at the top of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def is_command(module: str, name: str) -> bool:
    """Whether a function is a command, which is called what people type."""
    return module == f"spasmhelp.cli.commands.{name}"


def is_export(module: str, name: str) -> bool:
    """Whether a function is what a Python program calls, under the name of what does the work."""
    return module == "spasmhelp.api" and name in spasmhelp.__all__


def inner_imports(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the imports inside functions, each statement once."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {node for function in functions for node in ast.walk(function)}
    yield from (node for node in inside if isinstance(node, ast.Import | ast.ImportFrom))


def test_no_two_modules_give_a_function_or_class_the_same_name() -> None:
    homes = defaultdict(list)
    for module, tree in MODULES.items():
        for name in named(tree):
            if (
                not is_command(module, name)
                and not is_export(module, name)
                and not (name.startswith("__") and name.endswith("__"))
            ):
                homes[name].append(module)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


def test_few_imports_stand_inside_functions() -> None:
    found = [f"{module}:{node.lineno}" for module, tree in MODULES.items() for node in inner_imports(tree)]
    assert len(found) <= INSIDE, found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_opens_with_its_duty(module: str) -> None:
    duty = ast.get_docstring(MODULES[module]) or ""
    assert duty.split("\n")[0].endswith("."), duty


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("acyclic_siblings", {"ancestors": ["spasmhelp"]}),
        ("layers", {"layers": ["spasmhelp.cli", "spasmhelp.api", "spasmhelp.files", "spasmhelp.core"]}),
        ("layers", {"containers": ["spasmhelp.cli"]}),
        ("layers", {"containers": ["spasmhelp.core"]}),
        ("forbidden", {"forbidden_modules": ["yaml"], "source_modules": ["spasmhelp"]}),
    ],
    ids=["no circle", "files between", "the terminal", "the core", "yaml"],
)
def test_an_import_contract_holds_every_module_of_its_rooms(kind: str, given: dict[str, list[str]]) -> None:
    fitting = [one for one in CONTRACTS if one["type"] == kind and given.items() <= one.items()]
    assert len(fitting) == 1
    assert len(fitting[0].get("ignore_imports", [])) <= (given.get("forbidden_modules") == ["yaml"])


def test_the_table_is_read_in_a_window_of_120_columns() -> None:
    lines = (ROOT / "data" / "remedies.yaml").read_text(encoding="utf-8").splitlines()
    assert not [number for number, line in enumerate(lines, 1) if len(line) > 120]
