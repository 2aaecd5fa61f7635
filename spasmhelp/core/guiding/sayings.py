"""What the guide says at more than one turn: a step, its question, when to get help."""

from spasmhelp.core.guiding.states import Say, Show, Stage, State
from spasmhelp.core.model import Phase, Table


def card(table: Table, state: State) -> Say:
    """Return the step that is shown, under its number."""
    phrases = table.phrases
    phase = phrases.guide_eased if state.eased else phrases.now if state.given.step.phase is Phase.now else phrases.next
    title = phrases.guide_title.format(phase=phase, number=state.at + 1, count=len(state.steps))
    return Say(text=title, show=Show.card, steps=(state.given,))


def ask(table: Table, state: State) -> tuple[Say, ...]:
    """Return the question of a stage that something else was said at; at a timer the keys say it all."""
    if state.stage is Stage.step and not state.eased:
        return (Say(text=table.phrases.guide_has_it_let_go, show=Show.loud),)
    return ()


def net(table: Table, state: State) -> tuple[Say, ...]:
    """Return when to get help: said at every end, and whenever a person leaves."""
    limits = () if state.eased else tuple(one.limit for one in state.steps if one.limit)
    minutes = state.limit.minutes if state.limit else next(iter(limits), None)
    early = [table.phrases.early_limit.format(minutes=minutes)] if minutes else []
    lines = [table.about.emergency, *early, *state.advice.safety_net, state.advice.not_asked]
    return tuple(Say(text=line) for line in dict.fromkeys(lines) if line)
