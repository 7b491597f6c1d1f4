"""Finding what answers a path."""

from __future__ import annotations

import random
import re

import pytest

from carnet.http.routing import Paths

TEMPLATES = [
    "/",
    "/contacts",
    "/contacts/",
    "/contacts/{id}",
    "/contacts/{id}/tasks",
    "/contacts/{id}/tasks/{task_id}",
    "/contacts/search",
    "/contacts/search/tasks",
    "/{anything}",
    "/a/{b}/c",
    "/a/b/{c}",
    "/a/{b}/{c}/d",
    "/activitytypecategories",
    "/activitytypes",
]


@pytest.fixture
def paths() -> Paths[str]:
    """Each template leads to itself."""
    made: Paths[str] = Paths()
    for template in TEMPLATES:
        made.add(template, template)
    return made


@pytest.mark.parametrize(
    ("path", "template", "params"),
    [
        ("/", "/", {}),
        ("/contacts", "/contacts", {}),
        ("/contacts/", "/contacts/", {}),
        ("/contacts/7", "/contacts/{id}", {"id": "7"}),
        ("/contacts/search", "/contacts/search", {}),
        ("/contacts/Search", "/contacts/{id}", {"id": "Search"}),
        ("/contacts/searches", "/contacts/{id}", {"id": "searches"}),
        ("/contacts/search/tasks", "/contacts/search/tasks", {}),
        ("/contacts/7/tasks", "/contacts/{id}/tasks", {"id": "7"}),
        ("/contacts/{id}/tasks", "/contacts/{id}/tasks", {"id": "{id}"}),
        ("/contacts/7/tasks/9", "/contacts/{id}/tasks/{task_id}", {"id": "7", "task_id": "9"}),
        ("/a", "/{anything}", {"anything": "a"}),
        ("/other", "/{anything}", {"anything": "other"}),
        ("/été %2F\n", "/{anything}", {"anything": "été %2F\n"}),
        ("/activitytypes", "/activitytypes", {}),
    ],
)
def test_a_path_leads_to_its_template(paths: Paths[str], path: str, template: str, params: dict[str, str]) -> None:
    assert paths.find(path) == (template, params)


@pytest.mark.parametrize(
    "path",
    [
        *("", "contacts", "//", "//contacts", "/contacts//", "/contacts//tasks", "/contacts/7/", "/contacts/7/notes"),
        *(
            "/contacts/7/tasks/",
            "/contacts/7/tasks/9/",
            "/contacts/7/tasks/9/x",
            "/other/",
            "/a/",
            "/a/b",
            "/a/x/y",
        ),
    ],
)
def test_a_path_that_nobody_named_leads_nowhere(paths: Paths[str], path: str) -> None:
    assert paths.find(path) is None


def test_a_segment_that_is_spelled_out_beats_a_name_unless_it_leads_nowhere(paths: Paths[str]) -> None:
    assert paths.find("/a/b/c") == ("/a/b/{c}", {"c": "c"})
    assert paths.find("/a/x/c") == ("/a/{b}/c", {"b": "x"})
    assert paths.find("/a/b/c/d") == ("/a/{b}/{c}/d", {"b": "b", "c": "c"})
    assert paths.find("/contacts/search/tasks/9") == (
        "/contacts/{id}/tasks/{task_id}",
        {"id": "search", "task_id": "9"},
    )


def test_a_place_has_one_name() -> None:
    made: Paths[int] = Paths()
    made.add("/contacts/{id}", 1)
    with pytest.raises(ValueError, match="named id already"):
        made.add("/contacts/{contact_id}/tasks", 2)
    made.add("/contacts/{id}/tasks", 3)
    made.add("/tasks/{task_id}", 4)
    assert made.find("/contacts/7/tasks") == (3, {"id": "7"})
    assert made.find("/tasks/7") == (4, {"task_id": "7"})


def test_what_was_added_last_answers() -> None:
    made: Paths[int] = Paths()
    made.add("/x", 1)
    made.add("/x", 2)
    assert made.find("/x") == (2, {})


def test_nothing_leads_anywhere_before_it_was_added() -> None:
    made: Paths[int] = Paths()
    assert made.find("/") is None
    made.add("/a/b/c", 1)
    assert [made.find(path) for path in ("/", "/a", "/a/b", "/a/b/c/", "/a/b/d")] == [None] * 5


def test_finding_one_leaves_no_trace_for_the_next(paths: Paths[str]) -> None:
    found = paths.find("/contacts/7")
    assert found is not None
    found[1]["id"] = "8"
    assert paths.find("/contacts/7") == ("/contacts/{id}", {"id": "7"})
    assert paths.find("/contacts/9/tasks") == ("/contacts/{id}/tasks", {"id": "9"})


def test_a_very_long_path_is_walked_no_deeper_than_its_templates(paths: Paths[str]) -> None:
    assert paths.find("/contacts" * 100_000) is None
    assert paths.find("/" + "a" * 1_000_000) == ("/{anything}", {"anything": "a" * 1_000_000})


def test_any_random_path_leads_where_trying_every_template_does() -> None:
    chance = random.Random(20260203)
    words = ["a", "b", "{x}", "{x}", "{x}"]
    for _ in range(60):
        made: Paths[str] = Paths()
        known = {"/".join(["", *(chance.choice(words) for _ in range(chance.randint(1, 4)))]) for _ in range(8)}
        for template in known:
            made.add(template, template)
        for _ in range(60):
            path = "/".join(["", *(chance.choice(["a", "b", "c", ""]) for _ in range(chance.randint(1, 4)))])
            found = made.find(path)
            assert (found[0] if found else None) == _tried(known, path), (known, path)


def _tried(known: set[str], path: str) -> str | None:
    """The template that fits a path; of several the one that spells out what comes first."""
    fitting = [each for each in known if re.fullmatch(each.replace("{x}", "[^/]+"), path)]
    return min(fitting, key=lambda each: [segment == "{x}" for segment in each.split("/")], default=None)
