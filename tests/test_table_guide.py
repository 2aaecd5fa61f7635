"""docs/table.md: a table grows snippet by snippet, and `check` says after each what the page shows."""

import re

from tests.program import ROOT, run

GUIDE = (ROOT / "docs" / "table.md").read_text(encoding="utf-8")


def test_the_guide_leads_from_an_empty_file_to_a_table_that_passes(tmp_path):
    table, old = tmp_path / "my-table.yaml", tmp_path / "old-table.yaml"
    table.write_text("")
    text, replaced, shown = "", "", 0
    for kind, body in re.findall(r"^```(yaml|console)\n(.*?)^```$", GUIDE, re.M | re.S):
        if kind == "console":
            table.write_text(text, encoding="utf-8")
            for command, expected in re.findall(r"^\$ spasmhelp (.*)\n((?:(?!\$ ).*\n)*)", body, re.M):
                assert run(*command.split(), cwd=tmp_path).out == expected, command
                shown += 1
        elif text.count(body) == 1:
            replaced = body
        elif replaced:
            text, replaced = text.replace(replaced, body), ""
        elif body == "    when: {onset: [sudden], trigger: [cold_muscle]}\n":
            old.write_text(text, encoding="utf-8")
            text = text.replace("    when: {trigger: [cold_muscle]}\n", body)
        else:
            text += body
    assert shown == 6
    assert run("check", "my-table.yaml", cwd=tmp_path).status == 0


def test_every_fault_is_in_the_guide():
    faults = (
        "gap unused duplicate redundant untested never ambiguous disputed unsourced no_how broken_case long_question "
        "no_short long_short unscreened_place early stale unreviewed untranslated"
    )
    assert [name for name in faults.split() if f"`{name}`" not in GUIDE] == []
