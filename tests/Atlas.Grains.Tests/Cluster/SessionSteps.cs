using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>Whole sessions in one call.</summary>
internal static class SessionSteps
{
    /// <summary>Starts a session, appends an event and completes it with a reward.</summary>
    public static async Task<SessionCompleted> RunSessionAsync(
        this IAtlasClient client, string key, double? score = 1, string? review = null, string task = "Refund order 1042")
    {
        var session = await client.StartSessionAsync(new StartSession(task, key));
        await session.AppendAsync(TrajectoryEvent.ToolCall("get_order"));
        return await session.CompleteAsync(new CompleteSession(
            SessionStatus.Succeeded,
            "Done.",
            score is { } value ? new SessionReward(value) : null,
            review is null ? null : new ReviewDecision(WireName.Parse<ReviewStatus>(review), "reviewer", "looked at it")));
    }
}
