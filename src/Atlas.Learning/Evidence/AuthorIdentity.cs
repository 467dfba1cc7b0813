using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Evidence;

/// <summary>Identifies the author of a session, so that one person's sessions cannot decide what everybody else is given.</summary>
public static class AuthorIdentity
{
    /// <summary>The member of a session's metadata that names the application's user.</summary>
    public const string Member = "user_id";

    private const int Digits = 12;

    /// <summary>Returns the author of a session: the caller, and within that the user whom the caller names.</summary>
    /// <param name="caller">The name of the caller's credential or API key; null in a cluster without a secret.</param>
    /// <param name="metadata">The session's metadata; <c>user_id</c> counts, as a text or a number.</param>
    /// <returns>12 hex digits that reveal no name; null if neither is known.</returns>
    public static string? Of(string? caller, JsonElement metadata)
    {
        var user = JsonRead.TryGet(metadata, Member, out var member) ? member.ValueKind switch
        {
            JsonValueKind.String => SafeJson.Text(member).Trim(),
            JsonValueKind.Number => member.GetRawText(),
            _ => "",
        }
        : "";
        return string.IsNullOrEmpty(caller) && user.Length == 0 ? null : Sha256Text.Hex($"{caller}\0{user}")[..Digits];
    }
}
