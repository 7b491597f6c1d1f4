"""What `/api` says when it refuses (specification, section 7), as tests read it.

`problem` and `violations` check the whole answer, every key and code of it, and give what a test is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

BLANK = "This value should not be blank."
NULL = "This value should not be null."
CHOICE = "The value you selected is not a valid choice."
EMAIL = "This value is not a valid email address."
UUID = "This is not a valid UUID."
DATETIME = "This value is not a valid datetime."
NOT_VALID = "This value is not valid."
TAKEN = "This value is already used."
MISSING = "This value does not exist."
TOO_LONG = "This value is too long. It should have {} characters or less."
RANGE = "This value should be between {} and {}."

_CODES = {
    BLANK: "c1051bb4-d103-4f74-8988-acbcafc7fdc3",
    NULL: "ad32d13f-c3d4-423b-909a-857b961eb720",
    CHOICE: "8e179f1b-97aa-4560-a02f-2a8b42e49df7",
    EMAIL: "bd79c0ab-ddba-46cc-a703-a7a4b08de310",
    UUID: "51120b12-a2bc-41bf-aa53-cd73daf330d0",
    DATETIME: "1a9da513-2640-4f84-9b6a-4d99dcddc628",
    NOT_VALID: "de1e3db3-5ed4-4941-aae4-59f3667cc3a3",
    TAKEN: "23bd9dbf-6b9b-41cd-a99e-4844bcf3077f",
    MISSING: "3c1f0a52-6a0e-4c4f-9d3e-5f2b8d7e1a01",
}
_CODES_BY_BEGINNING = {
    "This value is too long.": "d94b19cc-114f-4f44-9cc4-4138e80a87b9",
    "This value should be between ": "04b91c99-a946-4221-afc5-e65ebac401eb",
}
_PROBLEM = "application/problem+json; charset=utf-8"
_TITLE = "An error occurred"


def wrong_type(field: str, expected: str, given: str) -> tuple[int, str]:
    """The refusal of a value of another JSON type."""
    return 400, f'The type of the "{field}" attribute must be "{expected}", "{given}" given.'


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and the detail of a general error (7.1), or of one about the credential (7.4)."""
    assert answer.headers["content-type"] == _PROBLEM, answer.text
    status, told = answer.status_code, answer.json()
    detail: str = told["detail"]
    expected = {
        "@context": "/api/contexts/Error",
        "@id": f"/api/errors/{status}",
        "@type": "hydra:Error",
        "hydra:title": _TITLE,
        "hydra:description": detail,
        "title": _TITLE,
        "description": detail,
        "type": f"/errors/{status}",
        "status": status,
        "detail": detail,
    }
    if status == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
        expected |= {"code": 401, "message": detail}
    assert told == expected
    return status, detail


def violations(answer: httpx.Response) -> dict[str, str]:
    """What a 422 says of each property (7.2), in order."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == _PROBLEM
    told = answer.json()
    said: list[dict[str, Any]] = told["violations"]
    codes = [each["code"] for each in said]
    detail = "\n".join(f"{each['propertyPath']}: {each['message']}" for each in said)
    last = codes[0] if len(codes) == 1 else ";".join(f"{at}={code}" for at, code in enumerate(codes))
    assert told == {
        "@context": "/api/contexts/ConstraintViolation",
        "@id": f"/api/validation_errors/{last}",
        "@type": "ConstraintViolation",
        "status": 422,
        "violations": said,
        "detail": detail,
        "hydra:title": _TITLE,
        "hydra:description": detail,
        "title": _TITLE,
        "description": detail,
        "type": f"/validation_errors/{last}",
    }
    assert said
    for each in said:
        assert each.keys() == {"propertyPath", "message", "code"}
        assert each["code"] == _code(each["message"], each["code"]), each
    paths = [each["propertyPath"] for each in said]
    assert len(set(paths)) == len(paths)
    return {each["propertyPath"]: each["message"] for each in said}


def _code(message: str, given: str) -> str:
    if message in _CODES:
        return _CODES[message]
    return next((code for begin, code in _CODES_BY_BEGINNING.items() if message.startswith(begin)), given)
