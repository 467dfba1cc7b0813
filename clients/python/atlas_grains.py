"""A client for the HTTP API of Atlas.Grains: agents that learn at run time.

    import atlas_grains

    with atlas_grains.Atlas("http://127.0.0.1:5080") as atlas:
        with atlas.session("support/refunds", "Refund order 1042") as session:
            prompt = BASE_PROMPT + session.block()
            answer = run_the_agent(prompt)
            session.event({"type": "tool_call", "name": "get_order"})
            session.succeed(answer, reward=0.9)

Needs httpx only. Every method of `Atlas` has its twin in `AsyncAtlas`. Both are safe for use by many threads or tasks.
"""

from __future__ import annotations

import asyncio
import functools
import json
import os
import random
import threading
import time
import uuid
from dataclasses import dataclass, field, fields, is_dataclass
from typing import (
    Any, AsyncIterator, Awaitable, Callable, Dict, Generic, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Type, TypeVar, Union,
)
from urllib.parse import quote

import httpx

__all__ = [
    "Atlas", "AsyncAtlas", "AtlasError", "Conflict", "Forbidden", "Invalid", "NotFound", "PreconditionFailed", "RateLimited", "Unauthorized",
    "Unavailable", "Session", "AsyncSession", "Playbook", "RolePlaybook", "Entry", "Reward", "SessionState", "Completed", "KeyChange", "KeySummary",
    "SessionItem", "StepRecord", "Page",
]
__version__ = "0.1.0"

Json = Dict[str, Any]
T = TypeVar("T")

# Statuses after which the same request may be sent again, if that does no harm; 0 for none.
_TRANSIENT = frozenset({0, 409, 429, 502, 503, 504})


# --- What can go wrong ------------------------------------------------------------------------------------------------------------


