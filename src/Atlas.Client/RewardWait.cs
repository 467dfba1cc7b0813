using Atlas.Client.Calls;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Sessions;

namespace Atlas.Client;

/// <summary>Waits longer than a single call to a silo can take, by asking repeatedly.</summary>
internal static class RewardWait
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);

    public static async Task<SessionState> ForAsync(
        ISessionGrain session, CallRetry calls, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = calls.Time.GetTimestamp();
        while (true)
        {
            var left = patience - calls.Time.GetElapsedTime(began);
            var state = await calls.RepeatableAsync(
                () => session.AwaitJudgement(left < LongestCall ? left : LongestCall, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (state.IsOver || left <= LongestCall)
            {
                return state;
            }
        }
    }
}
