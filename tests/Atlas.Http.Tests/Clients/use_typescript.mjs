// Uses the compiled client as a program would. Usage: node use.mjs LEARNING_KEY OPENAPI_JSON, with ATLAS_URL set.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Atlas, AtlasError } from "./dist/atlas-grains.js";

const [key, file] = process.argv.slice(2);
const document = JSON.parse(await readFile(file, "utf8"));
const sent = new Set();

// Whatever is sent has to be in the OpenAPI document.
const recorded = async (address, init) => {
  const { pathname, searchParams } = new URL(address);
  const [template, item] = Object.entries(document.paths)
    .sort(([one], [other]) => one.split("{").length - other.split("{").length)
    .find(([path, item]) => item[init?.method?.toLowerCase() ?? "get"] && new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(pathname)) ?? [];
  assert.ok(template, `${init?.method} ${pathname} is not in the document`);
  const operation = item[init?.method?.toLowerCase() ?? "get"];
  sent.add(operation.operationId);
  const known = (operation.parameters ?? []).filter((one) => one.in === "query").map((one) => one.name);
  for (const name of searchParams.keys()) {
    assert.ok(known.includes(name), `${template} is sent the parameter ${name}`);
  }
  return fetch(address, init);
};

const atlas = new Atlas({ fetch: recorded });
await atlas.session(key, "Refund order 1042", async (session) => {
  assert.equal(session.block(), "");
  await Promise.all([session.event({ n: 0 }), session.event({ n: 1 }), session.events([{ n: 2 }, { n: 3 }])]);
  await session.plan({ steps: [] });
  await session.step({ step_id: 1, output: "found", evaluation: { score: 1 } });
  await session.guidance(1, "Check the date.");
  await session.usage({ roles: {} });
  await session.renew();
  await session.succeed("Refunded.", { score: 0.9 });
  assert.equal((await session.waitForReward(5000)).reward?.score, 0.9);
  const { events } = await atlas.listEvents(session.id);
  assert.deepEqual(events.map((one) => one.event.n), [0, 1, 2, 3]);
  assert.equal((await atlas.showSession(session.id)).final_answer, "Refunded.");
  assert.equal((await atlas.reward(session.id, { score: 0.9 })).status, "succeeded");
  await atlas.review(session.id, "approved", "looked at it");
  await assert.rejects(atlas.review(session.id, "quarantined", "too late", "ana", "pending"), (error) => error.code === "review-changed" && error.status === 409);
});

// Events after a lost answer are stored behind those that it was about, and so are those of another process.
let loses = false;
const losing = new Atlas({ patience: 0, fetch: async (address, init) => {
  const answer = await fetch(address, init);
  if (loses && String(address).endsWith("/events")) {
    throw new TypeError("lost on the way back");
  }
  return answer;
} });
const shared = await losing.start(key, "loses an answer", { external_id: `shared-${key}` });
const other = await losing.start(key, "loses an answer", { external_id: `shared-${key}` });
loses = true;
await assert.rejects(shared.event({ n: 0 }), (error) => error.code === "unreachable");
loses = false;
await shared.event({ n: 1 });
await other.event({ n: 2 });
assert.deepEqual((await losing.listEvents(shared.id)).events.map((one) => one.event.n), [0, 1, 2]);

await assert.rejects(atlas.session(key, "fails", async () => { throw new Error("the tool broke"); }), /the tool broke/);
assert.equal((await atlas.listSessions({ learning_key: key, status: "failed" })).sessions.length, 1);

// An end that may have arrived is sent again as it was; no contrary end follows it.
const ends = [];
let away = 1;
const ending = new Atlas({ patience: 0, fetch: async (address, init) => {
  const answer = await fetch(address, init);
  if (String(address).endsWith("/complete")) {
    ends.push([JSON.parse(init.body).status, init.headers["Idempotency-Key"]]);
    if (away-- > 0) {
      throw new TypeError("lost on the way back");
    }
  }
  return answer;
} });
let ended;
await assert.rejects(ending.session(key, "ends while the cluster is away", (session) => (ended = session).succeed("Done.", 0.7)), (error) => error.code === "unreachable");
assert.deepEqual([ends.map(([status]) => status), ends[0][1], ended.completed.status], [["succeeded", "succeeded"], ends[1][1], "succeeded"]);
away = 1;
await ending.session(key, "goes on after that", async (session) => { await (ended = session).succeed("Done.", 0.7).catch(() => undefined); });
assert.deepEqual([ended.completed.status, (await ending.sessionState(ended.id)).reward?.score], ["succeeded", 0.7]);
away = 0;
await assert.rejects(ending.session(key, "gives a reward that is none", (session) => (ended = session).succeed("Done.", 7)), (error) => error.status === 400);
assert.equal(ended.completed.status, "failed");

