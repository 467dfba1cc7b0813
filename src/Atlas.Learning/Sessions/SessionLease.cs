using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Sessions;

/// <summary>How long a running session may be silent, and what is said of one that was silent too long. Pure.</summary>
public static class SessionLease
{
    /// <summary>Longest lease, in seconds: a week.</summary>
    public const int MaxSeconds = 604_800;

    private const string MetadataKey = "lease";

    // Written a quarter ahead, the end of a lease needs a new write only once in a quarter of it, and is never too early.
    private const double Ahead = 1.25;

    /// <summary>Until when a session that is heard of now is not closed; null if it has no lease.</summary>
    public static DateTimeOffset? Until(int seconds, DateTimeOffset now) => seconds > 0 ? now.AddSeconds(seconds * Ahead) : null;

    /// <summary>What has to be written when something is heard; null if what is written is late enough.</summary>
    /// <param name="seconds">The lease; 0 for none.</param>
    /// <param name="written">The end that is written.</param>
    /// <param name="now">When it was heard.</param>
    public static DateTimeOffset? Renewal(int seconds, DateTimeOffset? written, DateTimeOffset now) =>
        seconds > 0 && written is { } end && end < now.AddSeconds(seconds) ? Until(seconds, now) : null;

    /// <summary>Whether the session has been silent for its lease.</summary>
    public static bool HasLapsed(DateTimeOffset? written, DateTimeOffset now) => written <= now;

    /// <summary>What is merged into the metadata of a session that its lease closes.</summary>
    public static JsonObject Closed(int seconds, DateTimeOffset now) => new()
    {
        [MetadataKey] = new JsonObject
        {
            ["lapsed"] = true,
            ["seconds"] = seconds,
            ["closed_at"] = AtlasTime.Iso(now),
            ["reason"] = string.Create(
                CultureInfo.InvariantCulture,
                $"It was closed as failed at {now.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, because nothing was heard of its runtime for {seconds} seconds."),
        },
    };

    /// <summary>Why its lease closed the session, a sentence; null if it did not.</summary>
    /// <param name="metadata">The session's metadata.</param>
    public static string? ReasonOf(JsonElement metadata) =>
        JsonRead.TryGet(JsonRead.Unwrap(metadata), MetadataKey, out var lease)
        && JsonRead.TryGet(lease, "lapsed", out var lapsed) && lapsed.ValueKind is JsonValueKind.True
            ? JsonRead.Text(lease, "reason")
            : null;
}
