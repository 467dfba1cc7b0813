using System.Globalization;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Learning.Review;

namespace Atlas.Queries.Sessions;

/// <summary>Says whether a session teaches its learning key, and if not, what would change that.</summary>
public static class TeachingWords
{
    private const string Approve = "`atlas review approve`";

    public static string Of(SessionDetail session)
    {
        var summary = session.Summary;
        if (summary.Status is SessionStatus.Running)
        {
            return "not yet: the session still runs";
        }

        if (summary.LearningKey is null)
        {
            return "no: the session has no learning key";
        }

        if (session.Judging is { State: JudgingStatus.Pending })
        {
            return "not yet: the session waits for its judge";
        }

        var metadata = session.Metadata ?? default;
        return TeachingRule.ReasonNotTo(
            new LearningOptions(),
            new ReviewOptions { RequireApproval = Flag(metadata, "review", "require_approval") ?? true },
            summary.ReviewStatus,
            Flag(metadata, "drift_alert") ?? false,
            session.Reward is not null) is { } reason
                ? "not yet: " + reason.Replace(Approve, string.Create(CultureInfo.InvariantCulture, $"`atlas review approve {summary.Id}`"), StringComparison.Ordinal)
                : "yes, unless learning was switched off when it ended";
    }

    // The settings in force when the session ended are in its metadata.
    private static bool? Flag(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    }
}