class AtlasError(Exception):
    """A refusal of Atlas. `code` is stable (the end of the problem's `type`), `detail` is a sentence for people."""

    def __init__(self, status: int, code: str, detail: str, retry_after: Optional[float] = None) -> None:
        super().__init__(f"{detail} ({code}, HTTP {status})" if status else detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.retry_after = retry_after


class Invalid(AtlasError):
    """The request is not valid or was refused (400, 413, 415, 422)."""


class Unauthorized(AtlasError):
    """The API key is missing, wrong, expired or revoked (401)."""


class Forbidden(AtlasError):
    """The API key does not allow this (403)."""


class NotFound(AtlasError):
    """There is no such session, learning key or version (404)."""


class Conflict(AtlasError):
    """The session has ended, or the learning key is frozen or pinned (409)."""


class PreconditionFailed(AtlasError):
    """The playbook is another one by now (412)."""


class RateLimited(AtlasError):
    """Too many requests (429); `retry_after` says how many seconds to wait."""


class Unavailable(AtlasError):
    """Atlas cannot be reached or cannot do it now (503); nothing was lost, and the same request may be sent again."""


_ERRORS: Dict[int, Type[AtlasError]] = {
    400: Invalid, 401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 412: PreconditionFailed, 413: Invalid, 415: Invalid, 422: Invalid,
    429: RateLimited, 502: Unavailable, 503: Unavailable, 504: Unavailable,
}


# --- What comes back --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RolePlaybook:
    """One role's part of a playbook."""

    text: str  # The text that is injected.
    sha256: str  # SHA-256 of that text.
    block: str  # The text between its delimiters, as it goes into a prompt.


@dataclass(frozen=True)
class Entry:
    """An entry of a playbook as a session is given it."""

    id: str
    role: str
    sha256: str
    on_trial: bool
    cue: Json
    runtime_handle: Optional[str] = None
    tool_name: Optional[str] = None
    expected_effect: str = ""


@dataclass(frozen=True)
class Playbook:
    """What a learning key has learned, ready for prompts."""

    learning_key: str
    version: int
    updated_at: Optional[str]
    injection_mode: str  # `prefix` or `suffix`: where it stands in a prompt.
    apply_to_prompts: bool  # False: keep it out of the prompts.
    entry_count: int
    student: Optional[RolePlaybook]
    teacher: Optional[RolePlaybook]
    entries: List[Entry] = field(default_factory=list)
    withheld: List[Entry] = field(default_factory=list)
    left_out: List[str] = field(default_factory=list)
    arm: Optional[Json] = None  # Of an experiment: `is_new`, and in `settings` what the session is to do otherwise.
    etag: Optional[str] = None  # Give it as `if_match` to change exactly this playbook.

    def block(self, role: str = "student") -> str:
        """What to put into the prompt of a role; empty if there is nothing to tell."""
        part = self.teacher if role == "teacher" else self.student
        return part.block if part is not None and self.apply_to_prompts else ""


@dataclass(frozen=True)
class Reward:
    """What a session was worth."""

    score: float  # 0 to 1.
    uncertainty: Optional[float] = None
    judge: Optional[str] = None
    rationale: Optional[str] = None


@dataclass(frozen=True)
class SessionState:
    """Where a session stands."""

    session_id: int
    status: str
    review_status: str
    judging: str  # `off`, `pending`, `judged` or `failed`.
    reward: Optional[Reward] = None
    reason: Optional[str] = None
    learning: Optional[str] = None


@dataclass(frozen=True)
class Completed:
    """A session has ended and is stored."""

    session_id: int
    status: str
    review_status: str
    learning: str  # `off`, `judging`, `queued`, `observed` or `applied`: what it means to its learning key.
    reason: Optional[str] = None


@dataclass(frozen=True)
class KeyChange:
    """What a change of a playbook led to."""

    version: int
    changed: bool
    current: Optional[int] = None


@dataclass(frozen=True)
class KeySummary:
    """One line of a list of learning keys."""

    learning_key: str
    version: int
    sessions_observed: int
    entries: int
    updated_at: str
    frozen: bool = False
    staged: Optional[bool] = None
    pinned_version: Optional[int] = None


@dataclass(frozen=True)
class SessionItem:
    """One line of a list of sessions."""

    id: int
    task: str
    status: str
    review_status: str
    created_at: str
    learning_key: Optional[str] = None
    score: Optional[float] = None
    completed_at: Optional[str] = None
    external_id: Optional[str] = None
    playbook_version: Optional[int] = None
    event_count: int = 0


@dataclass(frozen=True)
class StepRecord:
    """One step of a session, to be stored."""

    step_id: int
    trace: Optional[str] = None
    output: Optional[str] = None
    evaluation: Optional[Json] = None
    metadata: Optional[Json] = None
    attempt_evaluations: Sequence[Json] = ()
    guidance: Sequence[str] = ()


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of a list; `next_cursor` is None on the last one."""

    items: List[T]
    next_cursor: Optional[str]


def _read(kind: Type[T], value: Mapping[str, Any]) -> T:
    """A value of ours from JSON. Members that this version does not know are left out, so that a newer server does no harm."""
    return kind(**{one.name: _inner(kind, one.name, value[one.name]) for one in fields(kind) if one.name in value})  # type: ignore[arg-type]


_INNER: Dict[Tuple[type, str], type] = {
    (Playbook, "student"): RolePlaybook, (Playbook, "teacher"): RolePlaybook, (Playbook, "entries"): Entry, (Playbook, "withheld"): Entry,
    (SessionState, "reward"): Reward,
}


def _inner(kind: type, name: str, value: Any) -> Any:
    inner = _INNER.get((kind, name))
    if inner is None or value is None:
        return value
    return [_read(inner, one) for one in value] if isinstance(value, list) else _read(inner, value)


def _write(body: Any, own: bool = True) -> Any:
    """JSON of a body. A member of ours that was left out stays out; a None in the caller's own data is a null."""
    if is_dataclass(body) and not isinstance(body, type):
        return _write({one.name: getattr(body, one.name) for one in fields(body)})
    if isinstance(body, Mapping):
        return {name: _write(one, own=False) for name, one in body.items() if not own or one is not None}
    return [_write(one, own=False) for one in body] if isinstance(body, (list, tuple)) else body


def _reward(reward: Union[None, float, int, Reward]) -> Optional[Json]:
    if reward is None:
        return None
    return _write(reward if isinstance(reward, Reward) else Reward(float(reward)))


# --- Requests ---------------------------------------------------------------------------------------------------------------------


@dataclass
class _Request:
    method: str
    path: str
    body: Optional[Json] = None
    params: Optional[Json] = None
    headers: Dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    content: Optional[bytes] = None

    def __post_init__(self) -> None:
        if self.method == "POST":
            # With it every request of ours may be sent again: the cluster does it once.
            self.headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
        if self.body is not None:
            self.headers["Content-Type"] = "application/json"
            try:
                self.content = json.dumps(self.body, allow_nan=False).encode("ascii")
            except (TypeError, ValueError) as failure:
                raise Invalid(0, "invalid-request", f"This cannot be written as JSON: {failure}") from failure


def _key(learning_key: str) -> str:
    return quote(learning_key.encode("utf-8", "surrogatepass"), safe="")


def _document(response: httpx.Response) -> Json:
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    raise _error(response)


def _accepted(request: _Request, response: httpx.Response) -> httpx.Response:
    if response.is_success or (response.status_code == 304 and "If-None-Match" in request.headers):
        return response
    raise _error(response)


def _error(response: httpx.Response) -> AtlasError:
    if response.status_code < 400:
        return AtlasError(response.status_code, "not-atlas", f"What answers at {response.url} is not the HTTP API of Atlas. Check the url.")
    try:
        problem = dict(response.json())
    except (ValueError, TypeError):
        problem = {}
    code = str(problem.get("type", "")).rpartition(":")[2] or f"http-{response.status_code}"
    detail = str(problem.get("detail") or problem.get("title") or response.reason_phrase or "The server refused.")
    try:
        retry_after: Optional[float] = float(response.headers.get("Retry-After", ""))
    except ValueError:
        retry_after = None
    return _ERRORS.get(response.status_code, AtlasError)(response.status_code, code, detail, retry_after)


def _repeats(error: AtlasError) -> bool:
    return error.status in _TRANSIENT and (error.status != 409 or error.code == "request-in-progress")


class _Pace:
    """How long to wait before the next try, and whether there is one."""

    def __init__(self, patience: float) -> None:
        self._until = time.monotonic() + patience
        self._pause = 0.1

    def after(self, failure: Union[AtlasError, httpx.HTTPError], base: Any) -> float:
        """How long to wait after a failure; raises it if there is no other try."""
        error = failure if isinstance(failure, AtlasError) else Unavailable(0, "unreachable", (
            f"Atlas cannot be reached at {base}: {str(failure) or type(failure).__name__}. Is a silo running? `atlas up --detach` starts one."))
        pause = error.retry_after if error.retry_after is not None else self._pause * (0.5 + random.random())
        self._pause = min(self._pause * 2, 5.0)
        if not _repeats(error) or time.monotonic() + pause >= self._until:
            raise error
        return pause


def _headers(api_key: Optional[str]) -> Dict[str, str]:
    api_key = os.environ.get("ATLAS_API_KEY") if api_key is None else api_key
    bearer = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    return {"User-Agent": f"atlas-grains-python/{__version__}", "Accept": "application/json", **bearer}


class _Requests:
    """Every request of the API, once for both kinds of client."""

    @staticmethod
    def start(task: str, learning_key: Optional[str], agent: Optional[str], metadata: Optional[Json], external_id: Optional[str], lease_seconds: Optional[int]) -> _Request:
        return _Request("POST", "/v1/sessions", _write({
            "task": task, "learning_key": learning_key, "agent": agent, "metadata": metadata, "external_id": external_id, "lease_seconds": lease_seconds}))

    @staticmethod
    def record(session_id: Union[int, str], what: str, **body: Any) -> _Request:
        return _Request("POST", f"/v1/sessions/{session_id}/{what}", _write(body))

    @staticmethod
    def complete(
        session_id: int, status: str, final_answer: Optional[str], reward: Union[None, float, Reward], metadata: Optional[Json],
        student_note: Optional[str], teacher_note: Optional[str],
    ) -> _Request:
        return _Requests.record(
            session_id, "complete", status=status, final_answer=final_answer, reward=_reward(reward), metadata=metadata, student_note=student_note,
            teacher_note=teacher_note)

    @staticmethod
    def state(session_id: int, wait_seconds: float) -> _Request:
        return _Request("GET", f"/v1/sessions/{session_id}/reward", params={"wait_seconds": min(wait_seconds, 20.0)}, wait=min(wait_seconds, 20.0))

    @staticmethod
    def get(path: str, **params: Any) -> _Request:
        return _Request("GET", path, params={name: str(one).lower() if isinstance(one, bool) else one for name, one in params.items() if one is not None})

    @staticmethod
    def playbook(learning_key: str, etag: Optional[str]) -> _Request:
        return _Request("GET", f"/v1/keys/{_key(learning_key)}/playbook", headers={"If-None-Match": etag} if etag else {})

    @staticmethod
    def change(learning_key: str, what: str, if_match: Optional[str], **body: Any) -> _Request:
        return _Request("POST", f"/v1/keys/{_key(learning_key)}/{what}", _write(body), headers={"If-Match": if_match} if if_match else {})

    @staticmethod
    def post(path: str, **body: Any) -> _Request:
        return _Request("POST", path, _write(body))


def _started(body: Json) -> Tuple[int, str, Playbook]:
    etag = f'"{body["digest"]}"' if body.get("digest") else None
    return body["session_id"], body["learning_key"], _read(Playbook, {**body["playbook"], "etag": etag})


def _page(kind: Type[T], name: str, body: Json) -> Page[T]:
    return Page([one if kind is dict else _read(kind, one) for one in body[name]], body.get("next_cursor"))


def _resolved(response: httpx.Response, known: Optional[Playbook], playbooks: Dict[str, Playbook]) -> Playbook:
    if response.status_code == 304 and known is not None:
        return known
    if len(playbooks) >= 1024:
        playbooks.clear()
    playbook = _read(Playbook, {**_document(response), "etag": response.headers.get("ETag")})
    playbooks[playbook.learning_key] = playbook
    return playbook


# --- Sessions ---------------------------------------------------------------------------------------------------------------------


class _SessionBase:
    def __init__(self, session_id: int, learning_key: str, playbook: Playbook) -> None:
        self.id = session_id
        self.learning_key = learning_key
        self.playbook = playbook
        """What this session is given; it stays the same whatever is learned meanwhile."""
        self.completed: Optional[Completed] = None
        """How it ended; None while it runs."""
        self._ending: Optional[_Request] = None  # The end that was sent and not refused: it may be stored, so no other is sent after it.

    def block(self, role: str = "student") -> str:
        """What to put into the prompt of a role; empty if there is nothing to tell."""
        return self.playbook.block(role)

    def _last(self, error: Optional[BaseException]) -> _Request:
        """What ends the session where its block is left."""
        if self._ending is not None:
            return self._ending
        metadata = None if error is None else {"error": {"type": type(error).__name__, "message": str(error)[:2000]}}
        return _Requests.complete(self.id, "succeeded" if error is None else "failed", None, None, metadata, None, None)

    def _heard(self, error: AtlasError) -> None:
        if 400 <= error.status < 500 and not _repeats(error):
            self._ending = None


class Session(_SessionBase):
    """A running session. Leaving its `with` block ends it: as failed after an exception, else as succeeded."""

    def __init__(self, atlas: "Atlas", session_id: int, learning_key: str, playbook: Playbook) -> None:
        super().__init__(session_id, learning_key, playbook)
        self._atlas = atlas
        self._turn = threading.Lock()

    def events(self, events: Iterable[Json]) -> None:
        """Appends events, JSON objects of any form, in order; threads wait for each other. If it raises `Unavailable`, the events can have
        been stored or not."""
        batch = list(events)
        if batch:
            with self._turn:
                # The server numbers the events: a number chosen here could be taken already, by a lost answer or by another process.
                self._atlas._json(_Requests.record(self.id, "events", events=batch))

    def event(self, event: Json) -> None:
        """Appends one event."""
        self.events([event])

    def plan(self, plan: Json) -> None:
        """Stores the plan; it replaces an earlier one."""
        self._atlas._json(_Requests.record(self.id, "plan", plan=plan))

    def step(self, step: StepRecord) -> None:
        """Stores a step; it replaces what was stored of it."""
        self._atlas._json(_Requests.record(self.id, "steps", **_write(step)))

    def guidance(self, step_id: int, note: str) -> None:
        """Adds a note of the teacher to a step."""
        self._atlas._json(_Requests.record(self.id, "guidance", step_id=step_id, note=note))

    def usage(self, usage: Json) -> None:
        """Stores which entries fired and were adopted."""
        self._atlas._json(_Requests.record(self.id, "usage", usage=usage))

    def renew(self) -> None:
        """Tells that the session is alive; needed in work that is silent for longer than its lease."""
        self._atlas._json(_Requests.record(self.id, "renew"))

    def complete(
        self, status: str, final_answer: Optional[str] = None, reward: Union[None, float, Reward] = None, metadata: Optional[Json] = None,
        student_note: Optional[str] = None, teacher_note: Optional[str] = None,
    ) -> Completed:
        """Ends the session as `succeeded` or `failed`."""
        return self._end(_Requests.complete(self.id, status, final_answer, reward, metadata, student_note, teacher_note))

    def succeed(self, final_answer: Optional[str] = None, reward: Union[None, float, Reward] = None, **more: Any) -> Completed:
        """Ends the session with an answer and, where there is one, its reward (0 to 1)."""
        return self.complete("succeeded", final_answer, reward, **more)

    def fail(self, final_answer: Optional[str] = None, **more: Any) -> Completed:
        """Ends the session without success."""
        return self.complete("failed", final_answer, **more)

    def wait_for_reward(self, patience: float = 60.0) -> SessionState:
        """Waits until the session's judging is over, or until patience (seconds) ends."""
        until = time.monotonic() + patience
        while True:
            state = self._atlas.session_state(self.id, wait_seconds=max(0.0, min(20.0, until - time.monotonic())))
            if (state.status != "running" and state.judging != "pending") or time.monotonic() >= until:
                return state

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if self.completed is None:
                self._end(self._last(error))
        except Exception:
            if error is None:
                raise  # Else, what went wrong first is what the caller has to see.

    def _end(self, request: _Request) -> Completed:
        self._ending = request
        try:
            self.completed = _read(Completed, self._atlas._json(request))
            return self.completed
        except AtlasError as error:
            self._heard(error)
            raise


class AsyncSession(_SessionBase):
    """The same as `Session`, to be awaited."""

    def __init__(self, atlas: "AsyncAtlas", session_id: int, learning_key: str, playbook: Playbook) -> None:
        super().__init__(session_id, learning_key, playbook)
        self._atlas = atlas
        self._turn = asyncio.Lock()

    async def events(self, events: Iterable[Json]) -> None:
        batch = list(events)
        if batch:
            async with self._turn:
                await self._atlas._json(_Requests.record(self.id, "events", events=batch))

    async def event(self, event: Json) -> None:
        await self.events([event])

    async def plan(self, plan: Json) -> None:
        await self._atlas._json(_Requests.record(self.id, "plan", plan=plan))

    async def step(self, step: StepRecord) -> None:
        await self._atlas._json(_Requests.record(self.id, "steps", **_write(step)))

    async def guidance(self, step_id: int, note: str) -> None:
        await self._atlas._json(_Requests.record(self.id, "guidance", step_id=step_id, note=note))

    async def usage(self, usage: Json) -> None:
        await self._atlas._json(_Requests.record(self.id, "usage", usage=usage))

    async def renew(self) -> None:
        await self._atlas._json(_Requests.record(self.id, "renew"))

    async def complete(
        self, status: str, final_answer: Optional[str] = None, reward: Union[None, float, Reward] = None, metadata: Optional[Json] = None,
        student_note: Optional[str] = None, teacher_note: Optional[str] = None,
    ) -> Completed:
        return await self._end(_Requests.complete(self.id, status, final_answer, reward, metadata, student_note, teacher_note))

    async def succeed(self, final_answer: Optional[str] = None, reward: Union[None, float, Reward] = None, **more: Any) -> Completed:
        return await self.complete("succeeded", final_answer, reward, **more)

    async def fail(self, final_answer: Optional[str] = None, **more: Any) -> Completed:
        return await self.complete("failed", final_answer, **more)

    async def wait_for_reward(self, patience: float = 60.0) -> SessionState:
        until = time.monotonic() + patience
        while True:
            state = await self._atlas.session_state(self.id, wait_seconds=max(0.0, min(20.0, until - time.monotonic())))
            if (state.status != "running" and state.judging != "pending") or time.monotonic() >= until:
                return state

    async def __aenter__(self) -> "AsyncSession":
        return self

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if self.completed is None:
                await self._end(self._last(error))
        except Exception:
            if error is None:
                raise  # Else, what went wrong first is what the caller has to see.

    async def _end(self, request: _Request) -> Completed:
        self._ending = request
        try:
            self.completed = _read(Completed, await self._atlas._json(request))
            return self.completed
        except AtlasError as error:
            self._heard(error)
            raise


class _StartedLater:
    """`atlas.session(…)` of the async client: to be awaited, or entered with `async with`."""

    def __init__(self, start: Callable[[], Awaitable[AsyncSession]]) -> None:
        self._start = start
        self._session: Optional[AsyncSession] = None

    def __await__(self) -> Any:
        return self._start().__await__()

    async def __aenter__(self) -> AsyncSession:
        self._session = await self._start()
        return self._session

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        if self._session is not None:
            await self._session.__aexit__(kind, error, trace)


# --- Clients ----------------------------------------------------------------------------------------------------------------------


def _base(url: Optional[str]) -> str:
    return (url or os.environ.get("ATLAS_URL") or "http://127.0.0.1:5080").rstrip("/")


class _Watch:
    """What a watch knows from one connection to the next."""

    def __init__(self, learning_key: str, timeout: float) -> None:
        self.request: Json = {"method": "GET", "url": f"/v1/keys/{_key(learning_key)}/watch", "timeout": httpx.Timeout(timeout, read=60.0)}
        self.headers = {"Accept": "text/event-stream"}
        self.pace = _Pace(float("inf"))
        self._lines: List[str] = []

    def accepts(self, response: httpx.Response) -> bool:
        self._lines = []
        return response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/event-stream")

    def take(self, line: str) -> Optional[Playbook]:
        """The playbook that this line completes."""
        if line.rstrip("\r\n"):
            self._lines.append(line.rstrip("\r\n"))
            return None
        lines, self._lines = self._lines, []
        data = "\n".join(one[5:].lstrip(" ") for one in lines if one.startswith("data:"))
        if not data:
            return None
        self.pace = _Pace(float("inf"))
        identity = next((one[3:].strip() for one in lines if one.startswith("id:")), None)
        self.headers.update({"Last-Event-ID": identity} if identity else {})
        return _read(Playbook, {**json.loads(data), "etag": f'"{identity}"' if identity else None})


class Atlas:
    """A client of Atlas.

    :param url: Where a silo or a host of its API is; the default is `ATLAS_URL`, else `http://127.0.0.1:5080`.
    :param api_key: An API key of `atlas key create`; the default is `ATLAS_API_KEY`, else none.
    :param timeout: Seconds that one request may take.
    :param patience: Seconds for which a request that failed for a passing reason is sent again; 0 never repeats.
    :param transport: A transport of httpx, for tests.
    """

    def __init__(
        self, url: Optional[str] = None, api_key: Optional[str] = None, *, timeout: float = 30.0, patience: float = 30.0,
        transport: Optional[httpx.BaseTransport] = None,
    ) -> None:
        self._timeout = timeout
        self._patience = patience
        self._http = httpx.Client(base_url=_base(url), headers=_headers(api_key), timeout=timeout, transport=transport)
        self._playbooks: Dict[str, Playbook] = {}

    def session(
        self, learning_key: Optional[str], task: str, *, agent: Optional[str] = None, metadata: Optional[Json] = None,
        external_id: Optional[str] = None, lease_seconds: Optional[int] = None,
    ) -> Session:
        """Starts a session; a key of None is derived from agent, task and metadata."""
        return Session(self, *_started(self._json(_Requests.start(task, learning_key, agent, metadata, external_id, lease_seconds))))

    def session_state(self, session_id: int, wait_seconds: float = 0.0) -> SessionState:
        """Where a session stands; with `wait_seconds` (up to 20) waits until its judging is over."""
        return _read(SessionState, self._json(_Requests.state(session_id, wait_seconds)))

    def show_session(self, session_id: int) -> Json:
        """A session with everything recorded of it but its events."""
        return self._json(_Requests.get(f"/v1/sessions/{session_id}"))

    def list_events(self, session_id: int, *, cursor: Optional[str] = None, limit: int = 100) -> Page[Json]:
        """The events of a session in order, page by page."""
        return _page(dict, "events", self._json(_Requests.get(f"/v1/sessions/{session_id}/events", cursor=cursor, limit=limit)))

    def list_sessions(
        self, *, learning_key: Optional[str] = None, status: Optional[str] = None, review_status: Optional[str] = None, tag: Optional[str] = None,
        cursor: Optional[str] = None, limit: int = 50,
    ) -> Page[SessionItem]:
        """Sessions, the newest first, page by page."""
        return _page(SessionItem, "sessions", self._json(_Requests.get(
            "/v1/sessions", learning_key=learning_key, status=status, review_status=review_status, tag=tag, cursor=cursor, limit=limit)))

    def reward(self, session: Union[int, str], reward: Union[float, Reward]) -> Completed:
        """Gives a session that has ended without a reward one, by its number or by the id of a provider's answer (`chatcmpl-…`)."""
        return _read(Completed, self._json(_Requests.record(_key(str(session)), "reward", **_reward(reward))))

    def review(self, session_id: int, status: str, note: Optional[str] = None, reviewer: Optional[str] = None, only_while: Optional[str] = None) -> Json:
        """Decides whether a session may teach: `approved`, `quarantined` or `pending`."""
        return self._json(_Requests.record(session_id, "review", status=status, note=note, reviewer=reviewer, only_while=only_while))

    def decide(self, status: str, filter: Json, *, note: Optional[str] = None, dry_run: bool = False, limit: int = 1000) -> Json:
        """Decides many sessions at once; with `dry_run` only tells which."""
        return self._json(_Requests.post("/v1/reviews/decide", filter=filter, status=status, note=note, dry_run=dry_run, limit=limit))

    def playbook(self, learning_key: str) -> Playbook:
        """The playbook that is current now. One that has not changed is not sent again."""
        known = self._playbooks.get(learning_key)
        return _resolved(self._send(_Requests.playbook(learning_key, known.etag if known else None)), known, self._playbooks)

    def watch(self, learning_key: str) -> Iterator[Playbook]:
        """The playbook that is current now, and then every one that becomes so; connects again by itself."""
        watch = _Watch(learning_key, self._timeout)
        while True:
            try:
                with self._http.stream(headers=watch.headers, **watch.request) as response:
                    if not watch.accepts(response):
                        response.read()
                        raise _error(response)
                    for line in response.iter_lines():
                        found = watch.take(line)
                        if found is not None:
                            yield found
                raise httpx.ReadError("The stream has ended.")
            except (AtlasError, httpx.HTTPError) as failure:
                time.sleep(watch.pace.after(failure, self._http.base_url))

    def list_keys(self, *, cursor: Optional[str] = None, limit: int = 100) -> Page[KeySummary]:
        """Learning keys by name, page by page."""
        return _page(KeySummary, "keys", self._json(_Requests.get("/v1/keys", cursor=cursor, limit=limit)))

    def describe(self, learning_key: str) -> Json:
        """Where a learning key stands."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}"))

    def versions(self, learning_key: str, *, cursor: Optional[str] = None, limit: int = 100) -> Page[Json]:
        """The versions of a playbook, the newest first, page by page."""
        return _page(dict, "versions", self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/versions", cursor=cursor, limit=limit)))

    def version(self, learning_key: str, version: int) -> Json:
        """One version with its content; its `document` is what `import_playbook` takes."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/versions/{version}"))

    def diff(self, learning_key: str, from_version: int, to_version: Optional[int] = None) -> Json:
        """What changed from one version to another."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/diff", **{"from": from_version, "to": to_version}))

    def entries(self, learning_key: str) -> Json:
        """The entries of the newest version with their impact."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/entries"))

    def report(self, learning_key: str, sessions: int = 1000) -> Json:
        """The report of a learning key over its newest sessions."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/report", sessions=sessions))

    def change(self, learning_key: str, what: str, *, if_match: Optional[str] = None, **body: Any) -> KeyChange:
        """Changes a key: `import`, `edit` (`playbook=…`), `rollback`, `pin` (`version=…`), `promote`, `freeze`, `unfreeze`, `stage`,
        `unstage`, `unpin`, `entries/try`, `entries/withdraw`, `entries/unmerge` (`entry=…`), `entries/merge` (`kept=…, entry=…`); all take
        `reason` and `author`."""
        return _read(KeyChange, self._json(_Requests.change(learning_key, what, if_match, **body)))

    def import_playbook(self, learning_key: str, playbook: Json, *, reason: Optional[str] = None, if_match: Optional[str] = None) -> KeyChange:
        """Makes a playbook the newest version."""
        return self.change(learning_key, "import", if_match=if_match, playbook=playbook, reason=reason)

    def rollback(self, learning_key: str, version: int, *, reason: Optional[str] = None, if_match: Optional[str] = None) -> KeyChange:
        """Makes an earlier version current again, as a new one."""
        return self.change(learning_key, "rollback", if_match=if_match, version=version, reason=reason)

    def evidence(self, learning_key: str) -> Json:
        """Whether learning, its entries and its versions help: `summary` says it in a sentence."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/evidence"))

    def experiments(self, learning_key: str, number: Optional[int] = None) -> Json:
        """The experiments of a key, the newest first; with a number, what this one has found so far."""
        return self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/experiments" + (f"/{number}" if number else "")))

    def start_experiment(self, learning_key: str, *, dry_run: bool = False, reason: Optional[str] = None, **plan: Any) -> Json:
        """Starts an experiment: `first_version=…, new_version=…`, or `entry=…`, or `configuration={…}`; and `share`, `max_sessions`, `difference`.
        `needed` in the answer says how many sessions it takes; with `dry_run` nothing is started."""
        return self._json(_Requests.change(learning_key, "experiments", None, dry_run=dry_run, reason=reason, **plan))

    def end_experiment(self, learning_key: str, number: int, how: str = "conclude", *, reason: Optional[str] = None) -> Json:
        """Ends an experiment: `conclude` acts on its verdict, `stop` changes nothing."""
        return self._json(_Requests.change(learning_key, f"experiments/{number}/{how}", None, reason=reason))

    def learns(
        self, learning_key: str, *, task: Optional[Callable[..., str]] = None, reward: Optional[Callable[[Any], Union[None, float, Reward]]] = None,
    ) -> Callable[[Callable[..., T]], Callable[..., T]]:
        """Makes every call of a function a session. The function takes the session as keyword `session`; its result is the answer.

        :param task: Makes the task of the arguments; by default the function's name and its arguments.
        :param reward: Makes the reward of the result; by default none is given.
        """
        def decorate(function: Callable[..., T]) -> Callable[..., T]:
            @functools.wraps(function)
            def call(*args: Any, **kwargs: Any) -> T:
                with self.session(learning_key, _task(function, task, args, kwargs)) as session:
                    result = function(*args, session=session, **kwargs)
                    if session.completed is None:
                        session.succeed(_answer(result), reward=reward(result) if reward else None)
                    return result
            return call
        return decorate

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> "Atlas":
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def _json(self, request: _Request) -> Json:
        return _document(self._send(request))

    def _send(self, request: _Request) -> httpx.Response:
        pace = _Pace(self._patience)
        while True:
            try:
                return _accepted(request, self._http.request(
                    request.method, request.path, content=request.content, params=request.params, headers=request.headers, timeout=self._timeout + request.wait))
            except (AtlasError, httpx.HTTPError) as failure:
                time.sleep(pace.after(failure, self._http.base_url))


