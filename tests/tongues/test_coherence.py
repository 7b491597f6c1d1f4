"""One task, three tongues: whatever is done to it in any of them, all three tell the same of it as a model does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import text

from carnet.store.statements import statement
from tests.chance import times

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from sqlalchemy.sql.elements import TextClause

    from tests.conftest import House

ZONE = ZoneInfo("Europe/Paris")
STATUSES = ["open", "in_progress", "completed", "cancelled", "no_show"]
PRIORITIES = ["none", "low", "medium", "high", "urgent"]
TONGUES = ("hydra", "monica", "ysuite")

words = st.text("abcÉßøжλ漢🙂0159%_\\'\"<&>{}", min_size=1, max_size=12)
moments = st.datetimes(datetime(2026, 3, 27), datetime(2026, 4, 2)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001 - with a change of clocks between them
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
tongues = st.sampled_from(TONGUES)
statuses = st.sampled_from(STATUSES)
priorities = st.sampled_from(PRIORITIES)


@dataclass(frozen=True)
class Expected:
    """What a task should be. `completed_at` is None also where it was completed at a moment that only Carnet knows."""

    id: str
    number: int
    title: str
    description: str | None = None
    status: str = "open"
    priority: str = "none"
    starts_at: datetime | None = None
    due_at: datetime | None = None
    all_day: bool = False
    completed_at: datetime | None = None
    contact: int | None = None
    company: int | None = None

    @property
    def shown_start(self) -> datetime | None:
        return self.starts_at or self.due_at

    @property
    def shown_end(self) -> datetime | None:
        return self.due_at if self.due_at != self.shown_start else None

    @property
    def is_sound(self) -> bool:
        if self.starts_at is None or self.due_at is None:
            return True
        if self.all_day:
            return self.starts_at.date() <= self.due_at.date()
        return self.starts_at <= self.due_at

    def put_to(self, status: str, at: datetime | None = None) -> Expected:
        """With another status, and what follows for the moment of completion."""
        if status != "completed":
            return replace(self, status=status, completed_at=None)
        if self.status == "completed":
            return replace(self, completed_at=at or self.completed_at)
        return replace(self, status=status, completed_at=at)


def utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


def local(at: datetime) -> datetime:
    """A zoneless time of the workspace's zone; none of the generated ones falls into the gap of a clock change."""
    return at.replace(tzinfo=ZONE).astimezone(UTC)


def exists(at: datetime) -> bool:
    return local(at).astimezone(ZONE).replace(tzinfo=None) == at


locals_ = moments.filter(exists)


@statement()
def _move_clock() -> TextClause:
    return text("UPDATE workspaces SET time_zone = 'Europe/Paris'")


