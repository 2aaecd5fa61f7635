"""The first recipe of CONTRIBUTING.md, followed to the letter."""

import re
from pathlib import Path
from textwrap import dedent, indent

from tests.program import ROOT, run

RECIPE = re.findall(r"^   ```yaml\n(.*?)^   ```", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE | re.DOTALL)


def test_the_recipe_checks_the_table_of_the_clone() -> None:
    commands = re.findall(r"`(\S*spasmhelp check[^`]*)`", (ROOT / "CONTRIBUTING.md").read_text())
    assert commands == [".venv/bin/spasmhelp check data/remedies.yaml"]


def test_a_rule_added_as_the_recipe_says_passes_the_check(tmp_path: Path) -> None:
    rule, cases = (indent(dedent(block), "  ") for block in RECIPE)
    table = (ROOT / "data" / "remedies.yaml").read_text()
    path = tmp_path / "remedies.yaml"
    path.write_text(table.replace("\nrules:\n", f"\nrules:\n{rule}", 1) + cases)
    ran = run("check", str(path))
    assert ran.status == 0, ran.out
    without_the_rule = tmp_path / "cases_alone.yaml"
    without_the_rule.write_text(table + cases)
    assert "broken_case" in run("check", str(without_the_rule)).out