class AsyncAtlas:
    """The same as `Atlas`, to be awaited."""

    def __init__(
        self, url: Optional[str] = None, api_key: Optional[str] = None, *, timeout: float = 30.0, patience: float = 30.0,
        transport: Optional[httpx.AsyncBaseTransport] = None,
    ) -> None:
        self._timeout = timeout
        self._patience = patience
        self._http = httpx.AsyncClient(base_url=_base(url), headers=_headers(api_key), timeout=timeout, transport=transport)
        self._playbooks: Dict[str, Playbook] = {}

    def session(
        self, learning_key: Optional[str], task: str, *, agent: Optional[str] = None, metadata: Optional[Json] = None,
        external_id: Optional[str] = None, lease_seconds: Optional[int] = None,
    ) -> _StartedLater:
        async def start() -> AsyncSession:
            return AsyncSession(self, *_started(await self._json(_Requests.start(task, learning_key, agent, metadata, external_id, lease_seconds))))
        return _StartedLater(start)

    async def session_state(self, session_id: int, wait_seconds: float = 0.0) -> SessionState:
        return _read(SessionState, await self._json(_Requests.state(session_id, wait_seconds)))

    async def show_session(self, session_id: int) -> Json:
        return await self._json(_Requests.get(f"/v1/sessions/{session_id}"))

    async def list_events(self, session_id: int, *, cursor: Optional[str] = None, limit: int = 100) -> Page[Json]:
        return _page(dict, "events", await self._json(_Requests.get(f"/v1/sessions/{session_id}/events", cursor=cursor, limit=limit)))

    async def list_sessions(
        self, *, learning_key: Optional[str] = None, status: Optional[str] = None, review_status: Optional[str] = None, tag: Optional[str] = None,
        cursor: Optional[str] = None, limit: int = 50,
    ) -> Page[SessionItem]:
        return _page(SessionItem, "sessions", await self._json(_Requests.get(
            "/v1/sessions", learning_key=learning_key, status=status, review_status=review_status, tag=tag, cursor=cursor, limit=limit)))

    async def reward(self, session: Union[int, str], reward: Union[float, Reward]) -> Completed:
        return _read(Completed, await self._json(_Requests.record(_key(str(session)), "reward", **_reward(reward))))

    async def review(self, session_id: int, status: str, note: Optional[str] = None, reviewer: Optional[str] = None, only_while: Optional[str] = None) -> Json:
        return await self._json(_Requests.record(session_id, "review", status=status, note=note, reviewer=reviewer, only_while=only_while))

    async def decide(self, status: str, filter: Json, *, note: Optional[str] = None, dry_run: bool = False, limit: int = 1000) -> Json:
        return await self._json(_Requests.post("/v1/reviews/decide", filter=filter, status=status, note=note, dry_run=dry_run, limit=limit))

    async def playbook(self, learning_key: str) -> Playbook:
        known = self._playbooks.get(learning_key)
        return _resolved(await self._send(_Requests.playbook(learning_key, known.etag if known else None)), known, self._playbooks)

    async def watch(self, learning_key: str) -> AsyncIterator[Playbook]:
        watch = _Watch(learning_key, self._timeout)
        while True:
            try:
                async with self._http.stream(headers=watch.headers, **watch.request) as response:
                    if not watch.accepts(response):
                        await response.aread()
                        raise _error(response)
                    async for line in response.aiter_lines():
                        found = watch.take(line)
                        if found is not None:
                            yield found
                raise httpx.ReadError("The stream has ended.")
            except (AtlasError, httpx.HTTPError) as failure:
                await asyncio.sleep(watch.pace.after(failure, self._http.base_url))

    async def list_keys(self, *, cursor: Optional[str] = None, limit: int = 100) -> Page[KeySummary]:
        return _page(KeySummary, "keys", await self._json(_Requests.get("/v1/keys", cursor=cursor, limit=limit)))

    async def describe(self, learning_key: str) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}"))

    async def versions(self, learning_key: str, *, cursor: Optional[str] = None, limit: int = 100) -> Page[Json]:
        return _page(dict, "versions", await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/versions", cursor=cursor, limit=limit)))

    async def version(self, learning_key: str, version: int) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/versions/{version}"))

    async def diff(self, learning_key: str, from_version: int, to_version: Optional[int] = None) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/diff", **{"from": from_version, "to": to_version}))

    async def entries(self, learning_key: str) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/entries"))

    async def report(self, learning_key: str, sessions: int = 1000) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/report", sessions=sessions))

    async def change(self, learning_key: str, what: str, *, if_match: Optional[str] = None, **body: Any) -> KeyChange:
        return _read(KeyChange, await self._json(_Requests.change(learning_key, what, if_match, **body)))

    async def import_playbook(self, learning_key: str, playbook: Json, *, reason: Optional[str] = None, if_match: Optional[str] = None) -> KeyChange:
        return await self.change(learning_key, "import", if_match=if_match, playbook=playbook, reason=reason)

    async def rollback(self, learning_key: str, version: int, *, reason: Optional[str] = None, if_match: Optional[str] = None) -> KeyChange:
        return await self.change(learning_key, "rollback", if_match=if_match, version=version, reason=reason)

    async def evidence(self, learning_key: str) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/evidence"))

    async def experiments(self, learning_key: str, number: Optional[int] = None) -> Json:
        return await self._json(_Requests.get(f"/v1/keys/{_key(learning_key)}/experiments" + (f"/{number}" if number else "")))

    async def start_experiment(self, learning_key: str, *, dry_run: bool = False, reason: Optional[str] = None, **plan: Any) -> Json:
        return await self._json(_Requests.change(learning_key, "experiments", None, dry_run=dry_run, reason=reason, **plan))

    async def end_experiment(self, learning_key: str, number: int, how: str = "conclude", *, reason: Optional[str] = None) -> Json:
        return await self._json(_Requests.change(learning_key, f"experiments/{number}/{how}", None, reason=reason))

    def learns(
        self, learning_key: str, *, task: Optional[Callable[..., str]] = None, reward: Optional[Callable[[Any], Union[None, float, Reward]]] = None,
    ) -> Callable[[Callable[..., Awaitable[T]]], Callable[..., Awaitable[T]]]:
        def decorate(function: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
            @functools.wraps(function)
            async def call(*args: Any, **kwargs: Any) -> T:
                async with self.session(learning_key, _task(function, task, args, kwargs)) as session:
                    result = await function(*args, session=session, **kwargs)
                    if session.completed is None:
                        await session.succeed(_answer(result), reward=reward(result) if reward else None)
                    return result
            return call
        return decorate

    async def close(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> "AsyncAtlas":
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.close()

    async def _json(self, request: _Request) -> Json:
        return _document(await self._send(request))

    async def _send(self, request: _Request) -> httpx.Response:
        pace = _Pace(self._patience)
        while True:
            try:
                return _accepted(request, await self._http.request(
                    request.method, request.path, content=request.content, params=request.params, headers=request.headers, timeout=self._timeout + request.wait))
            except (AtlasError, httpx.HTTPError) as failure:
                await asyncio.sleep(pace.after(failure, self._http.base_url))


def _task(function: Callable[..., Any], task: Optional[Callable[..., str]], args: Tuple[Any, ...], kwargs: Json) -> str:
    if task is not None:
        return task(*args, **kwargs)
    words = [repr(one) for one in args] + [f"{name}={one!r}" for name, one in kwargs.items()]
    return f"{function.__name__}({', '.join(words)})"[:4000]


def _answer(result: Any) -> Optional[str]:
    return None if result is None else result if isinstance(result, str) else repr(result)
