"""Conditions that the two databases spell differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, column, func, literal_column, select
from sqlalchemy.ext.compiler import compiles

from carnet.store.trigrams import BODIES, INDEXED
from carnet.store.types import Identities, Identity, Numbers, Strings, Word

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine


class _PerDialect(ColumnElement[Any]):
    """A condition, or a value of another type, with a body for each database."""

    inherit_cache = False

    def __init__(self, bodies: dict[str, ColumnElement[Any]], type_: TypeEngine[Any] | None = None) -> None:
        self.bodies = bodies
        self.type = type_ or Boolean()

    def self_group(self, against: Any = None) -> _PerDialect:  # noqa: ANN401, ARG002
        """As it is: SQLAlchemy would compare it with 1 on SQLite, and no index would be used."""
        return self


@compiles(_PerDialect)
def _compile(element: _PerDialect, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return compiler.process(element.bodies[compiler.dialect.name].self_group(), **options)


_LISTS: dict[type[Any], type[Any]] = {Identity: Identities, Word: Strings}


def within(table: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a table or its alias
    """The condition with which every statement on records begins: those of one workspace."""
    return table.c.workspace_id == bindparam("workspace_id")  # type: ignore[no-any-return]


def is_one_of(tested: ColumnElement[Any], bind: str) -> ColumnElement[bool]:
    """The column is in the list bound as `bind`, which is one value whatever its length."""
    values: Any = bindparam(bind, type_=_LISTS.get(type(tested.type), Numbers)())
    each = func.json_each(values).table_valued(column("value"))
    return _PerDialect({"sqlite": tested.in_(select(each.c.value)), "postgresql": tested == func.any(values)})


def holds(table: Any, tested: ColumnElement[str], bind: str, *, indexed: bool) -> ColumnElement[bool]:  # noqa: ANN401
    """The folded column holds a term.

    `bind` is its LIKE pattern and, where it is `indexed`, `<bind>_index` what the trigram index takes.
    """
    like = tested.like(bindparam(bind, type_=Word()), escape="\\")
    noun = getattr(table, "element", table).name
    if not indexed or noun not in INDEXED:
        return like
    return _PerDialect(
        {
            dialect: and_(table.c.number.in_(body.candidates(noun, f"{bind}_index")), like)
            for dialect, body in BODIES.items()
        }
    )


def without_case(text: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text to sort by without regard to the case of A to Z, byte by byte on both databases."""
    return _PerDialect({"sqlite": func.lower(text), "postgresql": func.lower(text.collate("C"))}, Word())


def first_line(text: ColumnElement[Any]) -> ColumnElement[Any]:
    """The first line of a text, such as the first of a contact's addresses; null where it is empty."""
    end: ColumnElement[str] = literal_column("char(10)")
    return _PerDialect(
        {
            "sqlite": func.nullif(func.substr(text, 1, func.instr(text.concat(end), end) - 1), ""),
            "postgresql": func.nullif(func.split_part(text, literal_column("E'\\n'"), 1).collate("C"), ""),
        },
        Word(),
    )


def kept_text(extras: ColumnElement[Any], tongue: str, name: str) -> ColumnElement[Any]:
    """A text that a tongue keeps in a record's extras, `without_case`; null where it keeps none."""
    path: Any = literal_column(f"'$.{tongue}.{name}'")
    steps: list[Any] = [literal_column(f"'{step}'") for step in (tongue, name)]
    return _PerDialect(
        {
            "sqlite": func.lower(func.json_extract(extras, path)),
            "postgresql": func.lower(func.json_extract_path_text(extras, *steps, type_=Word()).collate("C")),
        },
        Word(),
    )
