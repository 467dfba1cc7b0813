"""What a program meets when something is wrong. Usage: meet_trouble.py LEARNING_KEY, with ATLAS_URL set."""

import asyncio
import json
import sys
import threading
import time

import httpx

import atlas_grains

KEY = sys.argv[1]


def refused(kind, code, action):
    try:
        action()
    except kind as error:
        assert error.code == code, error
    else:
        raise AssertionError(f"{code} was expected")


with atlas_grains.Atlas(patience=0) as atlas:
    refused(atlas_grains.NotFound, "session-not-found", lambda: atlas.show_session(999_999_999))
    refused(atlas_grains.NotFound, "key-not-found", lambda: atlas.describe(KEY))
    refused(atlas_grains.Invalid, "invalid-request", lambda: atlas.session(KEY, ""))
    refused(atlas_grains.Invalid, "invalid-learning-key", lambda: atlas.playbook("k" * 4096))
    document = {"format": "atlas.playbook.v2", "student": ["Be brief."], "teacher": None, "entries": []}
    assert atlas.import_playbook(KEY, document).version == 1
    seen = atlas.playbook(KEY)
    assert atlas.playbook(KEY) is seen
    atlas.change(KEY, "freeze", reason="a test")
    refused(atlas_grains.Conflict, "key-frozen", lambda: atlas.rollback(KEY, 0))
    atlas.change(KEY, "unfreeze")
    atlas.import_playbook(KEY, {**document, "student": ["Be kind."]}, if_match=seen.etag)
    refused(atlas_grains.PreconditionFailed, "precondition-failed", lambda: atlas.rollback(KEY, 1, if_match=seen.etag))

    try:
        with atlas.session(KEY, "a task that fails") as session:
            session.event({"type": "thought"})
            raise RuntimeError("the tool broke")
    except RuntimeError:
        pass
    assert session.completed.status == "failed"
    atlas.review(session.id, "quarantined", "seen")
    refused(atlas_grains.Conflict, "review-changed", lambda: atlas.review(session.id, "approved", only_while="pending"))
    assert atlas.review(session.id, "approved", only_while="quarantined")["review_status"] == "approved"
    assert atlas.show_session(session.id)["metadata"]["error"]["message"] == "the tool broke"

refused(atlas_grains.Unavailable, "unreachable", lambda: atlas_grains.Atlas("http://127.0.0.1:9", patience=0).playbook(KEY))


class Losing(httpx.HTTPTransport):
    """Loses the answers to the events that it delivers, as long as it is told to."""

    loses = False

    def handle_request(self, request):
        response = super().handle_request(request)
        if self.loses and request.url.path.endswith("/events"):
            response.read()
            raise httpx.ReadError("lost on the way back")
        return response


def stored(atlas, session):
    return [one["event"]["n"] for one in atlas.list_events(session.id).items]


