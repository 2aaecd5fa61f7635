"""State + event -> state, and what is said then: drawn in docs/guide.md.

Every change goes through `follow` and `screened_again`, so that the limit is looked at before anything else.
"""

from msgspec.structs import replace

from spasmhelp.core.advise import Advice
from spasmhelp.core.guiding.sayings import ask, card, net
from spasmhelp.core.guiding.states import FINAL, MINUTE, Event, Limit, Say, Show, Stage, State, Turn, plan
from spasmhelp.core.model import Level, Phase, Table
from spasmhelp.core.steps import GivenStep

AT_MOST_LONGER = 5 * MINUTE  # than the table says: a pack that stays on for long can harm the skin


def begin(
    table: Table, advice: Advice, now: float, shown: tuple[GivenStep, ...] = (), since: float | None = None
) -> Turn:
    """Return the first state: at the step that was shown early, where one was, whose time runs `since` then."""
    if not advice.steps or advice.level >= Level.urgent_care:
        return State(advice=advice, stage=Stage.help), (Say(show=Show.page),)
    state = State(advice=advice, steps=plan(advice, eased=False))
    if not state.steps:
        return let_go(table, state, now)
    early = [i for i, one in enumerate(state.steps) if one.step in {one.step for one in shown}]
    return arrive(table, state, early[-1] if early else 0, now if since is None or not early else since)


def follow(table: Table, state: State, event: Event, now: float) -> Turn:
    """Return the state after an event, and what is said. The limit comes first, then leaving, then danger."""
    if state.stage in FINAL:
        return state, ()
    if state.limit and now >= state.limit.end:
        return limit_reached(table, state, state.limit)
    if event is Event.leave:
        return replace(state, stage=Stage.left), net(table, state)
    if state.stage is Stage.screen:
        return state, ()
    if event is Event.worse:
        said = Say(text=table.phrases.guide_asked_again, show=Show.loud)
        return replace(state, stage=Stage.screen, before=state.stage), (said,)
    if event is Event.let_go and not state.eased:
        return let_go(table, state, now)
    if event is Event.came_back and state.eased:
        tight = replace(state, steps=plan(state.advice, eased=False), eased=False)
        return arrive(table, tight, 0, now) if tight.steps else (state, ask(table, state))
    if event is Event.again:
        return state, (card(table, state),)
    if state.stage in (Stage.timer, Stage.paused):
        return timing(table, state, event, now)
    return at_step(table, state, event, now)


def at_step(table: Table, state: State, event: Event, now: float) -> Turn:
    """Return what follows at a step, or at the offer of its timer."""
    if event in (Event.tick, Event.unknown):
        return state, ()
    if event is Event.enter and state.stage is Stage.offer:
        length = (state.given.step.timer.minutes or 0) * MINUTE if state.given.step.timer else 0
        return replace(state, stage=Stage.timer, ends=now + length, length=length, checks=0), ()
    if event is Event.not_yet or (state.stage is Stage.step and state.eased and event in (Event.enter, Event.let_go)):
        return forward(table, state, now)
    if event is Event.easing and not state.eased:
        return state, (Say(text=table.phrases.guide_easing),)
    return state, ask(table, state)


def timing(table: Table, state: State, event: Event, now: float) -> Turn:
    """Return what follows while the time of a pack runs, or is paused; that it is over comes before what was said."""
    phrases, paused = table.phrases, state.stage is Stage.paused
    left = state.ends if paused else state.ends - now
    if event is Event.longer and left > 0 and state.length + MINUTE > most(state):
        return state, (Say(text=phrases.guide_no_longer),)
    if event in (Event.longer, Event.shorter) and left > 0:
        by = MINUTE if event is Event.longer else -MINUTE
        state = replace(state, ends=state.ends + by, length=state.length + by)
        left += by
    if left <= 0:
        over, said = time_over(table, state, now)
        return over, (Say(text=phrases.guide_time_is_up, show=Show.loud, bell=True), *said)
    if event is Event.pause or (event is Event.enter and paused):
        if paused:
            return replace(state, stage=Stage.timer, ends=now + left), ()
        return replace(state, stage=Stage.paused, ends=left), (Say(text=phrases.guide_paused),)
    if event is Event.enter:
        return time_over(table, state, now)
    if paused or event not in (Event.tick, Event.longer, Event.shorter):
        return state, ()
    return look_at_skin(state, left)


