"""The guide as a function of bytes: whatever is typed, at whatever time, it keeps its promises."""

from functools import cache

from msgspec.structs import replace

from spasmhelp import Case, Table, advise, load_table
from spasmhelp.core.guiding.hearing import hear
from spasmhelp.core.guiding.moves import AT_MOST_LONGER, begin, follow, screened_again
from spasmhelp.core.guiding.states import FINAL, MINUTE, Event, Say, Show, Stage, State, Turn, helps
from spasmhelp.core.model import Level, Muscle
from spasmhelp.core.parse import parse_table
from tests.tables import SMALL

LINES = 40
# A pack for now, which is for both: a limit may be reached while its time runs.
PACK = SMALL.replace(
    "phase: prevent\n", "phase: now\n    helps: both\n    timer: {minutes: 15, check_at: 5, check: Look.}\n"
)


@cache
def guided_tables() -> tuple[Table, ...]:
    """Return the tables that are gone through."""
    return load_table(), parse_table(PACK, "pack.yaml")


def guide(data: bytes) -> None:
    """The first line picks the case; of the others the first byte is the seconds until then, the rest what is said."""
    first, *typed = data.split(b"\n")[:LINES]
    picks = [*first[:6], 0, 0, 0, 0, 0, 0]
    table = guided_tables()[picks[0] % 2]
    case = Case(
        onset=table.onsets[picks[1] % len(table.onsets)],
        location=table.locations[picks[2] % len(table.locations)],
        triggers=table.triggers[: picks[3] % 3],
        red_flags=(),
        precautions=table.precautions[picks[4] % 9 : picks[4] % 9 + picks[4] % 2],
    )
    now = 1_000.0
    since = now - 4 * picks[5] if picks[5] else None
    advice = advise(table, case)
    state, said = begin(table, advice, now, advice.steps[: picks[5] % 3], since)
    assert said
    for line in typed:
        now += (line[0] % 128) ** 2 / 8 if line else 0
        before = state
        state, said = turned(table, state, line[1:].decode("utf-8", "replace")[:300], now)
        promised(table, before, state, said, now)


def turned(table: Table, state: State, text: str, now: float) -> Turn:
    """Return the turn that a text makes; while the red flags are asked it picks some by its first letters."""
    if state.stage is not Stage.screen:
        return follow(table, state, Event.tick if text == "tick" else hear(table, state, text), now)
    if text in ("q", "tick"):
        return follow(table, state, Event.leave if text == "q" else Event.tick, now)
    flags = [table.red_flags[ord(sign) % len(table.red_flags)] for sign in text[:2] if sign.isalpha()]
    case = state.advice.case
    reported = replace(case, red_flags=tuple(dict.fromkeys((*(case.red_flags or ()), *flags))))
    return screened_again(table, state, advise(table, reported), now)


def promised(table: Table, before: State, after: State, said: tuple[Say, ...], now: float) -> None:
    """Fail if a turn breaks a promise: of danger, of the limit, of the steps, of the time of a pack."""
    if before.stage in FINAL:
        assert (after, said) == (before, ())
        return
    level = after.advice.level
    assert level >= before.advice.level
    assert level < Level.urgent_care or after.stage is Stage.help
    if after.stage is Stage.help:
        assert not any(one.show is Show.card for one in said)
    if before.limit and now >= before.limit.end:
        assert after.stage is Stage.help
        assert level >= before.limit.then
    if after.stage in FINAL:
        texts = {one.text for one in said}
        assert any(one.show is Show.page for one in said) or set(table.levels[level].safety_net) <= texts
        return
    assert before.eased != after.eased or after.limit == before.limit or before.limit is None
    others = Muscle.tight if after.eased else Muscle.eased
    assert all(helps(given.step) is not others for given in after.steps)
    assert after.given in after.advice.steps
    if after.stage in (Stage.timer, Stage.paused):
        timer = after.given.step.timer
        assert timer
        assert 0 < after.length <= (timer.minutes or 0) * MINUTE + AT_MOST_LONGER
