"""How one person speaks to the three tongues, and what their answers have in common."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from tests.hydra.wire import bearer, send

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.conftest import House

T = TypeVar("T")
GONE = {"hydra": 204, "monica": 200, "ysuite": 200}
"""The status of the answer to a deletion."""
MISSING = {"hydra": 404, "monica": 404, "ysuite": 400}
"""The status of the answer about a record that isn't there."""


class Speech:
    """Alice, in each of the three tongues."""

    def __init__(self, house: House) -> None:
        self.house = house

    def hydra(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._send(method, f"/api{path}", body, bearer(self.house.alice))

    def monica(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._send(method, f"/monica/api{path}", body, bearer(self.house.alice))

    def ysuite(self, method: str, path: str, body: Any = None) -> httpx.Response:
        token = self.house.alice.token
        keys = (("x-ysuite-access-key", token.access_key), ("x-ysuite-secret-key", token.secret_key))
        return self._send(method, f"/v1{path}", body, *keys)

    def _send(self, method: str, path: str, body: Any, *headers: tuple[str, str]) -> httpx.Response:
        """As a server would, without a client in between, which takes most of the time of so many requests."""
        if body is None:
            return send(self.house, method, path, headers=headers)
        told = (json.dumps(body).encode(),)
        return send(self.house, method, path, headers=[*headers, ("content-type", "application/json")], body=told)

    def in_hydra(self, path: str) -> Any:
        """What `/api` shows at a path."""
        return told(self.hydra("GET", path))

    def in_monica(self, path: str) -> Any:
        """What `/monica/api` shows at a path: a record, or a whole list that fits on a page."""
        answer = told(self.monica("GET", path))
        if "meta" in answer:
            assert answer["meta"]["total"] == len(answer["data"])
        return answer["data"]

    def in_ysuite(self, path: str) -> Any:
        """What `/v1` shows at a path: a record, or a whole list that fits on a page."""
        data = told(self.ysuite("GET", path))["data"]
        if "total_records" not in data:
            return data
        assert data["total_records"] == len(data["data"])
        return data["data"]

    def all_in_hydra(self, path: str) -> list[dict[str, Any]]:
        """A whole list of `/api` that fits on a page."""
        answer = self.in_hydra(f"{path}{'&' if '?' in path else '?'}itemsPerPage=100")
        members: list[dict[str, Any]] = answer["hydra:member"]
        assert answer["hydra:totalItems"] == len(members)
        return members


def told(answer: httpx.Response, status: int = 200) -> Any:
    """The JSON of an answer that must have a status."""
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def moment(text: str) -> datetime:
    """A moment as any of the tongues writes it."""
    return datetime.fromisoformat(text).astimezone(UTC)


def nth(found: Mapping[Any, T], place: int) -> T:
    """One of several, by a number of any size."""
    return list(found.values())[place % len(found)]
