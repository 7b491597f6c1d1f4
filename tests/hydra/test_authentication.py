"""Who may come in, and into which workspace (specification, sections 1 and 7.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import apsw
import psycopg
import pytest

from carnet.core import tokens, users, workspaces
from carnet.core.permissions import Role
from tests.conftest import NOW
from tests.hydra.dump import everything, untouched
from tests.hydra.things import listed, made, names
from tests.hydra.wire import bearer, send
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from carnet.core.tokens import NewToken
    from carnet.core.workspaces import Workspace
    from tests.conftest import House, Person

NOTHING_SENT = (401, "Full authentication is required to access this resource.")
INVALID = (401, "Invalid credentials.")
DENIED = (403, "Access Denied.")


def new_token(house: House, *places: Workspace, **options: Any) -> NewToken:
    """Another token of Alice's."""
    reach = list(places) or [house.main]
    token: NewToken = house.store.write_now(
        workspaces.ALL, tokens.create, house.alice.user, reach, name="other", now=NOW, **options
    )
    return token


def join(house: House, place: Workspace) -> None:
    """Make Alice a member of another workspace too."""
    house.store.write_now(workspaces.ALL, users.join, place.id, house.alice.user, Role.MEMBER)


def with_token(token: NewToken, **more: str) -> dict[str, str]:
    """Headers that carry a token."""
    return {"authorization": f"Bearer {token.bearer}", **more}


def test_nothing_sent(house: House) -> None:
    assert problem(house.request("GET", "/api/contacts")) == NOTHING_SENT
    assert problem(house.request("POST", "/api/contacts", json={"name": "x"})) == NOTHING_SENT


def test_what_is_no_token_of_ours_is_invalid(house: House) -> None:
    token, other = house.alice.token, house.mallory.token
    wrong = (
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer x.y",
        f"Bearer {token.access_key}",
        f"Bearer {token.access_key}.",
        f"Bearer .{token.secret_key}",
        f"Bearer {token.access_key}.{token.secret_key}x",
        f"Bearer {token.access_key}.{token.secret_key[:-1]}",
        f"Bearer {token.access_key}.{other.secret_key}",
        f"Bearer {token.access_key.upper()}.{token.secret_key}",
        f"Bearer {token.access_key}.{token.secret_key.swapcase()}",
        f"Bearer {token.bearer}, {token.bearer}",
        f"Basic {token.bearer}",
        f"Token {token.bearer}",
        token.bearer,
        f"Bearer{token.bearer}",
        "Bearer " + "x" * 10_000 + "." + "y" * 10_000,
        "Bearer \u00e9.\u00ff",
        "Bearer ' OR 1=1 --.x",
        "Bearer %.%",
        "",
    )
    for header in wrong:
        answer = send(house, "GET", "/api/contacts", headers=[("authorization", header)])
        assert problem(answer) == INVALID, header


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR", "Bearer  ", " Bearer"])
def test_the_scheme_is_in_any_case(any_house: House, scheme: str) -> None:
    header = f"{scheme} {any_house.alice.token.bearer} "
    assert send(any_house, "GET", "/api/contacts", headers=[("authorization", header)]).status_code == 200


def test_no_token_comes_from_a_query_or_a_cookie(any_house: House) -> None:
    token = any_house.alice.token.bearer
    for name in ("token", "access_token", "bearer", "authorization", "api_key"):
        answer = any_house.request("GET", f"/api/contacts?{name}={token}", headers={"cookie": f"{name}={token}"})
        assert problem(answer) == NOTHING_SENT


def test_the_server_keeps_no_secret(house: House) -> None:
    assert house.alice.token.secret_key not in str(everything(house))


def test_a_revoked_token_is_refused_at_the_next_request(house: House) -> None:
    token = new_token(house)
    assert house.request("GET", "/api/contacts", headers=with_token(token)).status_code == 200
    house.store.write_now(workspaces.ALL, tokens.revoke, token.id, now=NOW)
    with untouched(house):
        assert problem(house.request("GET", "/api/contacts", headers=with_token(token))) == INVALID
        answer = house.request("POST", "/api/contacts", json={"name": "x"}, headers=with_token(token))
        assert problem(answer) == INVALID
    assert house.alice.get("/api/contacts").status_code == 200


