"""A running `carnet serve` whose environment names a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assist.labelled import TEXTS
from tests.assist.stub import Reply, Stub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.serving.conftest import Server

TEXT = TEXTS["a plain signature"].text
KEY = "sk-unspeakable"


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    yield server
    server.close()


def test_a_served_carnet_asks_the_model_and_never_says_its_key(
    new_server: Callable[..., Server], stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNET_LLM_URL", stub.url)
    monkeypatch.setenv("CARNET_LLM_MODEL", "small")
    monkeypatch.setenv("CARNET_LLM_KEY", KEY)
    monkeypatch.setenv("CARNET_LOG_LEVEL", "debug")
    server = new_server()
    stub.says({"name": "Marit Solheim"})
    status, helped = server.request("POST", "/api/contacts/prepare", {"text": TEXT})
    assert (status, helped["extractor"]) == (200, "rules+llm")
    stub.behave = lambda _question: Reply(status=503)
    status, alone = server.request("POST", "/api/contacts/prepare", {"text": TEXT})
    assert (status, alone["extractor"]) == (200, "rules")
    assert alone["contact"] == helped["contact"]
    assert {each.headers["authorization"] for each in stub.heard} == {f"Bearer {KEY}"}
    logged = (server.folder / "said").read_text()
    assert "status 503" in logged
    assert KEY not in logged
    assert "Solheim" not in logged
