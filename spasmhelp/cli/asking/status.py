"""The time of the guide as a bar and figures, or in words for who hears it; and the keys of each stage."""

import math

from spasmhelp.cli.cells import cells
from spasmhelp.cli.terminal import Look
from spasmhelp.core.guiding.states import MINUTE, Stage, State
from spasmhelp.core.model import Table

BAR = 30  # columns of a bar at most


def status_text(table: Table, state: State, now: float, look: Look) -> str:
    """Return the time that runs, as it stands before the prompt; nothing where none does."""
    if state.stage in (Stage.timer, Stage.paused):
        left = seconds_left(state, now)
        said = table.phrases.guide_time_left.format(time=minutes_and_seconds(left))
        wide = min(BAR, look.columns - cells(said) - 16)  # room for a word
        if wide < 5:
            return f"{said} "
        full, empty = ("\N{FULL BLOCK}", "\N{LIGHT SHADE}") if look.utf8 else ("#", "-")
        done = round(wide * (1 - left / state.length)) if state.length else wide
        return f"{full * done}{empty * (wide - done)} {said} "
    if state.limit:
        gone = minutes_and_seconds(now - state.limit.since)
        return (
            table.phrases.guide_time_gone.format(time=gone, limit=minutes_and_seconds(state.limit.minutes * MINUTE))
            + " "
        )
    return ""


def time_in_words(table: Table, state: State, now: float) -> str:
    """Return the time that runs in words, a new text each minute."""
    if state.stage in (Stage.timer, Stage.paused):
        left = math.ceil(round(seconds_left(state, now) / MINUTE, 3))
        said = table.phrases.guide_left_in_words.format(minutes=minutes_in_words(table, left))
    elif state.limit:
        gone = int((now - state.limit.since) // MINUTE)
        limit = minutes_in_words(table, state.limit.minutes)
        said = table.phrases.guide_gone_in_words.format(minutes=minutes_in_words(table, gone), limit=limit)
    else:
        return ""
    return said[:1].upper() + said[1:]


def seconds_left(state: State, now: float) -> float:
    """Return the seconds that a pack still has."""
    return max(0.0, state.ends if state.stage is Stage.paused else state.ends - now)


def minutes_and_seconds(seconds: float) -> str:
    """Return seconds as minutes and seconds: 4:05."""
    whole = max(0, int(seconds + 0.001))  # floating seconds never meet exactly
    return f"{whole // 60}:{whole % 60:02}"


def minutes_in_words(table: Table, number: int) -> str:
    """Return a number of minutes as one says it: four minutes."""
    if number < 1:
        return table.phrases.guide_under_a_minute
    if number == 1:
        return table.phrases.guide_one_minute
    names = [name for name, value in table.reading.numbers.items() if value == number]
    return table.phrases.guide_minutes.format(number=names[0] if names else number)


def keys_text(table: Table, state: State) -> str:
    """Return the keys of a stage."""
    if state.stage is Stage.offer:
        timer = state.given.step.timer
        minutes = minutes_in_words(table, timer.minutes or 0 if timer else 0)
        return table.phrases.guide_keys_offer.format(minutes=minutes)
    if state.stage in (Stage.timer, Stage.paused):
        return table.phrases.guide_keys_paused if state.stage is Stage.paused else table.phrases.guide_keys_timer
    return table.phrases.guide_keys_eased if state.eased else table.phrases.guide_keys_step
