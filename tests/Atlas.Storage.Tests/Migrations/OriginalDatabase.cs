namespace Atlas.Storage.Tests.Migrations;

/// <summary>A database as the original made it in an early version: without the columns that came later, and with the
/// learning registry as a table.</summary>
internal static class OriginalDatabase
{
    public const string Schema = """
        CREATE TABLE sessions (
          id SERIAL PRIMARY KEY, task TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'running', metadata JSONB, final_answer TEXT,
          reward JSONB, student_learning TEXT, teacher_learning TEXT, created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
          completed_at TIMESTAMPTZ);
        CREATE INDEX sessions_learning_key_idx ON sessions ((metadata ->> 'learning_key'));
        CREATE TABLE plans (session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE, plan JSONB NOT NULL);
        CREATE TABLE trajectory_events (
          id SERIAL PRIMARY KEY, session_id INTEGER REFERENCES sessions (id) ON DELETE CASCADE, event JSONB NOT NULL,
          created_at TIMESTAMPTZ NOT NULL DEFAULT NOW());
        CREATE TABLE learning_registry (
          learning_key TEXT PRIMARY KEY, student_learning TEXT, teacher_learning TEXT, metadata JSONB,
          updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW());
        """;

    public const string Rows = """
        INSERT INTO sessions (task, status, metadata, reward) VALUES
          ('first', 'succeeded', '{"learning_key":"old","tags":"alone"}', '{"score":0.5}'), ('second', 'failed', NULL, NULL);
        INSERT INTO trajectory_events (session_id, event) VALUES (1, '{"n":1}'), (1, '{"n":2}');
        INSERT INTO learning_registry VALUES
          ('old', 'Match amounts first.', NULL, '{"playbook_entries":[]}', '2026-01-02'), ('both', 'Old text.', NULL, NULL, '2026-01-02');
        """;
}
