"""`spasmhelp advise` as a process: answers from every side, statuses, stdout against stderr."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.program import run
from tests.tables import SMALL

FLAGS = ["--onset", "sudden", "--location", "calf"]
ANSWERED = [*FLAGS, "--no-triggers", "--no-red-flags", "--no-precautions"]
LINES = "sudden\ncalf\ncold muscle\nnone\nnone\n"


def steps(out: str) -> list[str]:
    return [step["id"] for step in json.loads(out)["steps"]]


def test_piped_lines_give_lengthen_then_press_and_hold() -> None:
    ran = run("advise", "--json", stdin=LINES)
    assert (ran.status, ran.err) == (0, "")
    assert [step for step in steps(ran.out) if step in ("lengthen", "press_and_hold")] == ["lengthen", "press_and_hold"]


def test_two_lines_say_first_that_nobody_asked_the_safety_questions() -> None:
    ran = run("advise", stdin="sudden\ncalf\n")
    assert ran.status == 0
    assert ran.out.startswith("Warning: The safety questions were not asked.")
    assert "Not if: " in ran.out
    assert steps(run("advise", "--json", stdin="sudden\ncalf\n").out)[0] == "lengthen"


def test_a_chest_nobody_asked_about_gets_no_step() -> None:
    out = json.loads(run("advise", "--json", stdin="sudden\nchest\n").out)
    assert (out["screened"], out["steps"]) == (False, [])
    assert out["actions"][0].startswith("The safety questions were not asked.")
    assert "heart_signs" in out["unasked"]


def test_an_over_stretched_upper_back_is_stretched_in_front_and_strengthened_behind() -> None:
    case = {
        "onset": "sustained",
        "location": "upper back",
        "triggers": ["overstretched"],
        "red_flags": [],
        "precautions": [],
    }
    out = run("advise", "--json", stdin=json.dumps(case)).out
    assert {"stretch_front", "strengthen_back"} <= set(steps(out))
    assert json.loads(out)["level"] == "see_clinician"
    flagged = json.loads(run("advise", "--json", stdin=json.dumps(case | {"red_flags": ["cauda_equina_signs"]})).out)
    assert (flagged["level"], flagged["steps"]) == ("emergency", [])


def test_a_fresh_operation_is_for_the_surgical_team() -> None:
    case = {"onset": "sustained", "location": "chest", "red_flags": ["recent_surgery"]}
    out = json.loads(run("advise", "--json", stdin=json.dumps(case)).out)
    assert (out["level"], out["steps"]) == ("urgent_care", [])
    assert "surgical team" in " ".join(out["actions"])
    assert "cold_pack" in [one["id"] for one in out["withheld"]]


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["--no-input", "--red-flag", "heart_signs"], ""),
        (["--red-flag", "heart_signs"], "this is not read"),
        ([], '{"red_flags": ["heart_signs"]}'),
        ([], "red_flags: [heart_signs]\n"),
        ([], "sudden\ncalf\nnone\nheart signs\nthis line is bad\nand one too many\n"),
        (["--onset", "sudden", "--location", "calf"], "none\nheart_signs"),
        (["--no-input", "--red-flag", "heart_signs", "--location", "bogus"], ""),
        (["--no-input", "--red-flag", "heart_signs", "--red-flag", "bogus"], ""),
        (["--no-input", "--red-flag", "heart_signs", "--no-triggers", "--trigger", "stress"], ""),
        ([], '{"red_flags": ["heart_signs"], "precautions": ["zzz"]}'),
        ([], '{"red_flags": ["zzz", "Heart signs"], "location": ["calf"], "sore": 1}'),
        ([], '{"red_flags": "heart_signs"}'),
        ([], json.dumps({"red_flags": ["heart_signs"], "triggers": ["zzz"] * 500})),
        ([], "red_flags: [heart_signs]\nlocation: nowhere\n"),
        ([], "sudden\ncalf\nnone\nheart_signs, foo\n"),
        ([], "sudden\nkalf\n\nheart_signs\n"),
        (["--no-red-flags"], '{"red_flags": ["heart_signs"], "precautions": ["zzz"]}'),
        (["--red-flag", "heart_signs"], '{"red_flags": []}'),
        (["--no-precautions"], '{"red_flags": ["heart_signs"], "precautions": ["torn_muscle"]}'),
        (["--onset", "sustained"], '{"red_flags": ["heart_signs"], "onset": "sudden"}'),
        ([], '{"red_flags": ["heart_signs"], "asked": {"precautions": "all"}}'),
        ([], '{"red_flags": ["heart_signs"], "id": "\\ud800"}'),
    ],
)
def test_an_emergency_is_advised_at_once_however_it_was_reported(arguments: list[str], stdin: str) -> None:
    ran = run("advise", "--json", *arguments, stdin=stdin)
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["level"] == "emergency"


def test_what_was_understood_beside_an_emergency_is_kept_and_the_rest_counts_as_not_asked() -> None:
    case = {"onset": "sudden", "location": "kalf", "triggers": ["stress", "x"], "red_flags": ["heart_signs"]}
    expected = {"onset": "sudden", "location": None, "triggers": ["stress"], "red_flags": ["heart_signs"]}
    lines = run("advise", "--json", stdin="sudden\nkalf\nstress, x\nheart_signs, y\nzzz\n")
    flags = ["--onset", "sudden", "--location", "kalf", "--trigger", "stress", "--trigger", "x"]
    flagged = run("advise", "--json", *flags, "--red-flag", "heart_signs", "--precaution", "zzz")
    batch = run("batch", stdin=json.dumps(case | {"precautions": ["zzz"]}))
    for ran in (lines, flagged, batch):
        assert ran.status == 0
        assert json.loads(ran.out)["case"] == expected | {"precautions": None}


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        ([], '{"red_flags": ["heart_signs"]'),
        ([], '{"red_flags": ["heart_signs"], "red_flags": ["heart_signs"]}'),
        ([], "red_flags: [heart_signs\n"),
        ([], '{"red_flags": ["statin"], "onset": "sudden", "location": "calf", "precautions": ["zzz"]}'),
        (["--no-red-flags", "--red-flag", "heart_signs"], ""),
        (["--no-red-flags"], '{"red_flags": ["dvt_signs"], "onset": "sudden", "location": "calf"}'),
    ],
)
def test_what_cannot_be_read_and_a_contradiction_stay_errors(arguments: list[str], stdin: str) -> None:
    ran = run("advise", "--json", *arguments, stdin=stdin)
    assert (ran.status, ran.out) == (2, "")


YAML = """"red_flags": [stroke]
'red_flags': [stroke]
"red_flags" : ["stroke"]
{red_flags: [stroke]}
{'red_flags': [stroke]}
%YAML 1.2\\n---\\nred_flags: [stroke]
{\\n  # none of it\\n  red_flags: [stroke]}
? red_flags\\n: [stroke]"""


@pytest.mark.parametrize("text", YAML.split("\n"))
def test_an_emergency_in_yaml_is_heard_however_yaml_writes_it(text: str) -> None:
    ran = run("advise", "--json", stdin=text.replace("\\n", "\n"))
    assert (ran.status, json.loads(ran.out)["level"]) == (0, "emergency")


def test_a_key_of_yaml_that_is_mistyped_is_no_line() -> None:
    ran = run("advise", stdin="red-flags: [stroke]\nonset: sudden\n")
    assert (ran.status, "did you mean 'red_flags'?" in ran.err) == (2, True)


def test_flags_lines_json_and_yaml_give_the_same_advice() -> None:
    ways = [
        run("advise", "--json", *FLAGS, "--trigger", "cold_muscle", "--no-red-flags", "--no-precautions"),
        run("advise", "--json", stdin=LINES),
        run("advise", "--json", stdin=LINES.replace("\n", "\r\n").rstrip()),
        run("advise", "--json", stdin="\ufeff" + LINES),
        run("advise", "--json", stdin="1\n4\ncold muscle\n0\nNone\n\n\n"),
        run("advise", "--json", *FLAGS, stdin="cold muscle\nnone\nnone"),
        run("advise", "--json", stdin='# a note\n\n{"onset":"sudden","location":"charley horse","triggers":["Cold-Muscle"],"red_flags":[],"precautions":[]}'),
        run("advise", "--json", stdin="---\nonset: sudden\nlocation: calf\ntriggers: [cold_muscle]\nred_flags: []\nprecautions: []\n"),
        run("advise", "--json", "--location", "calf", stdin="{onset: sudden}".replace("{", "onset: sudden\nlocation: calf\ntriggers: [cold muscle]\nred_flags: []\nprecautions: []\n#")),
    ]  # fmt: skip
    assert {ran.status for ran in ways} == {0}
    assert len({ran.out for ran in ways}) == 1


@pytest.mark.parametrize(
    ("stdin", "expected"),
    [
        ("sudden\nkalf\n", "line 2, location: no location called 'kalf'; did you mean 'calf'?"),
        ("sudden\ncalf\n\nnone\n", "line 3, triggers: this line is empty; write 'none' for none"),
        ("\nsudden\n", "line 1, onset: this line is empty"),
        ("sudden\n99\n", "line 2, location: no location has the number 99; 1 to 34"),
        ("sudden\n0\n", "line 2, location: no location has the number 0; 1 to 34"),
        ("sudden\nnone\n", "line 2, location: no location called 'none'"),
        ("sudden\ncalf\n2\n", "line 3, triggers: no trigger called '2'"),
        ("sudden\ncalf\nnone\nnot sure\n", "line 4, red_flags: 'not sure' counts as yes: name the red flag"),
        ("sudden\ncalf\nnone\nnone\nnone\nmore\n", "line 6: one answer too many: 'more'; every question is answered already"),
        ("sudden\n", "location: location is missing; the lines answer, in this order: onset, location, triggers, red_flags, precautions"),
        ("", "onset: onset is missing; give --onset WORD, or answer through a pipe"),
        ('{"onset": "sudden"}', "location: location is missing"),
        ('{"onset": "sudden", "location": "calf", "sore": 1}', "sore: unknown key 'sore'"),
        ('{"onset": "sudden", "location": "calf", "onset": "sudden"}', "onset: duplicate key 'onset'"),
        ('{"onset": "sudden", "location": 5}', "location: expected a text, found '5'"),
        ('{"onset": "sudden", "location": "calf", "id": NaN}', "not JSON: NaN is not allowed"),
        ('{"onset": "sudden", "location": "\\ud800"}', "location: holds a control character: '\\ud800'"),
        ('{"onset": "sudden", "location": "calf", "id": "\\ud800"}', "id: holds half a character (a lone surrogate)"),
        ('{"onset": ', "standard input:1:11: not JSON: Expecting value"),
        ('{"onset": "sudden", "location": "calf"}\n{"onset": "sudden", "location": "calf"}', "expected one case, found more; `spasmhelp batch` takes many"),
        ("[1]", "standard input: expected one case, found a list; `spasmhelp batch` takes many"),
        ("onset: [sudden\n", "standard input:1:8: not YAML: a list opens here with [; expected ',' or ']' at line 2, column 1"),
        ("onset: &a sudden\nlocation: calf\n", "standard input:1:8: onset: anchors (&a) are not allowed"),
        (b"sudden\n\xff\n", "standard input: is not UTF-8 text: byte 0xff at 7"),
        ('{"a":' * 100_000, "nested too deep"),
        ("x" * (1 << 21), "standard input: is over 1 MiB"),
    ],
    ids=lambda value: repr(value[:25]),
)  # fmt: skip
def test_unusable_answers_end_with_one_message_and_no_advice(stdin: str | bytes, expected: str) -> None:
    ran = run("advise", stdin=stdin)
    assert (ran.status, ran.out) == (2, "")
    assert expected in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--onset", "suden", "--location", "kalf"], "--location: no location called 'kalf'; did you mean 'calf'?"),
        (["--location", ""], "--location: no location called ''"),
        ([*FLAGS, "--no-red-flags", "--red-flag", "statin"], "--no-red-flags: contradicts --red-flag"),
        ([*FLAGS, "--no-triggers", "--trigger", "stress"], "--no-triggers: contradicts --trigger"),
        ([*FLAGS, "--no-precautions", "--precaution", "pregnant"], "--no-precautions: contradicts --precaution"),
        (["--no-input", "--onset", "sudden"], "location: location is missing; give --location WORD"),
        ([*FLAGS, "--onset", "sustained"], "--onset: given twice; a case has one"),
        (["--location", "neck", *FLAGS], "--location: given twice; a case has one"),
        ([*FLAGS, "--onset", "sudden"], "--onset: given twice; a case has one"),
        (["--color", "sometimes"], "'sometimes' is not one of"),
        (["--locaton", "calf"], "No such option: --locaton"),
        (["calf"], "onset: the sentence does not say it"),
    ],
)
def test_unusable_options_end_with_one_message_and_no_advice(arguments: list[str], expected: str) -> None:
    ran = run("advise", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert expected in ran.err
    as_json = run("advise", "--json", *arguments)
    error = json.loads(as_json.err)["error"]
    assert (as_json.status, as_json.out, error["status"]) == (2, "", 2)
    assert error["problems"][0].keys() == {"where", "message", "choices"}


def test_with_all_flags_nothing_is_read_from_stdin() -> None:
    assert run("advise", *ANSWERED, stdin="this is not an answer").status == 0
    assert run("advise", "--no-input", *FLAGS, stdin="this is not an answer").status == 0


def test_json_is_one_line_and_its_keys_stand_in_the_order_of_the_contract() -> None:
    out = run("advise", "--json", *ANSWERED).out
    assert out.count("\n") == 1
    keys = "schema id table case level screened unasked actions because steps withheld safety_net sources"
    assert list(json.loads(out)) == keys.split()
    assert list(json.loads(out)["steps"][0]) == (
        ["id", "phase", "text", "do", "how", "hold", "not_if", "origin", "sources_say", "sources", "rules"]
    )
    why = json.loads(run("advise", "--json", "--why", *ANSWERED).out)
    assert list(why) == [*keys.split(), "explanation"]
    assert "sudden_cramp" in why["explanation"]["rules"]


def test_the_id_of_a_case_is_echoed_as_it_came() -> None:
    case = '{"id": {"a": [1, 1e400, 12345678901234567890123, null, true]}, "onset": "sudden", "location": "calf"}'
    assert '"id":{"a":[1,1e400,12345678901234567890123,null,true]}' in run("advise", "--json", stdin=case).out


@pytest.mark.parametrize(
    ("ident", "echoed"),
    [("7", "7"), ("-1.5e3", "-1.5e3"), ("true", "true"), ("null", "null"), ("", "null"), ("'7'", '"7"'), ("a b", '"a b"'), ("007", '"007"'), ("no", '"no"')],
)  # fmt: skip
def test_the_id_of_a_case_in_yaml_is_echoed_as_the_json_that_it_looks_like(ident: str, echoed: str) -> None:
    ran = run("advise", "--json", stdin=f"onset: sudden\nlocation: calf\nid: {ident}\n")
    assert (ran.status, ran.err) == (0, "")
    assert f'"id":{echoed},' in ran.out


@pytest.mark.parametrize("ident", ["[1]", "{a: 1}"])
def test_an_id_in_yaml_that_is_no_single_value_is_a_problem(ident: str) -> None:
    ran = run("advise", "--json", stdin=f"onset: sudden\nlocation: calf\nid: {ident}\n")
    assert (ran.status, ran.out) == (2, "")
    assert '"where":"id"' in ran.err


def test_the_command_at_the_end_repeats_what_was_reported_and_asks_the_dangers_again() -> None:
    for stdin in (LINES, "sudden\ncalf\n", "sustained\nchest\nnone\nrecent_surgery\n", "sudden\nneck\nnone\nnone\npregnant, torn muscle\n"):  # fmt: skip
        first = command_at_the_end(run("advise", stdin=stdin).out)
        assert not {"--no-red-flags", "--no-precautions"} & set(first)
        assert command_at_the_end(run(*first[1:], stdin="").out) == first
        reported = [word for word in ("recent_surgery", "pregnant", "torn_muscle", "cold_muscle") if word in first]
        assert reported == [word for word in ("recent_surgery", "pregnant", "torn_muscle", "cold_muscle") if word.replace("_", " ") in stdin.replace("_", " ")]  # fmt: skip


def command_at_the_end(out: str) -> list[str]:
    """Return the words of the command that stands behind "Again:", as a shell joins its lines."""
    return shlex.split(re.search(r"Again: ((?:.*\\\n)*.*)", out)[1].replace("\\\n", ""))  # type: ignore[index]


CALF = {"onset": "sudden", "location": "calf"}


@pytest.mark.parametrize(
    ("arguments", "case", "where"),
    [
        (["--location", "neck"], CALF, "location"),
        (["--onset", "sustained"], CALF, "onset"),
        (["--no-red-flags"], CALF | {"red_flags": ["statin"]}, "red_flags"),
        (["--red-flag", "statin"], CALF | {"red_flags": []}, "red_flags"),
        (["--red-flag", "statin"], CALF | {"red_flags": ["lasts_weeks"]}, "red_flags"),
        (["--precaution", "pregnant"], CALF | {"precautions": ["torn_muscle"]}, "precautions"),
        (["--trigger", "exercise"], CALF | {"triggers": []}, "triggers"),
        (["--no-triggers", "--location", "calf"], CALF | {"triggers": ["exercise"]}, "triggers"),
    ],
)
def test_options_that_contradict_what_is_piped_are_refused(
    arguments: list[str], case: dict[str, object], where: str
) -> None:
    for text in (json.dumps(case), "".join(f"{key}: {json.dumps(value)}\n" for key, value in case.items())):
        ran = run("advise", "--json", *arguments, stdin=text)
        assert (ran.status, ran.out) == (2, "")
        assert [one["where"] for one in json.loads(ran.err)["error"]["problems"]] == [where]
        assert "the option says" in ran.err


@pytest.mark.parametrize(
    ("arguments", "case"),
    [
        (["--location", "charley horse", "--onset", "cramp"], CALF),
        (["--red-flag", "statin"], CALF | {"red_flags": ["lasts_weeks", "statin"]}),
        (["--red-flag", "statin"], CALF),
        (["--no-red-flags", "--no-triggers"], CALF | {"red_flags": [], "triggers": []}),
        (["--precaution", "pregnant"], CALF | {"precautions": ["pregnant"]}),
    ],
)
def test_options_may_say_again_what_is_piped_or_a_part_of_it(arguments: list[str], case: dict[str, object]) -> None:
    ran = run("advise", "--json", *arguments, stdin=json.dumps(case))
    assert (ran.status, ran.err) == (0, "")
    found = json.loads(ran.out)["case"]
    for name, answer in case.items():
        assert found[name] == answer or sorted(found[name]) == sorted(answer)


def test_how_far_the_questions_got_comes_in_by_json_and_yaml_and_goes_out() -> None:
    asked = {"red_flags": "before", "precautions": "none"}
    case = CALF | {"red_flags": ["keeps_coming_back"], "asked": asked}
    text = (
        "onset: sudden\nlocation: calf\nred_flags: [keeps_coming_back]\nasked: {red_flags: before, precautions: none}\n"
    )
    ways = [run("advise", "--json", stdin=json.dumps(case)), run("advise", "--json", stdin=text)]
    ways.append(run("batch", stdin=json.dumps(case)))
    for ran in ways:
        out = json.loads(ran.out)
        assert (ran.status, out["case"]["asked"], out["screened"]) == (0, asked, True)
        assert "keeps_coming_back" not in out["unasked"]
        assert "over_ten_minutes" in out["unasked"]
        assert out["actions"][-1].startswith("Not asked: ")
        assert any(step["not_if"] for step in out["steps"])
    assert json.loads(run("advise", "--json", stdin=json.dumps(out["case"])).out)["actions"] == out["actions"]


@pytest.mark.parametrize(
    ("case", "where", "message"),
    [
        ({"asked": {"red_flags": "all"}}, "asked.red_flags", "red_flags were asked, but the list is missing"),
        ({"asked": {"precautions": "before"}}, "asked.precautions", "the list is missing; an empty list means none"),
        ({"asked": {"red_flags": "some"}}, "asked.red_flags", "expected one of none, before, all; found 'some'"),
        ({"asked": {"flags": "all"}}, "asked.flags", "unknown key 'flags'"),
        ({"asked": "all"}, "asked", "expected keys with values, found 'all'"),
        ({"red_flags": ["statin", "Statin"]}, "red_flags[1]", "names the same thing twice"),
        ({"precautions": ["pregnant", "pregnant"]}, "precautions[1]", "names the same thing twice"),
        ({"location": "leg"}, "location", "'leg' could be calf, shin or knee"),
    ],
)
def test_a_case_that_says_wrongly_how_far_it_got_or_names_a_word_twice_or_a_region_is_refused_with_its_place(
    case: dict[str, object], where: str, message: str
) -> None:
    ran = run("advise", "--json", stdin=json.dumps(CALF | case))
    assert (ran.status, ran.out) == (2, "")
    (problem,) = json.loads(ran.err)["error"]["problems"]
    assert problem["where"] == where
    assert where == "location" or message in problem["message"]


@pytest.mark.parametrize("way", [["--location", "leg"], ["--location", "Lower-Limb"], []])
def test_a_region_is_no_place_and_its_places_are_named(way: list[str]) -> None:
    ran = run("advise", "--json", "--onset", "sudden", *way, stdin="" if way else "leg\n")
    assert (ran.status, ran.out) == (2, "")
    problems = json.loads(ran.err)["error"]["problems"]
    assert problems[0]["choices"] == ["calf", "shin", "knee", "thigh_front", "thigh_back", "inner_thigh"]
    assert "could be calf" in problems[0]["message"]


@pytest.mark.parametrize(
    ("case", "level", "status"),
    [
        (CALF, "emergency", 4),
        (CALF | {"red_flags": []}, "see_clinician", 0),
        (CALF | {"red_flags": [], "asked": {"red_flags": "before"}}, "emergency", 4),
        (CALF | {"red_flags": [], "asked": {"red_flags": "before"}}, "see_clinician", 4),
        (CALF | {"red_flags": ["keeps_coming_back"], "asked": {"red_flags": "none"}}, "emergency", 4),
        (CALF | {"red_flags": ["keeps_coming_back"]}, "urgent_care", 0),
        (CALF | {"red_flags": ["keeps_coming_back"]}, "see_clinician", 4),
    ],
)
def test_fail_on_is_status_4_also_where_nobody_ruled_the_level_out(
    case: dict[str, object], level: str, status: int
) -> None:
    for command in ("advise", "batch"):
        assert run(command, "--fail-on", level, stdin=json.dumps(case)).status == status


def test_another_table_is_named_in_the_command_that_gives_its_advice_again(tmp_path: Path) -> None:
    path = tmp_path / "my table.yaml"
    path.write_text(SMALL)
    out = run("advise", "--table", str(path), *ANSWERED).out
    assert f"--table '{path}'" in out


def test_a_table_whose_review_is_due_says_so_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_text(SMALL.replace("review_by: 2027-11-23", "review_by: 2020-01-01"))
    last = json.loads(run("advise", "--json", "--table", str(path), *ANSWERED).out)["safety_net"][-1]
    assert last == "Nobody checked it. This table was due for review by 2020-01-01: it may be out of date."


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"about: [", SMALL.replace("calf:", "Calf:").encode()])
def test_a_table_that_is_missing_or_broken_gives_no_advice(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "t.yaml"
    if content is not None:
        path.write_bytes(content)
    ran = run("advise", "--table", str(path), *ANSWERED)
    assert (ran.status, ran.out) == (3, "")
    assert "t.yaml" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", [["advise", *ANSWERED, "--table", ""], ["explain", "--table="], ["where", "--table", ""],
    ["check", ""], ["check", "--diff", ""], ["check", "", "--diff", ""]], ids=" ".join)  # fmt: skip
def test_an_empty_name_is_a_table_that_cannot_be_read_not_the_built_in_one(command: list[str]) -> None:
    ran = run(*command)
    assert ran.status == 3
    assert "cannot be read: no such file" in ran.out + ran.err
    assert len((ran.out + ran.err).splitlines()) <= 2


def test_a_directory_is_no_table(tmp_path: Path) -> None:
    ran = run("advise", "--table", str(tmp_path), *ANSWERED)
    assert (ran.status, ran.out) == (3, "")
    assert "is a directory" in ran.err
