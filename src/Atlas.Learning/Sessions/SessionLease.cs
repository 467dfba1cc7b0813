using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Sessions;

/// <summary>How long a running session can be silent, and what is recorded about one that was silent too long. Pure.</summary>
public static class SessionLease
{
    /// <summary>Longest lease, in seconds: a week.</summary>
    public const int MaxSeconds = 604_800;

    private const string MetadataKey = "lease";

    // Written a quarter ahead, the end of a lease must be rewritten only once per quarter of the lease, and is never too early.
    private const double Ahead = 1.25;

    /// <summary>Returns until when a session with activity now stays open; null if it has no lease.</summary>
    public static DateTimeOffset? Until(int seconds, DateTimeOffset now) => seconds > 0 ? now.AddSeconds(seconds * Ahead) : null;

    /// <summary>Returns the new end to write after activity; null if the written one is late enough.</summary>
    /// <param name="seconds">The lease; 0 for none.</param>
    /// <param name="written">The end as written.</param>
    /// <param name="now">The time of the activity.</param>
    public static DateTimeOffset? Renewal(int seconds, DateTimeOffset? written, DateTimeOffset now) =>
        seconds > 0 && written is { } end && end < now.AddSeconds(seconds) ? Until(seconds, now) : null;

    /// <summary>Whether the session has been silent for its lease.</summary>
    public static bool HasLapsed(DateTimeOffset? written, DateTimeOffset now) => written <= now;

    /// <summary>Returns what is merged into the metadata of a session closed by its lease.</summary>
    public static JsonObject Closed(int seconds, DateTimeOffset now) => new()
    {
        [MetadataKey] = new JsonObject
        {
            ["lapsed"] = true,
            ["seconds"] = seconds,
            ["closed_at"] = AtlasTime.Iso(now),
            ["reason"] = string.Create(
                CultureInfo.InvariantCulture,
                $"It was closed as failed at {now.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, because nothing was heard from its runtime for {seconds} seconds."),
        },
    };

    /// <summary>Returns why its lease closed the session, as a sentence; null if it did not.</summary>
    /// <param name="metadata">The session's metadata.</param>
    public static string? ReasonOf(JsonElement metadata) =>
        JsonRead.TryGet(JsonRead.Unwrap(metadata), MetadataKey, out var lease)
        && JsonRead.TryGet(lease, "lapsed", out var lapsed) && lapsed.ValueKind is JsonValueKind.True
            ? JsonRead.Text(lease, "reason")
            : null;
}
