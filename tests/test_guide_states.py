"""The states of the guide: all that can be reached, with every event, at every time; and the drawing of them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from spasmhelp.core.advise import advise
from spasmhelp.core.guiding.moves import AT_MOST_LONGER, begin, follow, screened_again
from spasmhelp.core.guiding.states import FINAL, MINUTE, Event, Say, Show, Stage, State, helps
from spasmhelp.core.model import Case, Level, Muscle, Phase, Table
from spasmhelp.core.parse import parse_table
from spasmhelp.files import load_table
from tests.guide import BEGINNING, case
from tests.tables import SHIPPED

ROOT = Path(__file__).parents[1]
SMALL = load_table(str(Path(__file__).with_name("small.yaml")))
# A pack for now, so that a limit may be reached while its time runs; pressing is for both.
PACK_NOW = parse_table(
    Path(__file__)
    .with_name("small.yaml")
    .read_text(encoding="utf-8")
    .replace("phase: next, do:", "phase: now, helps: both, do:")
    .replace('phase: now, do: "Press', 'phase: now, helps: both, do: "Press'),
    "now",
)
LATER = (1.0, 5 * MINUTE + 1, 16 * MINUTE)  # a moment, past the look at the skin, past every limit and time


class Walked(NamedTuple):
    """One turn: from a state, by an event or an answer to the red flags, to a state, with what was said."""

    table: Table
    before: State
    event: Event | str
    now: float
    after: State
    said: tuple[Say, ...]


def answers(table: Table, state: State) -> Iterator[tuple[str, Case]]:
    """Yield what may come of the red flags: none, one that a doctor should know, one for help today."""
    given = state.advice.case
    yield "none", given
    for name, level in (("told", Level.see_clinician), ("danger", Level.urgent_care), ("danger", Level.emergency)):
        flag = next(flag for flag in table.red_flags if flag.level is level)
        yield name, replace(given, red_flags=tuple(dict.fromkeys((*(given.red_flags or ()), flag))))


def name_of_state(state: State) -> str:
    """Return what a state is called in the drawing."""
    eased = state.eased and state.stage not in (*FINAL, Stage.screen)
    return f"eased_{state.stage.value}" if eased else state.stage.value


def looked_at(state: State, now: float) -> tuple[object, ...]:
    """Return what tells states apart: not each second, but whether a time is over, or the skin is due."""
    left = state.ends if state.stage is Stage.paused else state.ends - now
    limit = None if state.limit is None else now >= state.limit.end
    over = left <= 0 if state.stage in (Stage.timer, Stage.paused) else None
    longest = state.length >= 15 * MINUTE
    levels = state.advice.level
    return (state.stage, state.before, state.at, state.eased, limit, over, state.checks, longest, levels)


def walk(table: Table, given: Case) -> list[Walked]:
    """Return every turn that can be taken, from the beginning on."""
    first, said = begin(table, advise(table, given), BEGINNING)
    todo, seen, turns = [(first, BEGINNING)], set(), [Walked(table, first, "begin", BEGINNING, first, said)]
    while todo:
        state, then = todo.pop()
        if looked_at(state, then) in seen:
            continue
        seen.add(looked_at(state, then))
        for now in (then + seconds for seconds in LATER):
            took = [(event, follow(table, state, event, now)) for event in Event]
            if state.stage is Stage.screen:
                took += [
                    (name, screened_again(table, state, advise(table, found), now))
                    for name, found in answers(table, state)
                ]
            for event, (after, said) in took:
                turns.append(Walked(table, state, event, now, after, said))
                todo.append((after, now))
    return turns


@cache
def turns() -> list[Walked]:
    """Return every turn of some tables and cases: a cramp and a spasm that stays, a pack for now, one for later."""
    walks = [
        *(walk(SMALL, one) for one in (case(SMALL), case(SMALL, trigger="cold_muscle"), case(SMALL, "sustained"))),
        walk(PACK_NOW, case(PACK_NOW)),
        walk(SHIPPED, case(SHIPPED)),
        walk(SHIPPED, case(SHIPPED, onset="sustained", place="neck", trigger="stress")),
        walk(SHIPPED, case(SHIPPED, place="lower_back")),
    ]
    return [turn for turns in walks for turn in turns]


def is_reached(turn: Walked) -> bool:
    """Whether the limit is reached at a turn."""
    limit = turn.before.limit
    return limit is not None and turn.now >= limit.end and turn.before.stage not in FINAL


def texts(said: tuple[Say, ...]) -> list[str]:
    """Return the lines that are said."""
    return [one.text for one in said if one.show in (Show.line, Show.loud, Show.alarm)]


def test_every_stage_is_reached_tight_and_eased_and_every_event_is_tried_in_each():
    names = {name_of_state(turn.before) for turn in turns()}
    assert names >= {stage.value for stage in Stage} | {"eased_step", "eased_offer", "eased_timer", "eased_paused"}
    tried = {(name_of_state(turn.before), turn.event) for turn in turns()}
    assert all((name, event) in tried for name in names for event in Event)


def test_at_the_limit_whatever_happens_help_comes_now():
    reached = [turn for turn in turns() if is_reached(turn) and turn.event not in ("danger", "told", "none")]
    assert {turn.before.stage for turn in reached} == set(Stage) - set(FINAL)
    for turn in reached:
        assert turn.after.stage is Stage.help
        assert turn.after.advice.level is Level.urgent_care
        words = turn.table.levels[Level.urgent_care]
        assert f"{words.name}: {words.do}" in texts(turn.said)
        assert set(words.safety_net) <= set(texts(turn.said))
        assert any(one.bell for one in turn.said)


def test_at_the_limit_an_answer_to_the_red_flags_brings_help_too_and_never_a_lower_level():
    reached = [turn for turn in turns() if is_reached(turn) and turn.event in ("danger", "told", "none", "begin")]
    assert reached
    assert all(turn.after.stage is Stage.help for turn in reached)
    assert all(turn.after.advice.level >= Level.urgent_care for turn in reached)


def test_who_leaves_is_told_when_to_get_help_from_every_state():
    left = [turn for turn in turns() if turn.event is Event.leave and not is_reached(turn)]
    for turn in left:
        if turn.before.stage not in FINAL:
            assert turn.after.stage is Stage.left
            assert set(turn.before.advice.safety_net) <= set(texts(turn.said))
            assert turn.table.about.emergency in texts(turn.said)


def test_every_end_says_when_to_get_help():
    ends = [turn for turn in turns() if turn.after.stage in FINAL and turn.before.stage not in FINAL]
    assert {turn.after.stage for turn in ends} == set(FINAL)
    for turn in ends:
        page = any(one.show is Show.page for one in turn.said)  # it holds the safety net
        net = turn.table.levels[turn.after.advice.level].safety_net
        assert page or set(net) <= set(texts(turn.said)), turn


def test_no_pack_for_later_is_offered_while_a_limit_runs():
    for turn in turns():
        if turn.after.limit and turn.table is not PACK_NOW and turn.after.stage not in FINAL:
            assert turn.after.given.step.phase is Phase.now


def test_what_is_over_stays_over():
    assert all(turn.after is turn.before and not turn.said for turn in turns() if turn.before.stage in FINAL)


def test_worse_asks_the_red_flags_and_none_of_them_leads_back_to_the_same_step():
    asked = [turn for turn in turns() if turn.event is Event.worse and not is_reached(turn)]
    for turn in asked:
        if turn.before.stage not in (*FINAL, Stage.screen):
            assert turn.after == replace(turn.before, stage=Stage.screen, before=turn.before.stage)
    back = [turn for turn in turns() if turn.event == "none" and not is_reached(turn) and turn.before.steps]
    assert back
    for turn in back:
        if turn.before.stage is Stage.screen:
            assert turn.after == replace(turn.before, stage=turn.before.before)
            assert turn.said[-1].steps == (turn.before.given,)


def test_danger_leads_to_help_and_no_step_is_shown_with_it():
    for turn in turns():
        if turn.event == "danger" and turn.before.stage is Stage.screen:
            assert turn.after.stage is Stage.help
            assert turn.after.advice.level >= Level.urgent_care
            assert not turn.after.advice.steps
            assert not any(one.show is Show.card for one in turn.said)


def test_once_it_let_go_there_is_no_limit_and_no_step_for_a_tight_muscle():
    eased = [turn for turn in turns() if turn.after.eased]
    assert eased
    for turn in eased:
        assert turn.after.limit is None
        assert all(helps(given.step) is not Muscle.tight for given in turn.after.steps)
        cards = [given.step for one in turn.said if one.show is Show.card for given in one.steps]
        assert not any(helps(step) is Muscle.tight or "still tight" in step.do.lower() for step in cards)


def test_yes_it_let_go_is_taken_at_every_stage_of_a_tight_muscle():
    for turn in turns():
        going = turn.before.stage not in (*FINAL, Stage.screen)
        if turn.event is Event.let_go and going and not turn.before.eased and not is_reached(turn):
            assert turn.after.eased or turn.after.stage is Stage.done


def test_not_yet_shows_another_step_and_ends_nothing_while_a_limit_runs():
    for turn in turns():
        at_step = turn.before.stage in (Stage.step, Stage.offer) and not turn.before.eased
        if turn.event is Event.not_yet and at_step and turn.before.limit and not is_reached(turn):
            assert turn.after.stage in (Stage.step, Stage.offer)
            assert any(one.show is Show.card for one in turn.said)


def test_the_limit_begins_with_its_first_step_and_neither_pause_nor_the_red_flags_move_it():
    for turn in turns():
        if turn.before.limit and turn.after.limit:
            assert turn.after.limit == turn.before.limit


def test_a_pack_never_stays_on_much_longer_than_the_table_says():
    for turn in turns():
        if turn.after.stage in (Stage.timer, Stage.paused):
            timer = turn.after.given.step.timer
            assert timer is not None
            assert turn.after.length <= (timer.minutes or 0) * MINUTE + AT_MOST_LONGER


def test_while_the_time_of_a_pack_runs_the_skin_is_looked_at():
    due = [turn for turn in turns() if turn.event is Event.tick and turn.after.checks > turn.before.checks]
    assert due
    for turn in due:
        timer = turn.after.given.step.timer
        assert timer is not None
        assert texts(turn.said) == [timer.check]
        assert turn.said[0].bell


def test_no_time_passes_while_a_pack_is_paused():
    for turn in turns():
        if turn.before.stage is turn.after.stage is Stage.paused and turn.event is Event.tick:
            assert turn.after == turn.before


def drawing() -> set[str]:
    """Return the lines that the drawing must have: what leads from a state to another, but for what leads from all."""
    from_all = {Event.worse, Event.leave, "none", "told", "danger", "begin"}
    ways: dict[tuple[str, str], set[str]] = {}
    for turn in turns():
        names = name_of_state(turn.before), name_of_state(turn.after)
        over = turn.before.stage is Stage.timer and turn.now >= turn.before.ends and turn.event is not Event.tick
        if turn.event not in from_all and not (is_reached(turn) or over) and names[0] != names[1]:
            ways.setdefault(names, set()).add(turn.event.value)  # type: ignore[union-attr]
    return {f"{a} --> {b}: {', '.join(sorted(events))}" for (a, b), events in ways.items()}


def test_the_drawing_shows_every_way_from_a_state_to_another():
    text = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    drawn = [line.strip() for line in text.splitlines() if " --> " in line]
    assert {line for line in drawn if not line.startswith(("[*]", "any", "screen"))} == drawing()


@pytest.mark.parametrize("muscle", [Muscle.tight, Muscle.eased])
def test_the_shipped_steps_for_the_other_muscle_are_never_shown(muscle: Muscle) -> None:
    eased = muscle is Muscle.tight
    for turn in turns():
        if turn.table is SHIPPED and turn.after.eased is eased and turn.after.steps:
            assert all(helps(given.step) is not muscle for given in turn.after.steps)


def test_advice_without_steps_or_for_help_has_nothing_to_guide_through() -> None:
    urgent = next(flag for flag in SHIPPED.red_flags if flag.level is Level.urgent_care)
    state, said = begin(SHIPPED, advise(SHIPPED, replace(case(SHIPPED), red_flags=(urgent,))), BEGINNING)
    assert (state.stage, said) == (Stage.help, (Say(show=Show.page),))


def test_advice_with_steps_for_later_alone_begins_behind_the_first() -> None:
    advice = advise(SHIPPED, case(SHIPPED))
    later = replace(advice, steps=tuple(one for one in advice.steps if one.step.phase is not Phase.now))
    state, _ = begin(SHIPPED, later, BEGINNING)
    assert state.given.step.phase is Phase.next


def test_what_was_left_stays_left_when_the_red_flags_are_asked_again() -> None:
    advice = advise(SHIPPED, case(SHIPPED))
    left = State(advice=advice, stage=next(iter(FINAL)))
    assert screened_again(SHIPPED, left, advice, BEGINNING) == (left, ())


def test_advice_with_steps_over_weeks_alone_is_said_and_ends() -> None:
    advice = advise(SHIPPED, case(SHIPPED, onset="sustained", place="upper_back"))
    weeks = replace(advice, steps=tuple(one for one in advice.steps if one.step.phase is Phase.prevent))
    assert weeks.steps
    state, _ = begin(SHIPPED, weeks, BEGINNING)
    assert state.stage in FINAL
    asked = replace(begin(SHIPPED, advice, BEGINNING)[0], stage=Stage.screen)
    assert screened_again(SHIPPED, asked, weeks, BEGINNING)[0].stage in FINAL