# Events after a lost answer are stored behind those that it was about.
losing = Losing()
with atlas_grains.Atlas(patience=0, transport=losing) as atlas:
    session = atlas.session(KEY, "loses an answer")
    losing.loses = True
    refused(atlas_grains.Unavailable, "unreachable", lambda: session.event({"n": 0}))
    losing.loses = False
    session.event({"n": 1})
    assert stored(atlas, session) == [0, 1], stored(atlas, session)

    # Two processes with one session, and many threads.
    one, other = (atlas.session(KEY, "shared", external_id=f"shared-{KEY}") for _ in range(2))
    assert one.id == other.id
    one.event({"n": 0})
    other.event({"n": 1})
    threads = [threading.Thread(target=one.event, args=({"n": n},)) for n in range(2, 12)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(stored(atlas, one)) == list(range(12)), stored(atlas, one)


class Late(httpx.AsyncBaseTransport):
    """Stores events and never answers while it is told to."""

    def __init__(self):
        self.inner, self.loses, self.arrived = httpx.AsyncHTTPTransport(), False, asyncio.Event()

    async def handle_async_request(self, request):
        response = await self.inner.handle_async_request(request)
        if self.loses and request.url.path.endswith("/events"):
            await response.aread()
            self.arrived.set()
            await asyncio.sleep(60)
        return response


async def cancelled():
    late = Late()
    async with atlas_grains.AsyncAtlas(transport=late) as atlas:
        session = await atlas.session(KEY, "cancels a task")
        late.loses = True
        task = asyncio.create_task(session.event({"n": 0}))
        await late.arrived.wait()
        task.cancel()
        late.loses = False
        await session.event({"n": 1})
        assert [one["event"]["n"] for one in (await atlas.list_events(session.id)).items] == [0, 1]


asyncio.run(cancelled())

# The caller's own data arrive with their nulls.
with atlas_grains.Atlas() as atlas:
    session = atlas.session(KEY, "has nulls", metadata={"owner": None, "tags": []})
    session.event({"type": "tool_result", "result": None, "rows": [{"total": None}]})
    session.step(atlas_grains.StepRecord(1, metadata={"found": None}))
    session.succeed()
    assert atlas.list_events(session.id).items[0]["event"] == {"type": "tool_result", "result": None, "rows": [{"total": None}]}
    shown = atlas.show_session(session.id)
    assert shown["metadata"]["owner"] is None, shown["metadata"]
    assert "found" in shown["steps"][0]["metadata"], shown["steps"]

bodies = []
told = httpx.MockTransport(lambda request: (bodies.append(json.loads(request.content)), httpx.Response(200, json={"version": 1, "changed": True}))[1])
with atlas_grains.Atlas("http://atlas", transport=told) as atlas:
    atlas.import_playbook(KEY, {**document, "entries": [{"note": None}]})
assert bodies == [{"playbook": {**document, "entries": [{"note": None}]}}], bodies

# Threads with one session wait for each other, so the events of a thread stay in their order.
sending, most = [], []


def slow(request):
    sending.append(1)
    most.append(len(sending))
    threading.Event().wait(0.01)
    sending.pop()
    return httpx.Response(200, json={"session_id": 1})


session = atlas_grains.Session(atlas_grains.Atlas("http://atlas", transport=httpx.MockTransport(slow)), 1, KEY, seen)
threads = [threading.Thread(target=session.event, args=({"n": n},)) for n in range(5)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(most) == 5 and max(most) == 1, most

# The same request is sent again with the same Idempotency-Key, and a refusal that stays is not.
sent = []


def flaky(request):
    sent.append(request.headers.get("Idempotency-Key"))
    problem = {"type": "urn:atlas:problem:unavailable", "detail": "not now"}
    return httpx.Response(503, json=problem, headers={"Retry-After": "0"}) if len(sent) < 3 else httpx.Response(200, json={"session_id": 1})


atlas_grains.Atlas("http://atlas", transport=httpx.MockTransport(flaky)).review(1, "approved")
assert len(sent) == 3 and len(set(sent)) == 1 and sent[0], sent
sent.clear()
gone = httpx.MockTransport(lambda request: (sent.append(1), httpx.Response(404, json={"type": "urn:atlas:problem:session-not-found"}))[1])
refused(atlas_grains.NotFound, "session-not-found", lambda: atlas_grains.Atlas("http://atlas", transport=gone).show_session(1))
assert sent == [1]


# An end that may have arrived is sent again as it was; no contrary end follows it.
class Ending(httpx.HTTPTransport):
    """Loses the answers to the first ends that it delivers."""

    def __init__(self, away):
        super().__init__()
        self.away, self.ends = away, []

    def handle_request(self, request):
        response = super().handle_request(request)
        if request.url.path.endswith("/complete"):
            self.ends.append((json.loads(request.content)["status"], request.headers["Idempotency-Key"]))
            if len(self.ends) <= self.away:
                response.read()
                raise httpx.ReadError("lost on the way back")
        return response


class EndingAsync(httpx.AsyncBaseTransport):
    def __init__(self, away):
        self.inner, self.away, self.ends = httpx.AsyncHTTPTransport(), away, []

    async def handle_async_request(self, request):
        response = await self.inner.handle_async_request(request)
        if request.url.path.endswith("/complete"):
            self.ends.append((json.loads(request.content)["status"], request.headers["Idempotency-Key"]))
            if len(self.ends) <= self.away:
                await response.aread()
                raise httpx.ReadError("lost on the way back")
        return response


def same_end_twice(ends):
    assert [status for status, _ in ends] == ["succeeded", "succeeded"] and len(set(ends)) == 1, ends


ending = Ending(away=1)
with atlas_grains.Atlas(patience=0, transport=ending) as atlas:
    try:
        with atlas.session(KEY, "ends while the cluster is away") as session:
            session.succeed("Done.", reward=0.7)
        raise AssertionError("the lost answer was expected")
    except atlas_grains.Unavailable:
        pass
    same_end_twice(ending.ends)
    assert session.completed.status == "succeeded"

    ending.ends.clear()
    with atlas.session(KEY, "goes on after that") as session:
        try:
            session.succeed("Done.", reward=0.7)
        except atlas_grains.Unavailable:
            pass
    same_end_twice(ending.ends)
    assert (session.completed.status, atlas.session_state(session.id).reward.score) == ("succeeded", 0.7)

    # An end that was refused did not arrive.
    try:
        with atlas.session(KEY, "gives a reward that is none") as session:
            session.succeed("Done.", reward=7)
    except atlas_grains.Invalid:
        pass
    assert session.completed.status == "failed"


async def ends():
    ending = EndingAsync(away=1)
    async with atlas_grains.AsyncAtlas(patience=0, transport=ending) as atlas:
        try:
            async with atlas.session(KEY, "ends while the cluster is away") as session:
                await session.succeed("Done.", reward=0.7)
            raise AssertionError("the lost answer was expected")
        except atlas_grains.Unavailable:
            pass
        same_end_twice(ending.ends)
        assert session.completed.status == "succeeded"


asyncio.run(ends())


# What is not of the API, or cannot be sent, is an AtlasError, and never hides what went wrong first.
def answering(response):
    return atlas_grains.Atlas("http://atlas", transport=httpx.MockTransport(lambda request: (sent.append(request), response)[1]))


for status, body in ((200, "<html>Sign in</html>"), (200, '"text"'), (204, ""), (302, ""), (304, "")):
    sent.clear()
    strange = httpx.Response(status, text=body, headers={"Location": "http://elsewhere/"} if status == 302 else {})
    for action in (lambda: answering(strange).show_session(1), lambda: answering(strange).playbook(KEY), lambda: next(answering(strange).watch(KEY))):
        refused(atlas_grains.AtlasError, "not-atlas", action)
    assert len(sent) == 3, sent
for value in (float("nan"), float("inf"), object()):
    refused(atlas_grains.Invalid, "invalid-request", lambda: answering(httpx.Response(200, json={})).decide("approved", {"score": value}))
sent.clear()
answering(httpx.Response(200, json={})).decide("approved", {"text": "half \ud800 and ä"})
assert json.loads(sent[0].content)["filter"] == {"text": "half \ud800 and ä"} and sent[0].headers["Content-Type"] == "application/json"
refused(atlas_grains.NotFound, "http-404", lambda: answering(httpx.Response(404)).playbook("half \ud800"))


class Unspeakable(RuntimeError):
    def __str__(self):
        raise ValueError("has no words")


for answer in (httpx.Response(200, text="<html>"), httpx.Response(200, json={"session_id": 1})):
    try:
        with atlas_grains.Session(answering(answer), 1, KEY, seen):
            raise RuntimeError("the tool broke")
    except RuntimeError as error:
        assert str(error) == "the tool broke"
try:
    with atlas_grains.Session(answering(httpx.Response(200, json={})), 1, KEY, seen):
        raise Unspeakable()
except Unspeakable:
    pass


# A watch whose stream ends waits before it connects again.
def ended_streams(request):
    sent.append(time.monotonic())
    return httpx.Response(200 if len(sent) < 5 else 404, text=": alive\n\n", headers={"Content-Type": "text/event-stream"})


sent.clear()
refused(atlas_grains.NotFound, "http-404", lambda: next(atlas_grains.Atlas("http://atlas", transport=httpx.MockTransport(ended_streams)).watch(KEY)))
assert sent[-1] - sent[0] > 0.7, sent
print("all as they should be")
