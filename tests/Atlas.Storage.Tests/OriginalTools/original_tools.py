"""Asks a database of Atlas what the tools of the original ask, in their way: asyncpg, no prepared statements, JSON as text.

Usage: original_tools.py ADDRESS. Prints one JSON object: per statement the rows, or what the server said instead.
"""
import asyncio
import datetime
import json
import sys

import asyncpg

SESSION = ("id, task, status, review_status, review_notes, metadata, final_answer, reward, reward_stats, reward_audit,"
           " student_learning, teacher_learning, created_at, completed_at")
EVIDENCE = ("id, task, status, review_status, metadata, reward, reward_stats, reward_audit, student_learning, teacher_learning,"
            " created_at, completed_at, metadata->>'learning_key' AS learning_key")
TAG = "EXISTS (SELECT 1 FROM jsonb_array_elements_text(metadata->'tags') AS tag WHERE tag = $2)"
SUMS = "COUNT(*) AS session_count, MIN(created_at) AS first_seen, MAX(created_at) AS last_seen"
NAMED = "(metadata->>'learning_key')"
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)

READS = {
    "keys": (f"SELECT metadata->>'learning_key' AS learning_key, {SUMS} FROM sessions WHERE metadata->>'learning_key' IS NOT NULL"
             " GROUP BY learning_key ORDER BY session_count DESC, last_seen DESC LIMIT $1 OFFSET $2", 10, 0),
    "keys_of_tag": (f"SELECT metadata->>'learning_key' AS learning_key, {SUMS} FROM sessions WHERE metadata->>'learning_key' IS NOT NULL"
                    f" AND task = $1 AND {TAG} GROUP BY learning_key ORDER BY session_count DESC, last_seen DESC", "a task", "billing"),
    "sessions": (f"SELECT {SESSION} FROM sessions ORDER BY created_at DESC LIMIT $1 OFFSET $2", 50, 0),
    "session": (f"SELECT {SESSION} FROM sessions WHERE id = $1", 1),
    "plan": ("SELECT plan FROM plans WHERE session_id = $1", 1),
    "by_status": (f"SELECT {SESSION} FROM sessions WHERE review_status = $1 ORDER BY created_at DESC LIMIT $2 OFFSET $3", "pending", 50, 0),
    "of_key": (f"SELECT {EVIDENCE} FROM sessions WHERE {NAMED} = $1 AND {TAG} ORDER BY created_at ASC LIMIT $3", "one/key", "billing", 5),
    "of_key_plain": ("SELECT id, task, status, review_status, metadata, final_answer, reward, reward_stats, reward_audit, student_learning,"
                     " teacher_learning, created_at, completed_at FROM sessions WHERE metadata->>'learning_key' = $1 ORDER BY created_at ASC", "one/key"),
    "baseline": (f"SELECT reward_stats FROM sessions WHERE reward_stats IS NOT NULL AND {NAMED} = $1 ORDER BY created_at DESC LIMIT $2", "one/key", 50),
    "history": ("SELECT reward, student_learning, teacher_learning, created_at, completed_at FROM sessions"
                " WHERE metadata->>'learning_key' = $1 AND reward IS NOT NULL ORDER BY created_at ASC", "one/key"),
    "state": ("SELECT student_learning, teacher_learning, metadata, updated_at FROM learning_registry WHERE learning_key = $1", "one/key"),
    "steps": ("SELECT step_id, trace, output, evaluation, attempts, metadata FROM step_results WHERE session_id = $1 ORDER BY step_id", 1),
    "attempts": ("SELECT step_id, attempt, evaluation FROM step_attempts WHERE session_id = $1 ORDER BY step_id, attempt", 1),
    "guidance": ("SELECT step_id, sequence, note FROM guidance_notes WHERE session_id = $1 ORDER BY step_id, sequence", 1),
    "events": ("SELECT id, event, created_at FROM trajectory_events WHERE session_id = $1 ORDER BY id DESC LIMIT $2", 1, 200),
    "event_counts": ("SELECT session_id, COUNT(*) AS event_count FROM trajectory_events WHERE session_id = ANY($1::int[]) GROUP BY session_id", [1, 2]),
    "discovery": ("SELECT id, project_root, task, source, payload, metadata, created_at FROM discovery_runs WHERE task = $1 AND source IN ($2, $3)"
                  " ORDER BY created_at DESC LIMIT $4", "a task", "discovery", "runtime", 5),
    "training": ("SELECT s.id, s.task, s.status, s.review_status, s.review_notes, s.metadata, s.final_answer, s.reward, s.reward_stats,"
                 " s.reward_audit, s.student_learning, s.teacher_learning, s.created_at, s.completed_at, p.plan"
                 " FROM sessions s LEFT JOIN plans p ON s.id = p.session_id"
                 " WHERE (reward_stats IS NOT NULL AND (reward_stats->>'score')::float >= $1) AND created_at >= $2"
                 f" AND {NAMED} = $3 AND status = ANY($4) AND review_status = ANY($5) ORDER BY s.created_at DESC LIMIT $6 OFFSET $7",
                 0.1, LONG_AGO, "one/key", ["succeeded"], ["pending", "approved"], 10, 0),
    "training_count": (f"SELECT COUNT(*) FROM sessions WHERE created_at >= $1 AND {NAMED} = $2", LONG_AGO, "one/key"),
}

