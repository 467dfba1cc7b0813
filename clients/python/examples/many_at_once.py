"""Twenty sessions at the same time with the async client, and a watch that sees a playbook change."""

import asyncio
import sys

import atlas_grains

KEY = sys.argv[1] if len(sys.argv) > 1 else "support/parallel"


async def one(atlas, number):
    async with atlas.session(KEY, f"Refund order {number}") as session:
        await session.event({"type": "tool_call", "name": "get_order", "arguments": {"id": number}})
        await session.succeed("Refunded.", reward=1.0)
        return session.id


async def first_text(atlas):
    async for playbook in atlas.watch(KEY):
        if playbook.student is not None:
            return playbook.student.text


async def main():
    async with atlas_grains.AsyncAtlas() as atlas:
        watch = asyncio.ensure_future(first_text(atlas))
        ids = await asyncio.gather(*(one(atlas, number) for number in range(1, 21)))
        print(f"{len(set(ids))} sessions")
        await atlas.import_playbook(KEY, {"format": "atlas.playbook.v2", "student": ["Be brief."], "teacher": None, "entries": []})
        print(f"seen: {await asyncio.wait_for(watch, 60)}")


asyncio.run(main())
