"""A function whose every call is a session."""

import sys

import atlas_grains

KEY = sys.argv[1] if len(sys.argv) > 1 else "support/greetings"
atlas = atlas_grains.Atlas()


@atlas.learns(KEY, task=lambda name: f"Greet {name}", reward=lambda answer: 1.0 if answer.startswith("Hello") else 0.0)
def greet(name, *, session):
    session.event({"type": "thought", "text": f"{name} is greeted with version {session.playbook.version}"})
    return f"Hello, {name}!"


print(greet("Ana"))
print(atlas.list_sessions(learning_key=KEY, limit=1).items[0].score)
atlas.close()