def look_at_skin(state: State, left: float) -> Turn:
    """Say to look at the skin, as often as its time came while the pack was on."""
    timer = state.given.step.timer
    due = int((state.length - left) // (timer.check_at * MINUTE)) if timer and timer.check_at else 0
    if timer is None or due <= state.checks:
        return state, ()
    return replace(state, checks=due), (Say(text=timer.check, show=Show.loud, bell=True),)


def most(state: State) -> float:
    """Return the seconds that a pack may stay on at most."""
    timer = state.given.step.timer
    return (timer.minutes or 0) * MINUTE + AT_MOST_LONGER if timer else 0


def time_over(table: Table, state: State, now: float) -> Turn:
    """A pack is done: once it let go the next step follows, else the question is whether it did."""
    if state.eased:
        return forward(table, state, now)
    state = replace(state, stage=Stage.step)
    return state, ask(table, state)


def forward(table: Table, state: State, now: float) -> Turn:
    """Return the next step. After the last one for a tight muscle it begins again while a limit runs, else it ends."""
    if state.at + 1 < len(state.steps):
        return arrive(table, state, state.at + 1, now)
    if state.eased:
        return finish(table, state)
    last = Say(text=table.phrases.guide_was_last, show=Show.loud)
    if state.limit:
        again, said = arrive(table, state, 0, now)
        return again, (last, Say(text=table.phrases.guide_begun_again), *said)
    done = replace(state, stage=Stage.done)
    later = tuple(one for one in state.advice.steps if one not in state.steps)
    return done, (last, *net(table, state), *((Say(show=Show.list, steps=later),) if later else ()))


def arrive(table: Table, state: State, at: int, now: float) -> Turn:
    """Return the state at a step, which is shown; the first one with a limit begins it at `now`."""
    given = state.steps[at]
    timer = given.step.timer
    stage = Stage.offer if timer and timer.minutes else Stage.step
    limit = state.limit
    if limit is None and given.limit and not state.eased:
        then = (timer.then if timer else None) or Level.urgent_care
        limit = Limit(since=now, minutes=given.limit, then=then)
    state = replace(state, stage=stage, at=at, limit=limit)
    return state, (card(table, state),)


def let_go(table: Table, state: State, now: float) -> Turn:
    """Return what is for a muscle that let go: standing, soreness, prevention. Its limit is over."""
    eased = replace(state, steps=plan(state.advice, eased=True), at=0, eased=True, limit=None)
    lead = (Say(text=table.phrases.guide_let_go, show=Show.loud),) if state.steps else ()
    after, said = arrive(table, eased, 0, now) if eased.steps else finish(table, eased)
    return after, (*lead, *said)


def finish(table: Table, state: State) -> Turn:
    """Return the end: how to make it less likely, and when to get help."""
    rest = tuple(one for one in state.advice.steps if one.step.phase is Phase.prevent)
    said = (Say(show=Show.list, steps=rest),) if rest else ()
    return replace(state, stage=Stage.done), (*said, *net(table, state))


def limit_reached(table: Table, state: State, limit: Limit) -> Turn:
    """Return that it lasted too long, and what is needed now, whatever was on the screen."""
    level = max(state.advice.level, limit.then)
    words = table.levels[level]
    lasted = table.phrases.guide_lasted.format(minutes=limit.minutes)
    said = (
        Say(text=lasted, show=Show.loud, bell=True),
        Say(text=table.phrases.heading_with_level.format(level=words.name, action=words.do), show=Show.alarm),
        *(Say(text=text) for text in words.safety_net),
    )
    return replace(state, stage=Stage.help, advice=replace(state.advice, level=level)), said


def screened_again(table: Table, state: State, advice: Advice, now: float) -> Turn:
    """Return what follows once the red flags were asked again: help, or the same step if none was there."""
    if state.stage in FINAL:
        return state, ()
    if state.limit and now >= state.limit.end:
        return limit_reached(table, replace(state, advice=advice), state.limit)
    page = (Say(show=Show.page),)
    if not advice.steps or advice.level >= Level.urgent_care:
        return replace(state, stage=Stage.help, advice=advice), page
    told = page if advice.level > state.advice.level else ()
    steps = plan(advice, state.eased)
    same = [i for i, one in enumerate(steps) if one.step == state.given.step]
    state = replace(state, advice=advice, steps=steps, stage=state.before)
    back = Say(text=table.phrases.guide_none_of_these)
    if same:
        state = replace(state, at=same[0])
        return state, (*told, back, card(table, state))
    if not steps:
        return finish(table, state)
    after, said = arrive(table, state, min(state.at, len(steps) - 1), now)
    return after, (*told, back, *said)
