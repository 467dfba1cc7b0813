using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads what learning keys have learned, from what is committed: keys, versions and the journal.</summary>
public sealed partial class PlaybookQueries(NpgsqlDataSource dataSource)
{
    // A numeric key can be stored in key_n0 and key_n1, and then only the state contains the key.
    private const string State = """
        SELECT version, modified_at, state FROM orleans.learning_state WHERE key_text IN ($1, '') AND learning_key = $1
        """;

    private const string List = """
        SELECT k.learning_key, k.updated_at, k.entries, k.applied, k.pending, k.served, k.pinned, k.staged, k.frozen,
               (SELECT coalesce(max(v.version), 0) FROM public.playbook_versions v WHERE v.learning_key = k.learning_key) AS version,
               (SELECT count(*) FROM public.learning_journal j
                 WHERE j.learning_key = k.learning_key AND j.event_type = 'session_observed') AS observed,
               (SELECT count(*) FROM public.learning_outbox o WHERE o.learning_key = k.learning_key) AS queued
          FROM (SELECT orleans.learning_key_of(payload, key_text) AS learning_key,
                       coalesce((payload #>> '{state,updated_at}')::timestamptz, modified_at) AS updated_at,
                       CASE WHEN jsonb_typeof(payload #> '{impacts,figures}') = 'array' THEN jsonb_array_length(payload #> '{impacts,figures}')
                            WHEN jsonb_typeof(payload #> '{state,playbook,entries}') = 'array'
                            THEN jsonb_array_length(payload #> '{state,playbook,entries}') ELSE 0 END AS entries,
                       CASE jsonb_typeof(payload #> '{state,sessions_applied}')
                         WHEN 'number' THEN (payload #>> '{state,sessions_applied}')::bigint END AS applied,
                       CASE jsonb_typeof(payload #> '{state,pending}')
                         WHEN 'array' THEN jsonb_array_length(payload #> '{state,pending}') + coalesce((payload #>> '{state,more_pending}')::bigint, 0) END AS pending,
                       (payload #>> '{state,served,version}')::integer AS served,
                       (payload #>> '{state,pinned,version}')::integer AS pinned,
                       (payload #>> '{state,staging,on}')::boolean AS staged,
                       coalesce(jsonb_typeof(payload #> '{state,frozen}') = 'object', false) AS frozen
                  FROM orleans.grain_state
                 WHERE grain_type = 'learning-key' AND payload IS NOT NULL) k
         WHERE ($1 IS NULL OR k.learning_key > $1)
           AND ($3 IS NULL OR starts_with(k.learning_key, $3))
           AND ($4 IS NULL OR NOT starts_with(k.learning_key, $4))
         ORDER BY k.learning_key
         LIMIT $2
        """;

    private const string VersionColumns = """
        learning_key, version, parent_version, cause, author, reason, session_ids, student_sha256, teacher_sha256,
        content_sha256, jsonb_array_length(entries) AS entry_count, created_at
        """;

    /// <summary>Returns the keys that have a state, by name.</summary>
    /// <param name="after">Only keys after this one: the last of the previous page. Null for the first page.</param>
    /// <param name="limit">The largest number of keys.</param>
    /// <param name="prefix">Only keys with this prefix; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys with this prefix; null leaves none out.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<KeySummary>> ListKeysAsync(
        string? after = null, int limit = 100, string? prefix = null, string? exceptPrefix = null, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(List);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(after).Int(Math.Max(0, limit)).Text(prefix).Text(exceptPrefix);
        return await command.ListAsync(
            row => new KeySummary(
                row.RequiredText("learning_key"), row.Int("version") ?? 0, row.Long("observed"), row.LongOrNull("applied"),
                row.LongOrNull("pending"), row.Long("queued"), row.Int("entries") ?? 0, row.Time("updated_at"),
                row.Int("served"), row.Int("pinned"), row.FlagOrNull("staged"), row.Flag("frozen")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the committed state of a key; null if it has none.</summary>
    public async Task<KeyStateDocument?> FindStateAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand(State);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        return await command.FirstAsync(
            row => new KeyStateDocument(learningKey, row.Int("version") ?? 0, row.Json("state") ?? default, row.Time("modified_at")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns a key's row in the learning registry; null if there is none.</summary>
    public Task<RegistryRow?> FindRegistryRowAsync(string learningKey, CancellationToken cancellationToken = default) =>
        FindRegistryRowAsync("public.learning_registry", learningKey, cancellationToken);

    /// <summary>Returns what the original implementation had stored for a key before this database was taken over; null for
    /// nothing.</summary>
    public Task<RegistryRow?> FindImportedRowAsync(string learningKey, CancellationToken cancellationToken = default) =>
        FindRegistryRowAsync("public.learning_registry_imported", learningKey, cancellationToken);

    /// <summary>Whether this database was taken over from the original implementation with anything learned in it.</summary>
    public async Task<bool> HasImportedRowsAsync(CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("SELECT EXISTS (SELECT 1 FROM public.learning_registry_imported)");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Returns versions of a key's playbook, newest first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="before">Only versions before this one: the last of the previous page. Null for the first page.</param>
    /// <param name="limit">The largest number of versions.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<VersionSummary>> ListVersionsAsync(
        string learningKey, int? before = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand($"""
            SELECT {VersionColumns} FROM public.playbook_versions
             WHERE learning_key = $1 AND ($2 IS NULL OR version < $2) ORDER BY version DESC LIMIT $3
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Int(before).Int(Math.Max(0, limit));
        return await command.ListAsync(ReadVersion, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the first version that was learned from a session; null if it taught nothing.</summary>
    public async Task<int?> FirstVersionFromAsync(string learningKey, long sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand(
            "SELECT min(version) FROM public.playbook_versions WHERE learning_key = $1 AND session_ids @> ARRAY[$2]");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Long(sessionId);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as int?;
    }

    /// <summary>Returns one version with its content; null if it does not exist.</summary>
    public async Task<VersionDetail?> FindVersionAsync(string learningKey, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand($"""
            SELECT {VersionColumns}, student_text, teacher_text, entries, metadata, form, student_preface, teacher_preface FROM public.playbook_versions
             WHERE learning_key = $1 AND version = $2
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Int(version);
        return await command.FirstAsync(
            row => new VersionDetail(
                ReadVersion(row), row.Text("student_text"), row.Text("teacher_text"), row.Json("entries") ?? default,
                row.Json("metadata") ?? default)
            {
                Form = row.Text("form"),
                StudentPreface = row.Text("student_preface"),
                TeacherPreface = row.Text("teacher_preface"),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<RegistryRow?> FindRegistryRowAsync(string table, string learningKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand(
            $"SELECT student_learning, teacher_learning, metadata, updated_at FROM {table} WHERE learning_key = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        return await command.FirstAsync(
            row => new RegistryRow(
                learningKey, row.RequiredText("student_learning"), row.Text("teacher_learning"), Object(row.Json("metadata")),
                row.Time("updated_at")),
            cancellationToken).ConfigureAwait(false);
    }

    private static JsonElement? Object(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } ? value : null;

    private static VersionSummary ReadVersion(NpgsqlDataReader row) => new(
        row.RequiredText("learning_key"), row.Int("version") ?? 0, row.Int("parent_version"), row.Text("cause"), row.Text("author"),
        row.Text("reason"), row.Longs("session_ids"), row.Text("student_sha256"), row.Text("teacher_sha256"),
        row.Text("content_sha256"), row.Int("entry_count") ?? 0, row.Time("created_at"));
}
