/**
 * A client for the HTTP API of Atlas.Grains: agents that learn at run time. No dependencies; Node 18 or later, Deno, Bun, browsers.
 *
 *     import { Atlas } from "./atlas-grains.ts";
 *
 *     const atlas = new Atlas({ url: "http://127.0.0.1:5080" });
 *     await atlas.session("support/refunds", "Refund order 1042", async (session) => {
 *       const prompt = BASE_PROMPT + session.block();
 *       await session.event({ type: "tool_call", name: "get_order" });
 *       await session.succeed("Refunded.", { score: 0.9 });
 *     });
 */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: unknown };

export type Role = "student" | "teacher";
export type SessionStatus = "running" | "succeeded" | "failed";
export type ReviewStatus = "pending" | "quarantined" | "approved";

/** One role's part of a playbook. */
export interface RolePlaybook {
  /** The text that is injected. */
  text: string;
  /** SHA-256 of that text. */
  sha256: string;
  /** The text between its delimiters, as it goes into a prompt. */
  block: string;
}

/** An entry of a playbook as a session is given it. */
export interface Entry {
  id: string;
  role: string;
  sha256: string;
  on_trial: boolean;
  cue: { type: string; pattern: string; description: string };
  runtime_handle: string | null;
  tool_name: string | null;
}

/** What a learning key has learned, ready for prompts. */
export interface Playbook {
  learning_key: string;
  version: number;
  updated_at: string | null;
  /** Where it stands in a prompt. */
  injection_mode: "prefix" | "suffix";
  /** False: keep it out of the prompts. */
  apply_to_prompts: boolean;
  entry_count: number;
  student: RolePlaybook | null;
  teacher: RolePlaybook | null;
  entries: Entry[];
  withheld: Entry[];
  left_out: string[];
  /** The arm of an experiment that the session is in; `settings` is what it is to do otherwise. */
  arm?: { experiment: number; is_new: boolean; settings?: { injection_mode?: string; model?: string; system_prompt?: string; synthesizer?: string } } | null;
}

/** What a session was worth; the score is 0 to 1. */
export interface Reward {
  score: number;
  uncertainty?: number | null;
  judge?: string;
  rationale?: string | null;
}

/** Where a session stands. */
export interface SessionState {
  session_id: number;
  status: SessionStatus;
  review_status: ReviewStatus;
  judging: "off" | "pending" | "judged" | "failed";
  reward: Reward | null;
  reason: string | null;
  learning: string | null;
}

/** A session has ended and is stored. */
export interface Completed {
  session_id: number;
  status: SessionStatus;
  review_status: ReviewStatus;
  learning: "off" | "judging" | "queued" | "observed" | "applied";
  reason: string | null;
}

/** What a change of a playbook led to. */
export interface KeyChange {
  version: number;
  changed: boolean;
  current: number | null;
}

/** A page of a list; `next_cursor` is null on the last one. */
export type Page<Name extends string, Item> = { [name in Name]: Item[] } & { next_cursor: string | null };

export interface SessionItem {
  id: number;
  task: string;
  learning_key: string | null;
  status: SessionStatus;
  review_status: ReviewStatus;
  score: number | null;
  created_at: string;
  completed_at: string | null;
  external_id: string | null;
  playbook_version: number | null;
  event_count: number;
}

export interface KeySummary {
  learning_key: string;
  version: number;
  sessions_observed: number;
  entries: number;
  updated_at: string;
  frozen: boolean;
}

/** One step of a session, to be stored. */
export interface StepRecord {
  step_id: number;
  trace?: string;
  output?: string;
  evaluation?: JsonObject;
  metadata?: JsonObject;
  attempt_evaluations?: JsonObject[];
  guidance?: string[];
}

/** What more may be said of a session that starts. */
export interface StartOptions {
  agent?: string;
  metadata?: JsonObject;
  /** The caller's own identity of the session; starting it again returns the same one. */
  external_id?: string;
  /** Seconds of silence after which the running session is closed as failed; 0 for never. */
  lease_seconds?: number;
}

