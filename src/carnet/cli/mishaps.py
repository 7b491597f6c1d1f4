"""What went wrong, in a sentence for whoever typed the command: the command line's own table of words."""

from __future__ import annotations

from carnet.core.errors import CarnetError, Fault, InvalidError, Violation
from carnet.migrations import MigrationError
from carnet.settings import SettingError
from carnet.store.database import StoreFullError, StoreUnavailableError

_WORDS = {
    ("slug", Fault.NOT_VALID): "a slug is 1 to 63 of a-z, 0-9 and hyphens, and begins and ends with none of these last",
    ("slug", Fault.TAKEN): "there is a workspace of this slug",
    ("email", Fault.NOT_AN_EMAIL): "this is no e-mail address",
    ("email", Fault.TAKEN): "there is a user of this e-mail address",
    ("name", Fault.BLANK): "a token needs a name",
}


class MishapError(Exception):
    """Something that the command line itself found; the message is the sentence."""


def sentence(error: Exception) -> str | None:
    """The sentence for an error; None where it can only come from a mistake of ours, which needs its traceback."""
    match error:
        case InvalidError():
            return "; ".join(_said(violation) for violation in error.violations)
        case CarnetError() | SettingError() | MishapError():
            return str(error)
        case MigrationError() | StoreUnavailableError() | StoreFullError():
            return _line(error)
        case OSError():
            return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
        case _:
            return _of_database(error)


def _said(violation: Violation) -> str:
    return _WORDS.get((violation.field, violation.fault), f"{violation.field} is {violation.fault}")


def _of_database(error: Exception) -> str | None:
    """What a database's own driver complains of: a file that is none, an address that it can't read."""
    import apsw
    import psycopg

    if not isinstance(error, (apsw.Error, psycopg.Error)):
        return None
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
        return "CARNET_DATABASE_URL: this is no address of a database"  # the driver's words repeat its password
    return f"the database can't be used: {_line(error)}"


def _line(error: Exception) -> str:
    """What an error says, without the advice that PostgreSQL's driver adds on further lines."""
    return str(error).partition("\n")[0]
