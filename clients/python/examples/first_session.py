"""One session from start to reward, and what the next one is given. Needs a silo: `atlas up --detach`."""

import sys

import atlas_grains

KEY = sys.argv[1] if len(sys.argv) > 1 else "support/refunds"

with atlas_grains.Atlas() as atlas:
    with atlas.session(KEY, "Refund order 1042", metadata={"tags": ["billing"]}) as session:
        prompt = "You answer customers of a shop.\n" + session.block()
        session.event({"type": "tool_call", "name": "get_order", "arguments": {"id": 1042}})
        session.event({"type": "tool_result", "name": "get_order", "result": {"paid": True}})
        session.succeed("Order 1042 is refunded.", reward=0.9)
    print(f"session {session.id} was given version {session.playbook.version} and {session.completed.status}")

    state = session.wait_for_reward(patience=10)
    print(f"its reward is {state.reward.score}")
    print(f"{KEY} is at version {atlas.playbook(KEY).version}")