/** What more may be said of a session that ends. */
export interface CompleteOptions {
  metadata?: JsonObject;
  student_note?: string;
  teacher_note?: string;
}

/** A change of a learning key, with what it is about. */
export type Change =
  | { what: "import" | "edit"; playbook: JsonObject }
  | { what: "rollback" | "pin"; version: number }
  | { what: "promote"; version?: number }
  | { what: "entries/try" | "entries/withdraw" | "entries/unmerge"; entry: string }
  | { what: "entries/merge"; kept: string; entry: string }
  | { what: "freeze" | "unfreeze" | "stage" | "unstage" | "unpin" };

/** What an experiment is to find out: its arms differ in exactly one of two versions, an entry and a configuration. */
export type ExperimentPlan = (
  | { first_version: number; new_version: number }
  | { entry: string }
  | { configuration: { injection_mode?: "prefix" | "suffix"; model?: string; system_prompt?: string } | { synthesizer: string } }
) & {
  /** The share of sessions in the new arm; 0.5 if left out. */
  share?: number;
  /** Sessions after which it ends whatever it has found. */
  max_sessions?: number;
  /** The difference in reward that would be worth seeing; 0.2 if left out. */
  difference?: number;
};

/** What an experiment has found so far. */
export interface Experiment extends JsonObject {
  number: number;
  status: "running" | "decided" | "stopped" | "concluded";
  decision: "go_on" | "better" | "worse" | "equivalent";
  effect: number | null;
  low: number;
  high: number;
  missing: number;
  summary: string;
}

export interface ChangeOptions {
  reason?: string;
  author?: string;
  /** The ETag of the playbook that the change is meant for. */
  ifMatch?: string;
}

export interface AtlasOptions {
  /** Where a silo or a host of its API is; the default is `ATLAS_URL`, else `http://127.0.0.1:5080`. */
  url?: string;
  /** An API key of `atlas key create`; the default is `ATLAS_API_KEY`, else none. */
  apiKey?: string;
  /** Milliseconds that one request may take. */
  timeout?: number;
  /** Milliseconds for which a request that failed for a passing reason is sent again; 0 never repeats. */
  patience?: number;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch;
}

/** A refusal of Atlas. `code` is stable (the end of the problem's `type`), `detail` is a sentence for people. */
export class AtlasError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Seconds to wait before the next try, where the server said so. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string, detail: string, retryAfter: number | null = null) {
    super(status === 0 ? detail : `${detail} (${code}, HTTP ${status})`);
    this.name = "AtlasError";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may be sent again. */
  get isTransient(): boolean {
    return [0, 429, 502, 503, 504].includes(this.status) || this.code === "request-in-progress";
  }
}

interface Query {
  [name: string]: string | number | boolean | undefined;
}

const environment = (name: string): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];

