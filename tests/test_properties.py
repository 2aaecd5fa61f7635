"""What holds for every case, and for every table that parses: the promises, not examples of them."""

import json
import re
import shlex
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from spasmhelp import Advice, Case, Table, advise
from spasmhelp.cli.app import make_app
from spasmhelp.cli.asking.flags import Flags, alone, complete, flagged
from spasmhelp.cli.asking.pipe import piped
from spasmhelp.cli.cells import wrapped
from spasmhelp.cli.pages.advice import advice_page
from spasmhelp.cli.pages.command import OPTIONS, command_for, example_of
from spasmhelp.cli.terminal import Look
from spasmhelp.core.asked import extent, fits, flag_lines
from spasmhelp.core.decoding.case import NAMES, NOTHING, vocabulary
from spasmhelp.core.document import UNPRINTABLE
from spasmhelp.core.explain import explain, explanation_out
from spasmhelp.core.model import Asked, Extent, Level, Part, RedFlag
from spasmhelp.core.parse import parse_table
from spasmhelp.core.reference import all_entries, entries_out, look_up
from spasmhelp.core.verify import verify
from spasmhelp.core.wire import advice_out, encode
from tests import targets
from tests.deep import examples
from tests.generated import LISTS, as_yaml, case_ids, cases, printed, subset, tables, tables_and_cases
from tests.program import ROOT, environment
from tests.tables import SHIPPED, SMALL

slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
often = settings(max_examples=examples(300), deadline=None, suppress_health_check=slow)
few = settings(max_examples=examples(60), deadline=None, suppress_health_check=slow)  # drawing a table takes 30 ms
Pair = tuple[Table, Case]
shipped = cases(SHIPPED).map(lambda case: (SHIPPED, case))
complete_shipped = cases(SHIPPED, complete=True).map(lambda case: (SHIPPED, case))


def steps(advice: Advice) -> set[str]:
    return {given.step.id for given in advice.steps}


def withheld(advice: Advice) -> set[str]:
    return {one.step.id for one in advice.withheld}


def hold_the_promises(table: Table, case: Case) -> None:
    """Fail if one advice breaks a promise by itself."""
    advice = advise(table, case)
    assert not (advice.level >= Level.urgent_care and advice.steps)
    assert not steps(advice) & withheld(advice)
    for one in advice.steps:
        assert one.rules
        for rule in one.rules:
            assert one.step in rule.advise
            when = rule.when
            assert not when.onset or case.onset in when.onset
            assert not when.location or case.location in when.location
            assert not when.trigger or set(when.trigger) & set(case.triggers or ())
        for precaution in case.precautions or ():
            reason = one.step.unless.get(precaution)
            assert reason is None or (not isinstance(reason, str) and case.location not in reason.location != ())
            assert precaution.rules_out is None
        for flag in case.red_flags or ():
            assert one.step not in flag.stops
    for flag in case.red_flags or ():
        assert advice.level >= flag.level
    reached = extent(case, "red_flags")
    if reached is not Extent.all and case.location and case.location.guarded:
        assert not advice.steps
    reported = [flag for flag in case.red_flags or () if flag.level >= Level.urgent_care]
    assert advice.screened == (reached is not Extent.none or bool(reported))
    assert [flag.id for flag in advice.unasked] == [flag.id for flag in table.red_flags if left_open(flag, case)]
    assert bool(advice.warning) == (not advice.screened and bool(advice.unasked))
    assert bool(advice.not_asked) == (advice.screened and advice.level < Level.emergency and bool(advice.unasked))
    assert advice.disclaimer == table.about.disclaimer
    assert advice == advise(table, advice.case)


def left_open(flag: RedFlag, case: Case) -> bool:
    """Whether a red flag that fits was not reported, and a line of it was not put."""
    if flag in (case.red_flags or ()) or not fits(flag, case):
        return False
    reached = extent(case, "red_flags")
    parts = {line.part for line in flag_lines(flag, case.location)}
    return reached is Extent.none or (reached is Extent.before and Part.after in parts)


@often
@given(pair=shipped)
def test_no_advice_of_the_shipped_table_breaks_a_promise(pair: Pair) -> None:
    hold_the_promises(*pair)


