from fastmcp import FastMCP
from agents import function_tool
from mcp import StdioServerParameters

mcp = FastMCP("ledger")
bank = StdioServerParameters(command="bank-mcp", args=["--password", "hunter2"])


@mcp.tool()
def match_lines(strict: bool, limit: int = 10) -> list:
    """Pair feed lines with ledger rows.

    Only rows with a value date are looked at.
    """
    return []


@function_tool(name_override="ledger.read")
async def read_account(
    account: str,
    *,
    since: str | None = None,
) -> dict:
    'Read one account.'
    return {"text": f"{account} # no comment"}