class Tongues(RuleBasedStateMachine):
    """Random work on a few tasks in all three tongues."""

    house: House
    tasks: Bundle[Expected] = Bundle("tasks")

    def __init__(self, house: House) -> None:
        super().__init__()
        self.house = house
        self.model: dict[str, Expected] = {}
        self.contacts: dict[int, str] = {}
        self.companies: dict[int, str] = {}

    # ---- how each tongue is spoken to ----

    def hydra(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.house.alice.request(method, f"/api{path}", **({"json": body} if body is not None else {}))

    def monica(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.house.alice.request(method, f"/monica/api{path}", **({"json": body} if body is not None else {}))

    def ysuite(self, method: str, path: str, body: Any = None) -> httpx.Response:
        token = self.house.alice.token
        keys = {"x-ysuite-access-key": token.access_key, "x-ysuite-secret-key": token.secret_key}
        return self.house.request(method, f"/v1{path}", headers=keys, **({"json": body} if body is not None else {}))

    # ---- who is there ----

    @initialize(name=words)
    def know_somebody(self, name: str) -> None:
        found = [
            self._hydra_contact(self.hydra("POST", "/contacts", {"name": name})),
            self.monica("POST", "/contacts", {"first_name": name, **_UNKNOWN_DATES}).json()["data"]["id"],
            self.ysuite("POST", "/contacts", {"cstname": name, "contact_type": 1}).json()["data"]["cstid"],
        ]
        for number in found:
            self.contacts[number] = self.monica("GET", f"/contacts/{number}").json()["data"]["uuid"]
        number = self.ysuite("POST", "/contacts", {"cstname": name, "contact_type": 2}).json()["data"]["cstid"]
        companies = self.hydra("GET", "/companies").json()["hydra:member"]
        self.companies[number] = companies[0]["id"]

    def _hydra_contact(self, answer: httpx.Response) -> int:
        assert answer.status_code == 201, answer.text
        for row in self.monica("GET", "/contacts?limit=100&sort=-created_at").json()["data"]:
            if row["uuid"] == answer.json()["id"]:
                return int(row["id"])
        raise AssertionError(answer.json()["id"])

    # ---- tasks are born ----

    @rule(target=tasks, title=words, due=moments, description=st.none() | words, status=statuses, priority=priorities,
          early=st.none() | st.integers(0, 5000), all_day=st.booleans(), who=st.integers(0, 2))  # fmt: skip
    def create_in_hydra(
        self, title: str, due: datetime, description: str | None, status: str, priority: str,
        early: int | None, all_day: bool, who: int,
    ) -> str:  # fmt: skip
        number, contact_id = self._somebody(who)
        starts_at = utc(due) - timedelta(minutes=early) if early is not None else None
        body = {
            "contact": f"/api/contacts/{contact_id}",
            "title": title,
            "dueDate": utc(due).isoformat(),
            "status": status,
            "priority": priority,
            "allDay": all_day,
        }
        body |= {"description": description} if description is not None else {}
        body |= {"startDate": starts_at.isoformat()} if starts_at is not None else {}
        answer = self.hydra("POST", "/contact_tasks", body)
        due_at = utc(due).replace(hour=0, minute=0) if all_day else utc(due)
        expected = Expected("", 0, title, description, status, priority, starts_at, due_at, all_day, contact=number)
        assert answer.status_code == 201, answer.text
        return self._born(expected, answer.json()["id"])

    @rule(target=tasks, title=words, description=st.none() | words, completed=st.booleans(), day=st.none() | days,
          who=st.none() | st.integers(0, 2))  # fmt: skip
    def create_in_monica(
        self,
        title: str,
        description: str | None,
        completed: bool,
        day: date | None,
        who: int | None,
    ) -> str:
        number = self._somebody(who)[0] if who is not None else None
        body: dict[str, Any] = {"title": title, "completed": completed, "contact_id": number}
        body |= {"description": description} if description is not None else {}
        body |= {"completed_at": str(day)} if day is not None else {}
        answer = self.monica("POST", "/task/", body)
        assert answer.status_code == 200, answer.text
        expected = Expected("", 0, title, description, contact=number)
        return self._born(
            expected.put_to("completed", _midnight(day)) if completed else expected, answer.json()["data"]["uuid"]
        )

    @rule(target=tasks, title=words, start=locals_, length=st.none() | st.integers(0, 5000),
          description=st.none() | words, status=st.none() | st.integers(0, 4),
          priority=st.none() | st.integers(0, 4), who=st.integers(0, 3))  # fmt: skip
    def create_in_ysuite(
        self, title: str, start: datetime, length: int | None, description: str | None,
        status: int | None, priority: int | None, who: int,
    ) -> str:  # fmt: skip
        number = self._somebody(who)[0] if who < len(self.contacts) else next(iter(self.companies))
        end = start + timedelta(minutes=length) if length is not None else None
        if end is not None and not exists(end):
            end = None
        body: dict[str, Any] = {"title": title, "cstid": number, "start_datetime": start.isoformat()}
        body |= {"end_datetime": end.isoformat()} if end is not None else {}
        body |= {"description": description} if description is not None else {}
        body |= {"status": status} if status is not None else {}
        body |= {"priority": priority} if priority is not None else {}
        answer = self.ysuite("POST", "/tasks", body)
        if end is not None and local(end) < local(start):
            assert answer.status_code == 422, answer.text
            return ""
        assert answer.status_code == 200, answer.text
        expected = Expected(
            "",
            0,
            title,
            description,
            STATUSES[status or 0],
            PRIORITIES[2 if priority is None else priority],
            local(start),
            local(end or start),
        )
        link = {"company": number} if number in self.companies else {"contact": number}
        return self._born(replace(expected, **link), number=answer.json()["data"]["activity_id"])

    # ---- tasks change ----

    @rule(task_id=tasks, said=st.fixed_dictionaries({}, optional={
        "title": words, "description": st.none() | words, "priority": priorities, "dueDate": moments,
        "startDate": st.none() | moments, "allDay": st.booleans()}),
        how=st.none() | st.booleans() | statuses)  # fmt: skip
    def change_in_hydra(self, task_id: str, said: dict[str, Any], how: bool | str | None) -> None:
        task = self.model.get(task_id)
        body = {name: f"{value.isoformat()}Z" if isinstance(value, datetime) else value for name, value in said.items()}
        body |= {"status": how} if isinstance(how, str) else {"completed": how} if how is not None else {}
        answer = self.hydra("PATCH", f"/contact_tasks/{task_id}", body)
        if task is None:
            assert answer.status_code == 404
            return
        after = replace(task, **{name: said[name] for name in ("title", "description", "priority") if name in said})
        if "startDate" in said:
            after = replace(after, starts_at=utc(said["startDate"]) if said["startDate"] is not None else None)
        if "dueDate" in said:
            after = replace(after, due_at=utc(said["dueDate"]))
        after = _day_or_moment(after, said)
        if isinstance(how, str):
            after = after.put_to(how)
        elif how is not None and how != (task.status == "completed"):
            after = after.put_to("completed" if how else "open")
        timed = said.keys() & {"startDate", "dueDate", "allDay"}
        self._expect(answer, after, 200 if after.is_sound or not timed else 422)

    @rule(task_id=tasks, title=words, completed=st.booleans(), day=st.none() | days, who=st.none() | st.integers(0, 2),
          description=st.just(...) | st.none() | words)  # fmt: skip
    def change_in_monica(
        self,
        task_id: str,
        title: str,
        completed: bool,
        day: date | None,
        who: int | None,
        description: Any,
    ) -> None:
        task = self.model.get(task_id)
        number = self._somebody(who)[0] if who is not None else None
        body: dict[str, Any] = {"title": title, "completed": int(completed)}
        body |= {"completed_at": str(day)} if day is not None else {}
        body |= {"contact_id": number} if number is not None else {}
        body |= {"description": description} if description is not ... else {}
        if task is None:
            return
        answer = self.monica("PUT", f"/tasks/{task.number}/", body)
        if number is not None and task.contact not in (None, number):
            self._expect(answer, task, 404)
            return
        after = replace(task, title=title, contact=number or task.contact)
        if description is not ...:
            after = replace(after, description=description)
        if completed:
            after = after.put_to("completed", _midnight(day))
        elif task.status == "completed":
            after = after.put_to("open")
        self._expect(answer, after, 200)

    @rule(task_id=tasks, said=st.fixed_dictionaries({}, optional={
        "title": words, "description": st.none() | words, "priority": st.integers(0, 4), "status": st.integers(0, 4),
        "start_datetime": locals_, "end_datetime": locals_}))  # fmt: skip
    def change_in_ysuite(self, task_id: str, said: dict[str, Any]) -> None:
        task = self.model.get(task_id)
        if task is None:
            return
        if task.all_day and len(said.keys() & {"start_datetime", "end_datetime"}) == 1:
            said = {name: value for name, value in said.items() if not name.endswith("datetime")}
        body = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}
        answer = self.ysuite("PUT", f"/tasks/{task.number}", body)
        after = replace(task, **{name: said[name] for name in ("title", "description") if name in said})
        if "priority" in said:
            after = replace(after, priority=PRIORITIES[said["priority"]])
        if "status" in said:
            after = after.put_to(STATUSES[said["status"]])
        start, end = said.get("start_datetime"), said.get("end_datetime")
        if start or end:
            starts_at = local(start) if start else task.shown_start
            due_at = local(end) if end else task.shown_end or starts_at
            after = replace(after, starts_at=starts_at, due_at=due_at, all_day=False)
        self._expect(answer, after, 200 if after.is_sound or not (start or end) else 422)

    # ---- and go ----

    @rule(task_id=consumes(tasks), tongue=tongues)
    def delete(self, task_id: str, tongue: str) -> None:
        task = self.model.pop(task_id, None)
        if task is None:
            return
        path = f"/contact_tasks/{task_id}" if tongue == "hydra" else f"/tasks/{task.number}"
        answer = getattr(self, tongue)("DELETE", path)
        assert answer.status_code == {"hydra": 204, "monica": 200, "ysuite": 200}[tongue], answer.text
        self._require_gone(task)

    @rule(who=st.integers(0, 3), tongue=tongues)
    def delete_somebody(self, who: int, tongue: str) -> None:
        if len(self.contacts) <= 1 or who >= len(self.contacts):
            return
        number, contact_id = self._somebody(who)
        path = f"/contacts/{contact_id}" if tongue == "hydra" else f"/contacts/{number}"
        answer = getattr(self, tongue)("DELETE", path)
        assert answer.status_code == {"hydra": 204, "monica": 200, "ysuite": 200}[tongue], answer.text
        del self.contacts[number]
        for task in [task for task in self.model.values() if task.contact == number]:
            if task.company is None:
                del self.model[task.id]
                self._require_gone(task)
            else:
                self.model[task.id] = replace(task, contact=None)

    # ---- what all three must say, always ----

    @invariant()
    def all_three_tell_the_same(self) -> None:
        for task in self.model.values():
            self._compare_hydra(task)
            self._compare_monica(task)
            self._compare_ysuite(task)

    @invariant()
    def all_three_count_the_same(self) -> None:
        if not self.contacts:
            return
        numbers = {task.number for task in self.model.values()}
        hydra = self.hydra("GET", "/contact_tasks?itemsPerPage=0").json()["hydra:totalItems"]
        monica = self.monica("GET", "/tasks?limit=100&sort=-created_at").json()
        ysuite = self.ysuite("GET", "/tasks?pageSize=100").json()["data"]
        assert hydra == monica["meta"]["total"] == ysuite["total_records"]
        assert numbers <= {row["id"] for row in monica["data"]}
        assert [row["id"] for row in monica["data"]] == [row["activity_id"] for row in ysuite["data"]]

    def teardown(self) -> None:
        for contact_id in self.contacts.values():
            self.hydra("DELETE", f"/contacts/{contact_id}")
        for company_id in self.companies.values():
            self.hydra("DELETE", f"/companies/{company_id}")
        for task in self.model.values():
            self.hydra("DELETE", f"/contact_tasks/{task.id}")

    # ---- helpers ----

    def _somebody(self, who: int) -> tuple[int, str]:
        return list(self.contacts.items())[who % len(self.contacts)]

    def _born(self, expected: Expected, task_id: str = "", number: int = 0) -> str:
        for row in self.monica("GET", "/tasks?limit=100&sort=-created_at").json()["data"]:
            if task_id in {"", row["uuid"]} and number in {0, row["id"]}:
                self.model[row["uuid"]] = replace(expected, id=row["uuid"], number=row["id"])
                return str(row["uuid"])
        raise AssertionError((task_id, number))

    def _expect(self, answer: httpx.Response, after: Expected, status: int) -> None:
        assert answer.status_code == status, (answer.text, after)
        if status == 200:
            self.model[after.id] = after

    def _require_gone(self, task: Expected) -> None:
        assert self.hydra("GET", f"/contact_tasks/{task.id}").status_code == 404
        assert self.monica("GET", f"/tasks/{task.number}").status_code == 404
        assert self.ysuite("GET", f"/tasks/{task.number}").status_code == 400

    def _compare_hydra(self, task: Expected) -> None:
        told = self.hydra("GET", f"/contact_tasks/{task.id}").json()
        seen = {
            "title": told["title"],
            "description": told.get("description"),
            "status": told["status"],
            "priority": told["priority"],
            "starts_at": _read(told.get("startDate")),
            "due_at": _read(told.get("dueDate")),
            "all_day": told["allDay"],
            "contact": told.get("contact", "").rpartition("/")[2],
            "company": told.get("company", "").rpartition("/")[2],
            "completed": told["completed"],
        }
        assert seen == {
            "title": task.title,
            "description": task.description,
            "status": task.status,
            "priority": task.priority,
            "starts_at": task.starts_at,
            "due_at": task.due_at,
            "all_day": task.all_day,
            "contact": self.contacts[task.contact] if task.contact is not None else "",
            "company": self.companies[task.company] if task.company is not None else "",
            "completed": task.status == "completed",
        }
        assert ("completedAt" in told) == (task.status == "completed")
        if task.completed_at is not None:
            assert _read(told["completedAt"]) == task.completed_at

    def _compare_monica(self, task: Expected) -> None:
        told = self.monica("GET", f"/tasks/{task.number}").json()["data"]
        assert (told["title"], told["description"], told["completed"], told["uuid"]) == (
            task.title,
            task.description,
            task.status == "completed",
            task.id,
        )
        assert (told["completed_at"] is not None) == (task.status == "completed")
        if task.completed_at is not None:
            assert _read(told["completed_at"]) == task.completed_at
        assert (told["contact"] or {}).get("id") == task.contact

    def _compare_ysuite(self, task: Expected) -> None:
        told = self.ysuite("GET", f"/tasks/{task.number}").json()["data"]
        assert (told["title"], told["description"], told["cstid"]) == (
            task.title,
            task.description,
            task.contact or task.company,
        )
        assert (STATUSES[told["status"]], PRIORITIES[told["priority"]]) == (task.status, task.priority)
        if not task.all_day:
            assert (told["start_datetime"], told["end_datetime"]) == (
                _zoneless(task.shown_start),
                _zoneless(task.shown_end),
            )


_UNKNOWN_DATES = {"is_birthdate_known": False, "is_deceased": False, "is_deceased_date_known": False}


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day is not None else None


def _day_or_moment(task: Expected, said: dict[str, Any]) -> Expected:
    """As a due date is a day or a moment, by what was said of either."""
    if task.due_at is None or not said.keys() & {"dueDate", "allDay"}:
        return replace(task, all_day=said.get("allDay", task.all_day))
    midnight = task.due_at.replace(hour=0, minute=0)
    if said.get("allDay"):
        return replace(task, due_at=midnight, all_day=True)
    return replace(task, all_day=said.get("allDay", task.all_day) and midnight == task.due_at)


def _read(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment).astimezone(UTC) if moment is not None else None


def _zoneless(moment: datetime | None) -> str | None:
    return moment.astimezone(ZONE).replace(tzinfo=None).isoformat() if moment is not None else None


def test_whatever_is_done_to_tasks_in_three_tongues_all_tell_the_same(house: House) -> None:
    house.store.write_now(house.main.id, lambda db: db.run(_move_clock()))
    build: Callable[[], Tongues] = lambda: Tongues(house)  # noqa: E731
    run(
        build,
        settings=settings(
            max_examples=times(25, house),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
