"""What can go wrong between the wire and the core. Each tongue words these too."""

from __future__ import annotations

from carnet.core.errors import CarnetError


class MalformedError(CarnetError):
    """The body isn't what it says it is; the message is a short sentence that may be shown."""


class NoRouteError(CarnetError):
    """No operation has this path."""


class MethodNotAllowedError(CarnetError):
    """The path exists, but not with this method."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__("the method isn't allowed here")
        self.allowed = allowed


class NotAcceptableError(CarnetError):
    """The caller takes no format that we have."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"{wanted} is not supported")
        self.wanted = wanted


class UnsupportedTypeError(CarnetError):
    """The body is of a type that isn't read."""

    def __init__(self, sent: str) -> None:
        super().__init__(f"{sent} is not supported")
        self.sent = sent


class BodyTooLargeError(CarnetError):
    """The body is larger than this operation reads."""


class TooSlowError(CarnetError):
    """The body didn't arrive in time."""


class TooManyRequestsError(CarnetError):
    """The token has used up its requests; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after
