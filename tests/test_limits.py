"""The most that a table may hold: what is over it is one problem, and what is within it is checked in little memory."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from spasmhelp import TableError, load_table
from spasmhelp.core.decoding import limits
from spasmhelp.core.parse import parse_table
from tests.broken import FOLDER
from tests.deep import swept
from tests.program import ROOT, environment, run

GOOD = (FOLDER / "good.yaml").read_text(encoding="utf-8")


def section(name: str, size: int, entry: Callable[[int], str]) -> str:
    """Return the good table with so many more entries at the top of a section."""
    more = "".join(f"  {entry(i)}\n" for i in range(size))
    assert f"\n{name}:\n" in GOOD
    return GOOD.replace(f"\n{name}:\n", f"\n{name}:\n{more}")


def problems(text: str) -> list[tuple[str, str]]:
    """Return where a table has problems, and which."""
    with pytest.raises(TableError) as refused:
        parse_table(text)
    return [(one.where, one.message) for one in refused.value.problems]


def word(kind: str) -> Callable[[int], str]:
    return lambda i: f"{kind}{i}: {{name: {kind}{i}}}"


def test_a_section_of_over_a_thousand_entries_is_one_problem() -> None:
    text = section("triggers", 1_000, word("t"))
    assert problems(text) == [("triggers", "holds 1,002 entries; 1,000 are the most")]
    assert len(parse_table(section("triggers", 998, word("t"))).triggers) == 1_000


def test_over_three_thousand_cases_are_one_problem() -> None:
    text = GOOD + "".join(
        f"  - {{name: A{i}., given: {{onset: sudden, location: calf}}, expect: {{level: self_care}}}}\n"
        for i in range(3_000)
    )
    [(where, message)] = problems(text)
    assert (where, bool(re.match(r"holds 3,\d\d\d entries; 3,000 are the most", message))) == ("cases", True)


def test_over_ten_thousand_names_are_one_problem_where_they_become_too_many() -> None:
    many = ", ".join(f"w{i}" for i in range(10_000))
    text = GOOD.replace("synonyms: [charley horse]", f"synonyms: [charley horse, {many}]")
    [(where, message)] = problems(text)
    assert (where, "synonyms, cues and hints; 10,000 are the most" in message) == ("locations", True)


@pytest.mark.parametrize(
    ("sections", "what"),
    [
        ({"onsets": 300, "locations": 300, "triggers": 300}, "small cases"),
        ({"onsets": 98, "locations": 7, "triggers": 47}, "effects of rules"),
        ({"onsets": 98, "locations": 97}, "looks at places"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_too_much_in_all_is_one_problem(sections: dict[str, int], what: str) -> None:
    text = GOOD
    for name, size in sections.items():
        more = "".join(f"  {name[0]}{i}: {{name: {name[0]}{i}, region: leg}}\n" for i in range(size))
        more = more if name == "locations" else more.replace(", region: leg", "")
        text = text.replace(f"\n{name}:\n", f"\n{name}:\n{more}")
    rules = "".join(f"  more{i}: {{when: {{}}, advise: [rest, press], because: So.}}\n" for i in range(5))
    text = text.replace("\nrules:\n", f"\nrules:\n{rules}")
    [(where, message)] = problems(text)
    assert (where, what in message) == ("", True), message


@pytest.mark.parametrize("command", [["check"], ["advise", "--no-input"], ["explain"], ["where"], ["batch"]])
def test_every_command_refuses_a_table_that_is_too_large(tmp_path, command: list[str]) -> None:
    path = tmp_path / "big.yaml"
    path.write_text(section("triggers", 1_000, word("t")))
    ran = run(*command, *(() if command == ["check"] else ("--table",)), str(path))
    assert (ran.status, "1,000 are the most" in ran.out + ran.err) == (3, True)


@pytest.mark.parametrize("key", ["name: Calf", "synonyms: [charley horse", "reviewed_by: a nurse"])
def test_a_name_is_no_longer_than_two_hundred_characters(key: str) -> None:
    start = "synonyms: [charley horse, " if "[" in key else key.split(" ", maxsplit=1)[0] + " "
    parse_table(GOOD.replace(key, start + "n" * 200, 1))
    assert [one[1] for one in problems(GOOD.replace(key, start + "n" * 201, 1))] == [
        "has 201 characters; 200 are the most"
    ]


def test_the_built_in_table_is_far_from_every_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    table = load_table()
    for name in ("MOST_SMALL_CASES", "MOST_COVERED", "MOST_ASKED"):
        monkeypatch.setattr(limits, name, getattr(limits, name) // 5)
    assert limits.too_large(table) == ""
    assert len(table.cases) * 5 < limits.MOST_CASES


MEASURED = """
import json, re, sys
from spasmhelp.__main__ import main
status = main()
# Not ru_maxrss: that of a child begins at what its parent holds.
used = re.search(r"VmHWM:\\s+([0-9]+) kB", open("/proc/self/status").read())
print(json.dumps([status, int(used[1]) // 1024]), file=sys.stderr)
"""


def large(onsets: int, places: int, triggers: int, rules: int, steps: int) -> str:
    """Return a table at the limits: rules that apply everywhere, each with all the steps."""
    text = GOOD
    for name, size in {"onsets": onsets, "triggers": triggers}.items():
        text = text.replace(f"\n{name}:\n", f"\n{name}:\n" + "".join(f"  {word(name[0])(i)}\n" for i in range(size)))
    more = "".join(f"  l{i}: {{name: l{i}, region: leg}}\n" for i in range(places))
    text = text.replace("\nlocations:\n", f"\nlocations:\n{more}")
    more = "".join(
        f"  x{i}: {{name: x{i}, phase: now, do: Do., origin: article, sources_say: nothing}}\n" for i in range(steps)
    )
    text = text.replace("\nsteps:\n", f"\nsteps:\n{more}")
    advise = ", ".join(f"x{i}" for i in range(steps)) or "rest"
    more = "".join(f"  more{i}: {{when: {{}}, advise: [{advise}], because: So.}}\n" for i in range(rules))
    return text.replace("\nrules:\n", f"\nrules:\n{more}")


@pytest.mark.parametrize(
    "corner",
    swept(
        [
            (23, 17, 96, 4, 0),
            (23, 17, 96, 1, 6),
            (38, 37, 0, 20, 1),
            (0, 0, 0, 980, 5),
            (0, 0, 0, 5, 900),
            (0, 900, 0, 1, 0),
        ]
    ),
    ids=str,
)
@pytest.mark.usefixtures("unmeasured")
def test_a_table_within_the_limits_is_checked_in_200_mebibytes(tmp_path, corner) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux says how much was held at most")
    path = tmp_path / "large.yaml"
    path.write_text(large(*corner))
    command = [sys.executable, "-c", MEASURED, "check", "--json", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment(), cwd=ROOT, timeout=60, check=True)
    assert all(one["kind"] != "problem" for one in json.loads(ran.stdout)["found"]), ran.stdout[:500]
    status, mebibytes = json.loads(ran.stderr)
    assert (status, mebibytes < 200) == (3, True), mebibytes


@pytest.mark.parametrize(
    ("groups", "refused"),
    [
        ('{g0: [leg], g1: ["{g0}"]}', False),
        ("{" + ", ".join(f'g{i}: ["{{g{i + 1}}}"]' for i in range(10)) + ", g10: [leg]}", False),
        ("{" + ", ".join(f'g{i}: ["{{g{i + 1}}}"]' for i in range(11)) + ", g11: [leg]}", True),
        ('{loop: ["{loop}"]}', True),
        ('{one: ["{two} x"], two: [y, "{one}"]}', True),
    ],
    ids=["one in one", "as deep as may be", "one deeper", "itself", "a circle"],
)
def test_groups_that_hold_one_another_too_deep_are_one_problem(groups: str, refused: bool) -> None:
    text = GOOD.replace("\nsteps:\n", f"\nreading:\n  groups: {groups}\nsteps:\n", 1)
    if not refused:
        parse_table(text)
        return
    with pytest.raises(TableError) as error:
        parse_table(text)
    assert [one.message for one in error.value.problems] == [
        "has groups in section 'reading' that hold one another over 10 deep, or in a circle"
    ]