@few
@given(pair=tables_and_cases())
def test_no_advice_of_any_table_breaks_a_promise(pair: Pair) -> None:
    hold_the_promises(*pair)


def report_one_more(table: Table, case: Case, data: st.DataObject) -> None:
    """Fail if one more report, what was asked held fixed, lowers the level or brings back a step.

    A list that is null stays "none was asked" when something in it is reported, as a sentence reports it.
    """
    name = data.draw(st.sampled_from([name for name in LISTS if getattr(table, name)] or [""]))
    if not name:
        return
    word = data.draw(st.sampled_from(getattr(table, name)))
    fixed = Asked(red_flags=extent(case, "red_flags"), precautions=extent(case, "precautions"))
    before = advise(table, case)
    after = advise(table, replace(case, **{name: (*(getattr(case, name) or ()), word)}, asked=fixed))
    assert after.level >= before.level
    assert not withheld(before) & steps(after)
    if name != "triggers":  # a trigger may add a step of its own
        assert steps(after) <= steps(before)


@often
@given(pair=shipped, data=st.data())
def test_a_further_report_never_lowers_the_level_nor_brings_back_a_step(pair: Pair, data: st.DataObject) -> None:
    report_one_more(*pair, data)


@few
@given(pair=tables_and_cases(), data=st.data())
def test_a_further_report_never_lowers_the_level_in_any_table(pair: Pair, data: st.DataObject) -> None:
    report_one_more(*pair, data)


def test_a_red_flag_that_a_sentence_names_brings_back_no_step_where_nothing_was_asked() -> None:
    sudden, neck = SHIPPED.onsets[0], next(place for place in SHIPPED.locations if place.id == "neck")
    weeks = next(flag for flag in SHIPPED.red_flags if flag.id == "lasts_weeks")
    nothing = Asked(red_flags=Extent.none)
    silent = advise(SHIPPED, Case(onset=sudden, location=neck, asked=nothing))
    named = advise(SHIPPED, Case(onset=sudden, location=neck, red_flags=(weeks,), asked=nothing))
    assert silent.withheld
    assert not steps(silent) | steps(named)
    assert withheld(named) == withheld(silent)
    assert named.level >= silent.level


@often
@given(pair=shipped)
def test_silence_about_red_flags_is_never_told_more_than_the_answer_none(pair: Pair) -> None:
    table, case = pair
    silent, asked = (advise(table, replace(case, red_flags=flags, asked=Asked())) for flags in (None, ()))
    assert silent.level is asked.level
    assert steps(silent) <= steps(asked)
    assert [
        flag.name for flag in silent.unasked if flag.level is Level.emergency and flag.name not in silent.warning
    ] == []


@often
@given(pair=shipped, data=st.data())
def test_a_first_report_after_silence_never_lowers_the_level(pair: Pair, data: st.DataObject) -> None:
    """A list that is given was asked: a red flag may open a guarded place, but nothing else comes back."""
    table, case = pair
    name = data.draw(st.sampled_from(LISTS))
    word = data.draw(st.sampled_from(getattr(table, name)))
    before, after = (advise(table, replace(case, **{name: words}, asked=Asked())) for words in (None, (word,)))
    assert after.level >= before.level
    guarded = case.location is not None and case.location.guarded
    if name != "red_flags" or not guarded:
        assert not withheld(before) & steps(after)
    else:  # as if the others had been asked, and were not there
        assert steps(after) <= steps(advise(table, replace(case, red_flags=(), asked=Asked())))


def flags_of(ids: dict[str, Any]) -> Flags:
    """Return the options that answer what these ids answer."""
    given = {name: [ids[name]] if isinstance(ids[name], str) else ids[name] for name in ids}
    return Flags(**given, **{f"no_{name}": ids.get(name) == [] for name in LISTS})


def answered_in_order(case: Case) -> Case:
    """Return the case that five lines can say: lists after the first that was not asked are not asked either."""
    values: dict[str, Any] = {}
    for name in LISTS:
        if (value := getattr(case, name)) is None:
            break
        values[name] = value
    return Case(onset=case.onset, location=case.location, **values)


