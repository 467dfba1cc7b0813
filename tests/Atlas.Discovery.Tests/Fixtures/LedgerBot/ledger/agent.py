"""The ledger's agent. Is read, never run: `raise` on import proves it."""
import os

from openai import AsyncOpenAI

from .tools import match_lines, read_account

raise RuntimeError("this module must not be imported")

MODEL = os.getenv("LEDGER_MODEL", "gpt-4.1")
SYSTEM_PROMPT = """\
You reconcile bank feeds with the general ledger.
Quote the ledger's ids, and say which lines have no partner.
"""


class LedgerAgent:
    """Plans, acts and sums up."""

    def __init__(self, password="hunter2"):
        self.client = AsyncOpenAI(
            api_key=os.environ["LEDGER_KEY"],  # comments ( do not [ disturb
            base_url="https://user:geheim@models.example.test/v1",
        )

    async def act(self, observation: dict) -> str:
        answer = await self.client.chat.completions.create(
            model=MODEL,
            messages=[{"role": "system", "content": SYSTEM_PROMPT}, {"role": "user", "content": str(observation)}],
        )
        return answer.choices[0].message.content

    def plan(self, task): return [task]

    def summarize(self, context, history, reward):
        return "done"
