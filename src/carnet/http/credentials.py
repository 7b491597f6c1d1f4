"""The credential of a request: a token's two halves, by whichever headers a tongue sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import tokens
from carnet.core.errors import UnauthenticatedError

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


def bearer(request: Request) -> tuple[str, str]:
    """The halves of `Authorization: Bearer ACCESS.SECRET` (RFC 6750), the scheme in any case.

    Raises UnauthenticatedError where the header is missing or holds something else.
    """
    header = request.headers.get(b"authorization")
    if header is None:
        raise UnauthenticatedError(anything_sent=False)
    scheme, _, value = header.decode("latin-1").strip().partition(" ")
    access_key, dot, secret_key = value.strip().partition(".")
    if scheme.lower() != "bearer" or not dot or not access_key or not secret_key:
        raise UnauthenticatedError(anything_sent=True)
    return access_key, secret_key


def by_bearer(db: Database, request: Request) -> Actor:
    """Who a request with a bearer token speaks for, in the workspace that `X-Workspace-Slug` names or the first."""
    access_key, secret_key = bearer(request)
    slug = request.headers.get(b"x-workspace-slug")
    return tokens.authenticate(
        db, access_key, secret_key, slug=slug.decode("latin-1").strip() if slug is not None else None, now=request.now
    )