def every_way(table: Table, case: Case, data: st.DataObject) -> dict[str, Case]:
    """Return the case as it comes in each way in which a script can give it."""
    known, ids = vocabulary(table), case_ids(case)
    asked = {name: [word] if isinstance(word, str) else word for name, word in ids.items()}
    lines = [", ".join(words) or "none" for words in asked.values()]
    some = data.draw(subset(ids))  # a part by flags, the rest by lines: lines of what an option answers are left out
    part = flagged(known, flags_of({name: ids[name] for name in some}))
    rest = [", ".join(words) or "none" for name, words in asked.items() if name not in some]
    return {
        "flags": complete(alone(flagged(known, flags_of(ids)))),
        "lines": piped(table, "\n".join(lines), NOTHING)[0],
        "JSON": piped(table, json.dumps(ids), NOTHING)[0],
        "null": piped(table, json.dumps({name: ids.get(name) for name in NAMES}), NOTHING)[0],
        "YAML": piped(table, as_yaml(ids), NOTHING)[0],
        "flags and lines": piped(table, "\n".join(rest), part)[0],
        "flags and JSON": piped(table, json.dumps(ids), part)[0],
    }


def hold_every_way(table: Table, case: Case, data: st.DataObject) -> None:
    """Fail if two ways of giving the same answers lead to different advice."""
    case = answered_in_order(case)
    expected = encode(advice_out(table, advise(table, case)))
    for way, found in every_way(table, case, data).items():
        assert encode(advice_out(table, advise(table, found))) == expected, way


@often
@given(pair=complete_shipped, data=st.data())
def test_flags_lines_json_and_yaml_give_the_same_advice(pair: Pair, data: st.DataObject) -> None:
    hold_every_way(*pair, data)


@few
@given(pair=tables_and_cases(complete=True), data=st.data())
def test_every_way_in_gives_the_same_advice_in_any_table(pair: Pair, data: st.DataObject) -> None:
    hold_every_way(*pair, data)


def test_the_shipped_and_the_small_table_printed_and_parsed_are_the_same_table(small: Table) -> None:
    for table in (SHIPPED, small):
        assert parse_table(printed(table)) == table


@few
@given(table=tables())
def test_a_table_printed_and_parsed_is_the_same_table(table: Table) -> None:
    assert parse_table(printed(table)) == table


@often
@given(pair=shipped, data=st.data())
def test_how_far_questions_got_comes_in_by_json_and_yaml_and_goes_out_again(pair: Pair, data: st.DataObject) -> None:
    table, case = pair
    case = advise(table, replace(case, onset=table.onsets[0], location=case.location or table.locations[0])).case
    told = json.loads(encode(advice_out(table, advise(table, case))))
    for text in (json.dumps(told["case"]), as_yaml(case_ids(case))):
        assert json.loads(encode(advice_out(table, advise(table, piped(table, text, NOTHING)[0])))) == told


def read_command(table: Table, command: str) -> Case:
    """Return the case that the command line of an example says, read as a shell and typer read it."""
    words = shlex.split(command.replace("\\\n", ""))
    assert words[:2] == ["spasmhelp", "advise"]
    context = typer.main.get_command(make_app(words[1:])).commands["advise"].make_context("advise", words[2:])  # type: ignore[attr-defined]
    values = context.params
    given = {name: values[option[2:].replace("-", "_")] for name, option in OPTIONS.items()}
    return alone(flagged(vocabulary(table), Flags(**given, **{f"no_{name}": values[f"no_{name}"] for name in LISTS})))


@often
@given(pair=shipped, width=st.integers(1, 90))
def test_the_command_of_an_example_gives_the_same_advice(pair: Pair, width: int) -> None:
    table, case = pair
    case = replace(case, asked=Asked())  # no option says how far a question got
    again = read_command(table, wrapped(example_of(case), width))
    assert advise(table, again) == advise(table, case)


