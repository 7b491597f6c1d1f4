"""Cross-origin requests: which pages of other sites may call, never with credentials (Fetch standard, CORS)."""

from __future__ import annotations

from carnet.http.messages import Answer

_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
_DAY = "86400"


class Cors:
    """The CORS headers of one tongue."""

    def __init__(self, origins: tuple[str, ...], *, accepted: str, exposed: str) -> None:
        """Let pages of these origins call (`*` for all), with the headers accepted, reading the ones exposed."""
        self._everyone = "*" in origins
        self._origins = frozenset(origins)
        self._accepted = accepted
        self._exposed = (b"access-control-expose-headers", exposed.encode())
        self._always = [(b"access-control-allow-origin", b"*"), self._exposed]

    def headers(self, origin: str) -> list[tuple[bytes, bytes]]:
        """What an answer to a page of this origin carries."""
        if self._everyone:
            return self._always
        if origin not in self._origins:
            return [(b"vary", b"Origin")]
        return [(b"access-control-allow-origin", origin.encode("latin-1")), self._exposed, (b"vary", b"Origin")]

    def preflight(self, origin: str) -> Answer:
        """The answer to a browser that asks before it calls; it needs no token."""
        answer = Answer(204, headers=list(self.headers(origin)))
        answer.add(b"access-control-allow-methods", _METHODS)
        answer.add(b"access-control-allow-headers", self._accepted)
        answer.add(b"access-control-max-age", _DAY)
        return answer
