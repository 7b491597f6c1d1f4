"""What an assistant can do with tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from carnet.core.tasks import Priority, Status, Type
from carnet.mcp.api import LARGEST_PAGE
from carnet.mcp.arguments import Argument, Flag, Id, pages, paging
from carnet.mcp.tools import Given, Tool

if TYPE_CHECKING:
    from carnet.mcp.api import Api

_TASKS = "/contact_tasks"
_PENDING = [("status[]", str(Status.OPEN)), ("status[]", str(Status.IN_PROGRESS))]
_MINE = ("mine", "true")
_ID = Id("id", "/api/contact_tasks", "The task", required=True)


def today(api: Api) -> str:
    """The day that it is where the workspace is."""
    return api.now.astimezone(ZoneInfo(api.actor.time_zone)).date().isoformat()


async def of_today(api: Api) -> dict[str, Any]:
    """The pending tasks that are the caller's, or nobody's, and due today or before, by due date.

    Raises RefusedError.
    """
    query = [*_PENDING, _MINE, ("dueDay[before]", today(api)), ("itemsPerPage", str(LARGEST_PAGE))]
    return {"date": today(api), **await api.list(_TASKS, query)}


async def _list(api: Api, given: Given) -> dict[str, Any]:
    query = [*_PENDING, *paging(given.own)]
    if given["includeCompleted"]:
        query.append(("status[]", str(Status.COMPLETED)))
    if given["mine"]:
        query.append(_MINE)
    if given["contactId"] is not None:
        query.append(("contact", given["contactId"]))
    return await api.list(_TASKS, query)


async def _get(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("GET", f"{_TASKS}/{given['id']}")


async def _create(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("POST", _TASKS, body=given.body)


async def _complete(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("PATCH", f"{_TASKS}/{given['id']}", body={"completed": True})


TOOLS = (
    Tool(
        name="task_list",
        title="List tasks",
        about="Lists the tasks that are still to do (open or in progress), by due date, with the total of all of them.",
        arguments=(
            Flag("mine", "Only those that are assigned to the token's user, or to nobody."),
            Id("contactId", "/api/contacts", "Only the tasks of this contact"),
            Flag("includeCompleted", "Also those that were completed."),
            *pages(),
        ),
        work=_list,
        noun="page",
    ),
    Tool(
        name="task_get",
        title="Read a task",
        about="Reads one task.",
        arguments=(_ID,),
        work=_get,
        noun="task",
    ),
    Tool(
        name="task_create",
        title="Create a task",
        about="Creates a task for a contact, a deal or a company: name at least one of them. Ask the user first, and "
        "tell them the title and the due date.",
        arguments=(
            Argument("title", "What there is to do.", required=True),
            Argument(
                "dueDate",
                "By when, in RFC 3339 with an offset, such as 2026-02-10T14:30:00+01:00; without one it is UTC, and a "
                "bare date is midnight UTC.",
                required=True,
            ),
            Argument("contactId", "The contact: its uuid or IRI.", wire="contact"),
            Argument("dealId", "The deal: its uuid or IRI.", wire="deal"),
            Argument("companyId", "The company: its uuid or IRI.", wire="company"),
            Argument("type", "What kind of task.", enum=[str(each) for each in Type], default=str(Type.OTHER)),
            Argument("description", "More about it."),
            Argument(
                "priority", "How much it matters.", enum=[str(each) for each in Priority], default=str(Priority.NONE)
            ),
            Argument("startDate", "When it begins, written like dueDate and not after it."),
            Argument("assigneeId", "The user who does it: uuid or IRI; without one, nobody.", wire="assignee"),
        ),
        work=_create,
        noun="task",
        writes=True,
    ),
    Tool(
        name="task_complete",
        title="Complete a task",
        about="Marks a task as completed; one that is already stays as it is. Ask the user first.",
        arguments=(_ID,),
        work=_complete,
        noun="task",
        writes=True,
        repeats_well=True,
    ),
)
