"""Calls every method of the Python client against a server made of the OpenAPI document: whatever is sent must be in the document, and
whatever the document answers must be understood. Usage: hold_against_document.py OPENAPI_JSON"""

import asyncio
import dataclasses
import inspect
import json
import re
import sys
import typing

import httpx

import atlas_grains as client

DOCUMENT = json.load(open(sys.argv[1]))
SCHEMAS = DOCUMENT["components"]["schemas"]
# Of people, of administration and of supervising runtimes; nothing for an agent's program.
NOT_NEEDED = {"ListReviews", "ListAudit", "ProposeEntries", "ListProposals", "DecideProposals", "Forget", "ShowBudget", "ReserveBudget", "SettleBudget", "GetBaseline", "ChangeCost"}
FAULTS, SEEN = [], set()


def schema_of(schema):
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    return schema


def sample(schema):
    schema = schema_of(schema)
    for one in schema.get("oneOf", []):
        if one.get("type") != "null":
            return sample(one)
    kind = schema.get("type")
    kind = next((one for one in kind if one != "null"), None) if isinstance(kind, list) else kind
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        return {name: sample(inner) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [sample(schema["items"])]
    return {"string": "text", "integer": 1, "number": 0.5, "boolean": True}.get(kind)


def check(value, schema, where):
    schema = schema_of(schema)
    if value is None or "properties" not in schema:
        return
    for name in value:
        if name not in schema["properties"]:
            FAULTS.append(f"{where} sends '{name}', which the document does not know")
        else:
            check(value[name], schema["properties"][name], f"{where}.{name}") if isinstance(value[name], dict) else None
    for name in schema.get("required", []):
        if name not in value:
            FAULTS.append(f"{where} does not send '{name}'")


def answer(request):
    path = request.url.raw_path.decode().partition("?")[0]
    for template, item in sorted(DOCUMENT["paths"].items(), key=lambda pair: pair[0].count("{")):
        operation = item.get(request.method.lower())
        if operation is None or not re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path):
            continue
        where = f"{request.method} {template}"
        SEEN.add(operation["operationId"])
        known = {(one["in"], one["name"].lower()) for one in operation.get("parameters", [])}
        for name in request.url.params:
            if ("query", name) not in known:
                FAULTS.append(f"{where} is sent the parameter '{name}', which the document does not know")
        for name in ("idempotency-key", "if-match", "if-none-match"):
            if name in request.headers and ("header", name) not in known:
                FAULTS.append(f"{where} is sent the header '{name}', which the document does not know")
        if request.method == "POST" and "idempotency-key" not in request.headers:
            FAULTS.append(f"{where} is sent without an Idempotency-Key")
        if request.content and "requestBody" not in operation:
            if json.loads(request.content):
                FAULTS.append(f"{where} takes no body")
        elif request.content:
            check(json.loads(request.content), operation["requestBody"]["content"]["application/json"]["schema"], where)
        if template.endswith("/watch"):
            data = json.dumps(sample(SCHEMAS["ResolvedPlaybook"]))
            return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, text=f"retry: 1000\n\n: alive\n\nevent: playbook\nid: abc\ndata: {data}\n\n")
        return httpx.Response(200, json=sample(operation["responses"]["200"]["content"]["application/json"]["schema"]) or {}, headers={"ETag": '"abc"'})
    FAULTS.append(f"{request.method} {path} is not in the document")
    return httpx.Response(404, json={})


ARGUMENTS = {
    "learning_key": "a/b", "task": "t", "session_id": 1, "events": [{"a": 1}], "event": {"a": 1}, "plan": {"a": 1}, "step": client.StepRecord(1, "t", "o", {"a": 1}, {}, [{}], ["n"]),
    "step_id": 1, "note": "n", "usage": {}, "status": "approved", "version": 1, "from_version": 1, "to_version": 2, "playbook": {}, "filter": {"learning_key": "k"},
    "cursor": "c", "limit": 5, "reason": "r", "if_match": '"abc"', "reviewer": "r", "only_while": "pending", "dry_run": True, "agent": "a", "metadata": {}, "external_id": "e", "lease_seconds": 5,
    "tag": "t", "review_status": "pending", "final_answer": "a", "reward": client.Reward(0.5, 0.1, "j", "r"), "student_note": "s", "teacher_note": "t", "sessions": 5,
    "wait_seconds": 1.0, "number": 1, "session": "chatcmpl-1", "patience": 1.0,
}
LEFT_OUT = {"close", "learns", "change", "session", "block", "watch", "start_experiment", "end_experiment", "experiments"}