def test_an_expired_token_is_refused(house: House) -> None:
    long_gone = new_token(house, expires_at=NOW - timedelta(days=900))
    lasting = new_token(house, expires_at=NOW + timedelta(days=36_500))
    assert problem(house.request("GET", "/api/contacts", headers=with_token(long_gone))) == INVALID
    assert house.request("GET", "/api/contacts", headers=with_token(lasting)).status_code == 200


def test_a_token_of_somebody_who_left_is_refused(house: House) -> None:
    token = house.bob.token
    assert house.bob.get("/api/contacts").status_code == 200
    leave(house, house.bob)
    assert house.request("GET", "/api/contacts", headers=with_token(token)).status_code in {401, 403}


def leave(house: House, person: Person) -> None:
    """Take somebody out of the workspace, behind the application's back."""
    query = f"DELETE FROM memberships WHERE user_id = '{person.user.id}'"  # noqa: S608 - our own id
    if house.settings.on_postgres:
        with psycopg.connect(house.settings.database_url, autocommit=True) as server:
            server.execute(query)
        return
    apsw.Connection(str(house.settings.database_file)).execute(query)


def test_a_slug_picks_one_of_the_workspaces_of_a_token(house: House) -> None:
    join(house, house.other)
    made(house.alice, "contacts", name="Here")
    made(house.mallory, "contacts", name="There")
    token = new_token(house, house.other, house.main)
    for slug, expected in (("main", "Here"), ("other", "There"), (None, "There")):
        headers = with_token(token, **({"x-workspace-slug": slug} if slug else {}))
        answer = house.request("GET", "/api/contacts", headers=headers)
        assert [member["name"] for member in answer.json()["hydra:member"]] == [expected]
    headers = with_token(token, **{"x-workspace-slug": "main"})
    assert house.request("POST", "/api/contacts", json={"name": "New"}, headers=headers).status_code == 201
    assert names(house.alice, "/api/contacts") == ["New", "Here"]


def test_another_workspace_is_denied_whether_it_exists_or_not(house: House) -> None:
    join(house, house.other)  # she is a member there, but her token wasn't made for it
    answers = []
    with untouched(house):
        for slug in ("other", "nowhere", "MAIN", "main ext", "", "é", "x" * 5_000, "%"):
            for method in ("GET", "POST"):
                headers = [bearer(house.alice), ("x-workspace-slug", slug)]
                answer = send(house, method, "/api/contacts", headers=headers, body=[b'{"name":"x"}'])
                assert problem(answer) == DENIED, slug
                answers.append(answer.content)
    assert len(set(answers)) == 1


def test_an_invalid_token_is_invalid_in_any_workspace(any_house: House) -> None:
    for slug in ("main", "nowhere"):
        headers = {"authorization": "Bearer x.y", "x-workspace-slug": slug}
        assert problem(any_house.request("GET", "/api/contacts", headers=headers)) == INVALID


def test_everything_is_open_to_the_members_of_a_workspace_alone(house: House) -> None:
    made(house.alice, "contacts")
    for person, total in ((house.bob, 1), (house.rita, 1), (house.mallory, 0)):
        assert listed(person, "/api/contacts")["hydra:totalItems"] == total


def test_requests_are_counted_only_where_a_limit_is_set(any_house: House) -> None:
    assert {any_house.alice.get("/api/contacts").status_code for _ in range(30)} == {200}


def test_over_the_limit_a_token_is_asked_to_wait(new_house: Any) -> None:
    house: House = new_house(rate_limit=3)
    answers = [house.alice.post("/api/companies", {"name": "x"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429]
    for answer in answers[3:]:
        assert problem(answer)[0] == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert house.alice.get("/api/contacts").status_code == 429
    assert listed(house.bob, "/api/companies")["hydra:totalItems"] == 3
    assert house.request("GET", "/api").status_code == 200
