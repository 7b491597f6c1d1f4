"""The tools of the specification's table (section 19): that they are these, and what each does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.things import NOTHING, first_state, made
from tests.mcp.asking import error, refused, result, used, with_scopes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person

CONTACT = "emails phones company position address website linkedinUrl additionalInfo meetingContext"
MORE = "companyId status pipelineState tags owner isLead doNotEmail"
COMPANY = "name website linkedinUrl industry size address description emails phones"
# The specification's table: name, arguments (* required).
TABLE = {
    "contact_list": "limit page",
    "contact_search": "query* limit",
    "contact_get": "id*",
    "contact_create": f"name* {CONTACT}",
    "contact_create_prepare": "text* overrides",
    "contact_create_confirm": "confirmationToken* overrides",
    "contact_update": f"id* name {CONTACT} {MORE}",
    "contact_extend": "id* text* field",
    "contact_update_pipeline_state": "id* stateId",
    "email_prepare": "contactId* message* sessionId currentEmail",
    "email_refine": "contactId* instruction* sessionId currentEmail",
    "email_send": "contactId* sessionId emailData",
    "task_list": "mine contactId includeCompleted limit page",
    "task_get": "id*",
    "task_create": "title* dueDate* contactId dealId companyId type description priority startDate assigneeId",
    "task_complete": "id*",
    "pipeline_states_list": "",
    "company_list": "limit page",
    "company_get": "id*",
    "company_update": f"id* {COMPANY}",
}
READS = {name for name in TABLE if name.endswith(("_list", "_search", "_get"))}
DUE = "2026-02-10T13:30:00+00:00"


@pytest.fixture
def tools(anyone: Person) -> dict[str, dict[str, Any]]:
    return {tool["name"]: tool for tool in result(anyone, "tools/list")["tools"]}


def test_they_are_those_of_the_table(tools: dict[str, dict[str, Any]]) -> None:
    told = {}
    for name, tool in tools.items():
        schema = tool["inputSchema"]
        assert (schema["type"], schema["additionalProperties"]) == ("object", False)
        told[name] = " ".join(each + "*" * (each in schema["required"]) for each in schema["properties"])
    assert told == TABLE
    assert list(told) == list(TABLE)


def test_every_argument_has_a_type_and_a_description(tools: dict[str, dict[str, Any]]) -> None:
    for tool in tools.values():
        assert tool["description"].endswith(".")
        for argument in tool["inputSchema"]["properties"].values():
            assert argument["type"]
            assert argument["description"].endswith(".")


def test_reads_say_that_they_only_read_and_writes_ask_the_user(tools: dict[str, dict[str, Any]]) -> None:
    for name, tool in tools.items():
        hints = tool["annotations"]
        assert hints["readOnlyHint"] is (name in READS)
        assert ("ask the user" in tool["description"].lower()) is (name not in READS), name
        if "create" in name:
            assert hints["destructiveHint"] is False
        assert hints["openWorldHint"] is (name == "email_send")
    assert {name for name, tool in tools.items() if tool["annotations"].get("destructiveHint")} == {
        "contact_update",
        "contact_update_pipeline_state",
        "company_update",
        "email_send",
    }


def item(person: Person, path: str) -> dict[str, Any]:
    """An item of /api, as a tool shows it."""
    told: dict[str, Any] = person.get(path).json()
    del told["@context"]
    return told


def test_a_contact_is_created_read_changed_and_extended(anyone: Person) -> None:
    fields = {
        "name": "Inès Aubry",
        "emails": ["ines@halden.example"],
        "phones": ["+33 6 00 00 00 01"],
        "company": "Halden Ateliers",
        "position": "Buyer",
        "address": "Lyon",
        "website": "halden.example",
        "linkedinUrl": "linkedin.example/ines",
        "additionalInfo": "Linen",
        "meetingContext": "Lyon fair",
    }
    contact = used(anyone, "contact_create", **fields)
    assert contact.items() >= fields.items()
    iri = contact["@id"]
    for spelled in (contact["id"], contact["id"].upper(), iri, f"https://carnet.example{iri}", f" {iri} "):
        assert used(anyone, "contact_get", id=spelled) == item(anyone, iri)
    assert contact["companyId"]
    changed = used(anyone, "contact_update", id=iri, position=None, phones=[], status="contacted", isLead=True)
    assert (changed["phones"], changed["status"], changed["isLead"]) == ([], "contacted", True)
    assert "position" not in changed
    assert changed["emails"] == fields["emails"]
    assert used(anyone, "contact_update", **{**changed, "name": "Inès A."})["name"] == "Inès A."
    extended = used(anyone, "contact_extend", id=iri, text="Allergic to deadlines")
    assert extended["additionalInfo"] == "Linen\nAllergic to deadlines"
    extended = used(anyone, "contact_extend", id=iri, text="Twice", field="meetingContext")
    assert extended == item(anyone, iri)


def test_contacts_are_listed_newest_first_and_found(anyone: Person) -> None:
    for name in ("Inès Aubry", "Tomasz Król", "Zoé Martin"):
        used(
            anyone, "contact_create", name=name, company="Kvist", emails=[f"{name[0]}@mail.example"], phones=["+48 600"]
        )
    page = used(anyone, "contact_list")
    assert ([each["name"] for each in page["items"]], page["total"]) == (["Zoé Martin", "Tomasz Król", "Inès Aubry"], 3)
    assert all("@context" not in each and each["@id"] for each in page["items"])
    page = used(anyone, "contact_list", limit=1, page=2)
    assert ([each["name"] for each in page["items"]], page["total"]) == (["Tomasz Król"], 3)
    assert used(anyone, "contact_list", limit=2, page=9) == {"items": [], "total": 3}
    assert used(anyone, "contact_list", limit=3.0, page=10**30)["items"] == []
    for query, total in (
        ("zoe", 1),
        ("krol kvist", 1),
        ("kvist", 3),
        ("t@mail", 1),
        ("600", 3),
        ("nobody", 0),
        ("%", 0),
    ):
        assert used(anyone, "contact_search", query=query)["total"] == total, query
    assert len(used(anyone, "contact_search", query="kvist", limit=2)["items"]) == 2


def test_lists_are_read_where_hydra_has_no_prefix(new_house: Callable[..., House]) -> None:
    house = new_house(hydra_prefix=False)
    made(house.alice, "contacts")
    assert used(house.alice, "contact_list")["total"] == 1


def test_a_contact_is_read_out_of_a_text_and_confirmed(anyone: Person) -> None:
    text = "Tomasz Król\nHead of Sales, Brenn Optics\n+48 600 000 003\ntomasz@brenn.example"
    prepared = used(anyone, "contact_create_prepare", text=text, overrides={"meetingContext": "Lyon fair"})
    assert prepared["contact"]["name"] == "Tomasz Król"
    assert {"summary", "confirmationToken", "duplicates", "expiresAt", "warnings"} <= prepared.keys()
    assert used(anyone, "contact_list")["total"] == 0
    token = prepared["confirmationToken"]
    contact = used(anyone, "contact_create_confirm", confirmationToken=token, overrides={"name": "Tomek Król"})
    assert (contact["name"], contact["meetingContext"]) == ("Tomek Król", "Lyon fair")
    assert "already used" in refused(anyone, "contact_create_confirm", confirmationToken=token)
    assert "overrides.emails[0]: " in refused(anyone, "contact_create_prepare", text="x", overrides={"emails": ["x"]})


def test_a_contact_moves_in_the_pipeline(anyone: Person) -> None:
    contact, state = made(anyone, "contacts"), first_state(anyone)
    for spelled in (state["id"], state["@id"]):
        moved = used(anyone, "contact_update_pipeline_state", id=contact["id"], stateId=spelled)
        assert moved["pipelineState"] == {"id": state["id"], "name": state["name"]}
        assert list(moved) == ["id", "name", "company", "status", "pipelineState"]
    for removed in ({}, {"stateId": None}):
        assert used(anyone, "contact_update_pipeline_state", id=contact["id"], **removed)["pipelineState"] is None
    told = refused(anyone, "contact_update_pipeline_state", id=contact["id"], stateId=NOTHING)
    assert told == "This was refused. stateId: This value does not exist."


def test_all_states_are_listed_in_order(anyone: Person) -> None:
    for number in range(120):
        made(anyone, "pipeline_states", name=f"state {number}")
    states = used(anyone, "pipeline_states_list")
    assert len(states["items"]) == states["total"] > 120
    assert len({each["id"] for each in states["items"]}) == states["total"]
    assert [each["position"] for each in states["items"]] == sorted(each["position"] for each in states["items"])


def test_an_email_is_drafted_shaped_and_sent(anyone: Person) -> None:
    contact = made(anyone, "contacts", emails=["ines@halden.example"])["@id"]
    draft = used(anyone, "email_prepare", contactId=contact, message="Thank her for the visit and offer samples")
    assert draft["email"]["to"] == ["ines@halden.example"]
    session = draft["sessionId"]
    again = used(anyone, "email_refine", contactId=contact, instruction="Shorter", sessionId=session)
    assert again["sessionId"] == session
    own = {"to": ["ines@halden.example"], "subject": "Mine", "body": "As I wrote it."}
    other = used(anyone, "email_refine", contactId=contact, instruction="Add a postscript", currentEmail=own)
    assert other["sessionId"] != session
    sent = used(anyone, "email_send", contactId=contact, sessionId=session, emailData={"subject": "Samples"})
    assert (sent["status"], sent["email"]["subject"]) == ("queued", "Samples")
    assert refused(anyone, "email_send", contactId=contact, sessionId=session)
    assert "sessionId: " in refused(anyone, "email_send", contactId=contact)
    told = refused(anyone, "email_send", contactId=contact, sessionId=NOTHING)
    assert told == "Not found: there is no such contact or e-mail session."


def test_tasks_are_created_listed_read_and_completed(anyone: Person) -> None:
    contact, company, deal = (made(anyone, each) for each in ("contacts", "companies", "deals"))
    task = used(
        anyone,
        "task_create",
        title="Send the samples",
        dueDate="2026-02-10T14:30:00+01:00",
        contactId=contact["id"],
        type="follow_up",
        priority="high",
        description="Linen",
        startDate="2026-02-09",
        assigneeId=anyone.user.id,
    )
    assert (task["contact"], task["dueDate"], task["assignee"]) == (contact["@id"], DUE, f"/api/users/{anyone.user.id}")
    assert used(anyone, "task_get", id=task["@id"]) == task == item(anyone, task["@id"])
    used(anyone, "task_create", title="Earlier", dueDate="2026-02-01", companyId=company["@id"])
    used(anyone, "task_create", title="Later", dueDate="2026-03-01", dealId=deal["@id"], description=None)
    assert titles(anyone) == ["Earlier", "Send the samples", "Later"]
    assert titles(anyone, limit=1, page=3) == ["Later"]
    assert titles(anyone, contactId=contact["id"]) == ["Send the samples"]
    done = used(anyone, "task_complete", id=task["id"])
    assert (done["completed"], done["status"]) == (True, "completed")
    assert used(anyone, "task_complete", id=task["id"]) == done
    assert titles(anyone) == ["Earlier", "Later"]
    assert titles(anyone, includeCompleted=True) == ["Earlier", "Send the samples", "Later"]


def titles(person: Person, **arguments: Any) -> list[str]:
    """The titles of the tasks that task_list gives."""
    return [task["title"] for task in used(person, "task_list", **arguments)["items"]]


def test_only_what_is_pending_is_listed_and_mine_is_mine_or_nobodys(anyone: Person) -> None:
    bob = anyone.house.bob
    for number, status in enumerate(("open", "in_progress", "completed", "cancelled", "no_show")):
        for whose, assignee in (("mine", anyone.user.id), ("Bob's", bob.user.id), ("free", None)):
            made(
                anyone,
                "contact_tasks",
                title=f"{whose} {status}",
                status=status,
                assignee=assignee,
                dueDate=f"2026-02-0{number + 1}T0{len(whose)}:00:00Z",
            )
    assert titles(anyone) == [f"{whose} {s}" for s in ("open", "in_progress") for whose in ("mine", "free", "Bob's")]
    own = [f"{whose} {s}" for s in ("open", "in_progress") for whose in ("mine", "free")]
    assert titles(anyone, mine=True) == own
    assert titles(anyone, mine=True, includeCompleted=True) == [*own, "mine completed", "free completed"]
    assert used(anyone, "task_list", mine=True, limit=1)["total"] == 4
    assert titles(bob, mine=True)[0] == "free open"
    assert titles(anyone, mine=None, includeCompleted=False, contactId=None) == titles(anyone)


def test_companies_are_listed_read_and_changed(anyone: Person) -> None:
    company = made(anyone, "companies", name="Halden Ateliers", size="12", industry="Weaving")
    made(anyone, "companies", name="Kvist")
    assert [each["name"] for each in used(anyone, "company_list")["items"]] == ["Kvist", "Halden Ateliers"]
    assert used(anyone, "company_list", limit=1, page=2)["items"][0]["id"] == company["id"]
    assert used(anyone, "company_get", id=company["@id"]) == item(anyone, company["@id"])
    changed = used(anyone, "company_update", id=company["id"], name="Halden", size=None, emails=["x@halden.example"])
    assert (changed["name"], changed["industry"], changed["emails"]) == ("Halden", "Weaving", ["x@halden.example"])
    assert "size" not in changed
    assert used(anyone, "company_update", **{**changed, "phones": ["+45"]})["phones"] == ["+45"]


IDS = {
    "contact_get": "id",
    "contact_update": "id",
    "contact_extend": "id",
    "contact_update_pipeline_state": "id",
    "email_prepare": "contactId",
    "email_refine": "contactId",
    "email_send": "contactId",
    "task_get": "id",
    "task_complete": "id",
    "company_get": "id",
    "company_update": "id",
}
NEEDED: dict[str, dict[str, Any]] = {
    "contact_extend": {"text": "x"},
    "email_prepare": {"message": "x"},
    "email_refine": {"instruction": "x", "currentEmail": {"subject": "x", "body": "x"}},
    "email_send": {"emailData": {"to": ["a@b.example"], "subject": "x", "body": "x"}},
}


@pytest.mark.parametrize("tool", IDS)
def test_an_id_of_nothing_is_refused_in_words(any_house: House, tool: str) -> None:
    alice, mallory = any_house.alice, any_house.mallory
    name, needed = IDS[tool], NEEDED.get(tool, {})
    collection = {"task": "contact_tasks", "comp": "companies"}.get(tool[:4], "contacts")
    theirs, wrong = made(mallory, collection), made(alice, "deals")
    for absent in (NOTHING, theirs["id"], theirs["@id"]):
        told = refused(alice, tool, None, **{name: absent}, **needed)
        assert told.startswith("Not found: there is no such ")
    for odd in ("nonsense", wrong["@id"], f"../deals/{wrong['id']}", f"{theirs['id']}/extend", "é\0", "x" * 9_000):
        assert refused(alice, tool, None, **{name: odd}, **needed).startswith(f"This was refused. {name}: ")
    for blank in ({}, {name: None}, {name: " "}):
        told = refused(alice, tool, None, **blank, **needed)
        assert told == f"This was refused. {name}: This value should not be blank."
    other_types: list[Any] = [5, True, [], {}, 1.5]
    for other in other_types:
        told = refused(alice, tool, None, **{name: other}, **needed)
        assert told == f"This was refused. {name}: This value should be of type string."
    assert item(mallory, theirs["@id"]) == {each: theirs[each] for each in theirs if each != "@context"}


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("contact_list", {"limit": 0}, "limit: This value should be between 1 and 100."),
        ("contact_list", {"limit": 101}, "limit: This value should be between 1 and 100."),
        ("contact_list", {"limit": "10"}, "limit: This value should be of type integer."),
        ("contact_list", {"limit": True}, "limit: This value should be of type integer."),
        ("contact_list", {"page": 0}, "page: This value should be 1 or more."),
        ("contact_list", {"page": 1.5}, "page: This value should be of type integer."),
        ("contact_list", {"itemsPerPage": 5}, "itemsPerPage: There is no such argument."),
        ("contact_search", {}, "query: This value should not be blank."),
        ("contact_search", {"query": " "}, "query: This value should not be blank."),
        ("contact_search", {"query": "a\0"}, "query: This value is not valid."),
        ("contact_create", {}, "name: This value should not be blank."),
        (
            "contact_create",
            {"name": " ", "emails": ["a@b.example", "x"]},
            "name: This value should not be blank. emails[1]: This value is not a valid email address.",
        ),
        ("task_create", {"title": "x", "dueDate": DUE}, "contactId: This value should not be null."),
        ("task_list", {"mine": "yes"}, "mine: This value should be of type boolean."),
        ("task_list", {"mine": 1, "limit": -1}, "mine: This value should be of type boolean. limit: This value should"),
    ],
)
def test_input_is_refused_in_a_sentence_with_every_violation(
    anyone: Person, tool: str, arguments: dict[str, Any], told: str
) -> None:
    assert refused(anyone, tool, None, **arguments).startswith(f"This was refused. {told}")


def test_what_api_refuses_otherwise_is_told_in_its_words(anyone: Person) -> None:
    told = refused(anyone, "contact_create", name=5)
    assert told == 'The type of the "name" attribute must be "string", "integer" given.'
    told = refused(anyone, "task_create", title="x", dueDate=DUE, contactId=5)
    assert told == 'The type of the "contactId" attribute must be "string", "integer" given.'
    told = refused(anyone, "task_create", title="x", dueDate=DUE, contactId=NOTHING)
    assert told == f'Item not found for "/api/contacts/{NOTHING}".'
    assert used(anyone, "contact_list")["total"] == used(anyone, "task_list")["total"] == 0


def test_scopes_are_honoured(anyone: Person) -> None:
    contact = made(anyone, "contacts")["id"]
    reading = with_scopes(anyone, "contacts:read")
    assert used(anyone, "contact_get", reading, id=contact)["id"] == contact
    told = refused(anyone, "contact_create", reading, name="x")
    assert told == "Access denied: this token's scopes, or its user's role, don't allow contact_create."
    for tool in ("task_list", "company_list", "pipeline_states_list"):
        assert refused(anyone, tool, reading).startswith("Access denied")
    assert refused(anyone, "email_prepare", reading, contactId=contact, message="x").startswith("Access denied")
    assert used(anyone, "contact_list")["total"] == 1
    rita = anyone.house.rita
    assert used(rita, "contact_list")["total"] == 1
    assert refused(rita, "contact_update", id=contact, name="x").startswith("Access denied")


def test_what_anything_is_answered_is_never_our_fault(anyone: Person) -> None:
    deep: Any = 1
    for _ in range(90):
        deep = [deep]
    odd = [None, 0, -1, 1.5, 10**40, True, "", "\0", "é" * 70_000, [], [[]], {}, {"@id": 5}, deep, {"to": 5}, ["\0"]]
    contact = made(anyone, "contacts", emails=["a@b.example"])["id"]
    task, company = made(anyone, "contact_tasks")["id"], made(anyone, "companies")["id"]
    for tool, arguments in TABLE.items():
        for name in arguments.replace("*", "").split():
            for value in odd:
                given = {"id": {"ta": task, "com": company}.get(tool[:3].rstrip("s"), contact), "contactId": contact}
                given = {key: value for key, value in given.items() if key in arguments}
                told = result(anyone, "tools/call", {"name": tool, "arguments": {**given, name: value}})
                assert "Please try again later" not in told["content"][0]["text"], (tool, name, value)


def test_a_deep_payload_is_shown(anyone: Person) -> None:
    deep: Any = {}
    for _ in range(95):
        deep = {"in": deep}
    task = made(anyone, "contact_tasks", payload=deep)
    assert used(anyone, "task_get", id=task["id"])["payload"] == deep
    assert used(anyone, "task_list")["items"][0]["payload"] == deep


def test_many_call_at_once(house: House) -> None:
    """On both databases."""

    def call(number: int) -> Any:
        params = {"name": "contact_create", "arguments": {"name": f"contact {number}"}}
        return house.alice, "POST", "/mcp", {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}

    answers = [answer.json() for answer in house.together(*map(call, range(20)))]
    assert [answer["id"] for answer in answers] == list(range(20))
    names = {answer["result"]["structuredContent"]["name"] for answer in answers}
    assert len(names) == used(house.alice, "contact_list")["total"] == 20


def broken(status: int) -> Any:
    """An /api that answers nothing but this, or raises."""

    async def api(scope: Any, receive: Any, send: Any) -> None:
        del scope, receive
        if not status:
            raise ZeroDivisionError
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b'{"detail":"Internal Server Error"}'})

    return api


def test_what_is_our_fault_is_said_without_its_inside(anyone: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for status in (500, 503, 507):
        monkeypatch.setattr(anyone.house.app._rooms["mcp"], "_api", broken(status))
        assert refused(anyone, "contact_list") == "Carnet could not do this now. Please try again later."
    monkeypatch.setattr(anyone.house.app._rooms["mcp"], "_api", broken(0))
    assert error(anyone, "tools/call", {"name": "contact_list"}) == (-32603, "Internal error")
