"""The pages. Until the notebook itself has some: a welcome, and the door that a one-time link opens."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from carnet.core import tokens, users, workspaces
from carnet.core.errors import CarnetError
from carnet.http.messages import HTML, Answer, Request, deliver
from carnet.http.operations import ClientGoneError, read_body

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from carnet.core.tokens import NewToken
    from carnet.http.operations import House
    from carnet.store.database import Database

_SECURITY = [
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
]
_ENTER = "/enter/"
_LARGEST_FORM = 10_000


class Pages:
    """`/` and `/enter/SECRET`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, self._house.addresses.base_url(scope))
        try:
            if request.method == "POST":  # a button's empty form, before it has any effect
                request.body = await read_body(request, receive, _LARGEST_FORM)
            answer = await self._answer(request)
        except ClientGoneError:
            return
        except CarnetError:
            answer = _page("Not understood", "<p>What was sent is too large, or came too slowly.</p>", 400)
        answer.headers += _SECURITY
        await deliver(answer, scope, send)

    async def _answer(self, request: Request) -> Answer:
        if request.path == "/" and request.method in {"GET", "HEAD"}:
            return _page("Carnet", _WELCOME)
        if request.path.startswith(_ENTER):
            return await self._enter(request, request.path.removeprefix(_ENTER))
        if request.path == "/":
            return _page("Not allowed", "<p>This page can only be read.</p>", 405)
        return _page("Not found", "<p>There is no such page. <a href=/>Back to the start</a></p>", 404)

    async def _enter(self, request: Request, secret: str) -> Answer:
        """The door: reading it asks, so that a preview of the link doesn't use it up; the button enters, once."""
        store = self._house.store
        if request.method == "POST":
            token = await store.write(workspaces.ALL, _enter, secret, request)
            return _page("Your token", _shown(token, request.base_url)) if token else _used_up()
        user = await store.read(lambda db: users.find_by_link(db, secret, now=request.now))
        return _page("Welcome", _ASK.format(email=escape(user.email))) if user else _used_up()


def _enter(db: Database, secret: str, request: Request) -> NewToken | None:
    user = users.find_by_link(db, secret, now=request.now)
    reachable = workspaces.of_user(db, user) if user is not None else []
    if user is None or not reachable:
        return None
    users.use_link(db, secret, now=request.now)
    return tokens.create(db, user, reachable, name="First token", now=request.now)


def _used_up() -> Answer:
    again = (
        "<p>This link was used already, or is older than a week. "
        "<code>carnet user reset EMAIL</code> makes another.</p>"
    )
    return _page("This link no longer works", again, 404)


def _shown(token: NewToken, base_url: str) -> str:
    return (
        "<p>This is your key to the APIs, for programs and for trying things out. "
        "Keep it now: it is not shown again.</p>"
        f"<pre>{escape(token.bearer)}</pre><p>A first request, ready to paste:</p>"
        f"<pre>curl {escape(base_url)}/api/contacts -H 'Authorization: Bearer {escape(token.bearer)}'</pre>"
        '<p><a href="/api/openapi">What the API can be asked</a></p>'
    )


def _page(title: str, body: str, status: int = 200) -> Answer:
    html = (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)} · Carnet</title>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style><main><h1>{escape(title)}</h1>{body}</main></html>"
    )
    return Answer(status, html.encode(), media_type=HTML)


_WELCOME = """<p>A notebook for the people you know, the tasks you owe them and the deals they may bring.</p>
<p>Its pages are being written. Its API is here:</p>
<ul><li><a href="/api/openapi">What the API can be asked</a>, and the same as <a href="/api/openapi.json">OpenAPI</a>
<li><a href="/api/docs.jsonld">The Hydra documentation</a> and the <a href="/api">entrypoint</a>
<li><a href="/health/ready">Is it well?</a></ul>
<p>A key for it: <code>carnet token create --name NAME</code></p>"""
_ASK = """<p>Hello <b>{email}</b>. This link works once, and gives you a key to the API of your notebook.</p>
<form method=post><button>Show me my key</button></form>"""
_STYLE = """
:root{color-scheme:light dark;--ink:#1f2328;--paper:#fbfaf7;--line:#d8d4ca;--accent:#2f5d50}
@media (prefers-color-scheme:dark){:root{--ink:#e6e3dc;--paper:#1b1d1c;--line:#3a3d3b;--accent:#8cc7b4}}
body{font:17px/1.55 system-ui,sans-serif;margin:0;color:var(--ink);background:var(--paper)}
main{max-width:40rem;margin:10vh auto;padding:0 1.2rem}a{color:var(--accent)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:.5rem;padding:.8rem}
button{font:inherit;padding:.6rem 1.2rem;border-radius:.5rem;border:1px solid var(--accent);color:var(--paper);
background:var(--accent);cursor:pointer}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
"""
