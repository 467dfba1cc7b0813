using System.Text.Json;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Sessions;

/// <summary>A clue in a call about its session.</summary>
/// <param name="Rung">The rung of the ladder that found it.</param>
/// <param name="Id">The id.</param>
internal readonly record struct SessionClue(string Rung, string Id)
{
    /// <summary>The number of a session, as an answer of the proxy reports it.</summary>
    public const string Number = "number";

    /// <summary>The answer that a call continues from.</summary>
    public const string Response = "response";

    /// <summary>The messages that a call repeats.</summary>
    public const string Chain = "chain";

    /// <summary>No clue; the call is a session of its own.</summary>
    public const string Call = "call";
}

/// <summary>Finds the session of a call by what clients send: Atlas's header, headers of known clients, or the conversation that the
/// provider keeps. Never by the beginning of a text, which all calls of a coding agent have in common.</summary>
internal static class SessionLadder
{
    public const string Header = "x-atlas-session-id";
    private const int LongestId = 512;

    private static readonly string[] ClientHeaders =
    [
        "X-Claude-Code-Session-Id", "session-id", "session_id", "X-Client-Session-Id", "x-interaction-id", "X-KILOCODE-TASKID", "x-session-affinity", "x-opencode-session",
    ];

    /// <summary>Returns the clue; null if the call contains none.</summary>
    public static SessionClue? Of(HttpRequest request, ScannedRequest? body, CallKind kind)
    {
        if (Id(request.Headers[Header].ToString()) is { } own)
        {
            return new SessionClue(own.All(char.IsAsciiDigit) && own.Length < 19 ? SessionClue.Number : "atlas", own);
        }

        foreach (var header in ClientHeaders)
        {
            if (Id(request.Headers[header].ToString()) is { } known)
            {
                return new SessionClue(header.ToLowerInvariant(), known);
            }
        }

        if (body is null)
        {
            return null;
        }

        return kind.IsAnthropic() && Id(OfUser(body.UserId)) is { } coding ? new SessionClue("metadata.user_id", coding)
            : kind is CallKind.Responses && Id(body.Conversation) is { } conversation ? new SessionClue("conversation", conversation)
            : kind is CallKind.Responses && Id(body.PreviousResponse) is { } previous ? new SessionClue(SessionClue.Response, previous)
            // Many applications send the same key with every call; those keys are words rather than GUIDs.
            : Guid.TryParse(body.PromptCacheKey, out var cache) ? new SessionClue("prompt_cache_key", cache.ToString("N"))
            : null;
    }

    /// <summary>Finds the session in a user's id: <c>…_session_UUID</c>, or a JSON object with <c>session_id</c>.</summary>
    private static string? OfUser(string? user)
    {
        const string Mark = "_session_";
        if (user is null)
        {
            return null;
        }

        if (user.StartsWith('{'))
        {
            try
            {
                return JsonElement.Parse(user) is { ValueKind: JsonValueKind.Object } read && read.TryGetProperty("session_id", out var id) && id.ValueKind is JsonValueKind.String
                    ? id.GetString()
                    : null;
            }
            catch (Exception odd) when (odd is JsonException or InvalidOperationException)
            {
                return null;
            }
        }

        var at = user.LastIndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && Guid.TryParse(user.AsSpan(at + Mark.Length), out _) ? user[(at + Mark.Length)..] : null;
    }

    private static string? Id(string? text) => text is { Length: > 0 and <= LongestId } && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
