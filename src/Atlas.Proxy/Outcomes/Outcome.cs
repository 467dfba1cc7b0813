using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;

namespace Atlas.Proxy.Outcomes;

/// <summary>What a webhook said about a session.</summary>
/// <param name="Status">How it ended; null if the webhook did not say.</param>
/// <param name="Reward">Its reward; null if the webhook did not say, and the silo's judges are asked.</param>
internal sealed record Outcome(SessionStatus? Status, SessionReward? Reward)
{
    private const int LongestRationale = 10_000;

    public static Outcome Nothing { get; } = new(null, null);

    /// <summary>Parses an answer.</summary>
    /// <param name="body">The body; an empty one says nothing.</param>
    /// <exception cref="FormatException">The body does not have the expected form; the message says what is wrong.</exception>
    public static Outcome Read(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return Nothing;
        }

        JsonElement read;
        try
        {
            read = SafeJson.Whole(JsonElement.Parse(body));
        }
        catch (JsonException)
        {
            throw new FormatException("the answer is not JSON");
        }

        if (read.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException("the answer is not a JSON object");
        }

        return new Outcome(StatusOf(Member(read, "status")), RewardOf(read));
    }

    private static SessionStatus? StatusOf(JsonElement? status) => status switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("succeeded") => SessionStatus.Succeeded,
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("failed") => SessionStatus.Failed,
        _ => throw new FormatException("'status' is neither 'succeeded' nor 'failed'"),
    };

    private static SessionReward? RewardOf(JsonElement read) => Member(read, "score") is not { } score
        ? null
        : new SessionReward(Share(score, "score"), Member(read, "uncertainty") is { } uncertainty ? Share(uncertainty, "uncertainty") : 0, Rationale: RationaleOf(Member(read, "rationale")));

    private static double Share(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number
            : throw new FormatException($"'{name}' is not a number from 0 to 1");

    private static string? RationaleOf(JsonElement? rationale) => rationale switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: <= LongestRationale } said => said,
        _ => throw new FormatException($"'rationale' is not a text of at most {LongestRationale} characters"),
    };

    private static JsonElement? Member(JsonElement read, string name) =>
        read.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;
}
