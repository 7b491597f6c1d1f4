"""The environment, read once into one frozen object."""

from __future__ import annotations

import os
from contextlib import suppress
from email.utils import getaddresses, parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, urlsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingError(ValueError):
    """A setting has a value that Carnet can't use; the message names the variable."""


class Secret(str):
    """A text that is not shown where values are, as in logs and in tracebacks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'" if self else "''"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every `CARNET_…` variable, checked. Field `x_y` is read from `CARNET_X_Y`."""

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("carnet-data")
    database_url: str = ""
    workers: int = 1
    public_url: str = ""
    cors_origins: tuple[str, ...] = ("*",)
    rate_limit: int = 0
    monica_rate_limit: int = 0
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    hydra_prefix: bool = True
    language: str = "en"
    log_level: str = "info"
    smtp_url: Secret = Secret()
    mail_from: tuple[str, str] = ("", "")
    """A name, which may be empty, and an address."""
    llm_url: str = ""
    llm_model: str = ""
    llm_key: Secret = Secret()
    webhook_allow: tuple[IPv4Network | IPv6Network, ...] = ()

    @property
    def database_file(self) -> Path:
        """Where SQLite keeps everything, when no other database is named."""
        return self.data / "carnet.db"

    @property
    def on_postgres(self) -> bool:
        """Whether records are kept in PostgreSQL."""
        return bool(self.database_url)


def read(environ: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """Read the settings; what is `given` (and not None) beats the environment.

    Raises SettingError, naming the variable, for a value that can't be used.
    """
    values: dict[str, object] = {}
    for name, convert in _READERS.items():
        variable = "CARNET_" + name.upper()
        raw = environ.get(variable, "").strip()
        if raw:
            values[name] = _converted(convert, variable, raw)
    for name, value in given.items():
        if value is not None:
            values[name] = _converted(_READERS[name], "CARNET_" + name.upper(), str(value))
    return Settings(**values)  # type: ignore[arg-type]


def _converted(convert: object, variable: str, raw: str) -> object:
    try:
        return convert(raw)  # type: ignore[operator]
    except ValueError as error:
        message = f"{variable}: {error}"
        raise SettingError(message) from error


def _count(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit():
        message = f"expected a whole number that isn't negative, not {raw!r}"
        raise ValueError(message)
    return int(raw)


def _port(raw: str) -> int:
    port = _count(raw)
    if port > 65535:  # noqa: PLR2004 - the largest TCP port
        message = f"expected a port up to 65535, not {raw!r}"
        raise ValueError(message)
    return port


def _workers(raw: str) -> int:
    return max(1, _count(raw))


def _flag(raw: str) -> bool:
    if raw.lower() in {"true", "1", "yes", "on"}:
        return True
    if raw.lower() in {"false", "0", "no", "off"}:
        return False
    message = f"expected true or false, not {raw!r}"
    raise ValueError(message)


def _words(raw: str) -> tuple[str, ...]:
    return tuple(word for word in raw.replace(",", " ").split() if word)


def _networks(raw: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(word, strict=False) for word in _words(raw))


def _url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        message = f"expected an http or https address, not {raw!r}"
        raise ValueError(message)
    return raw.rstrip("/")


def _model_url(raw: str) -> str:
    if "@" in urlsplit(raw).netloc:
        message = "expected no credentials in it, for CARNET_LLM_KEY holds the key"
        raise ValueError(message)
    return _url(raw)


def smtp_parts(raw: str) -> SplitResult:
    """The parts of a mail server's address. Raises ValueError for what isn't one, and doesn't repeat its password."""
    with suppress(ValueError):
        parts = urlsplit(raw)
        asked = parse_qs(parts.query, keep_blank_values=True)
        tls = asked.pop("tls", ["auto"])[-1]
        is_whole = not (parts.path.strip("/") or parts.fragment or asked) and tls in _TLS
        if is_whole and parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0:
            return parts
    message = "expected smtp://user:password@host:587 or smtps://user:password@host:465 (a # or ? is %23 or %3F)"
    raise ValueError(message)


def _smtp_url(raw: str) -> Secret:
    smtp_parts(raw)
    return Secret(raw)


_TLS = frozenset({"auto", "none"})


def _mailbox(raw: str) -> tuple[str, str]:
    name, address = parseaddr(raw)
    if "@" not in address.strip("@") or len(getaddresses([raw])) > 1 or not raw.isprintable():
        message = f"expected an e-mail address, alone or as in Name <name@host>, not {raw!r}"
        raise ValueError(message)
    return name, address


def _key(raw: str) -> Secret:
    if not all("!" <= character <= "~" for character in raw):
        message = "expected plain characters without a space"  # and not the value, for messages are logged
        raise ValueError(message)
    return Secret(raw)


def _database_url(raw: str) -> str:
    if not raw.startswith(("postgresql://", "postgres://")):
        message = "expected postgresql://…; without it everything is kept in one SQLite file"
        raise ValueError(message)
    return raw


def _level(raw: str) -> str:
    if raw.lower() not in {"debug", "info", "warning", "error"}:
        message = f"expected debug, info, warning or error, not {raw!r}"
        raise ValueError(message)
    return raw.lower()


def _language(raw: str) -> str:
    if raw.lower() not in {"en", "fr"}:
        message = f"expected en or fr, not {raw!r}"
        raise ValueError(message)
    return raw.lower()


_READERS = {
    "host": str,
    "port": _port,
    "data": Path,
    "database_url": _database_url,
    "workers": _workers,
    "public_url": _url,
    "cors_origins": _words,
    "rate_limit": _count,
    "monica_rate_limit": _count,
    "trusted_proxies": _networks,
    "hydra_prefix": _flag,
    "language": _language,
    "log_level": _level,
    "smtp_url": _smtp_url,
    "mail_from": _mailbox,
    "llm_url": _model_url,
    "llm_model": str,
    "llm_key": _key,
    "webhook_allow": _networks,
}
