"""What a list can be narrowed by. A filter is written once; its shape decides the statement, its values are bound."""

from __future__ import annotations

from abc import ABC, abstractmethod
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, false, not_, or_, select, true

from carnet.core.search import LONGEST_TERM, fold, pattern, terms_of
from carnet.store import tables
from carnet.store.conditions import holds, is_one_of, within
from carnet.store.trigrams import is_indexed
from carnet.store.types import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlalchemy import Table

    from carnet.store.trigrams import Trigrams

_ALTERNATIVES = 20


class Filter(ABC):
    """One way to narrow a list."""

    def shape(self, value: Any) -> Hashable:  # noqa: ANN401, ARG002 - what a filter takes is its own
        """What of the value decides the statement's text."""
        return None

    @abstractmethod
    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401
        """The condition, with its values bound under names that begin with `name`."""

    def values(self, name: str, value: Any, trigrams: type[Trigrams]) -> dict[str, Any]:  # noqa: ANN401, ARG002
        """The values to bind."""
        return {name: value}


class OneOf(Filter):
    """The column is one of a list of words or identities."""

    def __init__(self, column: ColumnElement[Any]) -> None:
        self._column = column

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        return is_one_of(self._column, name)


class OwnOrFree(Filter):
    """The column is an identity or nothing (True), or another identity (False). The value is `(bool, identity)`."""

    def __init__(self, column: ColumnElement[Any]) -> None:
        self._column = column

    def shape(self, value: tuple[bool, str]) -> Hashable:
        return value[0]

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401
        own = bindparam(name, type_=self._column.type)
        return or_(self._column.is_(None), self._column == own) if shape else self._column != own

    def values(self, name: str, value: tuple[bool, str], trigrams: type[Trigrams]) -> dict[str, Any]:  # noqa: ARG002
        return {name: value[1]}


class Compared(Filter):
    """The column stands in a relation to a value: `operator.le(column, value)`."""

    def __init__(self, column: ColumnElement[Any], relation: Callable[[Any, Any], Any]) -> None:
        self._column = column
        self._relation = relation

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        return self._relation(self._column, bindparam(name, type_=self._column.type))  # type: ignore[no-any-return]


def compared(name: str, column: ColumnElement[Any]) -> dict[str, Compared]:
    """The four ways to compare a column with a value."""
    relations = {"before": le, "strictly_before": lt, "after": ge, "strictly_after": gt}
    return {f"{name}_{word}": Compared(column, relation) for word, relation in relations.items()}


class OneOfLinks(Filter):
    """The record that a link leads to has a column that is one of a list."""

    def __init__(self, link: ColumnElement[Any], table: Table, column: ColumnElement[Any]) -> None:
        self._link = link
        self._table = table
        self._column = column

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        found = select(self._table.c.id).where(within(self._table), is_one_of(self._column, name))
        return self._link.in_(found)


class Tagged(Filter):
    """The record bears one of a list of tags."""

    def __init__(self, record_id: ColumnElement[Any]) -> None:
        self._record_id = record_id

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        bearing = tables.taggings
        found = select(bearing.c.record_id).where(within(bearing), is_one_of(bearing.c.tag_id, name))
        return self._record_id.in_(found)


class Begins(Filter):
    """A folded column that holds a text on each line has a line that begins with one."""

    def __init__(self, column: ColumnElement[str]) -> None:
        self._column = column

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        first, later = (bindparam(bind, type_=Word()) for bind in (name, f"{name}_later"))
        return or_(self._column.like(first, escape="\\"), self._column.like(later, escape="\\"))

    def values(self, name: str, value: Any, trigrams: type[Trigrams]) -> dict[str, Any]:  # noqa: ANN401, ARG002
        line = pattern(fold(value[: 4 * LONGEST_TERM])[:LONGEST_TERM]).removeprefix("%")
        return {name: line, f"{name}_later": f"%\n{line}"}


