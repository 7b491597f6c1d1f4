"""Several workers on one set of sockets, under uvicorn's supervisor."""

from __future__ import annotations

from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess


class Supervisor(Multiprocess):
    """uvicorn's supervisor, which itself lets the sockets go before its workers finish.

    While it holds them the system goes on taking connections that nobody will answer.
    """

    @property
    def has_served(self) -> bool:
        """Whether its workers came up."""
        return all(process.exitcode != STARTUP_FAILURE for process in self.processes)

    def terminate_all(self) -> None:
        """Take no more connections, then have each worker answer what it accepted, and end."""
        for each in self.sockets:
            each.close()
        super().terminate_all()
