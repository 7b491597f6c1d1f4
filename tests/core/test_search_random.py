"""Search over random texts finds what a plain walk through them finds, on both databases."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.core import contacts, tasks, workspaces
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.core.search import fold
from carnet.core.tasks import TaskDraft
from tests.conftest import NOW
from tests.core.things import ALL

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from carnet.store.database import Database
    from tests.conftest import House

thoroughly = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Few letters, so that texts and queries meet; and the ones that have tripped searches before.
letters = some.sampled_from("aabbcdeéèEßsSłŁlløØoœŒæ%_\\\"'*() \n\t-.@+0123田中🧵\u0301\u0130\u0131ﬁ½ǿςΣ가")
anything = some.characters(exclude_categories=["Cs"], exclude_characters="\0")
texts = some.text(letters, max_size=12) | some.text(letters | anything, max_size=30)
written = texts.filter(lambda text: bool(text.strip()))


@some.composite
def queries(draw: DrawFn, among: list[str]) -> str:
    """Words of which a part may be found: pieces of the texts, and others."""
    words = []
    for _ in range(draw(some.integers(1, 3))):
        source = draw(some.sampled_from(among) | texts)
        start = draw(some.integers(0, len(source)))
        piece = source[start : start + draw(some.integers(1, 6))]
        words.append(draw(some.sampled_from([piece, piece.upper(), fold(piece)])))
    return " ".join(words)


def _expected(documents: list[list[str]], query: str) -> list[int]:
    """Where every word of the query is in one of a record's texts."""
    words = fold(query).split()
    return [
        at for at, places in enumerate(documents) if all(any(word in fold(place) for place in places) for word in words)
    ]


class Library:
    """New workspaces of a house, each filled with texts."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._names = (f"w{n}" for n in itertools.count())

    def fill(self, make: Any, drafts: list[Any]) -> Actor:
        def begin(db: Database) -> Actor:
            user = self._house.alice.user
            workspace = workspaces.create(db, next(self._names), user, now=NOW)
            actor = Actor(workspace.id, user.id, ROLE_RIGHTS[Role.OWNER], "UTC")
            for draft in drafts:
                make(db, actor, draft, now=NOW)
            return actor

        return self._house.store.write_now(workspaces.ALL, begin)

    def look(self, page: Any, actor: Actor, **filters: Any) -> list[int]:
        """The places, in the order of their making, of what is found."""
        found = self._house.store.read_now(page, actor, Asked(filters=filters, limit=ALL))
        assert found.total == len(found.items)
        return [each.number for each in found.items]


def test_tasks(house: House) -> None:
    library = Library(house)

    @thoroughly
    @given(data=some.data(), told=some.lists(some.tuples(written, some.none() | texts), min_size=1, max_size=6))
    def compare(data: Any, told: list[tuple[str, str | None]]) -> None:
        drafts = [TaskDraft(title=title, description=description) for title, description in told]
        actor = library.fill(tasks.create, drafts)
        among = [text for pair in told for text in pair if text]
        for _ in range(6):
            query = data.draw(queries(among))
            joined = [["\n".join(filter(None, pair))] for pair in told]
            assert [number - 1 for number in library.look(tasks.page, actor, q=query)] == _expected(joined, query)
            titles = [at for at, (title, _) in enumerate(told) if fold(query) in fold(title)]
            assert [number - 1 for number in library.look(tasks.page, actor, title=[query])] == titles

    compare()


people = some.fixed_dictionaries(
    {"name": written, "position": some.none() | texts, "company": some.none() | written},
    optional={
        "phones": some.lists(some.text("+0123 ()-.", max_size=8), max_size=2),
        "emails": some.lists(some.text("abéß._", min_size=1, max_size=4).map("{}@x".format), max_size=2),
    },
)


def test_contacts(house: House) -> None:
    library = Library(house)

    @thoroughly
    @given(data=some.data(), told=some.lists(people, min_size=1, max_size=5))
    def compare(data: Any, told: list[dict[str, Any]]) -> None:
        actor = library.fill(contacts.create, [ContactDraft(**person) for person in told])
        everyone = house.store.read_now(contacts.page, actor, Asked(limit=ALL)).items
        numbers = [each.number for each in reversed(everyone)]
        # Of companies that differ in case alone there is one, under its first name.
        documents = [_places(person, each.company) for person, each in zip(told, reversed(everyone), strict=True)]
        among = [text for places in documents for text in places if text]
        for _ in range(6):
            query = data.draw(queries(among))
            found = library.look(contacts.page, actor, q=query)
            assert sorted(found) == [numbers[at] for at in _expected(documents, query)]

    compare()


def _places(person: dict[str, Any], company: str | None) -> list[str]:
    phones = person.get("phones", [])
    digits = ["".join(filter(str.isdigit, phone)) for phone in phones]
    own = [person["name"], person["position"], *person.get("emails", []), *phones, *digits]
    return ["\n".join(text for text in own if text), company or ""]
