"""State machines with more kinds of step than Hypothesis would get round to in the seconds that a test may take.

Its own machines leave out half of the rules in each run, at random, and so some of thirty in every run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from hypothesis.stateful import run_state_machine_as_test as run

from tests.chance import times

if TYPE_CHECKING:
    from tests.conftest import House

Step = Callable[..., None]


def action(
    when: Callable[[Any], Any] | None = None, turns: int = 1, /, **drawn: st.SearchStrategy[Any]
) -> Callable[[Step], Step]:
    """Make a method one of the machine's steps, possible `when` that is true of it, with values drawn for its names.

    It has so many `turns` where others have one.
    """

    def mark(step: Step) -> Step:
        step.action = (when or _always, turns, st.fixed_dictionaries(drawn))
        return step

    return mark


def _always(_machine: object) -> bool:
    return True


class Acting(RuleBasedStateMachine):
    """Steps take their turns: who has waited longest comes first, and then goes back into the queue, near its end."""

    def __init__(self) -> None:
        super().__init__()
        found = {name: getattr(type(self), name, None) for name in dir(type(self))}
        self._actions = {name: step.action for name, step in found.items() if hasattr(step, "action")}
        self._queue: list[str] = []

    @initialize(data=st.data())
    def line_up(self, data: st.DataObject) -> None:
        self._queue = data.draw(
            st.permutations([name for name in self._actions for _ in range(self._actions[name][1])])
        )

    @rule(data=st.data())
    def take_turn(self, data: st.DataObject) -> None:
        name = next(name for name in self._queue if self._actions[name][0](self))
        self._queue.remove(name)
        waiting = len(self._queue)
        self._queue.insert(data.draw(st.integers(waiting // 2, waiting), label="place in the queue"), name)
        getattr(self, name)(**data.draw(self._actions[name][2], label=name))


def act(machine: Callable[[House], Acting], house: House, *, count: int) -> None:
    """Run a machine so many times, the same runs each time that this is asked."""
    run(
        lambda: machine(house),
        settings=settings(
            max_examples=times(count, house),
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