// What is not of the API is an AtlasError, an answer that breaks off is asked for again, and parameters need no newer URLSearchParams.
const answers = [];
const scripted = new Atlas({ fetch: async (address) => { answers.at(-1).push(String(address)); return answers.at(-1)[0](answers.at(-1).length); } });
const broken = () => new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError("terminated")) }), { status: 200 });
answers.push([(turn) => (turn < 3 ? broken() : new Response('{"versions":[]}', { status: 200 }))]);
assert.deepEqual(await scripted.versions(key), { versions: [] });
assert.equal(answers.at(-1).length, 3);
for (const [status, text] of [[200, "<html>Sign in</html>"], [200, '"text"'], [204, null], [304, null]]) {
  answers.push([() => new Response(text, { status })]);
  await assert.rejects(scripted.describe(key), (error) => error instanceof AtlasError && error.code === "not-atlas" && error.status === status);
  assert.equal(answers.at(-1).length, 2);
}
answers.push([() => new Response("<html>Sign in</html>", { status: 200, headers: { "Content-Type": "text/html" } })]);
await assert.rejects(scripted.watch(key).next(), (error) => error.code === "not-atlas");
const size = Object.getOwnPropertyDescriptor(URLSearchParams.prototype, "size");
delete URLSearchParams.prototype.size;
answers.push([() => new Response("{}", { status: 200 })]);
await scripted.diff(key, 1, 2);
assert.match(answers.at(-1)[1], /\/diff\?from=1&to=2$/);
Object.defineProperty(URLSearchParams.prototype, "size", size);

const playbook = { format: "atlas.playbook.v2", student: ["Be brief."], teacher: null, entries: [] };
const imported = await atlas.change(key, { what: "import", playbook }, { reason: "a test" });
const seen = [];
const stop = new AbortController();
for await (const current of atlas.watch(key, stop.signal)) {
  seen.push(current.version);
  if (seen.length === 1) {
    await atlas.change(key, { what: "import", playbook: { ...playbook, student: ["Be kind."] } });
  } else {
    stop.abort();
  }
}
assert.ok(seen[1] > seen[0]);
const first = await atlas.playbook(key);
assert.equal(await atlas.playbook(key), first);
assert.match(first.student.text, /Be kind/);
await atlas.change(key, { what: "rollback", version: imported.version });
await atlas.change(key, { what: "freeze" });
await assert.rejects(atlas.change(key, { what: "rollback", version: 1 }), (error) => error instanceof AtlasError && error.code === "key-frozen" && error.status === 409);
await atlas.change(key, { what: "unfreeze" });
for (const what of ["stage", "unstage"]) {
  await atlas.change(key, { what });
}
assert.ok((await atlas.describe(key)).newest_version > 1);
assert.ok((await atlas.versions(key)).versions.length > 1);
assert.ok((await atlas.version(key, 1)).document);
assert.ok(await atlas.diff(key, 1, 2));
assert.ok(await atlas.entries(key));
assert.ok(await atlas.report(key));
assert.ok((await atlas.evidence(key)).summary);
const plan = { first_version: 0, new_version: 1, difference: 0.1 };
assert.ok((await atlas.startExperiment(key, plan, { dry_run: true })).needed.sessions > 100);
assert.equal((await atlas.experiments(key)).experiments.length, 0);
const { experiment } = await atlas.startExperiment(key, plan, { reason: "a test" });
assert.equal((await atlas.experiment(key, experiment.number)).status, "running");
await assert.rejects(atlas.endExperiment(key, experiment.number, "conclude"), (error) => error.code === "experiment-undecided");
assert.equal((await atlas.endExperiment(key, experiment.number, "stop")).status, "stopped");
await assert.rejects(atlas.change(key, { what: "entries/try", entry: "nowhere" }), (error) => error.code === "entry-not-found");
assert.ok((await atlas.listKeys({ limit: 1 })).keys.length === 1);
assert.equal((await atlas.decide("quarantined", { learning_key: key }, { dry_run: true })).decided, 0);
await assert.rejects(new Atlas({ url: "http://127.0.0.1:9", patience: 0 }).playbook(key), (error) => error.code === "unreachable");

// Node 18 has no global crypto, and a page on plain http no randomUUID.
const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
for (const value of [undefined, { getRandomValues: (bytes) => bytes.map((_, index) => index) }]) {
  Object.defineProperty(globalThis, "crypto", { value, configurable: true });
  const identities = [];
  const apart = new Atlas({ fetch: async (address, { headers }) => {
    identities.push(headers["Idempotency-Key"]);
    return new Response("{}", { status: 200 });
  } });
  await apart.review(1, "approved");
  await apart.review(1, "approved");
  assert.match(identities[0], /^[0-9a-f]{32}$/);
  assert.equal(new Set(identities).size, value ? 1 : 2);
}
Object.defineProperty(globalThis, "crypto", own);
assert.ok(sent.size > 20, [...sent].join());
console.log("all as they should be");