const keyPath = (learningKey: string): string => `/v1/keys/${encodeURIComponent(learningKey)}`;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A new Idempotency-Key. Node 18 has no global `crypto`, and browsers have `randomUUID` only on https and localhost. */
const newIdentity = (): string => {
  const crypto = (globalThis as { crypto?: Partial<Crypto> }).crypto;
  if (crypto?.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto?.getRandomValues?.(new Uint8Array(16)) ?? Uint8Array.from({ length: 16 }, () => Math.floor(Math.random() * 256));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** A running session. */
export class Session {
  readonly id: number;
  readonly learningKey: string;
  /** What this session is given; it stays the same whatever is learned meanwhile. */
  readonly playbook: Playbook;
  /** How it ended; null while it runs. */
  completed: Completed | null = null;
  private readonly atlas: Atlas;
  private turn: Promise<unknown> = Promise.resolve();
  /** The end that was sent and not refused: it may be stored, so no other is sent after it. */
  private ending: { body: JsonObject; headers: Record<string, string> } | null = null;

  constructor(atlas: Atlas, started: { session_id: number; learning_key: string; playbook: Playbook }) {
    this.atlas = atlas;
    this.id = started.session_id;
    this.learningKey = started.learning_key;
    this.playbook = started.playbook;
  }

  /** What to put into the prompt of a role; empty if there is nothing to tell. */
  block(role: Role = "student"): string {
    return this.playbook.apply_to_prompts ? (this.playbook[role]?.block ?? "") : "";
  }

  /**
   * Appends events, JSON objects of any form, in order; calls at the same time wait for each other. If it is rejected as `unreachable`, the
   * events can have been stored or not.
   */
  events(events: JsonObject[]): Promise<void> {
    const append = this.turn.then(async () => {
      if (events.length > 0) {
        // The server numbers the events: a number chosen here could be taken already, by a lost answer or by another process.
        await this.post("events", { events });
      }
    });
    this.turn = append.catch(() => undefined);
    return append;
  }

  /** Appends one event. */
  event(event: JsonObject): Promise<void> {
    return this.events([event]);
  }

  /** Stores the plan; it replaces an earlier one. */
  async plan(plan: JsonObject): Promise<void> {
    await this.post("plan", { plan });
  }

  /** Stores a step; it replaces what was stored of it. */
  async step(step: StepRecord): Promise<void> {
    await this.post("steps", { ...step });
  }

  /** Adds a note of the teacher to a step. */
  async guidance(stepId: number, note: string): Promise<void> {
    await this.post("guidance", { step_id: stepId, note });
  }

  /** Stores which entries fired and were adopted. */
  async usage(usage: JsonObject): Promise<void> {
    await this.post("usage", { usage });
  }

  /** Tells that the session is alive; needed in work that is silent for longer than its lease. */
  async renew(): Promise<void> {
    await this.post("renew", {});
  }

  /** Ends the session. */
  complete(status: "succeeded" | "failed", finalAnswer?: string, reward?: Reward | number, options: CompleteOptions = {}): Promise<Completed> {
    const body = { status, final_answer: finalAnswer, reward: typeof reward === "number" ? { score: reward } : reward, ...options };
    return this.end({ body, headers: { "Idempotency-Key": newIdentity() } });
  }

  /** Ends the session as given, unless an end was sent before: one that may not have arrived is sent again, and no other. */
  async close(status: "succeeded" | "failed", finalAnswer?: string, options?: CompleteOptions): Promise<Completed> {
    return this.completed ?? (this.ending ? this.end(this.ending) : this.complete(status, finalAnswer, undefined, options));
  }

  /** Ends the session with an answer and, where there is one, its reward (0 to 1). */
  succeed(finalAnswer?: string, reward?: Reward | number, options?: CompleteOptions): Promise<Completed> {
    return this.complete("succeeded", finalAnswer, reward, options);
  }

  /** Ends the session without success. */
  fail(finalAnswer?: string, options?: CompleteOptions): Promise<Completed> {
    return this.complete("failed", finalAnswer, undefined, options);
  }

  /** Waits until the session's judging is over, or until patience (milliseconds) ends. */
  async waitForReward(patience = 60_000): Promise<SessionState> {
    const until = Date.now() + patience;
    for (;;) {
      const state = await this.atlas.sessionState(this.id, Math.max(0, Math.min(20, (until - Date.now()) / 1000)));
      if ((state.status !== "running" && state.judging !== "pending") || Date.now() >= until) {
        return state;
      }
    }
  }

  private async end(request: { body: JsonObject; headers: Record<string, string> }): Promise<Completed> {
    this.ending = request;
    try {
      this.completed = await this.atlas.request<Completed>("POST", `/v1/sessions/${this.id}/complete`, request);
      return this.completed;
    } catch (error) {
      if (error instanceof AtlasError && error.status >= 400 && error.status < 500 && !error.isTransient) {
        this.ending = null;
      }
      throw error;
    }
  }

  private async post(what: string, body: JsonObject): Promise<void> {
    await this.atlas.request("POST", `/v1/sessions/${this.id}/${what}`, { body });
  }
}

/** A client of Atlas. */
export class Atlas {
  private readonly url: string;
  private readonly headers: Record<string, string>;
  private readonly timeout: number;
  private readonly patience: number;
  private readonly send: typeof fetch;
  private readonly known = new Map<string, { etag: string; playbook: Playbook }>();

  constructor(options: AtlasOptions = {}) {
    this.url = (options.url ?? environment("ATLAS_URL") ?? "http://127.0.0.1:5080").replace(/\/+$/, "");
    this.timeout = options.timeout ?? 30_000;
    this.patience = options.patience ?? 30_000;
    this.send = options.fetch ?? globalThis.fetch.bind(globalThis);
    const key = options.apiKey ?? environment("ATLAS_API_KEY");
    this.headers = { Accept: "application/json", ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  }

  /** Starts a session; a key of null is derived from agent, task and metadata. */
  async start(learningKey: string | null, task: string, options: StartOptions = {}): Promise<Session> {
    return new Session(this, await this.request("POST", "/v1/sessions", { body: { task, learning_key: learningKey ?? undefined, ...options } }));
  }

  /** Runs work as a session: it ends as failed if the work throws, else as succeeded, unless the work has ended it itself. */
  async session<T>(learningKey: string | null, task: string, work: (session: Session) => Promise<T>, options: StartOptions = {}): Promise<T> {
    const session = await this.start(learningKey, task, options);
    try {
      const result = await work(session);
      await session.close("succeeded", typeof result === "string" ? result : undefined);
      return result;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // What went wrong first is what the caller has to see.
      await session.close("failed", undefined, { metadata: { error: { message: message.slice(0, 2000) } } }).catch(() => undefined);
      throw error;
    }
  }

  /** Where a session stands; waits up to 20 seconds until its judging is over. */
  sessionState(sessionId: number, waitSeconds = 0): Promise<SessionState> {
    return this.request("GET", `/v1/sessions/${sessionId}/reward`, { query: { wait_seconds: waitSeconds }, wait: waitSeconds * 1000 });
  }

  /** A session with everything recorded of it but its events. */
  showSession(sessionId: number): Promise<SessionItem & JsonObject> {
    return this.request("GET", `/v1/sessions/${sessionId}`);
  }

  /** The events of a session in order, page by page. */
  listEvents(sessionId: number, query: { cursor?: string; limit?: number } = {}): Promise<Page<"events", JsonObject>> {
    return this.request("GET", `/v1/sessions/${sessionId}/events`, { query });
  }

  /** Sessions, the newest first, page by page. */
  listSessions(
    query: { learning_key?: string; status?: SessionStatus; review_status?: ReviewStatus; tag?: string; cursor?: string; limit?: number } = {},
  ): Promise<Page<"sessions", SessionItem>> {
    return this.request("GET", "/v1/sessions", { query });
  }

  /** Gives a session that has ended without a reward one, by its number or by the id of a provider's answer (chatcmpl-…). */
  reward(session: number | string, reward: Reward | number): Promise<Completed> {
    const body = typeof reward === "number" ? { score: reward } : { ...reward };
    return this.request("POST", `/v1/sessions/${encodeURIComponent(session)}/reward`, { body });
  }

  /** Decides whether a session may teach; with `onlyWhile`, only if it still has that review status. */
  review(sessionId: number, status: ReviewStatus, note?: string, reviewer?: string, onlyWhile?: ReviewStatus): Promise<JsonObject> {
    return this.request("POST", `/v1/sessions/${sessionId}/review`, { body: { status, note, reviewer, only_while: onlyWhile } });
  }

  /** Decides many sessions at once; with `dry_run` only tells which. */
  decide(status: ReviewStatus, filter: JsonObject, options: { note?: string; dry_run?: boolean; limit?: number } = {}): Promise<JsonObject> {
    return this.request("POST", "/v1/reviews/decide", { body: { filter, status, ...options } });
  }

  /** The playbook that is current now. One that has not changed is not sent again. */
  async playbook(learningKey: string): Promise<Playbook> {
    const known = this.known.get(learningKey);
    const { response, json } = await this.exchange("GET", `${keyPath(learningKey)}/playbook`, { headers: known ? { "If-None-Match": known.etag } : {} });
    if (response.status === 304 && known) {
      return known.playbook;
    }
    const playbook = json as Playbook;
    if (this.known.size >= 1024) {
      this.known.clear();
    }
    this.known.set(learningKey, { etag: response.headers.get("ETag") ?? "", playbook });
    return playbook;
  }

  /** The playbook that is current now, and then every one that becomes so; connects again by itself. */
  async *watch(learningKey: string, signal?: AbortSignal): AsyncGenerator<Playbook> {
    let last: string | null = null;
    let wait = 100;
    while (!signal?.aborted) {
      try {
        const response = await this.send(`${this.url}${keyPath(learningKey)}/watch`, {
          headers: { ...this.headers, Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) },
          signal,
        });
        if (response.status !== 200 || response.body === null || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
          throw refusal(response, await response.text());
        }
        for await (const event of serverSentEvents(response.body)) {
          last = event.id ?? last;
          wait = 100;
          yield JSON.parse(event.data) as Playbook;
        }
      } catch (error) {
        if (signal?.aborted) {
          return;
        }
        if (error instanceof AtlasError && !error.isTransient) {
          throw error;
        }
      }
      await pause(wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 5000);
    }
  }

  /** Learning keys by name, page by page. */
  listKeys(query: { cursor?: string; limit?: number } = {}): Promise<Page<"keys", KeySummary>> {
    return this.request("GET", "/v1/keys", { query });
  }

  /** Where a learning key stands. */
  describe(learningKey: string): Promise<{ playbook: Playbook; newest_version: number; frozen: boolean } & JsonObject> {
    return this.request("GET", keyPath(learningKey));
  }

  /** The versions of a playbook, the newest first, page by page. */
  versions(learningKey: string, query: { cursor?: string; limit?: number } = {}): Promise<Page<"versions", JsonObject>> {
    return this.request("GET", `${keyPath(learningKey)}/versions`, { query });
  }

  /** One version with its content; its `document` is what a change of kind `import` takes. */
  version(learningKey: string, version: number): Promise<JsonObject> {
    return this.request("GET", `${keyPath(learningKey)}/versions/${version}`);
  }

  /** What changed from one version to another. */
  diff(learningKey: string, from: number, to?: number): Promise<JsonObject> {
    return this.request("GET", `${keyPath(learningKey)}/diff`, { query: { from, to } });
  }

  /** The entries of the newest version with their impact. */
  entries(learningKey: string): Promise<JsonObject> {
    return this.request("GET", `${keyPath(learningKey)}/entries`);
  }

  /** The report of a learning key over its newest sessions. */
  report(learningKey: string, sessions?: number): Promise<JsonObject> {
    return this.request("GET", `${keyPath(learningKey)}/report`, { query: { sessions } });
  }

  /** Changes a learning key. */
  change(learningKey: string, change: Change, options: ChangeOptions = {}): Promise<KeyChange> {
    const { what, ...about } = change;
    const { ifMatch, ...more } = options;
    return this.request("POST", `${keyPath(learningKey)}/${what}`, { body: { ...about, ...more }, headers: ifMatch ? { "If-Match": ifMatch } : {} });
  }

  /** Whether learning, its entries and its versions help: `summary` says it in a sentence. */
  evidence(learningKey: string): Promise<{ summary: string } & JsonObject> {
    return this.request("GET", `${keyPath(learningKey)}/evidence`);
  }

  /** The experiments of a key, the newest first. */
  experiments(learningKey: string): Promise<{ experiments: Experiment[] } & JsonObject> {
    return this.request("GET", `${keyPath(learningKey)}/experiments`);
  }

  /** What one experiment has found so far. */
  experiment(learningKey: string, number: number): Promise<Experiment> {
    return this.request("GET", `${keyPath(learningKey)}/experiments/${number}`);
  }

  /** Starts an experiment, after saying how many sessions it takes; with `dry_run` only says that. */
  startExperiment(
    learningKey: string, plan: ExperimentPlan, options: { dry_run?: boolean; reason?: string; author?: string } = {},
  ): Promise<{ dry_run: boolean; needed: { sessions: number; sessions_for_half: number; summary: string }; experiment: Experiment | null }> {
    return this.request("POST", `${keyPath(learningKey)}/experiments`, { body: { ...plan, ...options } });
  }

  /** Ends an experiment: `conclude` acts on its verdict, `stop` changes nothing. */
  endExperiment(learningKey: string, number: number, how: "conclude" | "stop", options: { reason?: string; author?: string } = {}): Promise<Experiment> {
    return this.request("POST", `${keyPath(learningKey)}/experiments/${number}/${how}`, { body: { ...options } });
  }

  /** Sends a request of the API and reads its JSON. */
  async request<T>(method: "GET" | "POST", path: string, more: { body?: JsonObject; query?: Query; headers?: Record<string, string>; wait?: number } = {}): Promise<T> {
    return (await this.exchange(method, path, more)).json as T;
  }

  private async exchange(
    method: "GET" | "POST", path: string, more: { body?: JsonObject; query?: Query; headers?: Record<string, string>; wait?: number },
  ): Promise<{ response: Response; json: unknown }> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(more.query ?? {})) {
      if (value !== undefined) {
        query.set(name, String(value));
      }
    }
    // Not query.size, which Node 18.0 and Safari 16 do not have.
    const parameters = query.toString();
    const address = `${this.url}${path}${parameters ? `?${parameters}` : ""}`;
    const headers: Record<string, string> = { ...this.headers, ...more.headers };
    if (method === "POST") {
      headers["Content-Type"] = "application/json";
      // With it every request of ours may be sent again: the cluster does it once.
      headers["Idempotency-Key"] ??= newIdentity();
    }
    const body = more.body === undefined ? undefined : JSON.stringify(more.body);
    const until = Date.now() + this.patience;
    for (let wait = 100; ; wait = Math.min(wait * 2, 5000)) {
      let error: AtlasError;
      try {
        const response = await this.send(address, { method, headers, body, signal: AbortSignal.timeout(this.timeout + (more.wait ?? 0)) });
        const text = await response.text();
        const json = objectOf(text);
        if ((response.ok && json !== null) || (response.status === 304 && headers["If-None-Match"] !== undefined)) {
          return { response, json };
        }
        error = refusal(response, text);
      } catch (failure) {
        error = new AtlasError(0, "unreachable", `Atlas cannot be reached at ${this.url}: ${String(failure)}. Is a silo running? \`atlas up --detach\` starts one.`);
      }
      const next = error.retryAfter !== null ? error.retryAfter * 1000 : wait * (0.5 + Math.random());
      if (!error.isTransient || Date.now() + next >= until) {
        throw error;
      }
      await pause(next);
    }
  }
}

/** The JSON object that a text is; null if it is none. */
function objectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

function refusal(response: Response, text: string): AtlasError {
  if (response.status < 400) {
    return new AtlasError(response.status, "not-atlas", `What answers at ${response.url} is not the HTTP API of Atlas. Check the address.`);
  }
  const problem = (objectOf(text) ?? {}) as { type?: string; title?: string; detail?: string };
  const after = Number.parseFloat(response.headers.get("Retry-After") ?? "");
  return new AtlasError(
    response.status,
    problem.type?.split(":").pop() ?? `http-${response.status}`,
    problem.detail ?? problem.title ?? response.statusText,
    Number.isFinite(after) ? after : null,
  );
}

async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<{ id: string | null; data: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      rest += decoder.decode(value, { stream: true });
      for (let end = rest.search(/\r?\n\r?\n/); end >= 0; end = rest.search(/\r?\n\r?\n/)) {
        const lines = rest.slice(0, end).split(/\r?\n/);
        rest = rest.slice(end).replace(/^\r?\n\r?\n/, "");
        const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
        if (data.length > 0) {
          yield { id: lines.find((line) => line.startsWith("id:"))?.slice(3).trim() ?? null, data: data.join("\n") };
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
