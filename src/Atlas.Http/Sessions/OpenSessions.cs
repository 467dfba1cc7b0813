using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Http.Access;

namespace Atlas.Http.Sessions;

/// <summary>Ends sessions that others record beside this API, at any silo, after storing what is still pending.</summary>
internal sealed class OpenSessions(Backend backend, IEnumerable<IOpenRecords> records)
{
    /// <summary>The prefix of the external ids of sessions that a proxy records.</summary>
    private const string Proxied = "proxy:";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly IOpenRecords[] _here = [.. records];

    private IRecorderDirectoryGrain Directory => backend.Grains.GetGrain<IRecorderDirectoryGrain>(0);

    public static bool IsRecordedElsewhere(string? externalId) => externalId?.StartsWith(Proxied, StringComparison.Ordinal) is true;

    /// <summary>Ends a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isProxied">Whether a proxy records it; if so, its last answer becomes the session's answer unless the caller names
    /// one.</param>
    /// <param name="completion">How it ends.</param>
    public async Task<SessionCompleted> CompleteAsync(ISessionGrain session, bool isProxied, CompleteSession completion)
    {
        var recorded = await SettleAsync(session, isProxied).ConfigureAwait(false);
        return await session.Complete(completion with
        {
            FinalAnswer = completion.FinalAnswer ?? recorded?.FinalAnswer,
            Metadata = Joined(completion.Metadata, recorded?.Metadata),
        }).ConfigureAwait(false);
    }

    /// <summary>Rewards a session. A session that a proxy records ends with its reward if it has not ended yet.</summary>
    public async Task<SessionCompleted> RewardAsync(ISessionGrain session, bool isProxied, SessionReward reward)
    {
        if (isProxied && await session.Standing().ConfigureAwait(false) is { Status: SessionStatus.Running })
        {
            var recorded = await SettleAsync(session, isProxied).ConfigureAwait(false);
            var ended = await session.Complete(new CompleteSession(
                recorded is { HasFailed: true } ? SessionStatus.Failed : SessionStatus.Succeeded, recorded?.FinalAnswer, reward, Metadata: recorded?.Metadata)).ConfigureAwait(false);

            // It may have timed out at the same moment, without the reward.
            if (await session.Standing().ConfigureAwait(false) is { Reward: not null })
            {
                return ended;
            }
        }

        return await session.Reward(reward).ConfigureAwait(false);
    }

    /// <summary>Finds the session of an answer that has passed through a proxy but is not stored yet; null if it is not known.</summary>
    public async Task<long?> FindAsync(Caller caller, string responseId)
    {
        try
        {
            return await Directory.Find(caller.Space, responseId).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not Contracts.AtlasRefusedException)
        {
            return null;
        }
    }

    /// <summary>Merges the caller's metadata with the recorder's; the caller's values win.</summary>
    private static JsonElement? Joined(JsonElement? caller, JsonElement? recorder)
    {
        if (caller is not { ValueKind: JsonValueKind.Object } said || recorder is not { ValueKind: JsonValueKind.Object } known)
        {
            return caller ?? recorder;
        }

        var joined = JsonObject.Create(known)!;
        foreach (var member in JsonObject.Create(said)!.ToArray())
        {
            joined[member.Key] = member.Value?.DeepClone();
        }

        return JsonSerializer.SerializeToElement(joined);
    }

    private async Task<RecordedSoFar?> SettleAsync(ISessionGrain session, bool isProxied)
    {
        var number = session.GetPrimaryKeyLong();
        RecordedSoFar? known = null;
        foreach (var one in _here)
        {
            known = await one.SettleAsync(number).ConfigureAwait(false) ?? known;
        }

        if (!isProxied)
        {
            return known;
        }

        try
        {
            var elsewhere = await Directory.Settle(number).WaitAsync(Patience).ConfigureAwait(false);
            return known is null || elsewhere?.At > known.At ? elsewhere : known;
        }
        catch (Exception failure) when (failure is not Contracts.AtlasRefusedException)
        {
            // The outcome counts even if nobody can be asked.
            return known;
        }
    }
}
