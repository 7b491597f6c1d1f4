"""What is refused, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from carnet.core.errors import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carnet.core.errors import Violation

E = TypeVar("E", bound=Exception)


def refused(kind: type[E], acts: Sequence[Callable[..., object]], *about: object) -> list[E]:
    """Hold that every act is refused with one kind of error, and give the errors."""
    errors = []
    for act in acts:
        with pytest.raises(kind) as refusal:
            act(*about)
        errors.append(refusal.value)
    return errors


def assert_invalid(violations: list[Violation], acts: Sequence[Callable[..., object]], *about: object) -> None:
    """Hold that every act is refused for these violations."""
    for error in refused(InvalidError, acts, *about):
        assert error.violations == violations
