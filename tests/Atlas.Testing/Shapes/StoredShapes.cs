using System.Collections.Immutable;
using System.Text.Json;
using Json.Schema;
using Npgsql;

namespace Atlas.Testing.Shapes;

/// <summary>Looks at every column of every row of the tables that the original's tools read: are they there under their names and
/// types, do plain columns hold what they may, does every JSON value fit the schema that was written from the data model?</summary>
/// <remarks>Works on any database that Atlas wrote to. The schemas lie beside this class, a file per column.</remarks>
public static class StoredShapes
{
    private const int MostProblems = 20;

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    // Per table: its row's key as text, and its columns with type and whether they may be null. Where ours
    // is stricter than the original's (an event always has a session), ours stands here.
    private static readonly ImmutableArray<(string Table, string Key, string Columns)> Tables =
    [
        ("sessions", "id", "id bigint!, task text!, status text!, metadata jsonb, final_answer text, reward jsonb, reward_stats jsonb, reward_audit jsonb, "
            + "student_learning text, teacher_learning text, review_status text!, review_notes text, created_at timestamptz!, completed_at timestamptz"),
        ("plans", "session_id", "session_id bigint!, plan jsonb!"),
        ("step_results", "session_id || '/' || step_id",
            "session_id bigint!, step_id integer!, trace text, output text, evaluation jsonb, attempts integer, metadata jsonb"),
        ("step_attempts", "session_id || '/' || step_id || '/' || attempt", "session_id bigint!, step_id integer!, attempt integer!, evaluation jsonb"),
        ("guidance_notes", "session_id || '/' || step_id || '/' || sequence", "session_id bigint!, step_id integer!, sequence integer!, note text!"),
        ("trajectory_events", "id", "id bigint!, session_id bigint!, event jsonb!, created_at timestamptz!"),
        ("discovery_runs", "id", "id bigint!, project_root text!, task text, source text!, payload jsonb!, metadata jsonb, created_at timestamptz!"),
        ("learning_registry", "learning_key", "learning_key text, student_learning text, teacher_learning text, metadata jsonb, updated_at timestamptz"),
    ];

    // What the plain columns of a row may hold, as a condition that a good row meets.
    private static readonly ImmutableArray<(string Table, string Condition, string Means)> Rules =
    [
        ("sessions", "status IN ('running', 'succeeded', 'failed')", "status is none of running, succeeded, failed"),
        ("sessions", "review_status IN ('pending', 'approved', 'quarantined')", "review_status is none of pending, approved, quarantined"),
        ("sessions", "status = 'running' OR (final_answer IS NOT NULL AND completed_at IS NOT NULL)", "it ended without an answer or a time"),
        ("sessions", "completed_at IS NULL OR completed_at >= created_at", "it ended before it began"),
        ("sessions", "(reward IS NULL) = (reward_stats IS NULL)", "reward and reward_stats are not there together"),
        ("sessions", "reward IS NULL OR (reward ->> 'score')::float8 = (reward_stats ->> 'score')::float8", "reward and reward_stats have different scores"),
        ("sessions", "metadata IS DISTINCT FROM '{}' AND reward_stats IS DISTINCT FROM '{}' AND reward_audit IS DISTINCT FROM '[]'", "something empty is not null"),
        ("step_results", "attempts >= 1 AND metadata IS DISTINCT FROM '{}'", "attempts is below 1, or metadata is empty and not null"),
        ("step_attempts", "attempt >= 1", "attempt is below 1"),
        ("guidance_notes", "sequence >= 1 AND note <> ''", "sequence is below 1, or the note is empty"),
        ("discovery_runs", "source IN ('discovery', 'runtime') AND metadata IS DISTINCT FROM '{}'", "source is neither discovery nor runtime, or metadata is empty and not null"),
        ("learning_registry", "learning_key <> '' AND updated_at IS NOT NULL", "it has no key or no time"),
    ];

    /// <summary>What is wrong, the first of it; nothing if all is well.</summary>
    /// <param name="source">The database.</param>
    /// <returns>The problems, and how many JSON values were looked at per column.</returns>
    public static async Task<(ImmutableArray<StoredShape> Problems, ImmutableSortedDictionary<string, int> Looked)> CheckAsync(NpgsqlDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var problems = ImmutableArray.CreateBuilder<StoredShape>();
        var looked = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var (table, key, columns) in Tables)
        {
            foreach (var column in columns.Split(", ").Select(column => column.Split(' ')))
            {
                await CheckColumnAsync(source, table, column[0], column[1], problems).ConfigureAwait(false);
                if (column[1].StartsWith("jsonb", StringComparison.Ordinal))
                {
                    looked[$"{table}.{column[0]}"] = await CheckValuesAsync(source, table, key, column[0], problems).ConfigureAwait(false);
                }
            }

            foreach (var rule in Rules.Where(rule => rule.Table == table))
            {
                await ReadAsync(
                    source, $"SELECT ({key})::text FROM public.{table} WHERE NOT ({rule.Condition}) LIMIT {MostProblems}",
                    row => problems.Add(new StoredShape(table, row.GetString(0), rule.Means))).ConfigureAwait(false);
            }
        }

        return ([.. problems.Take(MostProblems)], looked.ToImmutable());
    }

    private static async Task CheckColumnAsync(
        NpgsqlDataSource source, string table, string column, string type, ImmutableArray<StoredShape>.Builder problems)
    {
        var found = "";
        await ReadAsync(
            source,
            $"""
            SELECT format_type(a.atttypid, NULL) || CASE WHEN a.attnotnull THEN '!' ELSE '' END FROM pg_attribute a
             WHERE a.attrelid = 'public.{table}'::regclass AND a.attname = '{column}' AND NOT a.attisdropped
            """,
            row => found = row.GetString(0).Replace("timestamp with time zone", "timestamptz", StringComparison.Ordinal)).ConfigureAwait(false);
        if (found != type)
        {
            problems.Add(new StoredShape($"{table}.{column}", "the table", $"its type is '{found}' and should be '{type}'"));
        }
    }

    private static async Task<int> CheckValuesAsync(
        NpgsqlDataSource source, string table, string key, string column, ImmutableArray<StoredShape>.Builder problems)
    {
        var schema = Schema($"{table}.{column}");
        var count = 0;
        await ReadAsync(
            source, $"SELECT ({key})::text, {column}::text FROM public.{table} WHERE {column} IS NOT NULL",
            row =>
            {
                count++;
                if (problems.Count >= MostProblems)
                {
                    return;
                }

                using var document = JsonDocument.Parse(row.GetString(1), new JsonDocumentOptions { MaxDepth = 1024 });
                var result = schema.Evaluate(document.RootElement, Options);
                if (!result.IsValid)
                {
                    var faults = (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
                        .SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation}: {error}"));
                    problems.Add(new StoredShape($"{table}.{column}", row.GetString(0), string.Join("; ", faults.Take(4))));
                }
            }).ConfigureAwait(false);
        return count;
    }

    private static JsonSchema Schema(string column)
    {
        using var stream = typeof(StoredShapes).Assembly.GetManifestResourceStream($"{column}.json")
            ?? throw new InvalidOperationException($"There is no schema for {column}.");
        using var reader = new StreamReader(stream);
        return JsonSchema.FromText(reader.ReadToEnd());
    }

    private static async Task ReadAsync(NpgsqlDataSource source, string sql, Action<NpgsqlDataReader> read)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            read(reader);
        }
    }
}
