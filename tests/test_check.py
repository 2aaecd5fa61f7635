"""`spasmhelp check`: broken tables and what it says of each, hostile files, coverage, what an older table says."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from spasmhelp.cli.pages.excerpt import excerpts, split_at
from spasmhelp.cli.pages.report import check_table, report_json
from spasmhelp.cli.terminal import Look, render
from spasmhelp.core.decoding.case import vocabulary
from spasmhelp.core.decoding.case_json import read_json_case
from tests.broken import FOLDER, NAMES, broken_table, checked
from tests.program import ROOT, environment, run
from tests.terminal import Terminal

TODAY = date(2026, 11, 23)
GOOD = FOLDER / "good.yaml"


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_table_is_reported_as_expected(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert checked(name) == (FOLDER / f"{name}.expected").read_text(encoding="utf-8")


def test_there_are_at_least_forty_broken_tables_and_no_expectation_without_one():
    assert len(NAMES) >= 40
    assert sorted(path.stem for path in FOLDER.glob("*.expected")) == NAMES


def test_every_fault_of_the_contract_has_a_broken_table():
    expected = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.expected"))
    names = """gap unused duplicate redundant untested never ambiguous disputed unsourced no_how broken_case
        no_short long_short unscreened_place early long_question stale unreviewed untranslated"""
    assert [name for name in names.split() if f": {name}: " not in expected] == []


def test_ten_unrelated_problems_are_all_reported():
    assert checked_count("ten_problems") == 10


def checked_count(name: str) -> int:
    return int(re.search(r": (\d+) found\n", (FOLDER / f"{name}.expected").read_text(encoding="utf-8"))[1])


def test_every_counter_example_is_a_case_that_advise_accepts(tmp_path):
    shown = 0
    for name in NAMES:
        path = tmp_path / "broken.yaml"
        path.write_text(broken_table(name), encoding="utf-8")
        report = check_table(str(path), TODAY)
        for one in json.loads(report_json(report))["found"]:
            if one["case"]:
                read_json_case(vocabulary(report.table), json.dumps(one["case"]))
                shown += 1
    assert shown > 30


def test_the_command_that_shows_a_fault_runs_as_it_stands(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("redundant_by_two"), encoding="utf-8")
    command = re.search(r"\[spasmhelp (.*)\]", run("check", "t.yaml", cwd=tmp_path).out)[1]
    ran = run(*command.split(), "--json", cwd=tmp_path)
    assert ran.status == 0
    assert {one["rule"] for one in json.loads(ran.out)["because"]} >= {"night_calf", "cold_muscle"}


def test_an_id_that_is_also_a_synonym_is_in_no_counter_example(tmp_path):
    text = broken_table("unused_location").replace("synonyms: [charley horse]", "synonyms: [charley horse, arm]")
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    found = json.loads(run("check", "--json", "t.yaml", cwd=tmp_path).out)["found"]
    assert {one["name"]: one["case"] for one in found} == {
        "ambiguous": None,
        "gap": None,
        "unused": None,
        "unscreened_place": None,
    }


def hostile(tmp_path: Path) -> dict[str, Path]:
    """Write the files that nobody should send, and return them by name."""
    good = GOOD.read_bytes()
    texts = {
        "empty": b"",
        "only a comment": b"# nothing here\n",
        "binary": bytes(range(256)) * 20,
        "zero bytes": b"about: a\0b\n",
        "latin-1": "about: {title: caf\xe9}\n".encode("latin-1"),
        "utf-16": good.decode().encode("utf-16"),
        "30,000 brackets": b"[" * 30_000,
        "30,000 brackets closed": b"[" * 30_000 + b"]" * 30_000,
        "30,000 braces": b"{a: " * 30_000,
        "anchor": good.replace(b"do: Press gently.", b"do: &a Press gently."),
        "billion laughs": b"a: &a [x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(8)),
        "over 1 MiB": good + b"#" * (1 << 20),
        "huge scalar": b'"' + b"x" * 1_048_000 + b'"\n',
        "tabs": good.replace(b"    do: Press", b"\tdo: Press"),
        "two documents": good + b"---\nabout: {}\n",
        "python tag": good.replace(b"do: Press gently.", b"do: !!python/object/apply:os.system [touch hacked]"),
        "control character": good.replace(b"Press gently.", b'"Press \\e[31m"'),
        "bidi character": good.replace(b"Press gently.", "Press \u202egently.".encode()),
        "90,000 unknown keys": b"".join(b"k%d: 1\n" % i for i in range(90_000)),
        "170,000 anchors": b"about: [" + b"&a x," * 170_000 + b"]\n",
        "100,000 equal keys": b"about: 1\n" * 100_000,
    }
    paths = {name: tmp_path / f"{i}.yaml" for i, name in enumerate(texts)}
    for name, text in texts.items():
        paths[name].write_bytes(text)
    (tmp_path / "folder.yaml").mkdir()
    return paths | {"directory": tmp_path / "folder.yaml", "missing": tmp_path / "missing.yaml"}


# Address space, not memory in use: libraries alone map 150 MiB or so, most of it never touched.
LIMITED = """
import resource, sys
limit = 200 << 20
try:
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
except (ValueError, OSError):
    pass
