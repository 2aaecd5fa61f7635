"""Faults of steps: disputed and yet advised, never given, given where they do not say how."""

from collections.abc import Iterator

from spasmhelp.core.checks.rule_coverage import Reach
from spasmhelp.core.checks.word_faults import Fault, place_of
from spasmhelp.core.model import Fits, Verdict


def disputed(reach: Reach) -> Iterator[Fault]:
    """Yield each place where a rule advises a step that sources disagree with."""
    for rule in reach.table.rules:
        for i, step in enumerate(rule.advise):
            if step.sources_say is Verdict.disagree:
                case = reach.cells.smallest(reach.rules[rule])
                message = f"sources disagree with '{step.id}', so no rule may advise it"
                yield Fault(name="disputed", path=f"rules.{rule.id}.advise[{i}]", message=message, case=case)


def never(reach: Reach) -> Iterator[Fault]:
    """Yield each step that no case could be given."""
    for step in reach.table.steps if reach.cells.everywhere else ():
        if step.sources_say is Verdict.disagree or reach.given(step):
            continue
        advised = reach.advised(step)
        why = "every rule that advises it meets one that sends the person to urgent care" if advised else UNADVISED
        case = reach.cells.smallest(advised)
        yield Fault(name="never", path=f"steps.{step.id}", message=f"no case can be given this step: {why}", case=case)


UNADVISED = "no rule that can apply advises it"


def no_how(reach: Reach) -> Iterator[Fault]:
    """Yield each location where a step that says how for some can be given without saying how."""
    for step in reach.table.steps:
        missing = reach.given(step) & ~reach.cells.where(Fits(location=tuple(step.how))) if step.how else 0
        for location in reach.table.locations if missing else ():
            here = missing & place_of(reach, location)
            if here:
                message = f"can be given at '{location.id}', but does not say how there"
                case = reach.cells.smallest(here)
                yield Fault(name="no_how", path=f"steps.{step.id}.how", message=message, case=case)
