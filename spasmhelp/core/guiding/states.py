"""What the guide knows of where a person is, what can happen there, and what can be said."""

from enum import Enum

from msgspec import Struct

from spasmhelp.core.advise import Advice
from spasmhelp.core.model import Level, Muscle, Phase, Step
from spasmhelp.core.steps import GivenStep

MINUTE = 60.0


class Stage(Enum):
    """What the guide waits for; at the last three it is over."""

    step = "step"  # a step is done, until it let go
    offer = "offer"  # a step that takes minutes waits to be begun
    timer = "timer"
    paused = "paused"
    screen = "screen"  # the red flags are asked again
    help = "help"
    done = "done"
    left = "left"


FINAL = (Stage.help, Stage.done, Stage.left)


class Event(Enum):
    """What can happen: time passes, or a person says something."""

    tick = "tick"
    enter = "enter"
    let_go = "let_go"
    easing = "easing"
    not_yet = "not_yet"
    came_back = "came_back"
    worse = "worse"
    pause = "pause"
    longer = "longer"
    shorter = "shorter"
    again = "again"
    unknown = "unknown"
    leave = "leave"


class Limit(Struct, frozen=True, kw_only=True):
    """When the first step with a limit began, how long it may take, and what is needed then."""

    since: float
    minutes: int
    then: Level

    @property
    def end(self) -> float:
        """When it is reached."""
        return self.since + self.minutes * MINUTE


class State(Struct, frozen=True, kw_only=True):
    """Where a person is: at a step of those to do while it is tight, or once it `eased`.

    Of a pack: when its time `ends` (while paused, the seconds left), how long it takes in all, how often the skin was
    looked at. `before` is the stage that the red flags came between.
    """

    advice: Advice
    stage: Stage = Stage.step
    steps: tuple[GivenStep, ...] = ()
    at: int = 0
    eased: bool = False
    limit: Limit | None = None
    ends: float = 0.0
    length: float = 0.0
    checks: int = 0
    before: Stage = Stage.step

    @property
    def given(self) -> GivenStep:
        """The step that is shown."""
        return self.steps[self.at]


class Show(Enum):
    """How something is said: a line, one that stands out, a card or a list of steps, or the advice as it opens."""

    line = "line"
    loud = "loud"
    alarm = "alarm"
    card = "card"
    list = "list"
    page = "page"


class Say(Struct, frozen=True, kw_only=True):
    """One thing to say, with a bell where a person may look elsewhere."""

    text: str = ""
    show: Show = Show.line
    steps: tuple[GivenStep, ...] = ()
    bell: bool = False


Turn = tuple[State, tuple[Say, ...]]


def plan(advice: Advice, eased: bool) -> tuple[GivenStep, ...]:
    """Return the steps to go through while the muscle is tight, or once it let go; prevention is only listed.

    While a limit runs there are only steps for now: a pack would take longer than that.
    """
    others = Muscle.tight if eased else Muscle.eased
    phases = {Phase.now} if not eased and any(one.limit for one in advice.steps) else {Phase.now, Phase.next}
    return tuple(one for one in advice.steps if one.step.phase in phases and helps(one.step) is not others)


def helps(step: Step) -> Muscle:
    """Return for which muscle a step is."""
    return step.helps or (Muscle.tight if step.phase is Phase.now else Muscle.both)
