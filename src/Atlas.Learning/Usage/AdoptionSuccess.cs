using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Learning.Usage;

/// <summary>Whether the use of a tool that an entry asks for was a success.</summary>
public static class AdoptionSuccess
{
    private static readonly string[] Good = ["ok", "success", "succeeded", "completed", "complete", "done"];
    private static readonly string[] Bad =
        ["failed", "failure", "error", "errored", "aborted", "timeout", "timed_out", "cancelled", "canceled", "rejected", "invalid", "blocked"];

    /// <summary>Judges an attempt by what it says of itself, else by what it delivered.</summary>
    /// <param name="status">The status the executor reported; null if it did not.</param>
    /// <param name="deliverable">What it delivered. Only an object or array with content is proof of success: plain text is
    /// what every attempt returns, the failed ones too.</param>
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