WRITES = {
    "session": ("INSERT INTO sessions(task, metadata) VALUES ($1, $2) RETURNING id", "a task", '{"learning_key": "one/key", "tags": ["billing"]}'),
    "session_without_key": ("INSERT INTO sessions(task, metadata) VALUES ($1, $2) RETURNING id", "a task", None),
    "plan": ("INSERT INTO plans(session_id, plan) VALUES ($1, $2) ON CONFLICT (session_id) DO UPDATE SET plan = EXCLUDED.plan", 1, '{"steps": []}'),
    "step": ("INSERT INTO step_results(session_id, step_id, trace, output, evaluation, attempts, metadata) VALUES ($1, $2, $3, $4, $5, $6, $7)"
             " ON CONFLICT (session_id, step_id) DO UPDATE SET trace = EXCLUDED.trace, output = EXCLUDED.output,"
             " evaluation = EXCLUDED.evaluation, attempts = EXCLUDED.attempts, metadata = EXCLUDED.metadata", 1, 1, "t", "o", "{}", 1, "{}"),
    "no_attempts": ("DELETE FROM step_attempts WHERE session_id = $1 AND step_id = $2", 1, 1),
    "attempt": ("INSERT INTO step_attempts(session_id, step_id, attempt, evaluation) VALUES ($1, $2, $3, $4)", 1, 1, 1, "{}"),
    "event": ("INSERT INTO trajectory_events(session_id, event) VALUES ($1, $2)", 1, '{"event_type": "TASK_START"}'),
    "no_guidance": ("DELETE FROM guidance_notes WHERE session_id = $1 AND step_id = $2", 1, 1),
    "guidance": ("INSERT INTO guidance_notes(session_id, step_id, sequence, note) VALUES ($1, $2, $3, $4)", 1, 1, 1, "look first"),
    "discovery": ("INSERT INTO discovery_runs(project_root, task, source, payload, metadata) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                  "/project", "a task", "discovery", "{}", None),
    "end": ("UPDATE sessions SET status = $1, final_answer = $2, completed_at = NOW() WHERE id = $3", "succeeded", "done", 1),
    "reward": ("UPDATE sessions SET reward = $1, student_learning = $2, teacher_learning = $3, reward_stats = $4, reward_audit = $5 WHERE id = $6",
               '{"score": 0.5}', "a note", None, '{"score": 0.5}', "[]", 1),
    "metadata": ("UPDATE sessions SET metadata = $2 WHERE id = $1", 1, '{"learning_key": "one/key", "tags": ["billing"], "execution_mode": "auto"}'),
    "review": ("UPDATE sessions SET review_status = $1 WHERE id = $2", "approved", 1),
    "review_with_notes": ("UPDATE sessions SET review_status = $1, review_notes = $2 WHERE id = $3", "quarantined", "why", 1),
    "registry": ("INSERT INTO learning_registry(learning_key, student_learning, teacher_learning, metadata, updated_at) VALUES ($1, $2, $3, $4, NOW())"
                 " ON CONFLICT (learning_key) DO UPDATE SET student_learning = EXCLUDED.student_learning,"
                 " teacher_learning = EXCLUDED.teacher_learning, metadata = EXCLUDED.metadata, updated_at = NOW()", "one/key", "text", None, None),
}

# What the original runs whenever it connects.
SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (id SERIAL PRIMARY KEY);
CREATE INDEX IF NOT EXISTS sessions_learning_key_idx ON sessions ((metadata ->> 'learning_key'));
CREATE INDEX IF NOT EXISTS sessions_metadata_gin_idx ON sessions USING gin(metadata);
ALTER TABLE sessions ADD COLUMN IF NOT EXISTS review_status TEXT NOT NULL DEFAULT 'pending';
ALTER TABLE sessions ADD COLUMN IF NOT EXISTS reward_stats JSONB;
CREATE TABLE IF NOT EXISTS trajectory_events (id SERIAL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS learning_registry (learning_key TEXT PRIMARY KEY);
"""


async def answer(connection, statement, arguments):
    try:
        return [dict(row) for row in await connection.fetch(statement, *arguments)]
    except asyncpg.PostgresError as refused:
        return {"error": str(refused), "hint": refused.hint}


async def main(address):
    pool = await asyncpg.create_pool(dsn=address, min_size=1, max_size=2, statement_cache_size=0)
    async with pool.acquire() as connection:
        await connection.execute("SET statement_timeout = 30000")
        await connection.execute(SCHEMA)
        writes = {name: await answer(connection, statement, arguments) for name, (statement, *arguments) in WRITES.items()}
        reads = {name: await answer(connection, statement, arguments) for name, (statement, *arguments) in READS.items()}
    await pool.close()
    print(json.dumps({"writes": writes, "reads": reads}, default=str))


asyncio.run(main(sys.argv[1]))
