"""A client of `/v1`: the pair of keys on every call, and the envelope of every answer looked at whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from tests.conftest import House, Person

Row = dict[str, Any]


@dataclass(frozen=True)
class Client:
    """Somebody's YSUITE client."""

    person: Person

    @property
    def house(self) -> House:
        return self.person.house

    @property
    def keys(self) -> dict[str, str]:
        """The headers that carry both halves of the person's token."""
        token = self.person.token
        return {"x-ysuite-access-key": token.access_key, "x-ysuite-secret-key": token.secret_key}

    def request(self, method: str, path: str, json: Any = None, **options: Any) -> httpx.Response:
        """Call `/v1`; `path` goes on from there."""
        headers = {**self.keys, **options.pop("headers", {})}
        if json is not None:
            options["json"] = json
        return self.house.request(method, f"/v1{path}", headers=headers, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("POST", path, json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("PUT", path, json, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)

    def read(self, path: str) -> Row:
        """One record."""
        return only_data(self.get(path))

    def page(self, path: str, **query: Any) -> Row:
        """A page of a list: `data` of the envelope."""
        data = only_data(self.get(path, params=query))
        assert list(data) == ["data", "current_page", "total_records", "total_pages"]
        return data

    def rows(self, path: str, **query: Any) -> list[Row]:
        """Every row of a list that fits on a page, whose total is theirs."""
        data = self.page(path, **{"pageSize": 100, **query})
        assert data["total_records"] == len(data["data"])
        found: list[Row] = data["data"]
        return found

    def column(self, path: str, field: str, **query: Any) -> list[Any]:
        """One field of every row."""
        return [row[field] for row in self.rows(path, **query)]

    def made(self, path: str, json: Row) -> Row:
        """What is answered to a record's making."""
        answer = self.post(path, json)
        data: Row = answered(answer)["data"]
        return data

    def changed(self, path: str, json: Row) -> Row:
        """The record after a change, which is what reading it shows."""
        data: Row = answered(self.put(path, json))["data"]
        assert self.read(path) == data
        return data


def answered(answer: httpx.Response) -> Row:
    """The body of a success."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    body: Row = answer.json()
    assert body["success"] is True
    return body


def only_data(answer: httpx.Response) -> Row:
    """The `data` of a success that says nothing else."""
    body = answered(answer)
    assert list(body) == ["success", "data"]
    data: Row = body["data"]
    return data


def refused(answer: httpx.Response) -> tuple[int, str]:
    """The status and the message of an error that names no field."""
    assert answer.headers["content-type"] == "application/json", answer.text
    body = answer.json()
    assert list(body) == ["success", "message"], body
    assert body["success"] is False
    assert isinstance(body["message"], str)
    assert body["message"]
    return answer.status_code, body["message"]


def errors(answer: httpx.Response) -> dict[str, str]:
    """What a 422 says of each field, of which each has one complaint; the message is the first of them."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert list(body) == ["success", "message", "errors"]
    assert body["success"] is False
    told: dict[str, list[str]] = body["errors"]
    assert told
    for texts in told.values():
        assert len(texts) == 1
        assert isinstance(texts[0], str)
        assert texts[0]
    assert body["message"] == next(iter(told.values()))[0]
    return {field: texts[0] for field, texts in told.items()}


def fields(answer: httpx.Response) -> set[str]:
    """The fields that a 422 names."""
    return set(errors(answer))
