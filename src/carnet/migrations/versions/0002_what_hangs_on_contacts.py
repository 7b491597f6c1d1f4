"""Tags, notes, deals, and what a contact's timeline is made of; contacts and tasks gain what links to them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from carnet.core.search import fold
from carnet.store import types
from carnet.store.trigrams import trigrams_of

revision = "0002"
down_revision = "0001"

_COUNTED = (
    "tags",
    "notes",
    "deals",
    "genders",
    "reminders",
    "calls",
    "activities",
    "activity_types",
    "activity_type_categories",
    "journal_entries",
)
_SEARCHED_CHARACTERS = 20_000


def upgrade() -> None:
    """Make the new tables, widen the old ones, and let contacts be found by their description."""
    _create_tables()
    for noun in _COUNTED:
        for column in (f"{noun}_made", f"{noun}_kept"):
            op.add_column("counters", sa.Column(column, sa.BigInteger(), server_default="0", nullable=False))
    _widen(
        "contacts",
        [
            sa.Column("nickname", sa.Text(), nullable=True),
            sa.Column("gender_id", types.Identity(), nullable=True),
            sa.Column("is_partial", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("tag_ids", types.Strings(), nullable=True),
        ],
        link="gender_id",
        target="genders",
    )
    op.create_index(
        "ix_contacts_partial",
        "contacts",
        ["workspace_id"],
        unique=False,
        sqlite_where=sa.text("is_partial = 1"),
        postgresql_where=sa.text("is_partial"),
    )
    _widen("tasks", [sa.Column("tag_ids", types.Strings(), nullable=True)], link="deal_id", target="deals")
    op.create_index(op.f("ix_tasks_workspace_id_deal_id"), "tasks", ["workspace_id", "deal_id"], unique=False)
    for noun in ("notes", "deals"):
        _create_index(noun)
    _fold_descriptions()


def _widen(table: str, columns: list[sa.Column[Any]], *, link: str, target: str) -> None:
    """Add columns and a link of two columns, which SQLite only takes in a table that is made anew."""
    name = f"fk_{table}_workspace_id_{link}"
    if op.get_bind().dialect.name != "sqlite":
        for column in columns:
            op.add_column(table, column)
        op.create_foreign_key(op.f(name), table, target, ["workspace_id", link], ["workspace_id", "id"])
        return
    bind = op.get_bind()
    held = [row[1] for row in bind.execute(sa.text(f"PRAGMA table_info({table})"))]
    schema = sa.text("SELECT sql FROM sqlite_schema WHERE tbl_name = :name AND type = :type AND sql IS NOT NULL")
    (made,) = bind.execute(schema, {"name": table, "type": "table"}).scalars()
    indexes = list(bind.execute(schema, {"name": table, "type": "index"}).scalars())
    added = "".join(f"\t{sa.schema.CreateColumn(column).compile(bind)}, \n" for column in columns)
    before, first, constraints = made.rstrip().removesuffix(")").partition("\tCONSTRAINT")
    leads = f", \n\tCONSTRAINT {name} FOREIGN KEY(workspace_id, {link}) REFERENCES {target} (workspace_id, id)\n)"
    wider = before.replace(f"CREATE TABLE {table} ", f"CREATE TABLE {table}_wider ") + added + first
    op.execute(wider + constraints.rstrip() + leads)
    listed = ", ".join(f'"{column}"' for column in held)
    op.execute(f"INSERT INTO {table}_wider ({listed}) SELECT {listed} FROM {table}")  # noqa: S608
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_wider RENAME TO {table}")
    for index in indexes:
        op.execute(index)


def _fold_descriptions() -> None:
    """Add the descriptions of people to the text that they are found by, and to the index."""
    bind = op.get_bind()
    described = sa.text(
        "SELECT workspace_id, number, folded, description FROM contacts WHERE kind = 'person' AND description <> ''"
    )
    refold = sa.text("UPDATE contacts SET folded = :folded WHERE workspace_id = :workspace_id AND number = :number")
    if bind.dialect.name == "sqlite":
        reindex = sa.text("INSERT OR REPLACE INTO contacts_trigrams (rowid, folded) VALUES (:row, :folded)")
    else:
        reindex = sa.text(
            "UPDATE contacts_trigrams SET trigrams = :trigrams WHERE workspace_id = :workspace_id AND number = :number"
        )
    for workspace_id, number, folded, description in bind.execute(described).all():
        whole = f"{folded}\n{fold(description[:_SEARCHED_CHARACTERS])}"
        values = {"workspace_id": workspace_id, "number": number, "folded": whole}
        bind.execute(refold, values)
        if bind.dialect.name == "sqlite":
            bind.execute(reindex, {"row": workspace_id << 40 | number, "folded": whole})
        else:
            bind.execute(reindex, {**values, "trigrams": trigrams_of(whole)})


def _create_index(noun: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE VIRTUAL TABLE {noun}_trigrams USING fts5(folded, content='', contentless_delete=1, "
            "detail=none, tokenize='trigram case_sensitive 1')"
        )
        return
    op.create_table(
        f"{noun}_trigrams",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("trigrams", ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "number", name=op.f(f"pk_{noun}_trigrams")),
    )
    op.create_index(op.f(f"ix_{noun}_trigrams_trigrams"), f"{noun}_trigrams", ["trigrams"], postgresql_using="gin")


def _create_tables() -> None:
    op.create_table(
        "activity_type_categories",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_activity_type_categories_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_activity_type_categories")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_activity_type_categories_workspace_id_number")),
    )
    op.create_table(
        "genders",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.Column("type", types.Word(), nullable=False),
        sa.CheckConstraint("type IN ('male', 'female', 'other', 'unknown', 'none')", name=op.f("ck_genders_type")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_genders_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_genders")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_genders_workspace_id_number")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_on", types.Day(), nullable=False),
        sa.Column("extras", types.Document(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_journal_entries_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_journal_entries_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_journal_entries_workspace_id_written_on"),
        "journal_entries",
        ["workspace_id", "written_on"],
        unique=False,
    )
    op.create_table(
        "tags",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", types.Word(), nullable=True),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("name_key", types.Word(), nullable=False),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_tags_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_tags")),
        sa.UniqueConstraint("workspace_id", "name_key", name=op.f("uq_tags_workspace_id_name_key")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_tags_workspace_id_number")),
    )
    op.create_table(
        "activity_types",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("category_id", types.Identity(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "category_id"],
            ["activity_type_categories.workspace_id", "activity_type_categories.id"],
            name=op.f("fk_activity_types_workspace_id_category_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_activity_types_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_activity_types")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_activity_types_workspace_id_number")),
    )
    op.create_table(
        "taggings",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", types.Identity(), nullable=False),
        sa.Column("record_id", types.Identity(), nullable=False),
        sa.Column("noun", types.Word(), nullable=False),
        sa.CheckConstraint("noun IN ('contact', 'company', 'task', 'deal')", name=op.f("ck_taggings_noun")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "tag_id"], ["tags.workspace_id", "tags.id"], name=op.f("fk_taggings_workspace_id_tag_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "tag_id", "record_id", name=op.f("pk_taggings")),
    )
    op.create_table(
        "activities",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("happened_on", types.Day(), nullable=False),
        sa.Column("type_id", types.Identity(), nullable=True),
        sa.Column("contact_ids", types.Strings(), nullable=False),
        sa.Column("extras", types.Document(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "type_id"],
            ["activity_types.workspace_id", "activity_types.id"],
            name=op.f("fk_activities_workspace_id_type_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_activities_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_activities")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_activities_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_activities_workspace_id_happened_on"), "activities", ["workspace_id", "happened_on"], unique=False
    )
    op.create_index(op.f("ix_activities_workspace_id_type_id"), "activities", ["workspace_id", "type_id"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=False),
        sa.Column("activity_id", types.Identity(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "activity_id"],
            ["activities.workspace_id", "activities.id"],
            name=op.f("fk_attendances_workspace_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_attendances_workspace_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "contact_id", "activity_id", name=op.f("pk_attendances")),
    )
    op.create_table(
        "calls",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=False),
        sa.Column("called_at", types.Instant(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("contact_called", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("extras", types.Document(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_calls_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_calls_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_calls")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_calls_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_calls_workspace_id_contact_id_called_at"),
        "calls",
        ["workspace_id", "contact_id", "called_at"],
        unique=False,
    )
    op.create_table(
        "deals",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", types.Word(), nullable=False),
        sa.Column("status", types.Word(), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=True),
        sa.Column("expected_close_on", types.Day(), nullable=True),
        sa.Column("closed_at", types.Instant(), nullable=True),
        sa.Column("contact_id", types.Identity(), nullable=True),
        sa.Column("company_id", types.Identity(), nullable=True),
        sa.Column("state_id", types.Identity(), nullable=True),
        sa.Column("owner_id", types.Identity(), nullable=True),
        sa.Column("tag_ids", types.Strings(), nullable=True),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("title_folded", types.Word(), nullable=False),
        sa.Column("folded", types.Word(), nullable=False),
        sa.CheckConstraint("status IN ('open', 'won', 'lost')", name=op.f("ck_deals_status")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_deals_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_deals_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_deals_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "state_id"],
            ["pipeline_states.workspace_id", "pipeline_states.id"],
            name=op.f("fk_deals_workspace_id_state_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_deals_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_deals")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_deals_workspace_id_number")),
    )
    op.create_index(op.f("ix_deals_workspace_id_company_id"), "deals", ["workspace_id", "company_id"], unique=False)
    op.create_index(op.f("ix_deals_workspace_id_contact_id"), "deals", ["workspace_id", "contact_id"], unique=False)
    op.create_index(op.f("ix_deals_workspace_id_owner_id"), "deals", ["workspace_id", "owner_id"], unique=False)
    op.create_index(op.f("ix_deals_workspace_id_state_id"), "deals", ["workspace_id", "state_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("begins_on", types.Day(), nullable=False),
        sa.Column("rule", types.Word(), nullable=True),
        sa.Column("extras", types.Document(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_reminders_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_reminders_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_reminders_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_reminders_workspace_id_begins_on"), "reminders", ["workspace_id", "begins_on"], unique=False
    )
    op.create_index(
        op.f("ix_reminders_workspace_id_contact_id_number"),
        "reminders",
        ["workspace_id", "contact_id", "number"],
        unique=False,
    )
    op.create_table(
        "notes",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=True),
        sa.Column("company_id", types.Identity(), nullable=True),
        sa.Column("deal_id", types.Identity(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("favorited_at", types.Instant(), nullable=True),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("folded", types.Word(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_notes_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_notes_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "deal_id"], ["deals.workspace_id", "deals.id"], name=op.f("fk_notes_workspace_id_deal_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_notes_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_notes")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_notes_workspace_id_number")),
    )
    op.create_index(op.f("ix_notes_workspace_id_company_id"), "notes", ["workspace_id", "company_id"], unique=False)
    op.create_index(
        op.f("ix_notes_workspace_id_contact_id_number"), "notes", ["workspace_id", "contact_id", "number"], unique=False
    )
    op.create_index(op.f("ix_notes_workspace_id_deal_id"), "notes", ["workspace_id", "deal_id"], unique=False)