class Condition(Filter):
    """A condition that holds (True) or doesn't (False)."""

    def __init__(self, condition: ColumnElement[bool]) -> None:
        self._condition = condition

    def shape(self, value: Any) -> Hashable:  # noqa: ANN401
        return bool(value)

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        return self._condition if shape else not_(self._condition)

    def values(self, name: str, value: Any, trigrams: type[Trigrams]) -> dict[str, Any]:  # noqa: ANN401, ARG002
        return {}


class Text(Filter):
    """A folded column holds one of several texts, each as it stands."""

    def __init__(self, table: Table, column: ColumnElement[str]) -> None:
        self._table = table
        self._column = column

    def terms(self, value: Any) -> list[str]:  # noqa: ANN401
        """The folded texts that are looked for, short ones last, so that few shapes serve all."""
        raw = list(dict.fromkeys(value))[:_ALTERNATIVES]
        found = dict.fromkeys(fold(text[: 4 * LONGEST_TERM])[:LONGEST_TERM] for text in raw)
        return sorted(found, key=is_indexed, reverse=True)

    def shape(self, value: Any) -> Hashable:  # noqa: ANN401
        return tuple(is_indexed(term) for term in self.terms(value))

    def clause(self, name: str, shape: tuple[bool, ...]) -> ColumnElement[bool]:
        return or_(false(), *self._each(name, shape))

    def values(self, name: str, value: Any, trigrams: type[Trigrams]) -> dict[str, Any]:  # noqa: ANN401
        bound: dict[str, Any] = {}
        for place, term in enumerate(self.terms(value)):
            bound[f"{name}_{place}"] = pattern(term)
            if is_indexed(term):
                bound[f"{name}_{place}_index"] = trigrams.bound(term)
        return bound

    def _each(self, name: str, shape: tuple[bool, ...]) -> list[ColumnElement[bool]]:
        return [self.one(f"{name}_{place}", indexed=indexed) for place, indexed in enumerate(shape)]

    def one(self, bind: str, *, indexed: bool) -> ColumnElement[bool]:
        return holds(self._table, self._column, bind, indexed=indexed)


class TextIn(Text):
    """One of some folded columns holds one of several texts."""

    def __init__(self, table: Table, *columns: ColumnElement[str]) -> None:
        super().__init__(table, columns[0])
        self._others = [Text(table, column) for column in columns[1:]]

    def one(self, bind: str, *, indexed: bool) -> ColumnElement[bool]:
        others = (other.one(bind, indexed=indexed) for other in self._others)
        return or_(super().one(bind, indexed=indexed), *others)


class TextOf(Text):
    """The record that a link leads to holds one of several texts."""

    def __init__(self, link: ColumnElement[str], table: Any, column: ColumnElement[str]) -> None:  # noqa: ANN401
        super().__init__(table, column)
        self._link = link

    def one(self, bind: str, *, indexed: bool) -> ColumnElement[bool]:
        found = select(self._table.c.id).where(within(self._table), super().one(bind, indexed=indexed))
        return self._link.in_(found)


class Words(Filter):
    """Every word of a query is held by one of several texts, or `any_word` is."""

    def __init__(self, *places: Text, any_word: bool = False) -> None:
        self._places = places
        self._any_word = any_word

    def shape(self, value: str) -> Hashable:
        return tuple(is_indexed(term) for term in self._places[0].terms(terms_of(value)))

    def clause(self, name: str, shape: tuple[bool, ...]) -> ColumnElement[bool]:
        each = [
            or_(*(place.one(f"{name}_{at}", indexed=indexed) for place in self._places))
            for at, indexed in enumerate(shape)
        ]
        return or_(false(), *each) if self._any_word else and_(true(), *each)

    def values(self, name: str, value: str, trigrams: type[Trigrams]) -> dict[str, Any]:
        return self._places[0].values(name, terms_of(value), trigrams)