def calls(owner):
    for name, method in inspect.getmembers(owner, callable):
        if name.startswith("_") or name in LEFT_OUT:
            continue
        arguments = {}
        for parameter in inspect.signature(method).parameters.values():
            if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                continue
            value = ARGUMENTS[parameter.name]
            arguments[parameter.name] = "succeeded" if name == "complete" and parameter.name == "status" else "running" if name == "list_sessions" and parameter.name == "status" else value
        yield method, arguments


CHANGES = {"freeze": {}, "unfreeze": {}, "stage": {}, "unstage": {}, "unpin": {}, "edit": {"playbook": {}}, "pin": {"version": 1}, "promote": {"version": 1},
           "entries/try": {"entry": "e"}, "entries/withdraw": {"entry": "e"}, "entries/merge": {"kept": "e", "entry": "f"},
           "entries/unmerge": {"entry": "f"}}
PLAN = {"first_version": 1, "new_version": 2, "share": 0.5, "max_sessions": 100, "difference": 0.2}
SETTINGS = {"injection_mode": "suffix", "model": "m", "system_prompt": "p"}


def experiments(atlas):
    yield atlas.start_experiment("a/b", dry_run=True, reason="r", author="a", **PLAN)
    yield atlas.start_experiment("a/b", entry="e")
    yield atlas.start_experiment("a/b", configuration=SETTINGS)
    yield atlas.experiments("a/b")
    yield atlas.experiments("a/b", 1)
    yield atlas.end_experiment("a/b", 1, reason="r")
    yield atlas.end_experiment("a/b", 1, "stop")


def sync():
    with client.Atlas("http://atlas", transport=httpx.MockTransport(answer)) as atlas:
        session = atlas.session(*["a/b", "t"], agent="a", metadata={}, external_id="e", lease_seconds=5)
        for owner in (atlas, session):
            for method, arguments in calls(owner):
                method(**arguments)
        for what, body in CHANGES.items():
            atlas.change("a/b", what, reason="r", author="a", **body)
        list(experiments(atlas))
        assert next(atlas.watch("a/b")).version == 1


async def awaited():
    async with client.AsyncAtlas("http://atlas", transport=httpx.MockTransport(answer)) as atlas:
        async with atlas.session("a/b", "t") as session:
            for owner in (atlas, session):
                for method, arguments in calls(owner):
                    await method(**arguments)
        for what, body in CHANGES.items():
            await atlas.change("a/b", what, reason="r", author="a", **body)
        for started in experiments(atlas):
            await started
        async for playbook in atlas.watch("a/b"):
            assert playbook.version == 1
            break


def twins():
    for one, other in ((client.Atlas, client.AsyncAtlas), (client.Session, client.AsyncSession)):
        for name, method in inspect.getmembers(one, inspect.isfunction):
            if not name.startswith("_") and list(inspect.signature(method).parameters) != list(inspect.signature(getattr(other, name)).parameters):
                FAULTS.append(f"{other.__name__}.{name} does not take what {one.__name__}.{name} takes")


def shapes():
    for kind, schema in {
        client.Playbook: "ResolvedPlaybook", client.RolePlaybook: "RolePlaybook", client.Entry: "GivenEntry", client.Reward: "SessionReward", client.SessionState: "SessionState",
        client.Completed: "SessionCompleted", client.KeyChange: "KeyChange", client.KeySummary: "KeySummary", client.SessionItem: "SessionItem", client.StepRecord: "StepRequest",
    }.items():
        for one in dataclasses.fields(kind):
            if one.name not in SCHEMAS[schema]["properties"] and (kind, one.name) != (client.Playbook, "etag"):
                FAULTS.append(f"{kind.__name__}.{one.name} is not in the document's {schema}")
        typing.get_type_hints(kind)


sync()
asyncio.run(awaited())
twins()
shapes()
everything = {operation["operationId"] for item in DOCUMENT["paths"].values() for operation in item.values()}
FAULTS.extend(f"no method calls {name}" for name in sorted(everything - SEEN - NOT_NEEDED))
print("\n".join(sorted(set(FAULTS))) or f"{len(SEEN)} operations fit")
sys.exit(bool(FAULTS))
