"""Users, what they are in a workspace, and the one-time links by which they enter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from carnet.core import users, workspaces
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.paging import Asked
from carnet.core.permissions import Role
from tests.conftest import NOW
from tests.core.dump import everything, untouched
from tests.core.things import NOTHING

if TYPE_CHECKING:
    from datetime import datetime

    from carnet.core.users import User
    from tests.conftest import House, Person

WEEK = timedelta(days=7)


def _create(house: House, email: str, name: str = "") -> User:
    return house.store.write_now(workspaces.ALL, users.create, email, name=name, now=NOW)


def _link(person: Person, now: datetime = NOW) -> str:
    return person.house.store.write_now(workspaces.ALL, users.new_link, person.user, now=now)


def _enter(house: House, secret: str, now: datetime = NOW) -> User | None:
    return house.store.write_now(workspaces.ALL, users.use_link, secret, now=now)


def test_an_address_is_kept_trimmed_and_in_lower_case(house: House) -> None:
    made = _create(house, "  Zoé@Carnet.Example ")
    assert (made.email, made.name) == ("zoé@carnet.example", "zoé")
    assert house.store.read_now(users.find, "ZOÉ@carnet.example ") == made
    assert house.store.read_now(users.get, made.id) == made


def test_a_taken_address_is_refused_in_any_case(house: House) -> None:
    with untouched(house), pytest.raises(InvalidError) as refusal:
        _create(house, "ALICE@carnet.example")
    assert refusal.value.violations == [Violation("email", Fault.TAKEN)]


@pytest.mark.parametrize("email", ["", "a", "@", "a@", "@a", "a@b@c", "a b@c", "a@b c", "a\n@b", "a@" + "b" * 253])
def test_an_address_has_one_at_sign_between_two_texts_without_blanks(any_house: House, email: str) -> None:
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        _create(any_house, email)
    assert refusal.value.violations == [Violation("email", Fault.NOT_AN_EMAIL)]


@pytest.mark.parametrize("email", ["a@b", "a+b@localhost", "é@ü", "a@" + "b" * 252])
def test_nothing_more_is_asked_of_an_address(any_house: House, email: str) -> None:
    assert _create(any_house, email, name="Zoé").email == email


def test_nobody_is_not_found(house: House) -> None:
    assert house.store.read_now(users.find, "nobody@carnet.example") is None
    with pytest.raises(NotFoundError):
        house.store.read_now(users.get, NOTHING)


def test_everyone_is_listed_oldest_first(house: House) -> None:
    _create(house, "aaron@carnet.example")
    names = [user.name for user in house.store.read_now(users.everyone)]
    assert names == ["Alice", "Bob", "Rita", "Mallory", "aaron"]


def test_the_owner_is_the_first_of_several(house: House) -> None:
    assert house.store.read_now(users.owner, house.main.id) == house.alice.user
    house.store.write_now(workspaces.ALL, users.join, house.main.id, house.mallory.user, Role.OWNER)
    assert house.store.read_now(users.owner, house.main.id) == house.alice.user


def test_members_have_numbers_and_roles_of_their_workspace(alice: Person, mallory: Person) -> None:
    page = alice.sees(users.page_of_members, Asked())
    roles = [(member.name, member.number, member.role) for member in page.items]
    assert roles == [("Alice", 1, "owner"), ("Bob", 2, "member"), ("Rita", 3, "reader")]
    assert page.total == 3
    (stranger,) = mallory.sees(users.page_of_members, Asked()).items
    assert (stranger.name, stranger.number) == ("Mallory", 1)


def test_members_are_found_by_their_ids_and_paged(alice: Person, bob: Person, mallory: Person) -> None:
    asked = Asked(filters={"id": [bob.user.id, mallory.user.id, NOTHING]})
    assert [member.name for member in alice.sees(users.page_of_members, asked).items] == ["Bob"]
    second = alice.sees(users.page_of_members, Asked(limit=1, offset=1))
    assert ([member.name for member in second.items], second.total) == (["Bob"], 3)
    assert alice.sees(users.page_of_members, Asked(limit=1, offset=3)).total == 3


def test_a_stranger_is_no_member(alice: Person, bob: Person, mallory: Person) -> None:
    assert alice.sees(users.get_member, bob.user.id).name == "Bob"
    assert alice.sees(users.is_member, bob.user.id)
    for person in (mallory.user.id, NOTHING):
        assert not alice.sees(users.is_member, person)
        with pytest.raises(NotFoundError):
            alice.sees(users.get_member, person)


def test_a_link_lets_its_user_in_once(alice: Person, house: House) -> None:
    secret = _link(alice)
    assert _enter(house, secret) == alice.user
    assert _enter(house, secret) is None


def test_looking_at_a_link_does_not_use_it(alice: Person, house: House) -> None:
    secret = _link(alice)
    for _ in range(2):
        assert house.store.read_now(users.find_by_link, secret, now=NOW) == alice.user
    assert _enter(house, secret) == alice.user
    assert house.store.read_now(users.find_by_link, secret, now=NOW) is None


@pytest.mark.parametrize(
    ("after", "works"),
    [(timedelta(), True), (WEEK - timedelta(microseconds=1), True), (WEEK, False), (WEEK * 60, False)],
)
def test_a_link_works_for_a_week(house: House, after: timedelta, works: bool) -> None:  # noqa: FBT001 - a row of the table
    secret = _link(house.alice)
    assert (_enter(house, secret, NOW + after) is not None) is works


def test_a_new_link_ends_the_earlier_ones_of_its_user_alone(alice: Person, bob: Person, house: House) -> None:
    others, earlier = _link(bob), _link(alice)
    later = _link(alice)
    assert _enter(house, earlier) is None
    assert _enter(house, later) == alice.user
    assert _enter(house, others) == bob.user


@pytest.mark.parametrize("secret", ["", "x", "x" * 10_000, "é🧵"])
def test_another_secret_lets_nobody_in(any_house: House, secret: str) -> None:
    _link(any_house.alice)
    with untouched(any_house):
        assert _enter(any_house, secret) is None


def test_a_links_secret_is_not_kept(house: House) -> None:
    secret = _link(house.alice)
    assert len(secret) >= 43
    assert secret not in repr(everything(house))
