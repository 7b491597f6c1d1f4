"""The model's client, against a server that is all that servers can be."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from carnet.assist.models import LARGEST_ANSWER, MOST_AT_ONCE, PATIENCE, REST, Manner, Model, model_of
from carnet.settings import Secret, Settings
from tests.assist.stub import Reply, Stub, asked_for, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.assist.stub import Question

SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
SECRET = "sk-unspeakable"
WORDS = "Ask for Marit Solheim"
ANSWER = {"name": "Marit Solheim"}
SOON = 0.15
"""A deadline in seconds that a held answer runs into."""
AT_ONCE = 5.0
"""Far more seconds than anything takes here that doesn't wait."""


def model_at(stub: Stub, **more: Any) -> Model:
    return Model(stub.url, "small", SECRET, **more)


def ask(model: Model, deadline: float = AT_ONCE) -> dict[str, Any] | None:
    return model.ask("You read.", WORDS, SCHEMA, deadline)


def manners(stub: Stub) -> list[str]:
    return [asked_for(each.question) for each in stub.heard]


def refusing(*refused: str, status: int = 400) -> Callable[[Question], Reply]:
    """A server that answers well, but for the manners that it refuses."""
    return lambda question: Reply(b"{}", status) if asked_for(question) in refused else said(ANSWER)


def test_a_question_holds_what_is_asked_and_the_key(stub: Stub) -> None:
    stub.says(ANSWER)
    assert ask(model_at(stub)) == ANSWER
    (heard,) = stub.heard
    assert heard.path == "/v1/chat/completions"
    assert heard.headers["authorization"] == f"Bearer {SECRET}"
    assert heard.question["model"] == "small"
    assert heard.question["messages"] == [
        {"role": "system", "content": "You read."},
        {"role": "user", "content": WORDS},
    ]
    assert heard.question["response_format"]["json_schema"]["schema"] == SCHEMA
    assert "tools" not in heard.question


def test_neither_key_nor_name_is_sent_where_there_is_none(stub: Stub) -> None:
    stub.says(ANSWER)
    assert ask(Model(stub.url, "", "")) == ANSWER
    (heard,) = stub.heard
    assert "authorization" not in heard.headers
    assert "model" not in heard.question


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", "/v1/chat/completions"),
        ("/", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/openai/v1/chat/completions", "/openai/v1/chat/completions"),
        ("/deployments/small?api-version=1", "/deployments/small/chat/completions?api-version=1"),
    ],
)
def test_the_address_may_be_of_a_server_of_its_api_or_whole(stub: Stub, path: str, asked: str) -> None:
    stub.says(ANSWER)
    assert ask(Model(stub.url.removesuffix("/v1") + path, "small", "")) == ANSWER
    assert stub.heard[0].path == asked


@pytest.mark.parametrize("status", [400, 404, 405, 415, 422])
def test_a_refused_manner_is_not_tried_again(stub: Stub, status: int) -> None:
    stub.behave = refusing("json_schema", status=status)
    model = model_at(stub)
    assert (ask(model), ask(model)) == (ANSWER, ANSWER)
    assert manners(stub) == ["json_schema", "json_object", "json_object"]
    assert model.manner is Manner.JSON


def test_a_server_that_refuses_json_mode_too_is_asked_in_plain_text(stub: Stub) -> None:
    stub.behave = refusing("json_schema", "json_object")
    model = model_at(stub)
    assert (ask(model), ask(model)) == (ANSWER, ANSWER)
    assert manners(stub) == ["json_schema", "json_object", "text", "text"]
    assert stub.heard[-1].question.keys() == {"model", "messages"}


@pytest.mark.parametrize("status", [500, 501])
def test_a_fault_is_no_refusal_so_the_strictest_manner_is_tried_again(stub: Stub, status: int) -> None:
    stub.behave = refusing("json_schema", status=status)
    model = model_at(stub)
    assert (ask(model), ask(model)) == (ANSWER, ANSWER)
    assert manners(stub) == ["json_schema", "json_object"] * 2


def test_what_refuses_everything_is_asked_three_times_and_next_time_again(stub: Stub) -> None:
    stub.behave = lambda _question: Reply(status=400)
    model = model_at(stub)
    assert (ask(model), ask(model)) == (None, None)
    assert manners(stub) == ["json_schema", "json_object", "text"] * 2


