"""A model's server for the tests that ask one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assist.stub import Stub

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A server that fails, until the test says how it behaves."""
    server = Stub()
    yield server
    server.close()
