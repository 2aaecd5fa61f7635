"""The other commands as processes: explain, check, help, version."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spasmhelp import __version__
from spasmhelp.cli.app import COMMANDS, make_app
from tests.program import process, run
from tests.tables import SMALL


def test_the_background_is_a_page_with_every_topic_and_no_shop() -> None:
    ran = run("explain")
    assert (ran.status, ran.err) == (0, "")
    assert "PULL" in ran.out.upper()
    assert "trusted sources" in ran.out
    assert "relief.com" not in ran.out.casefold()
    assert max(map(len, ran.out.splitlines())) <= 90


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["cold", "pack"], "frozen peas"),
        (["charley horse"], "gastrocnemius"),
        (["sudden_cramp"], "lengthen"),
        (["heart signs"], "emergency"),
        (["nhs_leg_cramps"], "https://www.nhs.uk/conditions/leg-cramps/"),
        (["drugs"], "ask"),
        (["push together"], "disagree"),
    ],
)
def test_a_word_tells_all_that_is_known_of_it(words: list[str], expected: str) -> None:
    ran = run("explain", *words)
    assert (ran.status, ran.err) == (0, "")
    assert expected in ran.out


def test_an_unknown_word_is_answered_with_the_nearest_ones() -> None:
    ran = run("explain", "cold", "pakc")
    assert (ran.status, ran.out) == (2, "")
    assert "nothing is called 'cold pakc'" in ran.err
    assert "cold_pack" in ran.err


def test_the_list_names_every_section() -> None:
    out = run("explain", "--list").out
    for section in ("SOURCES", "LOCATIONS", "RED FLAGS", "STEPS", "RULES", "TOPICS"):
        assert f"{section}\n" in out


def test_explain_in_json_has_kind_id_keys_and_users() -> None:
    out = json.loads(run("explain", "--json", "lengthen").out)
    assert out["schema"] == 1
    (entry,) = out["entries"]
    assert (entry["kind"], entry["id"], entry["origin"]) == ("step", "lengthen", "article")
    assert "rules.sudden_cramp" in entry["used_by"]
    assert len(json.loads(run("explain", "--json", "--list").out)["entries"]) > 150


def test_a_broken_table_is_reported_line_by_line_in_the_form_editors_read(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(SMALL.replace("advise: [lengthen]", "advise: [lenghten]").replace("phase: prevent", "phase: later"))
    ran = run("check", "t.yaml", cwd=tmp_path)
    assert ran.status == 3
    assert ran.out.splitlines()[:2] == [
        "t.yaml:69:12: steps.warm_up.phase: expected one of now, next, prevent; found 'later'",
        "t.yaml:75:45: rules.cramp.advise[0]: no step called 'lenghten'; did you mean 'lengthen'?",
    ]
    found = json.loads(run("check", "--json", "t.yaml", cwd=tmp_path).out)["found"]
    assert [(one["kind"], one["line"], one["path"]) for one in found] == [
        ("problem", 69, "steps.warm_up.phase"),
        ("problem", 75, "rules.cramp.advise[0]"),
    ]


def test_a_gap_and_a_broken_case_are_found(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(SMALL.replace("{level: self_care, steps: [lengthen, press]", "{level: emergency, steps: [press]"))
    ran = run("check", "t.yaml", cwd=tmp_path)
    assert ran.status == 3
    assert "gap: " in ran.out
    assert "sustained" in ran.out
    assert "broken_case: cases[0]" in ran.out


@pytest.mark.parametrize("command", [[], ["advise"], ["explain"], ["check"]])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_goes_to_stdout_with_examples_first(command: list[str], option: str) -> None:
    ran = run(*command, option)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.index("Examples:") < ran.out.index("Options:")
    assert not set("╭│╰─") & set(ran.out)


@pytest.mark.parametrize("command", [[], ["advise"], ["explain"], ["where"], ["check"], ["schema"]], ids=str)
def test_the_help_does_not_depend_on_docstrings(command: list[str]) -> None:
    ran = process(*command, "--help", env={"PYTHONOPTIMIZE": "2"})
    assert "Examples:" in ran.out
    assert ran.out == run(*command, "--help").out


def test_a_choice_that_is_missing_is_told_in_one_line_with_what_is_possible() -> None:
    ran = run("schema")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "spasmhelp: Missing argument 'case|advice|heard|table'. Choose from: case, advice, heard, table."
        " See `spasmhelp schema --help`.\n"
    )
    usage = run("schema", "--help").out.split("\n")[0]
    assert usage.replace("{", "").replace("}", "").endswith("[OPTIONS] case|advice|heard|table")  # typer 0.26 has none


def test_completion_that_cannot_be_installed_is_no_bug_of_ours(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file, so that nothing can be written below it")
    # Without the second, typer looks for the shell that started the tests, and `make` has none that it knows.
    env = {"HOME": str(home), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    ran = run("--install-completion", "bash", env=env)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("spasmhelp: --install-completion: cannot be written: ")


def test_no_arguments_print_the_help() -> None:
    assert run() == run("--help")


def test_the_version_is_printed() -> None:
    assert run("--version") == (0, f"spasmhelp {__version__}\n", "")
    assert run("-V").out == run("--version").out


@pytest.mark.parametrize(("mistyped", "offered"), [("advize", "advise"), ("chek", "check")])
def test_a_mistyped_command_is_not_run_but_gets_a_suggestion(mistyped: str, offered: str) -> None:
    ran = run(mistyped)
    assert (ran.status, ran.out) == (2, "")
    assert f"'{offered}'" in ran.err


@pytest.mark.parametrize(
    ("arguments", "made"), [(["read", "calf"], ("read",)), ([], COMMANDS), (["--help"], COMMANDS), (["calf"], COMMANDS)]
)
def test_a_start_makes_the_command_that_is_named_or_all(arguments: list[str], made: tuple[str, ...]) -> None:
    assert tuple(one.name for one in make_app(arguments).registered_commands) == made


def test_whoever_imports_the_app_finds_all_commands_whatever_the_arguments() -> None:
    code = "import spasmhelp.cli.app as a; print(*[one.name for one in a.app.registered_commands], hasattr(a, 'apt'))"
    done = subprocess.run([sys.executable, "-c", code, "check"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [*COMMANDS, "False"]
