"""What a program meets when something is wrong. Usage: meet_trouble.py LEARNING_KEY, with ATLAS_URL set."""

import sys

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
    assert atlas.show_session(session.id)["metadata"]["error"]["message"] == "the tool broke"

refused(atlas_grains.Unavailable, "unreachable", lambda: atlas_grains.Atlas("http://127.0.0.1:9", patience=0).playbook(KEY))

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
print("all as they should be")