@pytest.mark.parametrize("status", [201, 204, 401, 403, 408, 410, 413, 429, 502, 503, 504])
def test_other_statuses_end_it_at_once(stub: Stub, status: int) -> None:
    stub.behave = lambda _question: Reply(status=status)
    assert ask(model_at(stub)) is None
    assert len(stub.heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(stub: Stub, status: int) -> None:
    stub.behave = lambda _question: Reply(status=status, headers={"location": stub.url + "/elsewhere"})
    assert ask(model_at(stub)) is None
    assert [each.path for each in stub.heard] == ["/v1/chat/completions"]


@pytest.mark.parametrize(
    "content",
    [
        '{"name": "Marit Solheim"}',
        '```json\n{"name": "Marit Solheim"}\n```',
        'Here you are: {"name": "Marit Solheim"} - anything else?',
        'In {braces} and {"other": 1} I found {"name": "Marit Solheim"}',
        '{"contact": {"name": "Marit Solheim"}}',
        '<think>{"name": "Nobody"}? No.</think>{"name": "Marit Solheim"}',
        [{"type": "text", "text": '{"name": "Marit '}, {"type": "text", "text": 'Solheim"}'}],
    ],
)
def test_an_answer_is_found_in_what_models_put_around_it(stub: Stub, content: Any) -> None:
    stub.says(content)
    assert ask(model_at(stub)) == ANSWER


UNUSABLE: dict[str, Reply] = {
    "prose": said("It is Marit Solheim, I believe."),
    "broken JSON": said('{"name": "Marit Solheim"'),
    "a list": said('["Marit Solheim"]'),
    "other keys": said({"Name": "Marit Solheim", "fullName": "Marit Solheim"}),
    "nothing": said(""),
    "no content": said(None),
    "a nesting without end": said('{"a":' * 8_000),
    "braces without end": said("{" * 60_000),
    "a figure without end": said('{"name":' + "9" * 30_000 + "}"),
    "a body of no JSON": Reply(b"<html>Welcome</html>"),
    "a body that nests without end": Reply(b"[" * 60_000),
    "a body that is no text": Reply(b"\xff\xfe\x00{"),
    "an empty body": Reply(),
    "no choices": Reply(b'{"choices": []}'),
    "choices of another type": Reply(b'{"choices": {"message": 1}}'),
    "a content of another type": Reply(b'{"choices": [{"message": {"content": 5}}]}'),
    "an error with status 200": Reply(b'{"error": {"message": "no such model"}}'),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_cannot_be_read_is_asked_for_more_simply_and_then_given_up(stub: Stub, kind: str) -> None:
    stub.behave = lambda _question: UNUSABLE[kind]
    model = model_at(stub)
    assert ask(model) is None
    assert manners(stub) == ["json_schema", "json_object", "text"]
    assert model.manner is Manner.SCHEMA


def test_one_unreadable_answer_does_not_make_a_manner_refused(stub: Stub) -> None:
    stub.behave = lambda question: said("Well," if asked_for(question) == "json_schema" else ANSWER)
    model = model_at(stub)
    assert (ask(model), ask(model)) == (ANSWER, ANSWER)
    assert manners(stub) == ["json_schema", "json_object"] * 2


def test_an_answer_as_large_as_allowed_is_read(stub: Stub) -> None:
    body = said(ANSWER).body
    stub.behave = lambda _question: Reply(body + b" " * (LARGEST_ANSWER - len(body)))
    assert ask(model_at(stub)) == ANSWER


def test_a_larger_answer_is_left_unread_however_it_ends(stub: Stub) -> None:
    """The server never ends it, so that only leaving early gets away."""
    stub.behave = lambda _question: Reply(said(ANSWER).body + b" " * LARGEST_ANSWER, then=stub.hold)
    began = time.monotonic()
    assert ask(model_at(stub), deadline=60.0) is None
    assert time.monotonic() - began < AT_ONCE
    assert len(stub.heard) == 1


def test_a_packed_answer_is_not_unpacked(stub: Stub) -> None:
    stub.behave = lambda _question: Reply(b"\x1f\x8b", headers={"content-encoding": "gzip"})
    assert ask(model_at(stub)) is None
    assert len(stub.heard) == 1
    assert stub.heard[0].headers["accept-encoding"] == "identity"


def _dripping(stub: Stub) -> Callable[[Callable[[bytes], object]], None]:
    """Send a byte again and again, so that no single wait is ever long."""

    def drip(send: Callable[[bytes], object]) -> None:
        while not stub.released.wait(0.02):
            send(b" ")

    return drip


def _held(stub: Stub, reply: Reply) -> Reply:
    stub.hold()
    return reply


SLOW: dict[str, Callable[[Stub], Reply]] = {
    "nothing comes": lambda stub: _held(stub, Reply()),
    "the body doesn't come": lambda stub: Reply(then=stub.hold),
    "half of the body comes": lambda stub: Reply(said(ANSWER).body[:20], then=stub.hold),
    "the body drips": lambda stub: Reply(said(ANSWER).body[:20], then=_dripping(stub)),
}


@pytest.mark.parametrize("kind", SLOW)
def test_the_deadline_is_of_the_whole_call(stub: Stub, kind: str) -> None:
    stub.behave = lambda _question: SLOW[kind](stub)
    began = time.monotonic()
    assert ask(model_at(stub), SOON) is None
    assert SOON <= time.monotonic() - began < AT_ONCE


def test_fallbacks_have_no_deadline_of_their_own(stub: Stub) -> None:
    def refuses_then_holds(question: Question) -> Reply:
        if asked_for(question) == "json_schema":
            return Reply(status=400)
        stub.hold()
        return said(ANSWER)

    stub.behave = refuses_then_holds
    began = time.monotonic()
    assert ask(model_at(stub), SOON) is None
    assert time.monotonic() - began < AT_ONCE
    assert manners(stub) == ["json_schema", "json_object"]


class _Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_model_that_is_late_again_and_again_rests(stub: Stub) -> None:
    stub.behave = lambda _question: Reply(then=stub.hold)
    clock = _Clock()
    model = model_at(stub, clock=clock)
    for _ in range(PATIENCE):
        assert ask(model, SOON) is None
    stub.says(ANSWER)
    assert ask(model) is None
    assert len(stub.heard) == PATIENCE
    clock.now += REST
    assert ask(model) == ANSWER


def test_an_answer_in_between_starts_the_count_anew(stub: Stub) -> None:
    model = model_at(stub)
    for _ in range(2):
        stub.behave = lambda _question: Reply(then=stub.hold)
        for _ in range(PATIENCE - 1):
            assert ask(model, SOON) is None
        stub.says(ANSWER)
        assert ask(model) == ANSWER


def test_only_so_many_wait_at_once(stub: Stub) -> None:
    def holds(_question: Question) -> Reply:
        stub.hold()
        return said(ANSWER)

    stub.behave = holds
    model = model_at(stub)
    answers: list[Any] = []
    waiting = [threading.Thread(target=lambda: answers.append(ask(model, 60.0))) for _ in range(MOST_AT_ONCE)]
    for thread in waiting:
        thread.start()
    for _ in waiting:
        assert stub.came.acquire(timeout=AT_ONCE)
    assert ask(model, 60.0) is None
    assert len(stub.heard) == MOST_AT_ONCE
    stub.released.set()
    for thread in waiting:
        thread.join()
    assert answers == [ANSWER] * MOST_AT_ONCE
    assert ask(model) == ANSWER


def test_a_server_that_is_down_gives_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    assert ask(Model(f"http://127.0.0.1:{port}", "small", SECRET)) is None


@pytest.mark.parametrize(
    "greeting", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"]
)
def test_a_server_that_hangs_up_gives_nothing(greeting: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(greeting)

        thread = threading.Thread(target=greet)
        thread.start()
        assert ask(Model(f"http://127.0.0.1:{server.getsockname()[1]}", "small", SECRET)) is None
        thread.join()


def test_a_server_that_cannot_prove_who_it_is_is_told_nothing(stub: Stub) -> None:
    assert ask(Model(stub.url.replace("http:", "https:"), "small", SECRET)) is None
    assert stub.heard == []


def test_what_the_environment_says_of_proxies_and_passwords_is_not_heard(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    passwords = tmp_path / "netrc"
    passwords.write_text("machine 127.0.0.1 login alice password hunter2")
    monkeypatch.setenv("NETRC", str(passwords))
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        stub.says(ANSWER)
        assert ask(Model(stub.url, "small", "")) == ANSWER
    assert "authorization" not in stub.heard[0].headers


def _hostile(stub: Stub) -> list[Callable[[Question], Reply]]:
    bad: list[Reply] = [*UNUSABLE.values(), Reply(status=400, body=SECRET.encode()), Reply(status=503)]
    bad += [Reply(b" " * (LARGEST_ANSWER + 1)), Reply(headers={"content-encoding": "gzip"}), Reply(then=stub.hold)]
    return [lambda _question, reply=reply: reply for reply in bad]  # type: ignore[misc]


def test_logs_say_what_failed_without_the_text_the_answer_or_the_key(stub: Stub) -> None:
    for behave in _hostile(stub):
        stub.behave = behave
        with capture_logs() as logs:
            assert ask(model_at(stub), SOON * 4) is None
        (line,) = logs
        assert line["log_level"] == "warning"
        assert line["model"] == "small"
        for secret in (SECRET, "Marit", "You read", "hunter2"):
            assert secret not in str(logs)


def test_a_key_that_cannot_be_sent_is_not_logged_either(stub: Stub) -> None:
    with capture_logs() as logs:
        assert Model(stub.url, "small", SECRET + "\n").ask("You read.", WORDS, SCHEMA) is None
    assert len(logs) == 1
    assert SECRET not in str(logs)


def test_neither_model_nor_settings_show_the_key(stub: Stub) -> None:
    settings = Settings(llm_url=stub.url, llm_model="small", llm_key=Secret(SECRET))
    model = model_of(settings)
    assert model is not None
    assert SECRET not in repr(model)
    assert SECRET not in repr(settings)
    assert SECRET not in f"{settings}"
    stub.says(ANSWER)
    assert ask(model) == ANSWER
    assert stub.heard[0].headers["authorization"] == f"Bearer {SECRET}"


def test_without_an_address_there_is_no_model() -> None:
    assert model_of(Settings()) is None
    assert model_of(Settings(llm_model="small", llm_key=Secret(SECRET))) is None


def test_starting_carnet_does_not_import_the_client() -> None:
    look = "import sys, carnet.app; print({'carnet.app', 'httpx', 'httpcore'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "{'carnet.app'}"
