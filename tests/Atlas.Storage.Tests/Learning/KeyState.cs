using System.Text.Json.Nodes;
using Atlas.Testing;

namespace Atlas.Storage.Tests.Learning;

/// <summary>Writes the state of a learning key as Orleans' grain storage does: by the query text of the database.</summary>
internal sealed class KeyState(TestDatabase database, string key)
{
    private string? _sql;

    /// <summary>The version of the stored state; null before the first write.</summary>
    public int? Version { get; set; }

    /// <summary>What the key has in its number columns, for keys that read as a number.</summary>
    public long Number { get; init; }

    /// <summary>The text column; the key unless it reads as a number.</summary>
    public string? KeyText { get; init; } = key;

    public JsonObject State { get; } = new()
    {
        ["learning_key"] = key,
        ["revision"] = 0,
        ["updated_at"] = "2026-03-04T09:15:22.481903+00:00",
        ["playbook"] = new JsonObject
        {
            ["student_text"] = "",
            ["teacher_text"] = null,
            ["entries"] = new JsonArray(),
            ["metadata"] = new JsonObject(),
        },
    };

    /// <summary>Writes the state with the events; the result is the new version, or null if the version was stale.</summary>
    public async Task<int?> WriteAsync(params JsonObject[] events)
    {
        _sql ??= await database.ScalarAsync<string>("SELECT querytext FROM orleans.orleansquery WHERE querykey = 'WriteToStorageKey'");
        var payload = new JsonObject { ["state"] = State.DeepClone(), ["outbox"] = new JsonArray([.. events.Select(e => e.DeepClone())]) };
        await using var command = database.DataSource.CreateCommand(_sql!);
        command.Parameters.AddWithValue("ServiceId", "atlas");
        command.Parameters.AddWithValue("GrainTypeString", "learning-key");
        command.Parameters.AddWithValue("GrainIdN0", 0L);
        command.Parameters.AddWithValue("GrainIdN1", Number);
        command.Parameters.Add(new Npgsql.NpgsqlParameter("GrainIdExtensionString", NpgsqlTypes.NpgsqlDbType.Text) { Value = (object?)KeyText ?? DBNull.Value });
        command.Parameters.Add(new Npgsql.NpgsqlParameter("GrainStateVersion", NpgsqlTypes.NpgsqlDbType.Integer) { Value = (object?)Version ?? DBNull.Value });
        command.Parameters.AddWithValue("PayloadBinary", System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString()));
        var written = (int?)await command.ExecuteScalarAsync();
        Version = written ?? Version;
        return written;
    }

    public static JsonObject Observed(long sequence, long sessionId) => Event(sequence, "session_observed", sessionId);

    public static JsonObject Reviewed(long sequence, long sessionId, string status)
    {
        var reviewed = Event(sequence, "session_reviewed", sessionId);
        reviewed["status"] = status;
        return reviewed;
    }

    public static JsonObject Changed(long sequence, int version, string text, params long[] sessionIds)
    {
        var changed = Event(sequence, "playbook_changed", null);
        changed["version"] = version;
        changed["parent_version"] = version - 1;
        changed["cause"] = "synthesis";
        changed["reason"] = "enough evidence";
        changed["session_ids"] = new JsonArray([.. sessionIds.Select(id => (JsonNode)id)]);
        changed["student_sha256"] = "aa";
        changed["teacher_sha256"] = null;
        changed["content_sha256"] = "cc";
        changed["playbook"] = new JsonObject
        {
            ["student_text"] = text,
            ["teacher_text"] = null,
            ["entries"] = new JsonArray(new JsonObject { ["id"] = "entry-1" }),
            ["metadata"] = new JsonObject { ["note"] = "x" },
        };
        return changed;
    }

    private static JsonObject Event(long sequence, string type, long? sessionId)
    {
        var made = new JsonObject
        {
            ["type"] = type,
            ["sequence"] = sequence,
            ["at"] = "2026-03-04T09:15:22.481903+00:00",
            ["author"] = "tester",
        };
        if (sessionId is { } id)
        {
            made["session_id"] = id;
        }

        return made;
    }
}
