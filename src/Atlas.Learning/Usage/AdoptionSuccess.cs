using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Learning.Usage;

/// <summary>Determines whether the use of a tool that an entry asks for was successful.</summary>
public static class AdoptionSuccess
{
    private static readonly string[] Good = ["ok", "success", "succeeded", "completed", "complete", "done"];
    private static readonly string[] Bad =
        ["failed", "failure", "error", "errored", "aborted", "timeout", "timed_out", "cancelled", "canceled", "rejected", "invalid", "blocked"];

    /// <summary>Judges an attempt by its status, or else by what it delivered.</summary>
    /// <param name="status">The status reported by the executor; null for none.</param>
    /// <param name="deliverable">What it delivered. Only an object or array with content proves success: every attempt returns plain text,
    /// including failed ones.</param>
    public static bool Of(string? status, JsonElement? deliverable)
    {
        var word = status?.Trim().ToLowerInvariant();
        if (Good.Contains(word, StringComparer.Ordinal))
        {
            return true;
        }

        if (Bad.Contains(word, StringComparer.Ordinal))
        {
            return false;
        }

        return deliverable is { } given && JsonRead.Unwrap(given) is var value && value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().MoveNext(),
            JsonValueKind.Array => value.GetArrayLength() > 0,
            _ => false,
        };
    }
}
