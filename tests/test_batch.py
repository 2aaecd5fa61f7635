"""`spasmhelp batch`: one line out for each line in, whatever comes in, as it comes in."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pexpect
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spasmhelp import Case, Table, advise
from spasmhelp.core.batch import TOO_LONG, Batch
from spasmhelp.core.document import MAX_BYTES
from spasmhelp.core.model import Level, TableCase
from spasmhelp.core.wire import advice_out, encode
from tests.deep import deep_only, examples, swept
from tests.generated import tables_and_cases
from tests.program import ROOT, environment, run

CALF = '{"onset": "sudden", "location": "calf", "triggers": [], "red_flags": [], "precautions": []}'
PLAIN = '{"onset": "sudden", "location": "calf"}'
CLOT = '{"onset": "sudden", "location": "calf", "red_flags": ["dvt_signs"]}'
HEART = '{"red_flags": ["heart_signs"]}'
BATCH = [sys.executable, "-m", "spasmhelp", "batch"]


def batch(text: str | bytes, *arguments: str) -> tuple[int, list[dict], str]:
    """Run a batch and return its status, its lines as objects, and what it wrote to stderr."""
    ran = run("batch", *arguments, stdin=text)
    assert "Traceback" not in ran.err
    assert ran.out == "" or ran.out.endswith("\n")
    return ran.status, [json.loads(line) for line in ran.out.splitlines()], ran.err


def test_each_line_is_what_advise_prints_for_the_same_case(table):
    cases = [json.dumps(case_json(case.given) | {"id": n}) for n, case in enumerate(worked(table)[:12])]
    cases += [
        PLAIN,
        CALF.replace("calf", "Charley  Horse"),
        '{"id": null, "onset": "CRAMP", "location": "calf"}',
        HEART,
    ]
    cases += ['{"location": "calf", "onset": "sudden", "id": {"a": [1.50, 1e400, -0, null, "ü"]}}']
    lines = run("batch", stdin="\n".join(cases)).out.splitlines(keepends=True)
    assert lines == [run("advise", "--json", stdin=case).out for case in cases]


def worked(table: Table) -> list[TableCase]:
    """Return the cases of a table that are given in words, not in a sentence."""
    return [case for case in table.cases if not case.sentence]


def answers(batch: Batch, lines: list[bytes]) -> list[bytes]:
    """Return what is answered to lines."""
    return b"".join(batch.answers([b"\n".join(lines)])).splitlines(keepends=True)


def advised(table, case: Case) -> bytes:
    """Return what `advise --json` writes for a case."""
    return encode(advice_out(table, advise(table, case)))


def test_every_case_of_the_table_is_answered_alike_whether_it_is_new_or_was_kept(table):
    lines = [json.dumps(case_json(case.given)).encode() for case in worked(table)]
    expected = [advised(table, case.given) for case in worked(table)]
    assert answers(Batch(table), lines * 2) == expected * 2


@given(pair=tables_and_cases())
@settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_table_says_a_kept_answer_is_the_advice(pair):
    table, case = pair
    if case.onset and case.location:
        line = json.dumps(case_json(case)).encode()
        assert answers(Batch(table), [line, line]) == [advised(table, case)] * 2


def case_json(case: Case) -> dict:
    """Return a case as it is written to JSON, what was not asked left out."""
    one = {name: getattr(case, name).id for name in ("onset", "location") if getattr(case, name)}
    lists = {name: getattr(case, name) for name in ("triggers", "red_flags", "precautions")}
    one |= {name: [word.id for word in words] for name, words in lists.items() if words is not None}
    asked = {name: getattr(case.asked, name) for name in ("red_flags", "precautions")}
    said = {name: reached.name for name, reached in asked.items() if reached is not None}
    return one | ({"asked": said} if said else {})


def test_lines_come_out_in_order_with_their_ids():
    idents = [1, "two", None, -3, "vier \u00fc", [5], {"six": 6}, 2.5]
    lines = "\n".join(json.dumps({"id": ident, "onset": "sudden", "location": "calf"}) for ident in idents)
    status, answers, err = batch(lines)
    assert [answer["id"] for answer in answers] == idents
    assert (status, err) == (0, "")


def test_blank_lines_are_passed_over_but_counted():
    status, answers, _ = batch(f"\n  \r\n{PLAIN}\n\n[]\n")
    assert status == 2
    assert [answer.get("line") for answer in answers] == [None, 5]


def test_a_byte_order_mark_and_carriage_returns_are_no_part_of_a_line():
    status, answers, _ = batch(b"\xef\xbb\xbf" + f"{PLAIN}\r\n{CALF}\r\n".encode())
    assert status == 0
    assert [answer["screened"] for answer in answers] == [False, True]


def test_nothing_in_is_nothing_out():
    assert batch("") == (0, [], "")
    assert batch("\n\n") == (0, [], "")


BAD = {
    "not JSON": (b"hello", "", "not JSON"),
    "cut off": (b'{"id": 1, "onset": "sudden", "loc', "", "not JSON"),
    "a list": (f"[{PLAIN}]".encode(), "", "expected one JSON object"),
    "a text": (b'"sudden"', "", "expected one JSON object"),
    "two objects": (f"{PLAIN} {PLAIN}".encode(), "", "not JSON"),
    "a NUL": (b'{"onset": "sud\x00den", "location": "calf"}', "", "not JSON"),
    "not UTF-8": (b'{"onset": "sudden", "location": "\xff"}', "", "not UTF-8"),
    "a BOM within": (b"\xef\xbb\xbf" + PLAIN.encode(), "", "not JSON"),
    "half a character": (b'{"id": "\\ud800", "onset": "sudden", "location": "calf"}', "id", "half a character"),
    "half a character in a word": (b'{"onset": "sudden", "location": "\\udc00"}', "location", "control character"),
    "half a character in a key": (b'{"id": {"\\ud800": 1}, "onset": "sudden", "location": "calf"}', "id", "half a"),
    "NaN": (b'{"onset": NaN, "location": "calf"}', "onset", "NaN is not allowed"),
    "a huge number": (b'{"onset": 1' + b"0" * 5000 + b', "location": "calf"}', "onset", "expected a text"),
    "deep": (b'{"id": ' + b"[" * 5000 + b"]" * 5000 + b', "onset": "sudden", "location": "calf"}', "", "too deep"),
    "very deep": (b"[" * 200_000, "", "too deep"),
    "unknown key": (b'{"onset": "sudden", "location": "calf", "wo": 1}', "wo", "unknown key"),
    "duplicate key": (b'{"onset": "sudden", "location": "calf", "location": "calf"}', "location", "duplicate key"),
    "duplicate id": (b'{"id": 1, "onset": "sudden", "location": "calf", "id": 1}', "id", "duplicate key"),
    "duplicate escaped": (
        b'{"onset": "sudden", "location": "calf", "onse\\u0074": "sudden"}',
        "onset",
        "duplicate key",
    ),
    "duplicate in id": (b'{"id": {"a": 1, "a": 2}, "onset": "sudden", "location": "calf"}', "id.a", "duplicate key"),
    "wrong type": (b'{"onset": "sudden", "location": ["calf"]}', "location", "expected a text, found a list"),
    "not a list": (b'{"onset": "sudden", "location": "calf", "triggers": "exercise"}', "triggers", "expected a list"),
    "unknown word": (b'{"onset": "sudden", "location": "calv"}', "location", "did you mean 'calves'"),
    "same word twice": (
        b'{"onset": "sudden", "location": "calf", "triggers": ["strain", "strain"]}',
        "triggers[1]",
        "",
    ),
    "missing": (b'{"onset": "sudden"}', "location", "location is missing"),
    "null": (b'{"onset": null, "location": "calf"}', "onset", "onset is missing"),
    "a tab in a word": (b'{"onset": "sudden", "location": "lower\tback"}', "", "not JSON"),
    "an escaped tab in a word": (b'{"onset": "sudden", "location": "lower\\tback"}', "location", "control character"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_says_why_in_its_place_and_the_rest_goes_on(name):
    bad, where, message = BAD[name]
    status, answers, err = batch(b"\n".join([CALF.encode(), bad, CALF.encode()]))
    assert status == 2
    assert err == "spasmhelp: 1 of 3 lines could not be answered; each says why in its place\n"
    assert [answer.get("level") for answer in answers] == ["self_care", None, "self_care"]
    assert list(answers[1]) == ["line", "id", "problems"]
    assert answers[1]["line"] == 2
    problem = answers[1]["problems"][0]
    assert problem["where"] == where
    assert message in problem["message"]


def test_a_bad_line_names_all_its_problems_with_choices_and_its_id():
    _, answers, _ = batch('{"id": "a", "onset": "slow", "location": "nowhere", "triggers": ["x"]}')
    assert answers[0]["id"] == "a"
    assert [problem["where"] for problem in answers[0]["problems"]] == ["onset", "location", "triggers[0]"]
    assert {"calf", "jaw"} < set(answers[0]["problems"][1]["choices"])


def test_a_line_that_was_answered_does_not_answer_for_one_with_a_second_id():
    rest = '"onset": "sudden", "location": "calf"}'
    status, answers, _ = batch(f'{{"id": 1, {rest}\n{{"id": 2, "id": 3, {rest}\n{{"id": 4, {rest}')
    assert ["level" in answer for answer in answers] == [True, False, True]
    assert status == 2


def test_an_id_is_found_under_an_escaped_key_and_behind_the_case(small):
    lines = [b'{"i\\u0064": 4, ' + REST, b"{" + REST[:-1] + b', "id": 5}', b"{" + REST[:-1] + b', "\\u0069d": 6}']
    assert [json.loads(answer)["id"] for answer in answers(Batch(small), lines)] == [4, 5, 6]


WITH_ID = b'{"id": 1, "onset":"sudden","location":"calf","red_flags":[]}'
REST = WITH_ID.removeprefix(b'{"id": 1, ')
WARPED = [
    *(WITH_ID[at:] for at in range(len(WITH_ID))),
    *(WITH_ID[:at] + WITH_ID[at + 1 :] for at in range(len(WITH_ID))),
    *(
        b'{"id": %s, ' % ident + REST
        for ident in (b"2", b"01", b'"1"', b"null", b"1.5", b'"a, b"', b'"\\u0061"', b"[1]")
    ),
    *(b'{"id": 2, ' + WITH_ID, b'{"id": 2, "id": 3, ' + REST, b'{"id": 2, "\\u0069d": 3, ' + REST),
    *(b"{" + REST, REST, b"[" + REST, b" {" + REST, b"{" + REST + b"\r", b"{" + REST + b" \t", b"{" + REST + b"\f"),
    *(b"{" + REST[:-1] + more for more in (b', "id": 5}', b', "red_flags": []}', b", }", b"]", b"}}", b'}{"id": 2}')),
    WITH_ID.replace(b"calf", b"Charley  Horse"),
    WITH_ID.replace(b"calf", b"nowhere"),
    WITH_ID.replace(b"[]", b'["often", "often"]'),
    b'{"id": %s, ' % (b"1" * 2_000) + REST,
]


@pytest.mark.parametrize("first", [WITH_ID, b"{" + REST, WITH_ID.replace(b'"id": 1', b'"id":"a"')])
def test_a_warm_and_a_cold_cache_give_the_same_answers(small, first):
    warm = Batch(small)
    answers(warm, [first, *WARPED])
    for line in WARPED:
        assert answers(warm, [line]) == answers(Batch(small), [line]), line


def test_an_answer_is_kept_by_what_follows_the_id_and_no_more_are_kept_than_have_room(small, monkeypatch):
    batch = Batch(small)
    told = answers(batch, [b'{"id": %d, ' % n + REST for n in range(10)])
    assert [json.loads(answer)["id"] for answer in told] == list(range(10))
    assert batch.kept.cache_info().misses == 1
    monkeypatch.setattr("spasmhelp.core.batch.KEPT", 10_000)
    few = Batch(small)
    lines = [b'{"id": 1, ' + REST + b" " * n for n in range(20)]
    assert answers(few, lines) == answers(Batch(small), lines)
    assert few.kept.cache_info().currsize < 10


def test_a_line_of_a_mebibyte_is_answered_and_with_one_byte_more_it_is_a_problem(small):
    full, over = map(json.loads, answers(Batch(small), [WITH_ID.ljust(MAX_BYTES), WITH_ID.ljust(MAX_BYTES + 1)]))
    assert (full["id"], full["level"]) == (1, "self_care")
    assert [(one["where"], one["message"]) for one in over["problems"]] == [("", TOO_LONG)]


def test_what_is_no_json_is_named_by_its_line_of_the_input(small):
    told = [json.loads(answer) for answer in answers(Batch(small), [WITH_ID, b"{", b'{"onset": "x"}'])]
    assert [one.get("line") for one in told[1:]] == [2, 3]
    assert told[1]["problems"][0]["line"] == 2
    assert "line" not in told[2]["problems"][0]


def test_a_line_over_a_mebibyte_is_its_own_problem():
    long = b'{"id": "' + b"x" * (1 << 20) + b'", "onset": "sudden", "location": "calf"}'
    status, answers, _ = batch(b"\n".join([PLAIN.encode(), long, PLAIN.encode(), long]))
    assert status == 2
    assert [answer.get("line") for answer in answers] == [None, 2, None, 4]
    assert "over 1 MiB" in answers[1]["problems"][0]["message"]


@deep_only
def test_memory_holds_one_line_of_a_hundred_mebibytes_no_more_than_many_lines():
    def peak(make: str) -> int:
        feed = subprocess.Popen([sys.executable, "-c", make], stdout=subprocess.PIPE)
        child = subprocess.Popen(
            BATCH, stdin=feed.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT
        )
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
        feed.stdout.close()
        feed.wait()
        return usage.ru_maxrss // (1024 if sys.platform != "darwin" else 1 << 20)

    write = "import sys; w = sys.stdout.buffer.write\n"
    different = 'for i in range(20000): w(b\'{"onset": "sudden", "location": "calf"\' + b\' \' * i + b\'}\\n\')'
    # What is kept of earlier lines is bounded (32 MiB); the rest is the interpreter and the table.
    least = peak(write + "w(b'{}')")
    assert peak(write + "for _ in range(100): w(b'x' * (1 << 20))") < least + 40
    assert peak(write + different) < least + 40


def test_answers_appear_while_input_still_comes():
    with subprocess.Popen(BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), cwd=ROOT) as child:
        for ident in range(3):
            child.stdin.write(f'{{"id": {ident}, "onset": "sudden", "location": "calf"}}\n{{"id"'.encode())
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["id"] == ident
            child.stdin.write(b': 9, "onset": "sudden", "location": "calf"}\n')
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["id"] == 9
        child.stdin.close()
        assert child.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_batch_leaves_whole_lines_only(number, tmp_path):
    with subprocess.Popen(
        BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=ROOT
    ) as child:
        child.stdin.write(f"{PLAIN}\n".encode() * 500)  # more than a pipe holds: it stands in a write
        child.stdin.flush()
        first = child.stdout.read(10)
        time.sleep(0.2)
        child.send_signal(number)
        out = first + child.stdout.read()
        assert child.wait() == 128 + number
        assert child.stderr.read() == b""
    assert out.endswith(b"\n")
    assert all(json.loads(line)["level"] for line in out.splitlines())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_batch_that_nobody_reads_can_be_interrupted(number):
    with subprocess.Popen(
        BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=ROOT
    ) as child:
        child.stdin.write(f"{PLAIN}\n".encode() * 500)  # more than a pipe holds: it stands in a write
        child.stdin.flush()
        child.stdout.read(1)
        time.sleep(0.2)
        child.send_signal(number)
        try:
            assert child.wait(timeout=20) == 128 + number
        finally:
            child.kill()
        assert child.stderr.read() == b""


def test_what_a_reader_that_pauses_gets_is_every_line_whole_and_in_order():
    feed = b"".join(b'{"id": %d, "onset": "sudden", "location": "calf"}\n' % n for n in range(3000))
    with subprocess.Popen(BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), cwd=ROOT) as child:
        threading.Thread(target=lambda: (child.stdin.write(feed), child.stdin.close())).start()
        time.sleep(0.3)
        assert [json.loads(line)["id"] for line in child.stdout] == list(range(3000))
        assert child.wait() == 0


def test_a_batch_leaves_the_output_of_others_blocking():
    read, write = os.pipe()
    subprocess.run(BATCH, input=f"{PLAIN}\n".encode(), stdout=write, env=environment(), cwd=ROOT, check=True)
    assert os.get_blocking(write)
    os.close(write)
    os.close(read)


def test_a_reader_that_leaves_ends_the_batch_without_a_word():
    with subprocess.Popen(
        BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=ROOT
    ) as child:
        child.stdin.write(f"{PLAIN}\n".encode() * 500)
        child.stdin.close()
        child.stdout.readline()
        child.stdout.close()
        assert child.wait() == 1
        assert child.stderr.read() == b""


def test_a_file_is_read_by_name_and_a_hyphen_is_standard_input(tmp_path):
    (tmp_path / "cases.jsonl").write_text(PLAIN)
    assert batch("", str(tmp_path / "cases.jsonl"))[1] == batch(PLAIN, "-")[1] == batch(PLAIN)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["batch", "--onset", "sudden"], "No such option"),
        (["batch", "no-such-file"], "no such file"),
        (["batch", "."], "is a directory"),
        (["advise", "--batch"], "use `spasmhelp batch [FILE]`"),
        (["advise", "cases.jsonl"], "use `spasmhelp batch [FILE]`"),
        (["advise", "./README.md"], "use `spasmhelp batch [FILE]`"),
        (["advise", "--batch", "-"], "use `spasmhelp batch [FILE]`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_batch_or_advise_cannot_use_is_status_2(arguments, message):
    ran = run(*arguments, stdin=PLAIN)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert message in ran.err


def test_standard_input_that_is_closed_or_cannot_be_read_is_status_2(tmp_path):
    for source, message in (("<&-", "bad file descriptor"), (f"0> {tmp_path}/x", "bad file descriptor")):
        command = f"{sys.executable} -m spasmhelp batch {source}"
        done = subprocess.run(command, shell=True, env=environment(), cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (2, b"")
        assert message in done.stderr.decode()
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("level", "case", "status"),
    [("emergency", HEART, 4), ("emergency", CLOT, 0), ("urgent_care", CLOT, 4), ("see_clinician", HEART, 4),
     ("urgent_care", CALF, 0), ("self_care", CALF, 4)],
)  # fmt: skip
def test_fail_on_is_status_4_from_its_level_up(level, case, status):
    ran = run("advise", "--json", "--fail-on", level, stdin=case)
    assert ran.status == status
    assert json.loads(ran.out)["level"]
    assert batch(f"{CALF}\n{case}", "--fail-on", level)[0] == status
    assert batch(f"{PLAIN}\n{case}\n{CALF}", "--fail-on", level)[0] == 4  # of PLAIN nobody ruled anything out


def test_a_line_that_was_not_answered_outranks_fail_on():
    assert batch(f"{HEART}\n[]", "--fail-on", "emergency")[0] == 2
    assert batch("", "--fail-on", "self_care")[0] == 0


def test_an_unknown_level_to_fail_on_names_the_levels():
    ran = run("advise", "--fail-on", "bad", "--json", stdin=PLAIN)
    assert ran.status == 2
    assert all(level in ran.err for level in Level.__members__)


def test_why_adds_the_explanation_to_each_line():
    _, answers, _ = batch(f"{PLAIN}\n{CALF}", "--why")
    assert answers == [json.loads(run("advise", "--json", "--why", stdin=case).out) for case in (PLAIN, CALF)]
    assert list(answers[0])[-1] == "explanation"


@pytest.mark.parametrize(
    ("options", "env", "shown"),
    swept(
        [
            ("", {}, True),
            ("--color always", {}, True),
            ("", {"COLUMNS": "\u00b2"}, True),
            ("--plain", {}, False),
            ("", {"ACCESSIBLE": "1"}, False),
            ("", {"TERM": "dumb"}, False),
        ]
    ),
    ids=str,
)
def test_of_a_long_input_a_terminal_is_told_how_far_it_is_in_one_line_that_goes_away(tmp_path, options, env, shown):
    (tmp_path / "cases.jsonl").write_text(f"{PLAIN}\n" * 40_000)
    command = f"{sys.executable} -m spasmhelp batch {tmp_path}/cases.jsonl {options} > {tmp_path}/out"
    whole = environment(**{"TERM": "xterm", **env})
    child = pexpect.spawn("/bin/sh", ["-c", command], env=whole, cwd=str(ROOT), timeout=60, dimensions=(24, 20))
    said = child.read()
    child.close()
    assert child.exitstatus == 0
    assert (b"Answering: 100 %\r" in said) == shown
    assert said.split(b"\r")[-1].strip() == b""
    assert max(map(len, said.split(b"\r"))) < 20  # none of it runs into a second row
    assert b"\x1b" not in said  # a cursor that was hidden would stay so after Ctrl-Z
    assert b"\n" not in said
    assert (tmp_path / "out").read_bytes().count(b"\n") == 40_000


@given(line=st.binary(max_size=60) | st.text(alphabet='{}[]":, \\ucalfsudenoti0123', max_size=60).map(str.encode))
@settings(max_examples=examples(300), deadline=None)
def test_whatever_comes_in_one_line_goes_out(small, line):
    line = line.replace(b"\n", b" ").removeprefix(b"\xef\xbb\xbf")
    out = b"".join(Batch(small).answers([line]))
    assert out.count(b"\n") == bool(line.strip())
    assert not out or json.loads(out)