from spasmhelp.__main__ import main
sys.exit(main())
"""


def check_limited(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("resource")
    command = [sys.executable, "-c", LIMITED, "check", *options, str(path)]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment(), cwd=path.parent, timeout=60, check=False
    )


@pytest.mark.usefixtures("unmeasured")
def test_a_hostile_file_is_one_problem_without_a_traceback_or_code_run(tmp_path):
    for name, path in hostile(tmp_path).items():
        ran = check_limited(path, "--json")
        assert (ran.returncode, ran.stderr) == (3, ""), name
        found = json.loads(ran.stdout)["found"]
        assert [one["kind"] for one in found] == ["problem"], name
        assert ran.stdout.isprintable() or ran.stdout.rstrip("\n").isprintable(), name
    assert not (tmp_path / "hacked").exists()


def test_other_commands_refuse_a_hostile_file_as_well(tmp_path):
    paths = hostile(tmp_path)
    for name in ("30,000 brackets", "python tag", "directory"):
        ran = run("advise", "--no-input", "--table", str(paths[name]))
        assert (ran.status, ran.out, len(ran.err.splitlines())) == (3, "", 1), name


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_problem(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_bytes(GOOD.read_bytes())
    path.chmod(0)
    ran = run("check", str(path))
    assert (ran.status, "cannot be read" in ran.out) == (3, True)


def line_of(name: str, text: str) -> int:
    """Return the number of the line of a broken table that holds a text."""
    return next(i for i, line in enumerate(broken_table(name).split("\n"), 1) if text in line)


def on_a_terminal(name: str, tmp_path: Path, width: int = 80) -> str:
    path = tmp_path / "t.yaml"
    path.write_text(broken_table(name), encoding="utf-8")
    report = check_table(str(path), TODAY)
    look = Look(width=width, terminal=True)
    return render(look, *excerpts(report, look, str(path)))


def test_on_a_terminal_a_caret_stands_under_the_exact_place(tmp_path):
    lines = on_a_terminal("unknown_step", tmp_path).splitlines()
    number = line_of("unknown_step", "lenghten")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{number} | "))
    assert lines[at] == f"{number} |     advise: [lenghten, press]"
    assert lines[at + 1] == "    |              ^^^^^^^^"
    assert lines[0] == "problem: no step called 'lenghten'; did you mean 'lengthen'?"


def test_a_problem_of_the_whole_file_has_no_line_to_show(tmp_path):
    path = str(tmp_path / "missing.yaml")
    look = Look(width=200, terminal=True)
    lines = render(look, *excerpts(check_table(path, TODAY), look, path)).splitlines()
    assert lines[0].startswith("problem: cannot be read: ")
    assert [line.strip() for line in lines[1:]] == [f"--> {path}", "", f"{path}: 1 found"]


def test_a_person_at_a_terminal_sees_the_line_and_the_command_that_shows_it(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(broken_table("redundant"), encoding="utf-8")
    there = f'cd {tmp_path} && exec {sys.executable} -m spasmhelp "$@"'
    terminal = Terminal("check", "t.yaml", columns=90, command=["sh", "-c", there, "sh"])
    assert terminal.end() == 3
    shown = [line.rstrip() for line in terminal.shown().splitlines()]
    number = line_of("redundant", "lasting_calf:")
    at = shown.index(f"{number} |   lasting_calf:")
    assert shown[at - 3 : at + 2] == [
        "redundant: taking this rule away changes nothing: 'lasting' says all that it does",
        f"   --> t.yaml:{number}:3  rules.lasting_calf",
        "    |",
        f"{number} |   lasting_calf:",
        "    |   ^^^^^^^^^^^^",
    ]
    assert shown[at + 2].startswith("  shown by: spasmhelp advise --table t.yaml")


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_the_caret_stays_in_sight_at_any_width(width, tmp_path):
    lines = on_a_terminal("unknown_word_in_a_case", tmp_path, width).splitlines()
    number = line_of("unknown_word_in_a_case", "charly")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{number} | "))
    start, end = lines[at + 1].index("^"), lines[at + 1].rindex("^") + 1
    assert "charly"[: end - start] in lines[at][start:end]


def test_the_caret_is_under_the_word_behind_wide_characters(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(
        broken_table("unknown_word_in_a_case").replace("onset: cramp", 'onset: "\u3053\u3080\u3089"'), encoding="utf-8"
    )
    look = Look(width=90, terminal=True)
    said = render(look, *excerpts(check_table(str(path), TODAY), look, str(path))).splitlines()
    carets = next(line for line in said if set(line.strip(" |")) == {"^"})
    assert len(carets.strip(" |")) == len('"xxyyzz"')


def test_a_table_is_read_once_and_quoted_from_what_was_read(tmp_path):
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    (tmp_path / "t.yaml").write_text(broken_table("unknown_step"), encoding="utf-8")
    there = f'cd {tmp_path} && {{ cat t.yaml > pipe.yaml; }} & cd {tmp_path} && exec {sys.executable} -m spasmhelp "$@"'
    terminal = Terminal("check", "pipe.yaml", command=["sh", "-c", there, "sh"])
    assert terminal.end() == 3
    assert " |     advise: [lenghten, press]" in terminal.shown()


def test_a_file_that_changes_is_quoted_as_it_was(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(broken_table("unknown_step"), encoding="utf-8")
    report = check_table(str(path), TODAY)
    path.unlink()
    look = Look(width=80, terminal=True)
    assert " |     advise: [lenghten, press]" in render(look, *excerpts(report, look, str(path)))


def test_a_table_on_one_line_is_quoted_where_the_problem_is(tmp_path):
    path = tmp_path / "t.yaml"
    keys = ", ".join(f"unknown_key_{i}: 1" for i in range(6_000))
    path.write_text(f"{{about: 1, {keys}}}")
    report = check_table(str(path), TODAY)
    look = Look(width=80, terminal=True)
    said = render(look, *excerpts(report, look, str(path))).splitlines()
    assert sum(map(len, said)) < 400_000
    assert ("unknown_key_900" in "".join(said), len(report.found)) == (True, 1001)


@pytest.mark.parametrize("column", [1, 50, 100_000, 100_020, 100_032, 200_000])
def test_of_a_long_line_what_stands_around_the_place_is_seen(column):
    line = "a" * 100_019 + " here_it_is " + "z" * 100_000
    before, token, after = split_at(line, column, 40)
    assert len(before + token + after) <= 41
    assert token == ("here_it_is" if column == 100_021 else token)
    assert before.removeprefix("...") in line
    assert (token + after) in line


def test_of_a_long_line_only_what_stands_around_the_place_is_measured(monkeypatch):
    measured = []
    monkeypatch.setattr(
        "spasmhelp.cli.pages.excerpt.cell_len", lambda text: measured.append(len(text)) or cell_len(text)
    )
    split_at("a" * 4_000, 2_000, 40)
    assert sum(measured) < 20_000  # it grew with the square of the line


def test_a_check_that_takes_more_memory_than_there_is_is_one_problem(monkeypatch):
    def starved(*_):
        raise MemoryError

    monkeypatch.setattr("spasmhelp.cli.pages.report.verify", starved)
    assert [one.message for one in check_table(str(GOOD), TODAY).found] == ["needs more memory than there is"]


def test_standard_input_is_checked_where_that_is_asked_for():
    text = broken_table("unknown_step")
    ran = run("check", "-", stdin=text)
    assert ran.status == 3
    assert re.match(r"standard input:\d+:14: rules.leg_cramp.advise\[0\]: no step called 'lenghten'", ran.out)
    shown = run("check", "-", stdin=broken_table("redundant")).out
    assert "[spasmhelp advise --table /dev/stdin --onset" in shown
    assert json.loads(run("check", "-", "--json", stdin=text).out)["table"] == "standard input"


@pytest.mark.parametrize("command", [["advise", "--no-input"], ["explain"], ["where"], ["check", "--diff", "-"]])
def test_elsewhere_a_dash_is_no_table_and_that_is_said_in_a_sentence(command):
    ran = run(*command, *(() if "--diff" in command else ("--table", "-")), stdin=GOOD.read_bytes())
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == "standard input: is not read as a table here; name a file, such as /dev/stdin\n"


def test_a_folder_above_is_called_as_it_was_called(tmp_path):
    (tmp_path / "below").mkdir()
    assert run("check", str(tmp_path), cwd=tmp_path / "below").out.startswith(f"{tmp_path}: cannot be read")
    assert run("check", "..", cwd=tmp_path / "below").out.startswith("..: cannot be read")


def test_plain_and_piped_are_one_line_each(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("ten_problems"), encoding="utf-8")
    for options in ([], ["--plain"], ["--color", "never"]):
        out = run("check", "t.yaml", *options, cwd=tmp_path).out.splitlines()
        assert len(out) == 11
        assert all(re.match(r"t\.yaml:\d+:\d+: [a-z_.0-9\[\]]+: ", line) for line in out[:-1])


def test_colour_is_only_where_it_is_asked_for(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("gap"), encoding="utf-8")
    assert "\x1b[" in run("check", "t.yaml", "--color", "always", cwd=tmp_path).out
    assert "\x1b" not in run("check", "t.yaml", cwd=tmp_path, env={"FORCE_COLOR": "1", "GITHUB_ACTIONS": "1"}).out


def test_json_has_all_that_was_found_with_its_place_and_what_the_cases_cover(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("untested"), encoding="utf-8")
    out = json.loads(run("check", "--json", "t.yaml", cwd=tmp_path).out)
    assert list(out) == ["schema", "table", "found", "coverage"]
    assert list(out["found"][0]) == ["kind", "name", "line", "column", "path", "message", "case"]
    assert out["found"][0] == {
        "kind": "fault",
        "name": "untested",
        "line": 45,
        "column": 3,
        "path": "red_flags.heart",
        "message": "no case of the table reports this red flag",
        "case": {"onset": "sudden", "location": "calf", "triggers": [], "red_flags": ["heart"], "precautions": []},
    }
    assert out["coverage"]["rules"] == {"total": 4, "exercised": 3, "missing": ["chest_pain"]}
    assert out["coverage"]["precautions"]["missing"] == ["thinners"]
    assert out["coverage"]["words"] == {"onset": [], "location": ["chest"], "trigger": []}


def test_coverage_of_everything_is_reported_with_status_0():
    ran = run("check", "--coverage", str(GOOD))
    assert ran.status == 0
    assert "rules:        4 of 4, 100 %" in ran.out
    assert "red flags:    2 of 2, 100 %" in ran.out


def test_coverage_below_a_hundred_percent_fails_and_names_what_is_missing(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("untested"), encoding="utf-8")
    ran = run("check", "--coverage", "t.yaml", cwd=tmp_path)
    assert ran.status == 3
    assert "not yet: chest_pain" in ran.out
    assert "location words of rules that no case reports: chest" in ran.out


def test_coverage_of_a_table_with_problems_is_its_problems(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("unknown_step"), encoding="utf-8")
    ran = run("check", "--coverage", "t.yaml", cwd=tmp_path)
    assert (ran.status, "no step called 'lenghten'" in ran.out) == (3, True)


def test_the_same_table_makes_no_difference(tmp_path):
    (tmp_path / "moved.yaml").write_text("# moved\n\n" + GOOD.read_text(encoding="utf-8"), encoding="utf-8")
    ran = run("check", "moved.yaml", "--diff", str(GOOD), cwd=tmp_path)
    assert ran.status == 0
    assert ran.out.startswith("No difference: ")


def test_a_table_with_problems_has_no_difference_but_problems(tmp_path):
    (tmp_path / "t.yaml").write_text(broken_table("unknown_step"), encoding="utf-8")
    for arguments in ((str(GOOD), "--diff", "t.yaml"), ("t.yaml", "--diff", str(GOOD))):
        ran = run("check", *arguments, cwd=tmp_path)
        assert (ran.status, ran.out) == (3, "")
        assert f"t.yaml:{line_of('unknown_step', 'lenghten')}:14: rules.leg_cramp.advise[0]: no step called" in ran.err


def test_two_reports_at_once_are_refused():
    ran = run("check", "--coverage", "--diff", str(GOOD))
    assert (ran.status, ran.out, "--diff: contradicts --coverage" in ran.err) == (2, "", True)


def test_a_difference_is_shown_once_with_the_cases_where_it_shows(tmp_path):
    text = GOOD.read_text(encoding="utf-8").replace(
        "    advise: [rest]\n    because: Time", "    advise: [rest, press]\n    because: Time"
    )
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "new.yaml", "--diff", str(GOOD), cwd=tmp_path)
    assert ran.status == 0
    assert ran.out.splitlines()[2:4] == ["+ step press: given", "  for sustained; calf, thigh, chest"]
    assert ran.out.splitlines()[4].startswith("  shown by: spasmhelp advise --table new.yaml --onset sustained")
    assert ran.out.splitlines()[-1] == "1 difference"
    out = json.loads(run("check", "new.yaml", "--diff", str(GOOD), "--json", cwd=tmp_path).out)
    assert (out["differences"][0]["kind"], len(out["differences"][0]["cases"])) == ("step", 3)


def differences(tmp_path: Path, old: str, new: str) -> list[str]:
    """Return the lines that tell what one change of a table changes."""
    text = GOOD.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "new.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return run("check", "new.yaml", "--diff", str(GOOD), cwd=tmp_path).out.splitlines()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Get help today.", "Get help now.", "wording of level urgent_care"),
        ("Straighten the knee.", "Bend the hip.", "wording of step lengthen"),
        ("Is it swollen?", "Is it thick?", "wording of the question, red_flags: clot"),
    ],
)
def test_of_a_changed_sentence_the_old_and_the_new_one_are_shown(tmp_path, old, new, what):
    lines = differences(tmp_path, old, new)
    at = lines.index(f"~ {what}")
    assert lines[at + 1 : at + 3] == [f"  - {old}", f"  + {new}"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("level: see_clinician\n", "level: urgent_care\n", "~ the level: see_clinician -> urgent_care"),
        ("    do: Ask soon.\n", "", "- action: Ask soon."),
        ("at_most_minutes: 10", "at_most_minutes: 5", "  + at_most_minutes 5, then urgent_care"),
    ],
    ids=["another level", "no sentence", "another timer"],
)
def test_a_changed_value_is_shown_in_a_line(tmp_path, old, new, line):
    assert line in differences(tmp_path, old, new)


def test_advising_does_not_import_what_checks():
    code = "import sys, spasmhelp.__main__ as m; m.main(); print([n for n in sys.modules if n.endswith('verify')])"
    ran = subprocess.run(
        [sys.executable, "-c", code, "advise", "--onset", "sudden", "--location", "calf", "--no-input", "--json"],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
        check=False,
    )
    assert ran.stdout.endswith("\n[]\n")