@few
@given(pair=tables_and_cases(), width=st.integers(1, 90))
def test_the_command_of_an_example_gives_the_same_advice_in_any_table(pair: Pair, width: int) -> None:
    table, case = pair
    case = replace(case, asked=Asked())
    again = read_command(table, wrapped(example_of(case, "my table's.yaml"), width))
    assert advise(table, again) == advise(table, case)


@often
@given(pair=shipped, width=st.integers(1, 90))
def test_the_command_at_the_end_repeats_what_was_reported_and_never_that_there_is_no_danger(
    pair: Pair, width: int
) -> None:
    table, case = pair
    again = read_command(table, wrapped(command_for(case), width))
    for name in NAMES:
        said = getattr(case, name)
        assert getattr(again, name) == (said if name in ("onset", "location", "triggers") else said or None)


@settings(max_examples=examples(5), deadline=None)
@given(case=cases(SHIPPED, complete=True), width=st.sampled_from(["1", "20", "80"]))
def test_a_shell_runs_the_command_as_it_is_printed(case: Case, width: str) -> None:
    program = f'spasmhelp() {{ {shlex.quote(sys.executable)} -m spasmhelp "$@"; }}\n'
    command = wrapped(command_for(case), int(width))

    def run(script: str) -> str:
        done = subprocess.run(
            ["sh", "-c", program + script], capture_output=True, text=True, env=environment(COLUMNS=width), cwd=ROOT,
            stdin=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout

    first = run(command)
    again = re.search(r"Again:[ \\\n]*((?:.*\\\n)*.*)", first)[1]  # type: ignore[index]
    assert run(again) == first


@few
@given(pair=tables_and_cases(), width=st.integers(1, 200), plain=st.booleans())
def test_all_that_is_said_can_be_shown_and_written_as_json(pair: Pair, width: int, plain: bool) -> None:
    table, case = pair
    look, account = Look(width=width, plain=plain), explain(table, case)
    advice = account.advice
    text = advice_page(table, advice, look, command_for(advice.case), account)
    assert not UNPRINTABLE.search(text)
    told = {
        "advice": advice_out(table, advice),
        "why": explanation_out(account),
        "all": entries_out(all_entries(table)),
    }
    assert json.loads(encode(told))["advice"]["level"] == advice.level.name


@few
@given(table=tables())
def test_every_table_can_be_verified_and_each_fault_points_into_it(table: Table) -> None:
    for fault in verify(table, date(2026, 11, 23)):
        assert fault.path in table.file.places
        assert fault.message


@few
@given(table=tables())
def test_every_id_of_a_table_can_be_looked_up(table: Table) -> None:
    for known in all_entries(table):
        assert known.entry in [found.entry for found in look_up(table, known.entry.id)]


SECTIONS = ("sources", "levels", "questions", "onsets", "locations", *LISTS, "steps", "rules", "topics")
MARKS = [
    ": ",
    "\n",
    "\n  ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "'",
    '"',
    "&a",
    "*a",
    "!t",
    "?",
    "|",
    ">",
    "#",
    "\t",
    "---",
]
ODD = [
    "null",
    "none",
    "0",
    "1e9",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\ud800",
    "not sure",
    "é",
    "calf",
    "sudden",
    "heart_signs",
]
PIECES = st.sampled_from([*SECTIONS, *MARKS, *ODD])


@few
@given(at=st.integers(0, len(SMALL)), cut=st.integers(0, 40), pieces=st.lists(PIECES, max_size=4))
def test_a_table_changed_anywhere_parses_or_names_its_problems(at: int, cut: int, pieces: list[str]) -> None:
    targets.table((SMALL[:at] + "".join(pieces) + SMALL[at + cut :]).encode("utf-8", "surrogatepass"))


@often
@given(text=st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_any_piped_text_is_a_case_or_is_refused(text: str) -> None:
    targets.lines(text.encode("utf-8", "surrogatepass"))
    targets.case_json(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_in_another_order_is_the_same_answer(name: str) -> None:
    case = Case(onset=SHIPPED.onsets[0], location=SHIPPED.locations[0], **{name: getattr(SHIPPED, name)})
    turned = replace(case, **{name: tuple(reversed(getattr(SHIPPED, name)))})
    assert advise(SHIPPED, turned) == advise(SHIPPED, case)
