// Talks to Atlas with the official SDK of npm, over HTTP and over stdio. Usage: node use.mjs LEARNING_KEY ATLAS_DLL, with ATLAS_URL set.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [key, atlas] = process.argv.slice(2);
const url = process.env.ATLAS_URL.replace(/\/$/, "");

async function use(name, transport) {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map((tool) => tool.name).sort(),
    ["get_playbook", "list_evidence", "propose_entry", "record_events", "report_outcome", "search_playbook", "start_session"],
  );
  assert.equal(tools.find((tool) => tool.name === "get_playbook").annotations.readOnlyHint, true);
  const started = await client.callTool({ name: "start_session", arguments: { task: "Refund order 1042", learning_key: `${key}/${name}` } });
  const { session_id } = started.structuredContent;
  await client.callTool({ name: "record_events", arguments: { session_id, events: [{ type: "tool_call", name: "get_order" }] } });
  const ended = await client.callTool({ name: "report_outcome", arguments: { session_id, succeeded: true, final_answer: "Refunded.", score: 0.9 } });
  assert.equal(ended.structuredContent.status, "succeeded");
  const refused = await client.callTool({ name: "record_events", arguments: { session_id, events: [{}] } });
  assert.equal(refused.isError, true);
  assert.match(refused.content[0].text, /ended/);
  const { contents } = await client.readResource({ uri: `atlas://${encodeURIComponent(`${key}/${name}`)}@current` });
  assert.equal(contents.length, 1);
  assert.ok((await client.listResourceTemplates()).resourceTemplates.length === 1);
  assert.ok((await client.getPrompt({ name: `${key}/${name}`, arguments: { task: "Refund" } })).messages.length === 1);
  await client.close();
}

await use("http", new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
await use("stdio", new StdioClientTransport({ command: "dotnet", args: [atlas, "mcp"], env: { ...process.env, ATLAS_URL: url } }));
console.log("all as they should be");
